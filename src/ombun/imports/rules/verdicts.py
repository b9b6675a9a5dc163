"""The verdict on every row of a workbook's registers: dry run first, and the same rules again on commit.

Rows in = created + updated + unchanged + questioned + refused + not data. Always.
"""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from ombun.imports.rules import same_person
from ombun.imports.rules.books import AccountsYear
from ombun.imports.rules.duplicates import Entry, find_known, find_repeated
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.printed_words import is_named_old
from ombun.imports.rules.reasons import gravest_first, word_of
from ombun.imports.rules.register_row import KnownMember, RegisterRow, RowKind, RowVerdict, Verdict
from ombun.imports.rules.register_sheet import RegisterSheet
from ombun.imports.rules.row_reading import FundLife, is_heading_trusted, read_row
from ombun.primitives.days import month_end
from ombun.primitives.refusals import Refusal

_NOT_COMPARED = {"remark", "is_in_arrears", "birth_precision", "life"}  # notes about a row, not facts of the register
_OLD_COPY_ROWS_MIN = 3
_OLD_COPY_SHARE = 5  # of at most one row in so many may an old copy know more than the register


@dataclass(frozen=True, kw_only=True)
class SheetSeen:
    """What was made of a sheet. Notes and old copies are named, and not taken."""

    file: str
    sheet: str
    role: SheetRole
    row_count: int
    is_taken: bool
    may_be_told: bool = False  # it is a table, so that a person may say what stands in it
    unread_headings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import would do: a verdict for every row of every sheet, what every sheet is, what the accounts say."""

    rows: tuple[RowVerdict, ...]
    sheets: tuple[SheetSeen, ...]
    accounts: tuple[AccountsYear, ...] = ()

    @property
    def totals(self) -> Mapping[str, int]:
        """How many rows there are, and how many got each verdict; the verdicts add up to the rows."""
        counted = Counter(row.verdict for row in self.rows)
        return {"rows": len(self.rows)} | {verdict.value: counted[verdict] for verdict in Verdict}

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why nothing can be imported at all: no sheet looks like a register or another book."""
        if any(sheet.is_taken for sheet in self.sheets):
            return ()
        files = ", ".join(dict.fromkeys(sheet.file for sheet in self.sheets))
        return (Refusal(code="imports.no_register_sheet", about=files, facts={"file": files}),)


def life_of(
    *, read: Sequence[RegisterSheet], founded_on: date, books_end_on: date, villages: Sequence[int]
) -> FundLife:
    """The life of a fund that these sheets can speak of: it ends where their own grids and accounts end.

    `books_end_on`: the last day they can speak of at all; `villages`: the fund's village numbers (empty: not checked).
    """
    months = [month for sheet in read if sheet.book is not None and (month := sheet.book.last_month) is not None]
    return FundLife(founded_on=founded_on, villages=frozenset(villages),
                    books_end_on=min(books_end_on, month_end(max(months))) if months else books_end_on)


def judge_registers(*, read: Sequence[RegisterSheet], known: Sequence[KnownMember], life: FundLife) -> Preview:
    """Give every row of every register among the sheets its verdict, with all reasons, changing nothing.

    `known`: the register as it is. The verdict names the gravest doubt; a counted row of a doubted verdict is taken on
    commit with its doubtful fields empty. A row that would change nothing is `unchanged`, with its doubts still listed,
    so that the same file sent twice changes nothing. Source: README of the sample workbooks.
    """
    entries = {number: _entries(sheet, life) for number, sheet in enumerate(read) if sheet.role is SheetRole.REGISTER}
    old_copies = _old_copies(read, entries)
    living = [entry for number, found in entries.items() if number not in old_copies for entry in found]
    find_repeated(entries=living)
    find_known(entries=living, known=known)
    verdicts = []
    for number, sheet in enumerate(read):
        judged = {} if number in old_copies else {entry.row.row: _verdict(entry) for entry in entries.get(number, ())}
        verdicts += [judged.get(row.row) or RowVerdict(
            file=sheet.file, sheet=sheet.name, row=row.row, verdict=Verdict.NOT_DATA,
            row_kind=RowKind.OLD_COPY if number in old_copies else row.kind) for row in sheet.rows]
    return Preview(rows=tuple(verdicts), sheets=tuple(
        SheetSeen(file=sheet.file, sheet=sheet.name, row_count=sheet.row_count, unread_headings=sheet.unread_headings,
                  role=SheetRole.OLD_COPY if number in old_copies else sheet.role,
                  is_taken=number in entries and number not in old_copies) for number, sheet in enumerate(read)))


