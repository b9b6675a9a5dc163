"""A fund's workbook comes into the register: previewed, committed, sent again, undone."""
import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from ombun.access.operations import NewFund, operator, start_fund
from ombun.contributions.operations import write_past_payments
from ombun.funds import queries as fund_queries
from ombun.funds.operations import NewCentre
from ombun.imports import queries as imports
from ombun.imports.operations import ImportRefused, commit_import, preview_import, undo_import
from ombun.members import queries
from ombun.members.operations import end_membership, enrol_member, write_members
from ombun.members.rules.membership import LeftReason, NewMember, NoIdReason
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
NOW = datetime(2026, 1, 10, 3, tzinfo=UTC)
END = date(2025, 9, 30)


@pytest.fixture
def registrar():
    """The registrar of a new fund with twelve villages and nobody in it."""
    code = f"import-{uuid4().hex[:10]}"
    start_fund(logins=[], recorded_at=NOW, new=NewFund(
        code=code, name="กองทุนทดสอบ", tambon_code=440308, founded_on=date(2010, 6, 9), starts_on=date(2025, 10, 1),
        dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), holders=(),
        centres=tuple(NewCentre(id=uuid4(), moo=moo, name=f"หมู่ {moo}") for moo in range(1, 13))))
    return operator(code=code)


@pytest.fixture
def workbook():
    return [("B_nongsarai.xlsx", (WORKBOOKS / "B_nongsarai.xlsx").read_bytes())]


def without_villages():
    """The registrar of a fund that was founded without saying which villages it has."""
    code = f"bare-{uuid4().hex[:10]}"
    start_fund(logins=[], recorded_at=NOW, new=NewFund(
        code=code, name="กองทุนทดสอบ", tambon_code=440308, founded_on=date(2010, 6, 9), starts_on=date(2025, 10, 1),
        dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), holders=(), centres=()))
    return operator(code=code)


def preview(actor, files, batch_id=None):
    return preview_import(actor=actor, batch_id=batch_id or uuid4(), files=files, books_end_on=END, previewed_at=NOW)


def counts(actor):
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return queries.counts(fund_id=actor.fund_id, on=END)


def test_a_preview_changes_nothing_and_every_row_has_a_verdict(registrar, workbook):
    totals = preview(registrar, workbook).totals
    assert totals["rows"] == sum(number for name, number in totals.items() if name != "rows")
    assert totals["created"] > 1000 and counts(registrar).members_ever == 0


def test_a_commit_brings_in_everybody_as_the_truth_has_it(registrar, workbook):
    done = commit_import(actor=registrar, batch_id=preview(registrar, workbook).batch_id, committed_at=NOW)
    truth = json.loads((WORKBOOKS / "truth_B.json").read_text())
    right = truth["member_counts"]["2025-09-30"]["rows_that_can_be_dated_and_placed"]  # others wait for an answer
    found = counts(registrar)
    assert done.created == len(truth["members"])
    assert (found.members_ever, found.members_current, found.full_year_members) == (
        right["cumulative"], right["current"], right["full_year"])


def test_sent_twice_it_changes_nothing(registrar, workbook):
    first = preview(registrar, workbook)
    assert preview(registrar, workbook, first.batch_id) == first
    commit_import(actor=registrar, batch_id=first.batch_id, committed_at=NOW)
    again = commit_import(actor=registrar, batch_id=first.batch_id, committed_at=NOW)
    assert again.was_already_committed
    second = preview(registrar, workbook)
    assert second.totals["created"] == second.totals["updated"] == 0
    truth = json.loads((WORKBOOKS / "truth_B.json").read_text())
    left_out = [issue["severity"] for issue in truth["issues"]
                if issue["counted"] is False and issue["code"] != "unclear_cell"]  # a cell; its row counts
    assert second.totals["questioned"] == left_out.count("question")
    assert second.totals["refused"] == left_out.count("refuse")
    assert second.totals["unchanged"] == first.totals["rows"] - first.totals["not_data"] - len(left_out)
    with pytest.raises(ImportRefused, match="same_id_other_file"):
        preview(registrar, [("A.xlsx", (WORKBOOKS / "A_donkaeo.xlsx").read_bytes())], first.batch_id)


