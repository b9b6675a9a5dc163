"""Finds a list of benefits paid in a sheet: its columns by their headings, its months, and what each row is."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from ombun.imports.rules import amounts, periods, villages
from ombun.imports.rules.benefit_words import kind_of
from ombun.imports.rules.books import BenefitKind
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.header_rows import own_and_above, texts_in
from ombun.imports.rules.headings import Field, field_of, is_amount, is_benefit, plain_heading
from ombun.imports.rules.printed_words import is_foot_text, is_total
from ombun.imports.rules.register_row import RowKind

_HEADER_ROWS_MAX = 3
_ROWS_SEARCHED_FOR_A_HEADER = 60
_FEW_TEXTS = 3
_PAID_OUT = re.compile(r"จ่าย|สวัสดิการ|ช่วยเหลือ|ค่า|มอบ")
_PAID_IN = re.compile(r"สมทบ|ออม|สัจจะ|ฝาก|กู้|หุ้น|บริจาค|รับ ?[-–/] ?จ่าย|รับเงิน")
_KINDS_MIN = 2  # columns that name different kinds of benefits, where every kind has its own


class BenefitField(StrEnum):
    """What a column of a list of benefits holds."""

    SEQUENCE = "sequence"
    DATE = "date"
    NUMBER = "number"
    NATIONAL_ID = "national_id"
    NAME = "name"
    RECEIVER = "receiver"
    KIND = "kind"
    AMOUNT = "amount"
    NIGHTS = "nights"
    MOO = "moo"
    REMARK = "remark"
    VOUCHER = "voucher"


_WRITINGS = tuple((one, re.compile(pattern)) for one, pattern in (
    (BenefitField.DATE, r"(?:วัน|ว)(?:ที่)?(?:เดือน|ด)?(?:ปี|ป)?(?:ที่)?(?:จ่าย|รับ|เบิก|อนุมัติ)?(?:เงิน|สวัสดิการ)?"
     r"|เดือน|date"),
    (BenefitField.VOUCHER, r"(?:เลขที่)?ใบ(?:สำคัญ(?:จ่าย)?|เบิก)(?:เลขที่|ที่)?"),
    (BenefitField.NIGHTS, r"(?:จำนวน)?(?:คืน|วันนอน|คืนที่นอน)"),
    (BenefitField.RECEIVER, r"(?:ชื่อ)?(?:ผู้(?:มา)?รับ(?:เงิน|แทน|มอบ)*|ทายาท|ผู้เบิก)"),
    (BenefitField.NAME, r"(?:ราย)?(?:ชื่อ(?:นาม)?(?:สกุล)?)?(?:ของ)?(?:สมาชิก)?(?:ที่|ผู้)(?:ได้)?รับ"
     r"(?:สวัสดิการ|ประโยชน์|ความช่วยเหลือ)"),
    (BenefitField.KIND, r"(?:ประเภท|รายการ|ชนิด|เรื่อง|กรณี|หมวด|สวัสดิการ)(?:ของ|การ|ที่)?"
     r"(?:จ่าย|เบิก|รับ|ได้รับ)?(?:เงิน)?(?:สวัสดิการ)?(?:ด้าน)?"),
    (BenefitField.AMOUNT, r"(?:เงิน|จำนวน|ยอด)*(?:ที่)?(?:จ่าย|ได้รับ|เบิก|อนุมัติ)(?:เงิน|จริง)?(?:บาท)?"),
))
WRITTEN: Mapping[BenefitField, str] = MappingProxyType({
    BenefitField.SEQUENCE: "ลำดับ", BenefitField.DATE: "วันที่จ่าย", BenefitField.VOUCHER: "เลขที่ใบสำคัญจ่าย",
    BenefitField.NUMBER: "เลขทะเบียนสมาชิก", BenefitField.NATIONAL_ID: "เลขประจำตัวประชาชน",
    BenefitField.NAME: "ชื่อ - สกุล", BenefitField.MOO: "หมู่ที่", BenefitField.KIND: "รายการสวัสดิการ",
    BenefitField.NIGHTS: "จำนวนคืน", BenefitField.AMOUNT: "จำนวนเงิน (บาท)", BenefitField.RECEIVER: "ผู้รับเงิน"})
"""Of all writings the one that we ourselves write over a column, in the order of the columns."""
_AS_IN_REGISTERS = {
    Field.SEQUENCE: BenefitField.SEQUENCE, Field.MEMBER_NO: BenefitField.NUMBER, Field.NAME: BenefitField.NAME,
    Field.NATIONAL_ID: BenefitField.NATIONAL_ID, Field.BENEFICIARY: BenefitField.RECEIVER, Field.MOO: BenefitField.MOO,
    Field.REMARK: BenefitField.REMARK}


@dataclass(frozen=True, kw_only=True)
class BenefitHeader:
    """The headings in force: the rows they take (indices), field → column (from 0), column → heading.

    `kinds`: column → the fund's word for a kind of benefit, where every kind has a column of its own; `word`: the one
    for all rows, where the sheet is about one kind.
    """

    first: int
    last: int
    columns: Mapping[BenefitField, int]
    headings: Mapping[int, str]
    kinds: Mapping[int, str] = field(default_factory=dict)
    word: str = ""

    @property
    def amounts(self) -> Sequence[int]:
        """The columns of amounts."""
        return list(self.kinds) or [self.columns[BenefitField.AMOUNT]]


@dataclass(frozen=True, kw_only=True)
class BenefitLine:
    """One row of a list of benefits; `month` and `moo` of the headings above it, `year_be` of the title.

    Where every kind has a column of its own, a row has a line for each benefit: `amount_column` is where it stands.
    """

    row: int
    amount_column: int | None = None
    kind: RowKind
    header: BenefitHeader
    cells: Mapping[BenefitField, Cell] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    month: date | None = None
    year_be: int | None = None
    moo: int | None = None


def read_benefits(*, sheet: Sheet) -> tuple[BenefitLine, ...]:
    """Every row of a list of benefits paid; nothing where the sheet is none."""
    header = next((found for index in range(min(len(sheet.rows), _ROWS_SEARCHED_FOR_A_HEADER))
                   if (found := _header_at(sheet, index)) is not None), None)
    return tuple(_with_subtotals(list(_lines(sheet, header)))) if header is not None else ()


def _header_at(sheet: Sheet, index: int) -> BenefitHeader | None:
    if not _looks_like_headings(sheet.rows[index]) or sum(cell is not None for cell in sheet.rows[index]) < 2:
        return None
    last = index
    while last + 1 < min(len(sheet.rows), index + _HEADER_ROWS_MAX) and _looks_like_headings(sheet.rows[last + 1]):
        last += 1
    columns: dict[BenefitField, int] = {}
    headings: dict[int, str] = {}
    kinds: dict[int, str] = {}
    for column, (own, above) in enumerate(own_and_above(sheet=sheet, first=index, last=last)):
        text = text_of(cell=own)
        headings[column] = f"{above} {text}".strip()
        if word := _kind_in(text) or (_kind_in(above) if is_amount(heading=text) else ""):
            kinds[column] = word
        if (found := benefit_field(heading=text)) is not None:
            columns.setdefault(found, column)
    if BenefitField.NAME not in columns and BenefitField.RECEIVER in columns:
        columns[BenefitField.NAME] = columns[BenefitField.RECEIVER]
    if not {BenefitField.NAME, BenefitField.NUMBER, BenefitField.NATIONAL_ID} & set(columns):
        return None
    if {BenefitField.KIND, BenefitField.AMOUNT} <= set(columns) and len(kinds) < _KINDS_MIN:
        return BenefitHeader(first=index, last=last, columns=columns, headings=headings)
    word = _word_of_all(sheet, index)
    if word and len(kinds) < _KINDS_MIN and {BenefitField.AMOUNT, BenefitField.DATE} <= set(columns):
        return BenefitHeader(first=index, last=last, columns=columns, headings=headings, word=word)
    for none in (BenefitField.KIND, BenefitField.AMOUNT):
        columns.pop(none, None)
    is_wide = len({kind_of(word=word) for word in kinds.values()}) >= _KINDS_MIN
    return BenefitHeader(first=index, last=last, columns=columns, headings=headings, kinds=kinds) if is_wide else None


def _word_of_all(sheet: Sheet, index: int) -> str:
    """The kind that a sheet is about by its name or its titles, if it speaks of paying: จ่ายค่ารักษาพยาบาล ปี 2565."""
    titles = [text for row in sheet.rows[:index] for text in texts_in(row=row)]
    for text in (text_of(cell=sheet.name), *titles):
        if _PAID_OUT.search(text) and not _PAID_IN.search(text) and kind_of(word=text) is not BenefitKind.UNCLEAR:
            return text
    return ""


def _kind_in(heading: str) -> str:
    """The fund's word for a kind of benefit, if a heading is one; its own words for people and days are none."""
    known = field_of(heading=heading)
    is_of_people = known is not None and known not in (Field.DIED, Field.IGNORED) and heading != "เกิด"
    is_kind = not is_of_people and benefit_field(heading=heading) in (None, BenefitField.KIND) and len(heading) <= 40
    return heading if is_kind and kind_of(word=heading) is not BenefitKind.UNCLEAR else ""


