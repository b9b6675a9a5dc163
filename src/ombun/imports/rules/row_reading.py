"""A row of a register becomes a member's values; what is doubted stays empty, and every doubt is said."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from ombun.imports.rules import ids, remarks, typed_days, villages
from ombun.imports.rules.cells import Cell, text_of
from ombun.imports.rules.headings import Field
from ombun.imports.rules.reasons import reason
from ombun.imports.rules.register_row import Reason, RegisterRow
from ombun.imports.rules.register_sheet import SheetRow
from ombun.imports.rules.remarks import RemarkReading
from ombun.imports.rules.told_life import read_life
from ombun.imports.rules.typed_days import DayReading
from ombun.members.rules import names
from ombun.members.rules.life import told_spells
from ombun.members.rules.membership import (
    TEXT_MAX,
    BirthPrecision,
    LeftReason,
    MemberKind,
    NoIdReason,
    Sex,
    is_newborn,
)
from ombun.members.rules.people import FEMALE_TITLES, MALE_TITLES
from ombun.primitives.days import full_years
from ombun.primitives.thai import arabic_digits, tidy

_AGE_MAX = 120
_ROWS_TO_OUTVOTE_A_HEADING = 5
_KINDS = (
    (MemberKind.ORPHAN, r"กำพร้า"),
    (MemberKind.DISABLED, r"พิการ|ทุพพลภาพ"),
    (MemberKind.DISADVANTAGED, r"ด้อยโอกาส|ยากไร้|ยากจน"),
    (MemberKind.ELDERLY, r"สูงอายุ|สูงวัย|ชรา|คนแก่"),
    (MemberKind.YOUTH, r"เด็ก|เยาวชน|นักเรียน"),
    (MemberKind.OTHER, r"^อื่น"),
    (MemberKind.GENERAL, r"ทั่วไป|สามัญ|วัยทำงาน|ผู้ใหญ่|วัยแรงงาน"),
)
_NO_ID = ((NoIdReason.NEWBORN, r"เกิดใหม่|แรกเกิด|แจ้งเกิด"), (NoIdReason.NO_STATUS, r"ไม่มีสถานะ|ไร้สัญชาติ"),
          (NoIdReason.NOT_SEEN, r"ยังไม่ได้ดู|ยังไม่เห็น"))
_SEXES = {"ชาย": Sex.MALE, "ช": Sex.MALE, "หญิง": Sex.FEMALE, "ญ": Sex.FEMALE}
_LEAVING_COLUMNS: Mapping[Field, LeftReason] = {
    Field.DIED: LeftReason.DECEASED, Field.RESIGNED: LeftReason.RESIGNED, Field.LAPSED: LeftReason.LAPSED,
    Field.MOVED: LeftReason.MOVED, Field.LEFT: LeftReason.RESIGNED}
_SHORT: Mapping[str, Field] = {
    "member_no": Field.MEMBER_NO, "name_title": Field.NAME, "first_name": Field.NAME, "last_name": Field.NAME,
    "house_no": Field.HOUSE_NO, "phone": Field.PHONE, "beneficiary_name": Field.BENEFICIARY, "relation": Field.RELATION}
_NOTHING = vars(RegisterRow())
_ROUND_A_HYPHEN = re.compile(r" ?([-/.]) ?")


@dataclass(frozen=True, kw_only=True)
class FundLife:
    """What must hold for every row: the fund's first day, the last day of the books, the numbers of its villages."""

    founded_on: date
    books_end_on: date
    villages: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RowReading:
    """A row as read by itself, without the other rows and without the register."""

    values: RegisterRow
    reasons: tuple[Reason, ...]


class _Doubts:
    """Collects the doubts about one row."""

    def __init__(self, row: SheetRow) -> None:
        self.row, self.found = row, list[Reason]()

    def add(self, code: str, field: Field | None, **facts: object) -> None:
        self.found.append(reason(code=code, row=self.row, field=field, **facts))


