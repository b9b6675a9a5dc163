"""Beneficiaries in the browser: named on the form, changed on a page of their own, told, and printed for."""
from uuid import uuid4

import pytest

from ombun.members import queries
from ombun.members.operations import name_beneficiaries
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, TODAY, hidden, text_of
from tests.papers.examples import pages, text

DAY = thai_day(TODAY, short=True)
WRITERS = {"somsri", "orathai"}


def named(house, n=0):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.beneficiaries_of(fund_id=house.actor.fund_id, member_ids=[house.members[n]]).get(
            house.members[n], ())


def address(house, n=0):
    return house.url(f"register/{house.members[n]}/beneficiaries/")


def filled(*lines, on=DAY):
    """The form with these lines: name, relation, telephone, share."""
    sent = {"deed": str(uuid4()), "named_on": on}
    for place, line in enumerate(lines, start=1):
        sent |= {f"beneficiary_{place}_{field}": value
                 for field, value in zip(("name", "relation", "phone", "share"), line, strict=False)}
    return sent


def name(house, *names, n=0):
    name_beneficiaries(actor=house.actor, deed_id=uuid4(), member_id=house.members[n], named_on=TODAY, recorded_at=NOW,
                       beneficiaries=[NewBeneficiary(name=one) for one in names])


@pytest.mark.parametrize("path", ["beneficiaries/", "untold/"])
def test_the_pages_are_for_those_who_keep_the_register(quiet_house, other_house, path):
    member = f"{quiet_house.members[0]}/" if path == "beneficiaries/" else ""
    url = quiet_house.url(f"register/{member}{path}")
    for who in ("somsri", "boonmee", "udom", "orathai", "boonma"):
        assert quiet_house.at(who).get(url).status_code == (200 if who in WRITERS else 403), who
    assert other_house.at("somsri").get(url).status_code == 404
    assert quiet_house.at("somsri").put(url).status_code == 405
    assert '<html lang="en">' in text_of(quiet_house.at("somsri", language="en").get(url))


def test_a_list_is_named_and_stands_on_the_members_page(house):
    client = house.at("orathai")
    assert hidden(client.get(address(house)), "deed")
    sent = client.post(address(house), filled(("นางทอง", "บุตร", "0600000001", "60"), ("นายคำ", "สามี", "", "40 ")))
    assert sent.url == house.url(f"register/{house.members[0]}/")
    page = text_of(client.get(sent.url))
    assert page.index("นางทอง") < page.index("นายคำ") and "ร้อยละ 60" in page and "ยังไม่ได้บอก" in page
    again = text_of(client.get(address(house)))
    assert 'value="นางทอง"' in again and 'value="40"' in again
    client.post(address(house), filled(("นายคำ", "สามี")))
    assert "ผู้รับผลประโยชน์ก่อนหน้านี้" not in text_of(client.get(address(house)))  # a slip of the same day
    assert [one.name for one in named(house)] == ["นายคำ"]


def test_a_line_left_empty_in_the_middle_is_left_out(house):
    house.at("orathai").post(address(house), filled(("นางทอง",), ("", ""), ("นายคำ",)))
    assert [(one.place, one.name) for one in named(house)] == [(1, "นางทอง"), (2, "นายคำ")]


def test_everything_that_is_wrong_is_told_at_once_and_what_was_typed_stays(house):
    client = house.at("orathai")
    answer = client.post(address(house), filled(("นางทอง", "", "", "60"), (), ("นายคำ", "", "", "30"), on="เมื่อวาน"))
    assert answer.status_code == 422 and "เมื่อวาน" in text_of(answer)
    answer = client.post(address(house), filled(("นางทอง", "", "", "60"), (), ("นางทอง", "", "", "30")))
    page = text_of(answer)
    assert answer.status_code == 422 and "รวมกันได้ 90" in page and "ซ้ำกัน" in page and 'value="30"' in page
    answer = client.post(address(house), filled(("นางทอง", "", "", "มาก")))
    assert answer.status_code == 422 and named(house) == ()


def test_the_forms_of_new_people_take_several(house):
    client = house.at("orathai")
    form = {"moo": "4", "first_name": "ดาว", "last_name": "แสนดี", "kind": "GENERAL", "no_id_reason": "NOT_SEEN"}
    sent = client.post(house.url("register/applications/new/"), filled(("นางทอง", "แม่"), ("นายคำ", "พ่อ")) | form | {
        "applied_on": DAY})
    assert sent.status_code == 302, text_of(sent)
    page = text_of(client.get(sent.url))
    assert "นางทอง" in page and "นายคำ" in page
    assert client.get(f"{sent.url}form.pdf").status_code == 200
    refused = client.post(house.url("register/applications/new/"), filled(("", "แม่")) | form | {"applied_on": DAY})
    assert refused.status_code == 422 and 'value="แม่"' in text_of(refused)
    enrolled = client.post(house.url("register/new/"), filled(("นางทอง", "แม่"), ("นายคำ", "พ่อ")) | form | {
        "first_name": "เดือน", "member_no": "0900", "joined_on": DAY})
    page = text_of(client.get(enrolled.url))
    assert "นางทอง" in page and "นายคำ" in page


def test_those_who_were_not_told_are_listed_told_and_gone_from_the_list(house):
    name(house, "นางทอง", "นายคำ")
    name(house, "น.ส.ดำ", n=1)
    client, url = house.at("orathai"), house.url("register/untold/?moo=4")
    page = text_of(client.get(url))
    assert "ยังไม่ได้บอก 3 คน" in page and "notices.pdf" in page
    assert "ยังไม่ได้บอก" not in text_of(client.get(house.url("register/untold/?moo=5")))
    assert client.post(url, {"told_on": DAY}).status_code == 422
    assert client.post(url, {"told_on": DAY, "told_how": "PAPER", "tell-x": "on"}).status_code == 422
    sent = client.post(url, {"told_on": DAY, "told_how": "PHONE", f"tell-{named(house)[0].id}": "on"})
    assert sent.url == url and [one.told_how for one in named(house)] == ["PHONE", None]
    assert "ยังไม่ได้บอก 2 คน" in text_of(client.get(url))
    client.post(url, {"told_on": DAY, "told_how": "PAPER", "everybody": "on"})
    assert "บอกครบทุกคนแล้ว" in text_of(client.get(url))
    assert "บอกแล้วเมื่อ" in text_of(client.get(house.url(f"register/{house.members[1]}/")))
    page, back = address(house, 1), f"{address(house, 1)}take-back/"
    for beneficiary in ("x", str(named(house)[0].id), hidden(client.get(page), "beneficiary")):
        assert client.post(back, {"beneficiary": beneficiary}).url == page
    assert [one.told_on for one in named(house, 1)] == [None] and named(house)[0].told_on is not None
    assert "ยังไม่ได้บอก 1 คน" in text_of(client.get(url))


def test_the_notice_is_printed_for_one_member_and_for_a_village(house):
    name(house, "Mrs Tong", "Mr Kham")
    name(house, "Miss Dam", n=1)
    client = house.at("boonmee", language="en")
    village = client.get(house.url("register/papers/4/notices.pdf"))
    assert village["content-type"] == "application/pdf" and pages(village.content) == 3
    assert [who for who in ("Mrs Tong", "Mr Kham", "Miss Dam") if who not in text(village.content)] == []
    one = client.get(house.url(f"register/{house.members[1]}/notices.pdf"))
    assert pages(one.content) == 1 and "Miss Dam" in text(one.content) and "Kham" not in text(one.content)
    assert "Everybody has been told" in text(client.get(house.url("register/papers/5/notices.pdf")).content)