def _looks_like_headings(row: Sequence[Cell]) -> bool:
    cells = [cell for cell in row if cell is not None and text_of(cell=cell)]
    if not cells or any(not isinstance(cell, str) for cell in cells):
        return False
    texts = [text_of(cell=cell) for cell in cells]
    return sum(benefit_field(heading=text) is not None or bool(_kind_in(text)) for text in texts) * 2 > len(cells)


def benefit_field(*, heading: str) -> BenefitField | None:
    """What a column of a list of benefits holds by its heading; None if unknown."""
    plain = plain_heading(heading=heading)
    if not plain or len(plain) > 40:
        return None
    for found, pattern in _WRITINGS:
        if pattern.fullmatch(plain):
            return found
    if is_amount(heading=heading):
        return BenefitField.AMOUNT
    known = field_of(heading=heading)
    return BenefitField.KIND if is_benefit(heading=heading) or known is Field.KIND else _AS_IN_REGISTERS.get(known) \
        if known is not None else None


def _lines(sheet: Sheet, header: BenefitHeader) -> Iterator[BenefitLine]:
    titles = [text for row in sheet.rows[:header.first] for text in texts_in(row=row)]
    years = [year for text in reversed(titles) if (year := periods.fiscal_year_in(text=text)) is not None]
    year_be = years[0] if years else periods.fiscal_year_in(text=sheet.name, is_name=True)
    state = BenefitLine(row=0, kind=RowKind.NOTE, header=header, year_be=year_be,
                        moo=villages.moo_in(text=text_of(cell=sheet.name)))
    for index in range(header.first):
        is_title = bool(texts_in(row=sheet.rows[index]))
        yield replace(state, row=index + 1, kind=RowKind.TITLE if is_title else RowKind.BLANK)
    index, kind, is_foot = header.first, RowKind.HEADER, False
    while index < len(sheet.rows):
        again = header if index == header.first else _header_at(sheet, index)
        if again is not None:
            state = replace(state, header=again)
            for row in range(again.first, again.last + 1):
                yield replace(state, row=row + 1, kind=kind)
            index, kind, is_foot = again.last + 1, RowKind.REPEATED_HEADER, False
            continue
        cells = sheet.rows[index]
        line = _line(cells, index, state, is_foot)
        is_foot = line.kind is RowKind.FOOTER or (is_foot and line.kind in (RowKind.BLANK, RowKind.FOOTER))
        if line.kind in (RowKind.MONTH_HEADING, RowKind.TITLE, RowKind.VILLAGE_HEADING):
            state = replace(state, month=line.month, year_be=line.year_be, moo=line.moo)
        yield from _each_kind(line, cells) if line.kind is RowKind.DATA and line.header.kinds else (line,)
        index += 1


