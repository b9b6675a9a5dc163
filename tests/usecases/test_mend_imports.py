"""While a workbook is looked at: rows mended, headings explained, doubted rows sent back; later copies are erased."""
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from ombun.imports import queries
from ombun.imports.operations import (
    commit_import,
    forget_workbooks,
    judge_import_again,
    mend_rows,
    preview_import,
    tell_sheet,
    undo_import,
)
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.reason_workbook import REASON, REFERENCE, Doubted, reason_workbook, reference_of
from ombun.members.queries import all_members
from tests.people import NOW, TODAY, Cast
from tests.refusing import nothing_written, refused
from tests.rules.register_files import national_id
from tests.usecases.workbooks import xlsx

HEADINGS = ("เลขทะเบียน", "ชื่อ-สกุล", "หมู่ที่", "เลขบัตรประชาชน", "วันที่สมัคร")
RIGHT, WRONG = national_id("900000000001"), "9000000000001"
REGISTER = xlsx({"ทะเบียน": [HEADINGS, ("4-1", "นายแก้ว ใจดี", 4, WRONG, "1/2/2560"), ("4-2", "", 4, RIGHT, "1/2/2560"),
                             ("4-3", "นายคำ =1+1", 4, "", "1/2/2560")]})
STRANGE = ("ตัวเลขสมุด", "ใครเอ่ย", "คุ้มที่", "สิบสามตัว", "มาเมื่อ")
ODD = xlsx({"แผ่น 1": [STRANGE, ("4-1", "นายแก้ว ใจดี", 4, RIGHT, "1/2/2560")]})


@pytest.fixture
def fund():
    """A fund with two villages and nobody in its register."""
    return Cast(members=0)


def previewed(fund, content=REGISTER, name="ทะเบียน.xlsx", at=NOW):
    return preview_import(actor=fund.somsri, batch_id=uuid4(), files=[(name, content)], books_end_on=TODAY,
                          previewed_at=at)


def rows_of(fund, batch_id):
    with fund.reading():
        return {row.row: row for row in queries.import_rows(fund_id=fund.id, batch_id=batch_id)}


def mend(fund, batch_id, **rows):
    there = rows_of(fund, batch_id)
    return mend_rows(actor=fund.somsri, batch_id=batch_id, books_end_on=TODAY, mended_at=NOW,
                     rows={there[int(row[1:])].id: cells for row, cells in rows.items()})


def tell(fund, batch_id, *, file="แปลก.xlsx", role=SheetRole.REGISTER, headings=None, heading_row=1, unnamed=None):
    meant = ("member_no", "name", "moo", "national_id", "joined_on")
    return tell_sheet(
        actor=fund.somsri, batch_id=batch_id, file=file, sheet="แผ่น 1", role=role, heading_row=heading_row,
        unnamed=unnamed or {}, books_end_on=TODAY, told_at=NOW,
        headings=dict(zip(STRANGE, meant, strict=True)) if headings is None else headings)


def people(fund):
    with fund.reading():
        return {card.member_no: card for card in all_members(fund_id=fund.id)}


def test_a_mended_cell_is_judged_by_the_same_rules_and_comes_in(fund):
    batch_id = previewed(fund).batch_id
    assert {row.verdict for row in rows_of(fund, batch_id).values()} == {"not_data", "refused", "questioned"}
    done = mend(fund, batch_id, r2={4: national_id("900000000002")}, r3={2: "นางดวง ใจดี"})
    assert (done.told, done.totals["created"], done.totals["questioned"]) == (2, 2, 1)
    assert commit_import(actor=fund.somsri, batch_id=batch_id, committed_at=NOW).created == 3
    assert people(fund)["4-1"].national_id == national_id("900000000002") and people(fund)["4-2"].first_name == "ดวง"


def test_a_cell_may_be_mended_into_another_doubt_and_emptied(fund):
    batch_id = previewed(fund).batch_id
    mend(fund, batch_id, r2={4: ""}, r4={4: RIGHT})
    rows = rows_of(fund, batch_id)
    assert [reason["code"] for reason in rows[2].reasons] == ["missing_id"]
    assert [reason["code"] for reason in rows[4].reasons] == ["duplicate_person"]


def test_mended_the_same_twice_nothing_is_written(fund):
    batch_id = previewed(fund).batch_id
    mend(fund, batch_id, r2={4: RIGHT})
    with nothing_written(fund.id):
        assert mend(fund, batch_id, r2={4: RIGHT}).told == 0


