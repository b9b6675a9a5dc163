"""What the rows of a workbook said is kept for half a year after it came in; then only the verdicts are left."""
from datetime import timedelta
from uuid import uuid4

from ombun.audit.queries import latest
from ombun.imports import queries
from ombun.imports.operations import (
    commit_import,
    forget_cells,
    preview_import,
    undo_import,
)
from ombun.imports.rules.keeping import WORKBOOK_DAYS
from ombun.members.models import Member
from ombun.members.queries import all_members
from tests.guards.full_fund import SMALL
from tests.people import NOW, TODAY
from tests.refusing import nothing_written, refused


def preview(fund, at=NOW):
    batch = uuid4()
    preview_import(actor=fund.somsri, batch_id=batch, files=[("small.xls", SMALL.read_bytes())], books_end_on=TODAY,
                   previewed_at=at)
    return batch


def forget(fund, *, days):
    return forget_cells(actor=fund.somsri, forgotten_at=NOW + timedelta(days=days))


def states(fund):
    with fund.reading():
        return {card.id: (card.state, card.forgotten_on) for card in queries.imports(fund_id=fund.id)}


def rows(fund, batch):
    with fund.reading():
        return queries.import_rows(fund_id=fund.id, batch_id=batch)


def test_of_a_workbook_that_came_in_only_the_verdicts_are_left_after_half_a_year(fund):
    batch = preview(fund)
    commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
    before, people = rows(fund, batch), _people(fund)
    assert any(row.reasons for row in before) and any(row.row_values for row in before)
    with nothing_written(fund.id):
        forget(fund, days=WORKBOOK_DAYS)
    assert forget(fund, days=WORKBOOK_DAYS + 1) == 1
    after = rows(fund, batch)
    assert [(row.verdict, row.member_id, [r["code"] for r in row.reasons]) for row in after] == [
        (row.verdict, row.member_id, [r["code"] for r in row.reasons]) for row in before]
    assert {(row.row_values, str(row.changes)) for row in after} == {(None, "{}")}
    said = {value for row in after for reason in row.reasons
            for value in (reason["written"], *map(str, reason["facts"].values()))}
    assert said <= {"–", "[]"} and _people(fund) == people
    with fund.reading():
        event = latest(fund_id=fund.id, count=1)[0]
    assert (event.action, event.facts) == ("imports.forgotten", {"workbooks": 1})
    with nothing_written(fund.id):
        assert forget(fund, days=WORKBOOK_DAYS + 2) == 0
    assert states(fund)[batch][1] == TODAY + timedelta(days=WORKBOOK_DAYS + 1)


def _people(fund):
    with fund.reading():
        return [(card.id, card.full_name, card.national_id) for card in all_members(fund_id=fund.id)]


def test_what_is_forgotten_cannot_be_undone_and_the_same_file_still_changes_nothing(fund):
    batch = preview(fund)
    commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
    forget(fund, days=WORKBOOK_DAYS + 1)
    with refused(fund, "imports.import_is_forgotten"):
        undo_import(actor=fund.somsri, batch_id=batch, undone_at=NOW)
    again = preview(fund)
    with fund.reading():
        totals = queries.import_totals(fund_id=fund.id, batch_id=again)
    assert (totals["created"], totals["updated"]) == (0, 0)


def test_people_whom_an_undone_workbook_had_brought_are_forgotten_with_it(fund):
    batch = preview(fund)
    commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
    undo_import(actor=fund.somsri, batch_id=batch, undone_at=NOW)
    forget(fund, days=WORKBOOK_DAYS + 1)
    with fund.reading():
        hidden = list(Member.objects.filter(withdrawn_by=batch))
    assert hidden and {(one.first_name, one.last_name, one.national_id, one.phone) for one in hidden} == {
        ("", "", None, "")}
    assert {one.erased_on for one in hidden} == {TODAY + timedelta(days=WORKBOOK_DAYS + 1)}
