"""The other books of the two sample workbooks against their truth: every row, every reason, every baht."""
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import pytest

from ombun.imports.rules.benefit_words import kind_of, nights_in
from ombun.imports.rules.books import (
    AccountItem,
    AccountsRow,
    BenefitKind,
    BenefitRow,
    GridRow,
    Person,
    Recorded,
    paid_months,
    payer,
)
from ombun.imports.rules.register_row import RowVerdict, Severity, Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from ombun.primitives.days import fiscal_year_be
from tests.rules.register_files import committed, judged_whole, sheets_of, truth_of

both = pytest.mark.parametrize("key", ["A", "B"])


def _refs(key: str) -> dict[tuple[str, ...], str]:
    return {tuple(member["at"]): member["ref"] for member in truth_of(key)["members"]}


def _ref(key: str, person: Person | None) -> str | None:
    return _refs(key)[person.place] if person is not None and person.place is not None else None


def _counted(key: str) -> list[RowVerdict]:
    return [row for row in judged_whole(key).rows if row.is_counted and row.booked is not None]


@both
def test_every_row_of_every_sheet_is_seen_once_and_for_what_it_is(key: str) -> None:
    expected = {}
    for sheet in truth_of(key)["sheets"]:
        kinds = [("data", span) for span in sheet["data"]]
        kinds += [(kind, span) for kind, spans in sheet["not_data"].items() for span in spans]
        expected |= {(sheet["sheet"], row): kind for kind, (first, last) in kinds for row in range(first, last + 1)}
    rows = judged_whole(key).rows
    assert len(rows) == len(expected) == sum(len(sheet.rows) for sheet in sheets_of(key))
    assert {(row.sheet, row.row): row.row_kind.value for row in rows} == expected
    assert [row.sheet for row in rows] == [sheet.name for sheet in sheets_of(key) for _ in sheet.rows]


@both
def test_every_sheet_is_known_for_what_it_is_and_all_but_notes_are_taken(key: str) -> None:
    seen = {sheet.sheet: (sheet.role.value, sheet.is_taken) for sheet in judged_whole(key).sheets}
    assert seen == {sheet["sheet"]: (sheet["role"], sheet["role"] != "notes") for sheet in truth_of(key)["sheets"]}


@both
def test_exactly_the_reasons_of_the_truth_are_found(key: str) -> None:
    expected = Counter((issue["sheet"], issue["row"], issue["code"], issue["severity"])
                       for issue in truth_of(key)["issues"])
    found = Counter((row.sheet, row.row, reason.code, reason.severity.value)
                    for row in judged_whole(key).rows for reason in row.reasons)
    assert found == expected


@both
def test_reasons_name_the_cell_what_is_written_and_what_is_right(key: str) -> None:
    found = {(row.sheet, row.row, reason.code): reason for row in judged_whole(key).rows for reason in row.reasons}
    roles = {sheet["sheet"]: sheet["role"] for sheet in truth_of(key)["sheets"]}
    for issue in truth_of(key)["issues"]:
        if roles[issue["sheet"]] == "register":
            continue
        reason = found[issue["sheet"], issue["row"], issue["code"]]
        assert issue.get("col", reason.column) == reason.column
        for written in ("raw", "written"):
            assert str(issue.get(written, reason.written)) == reason.written
        if "right" in issue:
            assert reason.facts["right_satang"] == issue["right"] * 100
        if "grid" in issue:
            assert reason.facts["grid_satang"] == issue["grid"] * 100
        if "books_have" in issue:
            assert reason.facts["books_have_satang"] == issue["books_have"] * 100
        if "same_as" in issue:
            assert reason.facts["same_row"] == issue["same_as"]


@both
def test_a_row_is_counted_and_tied_as_the_truth_has_it(key: str) -> None:
    rows = {(row.sheet, row.row): row for row in judged_whole(key).rows}
    roles = {sheet["sheet"]: sheet["role"] for sheet in truth_of(key)["sheets"]}
    for issue in truth_of(key)["issues"]:
        row = rows[issue["sheet"], issue["row"]]
        if roles[issue["sheet"]] == "register" or row.booked is None or issue["code"] == "unclear_cell":
            continue
        assert row.is_counted is (issue["counted"] is not False)
        if "ref" in issue and isinstance(row.booked, GridRow | BenefitRow):
            assert _ref(key, row.booked.person) == issue["ref"]
    for row in rows.values():
        gravest = row.reasons[0].severity if row.reasons else Severity.NOTE
        if row.verdict is not Verdict.NOT_DATA:
            assert (row.verdict is Verdict.REFUSED) == (gravest is Severity.REFUSE)
            assert (row.verdict is Verdict.QUESTIONED) == (gravest is Severity.QUESTION)


