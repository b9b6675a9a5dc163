"""Givers on pages: written down, printed, cancelled; without a name where the giver wants none."""
from ombun.givers.queries import gifts
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import TODAY, hidden, text_of


def give(house, **more):
    page = house.at("somsri").get(house.url("books/gifts/new/"))
    return house.at("somsri").post(house.url("books/gifts/new/"), {
        "deed": hidden(page, "deed"), "kind": "DONATION", "giver_kind": "TEMPLE", "giver_name": "วัดโพธิ์ทอง",
        "amount": "2,000", "into": "1110", "day": f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}",
        "by": str(house.people["somsri"]), **more})


def test_a_gift_gets_its_receipt_and_letter_until_it_is_cancelled(house):
    answer = give(house)
    assert answer.status_code == 302
    page = house.at("udom").get(answer.url)
    assert "วัดโพธิ์ทอง" in text_of(page) and "2,000.00" in text_of(page)
    for printed in ("receipt.pdf", "thanks.pdf"):
        pdf = house.at("udom").get(f"{answer.url}{printed}")
        assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert "Giver's receipt no. 1" in text_of(house.at("somsri", language="en").get(answer.url))
    cancelling = f"{answer.url}cancel/"
    assert house.at("boonmee").post(cancelling, {"why": "ผิด"}).status_code == 403
    assert house.at("somsri").post(cancelling, {"why": ""}).status_code == 422
    assert house.at("somsri").post(cancelling, {"why": "พิมพ์ผิด"}).status_code == 302
    assert "พิมพ์ผิด" in text_of(house.at("udom").get(answer.url))


def test_who_gives_quietly_is_named_nowhere(house):
    assert give(house, quietly="on", amount="", things="ข้าวสาร 20 ถุง").status_code == 302
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        assert [one.as_given.giver_name for one in gifts(fund_id=house.actor.fund_id)] == [""]
    assert "ไม่ประสงค์ออกนาม" in text_of(house.at("udom").get(house.url("books/gifts/")))


def test_what_is_wrong_is_told_and_kept(house):
    answer = give(house, things="ข้าวสาร")
    assert answer.status_code == 422 and 'value="วัดโพธิ์ทอง"' in text_of(answer)


def test_the_gift_of_another_fund_is_not_there(house, other_house):
    path = give(house).url.removeprefix(house.url(""))
    for page in ("", "receipt.pdf", "thanks.pdf", "cancel/"):
        assert other_house.at("somsri").get(other_house.url(path + page)).status_code == 404
