"""The province's page: figures of its funds that add up, no names of people, nobody else's province."""
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ombun.access.operations import NewLogin, create_province_login
from ombun.contributions.operations import record_collection
from ombun.contributions.rules import Payment
from ombun.network import queries
from ombun.network.operations import roll_up
from ombun.places.operations import write_tambon
from ombun.places.queries import TambonCard
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang, baht
from tests.pages.house import BACKEND, NAMES, NOW, PASSWORD, START, TODAY, House, browser, text_of

PROVINCE, EMPTY = 98, 97


def tambon(code):
    write_tambon(place=TambonCard(
        code=code, name_th=f"ทุ่งทดสอบ {code}", district_th="เมืองทดสอบ", province_th="ทดลอง", name_en="Thung Thotsop",
        district_en="Mueang Thotsop", province_en="Thotlong"))
    return code


def coordinator(province, language="th"):
    """A browser with somebody signed in who looks in from a province."""
    user = create_province_login(province_code=province, from_on=START, login=NewLogin(
        username=f"nok-{uuid4().hex[:10]}", password=PASSWORD, role=Role.PROVINCE))
    client = browser(language)
    client.force_login(User.objects.get(id=user), backend=BACKEND)
    return client


@pytest.fixture(scope="module")
def funds(django_db_blocker):
    """Two funds of one province, with a collection day each, rolled up."""
    with django_db_blocker.unblock():
        tambon(EMPTY * 10_000 + 101)
        houses = [House(members=count, tambon_code=tambon(PROVINCE * 10_000 + 100 + count)) for count in (4, 7)]
        for house in houses:
            record_collection(
                actor=house.actor, collection_id=uuid4(), centre_id=house.centre, collected_on=TODAY,
                collected_by=house.people["boonma"], received_on=TODAY, recorded_at=NOW,
                payments=[Payment(member_id=i, amount_satang=Satang(3000)) for i in house.members])
            roll_up(on=TODAY, fund_id=house.actor.fund_id)
        return houses


def figures(page):
    """The numbers in the cells of every row, by the words at its head."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', text_of(page), re.S)
    return {re.sub(r"<.*?>", " ", head).strip(): re.findall(r">([\d,.]+)</td>", cells) for head, cells in rows}


def test_the_sum_of_the_funds_is_the_sum_of_the_province(funds):
    page = coordinator(PROVINCE).get(f"/province/{PROVINCE}/")
    assert page.status_code == 200
    rows = figures(page)
    lines = [cells for head, cells in rows.items() if head.startswith("กองทุน")]
    assert lines == [["4", "120", "0", "0", "0", "0", "95,120"], ["7", "210", "0", "0", "0", "0", "95,210"]]
    assert rows["รวม"] == ["11", "330", "0", "0", "0", "0", "190,330"]


def test_the_money_reconciles_with_the_books(funds):
    rows = figures(coordinator(PROVINCE).get(f"/province/{PROVINCE}/"))
    in_the_books = sum(satang for house in funds for account, satang in house.balances().items() if account[0] == "1")
    assert rows["เงินวันนี้ เงินสด ธนาคาร และลงทุน"] == [baht(Satang(in_the_books))]
    assert rows["บวก รับทั้งหมด"] == ["330.00"]
    assert rows["บวก ยอดยกมาและเงินที่พักไว้"] == ["190,000.00"]
    total = queries.province(code=PROVINCE, on=TODAY).total
    assert total.before_satang + total.in_satang + total.carried_satang - total.out_satang == total.money_satang


def test_nobody_is_named(funds):
    page = text_of(coordinator(PROVINCE).get(f"/province/{PROVINCE}/"))
    people = {first for _, first, _ in NAMES} | {last for *_, last in NAMES}
    assert not [name for name in people if name in page]
    assert funds[0].code not in page
    assert "<title>จังหวัดทดลอง · ออมบุญ</title>" in page


def test_as_many_statements_for_two_funds_as_for_none(funds, django_assert_num_queries):
    for province in (PROVINCE, EMPTY):
        client = coordinator(province)
        client.get(f"/province/{province}/")
        with django_assert_num_queries(6):
            assert client.get(f"/province/{province}/").status_code == 200


def test_a_province_without_funds_is_told_when_figures_come(funds):
    page = coordinator(EMPTY).get(f"/province/{EMPTY}/")
    assert page.status_code == 200
    assert "ยังไม่มีตัวเลข" in text_of(page)


def test_it_speaks_english(funds):
    page = text_of(coordinator(PROVINCE, language="en").get(f"/province/{PROVINCE}/"))
    assert re.search(r"<h1><span[^>]*>Thotlong</span> province</h1>", page)
    assert "The sums agree" in page and "Thung Thotsop" in page


def test_another_province_and_no_province_look_alike(funds):
    client = coordinator(EMPTY)
    assert [client.get(f"/province/{code}/").status_code for code in (PROVINCE, 96, EMPTY)] == [404, 404, 200]


def test_the_desks_of_a_fund_see_no_province(funds):
    for name in funds[0].users:
        assert funds[0].at(name).get(f"/province/{PROVINCE}/").status_code == 404
    assert Client().get(f"/province/{PROVINCE}/").status_code == 302


def test_the_province_sees_no_fund(funds):
    client = coordinator(PROVINCE)
    for path in ("", "members/", "books/", "committee/"):
        assert client.get(funds[0].url(path)).status_code in (403, 404), path


def test_it_is_only_looked_at(funds):
    assert coordinator(PROVINCE).post(f"/province/{PROVINCE}/").status_code == 405