@both
def test_contributions_by_member_village_and_year(key: str) -> None:
    moo = {member["ref"]: str(member["moo"]) for member in truth_of(key)["members"]}
    by_member: defaultdict[str, Counter[str]] = defaultdict(Counter)
    unmatched: Counter[str] = Counter()
    for row in _counted(key):
        for payment in row.booked.payments if isinstance(row.booked, GridRow) else ():
            year = str(fiscal_year_be(payment.month))
            ref = _ref(key, payment.person)
            (by_member[ref] if ref else unmatched)[year] += payment.satang
    truth = truth_of(key)["contributions"]
    found = {ref: {year: [satang // 100, paid_months(satang=satang)] for year, satang in years.items()}
             for ref, years in by_member.items()}
    assert found == truth["by_member"]
    for year, sums in truth["by_year"].items():
        mine = [years[year] for years in found.values() if year in years]
        assert [sum(baht for baht, _ in mine), sum(months for _, months in mine)] == [
            sums["baht"], sums["paid_member_months"]]
        assert (unmatched[year] // 100, unmatched[year] // 3000) == (sums["unmatched_baht"], sums["unmatched_months"])
        for village, expected in truth["by_village"][year].items():
            there = [years[year] for ref, years in found.items() if year in years and moo[ref] == village]
            assert [sum(baht for baht, _ in there), sum(months for _, months in there)] == expected


@both
def test_benefits_row_by_row_and_by_year_and_kind(key: str) -> None:
    truth = truth_of(key)["benefits"]
    impossible = {(i["sheet"], i["row"]) for i in truth_of(key)["issues"] if i["code"] == "impossible_date"}
    rows, by_year = [], defaultdict[str, dict[str, list[int]]](dict)
    for row in _counted(key):
        if isinstance(found := row.booked, BenefitRow):
            assert found.satang is not None and found.satang % 100 == 0
            rows.append([row.sheet, row.row, str(found.paid_on), _ref(key, found.person), found.kind.value,
                         found.satang // 100, found.nights])
            sums = by_year[str(found.fiscal_year_be)].setdefault(found.kind.value, [0, 0])
            sums[0], sums[1] = sums[0] + 1, sums[1] + found.satang // 100
    expected = [[sheet, row, "None" if (sheet, row) in impossible else day, ref, kind, baht,
                 0 if kind == "UNCLEAR" else nights] for sheet, row, day, ref, kind, baht, nights in truth["rows"]]
    assert rows == expected
    assert dict(by_year) == truth["by_year_kind"]


@both
def test_a_benefit_of_no_possible_day_still_has_its_month(key: str) -> None:
    days = {(sheet, row): day for sheet, row, day, *_ in truth_of(key)["benefits"]["rows"]}
    for row in _counted(key):
        if isinstance(row.booked, BenefitRow) and row.booked.paid_on is None:
            assert str(row.booked.month) == days[row.sheet, row.row][:7] + "-01"


@both
def test_the_funds_own_words_for_benefits(key: str) -> None:
    for word, kind in truth_of(key)["benefits"]["words"].items():
        for nights in range(3) if "N" in word else range(1):
            assert kind_of(word=word.replace("N", str(nights))) is BenefitKind(kind)
            assert nights_in(text=word.replace("N", str(nights))) == nights


@both
def test_accounts_of_every_year(key: str) -> None:
    for year in judged_whole(key).accounts:
        truth = truth_of(key)["accounts"][str(year.fiscal_year_be)]
        receipts: Counter[AccountItem] = Counter()
        payments: Counter[AccountItem] = Counter()
        for month in year.months:
            receipts.update(month.receipts)
            payments.update(month.payments)
        last = year.months[-1]
        balances = (year.opening_cash_satang, year.opening_bank_satang, last.cash_satang, last.bank_satang)
        names = ("opening_cash", "opening_bank", "closing_cash", "closing_bank")
        assert [satang for satang in balances if satang is not None] == [truth[name] * 100 for name in names]
        for sums, side in ((receipts, "receipts"), (payments, "payments")):
            assert {item.value: satang // 100 for item, satang in sums.items()} == truth[side]
    assert [str(year.fiscal_year_be) for year in judged_whole(key).accounts] == list(truth_of(key)["accounts"])


@both
def test_lines_of_the_accounts_add_up_to_their_years(key: str) -> None:
    lines = [line for row in _counted(key) if isinstance(row.booked, AccountsRow) for line in row.booked.lines]
    for year, truth in truth_of(key)["accounts"].items():
        mine = [line for line in lines if str(fiscal_year_be(line.month)) == year]
        for item, baht in {**truth["receipts"], **truth["payments"]}.items():
            assert sum(line.satang for line in mine if line.item == item) == baht * 100


def _again(key: str) -> Preview:
    """The workbook sent a second time, to the fund that took it in."""
    first = judged_whole(key)
    members = committed(replace(first, rows=tuple(row for row in first.rows if row.values is not None)))
    places = [(row.file, row.sheet, row.row) for row in first.rows if row.values is not None and row.is_counted]
    ids = {place: member.member_id for member, place in zip(members, places, strict=True)}
    payments: Counter[tuple[int | str, date]] = Counter()
    benefits, lines = set(), {}
    for row in _counted(key):
        found = row.booked
        if isinstance(found, AccountsRow):
            lines |= {(line.month, line.item, line.word): line.satang for line in found.lines}
            continue
        assert found is not None
        person = found.person and replace(found.person, member_id=ids[found.person.place])  # type: ignore[index]
        who = payer(person=person, written_no=found.written_no, written_name=found.written_name)
        if isinstance(found, BenefitRow):
            benefits.add((who, found.paid_on or found.month, found.kind, found.satang or 0))
        else:
            payments.update({(who, payment.month): payment.satang for payment in found.payments})
    fund = truth_of(key)["fund"]
    return judge_workbooks(
        sheets=sheets_of(key), known=members, founded_on=date.fromisoformat(fund["founded_on"]),
        books_end_on=date(2030, 1, 1), villages=[int(moo) for moo in fund["villages"]],
        recorded=Recorded(payments=payments, benefits=benefits, accounts=lines))


@both
def test_the_same_workbook_sent_twice_changes_nothing(key: str) -> None:
    again = _again(key)
    counted = [row for row in again.rows if row.is_counted]
    assert {row.verdict for row in counted} == {Verdict.UNCHANGED}
    assert not any(row.changes for row in again.rows)
    assert [[reason.code for reason in row.reasons] for row in again.rows if row.booked] == [
        [reason.code for reason in row.reasons] for row in judged_whole(key).rows if row.booked]
