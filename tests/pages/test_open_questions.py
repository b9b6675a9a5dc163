"""What must still be asked about people: listed by village and question, answered on the spot, refused in words."""
from dataclasses import dataclass
from uuid import uuid4

import pytest

from ombun.members.operations import write_members
from ombun.members.queries import member_card
from ombun.members.rules.membership import LeftReason, NewMember
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, START, House, hidden, text_of
from tests.rules.register_files import national_id

ID = national_id("900000000001")
PEOPLE = [("ก-1", "แก้ว", 4, ["bad_check_digit", "two_digit_year"]), ("ก-2", "คำ", 5, ["missing_id"]),
          ("ก-3", "ดอก", None, ["unknown_village"]), ("ก-4", "ทอง", 4, ["status_undated"]), ("ก-5", "กลีบบัว", 4, [])]


@dataclass(frozen=True)
class Asked:
    """A house, and people about whom something must be asked, by first name."""

    house: House
    people: dict[str, int]


@pytest.fixture
def asked(house):
    with fund_transaction(fund_id=house.actor.fund_id):
        ids = write_members(actor=house.actor, recorded_at=NOW, questioned=[codes for *_, codes in PEOPLE], rows=[
            (uuid4(), NewMember(
                member_no=no, name_title="นาง", first_name=name, last_name="ถามก่อน", joined_on=START,
                left_reason=LeftReason.MOVED if "status_undated" in codes else None,
                centre_id={4: house.centre, 5: house.other_centre}.get(moo))) for no, name, moo, codes in PEOPLE])
    return Asked(house, {name: member_id for (_, name, *_), member_id in zip(PEOPLE, ids, strict=True)})


def page(asked, query=""):
    return text_of(asked.house.at("orathai").get(asked.house.url(f"register/questions/{query}")))


def answer(asked, name, **fields):
    browser, url = asked.house.at("orathai"), asked.house.url("register/questions/?moo=4")
    return browser.post(url, {"deed": hidden(browser.get(url), "deed"), "member": asked.people[name], **fields})


def card(asked, name):
    with fund_transaction(fund_id=asked.house.actor.fund_id, read_only=True):
        return member_card(fund_id=asked.house.actor.fund_id, member_id=asked.people[name])


def test_everybody_asked_about_is_listed_by_village_and_by_question(asked):
    whole = page(asked)
    assert all(name in whole for name in ("แก้ว", "คำ", "ดอก", "ทอง")) and "กลีบบัว" not in whole
    assert "เลขบัตรประชาชนไม่ถูกต้อง" in whole and "เลขบัตรไม่ถูกต้อง · ปีเกิดเขียนสองหลัก" in whole
    assert "เหลือ 4 คน" in whole and "ยังไม่มีเลขบัตร (1)" in whole
    assert "นางแก้ว" in page(asked, "?moo=4") and "นางคำ" not in page(asked, "?moo=4")
    one = page(asked, "?code=unknown_village")
    assert "ดอก" in one and "ทอง" not in one
    assert "ไม่มีเรื่องที่ต้องถามแล้ว" in page(asked, "?page=2")
    assert "ยังต้องถามข้อมูลของ 4 คน" in text_of(asked.house.at("orathai").get(asked.house.url("register/")))


def test_only_the_fields_that_answer_are_asked(asked):
    one = page(asked, "?code=status_undated")
    assert 'name="left_on"' in one and 'name="national_id"' not in one and 'name="right-status_undated"' in one
    assert 'name="left_on"' not in page(asked, "?code=missing_id")


def test_an_answer_is_written_and_the_list_stays_where_it_was(asked):
    done = answer(asked, "แก้ว", national_id=ID, **{"right-two_digit_year": "on"})
    assert (done.status_code, done.url) == (302, asked.house.url("register/questions/?moo=4"))
    now = card(asked, "แก้ว")
    assert (now.questioned, now.national_id, now.last_name, now.moo) == ((), ID, "ถามก่อน", 4)
    assert answer(asked, "ดอก", moo="5").status_code == 302
    assert (card(asked, "ดอก").questioned, card(asked, "ดอก").moo) == ((), 5)


def test_an_answer_sent_twice_is_written_once(asked):
    browser, url = asked.house.at("orathai"), asked.house.url("register/questions/")
    fields = {"deed": hidden(browser.get(url), "deed"), "member": asked.people["คำ"], "no_id_reason": "NOT_SEEN",
              "right-missing_id": "on"}
    assert [browser.post(url, fields).status_code for _ in range(2)] == [302, 302]
    assert (card(asked, "คำ").questioned, card(asked, "คำ").no_id_reason) == ((), "NOT_SEEN")


def test_a_wrong_answer_is_told_beside_its_field_and_changes_nothing(asked):
    refused = answer(asked, "แก้ว", national_id="9000000000001", born_on="1/2/65")
    assert refused.status_code == 422
    assert 'value="9000000000001"' in text_of(refused) and "<details class=\"more\" open>" in text_of(refused)
    assert card(asked, "แก้ว").questioned == ("bad_check_digit", "two_digit_year")


def test_somebody_of_another_fund_is_not_there(asked, other_house):
    browser, url = asked.house.at("orathai"), asked.house.url("register/questions/")
    for member in (other_house.members[0], "x", ""):
        assert browser.post(url, {"member": member}).status_code == 404
    assert asked.house.at("boonmee").get(url).status_code == 403
    assert other_house.at("orathai").get(url).status_code == 404
    assert browser.put(url).status_code == 405
