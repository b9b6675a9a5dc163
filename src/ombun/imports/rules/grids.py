"""The verdict on every row of a contribution grid: whose money, which months, and what must be asked."""
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from string import ascii_uppercase

from ombun.imports.rules import amounts
from ombun.imports.rules.amounts import GridCell, in_baht
from ombun.imports.rules.book_sheets import BookSheet
from ombun.imports.rules.books import MONTH_SATANG, GridRow, Payment, Recorded, payer
from ombun.imports.rules.cells import Sheet, text_of
from ombun.imports.rules.grid_sheet import GridColumn, GridLine
from ombun.imports.rules.header_rows import texts_in
from ombun.imports.rules.people import Found, People
from ombun.imports.rules.printed_words import is_named_old
from ombun.imports.rules.reasons import book_reason, gravest_first, word_of
from ombun.imports.rules.register_row import Reason, RowKind, RowVerdict, Severity, Verdict
from ombun.primitives.days import add_months, month_of

_YEAR_SATANG = 365_00
_SEEN_OFTEN = 3
_OLD_COPY_ROWS_MIN = 3
_OLD_COPY_SHARE = 5  # of at most one row in so many may an old copy know more than the other grids


@dataclass(kw_only=True)
class GridEntry:
    """A row of a grid on its way to a verdict."""

    line: GridLine
    found: Found
    satang: Mapping[int, int]  # column → satang, of the cells that hold money
    payments: list[Payment]
    is_turned: bool = False
    reasons: list[Reason] = field(default_factory=list)
    is_counted: bool = True

    @property
    def brought(self) -> int:
        """What the row brings forward from before."""
        column = self.line.header.brought
        return 0 if column is None else amounts.money(written=self.line.cell(column)) or 0

    def doubt(self, code: str, column: int | None, **facts: object) -> None:
        """Add a doubt about the row, or about the cell of a column (from 0)."""
        if self.is_turned and column is None:
            column = min(self.satang, default=self.line.header.columns[0].column)
        heading = "" if column is None else self.line.header.headings.get(column, "")
        place = (self.line.row, None if column is None else column + 1)
        row, place_column = reversed(place) if self.is_turned else place
        self.reasons.append(book_reason(
            code=code, row=row or self.line.row, column=place_column, heading=heading,
            written=None if column is None else self.line.cell(column), **facts))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A sheet with a grid, and its rows on their way to their verdicts, by row."""

    sheet: Sheet
    lines: tuple[GridLine, ...]
    entries: Mapping[int, GridEntry]
    is_turned: bool = False

    @property
    def is_named_old(self) -> bool:
        """Whether the sheet says itself that it is an old copy."""
        return is_named_old(name=self.sheet.name, is_hidden=self.sheet.is_hidden)

    @property
    def is_old_copy(self) -> bool:
        """Whether it says so and nearly all its rows stand in other grids."""
        again = sum(not entry.is_counted for entry in self.entries.values())
        return self.is_named_old and again >= _OLD_COPY_ROWS_MIN and (
            len(self.entries) - again) * _OLD_COPY_SHARE <= len(self.entries)


def read_grids(*, books: Sequence[BookSheet], people: People) -> list[Grid]:
    """Whose money the rows of all grids of a workbook tell, and which rows are written twice in them."""
    found = []
    for book in books:
        usual = _usual(book.grid)
        found.append(Grid(sheet=book.sheet, lines=book.grid, is_turned=book.is_turned, entries={
            line.row: _entry(line, people, usual, book.is_turned)
            for line in book.grid if line.kind is RowKind.DATA}))
    _find_written_twice([(grid, entry) for grid in sorted(found, key=lambda one: one.is_named_old)
                         for entry in grid.entries.values()])
    return found


def judge_grid(*, grid: Grid, recorded: Recorded) -> list[RowVerdict]:
    """Give every row of a grid its verdict. Money of a row that fits nobody is counted, tied to no member.

    Codes: unclear_cell, odd_amount, unknown_member, ambiguous_name, name_variant, village_conflict, unknown_year,
    duplicate_row, paid_after_leaving, wrong_total. Source: README of the sample workbooks.
    """
    sheet, lines, entries = grid.sheet, grid.lines, grid.entries
    if grid.is_old_copy:
        return [RowVerdict(file=sheet.file, sheet=sheet.name, row=row, verdict=Verdict.NOT_DATA,
                           row_kind=RowKind.OLD_COPY) for row in range(1, len(sheet.rows) + 1)]
    for entry in entries.values():
        _say_paid_after_leaving(entry)
        for total in entry.line.header.totals:
            right = sum(entry.satang.get(column, 0) for column in total.adds)
            _check(entry, total.column, [right, right + entry.brought])
    if grid.is_turned:
        return list(_turned_verdicts(grid, recorded))
    sums = {line.row: tuple(_wrong_sums(lines, index, entries)) for index, line in enumerate(lines)
            if line.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)}
    return [_verdict(sheet, line, entries.get(line.row), sums.get(line.row, ()), recorded) for line in lines]


def _usual(lines: Sequence[GridLine]) -> dict[int, int]:
    """Column → what a tick in it means: its most frequent amount, else that of columns alike, else the dues."""
    columns = {one.column: one.period.months for line in lines for one in line.header.columns}
    counted: dict[int, Counter[int]] = {column: Counter() for column in columns}
    for line in lines:
        if line.kind is RowKind.DATA:
            for one in line.header.columns:
                if satang := amounts.grid_cell(written=line.cell(one.column)).satang:
                    counted[one.column][satang] += 1
    alike: dict[int, Counter[int]] = {}
    for column, months in columns.items():
        alike.setdefault(months, Counter()).update(counted[column])
    usual = {}
    for column, months in columns.items():
        found = next((seen.most_common(1)[0][0] for seen in (counted[column], alike[months])
                      if seen and seen.most_common(1)[0][1] >= _SEEN_OFTEN), None)
        usual[column] = found or MONTH_SATANG * months
    return usual


def _entry(line: GridLine, people: People, usual: Mapping[int, int], is_turned: bool) -> GridEntry:
    cells = [(one, amounts.grid_cell(written=line.cell(one.column))) for one in line.header.columns]
    satang = {one.column: cell.satang or usual[one.column] for one, cell in cells if cell.satang or cell.is_tick}
    dated = [one.period for one, _ in cells if one.period.year is not None]
    found = people.whom(
        number=line.number, name=line.name, moo=line.moo, national_id=line.national_id,
        since=min((one.first for one in dated), default=date.min),
        until=max((add_months(one.first, one.months) for one in dated), default=date.max))
    entry = GridEntry(line=line, found=found, satang=satang, is_turned=is_turned, payments=[
        Payment(month=one.period.first, months=one.period.months, satang=satang[one.column], column=one.column + 1,
                person=found.person) for one, _ in cells if one.column in satang and one.period.year is not None])
    for one, cell in cells:
        _doubt_cell(entry, one, cell, usual[one.column])
    if found.code:
        column = min(satang, default=None) if found.person is None else line.header.first_name_column
        entry.doubt(found.code, column, number=text_of(cell=line.number) or "-", name=line.name.full_name or "-",
                    **found.facts)
    return entry


def _doubt_cell(entry: GridEntry, one: GridColumn, cell: GridCell, usual: int) -> None:
    if cell.is_unclear:
        entry.doubt("unclear_cell", one.column)
    unit = MONTH_SATANG if usual % MONTH_SATANG == 0 or usual % _YEAR_SATANG == 0 else usual
    if cell.satang % unit and cell.satang % _YEAR_SATANG:
        entry.doubt("odd_amount", one.column, usual=in_baht(satang=usual))
    is_said = any(reason.code == "unknown_year" for reason in entry.reasons)
    if (cell.satang or cell.is_tick) and one.period.year is None and not is_said:
        entry.doubt("unknown_year", one.column)


def _find_written_twice(entries: Sequence[tuple[Grid, GridEntry]]) -> None:
    """A second row of one person is the first one again, unless it has money only in months the first has none."""
    first_of: dict[int, list[tuple[Grid, GridEntry]]] = {}
    for grid, entry in entries:
        person = entry.found.person
        if person is None:
            continue
        before = first_of.setdefault(id(person), [])
        again = next(((where, one) for where, one in before if _is_written_again(one, entry)), None)
        if again is None:
            before.append((grid, entry))
            continue
        entry.is_counted = False
        entry.doubt("duplicate_row", None, same_sheet=again[0].sheet.name, same_row=again[1].line.row)


def _is_written_again(first: GridEntry, second: GridEntry) -> bool:
    theirs = {one.period for one in first.line.header.columns}
    if not any(one.period in theirs for one in second.line.header.columns):
        return False
    paid, paid_again = ({payment.month for payment in one.payments} for one in (first, second))
    return bool(paid & paid_again) or not paid or not paid_again


def _say_paid_after_leaving(entry: GridEntry) -> None:
    person, marks = entry.found.person, [
        one.period.first for one in entry.line.header.columns
        if one.period.year is not None and amounts.grid_cell(written=entry.line.cell(one.column)).left_reason]
    if person is None or not entry.is_counted:
        return
    last = month_of(person.left_on) if person.left_on else min(marks, default=None) if person.left_reason else None
    for payment in entry.payments:
        if last is not None and payment.month > last:
            entry.doubt("paid_after_leaving", payment.column - 1, left_on=str(person.left_on or last))


def _check(entry: GridEntry, column: int, right: Sequence[int]) -> None:
    cell = entry.line.cell(column)
    written = amounts.money(written=cell)
    if written is not None and not amounts.is_empty(written=cell) and written not in right:
        entry.doubt("wrong_total", column, right=in_baht(satang=right[0]), right_satang=right[0])


def _wrong_sums(lines: Sequence[GridLine], index: int, entries: Mapping[int, GridEntry]) -> Iterator[Reason]:
    """The sums of a row of totals that no counting of the rows above it gives."""
    line = lines[index]
    above = list(_above(lines, index))
    rows = [entries[one.row] for one in above if one.kind is RowKind.DATA]
    parts = [one for one in above if one.kind is RowKind.SUBTOTAL]
    total = GridEntry(line=line, found=Found(), satang={}, payments=[])
    written = {one.column: amounts.money(written=line.cell(one.column)) or 0 for one in line.header.columns}
    for one in line.header.columns:
        _check(total, one.column, _right([one.column], rows, parts))
    for whole in line.header.totals:
        right = _right(whole.adds, rows, [])
        right.append(sum(written[column] for column in whole.adds))
        right += [sum(amounts.money(written=row.line.cell(whole.column)) or 0 for row in rows),
                  sum(amounts.money(written=part.cell(whole.column)) or 0 for part in parts)]
        _check(total, whole.column, right)
    yield from total.reasons


def _right(columns: Sequence[int], rows: Sequence[GridEntry], parts: Sequence[GridLine]) -> list[int]:
    """What a sum may rightly be: of the counted rows, of all rows, of the subtotals as written."""
    found = [sum(row.satang.get(column, 0) for row in rows if row.is_counted for column in columns),
             sum(row.satang.get(column, 0) for row in rows for column in columns)]
    return found + ([sum(amounts.money(written=part.cell(columns[0])) or 0 for part in parts)] if parts else [])


def _above(lines: Sequence[GridLine], index: int) -> Iterator[GridLine]:
    """The rows a row of totals adds up: a subtotal those since the one before, a total all of its block."""
    for line in reversed(lines[:index]):
        if line.kind in (RowKind.TOTAL, RowKind.TITLE) or (
                lines[index].kind is RowKind.SUBTOTAL and line.kind in (RowKind.SUBTOTAL, RowKind.VILLAGE_HEADING)):
            return
        yield line


def _verdict(
    sheet: Sheet, line: GridLine, entry: GridEntry | None, reasons: Sequence[Reason], recorded: Recorded
) -> RowVerdict:
    if entry is None:
        return RowVerdict(file=sheet.file, sheet=sheet.name, row=line.row, row_kind=line.kind,
                          verdict=Verdict.NOT_DATA, reasons=gravest_first(reasons=reasons))
    booked = GridRow(person=entry.found.person, payments=tuple(entry.payments), moo=line.moo,
                     written_no=text_of(cell=line.number), written_name=line.name.full_name)
    return _judged(sheet, line.row, booked, entry.reasons, recorded, is_counted=entry.is_counted)


def _judged(
    sheet: Sheet, row: int, booked: GridRow, reasons: Sequence[Reason], recorded: Recorded, *, is_counted: bool = True
) -> RowVerdict:
    changes = changes_of(row=booked, recorded=recorded) if is_counted else {}
    has_new = any(old is None for old, _ in changes.values()) or (
        not booked.payments and any(reason.severity is not Severity.NOTE for reason in reasons))
    return RowVerdict(
        file=sheet.file, sheet=sheet.name, row=row, row_kind=RowKind.DATA, booked=booked, is_counted=is_counted,
        reasons=gravest_first(reasons=reasons), member_id=booked.person.member_id if booked.person else None,
        changes={name: pair for name, pair in changes.items() if pair[0] is not None},
        verdict=word_of(reasons=reasons, is_known=not has_new, has_changes=bool(changes), is_counted=is_counted))


def _turned_verdicts(grid: Grid, recorded: Recorded) -> Iterator[RowVerdict]:
    """The rows of a grid whose months go down the rows: each is a month of many people."""
    header = grid.lines[0].header
    money, totals = {one.column + 1 for one in header.columns}, {one.column + 1 for one in header.totals}
    whose = {column + 1 for column in header.fields.values()}
    payments: dict[int, list[Payment]] = {}
    reasons: dict[int, list[Reason]] = {}
    for entry in grid.entries.values():
        for reason in entry.reasons:
            reasons.setdefault(int(str(reason.facts["cell"]).lstrip(ascii_uppercase)), []).append(reason)
        for payment in entry.payments if entry.is_counted else ():
            payments.setdefault(payment.column, []).append(replace(payment, column=entry.line.row))
    for row, cells in enumerate(grid.sheet.rows, start=1):
        texts = texts_in(row=cells)
        if row in money:
            booked = GridRow(person=None, payments=tuple(payments.get(row, ())))
            yield _judged(grid.sheet, row, booked, reasons.get(row, ()), recorded)
            continue
        kind = RowKind.TOTAL if row in totals else RowKind.HEADER if row in whose else RowKind.BLANK if not texts else \
            RowKind.TITLE if row < min(money) else RowKind.FOOTER
        yield RowVerdict(file=grid.sheet.file, sheet=grid.sheet.name, row=row, row_kind=kind, verdict=Verdict.NOT_DATA,
                         reasons=gravest_first(reasons=reasons.get(row, ())))


def changes_of(*, row: GridRow, recorded: Recorded) -> dict[str, tuple[object, object]]:
    """Month → (satang recorded or None, satang in the row), of the months in which they differ."""
    sums: Counter[tuple[int | str, date]] = Counter()
    own = payer(person=row.person, written_no=row.written_no, written_name=row.written_name)
    for payment in row.payments:
        who = own if payment.person is row.person else payer(person=payment.person, written_no="", written_name="")
        sums[who, payment.month] += payment.satang
    found: dict[str, tuple[object, object]] = {}
    for (who, month), satang in sums.items():
        if recorded.payments.get((who, month)) != satang:
            name = str(month) if who == own else f"{who} {month}"
            found[name] = (recorded.payments.get((who, month)), satang)
    return found


def money_by_month(*, rows: Sequence[RowVerdict], lines: Sequence[GridLine]) -> dict[date, int | None]:
    """Month → what the counted rows of all grids handed over in it; None where a column stands for several months.

    `lines` tell the months that the grids have a column for, paid or not.
    """
    headers = {id(line.header): line.header for line in lines}.values()
    found: dict[date, int | None] = {one.period.first: 0 for header in headers for one in header.columns
                                     if one.period.year is not None}
    for row in rows:
        for payment in row.booked.payments if isinstance(row.booked, GridRow) and row.is_counted else ():
            if payment.months > 1:
                found |= dict.fromkeys(add_months(payment.month, number) for number in range(payment.months))
            elif (before := found.get(payment.month, 0)) is not None:
                found[payment.month] = before + payment.satang
    return found
