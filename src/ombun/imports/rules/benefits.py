"""The verdict on every row of a list of benefits: to whom, which kind, when, how much, and what must be asked."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ombun.imports.rules import amounts, typed_days
from ombun.imports.rules.amounts import in_baht
from ombun.imports.rules.benefit_sheet import BenefitField, BenefitLine
from ombun.imports.rules.benefit_words import kind_of, nights_in
from ombun.imports.rules.books import BenefitKind, BenefitRow, BenefitRows, Person, Recorded, payer
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.people import Found, People
from ombun.imports.rules.printed_words import is_named_old
from ombun.imports.rules.reasons import book_reason, gravest_first, word_of
from ombun.imports.rules.register_row import Reason, RowKind, RowVerdict, Verdict
from ombun.imports.rules.row_reading import FundLife
from ombun.members.rules import names
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.days import BE_MINUS_CE, fiscal_year_be, month_of

_GIVEN_AFTER_DEATH = {BenefitKind.DEATH, BenefitKind.FUNERAL, BenefitKind.UNCLEAR}
_HIMSELF = re.compile(r"(?:เจ้าตัว|ตัวเอง|ตนเอง|รับเอง|สมาชิก|เจ้าของ)?")
_GRAVEST = (Verdict.REFUSED, Verdict.QUESTIONED, Verdict.UPDATED, Verdict.CREATED, Verdict.UNCHANGED, Verdict.NOT_DATA)
_DITTO = re.compile(r"[\"″“”']+|,,|〃")
_DAY_ALONE = re.compile(r"\d{1,2}")
_DAY_AND_MONTH = re.compile(r"(\d{1,2}) ?[/\-. ]? ?(\d{1,2}|[ก-ฮ][ก-๙.]*[ก-๙.])")


Place = tuple[int, int | None]
"""The row of a line and the column of its amount, where every kind has one."""


@dataclass(kw_only=True)
class BenefitEntry:
    """A row of a list of benefits on its way to a verdict."""

    line: BenefitLine
    found: Found
    values: BenefitRow
    reasons: list[Reason] = field(default_factory=list)
    is_counted: bool = True

    def doubt(self, code: str, about: BenefitField, **facts: object) -> None:
        """Add a doubt about a cell of the row."""
        column = self.line.header.columns.get(about, self.line.amount_column)
        self.reasons.append(book_reason(
            code=code, row=self.line.row, column=None if column is None else column + 1,
            heading="" if column is None else self.line.header.headings[column], written=self.line.cells.get(about),
            **facts))


@dataclass(frozen=True, kw_only=True)
class BenefitList:
    """A sheet with a list of benefits, and its lines on their way to their verdicts, by row and column."""

    sheet: Sheet
    lines: tuple[BenefitLine, ...]
    entries: Mapping[Place, BenefitEntry]


def read_lists(
    *, lists: Sequence[tuple[Sheet, tuple[BenefitLine, ...]]], people: People, life: FundLife,
    books_have: Mapping[date, int],
) -> list[BenefitList]:
    """Who received what in all lists of benefits of a workbook, and which rows are written twice in them.

    `books_have`: month → satang paid for welfare as the books have it, from which a missing amount may be told.
    """
    found = []
    for sheet, lines in sorted(lists, key=lambda one: is_named_old(name=one[0].name, is_hidden=one[0].is_hidden)):
        entries = _entries(lines, people, life)
        _place_between(list(entries.values()))
        found.append(BenefitList(sheet=sheet, lines=lines, entries=entries))
    everything = [(one, entry) for one in found for entry in one.entries.values()]
    _find_listed_twice(everything)
    _say_what_books_have([entry for _, entry in everything], books_have)
    return found


def judge_benefits(*, benefits: BenefitList, recorded: Recorded) -> list[RowVerdict]:
    """Give every row of a list of benefits its verdict.

    Codes: missing_amount, duplicate_payment, benefit_after_death, benefit_before_join, unclear_kind, unknown_member,
    ambiguous_name, name_variant, impossible_date, wrong_total. Source: README of the sample workbooks.
    """
    sheet, lines, entries = benefits.sheet, benefits.lines, benefits.entries
    sums = {line.row: tuple(_wrong_sums(lines, index, entries, sheet.rows[line.row - 1]))
            for index, line in enumerate(lines) if line.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)}
    found: dict[int, list[RowVerdict]] = {}
    for line in lines:
        entry = entries.get((line.row, line.amount_column))
        found.setdefault(line.row, []).append(_verdict(sheet, line, entry, sums.get(line.row, ()), recorded))
    return [_of_the_row(verdicts) for verdicts in found.values()]


def _of_the_row(verdicts: Sequence[RowVerdict]) -> RowVerdict:
    """One verdict on a row with several benefits: the gravest, with everything that was said."""
    if len(verdicts) == 1:
        return verdicts[0]
    reasons = {(one.code, one.column): one for verdict in verdicts for one in verdict.reasons}
    gravest = min(verdicts, key=lambda one: _GRAVEST.index(one.verdict))
    benefits = tuple(one.booked for one in verdicts if isinstance(one.booked, BenefitRow) and one.is_counted)
    return replace(gravest, reasons=gravest_first(reasons=reasons.values()), booked=BenefitRows(benefits=benefits),
                   is_counted=any(one.is_counted for one in verdicts))


def _entries(lines: Sequence[BenefitLine], people: People, life: FundLife) -> dict[Place, BenefitEntry]:
    found: dict[Place, BenefitEntry] = {}
    before: Cell = None
    for line in lines:
        if line.kind is RowKind.DATA:
            written = line.cells.get(BenefitField.DATE)
            if isinstance(written, str) and _DITTO.fullmatch(text_of(cell=written)):
                written = before
            found[line.row, line.amount_column] = _entry(line, written, people, life)
            before = written
    return found


def _entry(line: BenefitLine, written: Cell, people: People, life: FundLife) -> BenefitEntry:
    cells = line.cells
    paid_on, month, has_be_year = _paid_on(line, written, life)
    name = names.name(written=text_of(cell=cells.get(BenefitField.NAME)))
    found = people.whom(number=cells.get(BenefitField.NUMBER), name=name, moo=line.moo,
                        national_id=cells.get(BenefitField.NATIONAL_ID), since=paid_on or month or date.min,
                        until=paid_on or month or date.max)
    word = text_of(cell=cells.get(BenefitField.KIND))
    satang = amounts.money(written=cells.get(BenefitField.AMOUNT)) or None
    nights = nights_in(text=word) if BenefitField.NIGHTS not in cells else \
        (amounts.money(written=cells[BenefitField.NIGHTS]) or 0) // 100
    year_be = fiscal_year_be(paid_on or month) if paid_on or month else line.year_be  # type: ignore[arg-type]
    entry = BenefitEntry(line=line, found=found, is_counted=satang is not None, values=BenefitRow(
        person=found.person, paid_on=paid_on, month=month, fiscal_year_be=year_be, kind=kind_of(word=word), word=word,
        nights=nights, satang=satang, receiver=text_of(cell=cells.get(BenefitField.RECEIVER)),
        written_no=text_of(cell=cells.get(BenefitField.NUMBER)), written_name=name.full_name,
        remark=text_of(cell=cells.get(BenefitField.REMARK))))
    if paid_on is None and (BenefitField.DATE in line.header.columns or not line.header.kinds):
        entry.doubt("impossible_date", BenefitField.DATE)
    elif paid_on is None and year_be is None:
        entry.is_counted = False
        entry.doubt("unknown_year", BenefitField.DATE)
    if has_be_year:
        entry.doubt("be_year_in_date_cell", BenefitField.DATE, day=str(paid_on))
    if satang is None:
        entry.doubt("missing_amount", BenefitField.AMOUNT)
    if entry.values.kind is BenefitKind.UNCLEAR:
        entry.doubt("unclear_kind", BenefitField.KIND)
    if found.code:
        entry.doubt(found.code, BenefitField.NAME, number=entry.values.written_no or "-", name=name.full_name or "-",
                    **found.facts)
    if found.person is not None and paid_on is not None:
        _compare_with_life(entry, found.person, paid_on)
    return entry


def _paid_on(line: BenefitLine, written: Cell, life: FundLife) -> tuple[date | None, date | None, bool]:
    """The day, its month (of the heading where there is no day), and whether a date cell held a Buddhist year."""
    found = typed_days.fund_day(written=written)
    day = found.day if found.precision is BirthPrecision.DAY else _within(line, written)
    if day is not None and life.founded_on <= day <= life.books_end_on:
        return day, month_of(day), found.has_be_year_in_date_cell
    if found.precision is BirthPrecision.MONTH and found.day and life.founded_on <= found.day <= life.books_end_on:
        return None, found.day, False
    return None, line.month, False


def _within(line: BenefitLine, written: Cell) -> date | None:
    """A day without its year, or without its month, under a heading that has them."""
    text = text_of(cell=written)
    if line.month is not None and _DAY_ALONE.fullmatch(text):
        return _possible(line.month.year, line.month.month, int(text))
    match = _DAY_AND_MONTH.fullmatch(text) if isinstance(written, str) else None
    if match is None or line.year_be is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else typed_days.month_number(word=match[2]) or 0
    return _possible(line.year_be - BE_MINUS_CE - (month >= 10), month, int(match[1]))


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _compare_with_life(entry: BenefitEntry, person: Person, paid_on: date) -> None:
    is_dead = person.left_reason is LeftReason.DECEASED and person.left_on is not None and paid_on > person.left_on
    if is_dead and entry.values.kind not in _GIVEN_AFTER_DEATH:
        entry.doubt("benefit_after_death", BenefitField.DATE, left_on=str(person.left_on), day=str(paid_on))
    if person.joined_on is not None and paid_on < person.joined_on:
        entry.doubt("benefit_before_join", BenefitField.DATE, joined_on=str(person.joined_on), day=str(paid_on))


def _place_between(entries: Sequence[BenefitEntry]) -> None:
    """A row whose day and month nobody can read lies in the month, or at least in the year, of both its neighbours."""
    for index, entry in enumerate(entries):
        if entry.values.month is not None:
            continue
        before = next((one.values.month for one in reversed(entries[:index]) if one.values.paid_on), None)
        after = next((one.values.month for one in entries[index + 1:] if one.values.paid_on), None)
        if before is None or after is None:
            continue
        month = before if before == after else None
        year_be = fiscal_year_be(before) if fiscal_year_be(before) == fiscal_year_be(after) else None
        entry.values = replace(entry.values, month=month, fiscal_year_be=entry.values.fiscal_year_be or year_be)


def _find_listed_twice(entries: Sequence[tuple[BenefitList, BenefitEntry]]) -> None:
    seen: dict[tuple[object, ...], list[tuple[BenefitList, BenefitEntry]]] = {}
    for where, entry in entries:
        values = entry.values
        if values.satang is None:
            continue
        who = id(values.person) if values.person else (values.written_no, values.written_name)
        day = values.paid_on or text_of(cell=entry.line.cells.get(BenefitField.DATE))
        what = values.word if values.kind is BenefitKind.UNCLEAR else values.kind
        alike = seen.setdefault((who, day, what, values.satang), [])
        first = next(((place, one) for place, one in alike
                      if _is_one_receiver(one, entry) and not _has_other_voucher(one, entry)), None)
        if first is None:
            alike.append((where, entry))
        else:
            entry.is_counted = False
            entry.doubt("duplicate_payment", BenefitField.AMOUNT, same_sheet=first[0].sheet.name,
                        same_row=first[1].line.row)


def _is_one_receiver(one: BenefitEntry, other: BenefitEntry) -> bool:
    first, second = _receiver(one.values), _receiver(other.values)
    return not first or not second or first == second


def _has_other_voucher(one: BenefitEntry, other: BenefitEntry) -> bool:
    first, second = (text_of(cell=entry.line.cells.get(BenefitField.VOUCHER)) for entry in (one, other))
    return bool(first and second) and first != second


def _receiver(values: BenefitRow) -> str:
    """Who took the money, if it was somebody else than the member."""
    plain = names.without_title(written=values.receiver)
    own = names.without_title(written=values.written_name)
    is_himself = _HIMSELF.fullmatch(values.receiver) or names.says_nothing(text=values.receiver) or plain == own
    return "" if is_himself else plain


def _say_what_books_have(entries: Sequence[BenefitEntry], books_have: Mapping[date, int]) -> None:
    """Where one amount of a month is missing, the books tell it: what they have less all other rows."""
    for month in {entry.values.month for entry in entries if entry.values.satang is None} - {None}:
        mine = [entry for entry in entries if entry.values.month == month]
        missing = [entry for entry in mine if entry.values.satang is None]
        rest = books_have.get(month, 0) - sum(  # type: ignore[arg-type]
            entry.values.satang or 0 for entry in mine if entry.is_counted)
        if len(missing) == 1 and rest > 0:
            entry, (found,) = missing[0], [one for one in missing[0].reasons if one.code == "missing_amount"]
            told = replace(found, facts=dict(found.facts) | {"books_have_satang": rest})
            entry.reasons[entry.reasons.index(found)] = told


def _wrong_sums(
    lines: Sequence[BenefitLine], index: int, entries: Mapping[Place, BenefitEntry], cells: Sequence[Cell]
) -> Iterator[Reason]:
    line = lines[index]
    for column in line.header.amounts:
        rows: list[BenefitEntry] = []
        parts: list[int] = []
        for one in reversed(lines[:index]):
            if one.kind in (RowKind.TOTAL, RowKind.TITLE) or (line.kind is RowKind.SUBTOTAL and one.kind in (
                    RowKind.SUBTOTAL, RowKind.MONTH_HEADING, RowKind.VILLAGE_HEADING)):
                break
            if one.kind is RowKind.DATA and one.amount_column in (None, column):
                rows.append(entries[one.row, one.amount_column])
            elif one.kind is RowKind.SUBTOTAL and not line.header.kinds:
                parts.append(amounts.money(written=one.cells.get(BenefitField.AMOUNT)) or 0)
        written = cells[column] if column < len(cells) else None
        right = [sum(row.values.satang or 0 for row in rows),
                 sum(row.values.satang or 0 for row in rows if row.is_counted), *([sum(parts)] if parts else [])]
        satang = amounts.money(written=written)
        if satang is not None and not amounts.is_empty(written=written) and satang not in right:
            yield book_reason(code="wrong_total", row=line.row, column=column + 1,
                              heading=line.header.headings[column], written=written,
                              right=in_baht(satang=right[0]), right_satang=right[0])


def _verdict(
    sheet: Sheet, line: BenefitLine, entry: BenefitEntry | None, reasons: Sequence[Reason], recorded: Recorded
) -> RowVerdict:
    if entry is None:
        return RowVerdict(file=sheet.file, sheet=sheet.name, row=line.row, row_kind=line.kind,
                          verdict=Verdict.NOT_DATA, reasons=gravest_first(reasons=reasons))
    values = entry.values
    who = payer(person=values.person, written_no=values.written_no, written_name=values.written_name)
    is_known = entry.is_counted and (
        who, values.paid_on or values.month, values.kind, values.satang or 0) in recorded.benefits
    return RowVerdict(
        file=sheet.file, sheet=sheet.name, row=line.row, row_kind=RowKind.DATA, booked=values,
        reasons=gravest_first(reasons=entry.reasons), is_counted=entry.is_counted,
        member_id=values.person.member_id if values.person else None, verdict=word_of(
            reasons=entry.reasons, is_known=is_known, has_changes=False, is_counted=entry.is_counted))
