"""Claims as columns, a row each, and what they are granted."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ombun.regulations.rules.assessment import Event, MemberFacts
from ombun.regulations.rules.bulk.days import NEVER, UNKNOWN, Days, Mask, Numbers, day_number, full_years, written

Money = NDArray[np.int64]
ROWS = 16_384  # at once: few enough to stay in the processor's cache


class Reason(IntEnum):
    """Why a claim is granted what it is granted; its name is the code of the sentence that `assess` tells.

    Of several the greatest number speaks: what certainly does not hold before what is not known, and that before the
    last limit that lowered.
    """

    GRANTED = 0
    UNITS_PER_EVENT = 5  # from here: granted, and lowered by this limit
    UNITS_PER_YEAR = 6
    CAP_PER_EVENT = 7
    CAP_PER_YEAR = 8
    MISSING_UNITS = 30  # from here: open until this is known
    MISSING_PAID_UNTIL_ON = 40
    MISSING_BORN_ON = 45
    MISSING_JOINED_ON = 55
    MISSING_LEFT_ON = 59
    NO_TIMES_LEFT_IN_LIFE = 70  # from here: nothing, this does not hold
    NO_TIMES_LEFT_THIS_YEAR = 71
    IN_ARREARS = 80
    NEVER_PAID = 81
    TOO_YOUNG = 90
    MEMBER_TOO_SHORT = 100
    STILL_WAITING = 105
    NO_LONGER_MEMBER = 120
    NOT_YET_MEMBER = 121
    NO_SUCH_BENEFIT = 125  # no clause grants this

    @property
    def is_missing(self) -> bool:
        """Whether the answer is open."""
        return Reason.MISSING_UNITS <= self <= Reason.MISSING_LEFT_ON

    @property
    def is_no(self) -> bool:
        """Whether a condition certainly does not hold."""
        return self > Reason.MISSING_LEFT_ON


class Columns:
    """Columns of one length, or None for a column that nobody needs."""

    def rows(self, which: Any) -> Self:
        """These rows alone: a slice looks at them where they are, an index takes them out."""
        return replace(self, **{  # type: ignore[type-var]
            one.name: column.rows(which) if isinstance(column, Columns) else column[which]
            for one in fields(self) if (column := getattr(self, one.name)) is not None})  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class UsedBefore(Columns):
    """What the member of each claim has had of the benefit already: in the clause's year, and in all their life."""

    times_this_year: Numbers
    units_this_year: Numbers
    satang_this_year: Money
    times_in_life: Numbers

    @classmethod
    def nothing(cls, *, rows: int) -> Self:
        """Nothing used before so many claims."""
        return cls(times_this_year=np.zeros(rows, np.int32), units_this_year=np.zeros(rows, np.int32),
                   satang_this_year=np.zeros(rows, np.int64), times_in_life=np.zeros(rows, np.int32))


@dataclass(frozen=True, kw_only=True)
class Claims(Columns):
    """What is asked for, and what is known of the member: days as numbers, UNKNOWN where nobody knows.

    `member` tells whose claim it is by any number; `left_on` is NEVER for who has not left; `is_paid_up` is -1 where
    it cannot be told; `units` is UNKNOWN where nobody counted.
    """

    happened_on: Days
    joined_on: Days
    born_earliest_on: Days
    born_latest_on: Days
    left_on: Days
    is_paid_up: NDArray[np.int8]
    paid_until_on: Days
    units: Numbers
    member: Numbers
    used: UsedBefore | None = None

    def __len__(self) -> int:
        return len(self.happened_on)

    def parts(self) -> Iterator[tuple[slice, Self]]:
        """The rows in parts that fit the processor's cache."""
        for start in range(0, len(self), ROWS):
            part = slice(start, start + ROWS)
            yield part, self.rows(part)

    @cached_property
    def happened_written(self) -> Numbers:
        """The days of the events as the calendar writes them."""
        return written(days=self.happened_on)

    @cached_property
    def joined_written(self) -> Numbers:
        """The days of joining as the calendar writes them."""
        return written(days=self.joined_on)

    @cached_property
    def tenure_days(self) -> Numbers:
        """How many days of membership on the day of the event."""
        return self.happened_on - self.joined_on

    @cached_property
    def tenure_years(self) -> Numbers:
        """How many full years of membership on the day of the event."""
        return full_years(since=self.joined_written, until=self.happened_written)


@dataclass(frozen=True, kw_only=True)
class Grants(Columns):
    """What each claim is granted, in satang and units, and why (a `Reason`). While it is open, 0."""

    satang: Money
    units: Numbers
    reasons: NDArray[np.int8]

    @property
    def is_open(self) -> Mask:
        """Where a fact is missing, so that nobody can tell."""
        return (self.reasons >= Reason.MISSING_UNITS) & (self.reasons <= Reason.MISSING_LEFT_ON)

    def tell(self, reason: Reason, where: Mask) -> None:
        """Give a reason to some of the rows; a greater one that is there already stays."""
        np.maximum(self.reasons, where.view(np.int8) * np.int8(reason), out=self.reasons)

    @classmethod
    def of(cls, *, rows: int) -> Self:
        """Room for so many, none granted anything yet."""
        return cls(satang=np.zeros(rows, np.int64), units=np.zeros(rows, np.int32), reasons=np.zeros(rows, np.int8))


def claims_of(*, cases: Iterable[tuple[MemberFacts, Event]]) -> Claims:
    """Facts and events as columns. Raises ValueError for a day outside the calendar."""
    known = [(facts, event, facts.used) for facts, event in cases]

    def days(found: Iterable[int]) -> Numbers:
        return np.fromiter(found, np.int32, len(known))

    return Claims(
        happened_on=days(day_number(day=e.happened_on) for _, e, _ in known),
        joined_on=days(day_number(day=f.joined_on) for f, _, _ in known),
        born_earliest_on=days(day_number(day=f.born_earliest_on) for f, _, _ in known),
        born_latest_on=days(day_number(day=f.born_latest_on) for f, _, _ in known),
        left_on=days(day_number(day=f.left_on, without=UNKNOWN if f.has_left else NEVER) for f, _, _ in known),
        is_paid_up=np.fromiter((-1 if f.is_paid_up is None or f.paid_until_on is None else f.is_paid_up
                                for f, _, _ in known), np.int8, len(known)),
        paid_until_on=days(day_number(day=f.paid_until_on) for f, _, _ in known),
        member=np.arange(len(known), dtype=np.int32),
        units=days(UNKNOWN if e.units is None else e.units for _, e, _ in known),
        used=UsedBefore(
            times_this_year=days(u.times_this_year for _, _, u in known),
            units_this_year=days(u.units_this_year for _, _, u in known),
            satang_this_year=np.fromiter((u.satang_this_year for _, _, u in known), np.int64, len(known)),
            times_in_life=days(u.times_in_life for _, _, u in known)))