def _each_kind(line: BenefitLine, row: Sequence[Cell]) -> Iterator[BenefitLine]:
    """A line for every benefit in a row that has a column for each kind; one that is blank where there is none."""
    found = False
    for column, word in line.header.kinds.items():
        cell = row[column] if column < len(row) else None
        if text_of(cell=cell) and not amounts.is_empty(written=cell) and amounts.money(written=cell) != 0:
            found = True
            yield replace(line, amount_column=column,
                          cells={**line.cells, BenefitField.KIND: word, BenefitField.AMOUNT: cell})
    if not found:
        yield replace(line, kind=RowKind.BLANK)


def _line(row: Sequence[Cell], index: int, state: BenefitLine, is_foot: bool) -> BenefitLine:
    cells = {found: row[column] for found, column in state.header.columns.items()
             if column < len(row) and text_of(cell=row[column])}
    texts = tuple(texts_in(row=row))
    kind = _kind(row, cells, texts, is_foot)
    if kind is not RowKind.DATA and state.header.kinds and _is_paid_row(row, cells, state.header):
        kind = RowKind.DATA
    if kind is RowKind.DATA and state.header.word:
        cells[BenefitField.KIND] = state.header.word
    month, year_be, moo = state.month, state.year_be, state.moo
    if kind is RowKind.MONTH_HEADING:
        month = _month(texts[0], year_be)
    elif kind is RowKind.TITLE:
        month = None
        year_be = next((year for text in texts if (year := periods.fiscal_year_in(text=text)) is not None), year_be)
    elif kind is RowKind.VILLAGE_HEADING:
        moo = next((found for text in texts if (found := villages.moo_in(text=text)) is not None), None)
    elif kind is RowKind.DATA and BenefitField.MOO in cells:
        moo = villages.moo_of(written=cells[BenefitField.MOO])
    return BenefitLine(row=index + 1, kind=kind, header=state.header, cells=cells, texts=texts, month=month,
                       year_be=year_be, moo=moo)


