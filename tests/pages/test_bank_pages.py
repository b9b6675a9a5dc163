"""A bank statement on the pages: read, shown, taken in, and each line said to be dues, an entry, or interest."""
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.contributions.queries import standings
from ombun.ledger.queries import open_lines
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import TODAY, hidden, text_of

YESTERDAY = TODAY - timedelta(days=1)
DAY = thai_day(YESTERDAY, short=False)
FILE = f"วันที่,รายการ,ถอน,ฝาก,คงเหลือ\n{DAY},โอนเข้า M0001,,30.00,90030.00\n{DAY},ดอกเบี้ย,,2.50,90032.50\n"
STATEMENT = "books/bank/statement/"


def sent(house, text=FILE, **more):
    """The treasurer chooses a file."""
    page = house.at("somsri").get(house.url(STATEMENT))
    return house.at("somsri").post(house.url(STATEMENT), {
        "deed": hidden(page, "deed"), "account": "1200", "file": SimpleUploadedFile("bank.csv", text.encode()), **more})


def taken_in(house, text=FILE):
    """The same, and it is taken in as it was shown."""
    page = sent(house, text)
    return house.at("somsri").post(house.url(STATEMENT), {
        **{name: hidden(page, name) for name in ("deed", "content", "name")}, "account": "1200", "sure": "1"})


