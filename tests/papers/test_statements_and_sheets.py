"""Statements and the collection sheet: one amount to a column, as many sheets as it takes."""
from dataclasses import replace
from datetime import date

import pytest

from ombun.papers.sheets import SheetPaper, SheetRow, collection_sheet_pdf, sheet_contents
from ombun.papers.statements import Signers, Statement, StatementLine, Weight, statement_contents, statement_pdf
from tests.papers.examples import DAY, FUND, HOSTILE, pages, size_mm, text

LINES = [StatementLine(text="เงินสด", lead="1110", amounts=(150_025, None)),
         StatementLine(text="เงินสมทบ", lead=DAY, amounts=(None, 150_025)),
         StatementLine(text="กลุ่ม", weight=Weight.GROUP),
         StatementLine(text="รวม", amounts=(150_025, 150_025), weight=Weight.TOTAL)]
BALANCE = Statement(title="งบทดลอง", first_column="เลขที่บัญชี", columns=("เดบิต", "เครดิต"), last_on=DAY, lines=LINES)
SHEET = SheetPaper(village="หมู่ที่ 4 บ้านหนองบัว", as_of=DAY, collector_name="นางสาวพรทิพย์ ใจบุญ", book_no=4, next_number=124,
                   rows=[SheetRow(member_no="04-0012", member_name="นางทองใบ ผ่องใสน้ำเพชร", due_satang=3050,
                                  paid_until=date(2026, 10, 31)),
                         SheetRow(member_no="04-0013", member_name="นายบุญมี มั่นคง", due_satang=0)])


def contents(statement, language="th"):
    return statement_contents(fund=FUND, statement=statement, signers=Signers(), language=language)


def test_debit_and_credit_stand_in_their_columns():
    told = contents(BALANCE)
    assert [line["amounts"] for line in told["lines"]] == [
        ["๑,๕๐๐.๒๕", ""], ["", "๑,๕๐๐.๒๕"], ["", ""], ["๑,๕๐๐.๒๕", "๑,๕๐๐.๒๕"]]
    assert told["lines"][0]["lead"] == "๑๑๑๐"
    assert told["lines"][1]["lead"].replace("\u00a0", " ") == "๒๕ พ.ย. ๖๙"


def test_less_than_nothing_stands_in_brackets():
    short = replace(BALANCE, columns=["baht"], lines=[StatementLine(text="จ่ายมากกว่ารับ", amounts=[-1_000_001])])
    assert contents(short, "en")["lines"][0]["amounts"] == ["(10,000.01)"]


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_statement_prints_in_both_languages(columns, language):
    told = replace(BALANCE, columns=[f"บาท {n}" for n in range(columns)], from_on=DAY, note="หมายเหตุ")
    pdf = statement_pdf(fund=FUND, statement=told, language=language)
    assert (pages(pdf), size_mm(pdf)) == (1, (297, 210) if columns > 2 else (210, 297))


@pytest.mark.parametrize(("lines", "at_least"), [(0, 1), (400, 9)])
def test_a_statement_of_any_length(lines, at_least):
    long = replace(BALANCE, lines=[StatementLine(text=HOSTILE, lead="1110", amounts=(1, 2))] * lines)
    pdf = statement_pdf(fund=FUND, statement=long)
    assert at_least <= pages(pdf) <= at_least * 6
    assert ("#sys.inputs.data" in text(pdf)) == bool(lines)


def test_a_sheet_has_a_line_a_member_and_blanks_where_nothing_is_due():
    told = sheet_contents(fund=FUND, sheet=SHEET, language="th")
    assert [(row["order"], row["due"], row["paid_until"].replace("\u00a0", " ")) for row in told["rows"]] == [
        ("๑", "๓๐.๕๐", "๓๑ ต.ค. ๖๙"), ("๒", "", "")]
    assert (told["book_no"], told["number"], told["due"], told["members"]) == ("๔", "๐๑๒๔", "๓๐.๕๐", "๒")


def test_a_village_without_a_receipt_book_has_no_numbers_above():
    assert sheet_contents(fund=FUND, sheet=replace(SHEET, book_no=None), language="th")["number"] == ""


@pytest.mark.parametrize(("rows", "at_least"), [(0, 1), (300, 9)])
def test_a_sheet_of_any_length(rows, at_least):
    long = replace(SHEET, village=HOSTILE, rows=[replace(SHEET.rows[0], member_name=HOSTILE)] * rows)
    assert pages(collection_sheet_pdf(fund=FUND, sheet=long)) >= at_least
