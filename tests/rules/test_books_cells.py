"""Cells and headings of grids, benefits and accounts: what every writing means, and that none breaks a reader."""
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.imports.rules.account_words import heading_of, section_of
from ombun.imports.rules.amounts import GridCell, grid_cell, in_baht, is_empty, money
from ombun.imports.rules.benefit_words import kind_of, nights_in
from ombun.imports.rules.books import paid_months
from ombun.imports.rules.cells import Cell
from ombun.imports.rules.periods import Period, fiscal_year_in, period, with_years
from ombun.members.rules.membership import LeftReason
from ombun.primitives.days import BE_MINUS_CE, MONTHS, MONTHS_SHORT, fiscal_year_be
from ombun.primitives.thai import thai_digits
from tests.rules.register_files import judge_whole, sheet

BAHT = st.integers(min_value=1, max_value=99_999_999)
CELLS = st.one_of(st.none(), st.integers(), st.text(max_size=30), st.decimals(), st.dates(),
                  st.sampled_from(["✓", "/", "-", "ขาด", "ตาย", "30 บาท", "รวม", "ต.ค. 63", "หมู่ 3", "ลงชื่อ ........"]))


@given(BAHT, st.sampled_from(["{}", " {}", "{} บาท", "{}.-", "{} บ.", "฿{}", "{}.00", "{}/-", "{}\u200b"]),
       st.booleans())
def test_an_amount_in_every_writing(baht: int, writing: str, is_thai: bool) -> None:
    for number in (str(baht), f"{baht:,}"):
        written = writing.format(thai_digits(number) if is_thai else number)
        assert money(written=written) == grid_cell(written=written).satang == baht * 100
    assert money(written=baht) == money(written=Decimal(baht)) == baht * 100


@given(BAHT, st.integers(min_value=1, max_value=99))
def test_satang_are_kept(baht: int, satang: int) -> None:
    whole = baht * 100 + satang
    assert money(written=Decimal(whole) / 100) == money(written=f"{baht:,}.{satang:02}") == whole
    assert in_baht(satang=whole) == f"{baht:,}.{satang:02}"
    assert in_baht(satang=baht * 100) == f"{baht:,}"


@pytest.mark.parametrize("written", ["ฟรี", "30+30", "30 (โอน)", "1.234,50", "-30", -30, Decimal("1.005"), "3O", "๓๐?",
                                     date(2021, 3, 30), Decimal("NaN"), 10**20])
def test_what_is_no_amount(written: Cell) -> None:
    assert money(written=written) is None
    assert grid_cell(written=written).is_unclear


@pytest.mark.parametrize(("written", "found"), [
    (None, GridCell()), ("-", GridCell()), (" – ", GridCell()), ("ขาด", GridCell()), ("ขาดส่ง", GridCell()),
    (0, GridCell()), ("๐", GridCell()), ("✓", GridCell(is_tick=True)), (" / ", GridCell(is_tick=True)),
    ("✔", GridCell(is_tick=True)),
    ("ตาย", GridCell(left_reason=LeftReason.DECEASED)), ("ถึงแก่กรรม 5/6/65", GridCell(left_reason=LeftReason.DECEASED)),
    ("ลาออก", GridCell(left_reason=LeftReason.RESIGNED)), ("ย้าย", GridCell(left_reason=LeftReason.MOVED)),
    ("พ้นสภาพ", GridCell(left_reason=LeftReason.LAPSED)), ("ค้าง 2", GridCell(is_unclear=True)),
    ("จ่ายแล้ว?", GridCell(is_unclear=True)), ("ฝากผู้ใหญ่บ้าน", GridCell(is_unclear=True)),
    ("?", GridCell(is_unclear=True)), ("แม่ตายแล้ว", GridCell(is_unclear=True)), ("//", GridCell(is_unclear=True))])
def test_marks_in_a_grid(written: Cell, found: GridCell) -> None:
    assert grid_cell(written=written) == found


@given(st.integers(min_value=0, max_value=100), st.integers(min_value=0, max_value=29))
def test_paid_months_are_whole_months(months: int, more: int) -> None:
    assert paid_months(satang=(months * 30 + more) * 100) == months
    assert paid_months(satang=365_00) == paid_months(satang=360_00) == 12


@given(st.integers(min_value=1, max_value=12), st.integers(min_value=2548, max_value=2599), st.sampled_from([
    "{full} {year}", "{short} {two}", "{short}{two}", "เดือน {full} {year}", "{bare}{two}", "{number}/{two}",
    "{number}/{year}", "ประจำเดือน{full} พ.ศ. {year}", "{short} '{two}"]), st.booleans())
def test_a_month_in_every_writing(month: int, year: int, writing: str, is_thai: bool) -> None:
    short = MONTHS_SHORT[month - 1]
    written = writing.format(full=MONTHS[month - 1], short=short, bare=short.replace(".", ""),
    year=year, two=year % 100,
                             number=month)
    found = period(heading=thai_digits(written) if is_thai else written)
    assert found == Period(month=month, year=year - BE_MINUS_CE)


@given(st.integers(min_value=1, max_value=12), st.integers(min_value=2548, max_value=2599))
def test_months_of_a_fiscal_year(month: int, year_be: int) -> None:
    found = period(heading=MONTHS_SHORT[month - 1])
    assert found is not None
    assert fiscal_year_be(found.in_fiscal_year(year_be).first) == year_be
    assert with_years(periods=[found], year_be=None) == [None]


