"""The first start of an installation: three steps without a script, every mistake told at once, closed afterwards."""
import re
from uuid import uuid4

import pytest
from django.test import Client

from ombun.funds import queries
from ombun.web.first_start import views
from tests.pages.house import text_of


@pytest.fixture
def fields():
    """Everything the three steps ask, typed well."""
    mark = uuid4().hex[:8]
    return {
        "name": "กองทุนสวัสดิการชุมชนตำบลโสน", "code": f"sone-{mark}", "place": "โสน ขุขันธ์", "tambon": "330505",
        "founded_on": "1/2/2548", "starts_on": "1/10/2568", "dues": "30", "every": "1", "rows": "6",
        "moo-0": "1", "village-0": "บ้านโสน", "moo-1": "2", "village-1": "บ้านหนองคล้า", "moo-2": "3", "village-2": "",
        "treasurer-name": "นางสมศรี ใจบุญ", "treasurer-username": f"keb-{mark}", "treasurer-password": "khao-niao-7",
        "chair-name": "นายบุญมี มั่นคง", "chair-username": f"pra-{mark}", "chair-password": "som-tam-lao-8"}


@pytest.fixture
def new_installation(monkeypatch):
    """The tests' database has funds; the page is told that there is none."""
    monkeypatch.setattr(views, "has_no_fund_yet", lambda: True)


def test_it_is_closed_once_there_is_a_fund(quiet_house, fields):
    assert Client().get("/start/").status_code == 404


def test_a_second_click_leads_to_the_front_door_and_nobody_learns_which_funds_there_are(quiet_house, fields):
    for code in (quiet_house.code, "no-such-fund", "a\0"):
        answer = Client().post("/start/", fields | {"at": "3", "code": code})
        assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.usefixtures("new_installation")
def test_three_steps_and_the_treasurer_is_signed_in(fields):
    client = Client()
    first = text_of(client.get("/start/"))
    assert "ยินดีต้อนรับ" in first and "และวันเริ่มบัญชีเปลี่ยนไม่ได้" in first
    for at in ("1", "2"):
        page = client.post("/start/", fields | {"at": at, "go": "next"})
        assert page.status_code == 200
        assert f'name="at" value="{int(at) + 1}"' in text_of(page)
    done = client.post("/start/", fields | {"at": "3", "go": "next"})
    assert done.url == f"/f/{fields['code']}/"
    assert '<span class="nowrap">นางสมศรี</span> <span class="nowrap">ใจบุญ</span>' in text_of(client.get(done.url))
    fund = queries.fund_by_code(code=fields["code"])
    assert (fund.tambon, fund.province) == ("โสน", "ศรีสะเกษ")


@pytest.mark.usefixtures("new_installation")
def test_a_tambon_is_found_by_typing_and_chosen_from_a_list(fields):
    page = text_of(Client().post("/start/", {"at": "1", "go": "search", "place": "โสน ขุขันธ์"}))
    assert 'value="330505"' in page and "ศรีสะเกษ" in page
    assert "ไม่พบตำบลชื่อนี้" in text_of(Client().post("/start/", {"at": "1", "go": "search", "place": "ไม่มีชื่อนี้"}))


@pytest.mark.usefixtures("new_installation")
def test_what_was_typed_travels_from_step_to_step_but_passwords_never(fields):
    page = text_of(Client().post("/start/", fields | {"at": "3", "go": "back"}))
    assert fields["name"] in page and fields["treasurer-username"] in page
    assert fields["treasurer-password"] not in page


@pytest.mark.usefixtures("new_installation")
def test_more_villages_than_lines(fields):
    page = text_of(Client().post("/start/", fields | {"at": "2", "go": "more"}))
    assert 'name="village-9"' in page and 'value="บ้านหนองคล้า"' in page


@pytest.mark.usefixtures("new_installation")
@pytest.mark.parametrize(("at", "changes", "mistakes"), [
    ("1", {"name": "", "code": "", "tambon": "", "founded_on": "x", "starts_on": ""}, 5),
    ("1", {"code": "โสน", "starts_on": "1/1/2500"}, 2),
    ("1", {"code": "Demo", "starts_on": "1/1/2500"}, 2),
    ("1", {"founded_on": "1/1/2700", "starts_on": "1/1/2700"}, 1),
    ("2", {"dues": "มาก", "every": "5", "village-0": "", "village-1": ""}, 3),
    ("2", {"moo-1": "1"}, 1),
    ("3", {"treasurer-name": "", "chair-username": ""}, 2),
    ("3", {"treasurer-password": "1", "chair-password": "password"}, 2),
    ("3", {"treasurer-password": "onebahtaday"}, 1),  # everybody knows the demo's
    ("3", {"tambon": "999999", "chair-password": "1"}, 2)])
def test_every_mistake_of_a_step_is_told_at_once_and_no_fund_is_made(fields, at, changes, mistakes):
    page = Client().post("/start/", fields | changes | {"at": at, "go": "next"})
    assert page.status_code == 422
    assert f"มี {mistakes} เรื่องต้องแก้" in text_of(page)
    assert queries.fund_by_code(code=fields["code"]) is None


@pytest.mark.usefixtures("new_installation")
def test_who_is_meant_is_said_of_both_people(fields):
    def told(**changes):
        page = text_of(Client().post("/start/", fields | changes | {"at": "3", "go": "next"}))
        return re.findall(r"<li>(.*?)</li>", page.split('class="refusals"')[1].split("</ul>")[0])

    empty = told(**{f"{who}-{what}": "" for who in ("treasurer", "chair") for what in ("name", "username")})
    assert len(set(empty)) == 4 and sum("เหรัญญิก" in one for one in empty) == 2
    one_login = told(**{"treasurer-username": "somchai", "chair-username": "Somchai",
                        "treasurer-password": "1", "chair-password": "1"})
    assert one_login == ["เหรัญญิกและประธานใช้ชื่อผู้ใช้ somchai เหมือนกัน ตั้งชื่อผู้ใช้ให้ต่างกัน"]
    [one_person] = told(**{"treasurer-name": "นายบุญมี  มั่นคง", "chair-name": "บุญมี มั่นคง"})
    assert "ต้องเป็นคนละคน" in one_person
    assert queries.fund_by_code(code=fields["code"]) is None


@pytest.mark.usefixtures("new_installation")
def test_a_user_name_that_is_taken_names_no_choice_that_is_not_there(quiet_house, fields):
    page = Client().post("/start/", fields | {"chair-username": quiet_house.users["boonmee"], "at": "3", "go": "next"})
    assert page.status_code == 422
    assert "มีคนใช้แล้ว ตั้งชื่ออื่น" in text_of(page) and "ผู้ใช้ที่มีอยู่แล้ว" not in text_of(page)
