"""What a person told us of a workbook: what kind a sheet is, and what the columns hold whose headings nobody knew.

A told heading is written over with a heading that every reader knows, so that the readers need not know of it.
"""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ombun.imports.rules import periods
from ombun.imports.rules.account_sheet import is_account_heading
from ombun.imports.rules.benefit_sheet import benefit_field
from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.imports.rules.header_rows import own_and_above, texts_in
from ombun.imports.rules.headings import SheetRole, field_of, is_amount, is_total_heading, plain_heading

IGNORED = "ignored"
_MONTHS = {f"month_{number}": word for number, word in zip(
    (10, 11, 12, *range(1, 10)), "ต.ค. พ.ย. ธ.ค. ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย.".split(), strict=True)}
HEADINGS: Mapping[str, str] = MappingProxyType({
    IGNORED: "ไม่นำเข้า", "member_no": "เลขทะเบียนสมาชิก", "name": "ชื่อ-สกุล", "name_title": "คำนำหน้า", "last_name": "นามสกุล",
    "national_id": "เลขบัตรประชาชน", "born_on": "วันเดือนปีเกิด", "joined_on": "วันที่สมัคร", "house_no": "บ้านเลขที่",
    "moo": "หมู่ที่", "address": "ที่อยู่", "kind": "ประเภทสมาชิก", "beneficiary_name": "ผู้รับผลประโยชน์",
    "relation": "ความเกี่ยวข้อง", "phone": "โทรศัพท์", "status": "สถานะ", "left_on": "วันที่ออก", "remark": "หมายเหตุ",
    **_MONTHS, "whole_year": "ทั้งปี", "total": "รวม", "paid_on": "วันที่จ่าย", "benefit": "ประเภทสวัสดิการ",
    "amount": "จำนวนเงิน", "receiver": "ผู้รับเงิน",
    "deed_day": "วันที่", "deed": "รายการ", "money_in": "รายรับ", "money_out": "รายจ่าย", "money_left": "คงเหลือ",
    "in_members": "เงินสมทบสมาชิก", "in_state": "เงินสมทบรัฐ", "in_lao": "เงินสมทบ อบต.", "in_interest": "ดอกเบี้ยรับ",
    "in_donation": "รับบริจาค", "in_other": "รับอื่นๆ", "out_welfare": "จ่ายสวัสดิการ", "out_meetings": "จ่ายค่าประชุม",
    "out_other": "จ่ายอื่นๆ"})
"""A meaning of a column → the heading that says so."""
_WHO = (IGNORED, "name", "name_title", "last_name", "member_no", "national_id", "moo")
MEANINGS: Mapping[SheetRole, tuple[str, ...]] = MappingProxyType({
    SheetRole.REGISTER: (*_WHO, *(one for one in list(HEADINGS)[6:18] if one not in _WHO)),
    SheetRole.CONTRIBUTIONS: (*_WHO, *_MONTHS, "whole_year", "total"),
    SheetRole.BENEFITS: (*_WHO, "paid_on", "benefit", "amount", "receiver", "remark"),
    SheetRole.ACCOUNTS: (IGNORED, *list(HEADINGS)[-14:], *_MONTHS, "total"),
    SheetRole.NOTES: ()})
"""The kinds of sheets that a person can choose, each with what its columns may hold."""
COLUMNS_MAX = 60
_ROWS_SEARCHED, _EXAMPLES, _TEXT_MAX = 60, 3, 40
_TABLE_CELLS_MIN = 2


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """What a fund told: the kinds of sheets by name, the meanings of headings by heading, both written plainly; and
    of sheets without any headings, by name, the meaning of each column."""

    sheets: Mapping[str, SheetRole] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def plain_name(*, name: str) -> str:
    """The name of a sheet as it is remembered."""
    return text_of(cell=name)


