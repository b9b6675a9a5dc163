"""Every receipt, a row a member and fiscal year, a month a column: "5/10/2567 เล่ม 4 เลขที่ 101 30 บาท"."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ombun.exports.rules.notes import columns_of, line_above
from ombun.exports.rules.tables import Table, Value, in_baht
from ombun.imports.rules.told_life import in_digits
from ombun.primitives.days import fiscal_year_be

NAME = "ใบเสร็จ"
_MONTHS = (10, 11, 12, *range(1, 10))
_COLUMNS = ("member_id", "member_no", "full_name", "fiscal_year_be", *(f"month_{month}" for month in _MONTHS))


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt; `cancelled_by` is the entry of the books that took its money out again."""

    member_id: int
    received_on: date
    book_no: int
    number: int
    satang: int
    cancelled_by: int | None


def receipts_table(*, receipts: Iterable[Receipt], whose: Mapping[int, tuple[str, str]]) -> Table:
    """The sheet of all receipts, which come member by member. `whose`: member's id → number and name."""
    return Table(name=NAME, to_read=line_above(name=NAME), columns=columns_of(names=_COLUMNS), frozen_columns=4,
                 rows=_rows(receipts, whose))


def _rows(receipts: Iterable[Receipt], whose: Mapping[int, tuple[str, str]]) -> Iterator[Sequence[Value]]:
    for member_id, mine in groupby(receipts, key=lambda one: one.member_id):
        number, name = whose.get(member_id, ("", ""))
        told: dict[int, dict[int, list[str]]] = {}
        for one in sorted(mine, key=lambda one: (one.received_on, one.number)):
            day = one.received_on
            told.setdefault(fiscal_year_be(day), {}).setdefault(day.month, []).append(_told(one))
        for year_be, months in told.items():
            yield (member_id, number, name, year_be,
                   *("; ".join(months[month]) if month in months else None for month in _MONTHS))


def _told(one: Receipt) -> str:
    taken_back = f" (ยกเลิก รายการบัญชี {one.cancelled_by})" if one.cancelled_by is not None else ""
    return (f"{in_digits(day=one.received_on)} เล่ม {one.book_no} เลขที่ {one.number} {in_baht(satang=one.satang)} บาท"
            f"{taken_back}")