@pytest.mark.parametrize(("written", "month", "months", "year"), [
    ("ต.ค.-ธ.ค. 63", 10, 3, 2020), ("ต.ค. 63 - มี.ค. 64", 10, 6, 2020), ("พ.ย. - ก.พ. 64", 11, 4, 2020),
    ("ไตรมาสที่ 2", 1, 3, None), ("ไตรมาส 1/2564", 10, 3, 2020), ("ครึ่งปีหลัง", 4, 6, None), ("ปี 2564", 10, 12, 2020),
    ("ปีงบประมาณ พ.ศ. ๒๕๖๔", 10, 12, 2020), (2564, 10, 12, 2020), ("ทั้งปี", 10, 12, None),
    (date(2020, 10, 1), 10, 1, 2020), (date(1963, 10, 1), 10, 1, 2020), (date(2563, 10, 1), 10, 1, 2020),
    ("Oct-63", 10, 1, 2020),
    ("ต.ค. 2020", 10, 1, 2020)])
def test_periods(written: Cell, month: int, months: int, year: int | None) -> None:
    assert period(heading=written) == Period(month=month, months=months, year=year)


@pytest.mark.parametrize("written", [None, "", "รวม", "ที่", "หมายเหตุ", "ปี", 30, "13/63", "ต.ค. 1234", "ชื่อ-สกุล", "30",
                                     "ก.ข. 63"])
def test_what_is_no_period(written: Cell) -> None:
    assert period(heading=written) is None


@pytest.mark.parametrize(("text", "year"), [
    ("สมทบ ปี64", 2564), ("ส่งเงิน 2564", 2564), ("รายรับจ่าย64", 2564), ("หมู่ 12", None), ("สมทบ ม.12 ปี 65", 2565),
    ("ประจำปีงบประมาณ ๒๕๖๕ (1 ต.ค. 2564 - 30 ก.ย. 2565)", 2565), ("ปี 2564-2566", None), ("ปี 2564 และ 2565", None),
    ("ปี 2021", 2564), ("หมู่ 50", None), ("Sheet1", None), ("ม.3 ปี 64", 2564), ("บ้านเลขที่ 64/2", None)])
def test_the_year_a_sheet_speaks_of(text: str, year: int | None) -> None:
    assert fiscal_year_in(text=text, is_name=True) == year


@pytest.mark.parametrize(("word", "kind"), [
    ("ควายออกลูก", "CALVING"), ("ทุนประกอบอาชีพ", "OCCUPATION"), ("ค่าทำศพ", "DEATH"), ("เจ้าภาพสวดศพ", "FUNERAL"),
    ("เยี่ยมผู้ป่วยติดเตียง", "SICK_VISIT"), ("ซ่อมหลังคา", "HOUSING"), ("ลมพัดหลังคา", "DISASTER"),
    ("ช่วยเหลือผู้พิการ", "DISADVANTAGED"),
    ("ช่วยเหลือ", "UNCLEAR"), ("อื่น ๆ", "UNCLEAR"), ("ตามมติ", "UNCLEAR"), ("", "UNCLEAR"), ("นักเรียนเรียนดี", "EDUCATION")])
def test_words_for_benefits(word: str, kind: str) -> None:
    assert kind_of(word=word).value == kind


@pytest.mark.parametrize(("word", "section", "found"), [
    ("1. เงินสัจจะวันละบาท", None, "member"), ("อบต. สมทบ", None, "lao"), ("ค่าธรรมเนียมแรกเข้า", None, "entrance_fee"),
    ("ค่าถ่ายเอกสาร", None, "documents"), ("สวัสดิการตาย", None, "welfare"), ("เบ็ดเตล็ด", "รายรับ", "other_receipt"),
    ("เบ็ดเตล็ด", "รายจ่าย", "other_payment"), ("เบ็ดเตล็ด", None, None), ("นำเงินฝากธนาคาร", "รายจ่าย", None),
    ("ยอดยกมา เงินสด", "รายรับ", None), ("รวมรับ", None, None), ("เงินฝาก", "คงเหลือ", None)])
def test_words_of_accounts(word: str, section: str | None, found: str | None) -> None:
    heading = heading_of(text=word, section=section_of(text=section) if section else None)
    assert (heading.item.value if heading.item else None) == found


@given(CELLS)
def test_no_cell_breaks_a_reader(cell: Cell) -> None:
    assert isinstance(grid_cell(written=cell), GridCell)
    assert (money(written=cell) or 0) >= 0
    assert not is_empty(written=cell) or money(written=cell) == 0
    period(heading=cell)
    assert nights_in(text=str(cell)) >= 0


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), st.sampled_from([
    ("เลขทะเบียน", "ชื่อ-สกุล", "ต.ค. 63", "พ.ย. 63", "รวม"), ("วันที่", "ชื่อ-สกุล", "ประเภทสวัสดิการ", "จำนวนเงิน"),
    ("รายการ", "ต.ค. 63", "พ.ย. 63", "ธ.ค. 63", "รวม"), ("เดือน", "เงินสมทบสมาชิก", "รวมรับ", "จ่ายสวัสดิการ", "รวมจ่าย"),
    ("วันที่", "รายการ", "รับ", "จ่าย", "คงเหลือ")]), st.text(max_size=12))
def test_no_sheet_breaks_a_judge_and_every_row_gets_its_verdict(
    rows: list[list[Cell]], header: tuple[Cell, ...], name: str
) -> None:
    found = judge_whole(sheet([header, *rows], name=name))
    assert [row.row for row in found.rows] == list(range(1, len(rows) + 2))
    totals = dict(found.totals)
    assert totals.pop("rows") == sum(totals.values()) == len(rows) + 1
