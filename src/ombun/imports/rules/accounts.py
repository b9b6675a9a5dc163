"""The verdict on every row of receipts and payments by month, and what they say of each year."""
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ombun.imports.rules import amounts
from ombun.imports.rules.account_sheet import AccountsTable
from ombun.imports.rules.account_words import AccountHeading, Pot, Side, heading_of
from ombun.imports.rules.amounts import in_baht
from ombun.imports.rules.books import AccountItem, AccountLine, AccountsMonth, AccountsRow, AccountsYear, Recorded
from ombun.imports.rules.cells import Cell, Sheet
from ombun.imports.rules.reasons import book_reason, gravest_first, word_of
from ombun.imports.rules.register_row import Reason, RowKind, RowVerdict, Verdict
from ombun.primitives.days import fiscal_year_be

_POTS = (Pot.CASH, Pot.BANK)


@dataclass(kw_only=True)
class AccountsEntry:
    """A table of accounts on its way to its verdicts: row (from 1) → what it says and what is doubted."""

    sheet: Sheet
    table: AccountsTable
    lines: dict[int, list[AccountLine]] = field(default_factory=lambda: defaultdict(list))
    reasons: dict[int, list[Reason]] = field(default_factory=lambda: defaultdict(list))

    def cell(self, month: int, heading: int) -> Cell:
        """What is written where a month meets a heading."""
        row, column = self.table.at(month, heading)
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        return cells[column] if column < len(cells) else None

    def meant(self, month: int, heading: AccountHeading) -> AccountHeading:
        """What money under a heading is for; in a day book its row says so."""
        word = self.table.row_words.get(month)
        return heading if word is None else heading_of(text=word, section=heading.side)

    def satang(self, month: int, heading: int) -> int:
        """The amount where a month meets a heading; 0 where none can be read."""
        return amounts.money(written=self.cell(month, heading)) or 0

    def doubt(self, code: str, place: tuple[int, int], word: str, *, whole_row: bool = False, **facts: object) -> None:
        """Add a doubt about the cell where a month meets a heading, or about its row as a whole."""
        row, column = self.table.at(*place)
        self.reasons[row + 1].append(book_reason(
            code=code, row=row + 1, column=None if whole_row else column + 1, heading=word,
            written=None if whole_row else self.cell(*place), **facts))


def read_entry(*, sheet: Sheet, table: AccountsTable) -> AccountsEntry:
    """The lines of a table of accounts, with what its cells and its sums let doubt: unclear_cell, wrong_total."""
    entry = AccountsEntry(sheet=sheet, table=table)
    for place, heading in table.headings:
        for month, day in table.months:
            satang = amounts.money(written=entry.cell(month, place))
            if satang is None:
                entry.doubt("unclear_cell", (month, place), heading.word)
            elif satang and (meant := entry.meant(month, heading)).item is not None:
                row, column = table.at(month, place)
                entry.lines[row + 1].append(AccountLine(
                    month=day, item=meant.item, word=meant.word, satang=satang, column=column + 1))
    for place, heading in table.headings:
        if heading.is_total and heading.side is not Side.CLOSING:
            _check_total_of_side(entry, place, heading)
        elif heading.item is not None:
            for total in table.sums:
                _check(entry, (total, place), heading.word, _sums_before(entry, total, [place]))
    return entry


def _check_total_of_side(entry: AccountsEntry, place: int, heading: AccountHeading) -> None:
    """A total of receipts or payments, in every month and over all of them."""
    before = max((other for other, one in entry.table.headings if one.is_total and other < place), default=-1)
    near = [other for other, one in entry.table.headings if one.item and before < other < place]
    of_side = [other for other, one in entry.table.headings if one.item and one.side is heading.side] or near
    brought = sum(found or 0 for found in opening_of(entry=entry).values()) if heading.side is Side.RECEIPT else 0
    for month, _ in entry.table.months:
        right = sum(entry.satang(month, other) for other in of_side)
        _check(entry, (month, place), heading.word, [
            right, sum(entry.satang(month, other) for other in near), right + brought])
    for total in entry.table.sums:
        right_sums = _sums_before(entry, total, of_side) + _sums_before(entry, total, [place])
        right_sums += [sum(entry.satang(total, other) for other in of_side), right_sums[0] + brought]
        _check(entry, (total, place), heading.word, right_sums)


