"""The treasurer writes into the books: a receipt, a payment, a hand-over, a mistake taken back, a month closed."""
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.contributions.operations import record_collection
from ombun.contributions.rules import Payment
from ombun.funds.queries import fund_by_code
from ombun.ledger import operations as ledger
from ombun.ledger.rules import NewCashLimit
from ombun.primitives.days import month_end, thai_day
from ombun.primitives.money import Satang
from tests.pages.house import NOW, START, TODAY, hidden, text_of

DAY = thai_day(TODAY, short=True)


def voucher(house, way="out", **changes):
    page = house.at("somsri").get(house.url(f"books/voucher/{way}/"))
    fields = {"deed": hidden(page, "deed"), "kind": "5330" if way == "out" else "4400", "through": "1110",
              "amount": "45.50", "day": DAY, "memo": "ถ่ายเอกสาร"}
    return house.at("somsri").post(house.url(f"books/voucher/{way}/"), fields | changes)


def test_money_received_is_booked_on_two_sides(house):
    done = voucher(house, "in", amount="65,000", through="1200")
    assert house.balances() == {"1110": 500_000, "1200": 15_500_000, "3100": -9_500_000, "4400": -6_500_000}
    page = text_of(house.at("udom").get(done.url))
    assert "65,000.00" in page and "ถ่ายเอกสาร" in page


def test_an_expense_is_paid_from_cash_once_however_often_it_is_sent(house):
    deed = str(uuid4())
    assert voucher(house, deed=deed).url == voucher(house, deed=deed).url
    assert house.balances()["5330"] == 4550
    again = voucher(house, deed=deed, amount="99")
    assert again.status_code == 422
    assert "หน้านี้บันทึกรายการอื่นไปแล้ว" in text_of(again)


def test_every_mistake_of_a_voucher_is_told_and_nothing_is_booked(house):
    before = len(house.entries())
    page = voucher(house, kind="4100", through="", amount="มาก", day="พรุ่งนี้", memo="")
    assert page.status_code == 422
    assert "5 เรื่องต้องแก้" in text_of(page)
    assert 'value="มาก"' in text_of(page)
    assert voucher(house, amount="999999").status_code == 422  # more than the treasurer has
    assert len(house.entries()) == before


def test_benefits_and_contributions_never_go_by_voucher(house):
    for way, kind in (("out", "5102"), ("in", "4100"), ("in", "3100")):
        assert voucher(house, way, kind=kind).status_code == 422
    assert house.at("somsri").get(house.url("books/voucher/sideways/")).status_code == 404


def handed(house, **changes):
    page = house.at("somsri").get(house.url("books/handover/?from=1110&to=1200"))
    fields = {"deed": hidden(page, "deed"), "from": "1110", "to": "1200", "amount": "1,000", "day": DAY,
              "given_by": str(house.people["somsri"]), "received_by": str(house.people["boonmee"])}
    return house.at("somsri").post(house.url("books/handover/"), fields | changes)


def test_cash_goes_to_the_bank_in_the_hands_of_two(house):
    done = handed(house)
    assert (house.balances()["1110"], house.balances()["1200"]) == (400_000, 9_100_000)
    assert "1,000.00" in text_of(house.at("boonmee").get(done.url))


def test_money_short_at_the_bank_is_booked_with_the_number_of_its_slip(house):
    assert "เพราะอะไร" in text_of(handed(house, expected="1,010"))
    done = handed(house, expected="1,010", memo="ใบฝาก 0042 ธนบัตรชำรุด")
    assert {k: house.balances()[k] for k in ("1110", "1200", "5380")} == {
        "1110": 399_000, "1200": 9_100_000, "5380": 1_000}
    page = text_of(house.at("udom").get(done.url))
    assert "ใบฝาก 0042" in page and "เงินสดขาดบัญชี" in page
    listed = text_of(house.at("udom").get(house.url("books/cash/")))
    assert "เงินสดขาดบัญชี</span> 10<" in listed and '<span class="amount">1,000</span>' in listed


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"received_by": "SAME"}, "ต้องเป็นคนละคน"), ({"amount": "5,001"}, "เงินไม่พอ"), ({"to": "1110"}, "ไม่ใช่ที่เดียวกัน"),
    ({"amount": "0"}, "มากกว่า 0"), ({"received_by": ""}, "เลือกหนึ่งอย่าง"), ({"from": "9999"}, "เลือกหนึ่งอย่าง")])