def _is_paid_row(row: Sequence[Cell], cells: Mapping[BenefitField, Cell], header: BenefitHeader) -> bool:
    """Whether a row with a column for each kind names somebody; a total does not."""
    is_person = BenefitField.NUMBER in cells or BenefitField.NATIONAL_ID in cells or _is_name(cells)
    is_sum = any(is_total(text=text) for text in texts_in(row=row))
    return is_person and not is_sum and any(text_of(cell=row[n]) for n in header.kinds if n < len(row))


def _month(text: str, year_be: int | None) -> date | None:
    found = periods.period(heading=text)
    if found is not None and found.year is None and year_be is not None:
        found = found.in_fiscal_year(year_be)
    return found.first if found is not None and found.year is not None else None


def _kind(row: Sequence[Cell], cells: Mapping[BenefitField, Cell], texts: Sequence[str], is_foot: bool) -> RowKind:
    if not texts:
        return RowKind.BLANK
    is_person = BenefitField.NUMBER in cells or BenefitField.NATIONAL_ID in cells or _is_name(cells)
    told = sum(found in cells for found in (BenefitField.DATE, BenefitField.KIND, BenefitField.AMOUNT))
    if any(is_total(text=text) for text in texts) and not (is_person and told >= 2 and BenefitField.KIND in cells and
                                                           not is_total(text=text_of(cell=cells[BenefitField.KIND]))):
        return RowKind.TOTAL
    if len(texts) <= _FEW_TEXTS and BenefitField.AMOUNT not in cells:
        if (found := periods.period(heading=texts[0])) is not None:
            return RowKind.MONTH_HEADING if found.months == 1 else RowKind.TITLE
        if any(is_foot_text(text=text) for text in texts):
            return RowKind.FOOTER
        if not told and any(villages.moo_in(text=text) for text in texts if not text.isdecimal()):
            return RowKind.VILLAGE_HEADING
        if not told and any(periods.fiscal_year_in(text=text) for text in texts):
            return RowKind.TITLE
    if (is_person and told) or (told >= 2 and BenefitField.AMOUNT in cells and not is_foot):
        return RowKind.DATA
    if all(isinstance(cell, int | Decimal) for cell in row if cell is not None):
        return RowKind.BLANK  # a form with its numbers printed in advance
    return RowKind.FOOTER if is_foot or any(is_foot_text(text=text) for text in texts) else RowKind.NOTE


def _is_name(cells: Mapping[BenefitField, Cell]) -> bool:
    name = cells.get(BenefitField.NAME)
    return isinstance(name, str) and not is_foot_text(text=text_of(cell=name)) and bool(re.search("[ก-ฮ]", name))


def _with_subtotals(lines: list[BenefitLine]) -> Iterator[BenefitLine]:
    """The last total is of the whole sheet, unless every heading has one of its own; those before are subtotals."""
    sections = sum(line.kind in (RowKind.MONTH_HEADING, RowKind.VILLAGE_HEADING) for line in lines)
    totals = [line.row for line in lines if line.kind is RowKind.TOTAL]
    whole = totals[-1] if totals and (len(totals) > sections or len(totals) == 1 < sections or not sections) else None
    return (replace(line, kind=RowKind.SUBTOTAL) if line.kind is RowKind.TOTAL and line.row != whole else line
            for line in lines)
