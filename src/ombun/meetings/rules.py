"""The list before a month closes: what has to be done, and what of it is. Pure: no database, no clock."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ombun.primitives.days import month_end
from ombun.primitives.money import Satang

NOTHING = Satang(0)
COUNTED_BEFORE_DAYS = 6  # a count of the month's last week is a count of the month's end


class MonthEnd(StrEnum):
    """The points of the list, in the order in which a treasurer does them. Source: issue E §4."""

    HANDED_OVER = "HANDED_OVER"
    CASH_COUNTED = "CASH_COUNTED"
    BANK_RECONCILED = "BANK_RECONCILED"
    CLAIMS_PAID = "CLAIMS_PAID"
    CLARIFIED = "CLARIFIED"
    COLLECTED = "COLLECTED"


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Cash at a month's end: whose, how much then; whether some of it is still in their hands; when it was counted."""

    name_th: str
    name_en: str
    is_treasurer: bool
    satang: Satang
    still_holds: bool
    counted_on: date | None


@dataclass(frozen=True, kw_only=True)
class Bank:
    """An account at a bank at a month's end: up to which day the bank was asked, and lines that the books have not."""

    name_th: str
    name_en: str
    told_on: date | None
    open_lines: int


@dataclass(frozen=True, kw_only=True)
class MonthFacts:
    """What decides whether a month is ready to close. Money is satang, villages are village numbers."""

    month: date
    hands: Sequence[Hand]
    banks: Sequence[Bank]
    claims_to_pay: int
    to_clarify_satang: Satang
    receipts_to_clear: int
    villages_not_collected: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of the list: whether it is done, and of whom or what it speaks where it is not."""

    kind: MonthEnd
    is_done: bool
    names: tuple[Hand | Bank, ...] = ()
    count: int = 0
    satang: Satang = NOTHING
    moos: tuple[int, ...] = ()


def counts_from(*, month: date) -> date:
    """The first day of which a count of cash is a count of this month's end."""
    return month_end(month) - timedelta(days=COUNTED_BEFORE_DAYS)


def points(*, facts: MonthFacts) -> tuple[Point, ...]:
    """The whole list before a month closes, done and not done.

    Cash that collectors and villages handed over since was counted by two persons on the way; what they still hold of
    the month, and what the treasurer held at its end, is counted in its last week or later. The bank was asked up to
    the last day, and the books have all its lines.
    """
    from_on, last_on = counts_from(month=facts.month), month_end(facts.month)
    holding = tuple(one for one in facts.hands if not one.is_treasurer and one.still_holds)
    uncounted = tuple(one for one in facts.hands if ((one.is_treasurer and one.satang) or one.still_holds)
                      and (one.counted_on is None or one.counted_on < from_on))
    unasked = tuple(one for one in facts.banks if one.open_lines or one.told_on is None or one.told_on < last_on)
    return (
        Point(kind=MonthEnd.HANDED_OVER, is_done=not holding, names=holding),
        Point(kind=MonthEnd.CASH_COUNTED, is_done=not uncounted, names=uncounted),
        Point(kind=MonthEnd.BANK_RECONCILED, is_done=not unasked, names=unasked,
              count=sum(one.open_lines for one in unasked)),
        Point(kind=MonthEnd.CLAIMS_PAID, is_done=not facts.claims_to_pay, count=facts.claims_to_pay),
        Point(kind=MonthEnd.CLARIFIED, is_done=not (facts.to_clarify_satang or facts.receipts_to_clear),
              satang=facts.to_clarify_satang, count=facts.receipts_to_clear),
        Point(kind=MonthEnd.COLLECTED, is_done=not facts.villages_not_collected,
              moos=tuple(facts.villages_not_collected)))