def lines_of(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return open_lines(fund_id=house.actor.fund_id)


def say(house, line, **fields):
    page = house.at("somsri").get(house.url(f"books/bank/{line.id}/"))
    return house.at("somsri").post(house.url(f"books/bank/{line.id}/"), {
        "deed": hidden(page, "deed"), "booked_by": str(house.people["somsri"]), **fields})


def test_a_file_is_shown_before_it_is_taken_in(house):
    page = sent(house)
    assert page.status_code == 200 and lines_of(house) == ()
    assert "อ่านได้ 2 บรรทัด" in text_of(page) and "90,032.50" in text_of(page)
    assert taken_in(house).status_code == 302
    assert [one.amount_satang for one in lines_of(house)] == [3000, 250]
    assert taken_in(house).status_code == 302
    assert len(lines_of(house)) == 2
    seen = text_of(house.at("udom").get(house.url("books/bank/")))
    assert "มีรหัสอ้างอิงของสมาชิก" in seen and "ต่างกัน" in seen


def test_columns_that_nobody_knows_are_asked_for_and_remembered(house):
    text = f"เมื่อ,ข้อมูล,เท่าไร\n{DAY},M0002,30.00\n"
    page = sent(house, text)
    assert page.status_code == 422 and "ยังไม่รู้ว่าช่องไหน" in text_of(page)
    columns = {"column_moved_on": "เมื่อ", "column_amount": "เท่าไร", "column_words": "ข้อมูล"}
    kept = {name: hidden(page, name) for name in ("deed", "content", "name")}
    answer = house.at("somsri").post(house.url(STATEMENT), {**kept, **columns, "account": "1200", "sure": "1"})
    assert answer.status_code == 302
    again = sent(house, text.replace("M0002", "M0003"))
    assert again.status_code == 200 and "M0003" in text_of(again)


def test_what_cannot_be_read_is_told(house):
    assert "แถวที่ 1" in text_of(sent(house, "วันที่,จำนวนเงิน\n31/31/2569,5.00\n"))
    assert sent(house, "").status_code == 422
    page = house.at("somsri").get(house.url(STATEMENT))
    nothing = house.at("somsri").post(house.url(STATEMENT), {"deed": hidden(page, "deed"), "account": "1200"})
    assert nothing.status_code == 422
    broken = house.at("somsri").post(house.url(STATEMENT), {"account": "1200", "content": "@@"})
    assert broken.status_code == 422


def test_a_suggestion_is_confirmed_and_the_member_has_paid(house):
    taken_in(house)
    first, second = lines_of(house)
    page = text_of(house.at("somsri").get(house.url(f"books/bank/{first.id}/")))
    assert "ใช่ ลงตามนี้" in page and "ใจบุญ" in page
    assert say(house, first, what="dues", paid=f"{house.members[0]}:3000 ").status_code == 302
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        paid = standings(fund_id=house.actor.fund_id, member_ids=[house.members[0]], on=TODAY)[house.members[0]]
    assert (paid.last_paid_on, lines_of(house)) == (YESTERDAY, (second,))
    done = text_of(house.at("udom").get(house.url("books/bank/")))
    assert "ลงบัญชีแล้ว" in done


def test_several_members_by_number_or_name_and_interest_by_its_account(house):
    taken_in(house)
    first, second = lines_of(house)
    wrong = say(house, first, what="dues", member_0="0001", amount_0="20", member_1="ทองใบ", amount_1="5")
    assert wrong.status_code == 422 and "ธนาคารบอก 30.00 บาท" in text_of(wrong) and 'value="ทองใบ"' in text_of(wrong)
    assert say(house, first, what="dues").status_code == 422
    right = say(house, first, what="dues", member_0="0001", amount_0="20", member_1="ทองใบ", amount_1="10")
    assert right.status_code == 302
    assert say(house, second, what="account", kind="4910", memo="ดอกผล").status_code == 302
    assert (lines_of(house), house.balances()["4910"]) == ((), -250)
    page = text_of(house.at("somsri").get(house.url(f"books/bank/{second.id}/")))
    assert "จับคู่ผิด" in page and "ใช่ ลงตามนี้" not in page
    assert say_undo(house, second).status_code == 302
    assert lines_of(house) == (second,)
    again = text_of(house.at("somsri").get(house.url(f"books/bank/{second.id}/")))
    entry = again.split('name="entry" value="')[1].split('"')[0]
    assert say(house, second, what="entry", entry=entry).status_code == 302
    assert lines_of(house) == ()


def say_undo(house, line):
    return house.at("somsri").post(house.url(f"books/bank/{line.id}/"), {"what": "undo"})


def test_a_line_of_another_fund_is_not_there(house, other_house):
    taken_in(house)
    line = lines_of(house)[0]
    assert other_house.at("somsri").get(other_house.url(f"books/bank/{line.id}/")).status_code == 404


def test_a_tin_is_opened_a_limit_is_set_and_what_is_over_it_is_shown(house):
    somsri, day = house.at("somsri"), thai_day(YESTERDAY, short=True)
    assert somsri.post(house.url("books/handover/"), {"open_tin": "4"}).status_code == 302
    assert "?from=1120-01" in text_of(somsri.get(house.url("books/handover/")))
    page = somsri.get(house.url("settings/bank/"))
    form = {"deed": hidden(page, "deed"), "limit": "1000", "limit_resolution": "3/2569", "limit_from": day,
            "limit_signed_by": str(house.people["boonmee"])}
    assert somsri.post(house.url("settings/bank/"), form | {"limit": "-"}).status_code == 422
    assert somsri.post(house.url("settings/bank/"), form).status_code == 302
    for path in ("", "books/cash/"):
        assert "เกินวงเงินสดตามมติ" in text_of(house.at("boonmee").get(house.url(path)))


def test_cash_goes_to_the_bank_with_the_number_of_its_slip(house):
    somsri = house.at("somsri")
    page = somsri.get(house.url("books/handover/?from=1110&to=1200"))
    form = {"from": "1110", "to": "1200", "amount": "100", "day": thai_day(YESTERDAY, short=True), "slip_no": "7781",
            "given_by": str(house.people["somsri"]), "received_by": str(house.people["boonmee"])}
    done = somsri.post(house.url("books/handover/"), form | {"deed": hidden(page, "deed")})
    assert done.status_code == 302 and "7781" in text_of(somsri.get(done["Location"]))
    page = somsri.get(house.url("books/handover/?from=1110&to=1200"))
    again = somsri.post(house.url("books/handover/"), form | {"deed": hidden(page, "deed")})
    assert again.status_code == 422 and "7781 บันทึกไว้แล้ว" in text_of(again)
