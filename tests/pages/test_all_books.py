"""Every book and statement: on the page, as PDF, as workbook and CSV the same figures, for any days."""
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from ombun.claims.queries import money_of_members
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Payment
from ombun.ledger.operations import book_receipt_or_payment, reverse_entry
from ombun.ledger.rules import Posting
from ombun.papers.gathering.books import STATEMENTS
from ombun.primitives.days import thai_day
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from ombun.web.treasurer.views.all_books import LISTED
from tests.pages.house import NOW, START, TODAY, House, hidden, text_of
from tests.papers.examples import pages, text

BOOKS = [name for _, some in LISTED for name, *_ in some]


def booked(house, debit, credit, satang, on=TODAY, memo="เรื่องหนึ่ง"):
    return book_receipt_or_payment(
        actor=house.actor, deed_id=uuid4(), happened_on=on, memo=memo, recorded_at=NOW, postings=[
            Posting(account_code=debit, amount_satang=Satang(satang)),
            Posting(account_code=credit, amount_satang=Satang(-satang))]).entry_id


@pytest.fixture(scope="module")
def kept(django_db_blocker):
    """A fund with money from local government, stationery, and a mistake that was taken back."""
    house = House()
    booked(house, "1200", "4400", 6_500_000, START)
    house.paid = booked(house, "5330", "1110", 4_550, memo="ถ่ายเอกสาร")
    wrong = booked(house, "5320", "1110", 99_900)
    reverse_entry(actor=house.actor, reversal_id=uuid4(), entry_id=wrong, reversed_on=TODAY, why="ผิด", recorded_at=NOW)
    return house


def shown(house, name, query="", language="th"):
    response = house.at("udom", language).get(house.url(f"books/all/{name}/?{query}"))
    assert response.status_code == 200
    return text_of(response)


DAYS = f"period=days&from={START}&to={TODAY}"


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_book_is_shown_printed_and_taken_as_a_workbook(kept, name, language):
    assert kept.at("udom", language).get(kept.url("books/all/")).status_code == 200
    shown(kept, name, DAYS, language)
    browser = kept.at("udom", language)
    pdf = browser.get(kept.url(f"books/print/{name}.pdf?{DAYS}"))
    assert pages(pdf.content) >= 1
    content = browser.get(kept.url(f"books/print/{name}.xlsx?{DAYS}")).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).startswith("กองทุนสวัสดิการชุมชนตำบลหนองบัว") and len(rows) >= 2
    assert browser.get(kept.url(f"books/print/{name}.csv?{DAYS}")).content.startswith(b"\xef\xbb\xbf")


def test_every_figure_opens_its_account_and_every_line_its_entry(kept):
    income = shown(kept, "income", DAYS)
    assert "65,000.00" in income and "45.50" in income and "999.00" not in income
    address = f"books/all/account/?account=5330&amp;period=days&amp;from={START}&amp;to={TODAY}"
    assert address in income
    book = shown(kept, "account", address.replace("&amp;", "&").partition("?")[2])
    assert kept.url(f"books/entry/{kept.paid}/") in book and "ถ่ายเอกสาร" in book and "เงินสดในมือเหรัญญิก" in book


def test_the_book_of_the_cash_runs_from_what_it_began_with_to_what_is_left(kept):
    book = shown(kept, "account", "account=1110&" + DAYS)
    assert "ยกยอดมา" in book and "4,954.50" in book and "ยกเลิกแล้ว" in book
    later = shown(kept, "account", f"account=1110&period=days&from={TODAY}&to={TODAY}")
    assert "5,000.00" in later


def test_the_form_has_two_equal_sides_and_the_position_too(kept):
    sources = shown(kept, "sources", DAYS)
    assert sources.count("160,000.00") == 4  # both totals, of the period and since founding
    position = shown(kept, "position")
    assert position.count("159,954.50") >= 2
    assert "ร้อยละ 100.0 ในช่วงนี้" in shown(kept, "legs", DAYS)


def test_last_year_stands_beside_this_year(kept):
    next_year = START.replace(year=START.year + 1)
    assert "65,000.00" in shown(kept, "income", f"period=days&from={next_year}&to={next_year + timedelta(days=27)}")


