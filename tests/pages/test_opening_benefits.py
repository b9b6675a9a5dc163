"""What members had used of their benefits before the books began here: found, typed, kept, and counted."""
from datetime import timedelta

import pytest
from django.test import Client

from ombun.claims import queries
from ombun.claims.operations import UsedBefore
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import START, text_of
from tests.pages.welfare import WelfareHouse

LIST = "opening/benefits/"


@pytest.fixture
def house():
    return WelfareHouse()


def form(house, member=0):
    return house.url(f"{LIST}{house.members[member]}/")


def post(house, fields, who="somsri", member=0):
    return house.at(who).post(form(house, member), fields)


def written(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.all_opening_uses(fund_id=house.actor.fund_id)


def test_a_member_is_found_and_what_was_used_is_written_once(house):
    found = house.at("somsri").get(house.url(LIST), {"q": "มาลี"})
    assert form(house) in text_of(found)
    assert form(house, 1) not in text_of(found)
    fields = {"times-hospital": "๒", "units-hospital": "3", "amount-hospital": "600"}
    assert [post(house, fields).status_code for _ in range(2)] == [302, 302]
    assert written(house) == (UsedBefore(
        member_id=house.members[0], benefit="hospital", times=2, units=3, amount_satang=Satang(600_00)),)
    assert "2 ครั้ง" in text_of(house.at("somsri").get(house.url(LIST)))
    assert "2 times" in text_of(house.at("somsri", language="en").get(house.url(LIST)))
    page = text_of(house.at("somsri").get(form(house)))
    assert page.count("<fieldset") == page.count("disabled") + 3  # one of four benefits is written down
    assert 'value="600.00"' in page


def test_units_may_be_left_out(house):
    assert post(house, {"times-birth": "1", "amount-birth": "500"}).status_code == 302
    assert [(use.benefit, use.units) for use in written(house)] == [("birth", 0)]


def test_another_figure_for_the_same_benefit_is_refused(house):
    post(house, {"times-birth": "1", "amount-birth": "500"})
    page = post(house, {"times-birth": "1", "amount-birth": "400"})
    assert page.status_code == 422
    assert "ไว้แล้วเป็นอย่างอื่น" in text_of(page)
    assert [use.amount_satang for use in written(house)] == [500_00]


def test_every_field_that_cannot_be_read_is_told_and_kept(house):
    page = post(house, {"times-birth": "หนึ่ง", "amount-birth": "มาก", "amount-hospital": "200"})
    assert page.status_code == 422
    assert text_of(page).count("<li>") >= 3
    assert 'value="หนึ่ง"' in text_of(page) and 'value="มาก"' in text_of(page) and 'value="200"' in text_of(page)
    assert written(house) == ()


def test_nothing_typed_is_told(house):
    page = post(house, {})
    assert page.status_code == 422
    assert "ยังไม่ได้ใส่" in text_of(page)


def test_it_counts_on_the_eve_of_the_first_day(house):
    assert house.url(LIST) in text_of(house.at("somsri").get(house.url("opening/")))
    post(house, {"times-hospital": "1", "units-hospital": "4", "amount-hospital": "900"})
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        (had,) = queries.benefits_had(fund_id=house.actor.fund_id, member_ids=[house.members[0]])
    assert (had.benefit, had.on, had.units, had.satang) == ("hospital", START - timedelta(days=1), 4, 900_00)


def test_without_a_rule_book_there_is_a_way_to_it(quiet_house):
    page = text_of(quiet_house.at("somsri").get(quiet_house.url(LIST)))
    assert "ยังไม่มีระเบียบในระบบ" in page
    assert quiet_house.url("committee/rules/") in page
    assert "<form method=\"get\" role=\"search\"" not in page


def test_nobody_found(house):
    assert "ไม่พบสมาชิก" in text_of(house.at("somsri").get(house.url(LIST), {"q": "ไม่มีใคร"}))


def test_only_the_treasurer_and_only_members_of_the_fund(house, other_house):
    for name in ("boonmee", "udom", "boonma", "orathai", "malee"):
        assert house.at(name).get(form(house)).status_code == 403, name
    assert house.at("somsri").get(house.url(f"{LIST}{other_house.members[0]}/")).status_code == 404
    assert other_house.at("somsri").get(form(house)).status_code == 404
    assert house.at("somsri").put(form(house)).status_code == 405
    assert Client().get(form(house)).status_code == 302