def test_what_is_not_there_or_came_in_is_not_mended(fund):
    batch_id = previewed(fund).batch_id
    with refused(fund, "imports.no_such_row", "imports.no_such_row"):
        mend_rows(actor=fund.somsri, batch_id=batch_id, rows={1: {1: "x"}, 2: {1: "x"}}, books_end_on=TODAY,
                  mended_at=NOW)
    with refused(fund, "imports.no_such_import"):
        mend_rows(actor=fund.somsri, batch_id=uuid4(), rows={}, books_end_on=TODAY, mended_at=NOW)
    commit_import(actor=fund.somsri, batch_id=batch_id, committed_at=NOW)
    with refused(fund, "imports.no_longer_previewed"):
        mend(fund, batch_id, r2={4: RIGHT})


def test_strange_headings_are_told_once_and_remembered(fund):
    first = previewed(fund, ODD, "แปลก.xlsx")
    assert first.totals == {"rows": 2, "not_data": 2, "created": 0, "updated": 0, "unchanged": 0, "questioned": 0,
                            "refused": 0}
    assert tell(fund, first.batch_id).totals["created"] == 1
    with nothing_written(fund.id):
        assert tell(fund, first.batch_id).told == 0
    assert commit_import(actor=fund.somsri, batch_id=first.batch_id, committed_at=NOW).created == 1
    assert people(fund)["4-1"].joined_on == date(2017, 2, 1)
    assert previewed(fund, ODD, "อีกครั้ง.xlsx").totals["unchanged"] == 1
    assert previewed(Cast(members=0), ODD).totals["not_data"] == 2  # what one fund told is nothing to another


def test_what_was_told_can_be_told_otherwise_and_forgotten(fund):
    batch_id = previewed(fund, ODD, "แปลก.xlsx").batch_id
    tell(fund, batch_id)
    assert tell(fund, batch_id, role=SheetRole.NOTES).totals["not_data"] == 2
    assert tell(fund, batch_id, role=None, headings=dict.fromkeys(STRANGE, "")).told == 6
    with fund.reading():
        told = queries.meanings(fund_id=fund.id)
    assert (told.sheets, told.headings) == ({}, {})


def test_a_column_without_a_heading_is_told_for_this_workbook_only(fund):
    rows = [("เลขทะเบียน", None, "หมู่ที่", "เลขบัตรประชาชน", "วันที่สมัคร"), ("4-1", "นายแก้ว ใจดี", 4, RIGHT, "1/2/2560")]
    batch_id = previewed(fund, xlsx({"แผ่น 1": rows}), "แปลก.xlsx").batch_id
    assert tell(fund, batch_id, headings={}, unnamed={2: "name"}).totals["created"] == 1
    assert commit_import(actor=fund.somsri, batch_id=batch_id, committed_at=NOW).created == 1
    assert people(fund)["4-1"].first_name == "แก้ว"


@pytest.mark.parametrize("wrong", [{"headings": {"ใครเอ่ย": "shoe_size"}}, {"role": SheetRole.OLD_COPY},
                                   {"heading_row": 99}, {"unnamed": {2: "no"}}, {"file": "other.xlsx"}])
def test_a_meaning_that_there_is_not_is_refused(fund, wrong):
    batch_id = previewed(fund, ODD, "แปลก.xlsx").batch_id
    with refused(fund, "imports.no_such_meaning"):
        tell(fund, batch_id, **wrong)


def test_a_preview_is_judged_again_once_the_register_changed(fund):
    first, second = previewed(fund).batch_id, previewed(fund).batch_id
    commit_import(actor=fund.somsri, batch_id=first, committed_at=NOW)
    with refused(fund, "imports.register_changed_since_preview"):
        commit_import(actor=fund.somsri, batch_id=second, committed_at=NOW)
    assert judge_import_again(actor=fund.somsri, batch_id=second, books_end_on=TODAY, judged_at=NOW).totals[
        "unchanged"] == 3
    assert commit_import(actor=fund.somsri, batch_id=second, committed_at=NOW).created == 0