def read_row(*, row: SheetRow, life: FundLife, is_heading_trusted: bool = True) -> RowReading:
    """The member a row names, with every doubt the row itself raises.

    `is_heading_trusted`: the village number of the sheet or heading holds for its rows (False where most rows of a
    sheet say otherwise, as when the title names the village of the office).
    """
    doubts = _Doubts(row)
    cells = row.cells
    number = ids.national_id(written=cells.get(Field.NATIONAL_ID))
    no_id_reason = _no_id_reason(cells) if number.doubt == "missing_id" else None
    if number.doubt and Field.NATIONAL_ID in row.columns and no_id_reason is None:
        doubts.add(number.doubt, Field.NATIONAL_ID, digits=number.digits)
    name = names.name(
        written=_text(cells, Field.NAME), title=_text(cells, Field.TITLE),
        last=_text(cells, Field.LAST_NAME) if Field.LAST_NAME in row.columns else None)
    if not name.first_name:
        doubts.add("missing_name", Field.NAME)
    joined_on = _joined(doubts, life)
    born = _born(doubts, life, joined_on)
    if no_id_reason is NoIdReason.NEWBORN and not is_newborn(
            born_on=born.day, precision=born.precision, joined_on=_first_joined(cells, joined_on)):
        no_id_reason = None
        doubts.add("missing_id", Field.NATIONAL_ID, digits=number.digits)
    leaving = _leaving(doubts, life, joined_on)
    house_no, moo = _place(doubts, life, is_heading_trusted)
    beneficiary = names.name(written=_said(cells, Field.BENEFICIARY)).full_name
    values = RegisterRow(
        member_no=_member_no(doubts), name_title=name.name_title, first_name=name.first_name, last_name=name.last_name,
        national_id=number.number, no_id_reason=no_id_reason,
        stated_sex=_stated_sex(cells, name.name_title), born_on=born.day, birth_precision=born.precision,
        joined_on=joined_on, moo=moo, house_no=house_no, kind=_kind(doubts),
        phone=ids.phone(written=cells.get(Field.PHONE)),
        beneficiary_name=beneficiary or None, relation=_said(cells, Field.RELATION) or None, left_on=leaving.left.day,
        left_reason=leaving.left_reason, is_in_arrears=leaving.is_in_arrears, remark=_said(cells, Field.REMARK))
    told = _life(doubts, values, life)
    values = replace(values, life=told) if told else values
    return RowReading(values=_without_long_texts(values, doubts), reasons=tuple(doubts.found))


def _without_long_texts(values: RegisterRow, doubts: _Doubts) -> RegisterRow:
    """What is longer than the register takes was not meant for this cell: it stays empty and is asked about."""
    emptied: dict[str, Any] = {name: _NOTHING[name] for name in _SHORT if len(getattr(values, name) or "") > TEXT_MAX}
    for field in dict.fromkeys(_SHORT[name] for name in emptied):
        doubts.add("text_too_long", field)
    return replace(values, **emptied) if emptied else values


def is_heading_trusted(*, rows: Sequence[SheetRow]) -> bool:
    """Whether the village in the name or title of a sheet agrees with most of the rows that name their village."""
    said = [(row.moo_above, moo) for row in rows if row.moo_above is not None
            and (moo := villages.moo_of(written=row.cells.get(Field.MOO))) is not None]
    return len(said) < _ROWS_TO_OUTVOTE_A_HEADING or sum(above != moo for above, moo in said) * 2 <= len(said)


def _text(cells: Mapping[Field, Cell], field: Field) -> str:
    """A cell's text; a plain number is no name."""
    cell = cells.get(field)
    return tidy(cell) if isinstance(cell, str) else ""


def _said(cells: Mapping[Field, Cell], field: Field) -> str:
    text = tidy(text) if isinstance(text := cells.get(field), str) else text_of(cell=text)
    return "" if names.says_nothing(text=text) else text


def _member_no(doubts: _Doubts) -> str | None:
    cell = doubts.row.cells.get(Field.MEMBER_NO)
    if isinstance(cell, date):
        readings = [f"{cell.day}-{cell.month}", f"{cell.month}-{cell.day}"]
        if cell.day == 1:
            readings.append(f"{cell.month}-{cell.year % 100:02}")
        doubts.add("member_no_as_date", Field.MEMBER_NO, candidates=list(dict.fromkeys(readings)))
        return None
    text = text_of(cell=cell)
    return None if names.says_nothing(text=text) else _closed_up(text)


