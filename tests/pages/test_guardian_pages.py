"""Guardians in the browser: a child without one is listed, one is written down, and the claim says who acts."""
from uuid import uuid4

import pytest

from ombun.members.operations import appoint_guardian, enrol_member
from ombun.members.rules.guardians import NewGuardian
from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.primitives.days import add_months, thai_day
from tests.pages.house import NOW, START, TODAY, hidden, text_of
from tests.pages.welfare import WelfareHouse
from tests.papers.examples import text

WRITERS = {"somsri", "orathai"}
DAY = thai_day(TODAY, short=True)


def child_of(house):
    """A member ten years old."""
    return enrol_member(
        actor=house.actor, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW, new=NewMember(
            member_no="0090", name_title="ด.ช.", first_name="ต้นกล้า", last_name="ใจบุญ", joined_on=START,
            centre_id=house.centre, born_on=add_months(TODAY, -120), birth_precision=BirthPrecision.DAY)).member_id


def filled(client, url, **more):
    return {"deed": hidden(client.get(url), "deed"), "from_on": DAY, "relation": "มารดา", **more}


@pytest.mark.parametrize("path", ["guardians/", "gaps/"])
def test_the_pages_are_for_those_who_keep_the_register(quiet_house, other_house, path):
    url = quiet_house.url(f"register/{f'{quiet_house.members[0]}/' if path == 'guardians/' else ''}{path}")
    for who in ("somsri", "boonmee", "udom", "orathai", "boonma"):
        assert quiet_house.at(who).get(url).status_code == (200 if who in WRITERS else 403), who
    assert other_house.at("somsri").get(url).status_code == 404
    assert quiet_house.at("somsri").put(url).status_code == 405
    assert '<html lang="en">' in text_of(quiet_house.at("somsri", language="en").get(url))


def test_a_child_without_guardian_is_listed_until_somebody_acts_and_again_when_they_cease_to(house):
    child, client = child_of(house), house.at("orathai")
    member, url = house.url(f"register/{child}/"), house.url(f"register/{child}/guardians/")
    assert "ต้นกล้า" in text_of(client.get(house.url("register/gaps/"))) and "ยังไม่มีผู้ดูแล" in text_of(client.get(member))
    assert client.post(url, filled(client, url, guardian="0001", phone="0600000001")).url == member
    page = text_of(client.get(member))
    assert "มาลี" in page and "มารดา" in page and "0600000001" in page and "ยังไม่มีผู้ดูแล" not in page
    assert "เด็กทุกคนมีผู้ดูแลแล้ว" in text_of(client.get(house.url("register/gaps/")))
    guardianship = hidden(client.get(url), "end")
    refused = client.post(url, {"end": guardianship, "until_on": "เมื่อวาน"})
    assert refused.status_code == 422 and "<details open>" in text_of(refused)
    assert client.post(url, {"end": guardianship, "until_on": DAY}).url == member
    assert "ต้นกล้า" in text_of(client.get(house.url("register/gaps/")))


def test_everything_that_is_wrong_is_told_at_once(house):
    child, client = child_of(house), house.at("orathai")
    url = house.url(f"register/{child}/guardians/")
    answer = client.post(url, filled(client, url, guardian="9999", relation="", from_on="เมื่อวาน"))
    page = text_of(answer)
    assert answer.status_code == 422 and "9999" in page and "เมื่อวาน" in page and page.count("field-error") >= 3
    assert client.post(url, filled(client, url)).status_code == 422
    assert client.post(url, filled(client, url, name="นางทอง", guardian="0001")).status_code == 422
    assert client.post(url, {"end": "x", "until_on": DAY}).status_code == 422
    assert "ต้นกล้า" in text_of(client.get(house.url("register/gaps/")))


def test_the_application_form_names_who_acts(house):
    child, url = child_of(house), house.url("register/{}/application.pdf")
    appoint_guardian(actor=house.actor, guardianship_id=uuid4(), child_id=child, recorded_at=NOW, new=NewGuardian(
        name="Grandmother Thong", relation="grandmother", phone="0600000077", from_on=START))
    client = house.at("orathai", language="en")
    said = text(client.get(url.format(child)).content)
    assert "Grandmother Thong" in said and "0600000077" in said
    assert "0600000077" not in text(client.get(url.format(house.members[0])).content)


def test_somebody_of_age_has_no_such_section(house):
    assert "ผู้ดูแลเด็ก" not in text_of(house.at("orathai").get(house.url(f"register/{house.members[0]}/")))


def test_the_claim_of_a_child_says_who_acts():
    welfare = WelfareHouse()
    claim = welfare.filed()
    appoint_guardian(actor=welfare.actor, guardianship_id=uuid4(), child_id=welfare.members[0], recorded_at=NOW,
                     new=NewGuardian(name="นางทองม้วน", relation="ยาย", from_on=START))
    page = text_of(welfare.at("boonmee").get(claim))
    assert "ผู้ดูแลเด็ก" in page and "นางทองม้วน" in page
