"""Finds a grid of contributions in a sheet: which columns are months, whose row it is, what each row is."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ombun.imports.rules import periods, villages
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.header_rows import own_and_above, texts_in
from ombun.imports.rules.headings import Field, field_of, is_amount, is_family_name, is_total_heading
from ombun.imports.rules.periods import Period
from ombun.imports.rules.printed_words import is_foot_text, is_total
from ombun.imports.rules.register_row import RowKind
from ombun.members.rules import names
from ombun.members.rules.names import NameReading

_HEADER_ROWS_MAX = 3
_ROWS_SEARCHED_FOR_A_HEADER = 60
_TITLE_ROWS_MAX = 12
_FEW_TEXTS = 4
_PERIODS_MIN = 2
_WHOSE = {Field.NAME, Field.MEMBER_NO, Field.NATIONAL_ID}
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")
_SPEAKS_OF_DUES = re.compile(r"สมทบ|ส่งเงิน|เงินออม|ออมบุญ|สัจจะ|ออมวันละ|เก็บเงิน|รายปี")
_ACCOUNTS = re.compile(r"รายรับ|รายจ่าย|รับ ?[-–/] ?จ่าย")
_CARRIED = re.compile(r"ยอด(?:ยก|คงเหลือ|เงิน)|คงเหลือ|ยกมา|ยกไป")
_NUMBER_OF_SOMEBODY = re.compile(r"0\d+|\d{13}|\d-\d{4}-\d{5}-\d{2}-\d")
_SUM = re.compile(r"(?:ยอด)?รวม(?:ทั้ง|เงิน|หมู่|บ้าน|หน้า|ยอด|สุทธิ|จำนวน|เป็น|[\d\s]|$)|ทั้งหมด|ทั้งสิ้น|สรุป")
_VILLAGE = re.compile(r"(?:หมู่|บ้าน|ม\.)")
_OF_A_PART = re.compile(r"หมู่|บ้าน|หน้า")
_LETTER = re.compile(r"[ก-ฮa-zA-Z]")
_YEARS_AS_HEADINGS = range(2500, 2600)
_NUMBERS_OF_MONTHS = range(1, 13)
_NO_NAME = NameReading()
_Place = tuple[int, Period, int | None]  # a column, its period, the year named in a heading above it


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """A column of money (index from 0) and the period it stands for; its year is None where nobody can know it."""

    column: int
    period: Period


@dataclass(frozen=True, kw_only=True)
class GridTotal:
    """A column of totals and the columns of money it adds up."""

    column: int
    adds: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class GridHeader:
    """The headings in force: the rows they take (indices), the fields, the money, the totals."""

    first: int
    last: int
    fields: Mapping[Field, int]
    headings: Mapping[int, str]
    more_name: tuple[int, ...]
    brought: int | None  # the column of what was brought forward, which totals may add
    columns: tuple[GridColumn, ...]
    totals: tuple[GridTotal, ...]

    @cached_property
    def money(self) -> set[int]:
        """The columns that hold amounts."""
        brought = set() if self.brought is None else {self.brought}
        return {one.column for one in self.columns} | {one.column for one in self.totals} | brought

    @property
    def first_name_column(self) -> int | None:
        """The column that says whose row it is: the name, else the number."""
        return next((self.fields[field] for field in (Field.NAME, Field.MEMBER_NO, Field.NATIONAL_ID)
                     if field in self.fields), None)


@dataclass(frozen=True, kw_only=True)
class GridLine:
    """One row of a grid: what it is, whose it is, and its cells (as wide as the sheet)."""

    row: int
    kind: RowKind
    header: GridHeader
    cells: tuple[Cell, ...]
    number: Cell = None
    national_id: Cell = None
    name: NameReading = _NO_NAME
    moo: int | None = None

    def cell(self, column: int) -> Cell:
        """The cell of a column (from 0)."""
        return self.cells[column] if column < len(self.cells) else None


def read_grid(*, sheet: Sheet) -> tuple[GridLine, ...]:
    """Every row of a contribution grid; nothing where the sheet is none."""
    header = next((found for index in range(min(len(sheet.rows), _ROWS_SEARCHED_FOR_A_HEADER))
                   if (found := _header_at(sheet, index)) is not None), None)
    return tuple(_with_subtotals(list(_lines(sheet, header)))) if header is not None else ()


def _header_at(sheet: Sheet, index: int) -> GridHeader | None:
    if not _looks_like_headings(sheet.rows[index]) or sum(cell is not None for cell in sheet.rows[index]) < 2:
        return None
    last = index
    while last + 1 < min(len(sheet.rows), index + _HEADER_ROWS_MAX) and _goes_on(sheet.rows[last + 1]):
        last += 1
    header = _combined(sheet, index, last)
    if header is None or not header.columns:
        return None
    if len(header.columns) < _PERIODS_MIN and not _speaks_of_dues(sheet, index):
        return None
    return header


def _speaks_of_dues(sheet: Sheet, index: int) -> bool:
    return any(_SPEAKS_OF_DUES.search(text) for row in sheet.rows[:index + 1] for text in texts_in(row=row)) or bool(
        _SPEAKS_OF_DUES.search(sheet.name))


def _looks_like_headings(row: Sequence[Cell]) -> bool:
    cells = [cell for cell in row if cell is not None and text_of(cell=cell)]
    if any(isinstance(cell, Decimal) or (isinstance(cell, int) and cell not in _YEARS_AS_HEADINGS) for cell in cells):
        return False
    return sum(_is_heading(cell) for cell in cells) * 2 > len(cells)


def _goes_on(row: Sequence[Cell]) -> bool:
    """Whether a row goes on with the headings above it: half of it is headings, or it has the numbers of the months."""
    cells = [cell for cell in row if cell is not None and text_of(cell=cell)]
    if not all(isinstance(cell, str | int) for cell in cells):
        return False
    if _has_numbers_of_months(cells):
        return True
    if any(_NUMBER_OF_SOMEBODY.fullmatch(text_of(cell=cell)) for cell in cells):
        return False  # 0012, รวมใจ ดีงาม, 2500
    has_amounts = any(isinstance(cell, int) and cell not in _YEARS_AS_HEADINGS for cell in cells)
    return len(cells) > 1 and not has_amounts and sum(_is_heading(cell) for cell in cells) * 2 >= len(cells)


def _has_numbers_of_months(cells: Sequence[Cell]) -> bool:
    return sorted(cell for cell in cells if isinstance(cell, int)) == list(_NUMBERS_OF_MONTHS)


def _is_heading(cell: Cell) -> bool:
    text = text_of(cell=cell)
    return periods.period(heading=cell) is not None or field_of(heading=text) is not None or is_amount(
        heading=text) or is_total_heading(heading=text)


def _combined(sheet: Sheet, first: int, last: int) -> GridHeader | None:
    fields: dict[Field, int] = {}
    found: list[_Place] = []
    totals: list[int] = []
    headings = own_and_above(sheet=sheet, first=first, last=last)
    has_numbers = _has_numbers_of_months([own for own, _ in headings])
    for column, (own, above) in enumerate(headings):
        text = text_of(cell=own)
        period = Period(month=own) if has_numbers and isinstance(own, int) else periods.period(heading=own)
        one = period or (periods.period(heading=above) if is_amount(heading=text) else None)
        if is_total_heading(heading=text):
            totals.append(column)
        elif one is not None:
            found.append((column, one, periods.fiscal_year_in(text=above)))
        elif (field := field_of(heading=text, above=above)) is not None and field is not Field.IGNORED:
            is_family = field is Field.NAME and fields.get(Field.NAME) == column - 1 and is_family_name(
                heading=text, before=text_of(cell=headings[column - 1][0]))
            fields.setdefault(Field.LAST_NAME if is_family else field, column)
    if any(one.months == 1 for _, one, _ in found):  # a year beside months is their sum
        totals += [column for column, one, _ in found if one.months == 12 and one.year is not None]
        found = [place for place in found if place[1].months != 12 or place[1].year is None]
    if Field.NAME not in fields and (unnamed := _column_of_names(sheet, last, found)) is not None:
        fields[Field.NAME] = unnamed
    if not _WHOSE & set(fields) or any(_ACCOUNTS.search(text_of(cell=own)) for own, _ in headings):
        return None
    columns = tuple(_dated(found, _year_of(sheet, first)))
    return GridHeader(first=first, last=last, fields=fields, columns=columns, headings={
                          column: f"{above} {text_of(cell=own)}".strip()
                          for column, (own, above) in enumerate(headings)},
                      brought=next((column for column, (own, _) in enumerate(headings)
                                    if "ยกมา" in text_of(cell=own)), None),
                      more_name=tuple(_more_name(headings, fields)), totals=tuple(_totals(columns, sorted(totals))))


def _more_name(headings: Sequence[tuple[Cell, str]], fields: Mapping[Field, int]) -> Iterator[int]:
    """Columns merged under the heading of the name: title, first and last name apart."""
    column = fields.get(Field.NAME, len(headings)) + 1
    while column < len(headings) and headings[column][0] is None and column not in fields.values() and _LETTER.search(
            headings[column][1]):
        yield column
        column += 1


def _column_of_names(sheet: Sheet, last: int, found: Sequence[_Place]) -> int | None:
    """The column before the money, where names stand under no heading we know."""
    if len(found) < 6:
        return None
    for column in range(found[0][0] - 1, -1, -1):
        cells = [row[column] for row in sheet.rows[last + 1:last + 21] if column < len(row)]
        if sum(isinstance(cell, str) and names.has_title(written=cell) for cell in cells) >= _PERIODS_MIN:
            return column
    return None


def _year_of(sheet: Sheet, first: int) -> int | None:
    """The fiscal year of the title nearest above, or of the sheet's name; None where they contradict each other."""
    above = (texts_in(row=sheet.rows[index]) for index in range(first - 1, max(-1, first - _TITLE_ROWS_MAX), -1))
    said = [year for texts in above if len(texts) <= _FEW_TEXTS
            for text in texts if (year := periods.fiscal_year_in(text=text)) is not None]
    named = periods.fiscal_year_in(text=sheet.name, is_name=True)
    if said and named and said[0] != named and named not in said:
        return None
    return said[0] if said else named


