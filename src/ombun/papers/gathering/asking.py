"""What is asked of a book or a statement, and what its makers have in common."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import get_language

from ombun.ledger.rules import SEED, SIZE
from ombun.papers.statements import StatementLine, Weight


class Named(Protocol):
    """What has a name in both languages."""

    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which days [from_on, until_on) are asked for, of which accounts where it is their book, and by which word how
    many vouchers are drawn."""

    from_on: date
    until_on: date
    accounts: tuple[str, ...] = ()
    seed: str = SEED
    size: int = SIZE

    @property
    def last_on(self) -> date:
        """The last day of them."""
        return self.until_on - timedelta(days=1)

    @property
    def a_year_before(self) -> tuple[date, date]:
        """The same days of the year before, [from, until)."""
        return _a_year_before(self.from_on), _a_year_before(self.until_on)


def _a_year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1)
    return day.replace(year=day.year - 1)


def named(thing: Named) -> str:
    """Its name in the language of whoever reads it."""
    return thing.name_en if get_language() == "en" else thing.name_th


def sum_line(text: str, *amounts: int) -> StatementLine:
    """A line of sums."""
    return StatementLine(text=text, amounts=amounts, weight=Weight.TOTAL)


def sums_of(lines: Iterable[StatementLine], columns: int) -> list[int]:
    """The sums of the first so many columns of some lines."""
    told = [line.amounts for line in lines]
    return [sum(amounts[n] or 0 for amounts in told) for n in range(columns)]