def test_a_hand_over_that_cannot_be_is_refused_and_changes_nothing(house, changes, sentence):
    if changes.get("received_by") == "SAME":
        changes = {"received_by": str(house.people["somsri"])}
    page = handed(house, **changes)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert house.balances()["1110"] == 500_000


def test_a_mistake_is_taken_back_and_both_entries_stay(house):
    wrong = voucher(house).url
    client = house.at("somsri")
    page = client.get(f"{wrong}take-back/")
    fields = {"deed": hidden(page, "deed"), "day": DAY, "why": ""}
    assert client.post(f"{wrong}take-back/", fields).status_code == 422
    done = client.post(f"{wrong}take-back/", fields | {"why": "จำนวนผิด"})
    assert done.status_code == 302
    assert "5330" not in house.balances()
    assert "รายการนี้ยกเลิกแล้ว" in text_of(client.get(wrong))
    assert "take-back" not in text_of(client.get(wrong))
    assert house.at("udom").get(f"{wrong}take-back/").status_code == 403


def closing(house, **changes):
    page = house.at("somsri").get(house.url("books/close/"))
    fields = {"deed": hidden(page, "deed"), "month": START.isoformat(), "because": "เก็บเงินไม่ครบ",
              "closed_by": str(house.people["somsri"])}
    return house.at("somsri").post(house.url("books/close/"), fields | changes)


def test_a_month_is_closed_and_nothing_goes_into_it_any_more(house):
    assert closing(house).status_code == 302
    assert fund_by_code(code=house.code).books_closed_until == month_end(START)
    page = voucher(house, day=thai_day(month_end(START)))
    assert page.status_code == 422
    assert "อยู่ในเดือนที่ปิดบัญชีแล้ว" in text_of(page)
    assert voucher(house).status_code == 302


def test_what_is_not_done_is_explained_before_the_month_closes_and_stays_beside_it(house):
    page = closing(house, because="")
    assert page.status_code == 422 and 'name="because"' in text_of(page)
    for said in ("ยังไม่ได้นับเงินสดตอนสิ้นเดือน", "ยังไม่ได้ตรวจบัญชีธนาคารถึงสิ้นเดือน", "ยังไม่มีการเก็บเงินของเดือนนี้",
                 "ผู้เก็บเงินส่งเงินครบแล้ว", "สวัสดิการที่อนุมัติแล้วจ่ายครบ", "ไม่มีเงินหรือใบเสร็จที่รอตรวจสอบ"):
        assert said in text_of(page), said
    done = closing(house, because="เหรัญญิกป่วย")
    page = text_of(house.at("boonmee").get(done.url))
    assert "ยังไม่ได้นับเงินสด, ยังไม่ได้ตรวจบัญชีธนาคาร, บางหมู่บ้านยังไม่ได้เก็บเงิน" in page and "เพราะ เหรัญญิกป่วย" in page


def counted(house, **changes):
    client = house.at("somsri")
    page = client.get(house.url("books/count/new/?account=1110"))
    return client.post(house.url("books/count/new/"), {
        "deed": hidden(page, "deed"), "account": "1110", "day": DAY, "of_100000": "4", "of_50000": "๒", "of_25": "",
        "counted_by": str(house.people["somsri"]), "witnessed_by": str(house.people["boonmee"]), **changes})


def test_cash_is_counted_note_by_note_and_the_point_of_the_list_is_done(house):
    done = counted(house)
    page = text_of(house.at("udom").get(done.url))
    assert "นับได้ 5,000.00 บาท" in page and "ตรงกับบัญชี" in page and "นางสมศรี ใจบุญ กับ นายบุญมี มั่นคง" in page
    assert "นับเงินสดแล้ว สองคนรู้เห็น" in text_of(house.at("somsri").get(house.url("books/close/")))


