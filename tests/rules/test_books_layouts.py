"""Other books of other funds: other layouts, other headings, other orders; and the sample workbooks laid out anew."""
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from ombun.imports.rules.books import (
    AccountItem,
    AccountsRow,
    AccountsYear,
    BenefitKind,
    BenefitRow,
    GridRow,
    Recorded,
    mark_of,
)
from ombun.imports.rules.cells import Cell, Sheet
from ombun.imports.rules.header_rows import turned
from ombun.imports.rules.register_row import RowVerdict, Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from tests.rules.register_files import judge_whole, judged_whole, national_id, sheet, sheets_of, truth_of

IDS = [national_id(f"90000000000{number}") for number in range(1, 6)]
HEADINGS = ("ลำดับ", "เลขทะเบียน", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", "บ้านเลขที่", "วันที่สมัคร", "หมายเหตุ")
REGISTER = sheet([
    HEADINGS, (1, "3-1", "นายแดง ใจดี", IDS[0], "5/6/2510", "28", "13/1/2556", None),
    (2, "3-2", "นางดำ ใจงาม", IDS[1], "5/7/2510", "28", "14/1/2556", None),
    (3, "3-3", "นายขาว บุญมา", IDS[2], "5/7/2511", "29", "14/1/2556", "ตาย 5/3/64"),
    ("หมู่ที่ 4",), (1, "4-1", "นายเขียว ศรีสวัสดิ์", IDS[3], "5/7/2511", "1", "14/1/2556", None),
    (2, "4-2", "นายแดง ใจดี", IDS[4], "5/7/2520", "2", "14/1/2556", None)], name="หมู่ 3")
MONTHS = tuple("ต.ค. พ.ย. ธ.ค. ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย.".split())
YEAR = [date(2020 + (month < 10), month, 1) for month in (10, 11, 12, *range(1, 10))]


def _judged(*sheets: Sheet, recorded: Recorded | None = None) -> list[RowVerdict]:
    found = judge_whole(REGISTER, *sheets, recorded=recorded)
    assert all(one.is_taken for one in found.sheets), found.sheets
    return [row for row in found.rows if row.sheet != REGISTER.name]


def _paid(rows: Iterable[RowVerdict]) -> dict[str, dict[date, int]]:
    """Number of the member (or "") → month → baht."""
    found: dict[str, dict[date, int]] = {}
    for row in rows:
        for payment in row.booked.payments if isinstance(row.booked, GridRow) and row.is_counted else ():
            number = payment.person.member_no or "" if payment.person else ""
            months = found.setdefault(number, {})
            months[payment.month] = months.get(payment.month, 0) + payment.satang // 100
    return found


def _codes(rows: Iterable[RowVerdict]) -> list[tuple[str, object]]:
    return [(reason.code, reason.facts["cell"]) for row in rows for reason in row.reasons]


def _kinds(rows: Iterable[RowVerdict]) -> list[str]:
    return [row.row_kind.value for row in rows]


def _year(*baht: int) -> dict[date, int]:
    return {month: amount for month, amount in zip(YEAR, baht, strict=False) if amount}


def test_columns_in_any_order_thai_digits_and_the_year_over_its_months() -> None:
    rows = _judged(sheet([
        ("หมายเหตุ", "รวม", "ชื่อ - นามสกุล", "ปี ๒๕๖๔", *[None] * 11, "ที่"), (None, None, None, *MONTHS, None),
        (None, "๓๖๐", "นาย แดง ใจดี", *["๓๐"] * 12, 1),
        (None, None, "นางดํา  ใจงาม", *["✓"] * 6, "60.-", None, *["/"] * 4, 2),
        (None, None, "รวมหมู่ 3", *[60] * 6, 90, 30, *[60] * 4, None)], name="ส่งเงิน หมู่ 3", merged=["D1:O1"]))
    assert _paid(rows) == {"3-1": _year(*[30] * 12), "3-2": _year(*[30] * 6, 60, 0, *[30] * 4)}
    assert (_codes(rows), _kinds(rows)) == ([], ["header", "header", "data", "data", "subtotal"])


def test_months_down_the_rows_and_members_side_by_side() -> None:
    rows = _judged(sheet([
        ("ตารางส่งเงิน ปีงบประมาณ 2564",), ("เดือน", "นายแดง ใจดี", "นางดำ ใจงาม", "นายขาว บุญมา", "นายใด ไม่รู้จัก", "รวม"),
        ("เลขทะเบียน", "3-1", "3-2", "3-3", "9-9"),
        *((month, 30, "✓", 30 if place < 6 else "ตาย" if place == 6 else 30 if place == 7 else "?", None, None)
          for place, month in enumerate(MONTHS[:11])), (MONTHS[11], 30, "ขาด", None, 50, 110), ("รวม", 360, 330)],
        name="สมทบ"))
    assert _paid(rows) == {"3-1": _year(*[30] * 12), "3-2": _year(*[30] * 11), "3-3": _year(*[30] * 6, 0, 30),
                           "": {YEAR[11]: 50}}
    assert _kinds(rows) == ["title", "header", "header", *["data"] * 12, "total"]
    assert _codes(rows) == [("paid_after_leaving", "D11"), *(("unclear_cell", f"D{row}") for row in (12, 13, 14)),
                            ("odd_amount", "E15"), ("unknown_member", "E15")]
    assert {row.verdict for row in rows if row.row == 4} == {Verdict.CREATED}


def test_a_column_for_each_year_or_quarter() -> None:
    rows = _judged(sheet([
        ("เลขที่", "ชื่อ สกุล", "ปี 2563", "ปี 2564", "ปี 2565", "รวม"), ("3-1", "นายแดง ใจดี", 360, 365, 365, 1090),
        ("3-2", "นางดำ ใจงาม", "✓", 365, "-", None)], name="เงินสมทบ"))
    assert _paid(rows) == {"3-1": {date(year, 10, 1): baht for year, baht in ((2019, 360), (2020, 365), (2021, 365))},
                           "3-2": {date(2019, 10, 1): 365, date(2020, 10, 1): 365}}
    assert _codes(rows) == []
    rows = _judged(sheet([
        ("ตารางเก็บเงิน ปี 2564",),
        ("ที่", "เลขทะเบียน", "ชื่อ", "ต.ค.-ธ.ค. 63", "ม.ค.-มี.ค. 64", "ไตรมาส 3", "ไตรมาส 4", "รวม"),
        (1, "3-1", "แดง ใจดี", 90, "✓", 90, "✓", 360), (2, "3-2", "ดำ ใจงาม", 90, 90, 80, 60, 320)], name="สมทบ"))
    assert _paid(rows)["3-1"] == dict.fromkeys(YEAR[::3], 90)
    assert [payment.months for payment in rows[2].booked.payments] == [3] * 4  # type: ignore[union-attr]
    assert _codes(rows) == [("odd_amount", "F4")]


def test_two_years_side_by_side_with_a_total_each_and_one_year_after_the_other() -> None:
    header = ("ที่", "ชื่อ-สกุล", "เลขทะเบียน")
    rows = _judged(sheet([
        (*header, "ปี 2564", *[None] * 12, "ปี 2565"), (None, None, None, *MONTHS, "รวม", *MONTHS, "รวม", "รวมทั้งหมด"),
        (1, "นายแดง ใจดี", "3-1", *[30] * 12, 360, *[60] * 12, 720, 1080),
        (2, "นางดำ ใจงาม", "3-2", *[30] * 12, 350, *[30] * 12, 360, 720)], name="สมทบ"))
    assert _paid(rows)["3-1"] == _year(*[30] * 12) | {month.replace(year=month.year + 1): 60 for month in YEAR}
    assert _codes(rows) == [("wrong_total", "P4")]
    rows = _judged(sheet([
        ("ปีงบประมาณ 2564",), (*header, *MONTHS), (1, "นายแดง ใจดี", "3-1", *[30] * 12), ("รวม", None, None, *[30] * 12),
        ("ปีงบประมาณ 2565",), (*header, *MONTHS), (1, "นายแดง ใจดี", "3-1", *[60] * 12), ("รวม", None, None, *[60] * 12)],
        name="สมทบ"))
    assert _paid(rows)["3-1"] == _year(*[30] * 12) | {month.replace(year=month.year + 1): 60 for month in YEAR}
    assert (_codes(rows), _kinds(rows)) == (
        [], ["title", "header", "data", "total", "title", "repeated_header", "data", "total"])


def test_receipts_beside_the_money_numbers_for_months_and_what_was_brought_forward() -> None:
    rows = _judged(sheet([
        ("ผู้ส่งเงินสัจจะ หมู่ที่ 3",), ("ประจำปี พ.ศ. 2564",), ("ที่", "ชื่อ", "สกุล", "ต.ค. 63", None, "พ.ย. 63", None),
        (None, None, None, "จำนวนเงิน", "เลขที่ใบเสร็จ", "จำนวนเงิน", "เลขที่ใบเสร็จ"), (1, "แดง", "ใจดี", 30, 101, 30, 102)],
        name="ม.3", merged=["D3:E3", "F3:G3"]))
    assert (_paid(rows), _kinds(rows)) == ({"3-1": _year(30, 30)}, ["title", "title", "header", "header", "data"])
    rows = _judged(sheet([
        ("สมทบ ปี 2564",), ("ที่", "เลขทะเบียน", "ชื่อ", "เดือน", *[None] * 11, "รวม"),
        (None, None, None, 10, 11, 12, *range(1, 10)), (1, "3-1", "แดง ใจดี", *[30] * 12, 360)], merged=["D2:O2"]))
    assert (_paid(rows), _codes(rows)) == ({"3-1": _year(*[30] * 12)}, [])
    rows = _judged(sheet([
        ("ปี 2564",), ("ลำดับ", "สมาชิก", "เลขประจำตัวประชาชน", "ยอดยกมา", *MONTHS, "รวมเงิน (บาท)", "คงค้าง"),
        (1, "แดง", IDS[0], 100, *[30] * 12, 460, 0), ("บ้านดอนแก้ว",), (2, "ดำ ใจงาม", IDS[1], None, *[30] * 12, 460, 0),
        ("ยอดยกไป", None, None, 100, *[60] * 12, 720)], name="คุมเงินสมทบ"))
    assert _paid(rows) == {"3-1": _year(*[30] * 12), "3-2": _year(*[30] * 12)}
    assert (_codes(rows), _kinds(rows)[2:]) == (
        [("name_variant", "B3"), ("wrong_total", "Q5")], ["data", "village_heading", "data", "total"])


def test_a_calendar_year_and_years_that_contradict_each_other() -> None:
    months = (*MONTHS[3:], *MONTHS[:3])
    rows = _judged(sheet([("สมทบ ปี 2564",), ("ที่", "เลขทะเบียน", "ชื่อ", *months), (1, "3-1", "แดง ใจดี", *[30] * 12)]))
    assert _paid(rows) == {"3-1": {date(2021, month, 1): 30 for month in range(1, 13)}}
    rows = _judged(sheet([("ประจำปีงบประมาณ 2564",), ("ที่", "เลขทะเบียน", "ชื่อ", *MONTHS),
                          (1, "3-1", "แดง ใจดี", *[30] * 12)], name="สมทบ 2565"))
    assert (_paid(rows), _codes(rows), rows[2].verdict) == ({}, [("unknown_year", "D3")], Verdict.QUESTIONED)


def test_who_is_meant() -> None:
    def of(*people: tuple[Cell, ...], name: str = "สมทบ ปี64") -> list[RowVerdict]:
        return _judged(sheet([("เลขทะเบียน", "ชื่อ", *MONTHS[:2]), *((*who, 30, None) for who in people)], name=name))

    def told(*people: tuple[Cell, ...], name: str = "สมทบ ปี64") -> list[tuple[str, list[str]]]:
        return [(next(iter(_paid([row]))), [reason.code for reason in row.reasons])
                for row in of(*people, name=name) if row.booked]

    assert told(("3-01", "นาย แดง ใจดี"), ("03-02", "ดำ บุญมา")) == [("3-1", []), ("3-2", ["name_variant"])]
    assert told((None, "นายเขียว สีสวัส"), (None, "นายใด ใจร้าย")) == [
        ("4-1", ["name_variant"]), ("", ["unknown_member"])]
    assert told((None, "นายแดง ใจดี")) == [("", ["ambiguous_name"])]
    assert told((None, "นายแดง ใจดี"), name="สมทบ ม.4 ปี64") == [("4-2", [])]
    assert told((None, "นายเขียว ศรีสวัสดิ์"), name="สมทบ หมู่ 3 ปี64") == [("4-1", ["village_conflict"])]
    assert told(("3-2", "นายแดง ใจดี"), ("3-3", "นางใด ใจร้าย")) == [("", ["ambiguous_name"]), ("", ["unknown_member"])]
    assert told(("9-9", "นางดำ ใจงาม")) == [("3-2", ["name_variant"])]
    assert told((date(2026, 1, 3), "นายแดง ใจดี")) == [("3-1", [])]
    assert [row.verdict for row in of((None, "นายเขียว สีสวัส"))][-1] is Verdict.CREATED


def test_a_row_written_twice_and_an_old_copy_of_a_grid() -> None:
    header = ("เลขทะเบียน", "ชื่อ", *MONTHS)
    people = [("3-1", "นายแดง ใจดี"), ("3-2", "นางดำ ใจงาม"), ("4-1", "นายเขียว ศรีสวัสดิ์")]
    grid = sheet([header, *((*who, *[30] * 12) for who in people)], name="สมทบ ปี64")
    rows = _judged(grid, replace(grid, name="สมทบ ปี64 หมู่ 3", rows=(grid.rows[0], grid.rows[1])))
    assert [row.verdict for row in rows[-2:]] == [Verdict.NOT_DATA, Verdict.REFUSED]
    assert rows[-1].reasons[0].facts["same_row"] == 2
    parted = [header, ("3-1", "นายแดง ใจดี", *[30] * 6), ("3-1", "นายแดง ใจดี", *[None] * 6, *[30] * 6)]
    assert _codes(_judged(sheet(parted, name="สมทบ ปี64"))) == []
    found = judge_whole(REGISTER, replace(grid, name="สำเนา ปี64"), grid)
    assert [one.role.value for one in found.sheets] == ["register", "old_copy", "contributions"]
    assert {row.row_kind.value for row in found.rows if row.sheet == "สำเนา ปี64"} == {"old_copy"}


def test_sums_of_a_grid() -> None:
    rows = _judged(sheet([
        ("เลขทะเบียน", "ชื่อ", "ต.ค. 63", "พ.ย. 63", "รวม"), ("หมู่ที่ 3",), ("3-1", "นายแดง ใจดี", 30, 30, 60),
        ("3-2", "นางดำ ใจงาม", 30, "ขาด", 60), (None, "รวม", 60, 30, 90), ("หมู่ที่ 4",),
        ("4-1", "นายเขียว ศรีสวัสดิ์", 30, None, None), ("4-2", "นายแดง ใจดี", 30, "ลาออก", "30 บาท"),
        (None, "รวม", 90, 0, 60), (None, "รวมทั้งสิ้น", 120, 30, 150), (), (None, "ลงชื่อ ........ เหรัญญิก")],
        name="สมทบ"))
    assert _codes(rows) == [("wrong_total", "E4"), ("wrong_total", "C9")]
    assert [row.reasons[0].facts["right"] for row in rows if row.reasons] == ["30", "60"]
    assert _kinds(rows)[-4:] == ["subtotal", "total", "blank", "footer"]


def test_what_was_recorded_is_unchanged_and_what_differs_is_updated() -> None:
    grid = sheet([("เลขทะเบียน", "ชื่อ", "ต.ค. 63", "พ.ย. 63"), ("3-1", "นายแดง ใจดี", 30, 30), ("9-9", "นายใด ใจร้าย", 30)],
                 name="สมทบ")
    rows = _judged(grid, recorded=Recorded(payments={(mark_of(written="9-9 นายใด ใจร้าย"), YEAR[0]): 3000}))
    assert [row.verdict.value for row in rows] == ["not_data", "created", "unchanged"]
    rows = _judged(grid, recorded=Recorded(payments={(mark_of(written="9-9 นายใด ใจร้าย"), YEAR[0]): 2000}))
    assert rows[2].changes == {"2020-10-01": (2000, 3000)}


def _benefits(rows: Sequence[RowVerdict]) -> list[tuple[object, ...]]:
    return [(row.booked.person.member_no if row.booked.person else None, row.booked.paid_on, row.booked.kind,
             row.booked.nights, (row.booked.satang or 0) // 100) for row in rows if isinstance(row.booked, BenefitRow)]


def test_benefits_with_days_under_their_months() -> None:
    rows = _judged(sheet([
        ("บัญชีจ่ายสวัสดิการ ปี 2564",),
        ("ที่", "ชื่อผู้ได้รับสวัสดิการ", "รายการ", "จำนวนคืน", "จำนวนเงิน (บาท)", "ว/ด/ป", "ผู้รับเงินแทน"),
        ("เดือน ต.ค. 63",), (1, "นายเขียว ศรีสวัสดิ์", "เจ็บป่วย", "๒", "๒๐๐", "5", None),
        (2, "นางดำ ใจงาม", "คลอดบุตร", None, "1,000", '"', "สามี"), ("เดือน มี.ค. 64",),
        (3, "ขาว บุญมา", "ตาย", None, 5000, "7 มี.ค.", "บุตร"), (4, "ขาว บุญมา", "เยี่ยมไข้", None, 200, "7/3", "บุตร"),
        (5, "นางดำ ใจงาม", "อื่นๆ", None, "-", "40/4/2564", None), ("รวม", None, None, None, 6400)], name="จ่าย"))
    assert _benefits(rows) == [
        ("4-1", date(2020, 10, 5), BenefitKind.HOSPITAL, 2, 200),
        ("3-2", date(2020, 10, 5), BenefitKind.BIRTH, 0, 1000),
        ("3-3", date(2021, 3, 7), BenefitKind.DEATH, 0, 5000),
        ("3-3", date(2021, 3, 7), BenefitKind.SICK_VISIT, 0, 200),
        ("3-2", None, BenefitKind.UNCLEAR, 0, 0)]
    assert _codes(rows) == [("benefit_after_death", "F8"), ("impossible_date", "F9"), ("missing_amount", "E9"),
                            ("unclear_kind", "C9")]
    assert _kinds(rows) == ["title", "header", "month_heading", "data", "data", "month_heading", "data", "data", "data",
                            "total"]
    assert [row.booked.receiver for row in rows if isinstance(row.booked, BenefitRow)][1] == "สามี"


def test_benefits_listed_twice_and_outside_a_membership() -> None:
    rows = _judged(sheet([
        ("วันที่จ่าย", "เลขสมาชิก", "ชื่อ-สกุลสมาชิก", "ผู้รับเงิน", "ประเภท", "เงิน"),
        ("5/10/63", "3-1", "นายแดง ใจดี", "เจ้าตัว", "ทุนการศึกษา", 100),
        ("05/10/2563", "3-1", "แดง ใจดี", None, "ทุนเรียนดี", 100),
        ("6/10/63", "3-1", "นายแดง ใจดี", "ด.ช.หนึ่ง", "ทุน", 100),
        ("6/10/63", "3-1", "นายแดง ใจดี", "ด.ช.สอง", "ทุน", 100),
        ("13/1/56", "3-2", "นางดำ ใจงาม", None, "รพ. 1 คืน", 100),
        ("1/1/56", "9-9", "นายใด ใจร้าย", None, "ตามมติ", "ฟรี")],
        name="สวัสดิการ"))
    assert _codes(rows) == [("duplicate_payment", "F3"), ("benefit_before_join", "A6"), ("impossible_date", "A7"),
                            ("missing_amount", "F7"), ("unclear_kind", "E7"), ("unknown_member", "C7")]
    assert [row.is_counted for row in rows] == [False, True, False, True, True, True, False]


def _sums(years: Iterable[AccountsYear]) -> list[dict[str, int]]:
    found = []
    for year in years:
        sums: Counter[AccountItem] = Counter()
        for month in year.months:
            sums.update(month.receipts)
            sums.update(month.payments)
        found.append({item.value: satang // 100 for item, satang in sums.items() if satang})
    return found


def test_a_day_book() -> None:
    book = sheet([
        ("บัญชีรับ-จ่าย ปี 2564",), ("วันที่", "รายการ", "รับ", "จ่าย", "คงเหลือ"), (None, "ยอดยกมา", None, None, 1000),
        ("5/10/2563", "รับเงินสมทบสมาชิก หมู่ 3", 60, None, 1060), ("5/10/63", "เงินสมทบสมาชิก หมู่ 4", 30, None, 1090),
        ("7/10/2563", "จ่ายสวัสดิการ นอน รพ.", None, 200, 890), ("1/11/2563", "อบต.สมทบ", 5000, None, 5890),
        (None, "ค่าเดินทาง", None, "100.-", 5790), (None, "รวม", 5090, 350, None)], name="รับจ่าย")
    grid = sheet([("เลขทะเบียน", "ชื่อ", "ต.ค. 63", "พ.ย. 63"), ("3-1", "นายแดง ใจดี", 30, None)], name="สมทบ")
    found = judge_whole(REGISTER, book, grid)
    rows = [row for row in found.rows if row.sheet == "รับจ่าย"]
    assert _codes(rows) == [("books_mismatch", "4"), ("wrong_total", "D9")]
    assert (rows[3].reasons[0].facts["books"], rows[3].reasons[0].facts["grid"]) == ("90", "30")
    assert _kinds(rows) == ["title", "header", "balance", *["data"] * 5, "total"]
    assert _sums(found.accounts) == [{"member": 90, "welfare": 200, "lao": 5000, "travel": 100}]
    year = found.accounts[0]
    assert (year.opening_cash_satang, [month.cash_satang for month in year.months]) == (100000, [89000, 579000])


def test_months_over_several_rows_and_headings_without_groups() -> None:
    found = judge_whole(REGISTER, sheet([
        ("รายรับรายจ่ายกองทุน พ.ศ. 2564",),
        ("เดือน", "เงินออมสมาชิก", "ค่าสมัคร", "รวมรายรับ", "สวัสดิการเกิด", "สวัสดิการตาย", "ค่าถ่ายเอกสาร", "รวมรายจ่าย",
         "เงินสดคงเหลือ", "เงินฝากคงเหลือ"),
        ("ยกมา", None, None, None, None, None, None, None, 100, 1000),
        ("ต.ค.", 30, None, 30, None, None, 20, 20, 110, 1000),
        (None, 30, 20, 50, 500, None, None, 500, 60, 600), ("พ.ย.", 60, None, 60, None, None, None, None, 120, 600),
        ("ธ.ค.", 60, None, 90, None, None, None, None, 180, 600), ("รวม", 180, 20, 200, 500, 0, 20, 520)], name="บัญชี"),
        sheet([("เลขทะเบียน", "ชื่อ", "ต.ค. 63", "พ.ย. 63"), ("3-1", "นายแดง ใจดี", 30, 60)], name="สมทบ"))
    rows = [row for row in found.rows if row.sheet == "บัญชี"]
    assert _codes(rows) == [("books_mismatch", "4"), ("wrong_total", "D7")]
    assert _kinds(rows) == ["title", "header", "balance", *["data"] * 4, "total"]
    assert _sums(found.accounts) == [{"member": 180, "entrance_fee": 20, "welfare": 500, "documents": 20}]
    assert [(month.cash_satang, month.bank_satang) for month in found.accounts[0].months] == [
        (6000, 60000), (12000, 60000), (18000, 60000)]


def test_items_down_without_sections_and_numbered() -> None:
    found = judge_whole(REGISTER, sheet([
        ("งบรับ-จ่าย ปีงบประมาณ ๒๕๖๔",), ("ที่", "รายการ", *MONTHS, "รวม"), (1, "1. เงินสมทบสมาชิก", *[30] * 12, 360),
        (2, "ผ้าป่า", None, 500, *[None] * 10, 500), (None, "รวมรับ", 30, 530, *[30] * 10, 860),
        (1, "จ่ายค่าเกิด", 500, *[None] * 11, 500), (2, "ค่าน้ำมันรถ", None, 50, *[None] * 10, 40),
        (None, "รวมจ่าย", 500, 50, *[None] * 10, 550), (None, "เงินสด", *[10] * 12),
        (None, "คงเหลือในบัญชี ธกส.", *[1000] * 12)], name="รับจ่าย"))
    rows = [row for row in found.rows if row.sheet == "รับจ่าย"]
    assert _codes(rows) == [("wrong_total", "O7")]
    assert _kinds(rows)[2:] == ["data", "data", "total", "data", "data", "total", "balance", "balance"]
    assert _sums(found.accounts) == [{"member": 360, "donation": 500, "welfare": 500, "travel": 50}]
    last = found.accounts[0].months[-1]
    assert (last.cash_satang, last.bank_satang) == (1000, 100000)


def _whole(key: str, sheets: Sequence[Sheet]) -> Preview:
    fund = truth_of(key)["fund"]
    return judge_workbooks(
        sheets=sheets, known=(), founded_on=date.fromisoformat(fund["founded_on"]), recorded=Recorded(),
        books_end_on=date(2030, 1, 1), villages=[int(moo) for moo in fund["villages"]])


def _roles(key: str, role: str) -> set[str]:
    return {found["sheet"] for found in truth_of(key)["sheets"] if found["role"] == role}


@pytest.mark.parametrize("seed", range(3))
def test_a_sample_workbook_with_its_columns_shuffled_says_the_same(seed: int) -> None:
    def shuffled(one: Sheet) -> Sheet:
        order = list(range(len(one.rows[0])))
        Random(seed).shuffle(order)
        return replace(one, rows=tuple(tuple(row[column] for column in order) for row in one.rows), merged=())

    moved = _roles("A", "contributions") | _roles("A", "benefits")
    found = _whole("A", [shuffled(one) if one.name in moved else one for one in sheets_of("A")])
    for mine, theirs in zip(found.rows, judged_whole("A").rows, strict=True):
        assert (mine.row_kind, mine.verdict, Counter(reason.code for reason in mine.reasons)) == (
            theirs.row_kind, theirs.verdict, Counter(reason.code for reason in theirs.reasons)), (mine.sheet, mine.row)
    assert _paid(found.rows) == _paid(judged_whole("A").rows)
    assert _benefits(found.rows) == _benefits(judged_whole("A").rows)


def test_the_accounts_of_a_sample_workbook_turned_say_the_same() -> None:
    books = _roles("A", "accounts")
    found = _whole("A", [replace(turned(sheet=one), name=one.name) if one.name in books else one
                         for one in sheets_of("A")])
    lines = {role: Counter((line.month, line.item, line.word, line.satang) for row in preview.rows
                           if isinstance(row.booked, AccountsRow) for line in row.booked.lines)
             for role, preview in (("turned", found), ("as kept", judged_whole("A")))}
    assert lines["turned"] == lines["as kept"]
    assert found.accounts == judged_whole("A").accounts
    assert not [row for row in found.rows if row.sheet in books and row.reasons]


def test_all_years_of_a_sample_workbook_in_one_sheet() -> None:
    grids = [one for one in sheets_of("A") if one.name in _roles("A", "contributions")]
    rows: list[tuple[Cell, ...]] = [row for one in grids for row in one.rows]
    found = _whole("A", [one for one in sheets_of("A") if one not in grids] + [
        Sheet(file="A", name="ส่งเงินทุกปี", rows=tuple(rows))])
    assert _paid(found.rows) == _paid(judged_whole("A").rows)
