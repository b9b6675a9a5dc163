"""A file becomes sheets of cells: numbers, days and texts stay what they were. Nothing too large is ever opened."""
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

import python_calamine

from ombun.imports.rules import old_workbooks, zipped_parts
from ombun.imports.rules.bounds import (
    BLANK_ROWS_MAX,
    CELLS_MAX,
    FILE_BYTES_MAX,
    MERGES_MAX,
    ROWS_MAX,
    SHEETS_MAX,
    TEXT_LENGTH_MAX,
    WorkbookRefused,
)
from ombun.imports.rules.headings import SheetRole
from ombun.primitives.thai import arabic_digits, tidy

Cell = str | int | Decimal | date | None

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no database and no page can keep them
_AS_TEXT = re.compile(r"^'(?='*[-=+@\t\r])")  # the sign before what a spreadsheet would take for a formula
_BLANK_END_MAX = 100
_SHORT = 60  # letters; shorter texts are read again and again
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A range of merged cells, rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the file, each row starts at column A; an empty cell is None."""

    file: str
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Merged, ...] = ()
    is_hidden: bool = False
    meant: SheetRole | None = None  # what a person said that the sheet is
    told_headings: tuple[str, ...] = ()  # of a sheet without any: what a person said that its columns are
    references: Mapping[int, str] = field(default_factory=dict)  # of rows that went out to be mended
    heading_row: int = 0  # of a sheet that came back: the row in which our own headings stand

    @cached_property
    def wide_merges(self) -> Mapping[int, Sequence[Merged]]:
        """The merges over several columns, by row: a heading over its columns."""
        found: dict[int, list[Merged]] = {}
        for merged in self.merged:
            if merged.last_column > merged.first_column:
                for row in range(merged.first_row, min(merged.last_row, merged.first_row + 9) + 1):
                    found.setdefault(row, []).append(merged)
        return found

    @cached_property
    def filled_down(self) -> Mapping[tuple[int, int], Cell]:
        """(row, column), from 1 → the value of the cell it is merged with above, which the file keeps only once."""
        found: dict[tuple[int, int], Cell] = {}
        for merged in self.merged:
            if merged.first_column == merged.last_column and merged.first_row <= len(self.rows):
                cells = self.rows[merged.first_row - 1]
                value = cells[merged.first_column - 1] if merged.first_column <= len(cells) else None
                for row in range(merged.first_row + 1, min(merged.last_row, merged.first_row + 200) + 1):
                    found[row, merged.first_column] = value
        return found


def read_workbook(*, file: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook a fund sent: .xlsx, .xls, or .csv in UTF-8, UTF-16 or the Thai code page 874; or a .zip
    with a .csv for each sheet.

    `file` is the name it came with. Raises WorkbookRefused (`members.workbook_*`, `members.not_a_workbook`): too
    large or too many cells, a password, macros, damaged, or no workbook at all.
    """
    sheets = _read(file, content)
    rows = [row for sheet in sheets for row in sheet.rows]
    if len(rows) > ROWS_MAX or sum(row.count(None) == len(row) for row in rows) > BLANK_ROWS_MAX:
        raise WorkbookRefused.because("workbook_too_large", file=file)
    return sheets


def _read(file: str, content: bytes) -> tuple[Sheet, ...]:
    if not content:
        raise WorkbookRefused.because("workbook_empty", file=file)
    if len(content) > FILE_BYTES_MAX:
        raise WorkbookRefused.because("workbook_too_large", file=file)
    if content.startswith(_ZIP):
        if (texts := zipped_parts.zipped_texts(file=file, content=content)) is not None:
            return _read_csvs(file, texts)
        zipped_parts.refuse_what_is_too_large(file=file, content=content)
        return _read_zipped(file, content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content or old_workbooks.has_password(content=content):
            raise WorkbookRefused.because("workbook_has_password", file=file)
        if _MACROS in content:
            raise WorkbookRefused.because("workbook_has_macros", file=file)
        return tuple(_sheet(file, *raw) for raw in old_workbooks.raw_sheets(file=file, content=content))
    if file.lower().endswith((".csv", ".txt", ".tsv")):
        return (_read_csv(file, content),)
    raise WorkbookRefused.because("not_a_workbook", file=file)


def text_of(*, cell: Cell) -> str:
    """A cell as tidy text with Arabic digits: what a person would read in it."""
    if isinstance(cell, str):
        return _plain(cell) if len(cell) <= _SHORT else arabic_digits(tidy(cell))
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else format(cell, "f") if isinstance(cell, Decimal) else str(cell)


@lru_cache(maxsize=2**15)
def _plain(text: str) -> str:
    return arabic_digits(tidy(text))


def _read_zipped(file: str, content: bytes) -> tuple[Sheet, ...]:
    try:
        return _sheets(file, content)
    except python_calamine.PasswordError:
        raise WorkbookRefused.because("workbook_has_password", file=file) from None
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError):
        raise WorkbookRefused.because("workbook_damaged", file=file) from None
    except BaseException as crash:
        if type(crash).__name__ != "PanicException":  # what the Rust reader raises; it is no Exception
            raise
        raise WorkbookRefused.because("workbook_damaged", file=file) from None


