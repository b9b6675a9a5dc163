"""New lines for a member's own booklet: nothing but the lines, each where the page has room for it."""
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from ombun.funds.rules import Layout, refusals_to_measure
from ombun.papers.booklets import BookletPaper, booklet_contents, booklet_pdf
from ombun.papers.passbooks import PassbookLine
from tests.papers.examples import FUND, text

LAYOUT = Layout(page_width=1250, page_height=880, first_line=200, line_height=60, lines_a_page=11, paper_no_left=550)
LINES = [PassbookLine(day=date(2026, month, 5), text="Dues", paper_no=f"4/{month:04}", paid_satang=3000)
         for month in range(1, 6)]


def places(pdf):
    """Where the first letter of each line's day stands on each page: millimetres from the left and from the top."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        letters, high = page.get_textpage(), page.get_height()
        rows = {}
        for n in range(letters.count_chars()):
            left, bottom, _, _ = letters.get_charbox(n)
            if letters.get_text_range(n, 1).strip():
                rows.setdefault(round((high - bottom) / 72 * 25.4 / 6), []).append(left / 72 * 25.4)
        found.append({row: min(lefts) for row, lefts in rows.items()})
    return found


def test_lines_stand_on_the_rows_of_the_page_and_go_on_on_the_next():
    pdf = booklet_pdf(fund=FUND, layout=LAYOUT, language="en", booklet=BookletPaper(lines=LINES, first_line=9))
    first, second = places(pdf)
    assert len(first) == 3 and len(second) == 2
    assert {round(left) for left in [*first.values(), *second.values()]} == {8}
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (125, 88)


def test_there_is_nothing_else_on_the_page_and_a_column_at_nought_is_left_out():
    one = BookletPaper(lines=LINES[:1])
    said = text(booklet_pdf(fund=FUND, layout=LAYOUT, booklet=one, language="en"))
    assert said.split() == ["5", "Jan", "26", "Dues", "4/0001", "30.00"]
    without = text(booklet_pdf(fund=FUND, layout=replace(LAYOUT, paper_no_left=0), booklet=one, language="en"))
    assert "4/0001" not in without and "30.00" in without


def test_no_lines_give_an_empty_page():
    assert booklet_contents(fund=FUND, layout=LAYOUT, booklet=BookletPaper(lines=[]), language="th")["pages"] == [[]]
    assert text(booklet_pdf(fund=FUND, layout=LAYOUT, booklet=BookletPaper(lines=[]))).strip() == ""


@pytest.mark.parametrize(("wrong", "code"), [
    ({"page_width": 0}, "booklet_is_none"), ({"page_height": 5000}, "booklet_is_none"),
    ({"line_height": 0}, "booklet_is_none"), ({"lines_a_page": 12}, "booklet_lines_leave_the_page"),
    ({"received_left": 1250}, "booklet_columns_leave_the_page")])
def test_a_booklet_that_cannot_be_is_refused(wrong, code):
    assert refusals_to_measure(layout=LAYOUT) == []
    assert f"funds.{code}" in {one.code for one in refusals_to_measure(layout=replace(LAYOUT, **wrong))}