def test_a_changed_row_updates_its_member_and_undo_gives_the_old_values_back(registrar):
    sheet = "เลขที่,ชื่อ-สกุล,หมู่ที่,บ้านเลขที่,วันที่เข้าเป็นสมาชิก\n{}"
    rows = "\n".join(f"{n},นาย{name} ใจดี,4,{house},1/2/2560" for n, name, house in
                     [("4-1", "แก้ว", "12"), ("4-2", "ขวัญ", "13"), ("4-3", "คำ", "14")])
    first = preview(registrar, [("a.csv", sheet.format(rows).encode())])
    assert commit_import(actor=registrar, batch_id=first.batch_id, committed_at=NOW).created == 3
    moved = preview(registrar, [("b.csv", sheet.format(rows.replace(",13,", ",99,")).encode())])
    assert (moved.totals["updated"], moved.totals["unchanged"]) == (1, 2)
    assert commit_import(actor=registrar, batch_id=moved.batch_id, committed_at=NOW).updated == 1
    assert houses(registrar) == ["12", "14", "99"]
    assert undo_import(actor=registrar, batch_id=moved.batch_id, undone_at=NOW).given_back == 1
    assert houses(registrar) == ["12", "13", "14"]


def houses(actor):
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return sorted(card.house_no for card in queries.all_members(fund_id=actor.fund_id))


def test_an_undo_hides_the_persons_and_the_workbook_can_come_in_again(registrar, workbook):
    batch_id = preview(registrar, workbook).batch_id
    commit_import(actor=registrar, batch_id=batch_id, committed_at=NOW)
    undone = undo_import(actor=registrar, batch_id=batch_id, undone_at=NOW)
    assert undone.withdrawn > 1000 and counts(registrar).members_ever == 0
    assert undo_import(actor=registrar, batch_id=batch_id, undone_at=NOW).was_already_undone
    with pytest.raises(ImportRefused, match="import_was_undone"):
        commit_import(actor=registrar, batch_id=batch_id, committed_at=NOW)
    again = commit_import(actor=registrar, batch_id=preview(registrar, workbook).batch_id, committed_at=NOW)
    assert again.created == undone.withdrawn


def test_what_something_was_built_on_is_not_undone(registrar, workbook):
    batch_id = preview(registrar, workbook).batch_id
    with pytest.raises(ImportRefused, match="import_not_committed"):
        undo_import(actor=registrar, batch_id=batch_id, undone_at=NOW)
    commit_import(actor=registrar, batch_id=batch_id, committed_at=NOW)
    with fund_transaction(fund_id=registrar.fund_id):
        member = queries.all_members(fund_id=registrar.fund_id)[0].id
        write_past_payments(actor=registrar, batch_id=uuid4(), recorded_at=NOW, payments={
            (member, date(2025, 8, 1)): Satang(3000)})
    with pytest.raises(ImportRefused, match="something_built_on"):
        undo_import(actor=registrar, batch_id=batch_id, undone_at=NOW)
    assert counts(registrar).members_ever > 1000


def test_a_preview_is_stale_once_the_register_changes(registrar, workbook):
    batch_id = preview(registrar, workbook).batch_id
    with fund_transaction(fund_id=registrar.fund_id, read_only=True):
        centre = fund_queries.centres(fund_id=registrar.fund_id)[0]
    member_id = enrol_member(actor=registrar, membership_id=uuid4(), enrolled_on=END, recorded_at=NOW, new=NewMember(
        member_no="x-1", name_title="นาง", first_name="ใหม่", last_name="เพิ่งมา", joined_on=END,
        centre_id=centre.id)).member_id
    end_membership(actor=registrar, member_id=member_id, left_on=END, reason=LeftReason.MOVED, recorded_at=NOW)
    with pytest.raises(ImportRefused, match="register_changed_since_preview"):
        commit_import(actor=registrar, batch_id=batch_id, committed_at=NOW)
    with pytest.raises(ImportRefused, match="no_such_import"):
        commit_import(actor=registrar, batch_id=uuid4(), committed_at=NOW)


def test_a_file_that_is_no_register_is_refused_and_nothing_is_kept(registrar):
    batch_id = uuid4()
    with pytest.raises(ImportRefused, match="no_register_sheet"):
        preview(registrar, [("notes.csv", "บันทึก\nประชุมวันพุธ\n".encode())], batch_id)
    with fund_transaction(fund_id=registrar.fund_id, read_only=True):
        assert not imports.imports(fund_id=registrar.fund_id)