def _sums_before(entry: AccountsEntry, total: int, headings: Sequence[int]) -> list[int]:
    """What a sum over months may rightly be: of all months before it, or of those since the sum before it."""
    last = max((other for other in entry.table.sums if other < total), default=-1)
    return [sum(entry.satang(month, heading) for month, _ in entry.table.months for heading in headings
                if since < month < total) for since in (-1, last)]


def _check(entry: AccountsEntry, place: tuple[int, int], word: str, right: Sequence[int]) -> None:
    written = entry.cell(*place)
    satang = amounts.money(written=written)
    if satang is not None and not amounts.is_empty(written=written) and satang not in right:
        entry.doubt("wrong_total", place, word, right=in_baht(satang=right[0]), right_satang=right[0])


def opening_of(*, entry: AccountsEntry) -> dict[Pot, int | None]:
    """The balances a table begins with, as written; None where none is."""
    return {pot: entry.satang(*place) if (place := _opening_place(entry, pot)) else None for pot in _POTS}


def _opening_place(entry: AccountsEntry, pot: Pot) -> tuple[int, int] | None:
    table = entry.table
    places = [(month, place) for place in _balances(table, Side.OPENING, pot)
              for month in (*(month for month, _ in table.months), *table.sums)]
    if table.opening is not None:
        places += [(table.opening, place) for place in _balances(table, Side.CLOSING, pot)]
    return next((place for place in places if not amounts.is_empty(written=entry.cell(*place))), None)


def _closing_of(entry: AccountsEntry, pot: Pot, month: int) -> int | None:
    places = [place for place in _balances(entry.table, Side.CLOSING, pot)
              if not amounts.is_empty(written=entry.cell(month, place))]
    return sum(entry.satang(month, place) for place in places) if places else None


def _balances(table: AccountsTable, side: Side, pot: Pot) -> list[int]:
    """The places of the balances of a pot. Where no balance says where the money lies, it is counted as cash."""
    mine = [(place, heading) for place, heading in table.headings if heading.side is side and not heading.is_total]
    is_divided = any(heading.pot for _, heading in mine)
    return [place for place, heading in mine if heading.pot is pot or (not is_divided and pot is Pot.CASH)]


def compare_with_grids(*, entries: Sequence[AccountsEntry], grids: Mapping[date, int | None]) -> None:
    """Say `books_mismatch` where members' money of a month differs from what the grids have; on the first row of it.

    `grids`: month → satang; None where a column of a grid stands for several months. A month of no grid is left out.
    """
    for entry in entries:
        places: dict[date, list[tuple[int, int]]] = {}
        for place, heading in entry.table.headings:
            for month, day in entry.table.months if heading.item is not None else ():
                if entry.meant(month, heading).item is AccountItem.MEMBER:
                    places.setdefault(day, []).append((month, place))
        for day, cells in places.items():
            grid, written = grids.get(day), sum(entry.satang(*place) for place in cells)
            filled = [place for place in cells if not amounts.is_empty(written=entry.cell(*place))]
            if grid is None or written == grid:
                continue
            heading = next(heading for other, heading in entry.table.headings if other == cells[0][1])
            word = entry.meant(cells[0][0], heading).word
            entry.doubt("books_mismatch", (filled or cells)[0], word, whole_row=len(filled) > 1, month=str(day),
                        books=in_baht(satang=written), grid=in_baht(satang=grid), grid_satang=grid)


def years_of(*, entries: Sequence[AccountsEntry]) -> tuple[AccountsYear, ...]:
    """The years of all tables, oldest first, each beginning with what the year before ended with.

    Where a written opening balance is not last year's closing one, `opening_mismatch` is said, and the latter holds.
    """
    found: list[AccountsYear] = []
    closing: dict[Pot, int | None] = {}
    last_day: date | None = None
    for entry in sorted((one for one in entries if one.table.months), key=lambda one: min(
            day for _, day in one.table.months)):
        opening = opening_of(entry=entry)
        is_next = last_day is not None and 0 < (min(day for _, day in entry.table.months) - last_day).days <= 31
        for pot in _POTS:
            right, written = closing.get(pot) if is_next else None, opening[pot]
            if right is not None and written is not None and right != written:
                place = _opening_place(entry, pot)
                assert place is not None
                entry.doubt("opening_mismatch", place, "", right=in_baht(satang=right), right_satang=right)
            opening[pot] = right if right is not None else written
        for year in _years(entry, opening):
            found.append(year)
        closing = {Pot.CASH: _last([month.cash_satang for month in found[-1].months]),
                   Pot.BANK: _last([month.bank_satang for month in found[-1].months])}
        last_day = found[-1].months[-1].month
    return tuple(found)


