"""Finds receipts and payments by month in a sheet: items down and months across, or months down and items across."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ombun.imports.rules import periods
from ombun.imports.rules.account_words import AccountHeading, Side, heading_of, section_of
from ombun.imports.rules.books import AccountItem
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.header_rows import own_and_above, texts_in
from ombun.imports.rules.headings import is_total_heading, speaks_of_accounts
from ombun.imports.rules.periods import Period
from ombun.imports.rules.printed_words import is_foot_text, is_total
from ombun.imports.rules.register_row import RowKind
from ombun.imports.rules.typed_days import fund_day
from ombun.primitives.days import month_of

_ROWS_SEARCHED = 60
_MONTHS_MIN = 3
_LABEL_COLUMNS_MAX = 4
_HEADER_ROWS_MAX = 3
_LABEL = re.compile(r"รายการ.*|เดือน.*|ที่|ลำดับ(?:ที่)?|ประเภท|หมวด")
_WHAT_FOR = re.compile(r"รายการ.*|รายละเอียด.*")
_WHEN = re.compile(r"(?:วัน|ว)(?:ที่)?[./ ]*(?:เดือน|ด)?[./ ]*(?:ปี|ป)?\.?|เดือน(?:/ปี)?")
_OF_A_SIDE = {Side.RECEIPT: AccountItem.OTHER_RECEIPT, Side.PAYMENT: AccountItem.OTHER_PAYMENT}


@dataclass(frozen=True, kw_only=True)
class AccountsTable:
    """Receipts and payments of some months. Places are rows or columns (from 0), along the months or across them.

    `by_row`: the months go down the rows. `opening` is the place, among the months, of a line of opening balances.
    `row_words`: row → what it is about, in a day book, whose columns only tell money in from money out.
    """

    by_row: bool
    months: tuple[tuple[int, date], ...]
    sums: tuple[int, ...]
    opening: int | None
    headings: tuple[tuple[int, AccountHeading], ...]
    kinds: Mapping[int, RowKind]
    row_words: Mapping[int, str] = field(default_factory=dict)

    def at(self, month: int, heading: int) -> tuple[int, int]:
        """Row and column (from 0) of the cell where a month meets a heading."""
        return (month, heading) if self.by_row else (heading, month)

    def one_row_up(self) -> "AccountsTable":
        """The same table in a sheet whose first row is gone."""
        down, months, headings = int(self.by_row), self.months, self.headings
        return replace(
            self, months=tuple((place - down, day) for place, day in months),
            headings=tuple((place - 1 + down, heading) for place, heading in headings),
            sums=tuple(place - down for place in self.sums),
            opening=None if self.opening is None else self.opening - down,
            kinds={row - 1: kind for row, kind in self.kinds.items() if row},
            row_words={row - 1: word for row, word in self.row_words.items()})


def read_accounts(*, sheet: Sheet) -> tuple[AccountsTable, ...]:
    """The receipts and payments of a sheet, a table for each block of months; nothing where it has none."""
    across = [index for index in range(len(sheet.rows)) if _is_row_of_months(sheet.rows[index])]
    if across and across[0] < _ROWS_SEARCHED:
        return tuple(_fitting(_across(sheet, across)))
    if day_book := tuple(_fitting(_day_book(sheet))):
        return day_book
    column = _column_of_months(sheet)
    return tuple(_fitting(_down(sheet, column))) if column is not None else ()


def is_account_heading(*, text: str) -> bool:
    """Whether a heading is one of accounts: a day, what a line is about, money in, out or left."""
    return bool(_WHEN.fullmatch(text) or _WHAT_FOR.fullmatch(text)) or heading_of(text=text).side is not None


def _fitting(tables: Iterator[AccountsTable]) -> Iterator[AccountsTable]:
    """Only what has months, and receipts or payments we know."""
    for table in tables:
        if table.months and any(heading.item for _, heading in table.headings) and any(
                heading.is_total or heading.side in (Side.OPENING, Side.CLOSING) or heading.side is Side.PAYMENT
                for _, heading in table.headings):
            yield table


def _month(cell: Cell) -> Period | None:
    found = periods.period(heading=cell) if cell is not None and not isinstance(cell, int) else None
    return found if found is not None and found.months == 1 else None


def _is_row_of_months(row: Sequence[Cell]) -> bool:
    return sum(_month(cell) is not None for cell in row) >= _MONTHS_MIN


def _year_above(sheet: Sheet, index: int, before: int = 0) -> int | None:
    titles = [text for row in sheet.rows[before:index] for text in texts_in(row=row)]
    years = [year for text in reversed(titles) if (year := periods.fiscal_year_in(text=text)) is not None]
    return years[0] if years else periods.fiscal_year_in(text=sheet.name, is_name=True)


def _with_days(places: Sequence[tuple[int, Period]], year_be: int | None) -> tuple[tuple[int, date], ...]:
    dated = periods.with_years(periods=[one for _, one in places], year_be=year_be)
    return tuple((place, one.first) for (place, _), one in zip(places, dated, strict=True) if one is not None)


def _across(sheet: Sheet, headers: Sequence[int]) -> Iterator[AccountsTable]:
    """Items down the rows, months across; another row of other months begins another table."""
    starts = [index for number, index in enumerate(headers) if number == 0 or
              sheet.rows[index] != sheet.rows[headers[number - 1]]]
    for number, start in enumerate(starts):
        first = 0 if number == 0 else _end(sheet, starts[number - 1], start)
        end = len(sheet.rows) if number + 1 == len(starts) else _end(sheet, start, starts[number + 1])
        row = sheet.rows[start]
        places = [(column, found) for column, cell in enumerate(row) if (found := _month(cell)) is not None]
        label = _label_column(sheet, start, end, places[0][0])
        kinds = _titles(sheet, range(first, start))
        headings = tuple(_lines(sheet, range(start, end), label, kinds))
        yield AccountsTable(
            by_row=False, months=_with_days(places, _year_above(sheet, start, first)), opening=None, kinds=kinds,
            headings=tuple(_with_sides(headings)), sums=tuple(
                column for column, cell in enumerate(row) if is_total_heading(heading=text_of(cell=cell))))


def _end(sheet: Sheet, start: int, until: int) -> int:
    """The row after the last one with money, before another block begins."""
    return max((index for index in range(start, until) if _is_money_row(sheet.rows[index])), default=start) + 1


def _titles(sheet: Sheet, rows: range) -> dict[int, RowKind]:
    return {index: RowKind.TITLE if texts_in(row=sheet.rows[index]) else RowKind.BLANK for index in rows}


def _is_money_row(row: Sequence[Cell]) -> bool:
    return sum(isinstance(cell, int) for cell in row) >= 2


def _label_column(sheet: Sheet, start: int, end: int, first_month: int) -> int:
    """The column that names the items: the one headed รายการ, else the one with most words."""
    row = sheet.rows[start]
    named = [column for column in range(first_month) if text_of(cell=row[column]).startswith("รายการ")]
    words = [sum(isinstance(line[column], str) for line in sheet.rows[start + 1:end] if column < len(line))
             for column in range(first_month)]
    return named[0] if named else words.index(max(words)) if words else 0


def _lines(
    sheet: Sheet, rows: range, label: int, kinds: dict[int, RowKind]
) -> Iterator[tuple[int, AccountHeading]]:
    section: Side | None = None
    header, is_foot = [text_of(cell=cell) for cell in sheet.rows[rows.start]], False
    for index in rows:
        row = sheet.rows[index]
        texts = texts_in(row=row)
        word = text_of(cell=row[label]) if label < len(row) else ""
        has_money = len(texts) > sum(bool(text_of(cell=cell)) for cell in row[:label + 1])
        if not texts:
            kinds[index] = RowKind.BLANK
        elif [text_of(cell=cell) for cell in row] == header:
            kinds[index] = RowKind.HEADER if index == rows.start else RowKind.REPEATED_HEADER
        elif not has_money and (opened := section_of(text=word or texts[0])) is not None:
            section, kinds[index] = opened, RowKind.SECTION
        elif not word or is_foot or (not has_money and is_foot_text(text=word)):
            is_foot = is_foot or any(is_foot_text(text=text) for text in texts)
            kinds[index] = RowKind.FOOTER if is_foot else RowKind.NOTE
        else:
            heading = heading_of(text=word, section=section)
            kinds[index] = _kind_of(heading)
            section = None if heading.is_total and section in (Side.OPENING, Side.CLOSING) else section
            yield index, heading


def _kind_of(heading: AccountHeading) -> RowKind:
    if heading.is_total and heading.side is not Side.CLOSING:
        return RowKind.TOTAL
    return RowKind.BALANCE if heading.side in (Side.OPENING, Side.CLOSING) else RowKind.DATA


def _with_sides(headings: Sequence[tuple[int, AccountHeading]]) -> Iterator[tuple[int, AccountHeading]]:
    """Items whose side no section tells stand before the total of their side."""
    totals = [(place, heading.side) for place, heading in headings if heading.is_total]
    for place, heading in headings:
        side = next((side for total, side in totals if total > place), None)
        if heading.side is None and not heading.is_total and side in (Side.RECEIPT, Side.PAYMENT):
            yield place, heading_of(text=heading.word, section=side)
        else:
            yield place, heading


def _column_of_months(sheet: Sheet) -> int | None:
    width = min(_LABEL_COLUMNS_MAX, max(map(len, sheet.rows), default=0))
    counted = [sum(_month(row[column]) is not None for row in sheet.rows if column < len(row))
               for column in range(width)]
    return counted.index(max(counted)) if counted and max(counted) >= _MONTHS_MIN else None


def _down(sheet: Sheet, column: int) -> Iterator[AccountsTable]:
    """Months down the rows, items across; another line of opening balances or another title begins another table."""
    first = next(index for index, row in enumerate(sheet.rows) if _begins(row, column))
    top = first
    while top > 0 and first - top < _HEADER_ROWS_MAX and len(texts_in(row=sheet.rows[top - 1])) >= 2:
        top -= 1
    if top == first:
        return
    headings = tuple(_with_sides(tuple(_columns(sheet, top, first - 1, column))))
    kinds = _titles(sheet, range(top))
    kinds |= dict.fromkeys(range(top, first), RowKind.HEADER)
    table = AccountsTable(by_row=True, months=(), sums=(), opening=None, headings=headings, kinds=kinds)
    year_be, places = _year_above(sheet, top), list[tuple[int, Period]]()
    for index, kind, found in _month_rows(sheet, first, column, [sheet.rows[row] for row in range(top, first)]):
        is_opening = kind is RowKind.BALANCE and heading_of(text=_label(sheet, index, column)).side is Side.OPENING
        if places and (kind is RowKind.TITLE or is_opening):
            yield replace(table, months=_with_days(places, year_be))
            table, places = replace(table, sums=(), opening=None, kinds={}), []
        if kind is RowKind.TITLE:
            year_be = _year_above(sheet, index + 1, index) or year_be
        kinds = {**table.kinds, index: kind}
        table = replace(table, kinds=kinds, opening=index if is_opening else table.opening,
                        sums=(*table.sums, index) if kind in (RowKind.TOTAL, RowKind.SUBTOTAL) else table.sums)
        places += [(index, found)] if found is not None else []
    yield replace(table, months=_with_days(places, year_be))


def _label(sheet: Sheet, index: int, column: int) -> str:
    row = sheet.rows[index]
    return text_of(cell=row[column]) if column < len(row) else ""


def _begins(row: Sequence[Cell], column: int) -> bool:
    cell = row[column] if column < len(row) else None
    return _month(cell) is not None or (isinstance(cell, str) and heading_of(text=cell).side is Side.OPENING)


def _columns(sheet: Sheet, first: int, last: int, months: int) -> Iterator[tuple[int, AccountHeading]]:
    for column, (own, above) in enumerate(own_and_above(sheet=sheet, first=first, last=last)):
        text = text_of(cell=own)
        if column != months and text and not _LABEL.fullmatch(text):
            section = section_of(text=above) or _section_in(above) or section_of(text=text)
            yield column, heading_of(text=text, section=section)


def _section_in(above: str) -> Side | None:
    if not above:
        return None
    return Side.CLOSING if "คงเหลือ" in above else Side.RECEIPT if "รับ" in above else \
        Side.PAYMENT if "จ่าย" in above else None


def _month_rows(
    sheet: Sheet, first: int, column: int, headers: Sequence[Sequence[Cell]]
) -> Iterator[tuple[int, RowKind, Period | None]]:
    """Each row from the first month or opening balance on: what it is, and its month where it has one."""
    totals = [index for index in range(first, len(sheet.rows)) if is_total(text=_label(sheet, index, column))]
    before: Period | None = None
    for index in range(first, len(sheet.rows)):
        row, label = sheet.rows[index], _label(sheet, index, column)
        texts = texts_in(row=row)
        cell = row[column] if column < len(row) else None
        month = _month(cell)
        if month is not None or (not label and before is not None and _has_money(row, column)):
            before = month or before
            yield index, RowKind.DATA, before
        elif not texts:
            yield index, RowKind.BLANK, None
        elif row in headers:
            yield index, RowKind.REPEATED_HEADER, None
        elif index in totals:
            yield index, RowKind.TOTAL if index == totals[-1] else RowKind.SUBTOTAL, None
        elif label and heading_of(text=label).side in (Side.OPENING, Side.CLOSING) and _has_money(row, column):
            yield index, RowKind.BALANCE, None
        elif any(is_foot_text(text=text) for text in texts):
            yield index, RowKind.FOOTER, None
        elif any(periods.fiscal_year_in(text=text) or speaks_of_accounts(text=text) for text in texts):
            yield index, RowKind.TITLE, None
        else:
            yield index, RowKind.NOTE, None


def _has_money(row: Sequence[Cell], column: int) -> bool:
    return any(isinstance(cell, int) for place, cell in enumerate(row) if place != column)


def _day_book(sheet: Sheet) -> Iterator[AccountsTable]:
    """A line for each deed: its day, what it was for, money in, money out."""
    for first in range(min(_ROWS_SEARCHED, len(sheet.rows))):
        texts = [text_of(cell=cell) for cell in sheet.rows[first]]
        words = [column for column, text in enumerate(texts) if _WHAT_FOR.fullmatch(text)]
        days = [column for column, text in enumerate(texts) if _WHEN.fullmatch(text)]
        if not words or not days:
            continue
        last = first + 1 if first + 1 < len(sheet.rows) and not texts_in(row=[
            cell for column, cell in enumerate(sheet.rows[first + 1]) if column in (*words, *days)]) and texts_in(
            row=sheet.rows[first + 1]) and not _has_money(sheet.rows[first + 1], -1) else first
        headings = [(column, heading) for column, heading in _columns(sheet, first, last, days[0])
                    if column not in (*words, *days)]
        sides = [(column, replace(heading, is_total=False, item=_OF_A_SIDE.get(heading.side)))
                 for column, heading in headings if heading.side in (*_OF_A_SIDE, Side.CLOSING)]
        if {heading.side for _, heading in sides} >= set(_OF_A_SIDE):
            yield _day_book_of(sheet, (first, last), days[0], words[0], tuple(sides))
        return


def _day_book_of(
    sheet: Sheet, header: tuple[int, int], days: int, words: int, headings: tuple[tuple[int, AccountHeading], ...]
) -> AccountsTable:
    kinds = _titles(sheet, range(header[0])) | dict.fromkeys(range(header[0], header[1] + 1), RowKind.HEADER)
    year_be, day, opening = _year_above(sheet, header[0]), None, None
    months: list[tuple[int, date]] = []
    row_words: dict[int, str] = {}
    for index in range(header[1] + 1, len(sheet.rows)):
        row = sheet.rows[index]
        day = _day_of(row, days, year_be) or day
        word = _label(sheet, index, words) or next(iter(texts_in(row=row)), "")
        kinds[index] = _kind_in_day_book(row, word, [column for column, _ in headings], sheet.rows[header[0]])
        if kinds[index] is RowKind.DATA and day is not None:
            months.append((index, day))
            row_words[index] = word
        elif kinds[index] is RowKind.BALANCE and opening is None and heading_of(text=word).side is Side.OPENING:
            opening = index
    totals = [index for index, kind in kinds.items() if kind is RowKind.TOTAL]
    kinds |= dict.fromkeys(totals[:-1], RowKind.SUBTOTAL)
    return AccountsTable(by_row=True, months=tuple(months), sums=tuple(totals), opening=opening, headings=headings,
                         kinds=kinds, row_words=row_words)


def _day_of(row: Sequence[Cell], column: int, year_be: int | None) -> date | None:
    """The month of a line, by its own day or by a heading of a month."""
    cell = row[column] if column < len(row) else None
    texts = texts_in(row=row)
    found = _month(cell) if isinstance(cell, str) else _month(texts[0]) if len(texts) == 1 else None
    if found is not None and found.year is None and year_be is not None:
        found = found.in_fiscal_year(year_be)
    if found is not None and found.year is not None:
        return found.first
    read = fund_day(written=cell).day
    return month_of(read) if read is not None else None


def _kind_in_day_book(row: Sequence[Cell], word: str, money: Sequence[int], header: Sequence[Cell]) -> RowKind:
    texts = texts_in(row=row)
    has_money = any(text_of(cell=row[column]) for column in money if column < len(row))
    if not texts:
        return RowKind.BLANK
    if row == header:
        return RowKind.REPEATED_HEADER
    if is_total(text=word):
        return RowKind.TOTAL
    if has_money:
        return RowKind.BALANCE if heading_of(text=word).side in (Side.OPENING, Side.CLOSING) else RowKind.DATA
    if len(texts) == 1 and _month(texts[0]) is not None:
        return RowKind.MONTH_HEADING
    if any(is_foot_text(text=text) for text in texts):
        return RowKind.FOOTER
    return RowKind.TITLE if any(periods.fiscal_year_in(text=text) for text in texts) else RowKind.NOTE
