"""The page of what the fund knows of one person: a hidden number, looks written down, consents, a copy, forgetting."""
import json
from uuid import uuid4

import pytest

from ombun.members import queries
from ombun.members.models import Member
from ombun.members.operations import enrol_member
from ombun.members.rules.membership import MemberKind, NewMember
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, START, TODAY, hidden, text_of

NUMBER, HIDDEN = "9100500012345", "9-xxxx-xxxxx-34-5"
DAY = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
READERS = {"somsri", "boonmee", "udom", "orathai"}


@pytest.fixture
def malai(house):
    """The address of somebody with an ID number and a telephone."""
    card = enrol_member(actor=house.actor, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW, new=NewMember(
        member_no="0077", name_title="นาง", first_name="มาลัย", last_name="หอมดี", national_id=NUMBER,
        joined_on=START, centre_id=house.centre, phone="0600000077", house_no="77"))
    house.malai = card.member_id
    return house.url(f"register/{card.member_id}/")


def card_of(house, member_id):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.member_card(fund_id=house.actor.fund_id, member_id=member_id)


@pytest.mark.parametrize(("path", "who"), [
    ("register/{member}/privacy/", READERS), ("register/looks/", {"boonmee", "udom"}),
    ("register/unasked/", {"somsri", "boonmee", "orathai"})])
def test_a_page_works_for_its_roles_in_both_languages(quiet_house, other_house, path, who):
    address = quiet_house.url(path.format(member=quiet_house.members[0]))
    for name in ("somsri", "boonmee", "udom", "orathai", "boonma"):
        assert quiet_house.at(name).get(address).status_code == (200 if name in who else 403), name
    assert '<html lang="en">' in text_of(quiet_house.at("boonmee", language="en").get(address))
    assert other_house.at("boonmee").get(address).status_code == 404
    assert quiet_house.at("boonmee").put(address).status_code == 405


def test_no_page_prints_the_whole_number_unasked(house, malai):
    looked = [malai, f"{malai}privacy/", f"{malai}correct/", house.url("register/?q=มาลัย"),
              house.url(f"register/applications/new/?member={house.malai}")]
    for address in looked:
        page = text_of(house.at("orathai").get(address))
        assert NUMBER not in page and "มาลัย" in page, address
    assert HIDDEN in text_of(house.at("orathai").get(f"{malai}correct/"))


def test_the_number_is_shown_once_for_a_reason_and_the_look_is_told(house, malai):
    orathai = house.at("orathai")
    assert orathai.post(f"{malai}privacy/number/", {}).status_code == 422
    shown = orathai.post(f"{malai}privacy/number/", {"why": "COMPARE_WITH_CARD"})
    assert shown.status_code == 200 and NUMBER in text_of(shown)
    again = text_of(orathai.get(f"{malai}privacy/"))
    assert NUMBER not in again and HIDDEN in again and again.count("ตรวจกับบัตรตัวจริง") == 2
    for name in ("boonmee", "udom"):
        told = text_of(house.at(name).get(house.url("register/looks/")))
        assert "ตรวจกับบัตรตัวจริง" in told and house.users["orathai"] in told and "มาลัย" in told and NUMBER not in told
    assert house.at("udom").post(f"{malai}privacy/number/", {"why": "COMPARE_WITH_CARD"}).status_code == 403


def test_a_correction_that_leaves_the_number_empty_keeps_it_and_a_reason_takes_it_away(house, malai):
    orathai = house.at("orathai")
    form = orathai.get(f"{malai}correct/")
    fields = {"deed": hidden(form, "deed"), "member_no": "0077", "first_name": "มาลัย", "last_name": "หอมดี",
              "name_title": "นาง", "joined_on": hidden(form, "joined_on") if 'name="joined_on" value="' in
              text_of(form) else DAY, "phone": "0600000078", "moo": "4"}
    assert orathai.post(f"{malai}correct/", fields).status_code == 302
    assert (card_of(house, house.malai).national_id, card_of(house, house.malai).phone) == (NUMBER, "0600000078")
    fields |= {"deed": str(uuid4()), "no_id_reason": "NOT_SEEN"}
    assert orathai.post(f"{malai}correct/", fields).status_code == 302
    assert card_of(house, house.malai).national_id is None