def _dated(found: Sequence[_Place], year_be: int | None) -> Iterator[GridColumn]:
    found = list(_under_years(found))
    for year in dict.fromkeys(above for _, _, above in found):
        mine = [place for place in found if place[2] == year]
        dated = periods.with_years(periods=[one for _, one, _ in mine], year_be=year or year_be)
        for (column, one, _), known in zip(mine, dated, strict=True):
            yield GridColumn(column=column, period=known or one)


def _under_years(found: Sequence[_Place]) -> Iterator[_Place]:
    """A year written over the first of its months, and not merged over them, holds until a month comes again."""
    year, seen = None, set[int]()
    for column, one, above in found:
        if above is not None or one.month in seen:
            year, seen = above, set()
        seen.add(one.month)
        yield column, one, above if above is not None else year if one.year is None else None


def _totals(columns: Sequence[GridColumn], totals: Sequence[int]) -> Iterator[GridTotal]:
    """Totals add up the money before them: since the total before, or (nothing new before them) all of it."""
    before = -1
    for column in totals:
        adds = tuple(one.column for one in columns if before < one.column < column)
        if len(totals) == 1 or not adds:
            adds = tuple(one.column for one in columns if before == -1 or one.column < column)
        yield GridTotal(column=column, adds=adds)
        before = column