def _entries(sheet: RegisterSheet, life: FundLife) -> list[Entry]:
    rows = [row for row in sheet.rows if row.kind is RowKind.DATA]
    trusted = is_heading_trusted(rows=rows)
    found = []
    for row in rows:
        reading = read_row(row=row, life=life, is_heading_trusted=trusted)
        found.append(Entry(
            file=sheet.file, sheet=sheet.name, row=row, values=reading.values, reasons=list(reading.reasons),
            reference=sheet.references.get(row.row, "")))
    after = same_person.written_after(joined=[str(entry.values.joined_on or "") for entry in found])
    for entry, day in zip(found, after, strict=True):
        entry.written_after = day
    return found


def _old_copies(read: Sequence[RegisterSheet], entries: Mapping[int, Sequence[Entry]]) -> set[int]:
    """Registers that only repeat others and say so: hidden, or named เก่า, สำเนา, สำรอง, copy, (2)."""
    named = {number for number, sheet in enumerate(read) if is_named_old(name=sheet.name, is_hidden=sheet.is_hidden)}
    return {number for number, found in entries.items()
            if number in named and len(found) >= _OLD_COPY_ROWS_MIN and _repeats_others(number, entries)}


def _repeats_others(number: int, entries: Mapping[int, Sequence[Entry]]) -> bool:
    elsewhere = {key for other, found in entries.items() if other != number
                 for entry in found for key in _persons(entry.values)}
    mine = entries[number]
    new = sum(not (_persons(entry.values) & elsewhere) for entry in mine)
    return bool(elsewhere) and new * _OLD_COPY_SHARE <= len(mine)


def _persons(row: RegisterRow) -> set[tuple[object, ...]]:
    keys: set[tuple[object, ...]] = {("id", row.national_id)} if row.national_id else set()
    return keys | ({("name", key, row.born_on) for key in same_person.name_keys(row=row)} if row.born_on else set())


def _verdict(entry: Entry) -> RowVerdict:
    values = entry.taken
    is_counted = not any(found.code == "duplicate_person" for found in entry.reasons)
    changes = _changes(entry.known, values) if entry.known is not None and is_counted else {}
    return RowVerdict(
        file=entry.file, sheet=entry.sheet, row=entry.row.row, row_kind=RowKind.DATA, values=values,
        reasons=gravest_first(reasons=entry.reasons), is_counted=is_counted, changes=changes,
        member_id=entry.known.member_id if entry.known else None,
        verdict=word_of(
            reasons=entry.reasons, is_known=entry.known is not None, has_changes=bool(changes), is_counted=is_counted))


def _changes(known: KnownMember, values: RegisterRow) -> dict[str, tuple[object, object]]:
    """Field by field, what the row would change; an empty cell takes nothing away. What an entry that was merged said
    already, or its person says, is no news."""
    found: dict[str, tuple[object, object]] = {}
    person = known.person or known
    said = (person, known, *known.said_before)
    for name in (field.name for field in fields(RegisterRow)):
        old, new = getattr(person, name), getattr(values, name)
        is_said = any(new == getattr(entry, name) for entry in said)
        if new not in (None, "") and not is_said and name not in _NOT_COMPARED:
            found[name] = (old, new)
    if known.person is not None:
        found.pop("member_no", None)  # a number stays with its entry
    if person.national_id and "no_id_reason" in found:
        del found["no_id_reason"]
    if "national_id" in found and person.no_id_reason is not None:
        found["no_id_reason"] = (person.no_id_reason, None)
    if "born_on" in found or (values.born_on and all(
            values.birth_precision is not entry.birth_precision for entry in said)):
        found["birth_precision"] = (person.birth_precision, values.birth_precision)
    return found
