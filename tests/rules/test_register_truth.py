"""The two sample workbooks against their truth: every row, every reason, every value."""
from collections import Counter, defaultdict
from typing import Any

import pytest

from ombun.imports.rules.register_row import RowKind, RowVerdict, Verdict
from tests.rules.register_files import committed, judged, sheets_of, truth_of

both = pytest.mark.parametrize("key", ["A", "B"])


def _registers(key: str) -> dict[str, Any]:
    return {sheet["sheet"]: sheet for sheet in truth_of(key)["sheets"] if sheet["role"] == "register"}


def _by_place(key: str) -> dict[tuple[str, int], RowVerdict]:
    return {(row.sheet, row.row): row for row in judged(key).rows}


@both
def test_every_row_of_every_register_is_seen_once_and_for_what_it_is(key: str) -> None:
    expected = {}
    for name, sheet in _registers(key).items():
        kinds = [("data", span) for span in sheet["data"]]
        kinds += [(kind, span) for kind, spans in sheet["not_data"].items() for span in spans]
        expected |= {(name, row): kind for kind, (first, last) in kinds for row in range(first, last + 1)}
    rows = judged(key).rows
    assert len(rows) == len({(row.sheet, row.row) for row in rows})
    assert {(row.sheet, row.row): row.row_kind.value for row in rows} == expected
    assert all((row.verdict is Verdict.NOT_DATA) == (row.row_kind is not RowKind.DATA) for row in rows)


@both
def test_exactly_the_reasons_of_the_truth_are_found(key: str) -> None:
    expected: defaultdict[tuple[str, int], Counter[tuple[str, str]]] = defaultdict(Counter)
    for issue in truth_of(key)["issues"]:
        if issue["sheet"] in _registers(key):
            expected[issue["sheet"], issue["row"]][issue["code"], issue["severity"]] += 1
    found = {place: Counter((reason.code, reason.severity.value) for reason in row.reasons)
             for place, row in _by_place(key).items() if row.reasons}
    assert found == dict(expected)


@both
def test_reasons_name_the_cell_and_what_is_written(key: str) -> None:
    fields = {"birth_date": "born_on", "joined_on": "joined_on"}
    rows = _by_place(key)
    for issue in truth_of(key)["issues"]:
        if issue["sheet"] not in _registers(key):
            continue
        reason = next(r for r in rows[issue["sheet"], issue["row"]].reasons if r.code == issue["code"] and (
            "field" not in issue or r.facts["field"] == fields[issue["field"]]))
        if "raw" in issue:
            assert reason.written == str(issue["raw"])
        if "candidates" in issue:
            assert reason.facts["candidates"] == issue["candidates"]
        if "digits" in issue:
            assert reason.facts["digits"] == issue["digits"]
        if issue["code"] == "duplicate_person":
            place = [reason.facts[name] for name in ("same_file", "same_sheet", "same_row")]
            assert (place, reason.facts["is_variant"]) == (issue["same_as"], issue["variant"])
        else:
            assert reason.column is not None
            assert str(reason.facts["cell"]).endswith(str(issue["row"]))


@both
def test_values_are_the_truth_and_what_nobody_can_know_is_empty(key: str) -> None:
    rows = _by_place(key)
    length = {"day": 10, "month": 7, "year": 4, "none": 0}
    for member in truth_of(key)["members"]:
        _, sheet, number = member["at"]
        values = rows[sheet, number].values
        assert values is not None
        left = "arrears" if values.is_in_arrears else "active"
        found = {
            "member_no": values.member_no, "national_id": values.national_id, "first_name": values.first_name or None,
            "last_name": values.last_name or None, "moo": values.moo,
            "birth_date": str(values.born_on)[:length[values.birth_precision]] if values.born_on else None,
            "joined_on": str(values.joined_on) if values.joined_on else None,
            "kind": values.kind.lower() if values.kind else None,
            "status": values.left_reason.lower() if values.left_reason else left,
            "status_date": str(values.left_on) if values.left_on else None}
        assert found == {name: None if name in member["unknown"] else member[name] for name in found}, member["at"]
        assert values.name_title == member["title"] or "first_name" in member["unknown"]


@both
def test_the_verdict_is_the_gravest_doubt_and_only_second_entries_are_left_out(key: str) -> None:
    rows = _by_place(key)
    word = {"ok": Verdict.CREATED, "question": Verdict.QUESTIONED, "refuse": Verdict.REFUSED}
    for member in truth_of(key)["members"]:
        row = rows[member["at"][1], member["at"][2]]
        assert (row.verdict, row.is_counted) == (word[member["row_state"]], True)
    left_out = {place for place, row in rows.items() if row.row_kind is RowKind.DATA and not row.is_counted}
    assert left_out == {(issue["sheet"], issue["row"]) for issue in truth_of(key)["issues"]
                        if issue["code"] == "duplicate_person"}


@both
def test_rows_in_are_the_sum_of_the_verdicts(key: str) -> None:
    totals = dict(judged(key).totals)
    rows = totals.pop("rows")
    assert rows == sum(totals.values()) == sum(len(s.rows) for s in sheets_of(key) if s.name in _registers(key))


@both
def test_the_same_file_sent_twice_changes_nothing(key: str) -> None:
    first = judged(key)
    again = judged(key, committed(first))
    assert again.totals["created"] == again.totals["updated"] == again.totals["questioned"] == 0
    assert again.totals["unchanged"] == len(truth_of(key)["members"])
    assert not any(row.changes for row in again.rows)
    assert [[r.code for r in row.reasons] for row in again.rows if row.is_counted] == [
        [r.code for r in row.reasons] for row in first.rows if row.is_counted]
