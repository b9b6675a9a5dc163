"""A mistaken receipt, or a whole day, is taken back on its page; whoever has the paper sees what became of it."""
from uuid import uuid4

import pytest

from ombun.contributions import operations, queries
from ombun.contributions.rules import Payment
from ombun.primitives.days import thai_day
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, TODAY, House, hidden, text_of
from tests.papers.examples import text

WHY = "เก็บซ้ำ"


@pytest.fixture
def house():
    return House()


@pytest.fixture
def day(house):
    """A day on which everybody paid thirty baht to Boonma."""
    deed = uuid4()
    operations.record_collection(
        actor=house.actor, collection_id=deed, centre_id=house.centre, collected_on=TODAY,
        collected_by=house.people["boonma"], received_on=TODAY, recorded_at=NOW,
        payments=[Payment(member_id=i, amount_satang=Satang(3000)) for i in house.members])
    return deed


def cancel(house, who, day, receipt="all", /, **changes):
    """Open the page and send it as it stands, with a reason."""
    client, address = house.at(who), house.url(f"collect/day/{day}/cancel/")
    page = client.get(address, {"receipt": receipt})
    fields = {"deed": hidden(page, "deed"), "receipt": hidden(page, "receipt"), "day": thai_day(TODAY), "why": WHY}
    return client, address, fields | changes


def receipts(house, day):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        card = queries.collection(fund_id=house.actor.fund_id, deed_id=day)
        return queries.receipts_of_collection(fund_id=house.actor.fund_id, collection_id=card.id)


@pytest.mark.parametrize("who", ["somsri", "boonma"])
def test_one_receipt_is_cancelled_and_stays_on_the_page_struck_through(house, day, who):
    client, address, fields = cancel(house, who, day, "102")
    assert "นายบุญมี" in text_of(client.get(address, {"receipt": "102"}))
    first, again = client.post(address, fields), client.post(address, fields)
    assert first.status_code == again.status_code == 302 and first.url == again.url
    said = text_of(client.get(first.url))
    assert "<del>30</del>" in said and f"ยกเลิก {thai_day(TODAY, short=True)}: {WHY}" in said
    assert "90.00" in said and "1 ใบ 30 บาท" in said
    assert [r.number for r in receipts(house, day) if r.is_cancelled] == [102]
    assert house.balances()["4100"] == -9000


def test_a_whole_day_is_cancelled_and_can_be_recorded_again(house, day):
    client, address, fields = cancel(house, "somsri", day)
    said = text_of(client.post(address, fields, follow=True))
    assert "ยกเลิกทั้งวันแล้ว" in said and "บันทึกหมู่นี้ใหม่" in said
    assert "4100" not in house.balances()
    assert "ยกเลิกทั้งวันแล้ว" in text_of(client.get(house.url("collect/")))
    assert "เดือนนี้เก็บไปแล้ว" not in text_of(client.get(house.url("collect/4/")))
    assert client.get(address).url == house.url(f"collect/day/{day}/")


def test_without_a_reason_or_a_choice_nothing_is_cancelled(house, day):
    client, address, fields = cancel(house, "somsri", day, "102", why=" ", day="เมื่อวาน")
    page = client.post(address, fields)
    assert page.status_code == 422 and "2 เรื่องต้องแก้" in text_of(page)
    del fields["receipt"]
    assert client.post(address, fields).status_code == 404
    assert not any(r.is_cancelled for r in receipts(house, day))


def test_what_the_rules_refuse_is_told_on_the_page_with_what_was_typed(house, day):
    client, address, fields = cancel(house, "somsri", day, "102", day="1 มกราคม 2560")
    page = client.post(address, fields)
    assert page.status_code == 422
    assert WHY in text_of(page) and "ต้องไม่ก่อนวันเก็บเงิน" in text_of(page) and "นายบุญมี" in text_of(page)


def test_a_receipt_of_another_day_is_not_there(house, day):
    client, address, _ = cancel(house, "somsri", day)
    for number in ("999", "x", ""):
        assert client.get(address, {"receipt": number}).status_code == 404


def test_it_is_offered_to_those_who_may(house, day):
    address = house.url(f"collect/day/{day}/")
    for who, is_offered in (("somsri", True), ("boonma", True), ("boonmee", False), ("udom", False)):
        assert ("/cancel/" in text_of(house.at(who).get(address))) == is_offered


def test_the_member_card_and_the_papers_say_what_became_of_it(house, day):
    client, address, fields = cancel(house, "somsri", day, "102")
    client.post(address, fields)
    said = text_of(house.at("orathai").get(house.url(f"register/{house.members[1]}/")))
    assert "<del>30</del>" in said and WHY in said
    english = house.at("somsri", language="en")
    papers = {number: text(english.get(house.url(f"collect/day/{day}/{number}.pdf")).content) for number in (101, 102)}
    assert ("CANCELLED" in papers[101], "CANCELLED" in papers[102]) == (False, True)
    whole = text(english.get(house.url(f"collect/day/{day}/receipts.pdf")).content)
    assert whole.count("CANCELLED") == 2  # across the sheet and beside its title
    passbook = text(english.get(house.url(f"register/{house.members[1]}/passbook.pdf")).content)
    assert "30.00 baht, cancelled" in passbook and "4/0102" in passbook


def test_the_books_lead_to_the_page_where_it_is_mended(house, day):
    client, address, fields = cancel(house, "somsri", day, "102")
    client.post(address, fields)
    entries = {entry.deed: entry for entry in house.entries()}
    counted, cancelled = entries["contributions.collection"], entries["contributions.cancellation"]
    said = text_of(client.get(house.url(f"books/entry/{counted.id}/")))
    assert "ให้ยกเลิกใบเสร็จที่หน้าวันเก็บเงิน" in said and f"collect/day/{day}/" in said
    said = text_of(client.get(house.url(f"books/entry/{cancelled.id}/")))
    assert "ยกเลิกใบเสร็จ" in said and WHY in said