def test_a_card_that_was_seen_is_written_down_once(house, malai):
    orathai = house.at("orathai")
    deed = hidden(orathai.get(f"{malai}privacy/"), "deed")
    fields = {"deed": deed, "seen_on": DAY, "seen_by": str(house.people["orathai"])}
    assert [orathai.post(f"{malai}privacy/card-seen/", fields).status_code for _ in range(2)] == [302, 302]
    assert text_of(orathai.get(f"{malai}privacy/")).count("ดูแล้ว ") == 1
    wrong = orathai.post(f"{malai}privacy/card-seen/", {"deed": "x", "seen_on": "1/2/65", "seen_by": ""})
    assert wrong.status_code == 422 and text_of(wrong).count("<li>") >= 3


def test_a_consent_is_written_down_shown_and_taken_back(house, malai):
    orathai = house.at("orathai")
    with fund_transaction(fund_id=house.actor.fund_id):
        Member.objects.filter(id=house.malai).update(kind=MemberKind.DISABLED)
    assert "คนพิการ" not in text_of(orathai.get(malai)) and "ปิดไว้" in text_of(orathai.get(malai))
    assert "มาลัย" in text_of(orathai.get(house.url("register/unasked/")))
    fields = {"deed": hidden(orathai.get(f"{malai}privacy/"), "deed"), "purpose": "DISABILITY", "given_on": DAY}
    unsigned = orathai.post(f"{malai}privacy/consent/", fields)
    assert unsigned.status_code == 422 and "เห็นลายเซ็นบนกระดาษแล้ว" in text_of(unsigned)
    for _ in range(2):
        assert orathai.post(f"{malai}privacy/consent/", fields | {"signed": "on"}).status_code == 302
    assert "คนพิการ" in text_of(orathai.get(malai))
    assert "มาลัย" not in text_of(orathai.get(house.url("register/unasked/")))
    assert orathai.post(f"{malai}privacy/withdraw/", {"purpose": "HEALTH", "withdrawn_on": DAY}).status_code == 422
    assert orathai.post(f"{malai}privacy/withdraw/", {"purpose": "DISABILITY", "withdrawn_on": DAY}).status_code == 302
    assert card_of(house, house.malai).kind is None
    assert "ถอนเมื่อ" in text_of(orathai.get(f"{malai}privacy/"))


def test_everything_known_can_be_taken_home_to_read_or_for_another_program(house, malai):
    orathai = house.at("orathai")
    pdf = orathai.post(f"{malai}privacy/copy/", {"as": "pdf"})
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    told = json.loads(orathai.post(f"{malai}privacy/copy/", {"as": "json"}).content)
    assert told["format"] == "ombun.person" and told["tables"]["members_member"][0]["national_id"] == NUMBER
    assert orathai.post(f"{malai}privacy/copy/", {"as": "fax"}).status_code == 422
    assert "PDF" in text_of(house.at("udom").get(house.url("register/looks/")))
    assert house.at("udom").post(f"{malai}privacy/copy/", {"as": "json"}).status_code == 403


def test_whoever_left_and_owes_the_books_no_name_is_forgotten(house, malai):
    orathai = house.at("orathai")
    assert "ยังเป็นสมาชิกอยู่" in text_of(orathai.get(f"{malai}privacy/"))
    assert orathai.post(f"{malai}privacy/forget/", {"sure": "on"}).status_code == 422
    assert orathai.post(f"{malai}leave/", {"reason": "MOVED", "left_on": DAY}).status_code == 302
    assert orathai.post(f"{malai}privacy/forget/", {}).status_code == 422
    assert house.at("somsri").post(f"{malai}privacy/forget/", {"sure": "on"}).status_code == 403
    for _ in range(2):
        assert orathai.post(f"{malai}privacy/forget/", {"sure": "on"}).status_code == 302
    page = text_of(orathai.get(malai))
    assert "(ลบข้อมูลแล้ว)" in page and "มาลัย" not in page and "0600000077" not in page and "แก้ไขข้อมูล" not in page
    assert "(ลบข้อมูลแล้ว)" in text_of(orathai.get(house.url("register/?q=0077")))
    assert "ลบข้อมูล" in text_of(house.at("boonmee").get(house.url("register/looks/")))
    assert orathai.post(f"{malai}correct/", {"deed": str(uuid4())}).status_code == 422
    assert orathai.get(f"{malai}passbook.pdf").status_code == 200
