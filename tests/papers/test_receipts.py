"""Receipts: one a page, in the digits and words of the receipt book."""
from dataclasses import replace

import pypdfium2
import pytest

from ombun.papers.receipts import PaperSize, ReceiptLine, receipt_contents, receipt_files, receipts_pdf
from tests.papers.examples import FUND, HOSTILE, RECEIPT, pages, receipts, size_mm, text


def told(receipt, language="th"):
    contents = receipt_contents(fund=FUND, receipts=[receipt], size=PaperSize.A5, language=language)
    return contents["receipts"][0]


@pytest.mark.parametrize(("size", "mm"), [(PaperSize.A5, (210, 148)), (PaperSize.A6, (148, 105))])
def test_one_receipt_a_page_on_the_sheet_that_was_asked_for(size, mm):
    pdf = receipts_pdf(fund=FUND, receipts=receipts(7), size=size)
    assert pages(pdf) == 7
    assert size_mm(pdf) == mm


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (1, 1), (2, 1), (7, 4)])
def test_two_receipts_lie_on_an_a4_sheet(count, sheets):
    pdf = receipts_pdf(fund=FUND, receipts=receipts(count), size=PaperSize.A4)
    assert (pages(pdf), size_mm(pdf)) == (sheets, (210, 297))


def test_a_receipt_that_is_too_long_for_half_a_sheet_loses_no_line():
    lines = [ReceiptLine(text=f"Dues {i}", amount_satang=3000) for i in range(40)]
    pdf = receipts_pdf(fund=FUND, receipts=[replace(RECEIPT, lines=lines), RECEIPT], size=PaperSize.A4,
                       language="en")
    assert "Dues 39" in text(pdf)
    assert pages(pdf) >= 2


def test_numbers_day_and_words_are_thai():
    line = told(RECEIPT)
    assert (line["book_no"], line["number"]) == ("๔", "๐๑๒๓")
    assert line["day"].replace("\u00a0", " ") == "๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙"
    assert (line["total"], line["total_in_words"]) == ("๙๐.๗๕", "เก้าสิบบาทเจ็ดสิบห้าสตางค์")


def test_english_has_its_own_digits_era_and_words():
    line = told(replace(RECEIPT, lines=[ReceiptLine(text="Dues", amount_satang=123_456_705)]), "en")
    assert (line["number"], line["day"].replace("\u00a0", " ")) == ("0123", "25 November 2026")
    assert line["total_in_words"] == (
        "One million two hundred thirty-four thousand five hundred sixty-seven baht and five satang")


def test_one_satang_and_nothing():
    assert told(replace(RECEIPT, lines=[ReceiptLine(text="ก", amount_satang=1)]))["total_in_words"] == "หนึ่งสตางค์"
    assert told(replace(RECEIPT, lines=[]))["total_in_words"] == "ศูนย์บาทถ้วน"


@pytest.mark.parametrize(("lines", "expected"), [(0, 1), (5, 1), (60, 4)])
def test_a_receipt_may_have_no_line_or_many(lines, expected):
    many = replace(RECEIPT, lines=[ReceiptLine(text=f"เงินสมทบ งวดที่ {i}", amount_satang=3000) for i in range(lines)])
    found = pages(receipts_pdf(fund=FUND, receipts=[many], size=PaperSize.A5))
    assert found == expected if lines < 10 else found >= expected


def test_no_receipts_give_one_page_that_says_so():
    assert pages(receipts_pdf(fund=FUND, receipts=[])) == 1


def test_what_people_typed_stays_data():
    pdf = receipts_pdf(fund=replace(FUND, name=HOSTILE), receipts=[replace(
        RECEIPT, member_name=HOSTILE, collector_name=HOSTILE, note=HOSTILE, lines=[
            ReceiptLine(text=HOSTILE, amount_satang=100)])], size=PaperSize.A5)
    assert '#eval("' in text(pdf)
    assert "$x$" in text(pdf)


def test_who_handed_it_over_stands_beside_the_member():
    line = told(replace(RECEIPT, received_from="นายบุญมี มั่นคง"))
    assert (line["received_from"], line["member"]) == ("นายบุญมี มั่นคง", RECEIPT.member_name)
    assert told(RECEIPT)["received_from"] == RECEIPT.member_name


def test_a_copy_says_so_and_looks_different():
    first, again = (receipts_pdf(fund=FUND, receipts=[replace(RECEIPT, is_copy=copy)], language="en")
                    for copy in (False, True))
    assert "COPY" not in text(first)
    assert "COPY" in text(again)


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_cancelled_receipt_says_so_across_the_sheet_and_beside_its_title(size):
    pdf = receipts_pdf(fund=FUND, receipts=[replace(RECEIPT, is_cancelled=True, is_copy=True), RECEIPT],
                       language="en", size=size)
    assert text(pdf).count("CANCELLED") == 2
    assert text(pdf).count("COPY") == 1  # beside the title alone: of two words across a sheet neither could be read


def test_the_same_receipt_gives_the_same_bytes():
    assert receipts_pdf(fund=FUND, receipts=[RECEIPT]) == receipts_pdf(fund=FUND, receipts=[RECEIPT])


def test_files_come_one_by_one_with_their_names():
    files = list(receipt_files(fund=FUND, receipts=receipts(3)))
    assert [name for name, _ in files] == ["receipt-4-0001.pdf", "receipt-4-0002.pdf", "receipt-4-0003.pdf"]
    assert [pages(pdf) for _, pdf in files] == [1, 1, 1]


def test_a_roll_is_as_wide_as_its_printer_and_as_long_as_what_is_on_it():
    long = replace(RECEIPT, lines=[ReceiptLine(text="เงินสมทบ", amount_satang=3000)] * 9, received_from="นายบุญมี มั่นคง")
    pdf = pypdfium2.PdfDocument(receipts_pdf(fund=FUND, receipts=[RECEIPT, long], size=PaperSize.ROLL))
    (wide, high), (as_wide, higher) = pdf[0].get_size(), pdf[1].get_size()
    assert round(wide / 72 * 25.4) == round(as_wide / 72 * 25.4) == 80
    assert 80 < high / 72 * 25.4 < 140 and higher > high + 80
