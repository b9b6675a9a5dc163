"""Invented workbooks of other funds, whole: other kinds of files, other layouts, other headings; each comes in."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from ombun.imports.rules.books import AccountsRow, BenefitRow, BenefitRows, GridRow, Recorded
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.register_row import RegisterRow
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from ombun.members.rules.membership import LeftReason
from tests.rules.register_files import FOLDER, national_id
from tests.usecases.workbooks import xlsx

IDS = [national_id(f"9000000002{number:02}") for number in range(1, 40)]
REGISTER, GRID, BENEFITS, ACCOUNTS = (
    SheetRole.REGISTER, SheetRole.CONTRIBUTIONS, SheetRole.BENEFITS, SheetRole.ACCOUNTS)


def _judged(content: bytes, file: str) -> Preview:
    preview = judge_workbooks(
        sheets=read_workbook(file=file, content=content), known=(), founded_on=date(2010, 1, 1),
        books_end_on=date(2026, 1, 1), villages=range(1, 13), recorded=Recorded())
    assert all(seen.is_taken and not seen.unread_headings for seen in preview.sheets), preview.sheets
    return preview


def _roles(preview: Preview) -> list[SheetRole]:
    return [seen.role for seen in preview.sheets]


def _people(preview: Preview) -> list[RegisterRow]:
    return [row.values for row in preview.rows if row.values]


def _values(preview: Preview, *names: str) -> list[tuple[object, ...]]:
    assert set(names) <= {field.name for field in fields(RegisterRow)}
    return [tuple(getattr(row, name) for name in names) for row in _people(preview)]


def _codes(preview: Preview) -> list[tuple[int, str]]:
    return [(row.row, reason.code) for row in preview.rows for reason in row.reasons]


def _paid(preview: Preview) -> Counter[tuple[str | None, int]]:
    """Who → the year of a month → baht."""
    found = Counter[tuple[str | None, int]]()
    for row in preview.rows:
        for payment in row.booked.payments if isinstance(row.booked, GridRow) else ():
            found[payment.person.member_no if payment.person else None, payment.month.year] += payment.satang // 100
    return found


def _received(preview: Preview) -> list[tuple[str | None, str, int]]:
    benefits: list[BenefitRow] = []
    for row in preview.rows:
        if isinstance(row.booked, BenefitRow | BenefitRows):
            benefits += row.booked.benefits if isinstance(row.booked, BenefitRows) else (row.booked,)
    return [(one.person.member_no if one.person else None, one.kind.value, (one.satang or 0) // 100)
            for one in benefits]


def _booked(preview: Preview) -> Counter[str]:
    found = Counter[str]()
    for row in preview.rows:
        for line in row.booked.lines if isinstance(row.booked, AccountsRow) else ():
            found[line.item.value] += line.satang
    return found


def _dashed(number: str) -> str:
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"


def test_one_sheet_for_all_villages_a_calendar_year_and_a_column_for_every_kind() -> None:
    months = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
    preview = _judged(xlsx(merged={"สมาชิกทั้งหมด": ["J4:K4", "M4:N4"]}, sheets={
        "สมาชิกทั้งหมด": [
            ("กองทุนสวัสดิการชุมชนตำบลทุ่งรวงทอง",), ("ข้อมูล ณ วันที่ 30 กันยายน 2566",), (),
            ("ลำดับ", "รหัสสมาชิก", "คำนำหน้า", "ชื่อตัว", "ชื่อสกุล", "บัตรประจำตัวประชาชน", "ว.ด.ป.เกิด", "อายุ (ปี)", "เพศ", "ที่อยู่",
             None, "เข้ากองทุนเมื่อ", "ผู้รับเงินสงเคราะห์", None, "สถานภาพ", "เบอร์ติดต่อ"),
            (*[None] * 9, "บ.เลขที่", "ม.", None, "ชื่อ-สกุล", "เกี่ยวข้องเป็น"),
            (1, "ทร.001", "นาย", "สมบัติ", "ทองดี", _dashed(IDS[0]), "๑๒ ม.ค. ๒๕๐๓", 63, "ช", "๙๙/๑", 1, "๑ ก.พ. ๒๕๕๕",
             "นางแก้ว ทองดี", "ภรรยา", "คงอยู่", "0600001111"),
            (2, "ทร.002", "นาง", "แก้ว", "ทองดี", _dashed(IDS[1]), "1 มกราคม 2505", 61, "ญ", "99/1", 1, "1 กุมภาพันธ์ 2555",
             "นายสมบัติ ทองดี", "สามี", "ปกติ"),
            (3, "ทร.003", "น.ส.", "ดวงใจ", "แสงทอง", _dashed(IDS[2]), date(1990, 5, 6), 33, "ญ", "12", 2, "1/3/2556",
             "-", "-", "เสียชีวิตแล้ว 3 มี.ค. 2563"),
            (4, "ทร.004", "ด.ช.", "กล้า", "แสงทอง", _dashed(IDS[3]), "2555", 11, "ช", "12", 2, date(2013, 3, 1), None,
             None, "ลาออก 1/4/64"), (None, None, None, "รวมสมาชิก", "4 คน")],
        "ส่งเงิน 2564": [
            ("ทะเบียนคุมเงินสมทบสมาชิก ประจำปี พ.ศ. 2564",),
            ("ที่", "รหัส", "ชื่อตัว", "ชื่อสกุล", "ม.", "ยอดยกมา", *months, "รวมทั้งปี", "ลายเซ็น"),
            (1, "ทร.001", "สมบัติ", "ทองดี", 1, 1200, *[30] * 12, 360),
            (2, "ทร.002", "แก้ว", "ทองดี", 1, 1200, *[None, 60] * 6, 360),
            (None, None, "รวม", None, None, 2400, *[30, 90] * 6, 720)],
        "สวัสดิการ": [
            ("สรุปการจ่ายสวัสดิการ ปีงบประมาณ 2564",), ("ลำดับ", "รหัส", "ชื่อ-สกุล", "เกิด", "แก่", "เจ็บ", "ตาย", "รวมเงิน"),
            (1, "ทร.001", "นายสมบัติ ทองดี", None, 500, 300, None, 800),
            (2, "ทร.002", "นางแก้ว ทองดี", 500, None, None, None, 500),
            (3, "ทร.004", "ด.ช.กล้า แสงทอง", None, None, None, None, None),
            ("รวม", None, None, 500, 500, 300, None, 1300)]}), "ทุ่งรวงทอง.xlsx")
    assert _roles(preview) == [REGISTER, GRID, BENEFITS] and _codes(preview) == []
    assert _values(preview, "first_name", "last_name", "house_no", "moo", "joined_on", "beneficiary_name")[:2] == [
        ("สมบัติ", "ทองดี", "99/1", 1, date(2012, 2, 1), "นางแก้ว ทองดี"),
        ("แก้ว", "ทองดี", "99/1", 1, date(2012, 2, 1), "นายสมบัติ ทองดี")]
    assert _values(preview, "left_reason", "left_on")[2:] == [
        (LeftReason.DECEASED, date(2020, 3, 3)), (LeftReason.RESIGNED, date(2021, 4, 1))]
    assert [row.national_id for row in _people(preview)] == IDS[:4]
    assert _paid(preview) == {("ทร.001", 2021): 360, ("ทร.002", 2021): 360}
    assert _received(preview) == [("ทร.001", "ELDERLY", 500), ("ทร.001", "HOSPITAL", 300), ("ทร.002", "BIRTH", 500)]


def test_an_old_workbook_by_villages_half_years_and_items_by_months() -> None:
    preview = _judged((FOLDER / "C_nonsawang.xls").read_bytes(), "โนนสว่าง.xls")
    assert _roles(preview) == [REGISTER, REGISTER, GRID, BENEFITS, ACCOUNTS]
    assert _values(preview, "member_no", "first_name", "house_no", "moo") == [
        ("1", "บุญเลิศ", "45", 7), ("2", "ศรี", "45", 7), ("3", "เพ็ญ", "45", 7), ("4", "ใบเตย", "45/1", 7),
        ("5", "คำมูล", "9", 8), ("6", "คำแปง", "9", 8)]
    assert _codes(preview) == [(7, "missing_id"), (7, "missing_birth"), (3, "impossible_date")]
    assert [row.left_reason for row in _people(preview)] == [
        None, None, LeftReason.MOVED, None, LeftReason.DECEASED, None]
    assert _paid(preview) == {("1", 2019): 180, ("1", 2020): 360, ("2", 2019): 180, ("2", 2020): 360, ("2", 2021): 180,
                              ("5", 2019): 180}
    assert _received(preview) == [("5", "DEATH", 10_000), ("2", "HOSPITAL", 200)]
    assert _booked(preview) == {"member": 108_000, "lao": 2_000_000, "interest": 11_575, "welfare": 1_020_000,
                                "documents": 10_000}


def test_text_in_the_thai_code_page_with_its_own_numbers_and_a_cut_id() -> None:
    spaced = " ".join((IDS[0][0], IDS[0][1:5], IDS[0][5:10], IDS[0][10:12], IDS[0][12]))
    rows: Sequence[Sequence[str]] = [
        ["ทะเบียนผู้เข้าร่วมกองทุนสวัสดิการชุมชนเทศบาลบ้านใหม่"],
        ["ที่", "เลขที่สมาชิก", "ชื่อผู้เป็นสมาชิก", "นามสกุล", "เลขประจำตัว ปชช.", "ปีเกิด", "ชุมชน/หมู่", "บ้านเลขที่", "วันขึ้นทะเบียน",
         "สถานะ"],
        ["1", "บม 55/001", "นาง สายบัว", "งามตา", spaced, "2498", "หมู่ที่ 3", "๑๒/๓", "12-01-2555", "ปกติ"],
        ["2", "บม 55/002", "นาย มานะ", "งามตา", IDS[1], "2495", "3", "12/3", "12-01-2555", "ตาย"],
        ["3", "บม 55/003", "พระครูสุนทร", "ธมฺมธโร", IDS[2], "", "3", "วัดใหม่", "12-01-2555", "ปกติ"],
        ["4", "บม 56/001", "นางสาว มะลิ", "ซ้อนแก้ว", "9.00000000405E+12", "2530", "4", "7", "5 มีนาคม 2556",
         "พ้นสภาพ 30/9/2560"],
        ["5", "บม 56/002", "น.ส.มะลิวัลย์ ", "ซ้อนแก้ว", "ไม่มีบัตร", "2530", "4", "7", "5 มี.ค. 2556", "ขาดส่ง"],
        [], ["", "รวมทั้งสิ้น", "5 ราย"]]
    preview = _judged("\r\n".join(";".join(row) for row in rows).encode("cp874"), "ทะเบียนบ้านใหม่.csv")
    assert _values(preview, "member_no", "name_title", "first_name", "moo", "house_no", "joined_on") == [
        ("บม 55/001", "นาง", "สายบัว", 3, "12/3", date(2012, 1, 12)),
        ("บม 55/002", "นาย", "มานะ", 3, "12/3", date(2012, 1, 12)),
        ("บม 55/003", "พระครู", "สุนทร", 3, "วัดใหม่", date(2012, 1, 12)),
        ("บม 56/001", "นางสาว", "มะลิ", 4, "7", date(2013, 3, 5)),
        ("บม 56/002", "นางสาว", "มะลิวัลย์", 4, "7", date(2013, 3, 5))]
    assert _codes(preview) == [(4, "status_undated"), (5, "missing_birth"), (6, "truncated_id"), (7, "missing_id")]
    assert _people(preview)[4].is_in_arrears and _people(preview)[0].national_id == IDS[0]


def test_names_with_numbers_and_nicknames_ticks_by_year_a_sheet_for_one_kind_and_a_cash_book() -> None:
    names = ["1. นายหนึ่ง สุขใจ", "2. นางสอง สุขใจ", "3. น.ส.สาม แสนสุข", "4. นายสี่ (ดำ) บุญมี"]
    preview = _judged(xlsx({
        "หมู่ 5": [("เลขสมาชิก", "ชื่อ - นามสกุล (สมาชิก)", "หมายเลขบัตรประชาชน", "วัน/เดือน/ปี เกิด", "อายุ", "บ้านเลขที่",
                   "วันที่เข้าร่วม", "หมายเหตุ"),
                  *((f"05{n:03}", names[n - 1], IDS[n + 10], f"{n}/{n}/2503", 60, f"{n}/1", date(2012, 1, n))
                    for n in range(1, 4)),
                  ("05004", names[3], IDS[20], "4/4/03", None, "4/1", "4/1/55", "เสียชีวิต 1 ม.ค. 2565")],
        "เช็คยอดรายปี": [("รายชื่อสมาชิกที่ชำระเงินสมทบรายปี ปี 2562 - 2565",),
                       ("เลขสมาชิก", "ชื่อ - นามสกุล", "2562", "2563", "2564", "2565"),
                       *((f"05{n:03}", names[n - 1], 365, 365, "✓" if n == 2 else 365, None if n == 4 else 365)
                         for n in range(1, 5)), ("รวม", None, 1460, 1460, 1460, 1095)],
        "ค่ารักษาพยาบาล": [("จ่ายค่ารักษาพยาบาล ปี 2565",), ("ลำดับ", "วันที่", "เลขสมาชิก", "ชื่อ-สกุล", "จำนวนคืน", "จำนวนเงิน"),
                          (1, "2/2/2565", "05001", names[0], 2, 200), (2, "3/3/2565", "05002", names[1], 1, 100),
                          ("รวม", None, None, None, None, 300)],
        "สมุดเงินสด": [("สมุดเงินสด ปีงบประมาณ 2565",), ("วันที่", "รายการ", "รับ", "จ่าย", "คงเหลือ"),
                     (date(2021, 10, 1), "ยอดยกมา", None, None, 10_000),
                     (date(2021, 10, 5), "รับเงินสมทบสมาชิก", 1095, None, 11_095),
                     (date(2022, 2, 2), "จ่ายสวัสดิการนอน รพ.", None, 200, 10_895),
                     (date(2022, 3, 3), "จ่ายค่าน้ำมันประชุม", None, 150, 10_745),
                     (date(2022, 3, 4), "เทศบาลสมทบ", 5000, None, 15_745)]}), "หมู่5.xlsx")
    assert _roles(preview) == [REGISTER, GRID, BENEFITS, ACCOUNTS]
    assert _values(preview, "name_title", "first_name", "last_name") == [
        ("นาย", "หนึ่ง", "สุขใจ"), ("นาง", "สอง", "สุขใจ"), ("นางสาว", "สาม", "แสนสุข"), ("นาย", "สี่", "บุญมี")]
    assert sum(_paid(preview).values()) == 15 * 365
    assert _received(preview) == [("05001", "HOSPITAL", 200), ("05002", "HOSPITAL", 100)]
    assert _booked(preview) == {"member": 109_500, "welfare": 20_000, "travel": 15_000, "lao": 500_000}
    assert (5, "ambiguous_year") in _codes(preview)