def doubted_rows(fund, batch_id):
    """The workbook of doubted rows, as the page gives it."""
    with fund.reading():
        card = queries.one_import(fund_id=fund.id, batch_id=batch_id)
        kept = queries.kept_sheets(fund_id=fund.id, batch_id=batch_id)
        doubted = {}
        for row in queries.doubted_rows(fund_id=fund.id, batch=card):
            doubted.setdefault((row.file, row.sheet), {})[row.row] = Doubted(
                reference=reference_of(batch_id=batch_id, row_id=row.id), said="เพราะ", columns=frozenset({4}))
    return reason_workbook(sheets=kept.sheets, kinds=kept.kinds, doubted=doubted)


def changed(content, **cells):
    """A workbook with some of its cells written otherwise."""
    sheet, = read_workbook(file="f.xlsx", content=content)
    rows = [list(row) for row in sheet.rows]
    for place, value in cells.items():
        rows[int(place[1:]) - 1][ord(place[0]) - 65] = value
    return xlsx({sheet.name: rows})


def test_doubted_rows_go_out_with_their_headings_and_no_formula(fund):
    content = doubted_rows(fund, previewed(fund).batch_id)
    sheet, = read_workbook(file="f.xlsx", content=content)
    assert (sheet.name, sheet.rows[0]) == ("ทะเบียน", (*HEADINGS, REASON, REFERENCE))
    assert [row[:3] for row in sheet.rows[1:]] == [
        ("4-1", "นายแก้ว ใจดี", 4), ("4-2", None, 4), ("4-3", "นายคำ =1+1", 4)]
    assert all(row[5] == "เพราะ" and "-" in row[6] for row in sheet.rows[1:])


def test_mended_rows_come_back_into_the_import_that_they_are_of(fund):
    batch_id = previewed(fund).batch_id
    back = [("แก้.xlsx", changed(doubted_rows(fund, batch_id), D2=national_id("900000000002"), B3="นางดวง ใจดี"))]
    for told in (2, 0):
        with fund.reading():
            mended = queries.mended_in(fund_id=fund.id, files=back)
        assert mended.batch_id == batch_id and len(mended.rows) == told
        mend_rows(actor=fund.somsri, batch_id=batch_id, rows=mended.rows, books_end_on=TODAY, mended_at=NOW)
    assert [row.verdict for row in rows_of(fund, batch_id).values()] == ["not_data", "created", "created", "questioned"]


def test_moved_and_missing_columns_of_mended_rows_are_found_by_their_headings(fund):
    batch_id = previewed(fund).batch_id
    sheet, = read_workbook(file="f.xlsx", content=doubted_rows(fund, batch_id))
    turned = [[row[i] for i in (6, 3, 0)] for row in sheet.rows]
    turned[1][1] = national_id("900000000002")
    with fund.reading():
        mended = queries.mended_in(fund_id=fund.id, files=[("แก้.xlsx", xlsx({"x": turned}))])
    assert list(mended.rows.values()) == [{4: national_id("900000000002")}]


def test_once_committed_mended_rows_find_their_people_again_whatever_was_mended(fund):
    batch_id = previewed(fund).batch_id
    out = doubted_rows(fund, batch_id)
    commit_import(actor=fund.somsri, batch_id=batch_id, committed_at=NOW)
    with fund.reading():
        assert queries.mended_in(fund_id=fund.id, files=[("แก้.xlsx", out)]) is None
    back = changed(out, A2="4-9", D2=national_id("900000000002"), B3="นางดวง ใจดี")
    again = previewed(fund, back, "แก้.xlsx")
    assert (again.totals["updated"], again.totals["created"], again.totals["refused"]) == (2, 0, 0)
    commit_import(actor=fund.somsri, batch_id=again.batch_id, committed_at=NOW)
    assert sorted(people(fund)) == ["4-2", "4-3", "4-9"]
    assert (people(fund)["4-9"].first_name, people(fund)["4-2"].first_name) == ("แก้ว", "ดวง")
    assert [people(fund)[no].questioned for no in ("4-9", "4-2", "4-3")] == [(), (), ("missing_id",)]
    assert previewed(fund, back, "แก้.xlsx").totals["unchanged"] == 3
    undo_import(actor=fund.somsri, batch_id=again.batch_id, undone_at=NOW)
    assert (people(fund)["4-1"].questioned, people(fund)["4-2"].questioned) == (("bad_check_digit",), ("missing_name",))


