"""A sheet before it becomes a file: its headings, its rows, how wide its columns are. Text stays text."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ombun.imports.rules.told_life import in_digits

Value = str | int | Decimal | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, and about how many letters wide it is. `is_money` has two decimals."""

    heading: str
    width: int = 12
    is_money: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """One sheet. Rows come one after another and are written as they come.

    `to_read`: the line above the headings of a sheet that is not meant to be imported; "" for one that is.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    to_read: str = ""
    frozen_columns: int = 0
    is_for_programs: bool = False  # out of sight in a workbook, and not counted among what people read


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many sheets and how many rows were written."""

    sheets: int
    rows: int


def in_baht(*, satang: int | None) -> Value:
    """Satang as the cell of an amount has them: 3000 is 30, 3050 is 30.50."""
    if satang is None:
        return None
    return satang // 100 if satang % 100 == 0 else Decimal(satang).scaleb(-2)


def typed_day(*, day: date | None) -> Value:
    """A day as text whose era is certain, for a date cell loses it: 1/5/2558."""
    return in_digits(day=day) if day is not None else None