def _lines(sheet: Sheet, header: GridHeader) -> Iterator[GridLine]:
    moo = villages.moo_in(text=text_of(cell=sheet.name))
    for index in range(header.first):
        texts = texts_in(row=sheet.rows[index])
        moo = next((found for text in texts if (found := villages.moo_in(text=text)) is not None), moo)
        yield GridLine(row=index + 1, kind=RowKind.TITLE if texts else RowKind.BLANK, header=header, cells=())
    index, kind, is_foot = header.first, RowKind.HEADER, False
    while index < len(sheet.rows):
        again = header if index == header.first else _header_at(sheet, index)
        if again is not None:
            for row in range(again.first, again.last + 1):
                yield GridLine(row=row + 1, kind=kind, header=again, cells=())
            header, index, kind, is_foot = _undated_as_before(again, header), again.last + 1, RowKind.REPEATED_HEADER, \
                False
            continue
        line = _line(sheet.rows[index], index, header, moo, is_foot)
        is_foot = line.kind in (RowKind.TOTAL, RowKind.FOOTER) or (is_foot and line.kind is not RowKind.VILLAGE_HEADING)
        if line.kind in (RowKind.VILLAGE_HEADING, RowKind.TITLE):
            moo, is_foot = line.moo, False
        yield line
        index += 1


def _undated_as_before(again: GridHeader, before: GridHeader) -> GridHeader:
    """Headings repeated at a page break keep the years of the ones before them where they name none themselves."""
    known = {before.headings[one.column]: one.period for one in before.columns}
    return replace(again, columns=tuple(
        replace(one, period=known.get(again.headings[one.column], one.period)) if one.period.year is None else one
        for one in again.columns))