def test_two_files_of_one_name_are_both_read(fund):
    row = ("4-9", "นายบุญ ใจดี", 4, RIGHT, "1/2/2560")
    files = [("ก.xlsx", REGISTER), ("ก.xlsx", xlsx({"ทะเบียน": [HEADINGS, row]}))]
    done = preview_import(actor=fund.somsri, batch_id=uuid4(), files=files, books_end_on=TODAY, previewed_at=NOW)
    assert done.totals["rows"] == 6
    with fund.reading():
        assert queries.imports(fund_id=fund.id)[0].file_names == ["ก.xlsx", "ก (2).xlsx"]


def test_copies_are_erased_after_their_time_and_rows_that_never_came_in(fund):
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    came_in = previewed(fund, at=long_ago).batch_id
    commit_import(actor=fund.somsri, batch_id=came_in, committed_at=NOW)
    waits = previewed(fund, at=long_ago).batch_id
    assert forget_workbooks(sent_before=long_ago).files == 0
    forgotten = forget_workbooks(sent_before=long_ago + timedelta(days=1))
    assert (forgotten.files, forgotten.rows) == (2, 4)
    assert not rows_of(fund, waits) and len(rows_of(fund, came_in)) == 4
    with refused(fund, "imports.file_no_longer_kept"):
        commit_import(actor=fund.somsri, batch_id=waits, committed_at=NOW)
    with refused(fund, "imports.file_no_longer_kept"):
        mend(fund, waits)
    with nothing_written(fund.id):
        assert forget_workbooks(sent_before=long_ago + timedelta(days=1)).rows == 0


WHOLE = xlsx({
    "ทะเบียน": [HEADINGS, ("4-1", "นายแก้ว ใจดี", 4, RIGHT, "1/2/2560")],
    "สมทบ 2567": [("เลขทะเบียน", "ชื่อ-สกุล", "ต.ค.", "พ.ย.", "ธ.ค."), ("4-1", "นายแก้ว ใจดี", 30, "จ่ายแล้วมั้ง", 30),
                  ("9-9", "นายไม่มี ตัวตน", 30, 30, 30)],
    "สวัสดิการ": [("จ่ายสวัสดิการ ปีงบประมาณ 2567",), ("วันที่", "เลขทะเบียน", "ชื่อ-สกุล", "เรื่อง", "จำนวนเงิน"),
                ("5/11/2566", "4-1", "นายแก้ว ใจดี", "นอน รพ.", None)]})


def test_rows_of_the_other_books_are_mended_on_the_page_and_in_their_workbook(fund):
    batch_id = previewed(fund, WHOLE, "สมุด.xlsx").batch_id
    rows = {(row.sheet, row.row): row for row in every_row(fund, batch_id)}
    assert {reason["code"] for row in rows.values() for reason in row.reasons} == {
        "unclear_cell", "unknown_member", "missing_amount"}
    mend_rows(actor=fund.somsri, batch_id=batch_id, books_end_on=TODAY, mended_at=NOW,
              rows={rows["สมทบ 2567", 2].id: {4: "30"}})
    out = [[list(row) for row in sheet.rows] for sheet in read_workbook(
        file="f.xlsx", content=doubted_rows(fund, batch_id))]
    grid, benefits = out
    assert len(grid) == 2 and benefits[0][0] == "จ่ายสวัสดิการ ปีงบประมาณ 2567"
    grid[1][:2], benefits[2][4] = ["4-1", "นายแก้ว ใจดี"], 500
    with fund.reading():
        mended = queries.mended_in(fund_id=fund.id, files=[("แก้.xlsx", xlsx({"ก": grid, "ข": benefits}))])
    assert sorted(map(len, (cells for cells in mended.rows.values()))) == [1, 2]
    done = mend_rows(actor=fund.somsri, batch_id=batch_id, rows=mended.rows, books_end_on=TODAY, mended_at=NOW)
    assert (done.totals["questioned"], done.totals["created"], done.totals["refused"]) == (0, 3, 1)  # twice a row
    commit_import(actor=fund.somsri, batch_id=batch_id, committed_at=NOW)
    with fund.reading():
        told = queries.told_before(fund_id=fund.id)
    assert (sum(told.payments.values()), sum(told.benefits.values())) == (9_000, 1)


def every_row(fund, batch_id):
    with fund.reading():
        return queries.import_rows(fund_id=fund.id, batch_id=batch_id)
