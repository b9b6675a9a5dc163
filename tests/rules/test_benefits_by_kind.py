"""Lists of benefits that have a column for every kind instead of a row for every benefit."""
from collections import Counter
from datetime import date

from ombun.imports.rules.books import BenefitKind, BenefitRow, BenefitRows, Recorded, mark_of
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.history import before_own_books
from ombun.imports.rules.kept_books import benefits_kept, beyond, booked_as_kept
from ombun.imports.rules.register_row import RowKind, RowVerdict, Verdict
from tests.rules.register_files import judge_whole, sheet
from tests.rules.test_books_layouts import REGISTER

WIDE = [("สวัสดิการที่จ่าย ปีงบประมาณ 2564",),
        ("ที่", "เลขทะเบียน", "ชื่อ-สกุล", "คลอดบุตร", "ค่านอน รพ.", "เสียชีวิต", "รวม", "หมายเหตุ"),
        (1, "3-1", "นายแดง ใจดี", None, 600, None, 600, None),
        (2, "3-2", "นางดำ ใจงาม", 500, 200, "-", 700, None),
        (3, "3-3", "นายขาว บุญมา", None, None, None, None, None),
        (4, None, "นายใครไม่รู้", None, None, 5000, 5000, None),
        ("รวม", None, None, 500, 900, 5000, 6400, None)]


def _rows(*rows: tuple[object, ...], name: str = "สวัสดิการ") -> list[RowVerdict]:
    found = judge_whole(REGISTER, sheet(rows, name=name))  # type: ignore[arg-type]
    assert found.sheets[1].role is SheetRole.BENEFITS
    return [row for row in found.rows if row.sheet == name]


def _benefits(row: RowVerdict) -> list[BenefitRow]:
    if isinstance(row.booked, BenefitRows):
        return list(row.booked.benefits)
    return [row.booked] if isinstance(row.booked, BenefitRow) else []


def test_a_row_tells_a_benefit_for_each_column_that_has_an_amount() -> None:
    rows = _rows(*WIDE)
    told = [(benefit.person.member_no if benefit.person else None, benefit.kind, benefit.satang, benefit.fiscal_year_be)
            for row in rows for benefit in _benefits(row)]
    assert told == [("3-1", BenefitKind.HOSPITAL, 60_000, 2564), ("3-2", BenefitKind.BIRTH, 50_000, 2564),
                    ("3-2", BenefitKind.HOSPITAL, 20_000, 2564), (None, BenefitKind.DEATH, 500_000, 2564)]
    assert [row.row_kind for row in rows] == [
        RowKind.TITLE, RowKind.HEADER, RowKind.DATA, RowKind.DATA, RowKind.NOTE, RowKind.DATA, RowKind.TOTAL]
    assert len({row.row for row in rows}) == len(rows)


def test_the_doubts_of_a_row_are_told_once_with_their_cells() -> None:
    rows = _rows(*WIDE)
    assert [reason.code for reason in rows[5].reasons] == ["unknown_member"] and rows[2].reasons == ()
    assert rows[6].reasons[0].code == "wrong_total" and rows[6].reasons[0].column == 5  # 800, not 900
    assert [reason.column for reason in rows[6].reasons] == [5]


def test_a_list_without_days_needs_a_year() -> None:
    rows = _rows(*WIDE[1:])
    assert ([reason.code for reason in rows[1].reasons], rows[1].is_counted) == (["unknown_year"], False)


def test_a_day_beside_the_kinds_is_the_day_of_each() -> None:
    rows = _rows(("วันที่จ่าย", "ชื่อ-สกุล", "สวัสดิการคลอดบุตร", "สวัสดิการเจ็บป่วย"), ("5/1/2564", "นางดำ ใจงาม", 500, 300))
    assert [(one.paid_on, one.kind) for one in _benefits(rows[1])] == [
        (date(2021, 1, 5), BenefitKind.BIRTH), (date(2021, 1, 5), BenefitKind.HOSPITAL)]
    assert (rows[1].verdict, rows[1].reasons, rows[1].is_counted) == (Verdict.CREATED, (), True)


def test_kinds_over_amounts_and_nights() -> None:
    found = judge_whole(REGISTER, sheet([
        ("ชื่อ-สกุล", "วันที่จ่าย", "นอนโรงพยาบาล", None, "คลอดบุตร"), (None, None, "คืน", "บาท", "บาท"),
        ("นางดำ ใจงาม", "5/1/2564", 3, 300, 500)], name="สวัสดิการ", merged=["C1:D1"]))
    rows = [row for row in found.rows if row.sheet == "สวัสดิการ"]
    assert [(one.kind, one.satang) for one in _benefits(rows[2])] == [
        (BenefitKind.HOSPITAL, 30_000), (BenefitKind.BIRTH, 50_000)]


def test_told_again_nothing_is_new_and_own_months_are_left_out() -> None:
    first = _rows(*WIDE)[3]
    assert first.booked is not None
    kept = booked_as_kept(booked=first.booked)
    told = list(benefits_kept(kept=kept))
    assert [(one.kind, one.paid_on) for one in told] == [
        (BenefitKind.BIRTH, date(2021, 9, 30)), (BenefitKind.HOSPITAL, date(2021, 9, 30))]
    assert beyond(kept=kept, before=Counter(one.sameness for one in told)) == {}
    assert beyond(kept=kept, before=Counter([told[0].sameness])) == {"benefits": kept["benefits"][1:]}
    dated = _rows(("วันที่จ่าย", "ชื่อ-สกุล", "คลอดบุตร", "เจ็บป่วย"), ("5/1/2564", "นางดำ ใจงาม", 500, 300))[1]
    left = before_own_books(row=dated, own_from=date(2021, 1, 1))
    assert (left.is_counted, _benefits(left)) == (False, [])
    assert before_own_books(row=dated, own_from=date(2022, 1, 1)) == dated


def test_what_was_recorded_is_unchanged() -> None:
    who = mark_of(written="3-1 นายแดง ใจดี")
    recorded = Recorded(benefits={(who, None, BenefitKind.HOSPITAL, 60_000)})
    rows = judge_whole(REGISTER, sheet(WIDE, name="สวัสดิการ"), recorded=recorded).rows  # type: ignore[arg-type]
    assert Verdict.UNCHANGED in {row.verdict for row in rows if row.sheet == "สวัสดิการ" and row.row == 3}