def _line(row: tuple[Cell, ...], index: int, header: GridHeader, moo: int | None, is_foot: bool) -> GridLine:
    def at(field: Field) -> Cell:
        column = header.fields.get(field)
        return row[column] if column is not None and column < len(row) else None

    parts = (at(Field.NAME), *(row[column] if column < len(row) else None for column in header.more_name))
    written = " ".join(part for part in parts if isinstance(part, str))
    kind = _kind(row, header, written, at(Field.MEMBER_NO) or at(Field.NATIONAL_ID), is_foot)
    if kind in (RowKind.VILLAGE_HEADING, RowKind.TITLE):
        moo = next((found for text in texts_in(row=row) if (found := villages.moo_in(text=text)) is not None), None)
    if kind is not RowKind.DATA:
        return GridLine(row=index + 1, kind=kind, header=header, cells=row, moo=moo)
    own_moo = villages.moo_of(written=at(Field.MOO))
    name = names.name(written=written, title=text_of(cell=at(Field.TITLE)),
                      last=text_of(cell=at(Field.LAST_NAME)) if Field.LAST_NAME in header.fields else None)
    return GridLine(row=index + 1, kind=kind, header=header, cells=row, number=at(Field.MEMBER_NO), name=name,
                    national_id=at(Field.NATIONAL_ID), moo=own_moo if own_moo is not None else moo)


def _kind(row: Sequence[Cell], header: GridHeader, name: str, number: Cell, is_foot: bool) -> RowKind:
    texts = texts_in(row=row)
    if not texts:
        return RowKind.BLANK
    words = [text for column, cell in enumerate(row) if column not in header.money and (text := text_of(cell=cell))]
    has_money = any(text_of(cell=row[column]) for column in header.money if column < len(row))
    has_number = number is not None and any(c.isdigit() for c in text_of(cell=number))
    has_title = names.has_title(written=name)
    if not has_title and not _is_named_so(name, number) and any(
            is_total(text=text) or _CARRIED.match(text) for text in words):
        return RowKind.TOTAL
    is_name = bool(_LETTER.search(name)) and not is_foot_text(text=text_of(cell=name))
    if (is_name and (has_number or has_money or (has_title and not is_foot))) or (has_number and has_money):
        return RowKind.DATA
    if len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return RowKind.HEADER
    if len(texts) <= _FEW_TEXTS and any(is_foot_text(text=text) for text in texts):
        return RowKind.FOOTER
    if len(texts) <= _FEW_TEXTS and not has_money and any(_is_village(text) for text in texts):
        return RowKind.VILLAGE_HEADING
    if all(isinstance(cell, int) or text_of(cell=cell) == text_of(cell=number) for cell in row if cell is not None):
        return RowKind.BLANK  # a form with its numbers printed in advance
    if len(texts) <= _FEW_TEXTS and any(periods.fiscal_year_in(text=text) for text in texts):
        return RowKind.TITLE
    return RowKind.FOOTER if is_foot else RowKind.NOTE


def _is_named_so(name: str, number: Cell) -> bool:
    """Whether somebody with a number only has a name that begins like a total: 0012, รวมใจ ดีงาม."""
    text = text_of(cell=number)
    return any(c.isdigit() for c in text) and not _LETTER.search(text) and " " in name.strip() and bool(
        is_total(text=name) and not _SUM.match(name))


def _is_village(text: str) -> bool:
    return bool(_VILLAGE.match(text)) and not is_foot_text(text=text)


def _with_subtotals(lines: list[GridLine]) -> Iterator[GridLine]:
    """Of the totals of a grid the last is its total; those before it, and those of a village, are subtotals."""
    is_last = True
    kinds: list[RowKind] = []
    for line in reversed(lines):
        kind = line.kind
        if kind is RowKind.TOTAL:
            words = texts_in(row=line.cells)
            is_part = any(_OF_A_PART.search(text) or villages.moo_in(text=text) for text in words)
            kind = RowKind.SUBTOTAL if is_part or not is_last else kind
            is_last = False
        elif kind is RowKind.TITLE:
            is_last = True
        kinds.append(kind)
    return (replace(line, kind=kind) for line, kind in zip(lines, reversed(kinds), strict=True))