def test_cash_that_differs_asks_why_and_shows_where_it_was_booked(house):
    page = counted(house, of_25="x")
    assert page.status_code == 422 and "ใส่จำนวนธนบัตรและเหรียญ" in text_of(page)
    page = counted(house, of_1000="1")
    assert page.status_code == 422
    assert "นับได้ 5,010.00 บาท แต่บัญชีมี 5,000.00 บาท" in text_of(page) and 'name="because"' in text_of(page)
    page = text_of(house.at("udom").get(counted(house, of_1000="1", because="ทอนผิด").url))
    assert "เกิน 10.00 บาท" in page and "ทอนผิด" in page
    assert house.balances()["4980"] == -1_000


def test_a_closed_month_is_opened_again_by_two_and_says_so(house):
    client, address = house.at("boonmee"), house.url("books/close/reopen/")
    assert "ยังไม่มีเดือนที่ปิด" in text_of(client.get(address))
    closing(house)
    page = client.get(address)
    fields = {"deed": hidden(page, "deed"), "month": START.isoformat(), "reason": "ลืมลงเงิน อบต.",
              "first_by": str(house.people["boonmee"]), "second_by": str(house.people["boonmee"])}
    refused = client.post(address, fields)
    assert refused.status_code == 422 and "ต้องมีกรรมการสองคน" in text_of(refused)
    done = client.post(address, fields | {"second_by": str(house.people["udom"])})
    page = text_of(client.get(done.url))
    assert "เปิดอีกครั้ง" in page and "นายบุญมี มั่นคง และ นายอุดม แสนดี เพราะ ลืมลงเงิน อบต." in page
    assert fund_by_code(code=house.code).books_closed_until < START
    book = house.url(f"books/all/income/?period=days&from={START}&to={month_end(START)}")
    assert "ลืมลงเงิน อบต." in text_of(client.get(book))


def test_a_month_that_is_not_over_cannot_be_closed(house):
    page = closing(house, month=TODAY.isoformat())
    assert page.status_code == 422
    assert "ยังไม่จบ" in text_of(page)
    assert fund_by_code(code=house.code).books_closed_until < START


def test_the_trial_balance_shows_both_columns_with_one_total(house):
    page = text_of(house.at("udom").get(house.url("books/")))
    assert page.count("95,000.00") == 3  # the fund at the start, and both totals


def test_an_entry_of_cash_that_changed_hands_says_who_gave_and_who_received(house):
    done = handed(house)
    page = text_of(house.at("udom").get(done.url))
    for label, first_name in (("ผู้ส่งเงิน", "นางสมศรี"), ("ผู้รู้เห็นอีกคน", "นายบุญมี")):
        assert first_name in page.partition(f"<dt>{label}</dt>")[2].partition("</dd>")[0], label
    client = house.at("somsri")
    form = client.get(f"{done.url}take-back/")
    back = client.post(f"{done.url}take-back/", {
        "deed": hidden(form, "deed"), "day": DAY, "why": "นับผิด", "given_by": str(house.people["boonmee"]),
        "received_by": str(house.people["somsri"])})
    page = text_of(house.at("udom").get(back.url))
    for label, first_name in (("ผู้รู้เห็นอีกคน", "นายบุญมี"), ("ผู้รับเงิน", "นางสมศรี")):
        assert first_name in page.partition(f"<dt>{label}</dt>")[2].partition("</dd>")[0], label
    assert "ผู้ส่งเงิน" not in text_of(client.get(voucher(house).url))


