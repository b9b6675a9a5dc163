"""Receipts and payments, a sheet for each fiscal year: an item a row, a month a column, as the importer reads them."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ombun.exports.rules.grids import TOTAL, month_headings, months_of_year
from ombun.exports.rules.tables import Column, Table, Value, in_baht
from ombun.imports.rules.account_words import Side, heading_of
from ombun.imports.rules.books import AccountItem
from ombun.imports.rules.history import BENEFIT_ACCOUNTS, PAYMENTS, RECEIPTS
from ombun.ledger.rules import MEMBER_CONTRIBUTIONS
from ombun.primitives.days import fiscal_year_be

_HEADING = "รายการ"
_OPENING, _CLOSING = "ยอดยกมา", "ยอดคงเหลือ"


class Way(StrEnum):
    """Which way money went."""

    IN = "IN"
    OUT = "OUT"


_SIDES = {Way.IN: Side.RECEIPT, Way.OUT: Side.PAYMENT}
_OTHER = {Way.IN: (AccountItem.OTHER_RECEIPT, "รายได้อื่น"), Way.OUT: (AccountItem.OTHER_PAYMENT, "ค่าใช้จ่ายอื่น")}
_WANTED: Mapping[Way, Mapping[str, AccountItem]] = {
    Way.IN: {MEMBER_CONTRIBUTIONS: AccountItem.MEMBER, **{code: item for item, code in RECEIPTS.items()}},
    Way.OUT: {**dict.fromkeys(BENEFIT_ACCOUNTS.values(), AccountItem.WELFARE),
              **{code: item for item, code in PAYMENTS.items()}}}
_AS_READ = {"4200": AccountItem.STATE, "4500": AccountItem.STATE, "5116": AccountItem.WELFARE}
_RETURNED = {Way.IN: "เงินรับที่ส่งกลับ", Way.OUT: "เงินจ่ายที่ได้กลับมา"}
_SECTIONS = {Way.IN: ("รายรับ", "รวมรายรับ"), Way.OUT: ("รายจ่าย", "รวมรายจ่าย")}


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the books in satang: (way, what for) → how much; what there was at its two ends (None: unknown)."""

    moved: Mapping[tuple[Way, str], int] = field(default_factory=dict)
    opening: int | None = None
    closing: int | None = None


def word_of(*, way: Way, code: str, name: str) -> str:
    """What an account is called so that it is read back as what it is: its name, else a plain word with its number."""
    wanted = {_WANTED[way].get(code, _OTHER[way][0]), _AS_READ.get(code, _OTHER[way][0])}
    read = heading_of(text=name, section=_SIDES[way])
    return name if read.item in wanted else f"{_OTHER[way][1]} ({code})"


def turned(*, moved: Mapping[tuple[Way, str], int]) -> dict[tuple[Way, str], int]:
    """The same with nothing below zero: what came in less than nothing went out, and the other way round."""
    found: dict[tuple[Way, str], int] = {}
    for (way, word), satang in moved.items():
        place = (way, word) if satang > 0 else (Way.OUT if way is Way.IN else Way.IN, _RETURNED[way])
        if satang:
            found[place] = found.get(place, 0) + abs(satang)
    return found


def accounts_tables(*, months: Mapping[date, Month]) -> Iterator[Table]:
    """The sheets of all fiscal years in which money moved or lay."""
    for year_be in sorted({fiscal_year_be(day) for day, month in months.items() if month.moved or month.closing}):
        mine = [months.get(month, Month()) for month in months_of_year(fiscal_year_be=year_be)]
        columns = [Column(heading=_HEADING, width=44), *(
            Column(heading=heading, is_money=True) for heading in [*month_headings(fiscal_year_be=year_be), TOTAL])]
        yield Table(name=f"บัญชี {year_be}", columns=columns, rows=_rows(mine), frozen_columns=1)


def _rows(months: Sequence[Month]) -> Iterator[Sequence[Value]]:
    yield _row(_OPENING, [month.opening for month in months], has_total=False)
    for way, (section, total) in _SECTIONS.items():
        yield _row(section, [None] * len(months), has_total=False)
        for word in _in_order(word for month in months for side, word in month.moved if side is way):
            yield _row(word, [month.moved.get((way, word)) for month in months])
        yield _row(total, [sum(satang for (side, _), satang in month.moved.items() if side is way) or None
                           for month in months])
    yield _row(_CLOSING, [month.closing for month in months], has_total=False)


def _in_order(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _row(word: str, satang: Sequence[int | None], *, has_total: bool = True) -> Sequence[Value]:
    return (word, *(in_baht(satang=one) if one is None or one >= 0 else None for one in satang),
            in_baht(satang=sum(one or 0 for one in satang)) if has_total else None)