def _sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    found = []
    cells_left = CELLS_MAX
    with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
        if len(workbook.sheets_metadata) > SHEETS_MAX:
            raise WorkbookRefused.because("workbook_too_large", file=file)
        for meta in workbook.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            cells_left -= sheet.total_height * sheet.total_width
            if cells_left < 0:
                raise WorkbookRefused.because("workbook_too_large", file=file)
            is_hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            found.append(_sheet(file, meta.name, is_hidden, sheet.to_python(skip_empty_area=False),
                                sheet.merged_cell_ranges or []))
    return tuple(found)


def _sheet(
    file: str, name: str, is_hidden: bool, rows: Sequence[Sequence[object]],
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> Sheet:
    return Sheet(
        file=file, name=_CONTROLS.sub("", name), is_hidden=is_hidden,
        rows=_without_blank_end([tuple(_cell(raw) for raw in row) for row in rows]),
        merged=tuple(Merged(first_row=top + 1, first_column=left + 1, last_row=bottom + 1, last_column=right + 1)
                     for (top, left), (bottom, right) in merges[:MERGES_MAX]))


def _cell(raw: object) -> Cell:
    match raw:
        case None | "":
            return None
        case str():
            return _CONTROLS.sub("", raw) or None
        case bool() | time() | timedelta():
            return str(raw)
        case datetime():
            return raw.date()
        case date() | int():
            return raw
        case _:
            number = Decimal(str(raw))
            is_whole = number.is_finite() and abs(number) < 10**18 and number == number.to_integral_value()
            return int(number) if is_whole else number


def _read_csv(file: str, content: bytes) -> Sheet:
    text = _decoded(file, content)
    if "\0" in text:
        raise WorkbookRefused.because("not_a_workbook", file=file)
    rows: list[tuple[Cell, ...]] = []
    cells_left = CELLS_MAX
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            cells_left -= max(1, len(row))
            if cells_left < 0 or any(len(cell) > TEXT_LENGTH_MAX for cell in row):
                raise WorkbookRefused.because("workbook_too_large", file=file)
            rows.append(tuple(_cell(_AS_TEXT.sub("", cell)) if cell.strip() else None for cell in row))
    except csv.Error:
        raise WorkbookRefused.because("not_a_workbook", file=file) from None
    return Sheet(file=file, name=file.rsplit("/", 1)[-1].rsplit(".", 1)[0], rows=_without_blank_end(_squared(rows)))


def _read_csvs(file: str, texts: Sequence[tuple[str, bytes]]) -> tuple[Sheet, ...]:
    found: list[Sheet] = []
    cells_left = CELLS_MAX
    for name, text in texts:
        sheet = replace(_read_csv(name, text), file=file)
        cells_left -= sum(map(len, sheet.rows))
        if cells_left < 0:
            raise WorkbookRefused.because("workbook_too_large", file=file)
        found.append(sheet)
    return tuple(found)


def _decoded(file: str, content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookRefused.because("not_a_workbook", file=file)


def _delimiter(text: str) -> str:
    first_lines = text[:20_000]
    return max(",\t;", key=first_lines.count)


def _without_blank_end(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows without end that are only ruled, below the last one with anything in it, are no rows of the book."""
    last = next((n for n in range(len(rows), 0, -1) if rows[n - 1].count(None) != len(rows[n - 1])), 0)
    return tuple(rows if len(rows) - last <= _BLANK_END_MAX else rows[:last])


def _squared(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of one length where that is cheap: a stray long line does not widen ten thousand others."""
    width = min(max(map(len, rows), default=0), 200)
    return tuple(row + (None,) * (width - len(row)) for row in rows)