def test_what_cannot_be_taken_back_offers_no_form_and_says_what_to_do(house):
    client = house.at("somsri")
    wrong = voucher(house).url
    form = client.get(f"{wrong}take-back/")
    reversal = client.post(f"{wrong}take-back/", {"deed": hidden(form, "deed"), "day": DAY, "why": "จำนวนผิด"}).url
    record_collection(
        actor=house.actor, recorded_at=NOW, received_on=TODAY, collection_id=uuid4(), centre_id=house.centre,
        collected_on=TODAY, collected_by=house.people["boonma"], payments=[Payment(
            member_id=house.members[0], amount_satang=Satang(3000))])
    collected = house.url(f"books/entry/{house.entries()[-1].id}/")
    for address, said in ((wrong, "รายการนี้ยกเลิกแล้ว"), (reversal, "ให้ลงรายการใหม่"),
                          (collected, "ให้ยกเลิกใบเสร็จที่หน้าวันเก็บเงิน")):
        page = client.get(address)
        assert said in text_of(page) and "take-back" not in text_of(page), address
        assert client.get(f"{address}take-back/").url == address
        refused = client.post(f"{address}take-back/", {"deed": str(uuid4()), "day": DAY, "why": "ผิด"})
        assert refused.status_code == 422 and 'name="why"' not in text_of(refused)
    assert "/collect/day/" in text_of(client.get(collected))


def test_what_is_looked_at_before_closing_is_what_stood_on_the_last_day_of_the_month(house):
    record_collection(
        actor=house.actor, recorded_at=NOW, received_on=TODAY, collection_id=uuid4(), centre_id=house.centre,
        collected_on=TODAY, collected_by=house.people["boonma"], payments=[Payment(
            member_id=house.members[0], amount_satang=Satang(3000))])
    assert voucher(house, day=thai_day(TODAY)).status_code == 302  # 45.50 less in hand since
    page = text_of(house.at("somsri").get(house.url("books/close/")))
    assert f"เงินตามบัญชี ณ สิ้นวันที่ {thai_day(month_end(START))}" in page
    assert "ผู้เก็บเงินส่งเงินครบแล้ว" in page and "นายบุญมา" not in page
    assert page.count("5,000.00") == 1 and "90,000.00" in page and "4,954.50" not in page


def test_money_not_yet_handed_over_says_since_when(house):
    record_collection(
        actor=house.actor, recorded_at=NOW, received_on=TODAY, collection_id=uuid4(), centre_id=house.centre,
        collected_on=START, collected_by=house.people["boonma"], payments=[Payment(
            member_id=house.members[0], amount_satang=Satang(3000))])
    for address in ("", "books/cash/", "books/handover/"):
        assert f"ถือไว้ตั้งแต่ {thai_day(START, short=True)}" in text_of(house.at("somsri").get(house.url(address))), address


def test_after_closing_a_month_its_statements_are_offered(house):
    done = closing(house)
    client = house.at("boonmee")
    page = text_of(client.get(done.url))
    assert 'class="notice done" role="status"' in page and "แล้ว</b>" in page
    first, last = START.isoformat(), month_end(START).isoformat()
    for paper in (f"trial-balance.pdf?on={last}", f"income.pdf?period=days&amp;from={first}&amp;to={last}",
                  f"day-book.pdf?month={first}"):
        assert page.count(paper) == 2, paper
        address = house.url(f"books/print/{paper}").replace("&amp;", "&")
        assert client.get(address).headers["Content-Type"] == "application/pdf"
    assert 'role="status"' not in text_of(client.get(house.url("books/close/?closed=x")))


def test_what_is_invested_stands_on_a_line_of_its_own_and_the_sums_agree(house):
    assert voucher(house, kind="1300", amount="1,000", through="1200", memo="ซื้อสลาก").status_code == 302
    for address in ("", "books/cash/"):
        page = text_of(house.at("somsri").get(house.url(address)))
        line = page.partition("เงินลงทุนอื่น")[2]
        assert "1,000.00" in line[:120] and "95,000.00" in page and "89,000.00" in page, address
    assert house.at("somsri").get(house.url("books/print/cash.pdf")).status_code == 200