def test_days_that_cannot_be_and_books_that_are_not_there(kept):
    browser = kept.at("udom")
    for query in ("period=days&from=เมื่อวาน&to=1", f"period=days&from={TODAY}&to={START}"):
        assert browser.get(kept.url(f"books/all/legs/?{query}")).status_code == 422
        back = browser.get(kept.url(f"books/print/legs.pdf?{query}"))
        assert back.status_code == 302 and "/books/all/legs/" in back.url
    assert browser.get(kept.url("books/all/wish/")).status_code == 404
    for account in ("9999", "1130-01"):
        assert browser.get(kept.url(f"books/all/account/?account={account}")).status_code == 404
    assert kept.at("boonma").get(kept.url("books/all/")).status_code == 403


def test_the_paper_says_of_which_days_it_is(kept):
    pdf = kept.at("udom").get(kept.url(f"books/print/account.pdf?account=1110&{DAYS}")).content
    assert "เงินสดในมือเหรัญญิก" in text(pdf).replace("\n", "") or "๑๑๑๐" in text(pdf)
    assert set(BOOKS) <= set(STATEMENTS) and thai_day(TODAY)


def test_members_and_villages_give_what_the_books_have_taken_in(kept):
    house = House()
    contributions.record_collection(
        actor=house.actor, collection_id=uuid4(), centre_id=house.centre, collected_on=TODAY,
        collected_by=house.people["boonma"], received_on=TODAY, recorded_at=NOW,
        payments=tuple(Payment(member_id=member, amount_satang=Satang(3_000)) for member in house.members[:3]))
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        told = money_of_members(fund_id=house.actor.fund_id, from_on=TODAY, until_on=TODAY + timedelta(days=1))
    assert [one.paid_satang for one in told] == [3_000] * 3
    assert sum(one.paid_ever_satang for one in told) == -house.balances()["4100"]
    page = shown(house, "members")
    assert f"/register/{house.members[0]}/" in page and "90.00" in page
    assert "บ้านห้วยทราย" in shown(house, "centres")


def test_money_is_earmarked_on_its_entry_and_divided_on_a_page_of_the_settings(kept):
    house = House()
    client, entry_id = house.at("somsri"), booked(house, "1200", "4400", 500_000)
    page = client.get(house.url(f"books/entry/{entry_id}/earmark/"))
    fields = {"deed": hidden(page, "deed"), "words": "หนังสือที่ 12/2569"}
    assert client.post(house.url(f"books/entry/{entry_id}/earmark/"), fields).status_code == 422
    done = client.post(house.url(f"books/entry/{entry_id}/earmark/"), fields | {"accounts": ["5103"]})
    assert done.status_code == 302 and "หนังสือที่ 12/2569" in text_of(client.get(done.url))
    assert "5,000.00" in shown(house, "earmarks", DAYS)
    spent = booked(house, "5330", "1110", 100)
    assert client.get(house.url(f"books/entry/{spent}/earmark/")).status_code == 302
    page = client.get(house.url("settings/shares/"))
    fields = {"deed": hidden(page, "deed"), "name-1": "สวัสดิการ", "name-2": "บริหาร", "local-1": "80", "local-2": "10",
              "resolution_no": "5/2569", "from_on": str(TODAY), "signed_by": str(house.people["boonmee"])}
    assert "รวมได้ 100" in text_of(client.post(house.url("settings/shares/"), fields))
    assert client.post(house.url("settings/shares/"), fields | {"local-2": "20"}).status_code == 302
    assert "4,000.00" in text_of(client.get(house.url("settings/shares/")))
    assert "1,000.00" in shown(house, "sub-funds", DAYS)


def test_vouchers_are_drawn_by_a_word_and_drawn_again_they_are_the_same(kept):
    drawn = [re.findall(r"/books/entry/(\d+)/", shown(kept, "sample", f"{DAYS}&seed=หนองบัว&size=2")) for _ in "ab"]
    assert drawn[0] == drawn[1] and len(drawn[0]) == 2
    page = shown(kept, "sample", f"{DAYS}&seed=หนองบัว&size=2")
    assert page.count("/books/entry/") == 2 and 'value="หนองบัว"' in page
    assert kept.at("udom").get(kept.url(f"books/print/sample.pdf?{DAYS}&seed=x&size=2")).content[:4] == b"%PDF"
