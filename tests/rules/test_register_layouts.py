"""Registers of other funds: other headings, other orders, other habits."""
from datetime import date

import pytest

from ombun.imports.rules.headings import Field, SheetRole, field_of
from ombun.imports.rules.register_row import RegisterRow, RowKind, RowVerdict
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind
from tests.rules.register_files import judge_sheets, national_id, sheet

ID_A, ID_B, ID_C = (national_id(f"90000000000{n}") for n in (1, 2, 3))
HEADINGS = ("ลำดับ", "เลขทะเบียน", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", "บ้านเลขที่", "วันที่สมัคร", "หมายเหตุ")
A = (1, "3-1", "นายแดง ใจดี", ID_A, "5/6/2510", "28/1", "13/1/2556", None)
B = (2, "3-2", "นางดำ ใจดี", ID_B, "5/7/2510", "28/1", "14/1/2556", None)


def _data(*sheets_given: object, **more: object) -> list[RowVerdict]:
    return [row for row in judge_sheets(*sheets_given, **more).rows if row.row_kind is RowKind.DATA]  # type: ignore[arg-type]


def _values(row: RowVerdict) -> RegisterRow:
    assert row.values is not None
    return row.values


def _codes(row: RowVerdict) -> set[str]:
    return {reason.code for reason in row.reasons}


def test_columns_in_any_order_and_title_first_and_last_name_apart() -> None:
    rows = _data(sheet([
        ("วันเป็นสมาชิก", "นามสกุล", "ชื่อ", "คำนำหน้า", "หมู่ที่", "เลขประจำตัวประชาชน 13 หลัก", "ว/ด/ป เกิด", "ที่", "เบอร์โทรศัพท์"),
        ("13/1/56", "ณ เชียงใหม่", "สมหญิง", "น.ส.", "ม.3", ID_A, "พ.ศ. 2510", 1, 812345678)]))
    assert _values(rows[0]) == RegisterRow(
        name_title="นางสาว", first_name="สมหญิง", last_name="ณ เชียงใหม่", national_id=ID_A, born_on=date(1967, 1, 1),
        birth_precision=BirthPrecision.YEAR, joined_on=date(2013, 1, 13), moo=3, phone="0812345678")
    assert rows[0].reasons == ()


def test_a_name_merged_over_three_columns_is_one_name() -> None:
    rows = _data(sheet([
        ("ที่", "ชื่อ - นามสกุล", None, None, "บัตรประชาชน", "วันเกิด", "วันสมัคร"),
        (1, "ด.ญ.", "แก้ว", "ใจดี", ID_A, "1/2/2553", "3/4/2560")], merged=["B1:D1"]))
    values = _values(rows[0])
    assert (values.name_title, values.first_name, values.last_name) == ("ด.ญ.", "แก้ว", "ใจดี")


def test_headings_in_two_rows_with_the_beneficiarys_own_name_and_id() -> None:
    rows = _data(sheet([
        ("รายชื่อสมาชิก",),
        ("ที่", "สมาชิก", None, None, "ผู้รับประโยชน์", None, None),
        (None, "ชื่อ-สกุล", "เลขประจำตัว", "เกิด (ว/ด/ป)", "ชื่อ-สกุล", "เลขบัตร", "เกี่ยวข้องเป็น"),
        (1, "นายแดง ใจดี", ID_A, "5/6/2510", "น.ส.ดำ  ใจดี", ID_B, "บุตร")], merged=["B2:D2", "E2:G2"]))
    values = _values(rows[0])
    assert (values.national_id, values.beneficiary_name, values.relation) == (ID_A, "นางสาวดำ ใจดี", "บุตร")


def test_day_month_and_year_of_birth_in_columns_of_their_own() -> None:
    header = [("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", None, None, "วันสมัคร"),
              (None, None, None, "วัน", "เดือน", "ปี", None)]
    rows = _data(sheet([*header, (1, "นายแดง ใจดี", ID_A, 5, "มิ.ย.", 2510, "1/2/2556"),
                        (2, "นายดำ ใจดี", ID_B, 5, 7, 2510, "1/2/2556"),
                        (3, "นายขาว ใจดี", ID_C, None, None, 2510, "1/2/2556")], merged=["D1:F1"]))
    assert [(v.born_on, v.birth_precision.value) for v in map(_values, rows)] == [
        (date(1967, 6, 5), "day"), (date(1967, 7, 5), "day"), (date(1967, 1, 1), "year")]


def test_one_sheet_for_all_villages_with_headings_and_subtotals() -> None:
    preview = judge_sheets(sheet([
        HEADINGS, ("หมู่ที่ 3 บ้านดอนแก้ว",), A, (None, "รวม", "1 คน"), (), ("หมู่ที่ ๔ บ้านหนองบัว",),
        (1, "4-1", "นางขาว ใจงาม", ID_C, "5/8/2510", "3", "14/1/2556", None), ("รวมทั้งสิ้น 2 คน",),
        (None, None, "ลงชื่อ นายมี ดี ผู้จัดทำ"), (None, None, "(นายมี ดี)"), (None, None, "นายมี ดี")]))
    assert [row.row_kind.value for row in preview.rows] == [
        "header", "village_heading", "data", "total", "blank", "village_heading", "data", "total", "footer", "footer",
        "footer"]
    assert [row.values.moo for row in preview.rows if row.values] == [3, 4]


def test_village_in_an_address_and_in_a_merged_cell() -> None:
    rows = _data(sheet([("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "ที่อยู่", "วันสมัคร"),
                        (1, "นายแดง ใจดี", ID_A, "28/1 หมู่ 3 ต.ดอนแก้ว", "13/1/2556")]))
    assert (_values(rows[0]).house_no, _values(rows[0]).moo) == ("28/1", 3)
    rows = _data(sheet([("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "บ้านเลขที่", "หมู่", "วันสมัคร"),
                        (1, "นายแดง ใจดี", ID_A, "28/1", 3, "13/1/2556"),
                        (2, "นางดำ ใจดี", ID_B, None, None, "13/1/2556"),
                        (3, "นายขาว ใจงาม", ID_C, 5, 4, "13/1/2556")], merged=["D2:D3", "E2:E3"]))
    assert [(v.house_no, v.moo) for v in map(_values, rows)] == [("28/1", 3), ("28/1", 3), ("5", 4)]


def test_the_title_may_name_the_village_of_the_office() -> None:
    rows = _data(sheet([("ทะเบียนสมาชิก กองทุนสวัสดิการ หมู่ 1",), ("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "หมู่", "วันสมัคร"),
                        *((n, f"นาย{name} ใจดี", national_id(f"90000000010{n}"), n, "13/1/2556")
                          for n, name in enumerate(("แดง", "ดำ", "ขาว", "เขียว", "ฟ้า"), start=1))], name="สมาชิก"))
    assert [_values(row).moo for row in rows] == [1, 2, 3, 4, 5]
    assert not any(row.reasons for row in rows)


def test_a_village_that_is_not_the_sheets_and_one_that_does_not_exist() -> None:
    header = ("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "หมู่", "วันสมัคร")
    rows = _data(sheet([header, (1, "นายแดง ใจดี", ID_A, 3, "13/1/2556"), (2, "นางดำ ใจดี", ID_B, 4, "13/1/2556"),
                        (3, "นายขาว ใจดี", ID_C, 77, "13/1/2556")], name="ม.3 ดอนแก้ว"))
    assert [(_values(row).moo, _codes(row)) for row in rows] == [
        (3, set()), (None, {"village_conflict"}), (None, {"unknown_village"})]
    assert _codes(_data(sheet([HEADINGS, A], name="หมู่ 15"))[0]) == {"unknown_village"}


def test_headings_return_at_page_breaks_even_in_another_order() -> None:
    turned = tuple(reversed(HEADINGS))
    rows = _data(sheet([HEADINGS, A, turned, tuple(reversed(B))], name="หมู่ 3"))
    assert [_values(row).national_id for row in rows] == [ID_A, ID_B]
    assert rows[1].reasons == ()


def test_numbers_printed_in_advance_are_no_members() -> None:
    preview = judge_sheets(sheet([HEADINGS, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"), A,
                                  (2, "3-2", None, None, None, None, None, None), (3, None, None, None)], name="หมู่ 3"))
    assert [row.row_kind for row in preview.rows] == [
        RowKind.HEADER, RowKind.HEADER, RowKind.DATA, RowKind.BLANK, RowKind.BLANK]


def test_leaving_in_columns_of_its_own() -> None:
    header = (*HEADINGS[:-1], "สถานะ", "วันที่ออก", "วันที่เสียชีวิต")
    rows = _data(sheet([header, (*A[:-1], "ลาออก", "5/6/65", None), (*B[:-1], "ปกติ", None, date(2022, 6, 5)),
                        (3, "3-3", "นายขาว ใจดี", ID_C, "5/6/2510", 3, "13/1/2556", "ตาย", None, None)], name="หมู่ 3"))
    assert [(v.left_reason, v.left_on) for v in map(_values, rows)] == [
        (LeftReason.RESIGNED, date(2022, 6, 5)), (LeftReason.DECEASED, date(2022, 6, 5)), (LeftReason.DECEASED, None)]
    assert [_codes(row) for row in rows] == [set(), set(), {"status_undated"}]


def test_days_that_cannot_be_true_together_are_left_empty() -> None:
    def row(born: object, joined: object, remark: object = None) -> tuple[object, ...]:
        return (1, "3-1", "นายแดง ใจดี", ID_A, born, "28", joined, remark)

    def only(*cells: object) -> tuple[set[str], RegisterRow]:
        found = _data(sheet([HEADINGS, row(*cells)], name="หมู่ 3"))[0]  # type: ignore[list-item]
        return _codes(found), _values(found)

    codes, values = only("5/6/2560", "5/6/2559")
    assert (codes, values.born_on, values.joined_on) == ({"birth_after_join"}, None, date(2016, 6, 5))
    codes, values = only("5/6/2510", "5/6/2500")
    assert (codes, values.joined_on) == ({"joined_before_founding"}, None)
    codes, values = only("5/6/2510", "5/6/2567")
    assert (codes, values.joined_on) == ({"future_date"}, None)
    codes, values = only("5/6/2567", None)
    assert (codes, values.born_on) == ({"missing_join_date", "future_date"}, None)
    codes, values = only("5/6/2430", "5/6/2559")
    assert (codes, values.born_on) == ({"impossible_date"}, None)
    codes, values = only("5/6/2510", "5/6/2559", "ตาย 5/6/58")
    assert (codes, values.left_on, values.left_reason) == ({"impossible_date"}, None, LeftReason.DECEASED)
    codes, values = only("5/6/2510", "5/6/2559", "ตาย 5/6/70")
    assert (codes, values.left_on) == ({"future_date"}, None)
    codes, values = only("5/6/2510", "มิ.ย. 2559")
    assert (codes, values.joined_on) == ({"missing_join_date"}, None)


def test_the_books_of_a_workbook_end_where_its_own_grids_end() -> None:
    months = ("ต.ค. 64", "พ.ย. 64", "ธ.ค. 64", "ม.ค. 65", "ก.พ. 65", "มี.ค. 65", "เม.ย. 65", "พ.ค. 65", "มิ.ย. 65")
    grid = sheet([("ที่", "ชื่อ-สกุล", *months), (1, "นายแดง ใจดี", 30)], name="ส่งเงิน 2565")
    late = sheet([HEADINGS, (*A[:6], "1/7/2565", None), (*B[:6], "30/6/2565", None)], name="หมู่ 3")
    assert [_codes(row) for row in _data(late, grid)] == [{"future_date"}, set()]
    assert [_codes(row) for row in _data(late)] == [set(), set()]


def test_a_number_that_became_a_date_is_asked() -> None:
    row = _data(sheet([HEADINGS, (1, date(2026, 12, 3), *A[2:])], name="หมู่ 3"))[0]
    assert (_codes(row), _values(row).member_no) == ({"member_no_as_date"}, None)
    assert row.reasons[0].facts["candidates"] == ["3-12", "12-3"]
    row = _data(sheet([HEADINGS, (*A[:5], date(2026, 12, 3), *A[6:])], name="หมู่ 3"))[0]
    assert (_codes(row), _values(row).house_no) == ({"house_no_as_date"}, None)


def test_kinds_of_members_in_many_words() -> None:
    words = {"ผู้สูงอายุ": MemberKind.ELDERLY, "สามัญ": MemberKind.GENERAL, "เด็กและเยาวชน": MemberKind.YOUTH,
             "ผู้พิการ": MemberKind.DISABLED, "เด็กกำพร้า": MemberKind.ORPHAN, "ผู้ยากไร้": MemberKind.DISADVANTAGED,
             "อื่น ๆ": MemberKind.OTHER, "": None, "พิเศษ": None}
    header = (*HEADINGS[:-1], "ประเภทสมาชิก")
    rows = _data(sheet([header, *(
        (n, f"3-{n}", f"นาย{chr(0x0e01 + n)}า ใจดี", national_id(f"90000000020{n}"), "5/6/2510", n, "13/1/2556", word)
        for n, word in enumerate(words))], name="หมู่ 3"))
    assert [_values(row).kind for row in rows] == list(words.values())
    assert [_codes(row) for row in rows] == [set()] * 8 + [{"unclear_kind"}]


@pytest.mark.parametrize(("headings", "role"), [
    (("ที่", "เลขทะเบียน", "ชื่อ-สกุล", "ต.ค. 63", "พ.ย. 63", "ธ.ค. 63", "ม.ค. 64", "ก.พ. 64", "มี.ค. 64", "รวม"),
     SheetRole.CONTRIBUTIONS),
    (("ลำดับ", "วันที่", "ชื่อสมาชิก", "ประเภทสวัสดิการ", "จำนวนเงิน"), SheetRole.BENEFITS),
    (("รายการ", "รายรับ", "รายจ่าย"), SheetRole.ACCOUNTS),
    (("อย่าลืมโทรหาประธาน",), SheetRole.NOTES)])
def test_other_sheets_are_recognised(headings: tuple[str, ...], role: SheetRole) -> None:
    preview = judge_sheets(sheet([headings, (1, "x", "นายแดง ใจดี")]))
    assert (preview.sheets[0].role, preview.rows) == (role, ())
    is_taken = role in (SheetRole.CONTRIBUTIONS, SheetRole.BENEFITS)  # accounts without a month cannot be
    assert [refusal.code for refusal in preview.refusals] == ([] if is_taken else ["imports.no_register_sheet"])


def test_an_old_copy_of_the_register_is_no_data() -> None:
    c = (3, "3-3", "นายขาว ใจดี", ID_C, "5/6/2511", 3, "13/1/2556", None)
    preview = judge_sheets(sheet([HEADINGS, A, B, c], name="หมู่ 3"), sheet([HEADINGS, A, B, c], name="หมู่ 3 (2)"))
    assert [row.row_kind.value for row in preview.rows[4:]] == ["old_copy"] * 4
    assert [s.role.value for s in preview.sheets] == ["register", "old_copy"]
    others = [
        (n, f"3-{n}", f"นาย{chr(0x0e01 + n)}า ดีใจ", national_id(f"90000000030{n}"), "5/6/2511", 3, "13/1/2556", None)
        for n in range(5)]
    preview = judge_sheets(sheet([HEADINGS, A, B, c], name="หมู่ 3"), sheet([HEADINGS, *others], name="สมาชิกเก่า หมู่ 3"))
    assert all(s.is_taken for s in preview.sheets)  # former members are members


def test_unread_headings_are_told() -> None:
    preview = judge_sheets(sheet([(*HEADINGS, "กรุ๊ปเลือด"), (*A, "O")], name="หมู่ 3"))
    assert preview.sheets[0].unread_headings == ("กรุ๊ปเลือด",)


@pytest.mark.parametrize(("heading", "field"), [
    ("เลขทะเบียนสมาชิก", Field.MEMBER_NO), ("สมาชิกเลขที่", Field.MEMBER_NO), ("เลขบัตร ปชช.", Field.NATIONAL_ID),
    ("หมายเลขบัตรประจำตัวประชาชน", Field.NATIONAL_ID), ("ว.ด.ป. เกิด", Field.BORN), ("ปี พ.ศ. เกิด", Field.BORN),
    ("อายุ", Field.IGNORED), ("ค่าสมัคร", Field.IGNORED), ("เป็นสมาชิกเมื่อ", Field.JOINED), ("วันขึ้นทะเบียน", Field.JOINED),
    ("ทายาท", Field.BENEFICIARY), ("ความสัมพันธ์", Field.RELATION), ("โทร.", Field.PHONE), ("วันตาย", Field.DIED),
    ("ลาออก/ตาย", Field.LEFT), ("รวม", None)])
def test_headings(heading: str, field: Field | None) -> None:
    assert field_of(heading=heading) is field