def test_the_trial_balance_says_since_when_its_income_runs(house):
    page = text_of(house.at("udom").get(house.url("books/")))
    assert "รวมตั้งแต่เริ่มใช้บัญชี" in page and house.url("books/income/") in page.partition("รวมตั้งแต่เริ่มใช้บัญชี")[2]


@pytest.mark.parametrize(("language", "written", "hint"), [
    ("th", thai_day(TODAY, short=True), "เช่น 25 พ.ย. 2569"),
    ("en", f"{TODAY.day} {TODAY:%b %Y}", "such as 25 Nov 2026")])
def test_a_day_is_proposed_as_the_hint_writes_it_and_read_as_it_is_proposed(house, language, written, hint):
    client = house.at("somsri", language=language)
    for address in ("books/voucher/in/", "collect/4/", "settings/people/", "books/handover/?from=1110&to=1200"):
        page = text_of(client.get(house.url(address)))
        assert f'value="{written}"' in page and hint in page, address
    page = text_of(client.get(house.url("books/income/")))
    assert (thai_day(TODAY)[-4:] in page) == (language == "th")
    assert voucher(house, day=written).status_code == 302


def limited(house):
    ledger.limit_payments(actor=house.actor, limit_id=uuid4(), recorded_at=NOW, new=NewCashLimit(
        limit_satang=Satang(10_000), resolution_no="3/2569", from_on=START, signed_by=house.people["boonmee"]))


def test_a_large_payment_asks_for_a_second_person_and_keeps_the_bill(house):
    limited(house)
    refused = voucher(house, amount="200")
    assert refused.status_code == 422 and "ต้องมีกรรมการอีกคนเห็นชอบ" in text_of(refused)
    bill = SimpleUploadedFile("bill.pdf", b"%PDF-1.7 bill", content_type="text/html")
    done = voucher(house, amount="200", second=str(house.people["boonmee"]), papers=bill)
    page = text_of(house.at("udom").get(done.url))
    assert "ผู้เห็นชอบอีกคน" in page and "1/25" in page and "PDF" in page
    paper = house.at("udom").get(re.search(r'href="([^"]*/books/paper/[^"]*/)"', page)[1])
    assert paper["Content-Type"] == "application/pdf" and paper["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in paper["Content-Disposition"] and paper.content == b"%PDF-1.7 bill"
    pdf = house.at("udom").get(f"{done.url}voucher.pdf")
    assert pdf["Content-Type"] == "application/pdf"


def test_a_paper_is_attached_later_and_taken_off_again(house):
    done = voucher(house)
    client, fields = house.at("somsri"), {"deed": str(uuid4())}
    wrong = client.post(f"{done.url}attach/", fields | {"papers": SimpleUploadedFile("x.jpg", b"<script>")})
    assert wrong.status_code == 422 and "รูปถ่าย (JPEG, PNG, WebP)" in text_of(wrong)
    for _ in range(2):
        sent = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff photo")
        assert client.post(f"{done.url}attach/", fields | {"papers": sent}).status_code == 302
    page = text_of(client.get(done.url))
    [paper] = re.findall(r'href="([^"]*/books/paper/[^"]*/)"', page)
    assert client.post(f"{paper}take-off/").url == done.url
    assert "เอาออกแล้วเมื่อ" in text_of(client.get(done.url)) and client.get(paper).status_code == 404


def test_the_committee_says_what_one_person_may_pay_alone(house):
    client = house.at("somsri")
    page = client.get(house.url("settings/bank/"))
    fields = {"deed": hidden(page, "deed"), "alone": "500", "alone_resolution": "4/2569", "alone_from": DAY,
              "alone_signed_by": str(house.people["boonmee"])}
    assert client.post(house.url("settings/bank/"), fields | {"alone_from": ""}).status_code == 422
    assert client.post(house.url("settings/bank/"), fields).status_code == 302
    assert "คนเดียวจ่ายได้ไม่เกิน 500 บาท" in text_of(client.get(house.url("settings/bank/")))
    assert "จ่ายเกิน 500 บาท" in text_of(client.get(house.url("books/voucher/out/")))