def _no_id_reason(cells: Mapping[Field, Cell]) -> NoIdReason | None:
    text = _said(cells, Field.NATIONAL_ID)
    return next((why for why, words in _NO_ID if re.search(words, text)), None)


def _stated_sex(cells: Mapping[Field, Cell], title: str) -> Sex | None:
    """The sex beside a title that does not tell it."""
    tells = title in MALE_TITLES or title in FEMALE_TITLES
    return None if tells else _SEXES.get(_said(cells, Field.SEX).rstrip("."))


def _life(doubts: _Doubts, values: RegisterRow, life: FundLife) -> str:
    """Everything that happened to the membership, where a cell tells it and it ends as the other cells say."""
    written = _said(doubts.row.cells, Field.LIFE)
    if not written:
        return ""
    told = read_life(written=written)
    spells = told_spells(life=told) if told else None
    ends = spells and (spells[-1].joined_on, spells[-1].left_on, spells[-1].left_reason)
    is_lived = told and all(day is None or life.founded_on <= day <= life.books_end_on for _, day in told)
    if not is_lived or ends != (values.joined_on, values.left_on, values.left_reason):
        doubts.add("unclear_life", Field.LIFE)
        return ""
    return written


def _first_joined(cells: Mapping[Field, Cell], joined_on: date | None) -> date | None:
    """When somebody became a member for the first time, where their story tells that they came again."""
    told = read_life(written=_said(cells, Field.LIFE))
    return told[0][1] if told else joined_on


def _closed_up(text: str) -> str:
    return _ROUND_A_HYPHEN.sub(r"\1", text) if " " in text else text


def _joined(doubts: _Doubts, life: FundLife) -> date | None:
    found = typed_days.fund_day(written=doubts.row.cells.get(Field.JOINED))
    if found.has_be_year_in_date_cell:
        doubts.add("be_year_in_date_cell", Field.JOINED, day=str(found.day))
    if found.doubt:
        doubts.add(found.doubt, Field.JOINED)
    elif found.precision is not BirthPrecision.DAY or found.day is None:
        doubts.add("missing_join_date", Field.JOINED)
    elif found.day < life.founded_on:
        doubts.add("joined_before_founding", Field.JOINED, day=str(found.day), founded_on=str(life.founded_on))
    elif found.day > life.books_end_on:
        doubts.add("future_date", Field.JOINED, day=str(found.day), books_end_on=str(life.books_end_on))
    else:
        return found.day
    return None


def _born(doubts: _Doubts, life: FundLife, joined_on: date | None) -> DayReading:
    field, cell = _birth_cell(doubts.row)
    if field is None:
        return DayReading()
    found = typed_days.birth_day(
        written=cell, joined_on=joined_on, founded_on=life.founded_on, books_end_on=life.books_end_on)
    if found.has_be_year_in_date_cell:
        doubts.add("be_year_in_date_cell", field, day=str(found.day))
    if found.doubt:
        doubts.add(found.doubt, field, candidates=[str(day) for day in found.candidates])
    elif found.day is None:
        doubts.add("missing_birth", field)
    elif joined_on is not None and found.day > joined_on:
        doubts.add("birth_after_join", field, day=str(found.day), joined_on=str(joined_on))
    elif found.day > life.books_end_on:
        doubts.add("future_date", field, day=str(found.day), books_end_on=str(life.books_end_on))
    elif full_years(found.day, joined_on or life.founded_on) > _AGE_MAX:
        doubts.add("impossible_date", field)
    else:
        return found
    return DayReading()