def test_a_cell_without_end_does_not_stop_the_import(registrar):
    headings = "เลขทะเบียน,ชื่อ-สกุล,เลขบัตรประชาชน,วันเดือนปีเกิด,บ้านเลขที่,หมู่,วันที่สมัคร"
    row = f"{'7' * 999},นาง{'ก' * 20_000} ใจดี,,5/6/2510,{'9' * 999},3,13/1/2556"
    done = commit_import(actor=registrar, committed_at=NOW, batch_id=preview(
        registrar, [("register.csv", f"{headings}\n{row}\n".encode())]).batch_id)
    assert done.created == 1
    with fund_transaction(fund_id=registrar.fund_id, read_only=True):
        card, = queries.all_members(fund_id=registrar.fund_id)
    assert (card.member_no, card.full_name, card.house_no, card.moo) == ("", "นาง ใจดี", "", 3)
    assert "text_too_long" in card.questioned


def test_an_id_that_a_workbook_knows_takes_the_place_of_why_there_was_none(registrar):
    """Both beside one another the database refuses."""
    with fund_transaction(fund_id=registrar.fund_id):
        centre = fund_queries.centres(fund_id=registrar.fund_id)[0]
        (member,) = write_members(actor=registrar, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no="7", name_title="นาง", first_name="มาลี", last_name="ใจบุญ", joined_on=date(2015, 5, 1),
            centre_id=centre.id, no_id_reason=NoIdReason.NOT_SEEN))])
    rows = "เลขสมาชิก,ชื่อ - สกุล,เลขบัตรประชาชน,หมู่ที่,วันที่สมัคร\n7,นางมาลี ใจบุญ,{},1,1/5/2558\n"
    for written, number, reason in (("9100500012345", "9100500012345", None), ("ยังไม่ได้ดูบัตร", "9100500012345", None)):
        files = [("ทะเบียน.csv", rows.format(written).encode())]
        commit_import(actor=registrar, batch_id=preview(registrar, files).batch_id, committed_at=NOW)
        with fund_transaction(fund_id=registrar.fund_id, read_only=True):
            card = queries.member_card(fund_id=registrar.fund_id, member_id=member)
        assert (card.national_id, card.no_id_reason) == (number, reason)


def asked(actor):
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return {card.member_no: card.questioned for card in queries.all_members(fund_id=actor.fund_id)}


def test_a_second_workbook_asks_about_somebody_known_only_what_nothing_answers(registrar):
    rows = ("เลขที่,ชื่อ-สกุล,เลขบัตรประชาชน,วันเกิด,หมู่ที่,วันที่เข้าเป็นสมาชิก\n"
            "4-1,นายแก้ว ใจดี,{},{},4,1/2/2560\n4-2,นายขวัญ ใจดี,9100500012345,1/3/2510,4,1/2/2560\n")

    def take_in(number, born):
        batch = preview(registrar, [("a.csv", rows.format(number, born).encode())]).batch_id
        commit_import(actor=registrar, batch_id=batch, committed_at=NOW)
        return batch

    take_in("", "1/3/2500")
    assert asked(registrar) == {"4-1": ("missing_id",), "4-2": ()}
    second = take_in("91005000", "31/2/2510")
    assert asked(registrar) == {"4-1": ("missing_id", "truncated_id"), "4-2": ()}  # the birth is known
    third = take_in("91005000", "31/2/2510")
    assert asked(registrar) == {"4-1": ("missing_id", "truncated_id"), "4-2": ()}
    undo_import(actor=registrar, batch_id=third, undone_at=NOW)
    assert asked(registrar)["4-1"] == ("missing_id", "truncated_id")
    undo_import(actor=registrar, batch_id=second, undone_at=NOW)
    assert asked(registrar)["4-1"] == ("missing_id",)
    take_in("91005000", "1/3/2500")
    assert asked(registrar)["4-1"] == ("missing_id", "truncated_id")


def test_a_fund_founded_without_villages_gets_those_of_its_register():
    actor, file = without_villages(), [("A.xlsx", (WORKBOOKS / "A_donkaeo.xlsx").read_bytes())]
    first = preview(actor, file)
    commit_import(actor=actor, batch_id=first.batch_id, committed_at=NOW)
    truth = json.loads((WORKBOOKS / "truth_A.json").read_text())["member_counts"]
    for day in ("2021-09-30", "2022-09-30", "2023-09-30"):
        right = truth[day]["rows_that_can_be_dated_and_placed"]
        with fund_transaction(fund_id=actor.fund_id, read_only=True):
            found = queries.counts(fund_id=actor.fund_id, on=date.fromisoformat(day))
        assert (found.members_ever, found.members_current, found.full_year_members) == (
            right["cumulative"], right["current"], right["full_year"])
    again = preview(actor, file).totals
    assert (again["created"], again["updated"]) == (0, 0)
