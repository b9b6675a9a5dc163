"""Questioned and refused rows as a workbook of their own, with the reason beside each, to be mended and sent again.

Every row carries a reference, so that it is known again whatever was mended in it.
"""
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import xlsxwriter

from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.register_row import RowKind
from ombun.imports.rules.rewritten import as_typed

REASON, REFERENCE = "เหตุผล", "อ้างอิงออมบุญ"
_ROWS_SEARCHED = 60
_MARK = {"bg_color": "#FFF1C9"}
_SPREADSHEETS_BEGIN, _HEADING_ROWS_MAX = 1900, 4
_SECTIONS = {RowKind.VILLAGE_HEADING, RowKind.MONTH_HEADING, RowKind.SECTION, RowKind.TITLE}
_DIGITS_MAX = 11  # longer numbers are not for adding up; a spreadsheet would cut them
_NAME_MAX = 31
_NOT_IN_NAMES = str.maketrans("[]:*?/\\", "       ")


@dataclass(frozen=True, kw_only=True)
class Doubted:
    """A row that is to be mended: its reference, the reasons in words, the columns (from 1) that they are about."""

    reference: str
    said: str
    columns: frozenset[int]


def reference_of(*, batch_id: UUID, row_id: int) -> str:
    """How a row that was judged once is named in a workbook that goes out and comes back."""
    return f"{batch_id.hex[-12:]}-{row_id}"


def row_id_in(*, reference: str, batch_id: UUID) -> int | None:
    """The row that a reference of this import names."""
    tail, _, number = reference.partition("-")
    return int(number) if tail == batch_id.hex[-12:] and number.isdecimal() and len(number) < 19 else None


def without_our_columns(*, sheet: Sheet) -> Sheet:
    """A sheet that came back to us: the references of its rows, and everything but our own two columns."""
    for index, row in enumerate(sheet.rows[:_ROWS_SEARCHED]):
        if REFERENCE in row:
            ours = {column for column, cell in enumerate(row) if cell in (REFERENCE, REASON)}
            place = row.index(REFERENCE)
            found = {n: text_of(cell=one[place]) for n, one in enumerate(sheet.rows, start=1)
                     if n > index + 1 and place < len(one) and one[place] is not None}
            return replace(sheet, references=found, heading_row=index + 1, rows=tuple(
                tuple(None if column in ours else cell for column, cell in enumerate(one)) for one in sheet.rows))
    return sheet


def mended_cells(*, sheet: Sheet, row: int, old: Sheet, old_row: int, old_heading_row: int) -> dict[int, str]:
    """Column (from 1) → what now stands in a row that came back, where that is not what it was.

    Columns are found again by their headings, for somebody may have moved some or taken them away.
    """
    new_cells, new_headings = sheet.rows[row - 1], _texts(sheet, sheet.heading_row)
    found = {}
    for column, was in enumerate(old.rows[old_row - 1]):
        place = _place_of(column, _texts(old, old_heading_row), new_headings)
        if place is not None and place < len(new_cells):
            filled = was if was is not None else old.filled_down.get((old_row, column + 1))
            now = as_typed(cell=new_cells[place])
            if now != as_typed(cell=filled):
                found[column + 1] = now
    return found


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [text_of(cell=cell) for cell in sheet.rows[row - 1]] if row else []


def _place_of(column: int, old: Sequence[str], new: Sequence[str]) -> int | None:
    heading = old[column] if column < len(old) else ""
    if not heading or (column < len(new) and new[column] == heading):
        return column
    return new.index(heading) if new.count(heading) == 1 else None


def reason_workbook(
    *, sheets: Sequence[Sheet], kinds: Mapping[tuple[str, str], Mapping[int, RowKind]],
    doubted: Mapping[tuple[str, str], Mapping[int, Doubted]],
) -> bytes:
    """An .xlsx with the doubted rows under the fund's own headings, and two columns more: the reason and the reference.

    `sheets` as the fund wrote them; `kinds` of all their rows. Nothing in it is a formula, whatever the cells say.
    """
    kept, names = io.BytesIO(), set[str]()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet in sheets:
            place = (sheet.file, sheet.name)
            if rows := doubted.get(place):
                _Page(book, _named(sheet.name, names), sheet, kinds.get(place, {}), rows).write()
    return kept.getvalue()


def last_heading_row(*, kinds: Mapping[int, RowKind]) -> int:
    """The row (from 1) under which the data of a sheet begin; 0 where it has no headings."""
    return max((row for row, kind in kinds.items() if kind is RowKind.HEADER), default=0)


