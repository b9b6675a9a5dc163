"""A member's own pages: the passbook, the rights, a claim filed for oneself; and nobody else's."""
import json
from uuid import uuid4

import pypdfium2
import pytest

from ombun.audit.queries import latest
from ombun.claims.states import ClaimState
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Payment
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, TODAY, hidden, text_of
from tests.pages.welfare import DAY, WelfareHouse


@pytest.fixture
def house():
    """A fund for one test."""
    return WelfareHouse()


def test_the_passbook_shows_every_receipt_every_benefit_and_both_totals(house):
    contributions.record_collection(
        actor=house.actor, collection_id=uuid4(), centre_id=house.centre, collected_on=TODAY,
        collected_by=house.people["boonma"], received_on=TODAY, recorded_at=NOW,
        payments=[Payment(member_id=house.members[0], amount_satang=Satang(9000)),
                  Payment(member_id=house.members[1], amount_satang=Satang(3000))])
    house.paid()
    page = text_of(house.at("malee").get(house.url("me/")))
    for said in ("มาลี", "เล่มที่ 4 เลขที่ 101", "90 <span", "600 <span", "ใบสำคัญจ่ายเลขที่ 1/", "ไม่มีค้าง"):
        assert said in page
    assert "เลขที่ 102" not in page and "บุญมี" not in page
    assert "My book" in text_of(house.at("malee", language="en").get(house.url("me/")))


def test_a_member_takes_along_everything_that_is_known_of_them_and_of_nobody_else(house):
    malee, url = house.at("malee"), house.url("me/everything/")
    told = json.loads(malee.post(url, {"as": "json"}).content)["tables"]
    assert [row["first_name"] for row in told["members_member"]] == ["มาลี"]
    read = malee.post(url, {"as": "pdf"})
    assert read.content[:5] == b"%PDF-"
    assert "มาลี" in pypdfium2.PdfDocument(read.content)[0].get_textpage().get_text_range()
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        assert [event.action for event in latest(fund_id=house.actor.fund_id, count=2)] == ["privacy.handed_out"] * 2
    refused = malee.post(url, {"as": "dream"})
    assert refused.status_code == 422 and "แบบไหน: เลือกหนึ่งอย่าง" in text_of(refused)
    assert house.at("somsri").post(url, {"as": "json"}).status_code == 403


def test_the_rights_say_what_one_would_get_or_what_is_in_the_way(house):
    page = text_of(house.at("malee").get(house.url("me/claims/")))
    for said in ("ใช้สิทธิได้", "ต่อคืน", "ตอนนี้ยังใช้ไม่ได้", "ยังไม่ถึงเกณฑ์ 3 ปี", "ครอบครัวแจ้งกรรมการศูนย์"):
        assert said in page
    assert "/me/claims/file/death/" not in page


def test_a_member_files_for_themselves_once_and_sees_how_far_it_has_come(house):
    address = house.url("me/claims/file/hospital/")
    form = house.at("malee").get(address)
    fields = {"deed": hidden(form, "deed"), "happened_on": DAY, "filed_on": DAY, "units": "3", "place": "ร.พ.หนองบัว"}
    unasked = house.at("malee").post(address, fields | {"step": "file"})
    assert unasked.status_code == 422 and "ความยินยอมเรื่องสุขภาพ" in text_of(unasked) and house.claims() == ()
    fields |= {"agreed": "on"}
    preview = house.at("malee").post(address, fields | {"step": "check"})
    assert "3 คืน คืนละ 200.00 บาท เป็น 600.00 บาท" in text_of(preview)
    assert house.claims() == ()
    done = [house.at("malee").post(address, fields | {"step": "file"}).url for _ in range(2)]
    assert done[0] == done[1]
    assert [(line.member_id, line.state) for line in house.claims()] == [(house.members[0], ClaimState.FILED)]
    assert "รออยู่" in text_of(house.at("malee").get(done[0]))
    assert "คำขอที่ 1/" in text_of(house.at("malee").get(house.url("me/claims/")))


def test_a_form_that_cannot_be_filed_says_why_and_keeps_what_was_typed(house):
    for step in ("check", "file"):
        page = house.at("malee").post(house.url("me/claims/file/hospital/"), {
            "deed": str(uuid4()), "happened_on": "ไม่แน่ใจ", "filed_on": DAY, "units": "", "step": step})
        assert page.status_code == 422
        assert "เป็นวันที่ไม่ได้" in text_of(page) and 'value="ไม่แน่ใจ"' in text_of(page)
    assert house.claims() == ()


def test_the_claim_of_another_member_is_not_there(house):
    address = house.filed(member=1)
    assert house.at("malee").get(address).status_code == 403
    assert house.at("malee").get(address.replace("committee", "me")).status_code == 404
    assert house.at("malee").get(house.url(f"me/claims/{uuid4()}/")).status_code == 404
    assert house.at("malee").get(house.url("me/claims/file/holiday/")).status_code == 404


@pytest.mark.parametrize("path", ["me/", "me/claims/", "me/claims/file/hospital/"])
def test_only_the_member_opens_these_pages(house, path):
    assert house.at("malee").get(house.url(path)).status_code == 200
    for name in ("somsri", "boonmee", "boonma", "udom"):
        assert house.at(name).get(house.url(path)).status_code == 403
    assert house.at("malee").put(house.url(path)).status_code == 405
    assert WelfareHouse().at("malee").get(house.url(path)).status_code == 404
