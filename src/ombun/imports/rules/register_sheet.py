"""Finds the registers among the sheets of a workbook, their columns by their Thai headings, and what each row is."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from ombun.imports.rules import villages
from ombun.imports.rules.benefit_sheet import BenefitLine
from ombun.imports.rules.book_sheets import BookSheet, read_book
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.grid_sheet import GridLine
from ombun.imports.rules.header_rows import row_texts, spread_texts
from ombun.imports.rules.headings import (
    ONLY_TO_READ,
    Field,
    SheetRole,
    field_of,
    is_amount,
    is_benefit,
    is_family_name,
    is_month,
)
from ombun.imports.rules.printed_words import is_foot_text, is_total
from ombun.imports.rules.register_row import RowKind
from ombun.members.rules import names

_HEADER_ROWS_MAX = 4
_ROWS_SEARCHED_FOR_A_HEADER = 60
_TELLS_A_REGISTER = {Field.NATIONAL_ID, Field.BORN, Field.BORN_YEAR, Field.JOINED, Field.HOUSE_NO, Field.ADDRESS,
                     Field.BENEFICIARY, Field.PHONE, Field.KIND}
_TELLS_FOR_SURE = {Field.NATIONAL_ID, Field.BORN, Field.BORN_YEAR, Field.JOINED}
_DAYS_OF_PEOPLE = {Field.BORN, Field.JOINED}
_FILLED_DOWN = {Field.HOUSE_NO, Field.MOO, Field.ADDRESS}
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")
_DIGIT = re.compile(r"\d")
_TITLE_AGAIN = re.compile(r"ทะเบียน|กองทุน|รายชื่อ")
_FOOT_CELLS_MAX = 4
_EVIDENCE_ENOUGH = 3
_BENEFITS_ALONE = {"แก่", "เจ็บ", "เจ็บป่วย"}  # of เกิด แก่ เจ็บ ตาย, as the headings of benefits


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row as found: what it is, its cells by field, and the village it stands under."""

    row: int
    kind: RowKind
    cells: Mapping[Field, Cell] = default(default_factory=dict)
    columns: Mapping[Field, int] = default(default_factory=dict)
    headings: Mapping[Field, str] = default(default_factory=dict)
    moo_above: int | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterSheet:
    """A sheet and what it is for. `rows` are of a register; `book` is what any other sheet holds.

    `unread_headings` are columns nobody knew.
    """

    file: str
    name: str
    role: SheetRole
    row_count: int
    is_hidden: bool = False
    rows: tuple[SheetRow, ...] = ()
    unread_headings: tuple[str, ...] = ()
    book: BookSheet | None = None
    references: Mapping[int, str] = default(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Header:
    """The headings in force: the rows they take (indices), and column → field."""

    first: int
    last: int
    fields: Mapping[int, Field]
    headings: Mapping[int, str]
    more_name: tuple[int, ...] = ()  # columns merged under the heading of the name: title, first and last name apart

    @cached_property
    def columns(self) -> dict[Field, int]:
        """Field → column index, of the columns that are read."""
        return {found: column for column, found in self.fields.items() if found != Field.IGNORED}

    @cached_property
    def columns_from_1(self) -> dict[Field, int]:
        """Field → column as a spreadsheet counts it."""
        return {found: column + 1 for found, column in self.columns.items()}

    @cached_property
    def headings_by_field(self) -> dict[Field, str]:
        """Field → what stands over its column."""
        return {found: self.headings.get(column, "") for found, column in self.columns.items()}

    @property
    def is_register(self) -> bool:
        """Names, and at least two more things that only a register has; beside amounts, one that is sure.

        Where nobody speaks of money, a number and a day of joining or birth are enough.
        """
        texts, tells = self.headings.values(), _TELLS_A_REGISTER & set(self.columns)
        has_amounts = any(is_amount(heading=text) for text in texts)
        if has_amounts and not tells & _TELLS_FOR_SURE:
            return False
        is_short = not has_amounts and Field.MEMBER_NO in self.columns and bool(tells & _DAYS_OF_PEOPLE)
        return Field.NAME in self.columns and (len(tells) >= 2 or is_short) and not any(
            is_month(heading=text) or is_benefit(heading=text) or text in _BENEFITS_ALONE for text in texts)


def read_sheet(*, sheet: Sheet) -> RegisterSheet:
    """What a sheet is for, and if it is a register, what every one of its rows is.

    Over a sheet without headings those are set that a person told; its rows keep their numbers.
    """
    if not sheet.told_headings:
        return _read(sheet)
    read = _read(replace(sheet, told_headings=(), rows=(sheet.told_headings, *sheet.rows), merged=tuple(
        replace(one, first_row=one.first_row + 1, last_row=one.last_row + 1) for one in sheet.merged)))
    book = read.book and replace(read.book, sheet=sheet, grid=_below(read.book.grid), benefits=_below(
        read.book.benefits), accounts=tuple(table.one_row_up() for table in read.book.accounts))
    return replace(read, row_count=len(sheet.rows), rows=_below(read.rows), references=sheet.references, book=book)


_Line = TypeVar("_Line", SheetRow, GridLine, BenefitLine)


def _below(lines: Sequence[_Line]) -> tuple[_Line, ...]:
    """Lines as they are numbered without the headings set over them."""
    return tuple(replace(line, row=line.row - 1) for line in lines if line.row > 1)


def _read(sheet: Sheet) -> RegisterSheet:
    if sheet.rows and text_of(cell=next(iter(sheet.rows[0]), None)).startswith(ONLY_TO_READ):
        return RegisterSheet(file=sheet.file, name=sheet.name, role=SheetRole.NOTES, row_count=len(sheet.rows),
                             is_hidden=sheet.is_hidden)
    is_other = sheet.meant not in (None, SheetRole.REGISTER)
    header = None if is_other else next(_headers(sheet, 0, _ROWS_SEARCHED_FOR_A_HEADER), None)
    if header is None:
        book = read_book(sheet=sheet)
        return RegisterSheet(file=sheet.file, name=sheet.name, role=book.role, row_count=len(sheet.rows),
                             is_hidden=sheet.is_hidden, book=book)
    unread = tuple(dict.fromkeys(text for column, text in header.headings.items() if column not in header.fields))
    return RegisterSheet(file=sheet.file, name=sheet.name, role=SheetRole.REGISTER, row_count=len(sheet.rows),
                         is_hidden=sheet.is_hidden, rows=tuple(_rows(sheet, header)), unread_headings=unread,
                         references=sheet.references)


def _headers(sheet: Sheet, start: int, stop: int) -> Iterator[_Header]:
    for index in range(start, min(stop, len(sheet.rows))):
        header = _header_at(sheet, index)
        if header is not None:
            yield header


def _header_at(sheet: Sheet, index: int) -> _Header | None:
    """The headings that begin in this row, in up to four rows; None if the row begins none."""
    if not _looks_like_headings(sheet.rows[index]) or sum(cell is not None for cell in sheet.rows[index]) < 2:
        return None
    last = index
    while last + 1 < min(len(sheet.rows), index + _HEADER_ROWS_MAX) and _looks_like_headings(sheet.rows[last + 1]):
        last += 1
    header = _combined(sheet, index, last)
    is_told = sheet.meant is SheetRole.REGISTER and Field.NAME in header.columns
    return header if header.is_register or is_told else None


def _looks_like_headings(row: Sequence[Cell]) -> bool:
    if any(not isinstance(cell, str) for cell in row if cell is not None):
        return False
    texts = [text_of(cell=cell) for cell in row if cell is not None]
    if not texts:
        return False
    known = sum(field_of(heading=text) is not None for text in texts)
    parts = sum(field_of(heading=text, above="เกิด") not in (None, Field.BORN) for text in texts)
    return known * 2 > len(texts) or parts == len(texts)


def _combined(sheet: Sheet, first: int, last: int) -> _Header:
    width = max(len(sheet.rows[index]) for index in range(first, last + 1))
    fields: dict[int, Field] = {}
    headings: dict[int, str] = {}
    groups = [""] * width
    for index in range(first, last + 1):
        spread = spread_texts(sheet=sheet, index=index, width=width)
        for column, text in enumerate(row_texts(sheet=sheet, index=index, width=width)):
            if text:
                headings[column] = f"{groups[column]} {text}".strip()
                if (found := field_of(heading=text, above=groups[column])) is not None:
                    fields[column] = found
        groups = [spread[column] or groups[column] for column in range(width)]
    return _Header(first=first, last=last, fields=_each_once(fields, headings), headings=headings,
                   more_name=tuple(_more_name(fields, groups)))


def _each_once(fields: Mapping[int, Field], headings: Mapping[int, str]) -> dict[int, Field]:
    """Every field once: in the first column that has it. Behind ชื่อ, ชื่อสกุล is the name of the family."""
    taken: dict[int, Field] = {}
    for column, found in sorted(fields.items()):
        is_family = found is Field.NAME is taken.get(column - 1) and is_family_name(
            heading=headings[column], before=headings[column - 1])
        taken[column] = Field.LAST_NAME if is_family else Field.IGNORED if found in taken.values() else found
    return taken


def _more_name(fields: Mapping[int, Field], groups: Sequence[str]) -> Iterator[int]:
    is_name = False
    for column, group in enumerate(groups):
        if column in fields:
            is_name = fields[column] is Field.NAME
        elif is_name and group and group == groups[column - 1]:
            yield column
        else:
            is_name = False


def _rows(sheet: Sheet, header: _Header) -> Iterator[SheetRow]:
    moo = villages.moo_in(text=text_of(cell=sheet.name))
    for index in range(header.first):
        moo = _moo_in_row(sheet.rows[index], moo)
        yield SheetRow(row=index + 1, kind=RowKind.TITLE if any(_texts(sheet.rows[index])) else RowKind.BLANK)
    index, kind, is_foot = header.first, RowKind.HEADER, False
    while index < len(sheet.rows):
        again = header if index == header.first else _header_at(sheet, index)
        if again is not None:
            for row in range(again.first, again.last + 1):
                yield SheetRow(row=row + 1, kind=kind)
            header, index, kind, is_foot = again, again.last + 1, RowKind.REPEATED_HEADER, False
            continue
        row_cells = _row_cells(sheet, index, header)
        found_kind = _kind(sheet.rows[index], row_cells, is_foot)
        is_foot = is_foot or found_kind in (RowKind.TOTAL, RowKind.FOOTER)
        if found_kind in (RowKind.VILLAGE_HEADING, RowKind.TITLE):
            moo, is_foot = _moo_in_row(sheet.rows[index], moo), False
        if found_kind is RowKind.DATA:
            yield _data_row(index, header, row_cells, moo)
        else:
            yield SheetRow(row=index + 1, kind=found_kind)
        index += 1


def _data_row(index: int, header: _Header, row_cells: Mapping[Field, Cell], moo: int | None) -> SheetRow:
    return SheetRow(
        row=index + 1, kind=RowKind.DATA, cells=row_cells, moo_above=moo,
        columns=header.columns_from_1, headings=header.headings_by_field)


def _texts(row: Sequence[Cell]) -> Iterator[str]:
    return (text for cell in row if cell is not None and (text := text_of(cell=cell)))


def _moo_in_row(row: Sequence[Cell], before: int | None) -> int | None:
    found = [moo for text in _texts(row) if (moo := villages.moo_in(text=text)) is not None]
    return found[0] if found else before


def _row_cells(sheet: Sheet, index: int, header: _Header) -> dict[Field, Cell]:
    row, width = sheet.rows[index], len(sheet.rows[index])
    found: dict[Field, Cell] = {}
    for field, column in header.columns.items():
        cell = row[column] if column < width else None
        if cell is None and field in _FILLED_DOWN:
            cell = sheet.filled_down.get((index + 1, column + 1))
        if cell is not None and (not isinstance(cell, str) or text_of(cell=cell)):
            found[field] = cell
    if header.more_name:
        parts = (found.get(Field.NAME), *(row[column] for column in header.more_name if column < width))
        found |= {Field.NAME: name} if (name := " ".join(part for part in parts if isinstance(part, str))) else {}
    return found


def _kind(row: Sequence[Cell], row_cells: Mapping[Field, Cell], is_foot: bool) -> RowKind:
    evidence, has_person = _evidence(row_cells)
    if has_person and evidence >= _EVIDENCE_ENOUGH:
        return RowKind.DATA
    texts = list(_texts(row))
    if not texts:
        return RowKind.BLANK
    if len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return RowKind.HEADER  # the numbers of the columns, as on official forms
    has_person = has_person or {Field.NAME, Field.LAST_NAME} <= set(row_cells)  # รวมใจ | ดีงาม
    if not has_person and any(is_total(text=text) for text in texts):
        return RowKind.TOTAL
    if has_person and evidence >= (_EVIDENCE_ENOUGH if is_foot else 2):
        return RowKind.DATA
    if len(texts) <= _FOOT_CELLS_MAX and any(is_foot_text(text=text) for text in texts):
        return RowKind.FOOTER
    if evidence >= _EVIDENCE_ENOUGH:
        return RowKind.DATA
    if len(texts) <= _FOOT_CELLS_MAX and any(villages.moo_in(text=text) for text in texts if not text.isdecimal()):
        return RowKind.TITLE if any(_TITLE_AGAIN.search(text) for text in texts) else RowKind.VILLAGE_HEADING
    printed = {text_of(cell=row_cells.get(Field.MEMBER_NO)), text_of(cell=row_cells.get(Field.MOO))}
    if all(text.isdecimal() or text in printed for text in texts):
        return RowKind.BLANK  # a form with its numbers printed in advance
    if not is_foot and any(_TITLE_AGAIN.search(text) for text in texts):
        return RowKind.TITLE
    return RowKind.FOOTER if is_foot else RowKind.NOTE


def _evidence(row_cells: Mapping[Field, Cell]) -> tuple[int, bool]:
    """How much speaks for a member's row, and whether somebody is named or numbered in it."""
    evidence, has_person = 0, False
    for found, cell in row_cells.items():
        weight = _weight(found, cell)
        evidence += weight
        has_person = has_person or (weight > 0 and found in (Field.NAME, Field.NATIONAL_ID))
        if has_person and evidence >= _EVIDENCE_ENOUGH:
            break
    return evidence, has_person


def _weight(found: Field, cell: Cell) -> int:
    text = text_of(cell=cell)
    match found:
        case Field.NAME:
            plain = names.unnumbered(written=text)
            if not isinstance(cell, str) or is_foot_text(text=text) or is_total(text=text) or plain[0].isdigit():
                return 0
            return 2 if names.has_title(written=plain) else 1
        case Field.NATIONAL_ID:
            return 2 if _digits(text) >= 5 else 1 if text.startswith("ไม่มี") else 0
        case Field.BORN | Field.JOINED:
            return 1 if isinstance(cell, (date, int, Decimal)) or _digits(text) >= 2 else 0
        case Field.SEQUENCE | Field.MEMBER_NO | Field.HOUSE_NO:
            return 1 if _digits(text) and len(text) <= 20 else 0
        case Field.PHONE:
            return 1 if _digits(text) >= 8 else 0
        case Field.BENEFICIARY:
            return 1 if names.has_title(written=text) else 0
        case _:
            return 0


def _digits(text: str) -> int:
    return len(_DIGIT.findall(text))