def _last(values: Sequence[int | None]) -> int | None:
    return next((value for value in reversed(values) if value is not None), None)


def _years(entry: AccountsEntry, opening: Mapping[Pot, int | None]) -> Iterator[AccountsYear]:
    places: dict[date, list[int]] = {}
    for month, day in sorted(entry.table.months, key=lambda place: place[1]):
        places.setdefault(day, []).append(month)
    cash, bank = opening[Pot.CASH], opening[Pot.BANK]
    for year_be in dict.fromkeys(fiscal_year_be(day) for day in places):
        months = tuple(_month(entry, day, rows) for day, rows in places.items() if fiscal_year_be(day) == year_be)
        yield AccountsYear(file=entry.sheet.file, sheet=entry.sheet.name, fiscal_year_be=year_be,
                           opening_cash_satang=cash, opening_bank_satang=bank, months=months)
        cash, bank = _last([month.cash_satang for month in months]), _last([month.bank_satang for month in months])


def _month(entry: AccountsEntry, day: date, places: Sequence[int]) -> AccountsMonth:
    sums: dict[Side, Counter[AccountItem]] = {Side.RECEIPT: Counter(), Side.PAYMENT: Counter()}
    for place, heading in entry.table.headings:
        for month in places if heading.side in sums else ():
            if (meant := entry.meant(month, heading)).item is not None and heading.side is not None:
                sums[heading.side][meant.item] += entry.satang(month, place)
    cash, bank = (_last([_closing_of(entry, pot, month) for month in places]) for pot in _POTS)
    return AccountsMonth(month=day, receipts=sums[Side.RECEIPT], payments=sums[Side.PAYMENT], cash_satang=cash,
                         bank_satang=bank)


def welfare_by_month(*, entries: Sequence[AccountsEntry]) -> dict[date, int]:
    """Month → what the books paid for benefits in it."""
    found: Counter[date] = Counter()
    for entry in entries:
        for lines in entry.lines.values():
            for line in lines:
                found[line.month] += line.satang if line.item is AccountItem.WELFARE else 0
    return dict(found)


def judge_accounts(*, entries: Sequence[AccountsEntry], recorded: Recorded) -> list[RowVerdict]:
    """Give every row of the tables of one sheet its verdict. Codes: unclear_cell, wrong_total, opening_mismatch,
    books_mismatch. Source: README of the sample workbooks."""
    rows = [(entry, index + 1, kind) for entry in entries for index, kind in sorted(entry.table.kinds.items())]
    return [_verdict(entry, row, kind, recorded) for entry, row, kind in rows]


def _verdict(entry: AccountsEntry, row: int, kind: RowKind, recorded: Recorded) -> RowVerdict:
    reasons, lines = entry.reasons.get(row, []), entry.lines.get(row, [])
    if kind is not RowKind.DATA:
        return RowVerdict(file=entry.sheet.file, sheet=entry.sheet.name, row=row, row_kind=kind,
                          verdict=Verdict.NOT_DATA, reasons=gravest_first(reasons=reasons))
    changes: dict[str, tuple[object, object]] = {}
    for line in lines:
        before = recorded.accounts.get((line.month, line.item, line.word))
        if before != line.satang:
            changes[f"{line.month} {line.word}"] = (before, line.satang)
    is_known = not any(old is None for old, _ in changes.values())
    return RowVerdict(
        file=entry.sheet.file, sheet=entry.sheet.name, row=row, row_kind=kind, is_counted=True,
        booked=AccountsRow(lines=tuple(lines)), reasons=gravest_first(reasons=reasons),
        changes={name: pair for name, pair in changes.items() if pair[0] is not None},
        verdict=word_of(reasons=reasons, is_known=is_known, has_changes=bool(changes), is_counted=True))