class _Page:
    """One sheet with its doubted rows on its way out."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, sheet: Sheet, kinds: Mapping[int, RowKind],
        doubted: Mapping[int, Doubted]
    ) -> None:
        self.page, self.sheet, self.kinds, self.doubted = book.add_worksheet(name), sheet, kinds, doubted
        self.width = max(map(len, sheet.rows), default=0)
        self.heading_row = last_heading_row(kinds=kinds)
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text, self.day = ({is_doubted: book.add_format(
            {"num_format": shown, "valign": "top"} | (_MARK if is_doubted else {})) for is_doubted in (False, True)}
            for shown in ("@", "dd/mm/yyyy"))
        self.said = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        chosen = list(_chosen(self.sheet, self.kinds, self.doubted))
        first = 0 if self.heading_row else 1
        for out, row in enumerate(chosen, start=first):
            self._row(out, row)
        heading = chosen.index(self.heading_row) if self.heading_row else 0
        self.page.write_string(heading, self.width, REASON, self.bold)
        self.page.write_string(heading, self.width + 1, REFERENCE, self.bold)
        self.page.set_column(0, self.width - 1, 14)
        self.page.set_column(self.width, self.width, 70)
        self.page.set_column(self.width + 1, self.width + 1, 22)
        self._merge({row: out for out, row in enumerate(chosen, start=first)})

    def _row(self, out: int, row: int) -> None:
        doubted = self.doubted.get(row)
        for column, cell in enumerate(self.sheet.rows[row - 1]):
            filled = cell if cell is not None or doubted is None else self.sheet.filled_down.get((row, column + 1))
            self._cell(out, column, filled, doubted is not None and column + 1 in doubted.columns)
        if doubted is not None:
            self.page.write_string(out, self.width, doubted.said, self.said)
            self.page.write_string(out, self.width + 1, doubted.reference, self.text[False])

    def _cell(self, out: int, column: int, cell: Cell, is_doubted: bool) -> None:
        match cell:
            case None:
                if is_doubted:
                    self.page.write_blank(out, column, None, self.text[True])
            case date() if cell.year >= _SPREADSHEETS_BEGIN:
                self.page.write_datetime(out, column, cell, self.day[is_doubted])
            case int() | Decimal() if len(str(cell)) <= _DIGITS_MAX and Decimal(cell).is_finite():
                self.page.write_number(out, column, cell, self.text[True] if is_doubted else None)
            case _:
                self.page.write_string(out, column, as_typed(cell=cell) if isinstance(cell, date) else str(cell),
                                       self.text[is_doubted])

    def _merge(self, places: Mapping[int, int]) -> None:
        """Headings stay merged over their columns; everything else stands in its own cell."""
        covered = set[tuple[int, int]]()
        for one in self.sheet.merged:
            rows = range(one.first_row, one.last_row + 1)
            cells = {(row, column) for row in rows for column in range(one.first_column, one.last_column + 1)}
            if len(rows) > _HEADING_ROWS_MAX or not set(rows) <= set(places) or set(rows) & set(self.doubted) or (
                    covered & cells) or len(cells) == 1:
                continue
            covered |= cells
            value = self.sheet.rows[one.first_row - 1][one.first_column - 1]
            self.page.merge_range(places[one.first_row], one.first_column - 1, places[one.last_row],
                                  one.last_column - 1, "", self.bold)
            self._cell(places[one.first_row], one.first_column - 1, value, False)


def _chosen(sheet: Sheet, kinds: Mapping[int, RowKind], doubted: Mapping[int, Doubted]) -> Iterator[int]:
    """The rows that go out: titles, headings, and every doubted row under the headings that it stands under."""
    repeated: list[int] = []
    pending: list[int] = []
    last = last_heading_row(kinds=kinds)
    in_force = _texts(sheet, last)
    for row, kind in sorted(kinds.items()):
        if kind is RowKind.HEADER or (kind is RowKind.TITLE and row < last):
            yield row
        elif kind is RowKind.VILLAGE_HEADING:
            pending = [row]
        elif kind in _SECTIONS:
            pending = [*(one for one in pending if kinds[one] is not kind), row]
        elif kind is RowKind.REPEATED_HEADER:
            repeated = [*repeated, row] if row - 1 in repeated else [row]
        elif row in doubted:
            if repeated and _texts(sheet, repeated[-1]) != in_force:
                in_force = _texts(sheet, repeated[-1])
                pending = [*repeated, *pending]
            yield from (*pending, row)
            pending, repeated = [], []


def _named(name: str, names: set[str]) -> str:
    """A name that a spreadsheet takes, and no other sheet has."""
    plain = name.translate(_NOT_IN_NAMES).strip().strip("'") or "-"
    number, found = 1, plain[:_NAME_MAX]
    while found.lower() in names or found.lower() == "history":
        number += 1
        found = f"{plain[:_NAME_MAX - len(str(number)) - 1]}~{number}"
    names.add(found.lower())
    return found
