"""Transfers: the code on the member's page and on paper stands only where a resolution named the account."""
from ombun.ledger.queries import paying_account
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import START, hidden, text_of

PATH = "settings/bank/"


def named(house, **more):
    """The form as the treasurer fills it in."""
    page = house.at("somsri").get(house.url(PATH))
    return house.at("somsri").post(house.url(PATH), {
        "deed": hidden(page, "deed"), "bank": "ธ.ก.ส.", "account_no": "020-0000-0000-1", "owner_name": "นางสมศรี ใจบุญ",
        "promptpay_kind": "MOBILE", "promptpay_no": "060-000-0001", "resolution_no": "3/2569",
        "resolved_on": day_in_words(START, short=True), "signed_by": str(house.people["boonmee"]), **more})


def test_without_a_resolution_there_is_no_code_but_a_reason(house):
    page = text_of(house.at("orathai").get(house.url(f"register/{house.members[0]}/transfer/")))
    assert "<svg" in page and "รหัสพร้อมเพย์" not in page and "ยังไม่มีมติกรรมการ" in page
    assert house.at("orathai").get(house.url("register/papers/4/transfers.pdf")).status_code == 302


def test_a_named_account_is_shown_with_its_owner_and_printed_for_a_village(house):
    assert named(house).status_code == 302
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        to = paying_account(fund_id=house.actor.fund_id)
    assert (to.as_named.account_no, to.as_named.promptpay_no) == ("020000000001", "0600000001")
    page = text_of(house.at("udom").get(house.url(f"register/{house.members[0]}/transfer/")))
    assert "รหัสพร้อมเพย์" in page and "ใจบุญ" in page and "3/2569" in page and "M0001" in page
    assert "ใบโอนเงินสมทบ" in text_of(house.at("orathai").get(house.url("register/papers/")))
    pdf = house.at("orathai").get(house.url("register/papers/4/transfers.pdf"))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    english = text_of(house.at("somsri", language="en").get(house.url(PATH)))
    assert "Members transfer to this one" in english


def test_what_is_wrong_is_told_and_kept(house):
    answer = named(house, promptpay_no="12")
    assert answer.status_code == 422 and "หมายเลขพร้อมเพย์ไม่ถูกต้อง" in text_of(answer)
    assert 'value="3/2569"' in text_of(answer)


def test_ended_the_code_is_gone(house):
    named(house)
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        to = paying_account(fund_id=house.actor.fund_id)
    assert house.at("boonmee").post(house.url(PATH), {"end": str(to.id)}).status_code == 302
    page = text_of(house.at("orathai").get(house.url(f"register/{house.members[0]}/transfer/")))
    assert "ยังไม่มีมติกรรมการ" in page


def test_somebody_says_that_they_transferred_and_takes_it_back(house):
    named(house)
    path = house.url(f"register/{house.members[0]}/transfer/")
    page = house.at("orathai").get(path)
    answer = house.at("orathai").post(path, {"deed": hidden(page, "deed"), "amount": "30", "day": hidden_day()})
    assert answer.status_code == 302
    page = text_of(house.at("orathai").get(path))
    assert "รอเห็นในรายการของธนาคาร" in page
    assert "มาลี" in text_of(house.at("udom").get(house.url("books/bank/")))
    note = page.split('name="take_back" value="')[1].split('"')[0]
    assert house.at("orathai").post(path, {"take_back": note}).status_code == 302
    assert "รอเห็นในรายการของธนาคาร" not in text_of(house.at("orathai").get(path))
    wrong = house.at("orathai").post(path, {"deed": note, "amount": "30", "day": hidden_day(), "slip": "abc"})
    assert wrong.status_code == 302  # the same id again changes nothing
    page = house.at("somsri").get(path)
    wrong = house.at("somsri").post(path, {
        "deed": hidden(page, "deed"), "amount": "30", "day": hidden_day(), "slip": "abc"})
    assert wrong.status_code == 422 and "ไม่ใช่รหัสในสลิป" in text_of(wrong)
    assert house.at("udom").post(path, {"amount": "30"}).status_code == 403


def hidden_day():
    return day_in_words(START, short=True)