def as_meant(*, sheet: Sheet, meanings: Meanings) -> Sheet:
    """The sheet as a person told it: of the kind that they chose, its headings as they are meant."""
    role = meanings.sheets.get(plain_name(name=sheet.name))
    if columns := meanings.columns.get(plain_name(name=sheet.name)):
        return replace(sheet, meant=role, told_headings=tuple(HEADINGS.get(one, "") for one in columns))
    rows = tuple(_row_as_meant(row, meanings.headings) for row in sheet.rows) if meanings.headings else sheet.rows
    return replace(sheet, meant=role, rows=rows) if role is not None or rows is not sheet.rows else sheet


def _row_as_meant(row: tuple[Cell, ...], told: Mapping[str, str]) -> tuple[Cell, ...]:
    """A row of headings, those that were told written over; any other row is left alone."""
    found = {column: HEADINGS[told[plain]] for column, cell in enumerate(row) if isinstance(cell, str)
             and (plain := plain_heading(heading=text_of(cell=cell))) in told}
    if not found:
        return row
    texts = texts_in(row=row)
    known = len(found) + sum(_is_known(text) for column, text in enumerate(map(_text, row)) if column not in found)
    return tuple(found.get(column, cell) for column, cell in enumerate(row)) if known * 2 > len(texts) else row


def _text(cell: Cell) -> str:
    return text_of(cell=cell)


def _is_known(text: str, above: str = "") -> bool:
    return bool(text) and (
        field_of(heading=text, above=above) is not None or benefit_field(heading=text) is not None
        or is_total_heading(heading=text) or is_amount(heading=text) or periods.period(heading=text) is not None
        or is_account_heading(text=text))


def is_a_table(*, sheet: Sheet) -> bool:
    """Whether a person may say what a sheet is: something stands side by side in several of its rows."""
    return sum(len(texts_in(row=row)) >= _TABLE_CELLS_MIN for row in sheet.rows[:_ROWS_SEARCHED]) >= _TABLE_CELLS_MIN


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column (from 1): its heading, some of its cells, whether readers know it by itself, what was told of it."""

    column: int
    own: str
    heading: str  # with what stands above it
    examples: tuple[str, ...]
    is_known: bool
    told: str = ""


def likely_headings(*, sheet: Sheet) -> list[tuple[int, str]]:
    """The rows (from 1) of a sheet that may be its headings, each with what is written there; the likeliest first."""
    rows = [(index + 1, texts) for index, row in enumerate(sheet.rows[:_ROWS_SEARCHED])
            if len(texts := texts_in(row=row)) >= _TABLE_CELLS_MIN]
    rows.sort(key=lambda one: (sum(_is_a_figure(text) for text in one[1]), -sum(_is_known(text) for text in one[1]),
                               -_words(sheet.rows[one[0] - 1])))
    return [(row, " · ".join(text[:_TEXT_MAX] for text in texts)) for row, texts in rows]


def _is_a_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and not _is_known(text)


def _words(row: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and not any(c.isdigit() for c in cell) for cell in row)


def columns_of(*, sheet: Sheet, rows: Collection[int], meanings: Meanings) -> tuple[Column, ...]:
    """The columns of a sheet whose headings stand in these rows (from 1; 0 where it has none): those with a heading or
    with cells."""
    first, last = min(rows) - 1, max(rows) - 1
    told_columns = meanings.columns.get(plain_name(name=sheet.name), ())
    over: Sequence[tuple[Cell, str]] = own_and_above(sheet=sheet, first=first, last=last) if last >= 0 else [
        (None, "")] * max(map(len, sheet.rows), default=0)
    found = []
    for column, (own, above) in enumerate(over[:COLUMNS_MAX]):
        heading = text_of(cell=own)
        below = [text for row in sheet.rows[last + 1:last + _ROWS_SEARCHED] if column < len(row)
                 and (text := text_of(cell=row[column]))]
        if heading or below:
            told = meanings.headings.get(plain_heading(heading=heading), "") if heading else \
                told_columns[column] if last < 0 and column < len(told_columns) else ""
            found.append(Column(column=column + 1, own=heading, heading=f"{above} {heading}".strip(), told=told,
                                examples=tuple(text[:_TEXT_MAX] for text in dict.fromkeys(below))[:_EXAMPLES],
                                is_known=not told and _is_known(heading, above)))
    return tuple(found)
