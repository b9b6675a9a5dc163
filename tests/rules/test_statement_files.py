"""Bank statements: read by the headings that banks use or that a person told; lines known again in another file."""
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.imports.rules.cells import Sheet, read_workbook
from ombun.imports.rules.statements import read_statement
from ombun.ledger.rules import BankLine, marks, oldest_first, refusals_to_take_in

TODAY = date(2026, 11, 25)
THAI = """ธนาคารเพื่อการเกษตร,,,,,
วันที่,รายการ,ถอน,ฝาก,คงเหลือ,หมายเหตุ
01/11/69,ยอดยกมา,,,"1,000.00",
02/11/69 09:15,โอนเงินเข้า,,30.00,"1,030.00",M0001
05/11/2569,ค่าธรรมเนียม,15.00,,"1,015.00",
6 พ.ย. 2569,ดอกเบี้ย,-,2.50,"1,017.50",
รวม,,15.00,32.50,,
"""


def read(text, told=None):
    return read_statement(sheets=read_workbook(file="s.csv", content=text.encode()), told=told or {}, today=TODAY)


def said(lines):
    return [(one.moved_on.day, one.amount_satang, one.balance_satang, one.words) for one in lines]


def test_a_statement_with_the_headings_of_a_bank_is_read_without_being_told():
    found = read(THAI)
    assert said(found.lines) == [
        (2, 3000, 103000, "โอนเงินเข้า M0001"), (5, -1500, 101500, "ค่าธรรมเนียม"), (6, 250, 101750, "ดอกเบี้ย")]
    assert found.columns == {"moved_on": "วันที่", "came_in": "ฝาก", "went_out": "ถอน", "balance": "คงเหลือ",
                             "words": ["รายการ", "หมายเหตุ"]}
    assert found.refusals == ()  # the sum below has no day


def test_columns_that_no_bank_names_so_are_told_by_a_person_and_remembered():
    text = "เมื่อ;ข้อมูล;เท่าไร\n2026-11-02;M0001;30.00\n2026-11-03;ATM;(10.00)\n"
    assert [one.code for one in read(text).refusals] == ["imports.statement_columns_unknown"]
    assert read(text).headings == ("เมื่อ", "ข้อมูล", "เท่าไร")
    found = read(text, {"moved_on": "เมื่อ", "amount": "เท่าไร", "words": ["ข้อมูล"]})
    assert said(found.lines) == [(2, 3000, None, "M0001"), (3, -1000, None, "ATM")]
    assert read(text, found.columns).columns == found.columns


def test_cells_that_are_numbers_and_days_are_what_they_are():
    rows = (("Date", "Amount", "Balance"), (date(2026, 11, 2), Decimal("30.25"), 100), (date(2569, 11, 3), -10, 90))
    found = read_statement(sheets=[Sheet(file="a", name="b", rows=rows)], told={}, today=TODAY)
    assert said(found.lines) == [(2, 3025, 10000, ""), (3, -1000, 9000, "")]
    assert [one.moved_on.year for one in found.lines] == [2026, 2026]


@pytest.mark.parametrize("day", ["31/02/69", "1/11/2", "2/11/24690", "12/11"])
def test_a_row_that_cannot_be_read_is_told_with_its_words(day):
    found = read(f"วันที่,จำนวนเงิน\n{day},30.00\n")
    assert (found.lines, [one.code for one in found.refusals]) == ((), ["imports.statement_row_unread"])
    assert day in found.refusals[0].facts["written"]


LINE = st.builds(BankLine, moved_on=st.dates(date(2026, 1, 1), TODAY), balance_satang=st.none(),
                 amount_satang=st.integers(-5, 5).filter(bool), words=st.sampled_from(["", "โอน"]))


@given(st.lists(LINE, max_size=12), st.integers(0, 12))
def test_lines_alike_have_marks_of_their_own_and_a_part_of_a_file_has_the_same(lines, first):
    assert len(set(marks(lines=lines))) == len(lines)
    assert marks(lines=lines)[:first] == marks(lines=lines[:first])


@given(st.lists(st.integers(-500, 500).filter(bool), min_size=1, max_size=10), st.booleans(), st.data())
def test_balances_that_follow_are_taken_in_either_order_and_one_satang_less_is_not(amounts, is_newest_first, data):
    balance, lines = 10_000, []
    for amount in amounts:
        balance += amount
        lines.append(BankLine(moved_on=TODAY, amount_satang=amount, balance_satang=balance, words=""))
    told = lines[::-1] if is_newest_first else lines
    assert refusals_to_take_in(lines=oldest_first(lines=told), today=TODAY) == []
    if len(lines) > 2:
        wrong = data.draw(st.integers(1, len(lines) - 2))
        lines[wrong] = BankLine(**vars(lines[wrong]) | {"balance_satang": lines[wrong].balance_satang - 1})
        assert [one.code for one in refusals_to_take_in(lines=oldest_first(lines=lines), today=TODAY)] == [
            "ledger.statement_does_not_add_up"]


def test_nothing_and_days_to_come_are_refused():
    assert [one.code for one in refusals_to_take_in(lines=[], today=TODAY)] == ["ledger.statement_is_empty"]
    late = BankLine(moved_on=date(2026, 11, 26), amount_satang=1, balance_satang=None, words="")
    assert [one.code for one in refusals_to_take_in(lines=[late], today=TODAY)] == ["ledger.day_to_come"]