def _birth_cell(row: SheetRow) -> tuple[Field | None, Cell]:
    if Field.BORN in row.columns:
        return Field.BORN, row.cells.get(Field.BORN)
    if Field.BORN_YEAR not in row.columns:
        return None, None
    parts = (Field.BORN_DAY, Field.BORN_MONTH, Field.BORN_YEAR)
    day, month, year = (text_of(cell=row.cells.get(part)) for part in parts)
    if month and not month.isdecimal():
        return Field.BORN_YEAR, f"{day} {month} {year}".strip()
    return Field.BORN_YEAR, f"{day or '-'}/{month or '-'}/{year}" if day or month else year


def _leaving(doubts: _Doubts, life: FundLife, joined_on: date | None) -> RemarkReading:
    """Why and when a membership ended; a day that cannot be true is left out and said."""
    field, found = _leaving_as_written(doubts.row)
    if found.left_reason is None:
        return found
    day = found.left.day
    facts = {"reason": found.left_reason.value}
    if found.left.doubt or (day is not None and day < (joined_on or life.founded_on)):
        doubts.add("impossible_date", field, **facts)
    elif day is None or found.left.precision is not BirthPrecision.DAY:
        doubts.add("status_undated", field, **facts)
    elif day > life.books_end_on:
        doubts.add("future_date", field, day=str(day), books_end_on=str(life.books_end_on), **facts)
    else:
        return found
    return RemarkReading(left_reason=found.left_reason, is_in_arrears=found.is_in_arrears)


def _leaving_as_written(row: SheetRow) -> tuple[Field, RemarkReading]:
    """What remark, status and the columns of leaving say together: the first reason, the first day."""
    field, told = Field.REMARK, RemarkReading()
    for place in (Field.REMARK, Field.STATUS, *_LEAVING_COLUMNS):
        cell = row.cells.get(place)
        if cell is None or names.says_nothing(text=text_of(cell=cell)):
            continue
        found = remarks.remark(written=text_of(cell=cell))
        if place in _LEAVING_COLUMNS and found.left_reason is None:
            found = RemarkReading(left_reason=_LEAVING_COLUMNS[place], left=typed_days.fund_day(written=cell))
        if told.left_reason is None and found.left_reason is not None:
            field, told = place, RemarkReading(
                left_reason=found.left_reason, left=found.left, is_in_arrears=told.is_in_arrears or found.is_in_arrears)
        elif told.left.is_missing and found.left.day is not None:
            told = RemarkReading(left_reason=told.left_reason, left=found.left, is_in_arrears=told.is_in_arrears)
        elif found.is_in_arrears:
            told = RemarkReading(left_reason=told.left_reason, left=told.left, is_in_arrears=True)
    return field, told


def _place(doubts: _Doubts, life: FundLife, is_heading_trusted: bool) -> tuple[str | None, int | None]:
    cells = doubts.row.cells
    house, moo = villages.address_parts(written=cells.get(Field.ADDRESS))
    field = Field.MOO if Field.MOO in doubts.row.columns else Field.ADDRESS
    if Field.MOO in cells:
        moo = villages.moo_of(written=cells[Field.MOO])
    above = doubts.row.moo_above if is_heading_trusted else None
    has_unread = moo is None and above is None and not names.says_nothing(text=text_of(cell=cells.get(Field.MOO)))
    if (life.villages and (moo or above or 0) not in life.villages and (moo or above)) or has_unread:
        doubts.add("unknown_village", field, moo=moo or above)
        moo = None
    elif moo is not None and above is not None and moo != above:
        doubts.add("village_conflict", field, moo=moo, moo_above=above)
        moo = None
    else:
        moo = moo or above
    if isinstance(cells.get(Field.HOUSE_NO), date):
        doubts.add("house_no_as_date", Field.HOUSE_NO)
        return None, moo
    return arabic_digits(_closed_up(_said(cells, Field.HOUSE_NO))) or house, moo


def _kind(doubts: _Doubts) -> MemberKind | None:
    text = _said(doubts.row.cells, Field.KIND)
    kind = _kind_said(text)
    if text and kind is None:
        doubts.add("unclear_kind", Field.KIND)
    return kind


@lru_cache(maxsize=2**10)
def _kind_said(text: str) -> MemberKind | None:
    return next((kind for kind, words in _KINDS if text and re.search(words, text)), None)
