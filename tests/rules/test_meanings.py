"""What a person told of headings is what every reader then reads; only headings are written over."""
import pytest

from ombun.imports.rules import periods
from ombun.imports.rules.benefit_sheet import BenefitField, benefit_field
from ombun.imports.rules.books import BenefitRow, GridRow
from ombun.imports.rules.headings import Field, SheetRole, field_of, is_total_heading
from ombun.imports.rules.meanings import (
    HEADINGS,
    MEANINGS,
    Meanings,
    as_meant,
    columns_of,
    is_a_table,
    likely_headings,
)
from ombun.imports.rules.register_row import RowKind
from ombun.imports.rules.rewritten import as_rewritten
from tests.rules.register_files import judge_sheets, judge_whole, national_id, sheet

BENEFITS = {"paid_on": BenefitField.DATE, "benefit": BenefitField.KIND, "amount": BenefitField.AMOUNT,
            "receiver": BenefitField.RECEIVER}


@pytest.mark.parametrize("meaning", list(HEADINGS))
def test_the_heading_of_a_meaning_says_it(meaning: str) -> None:
    heading = HEADINGS[meaning]
    if meaning.startswith("month_"):
        found = periods.period(heading=heading)
        assert found is not None and (found.month, found.months) == (int(meaning[6:]), 1)
    elif meaning == "whole_year":
        found = periods.period(heading=heading)
        assert found is not None and found.months == 12
    elif meaning == "total":
        assert is_total_heading(heading=heading)
    elif meaning in BENEFITS:
        assert benefit_field(heading=heading) is BENEFITS[meaning]
    else:
        assert field_of(heading=heading) is Field(meaning)


def test_every_meaning_belongs_to_a_kind_of_sheet() -> None:
    assert {one for words in MEANINGS.values() for one in words} == set(HEADINGS)


def test_only_rows_of_headings_are_written_over() -> None:
    told = Meanings(headings={"กลุ่ม": "moo", "ใคร": "name"})
    meant = as_meant(meanings=told, sheet=sheet([
        ("ใคร", "กลุ่ม", "เลขบัตรประชาชน"), ("นายแดง", "กลุ่ม", "9"), ("กลุ่ม", "เข้มแข็ง มั่นคง", "ดี")]))
    assert meant.rows == ((HEADINGS["name"], HEADINGS["moo"], "เลขบัตรประชาชน"), ("นายแดง", "กลุ่ม", "9"),
                          ("กลุ่ม", "เข้มแข็ง มั่นคง", "ดี"))
    untold = sheet([("ใคร",)])
    assert as_meant(sheet=untold, meanings=Meanings()) is untold


def test_a_sheet_told_to_be_a_register_needs_a_name_only_and_notes_are_left_alone() -> None:
    rows = sheet([("ชื่อ-สกุล", "รหัส", "ไซส์เสื้อ"), ("นายแดง ใจดี", "3-1", "L"), ("นางดำ ใจดี", "3-2", "M")], name="หมู่ 3")
    assert not any(row.values for row in judge_whole(rows).rows)
    register = as_meant(sheet=rows, meanings=Meanings(sheets={"หมู่ 3": SheetRole.REGISTER}))
    found = [row.values for row in judge_sheets(register).rows if row.row_kind is RowKind.DATA]
    assert [(row.member_no, row.moo) for row in found if row] == [("3-1", 3), ("3-2", 3)]
    clear = sheet([("ชื่อ-สกุล", "เลขบัตรประชาชน", "วันที่สมัคร"), ("นายแดง", national_id("900000000001"), "1/2/60")])
    notes = as_meant(sheet=clear, meanings=Meanings(sheets={"ทะเบียน": SheetRole.NOTES}))
    assert [seen.role for seen in judge_whole(notes).sheets] == [SheetRole.NOTES]


def test_columns_are_shown_with_what_stands_in_them() -> None:
    rows = sheet([("รายชื่อ",), ("ชื่อ-สกุล", "ฝากใคร", None), ("นายแดง", "สมศรี", "x"), ("นางดำ", "สมศรี", None)])
    assert likely_headings(sheet=rows)[0] == (2, "ชื่อ-สกุล · ฝากใคร")
    name, whom, unnamed = columns_of(sheet=rows, rows=[2], meanings=Meanings(headings={"ฝากใคร": "remark"}))
    assert (name.is_known, whom.told, whom.examples, unnamed.heading) == (True, "remark", ("สมศรี",), "")
    assert is_a_table(sheet=rows) and not is_a_table(sheet=sheet([("บันทึก",), ("ประชุม", "วันพุธ")]))


def test_cells_written_anew_may_lie_beyond_the_row() -> None:
    written = as_rewritten(sheet=sheet([("a",), ("b", "c")]), written={1: {3: "z"}, 2: {1: ""}, 9: {1: "no"}})
    assert written.rows == (("a", None, "z"), (None, "c"))


def test_told_headings_make_a_grid_and_a_list_of_benefits_too() -> None:
    grid = sheet([("ตัวเลขสมุด", "ใครเอ่ย", "งวดแรก", "งวดสอง"), ("3-1", "นายแดง ใจดี", 30, 60)], name="เก็บเงิน ปี 2564")
    paid = sheet([("เมื่อไร", "ใครเอ่ย", "ได้อะไร", "กี่บาท"), ("5/1/2564", "นายแดง ใจดี", "นอน รพ.", 300)], name="แจกจ่าย")
    told = Meanings(headings={
        "ตัวเลขสมุด": "member_no", "ใครเอ่ย": "name", "งวดแรก": "month_10", "งวดสอง": "month_11", "เมื่อไร": "paid_on",
        "ได้อะไร": "benefit", "กี่บาท": "amount"}, sheets={"แจกจ่าย": SheetRole.BENEFITS})
    assert [seen.role for seen in judge_whole(grid, paid).sheets] == [SheetRole.NOTES, SheetRole.NOTES]
    preview = judge_whole(*(as_meant(sheet=one, meanings=told) for one in (grid, paid)))
    booked = [row.booked for row in preview.rows if row.booked]
    assert isinstance(booked[0], GridRow) and isinstance(booked[1], BenefitRow)
    assert [(str(one.month), one.satang) for one in booked[0].payments] == [("2020-10-01", 3000), ("2020-11-01", 6000)]
    assert (booked[1].word, booked[1].satang) == ("นอน รพ.", 30_000)
