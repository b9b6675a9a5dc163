"""Claims as columns, a row each, and what they are granted."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ombun.regulations.rules.assessment import Event, MemberFacts, Used
from ombun.regulations.rules.bulk.days import NEVER, UNKNOWN, Days, Mask, Numbers, day_number, full_years, written
from ombun.regulations.rules.vocabulary import Kind, Sex

Money = NDArray[np.int64]
ROWS = 32_768  # at once: few enough to stay in the processor's cache


class Reason(IntEnum):
    """Why a claim is granted what it is granted; its name is the code of the sentence that `assess` tells.

    Of several the greatest number speaks: what certainly does not hold before what is not known, and that before the
    last limit that lowered.
    """

    GRANTED = 0
    UNITS_PER_EVENT = 5  # from here: granted, and lowered by this limit
    UNITS_PER_YEAR = 6
    UNITS_PER_LIFE = 7
    UNITS_PER_HOUSE = 8
    CAP_PER_EVENT = 10
    CAP_PER_YEAR = 11
    CAP_PER_LIFE = 12
    HOUSEHOLD_CAP = 13
    BUDGET = 14
    EARMARK = 15
    MISSING_EARMARK = 30  # from here: open until this is known
    MISSING_HOUSEHOLD = 31
    MISSING_UNITS = 32
    MISSING_ASKED_ON = 36
    MISSING_PAID_UNTIL_ON = 40
    MISSING_RELATIVE = 42
    MISSING_GRADE = 43
    MISSING_VILLAGE = 44
    MISSING_KIND = 45
    MISSING_SEX = 46
    MISSING_BORN_ON = 47
    MISSING_JOINED_ON = 55
    MISSING_LEFT_ON = 59
    NO_TIMES_LEFT_IN_THE_HOUSE = 70  # from here: nothing, this does not hold
    NO_TIMES_LEFT_IN_LIFE = 71
    NO_TIMES_LEFT_THIS_YEAR = 72
    ASKED_TOO_LATE = 76
    IN_ARREARS = 80
    NEVER_PAID = 81
    NO_RELATIVE = 84
    GRADE_TOO_LOW = 85
    NOT_IN_THE_MONTHS = 86
    LIVES_ELSEWHERE = 87
    NOT_OF_THE_KIND = 88
    NOT_OF_THE_SEX = 89
    TOO_OLD = 90
    TOO_YOUNG = 91
    MEMBER_TOO_SHORT = 100
    STILL_WAITING = 105
    NO_LONGER_MEMBER = 120
    NOT_YET_MEMBER = 121
    FOR_MEMBERS_ONLY = 122
    FOR_OTHERS_ONLY = 123
    NO_SUCH_BENEFIT = 125  # no clause grants this

    @property
    def is_missing(self) -> bool:
        """Whether the answer is open."""
        return Reason.MISSING_EARMARK <= self <= Reason.MISSING_LEFT_ON

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
    """What the member of each claim has had of the benefit already: in the clause's year, and in all their life.

    Of their house and the whole fund in that year, and how much of the earmarked money is left; UNKNOWN where nobody
    knows who lives in the house, or the earmark. A column that is None is not known at all (of the fund: nothing).
    """

    times_this_year: Numbers
    units_this_year: Numbers
    satang_this_year: Money
    times_in_life: Numbers
    units_in_life: Numbers
    satang_in_life: Money
    household_times_this_year: Numbers | None = None
    household_units_this_year: Numbers | None = None
    household_satang_this_year: Money | None = None
    fund_satang_this_year: Money | None = None
    earmark_left_satang: Money | None = None

    @classmethod
    def nothing(cls, *, rows: int) -> Self:
        """Nothing used before so many claims."""
        return cls(
            times_this_year=np.zeros(rows, np.int32), units_this_year=np.zeros(rows, np.int32),
            satang_this_year=np.zeros(rows, np.int64), times_in_life=np.zeros(rows, np.int32),
            units_in_life=np.zeros(rows, np.int32), satang_in_life=np.zeros(rows, np.int64))


@dataclass(frozen=True, kw_only=True)
class Claims(Columns):
    """What is asked for, and what is known of the member: days as numbers, UNKNOWN where nobody knows.

    `member` tells whose claim it is by any number; `left_on` is NEVER for who has not left; yes and no are 1 and 0,
    and -1 where it cannot be told; numbers are UNKNOWN where nobody knows them. Sexes and kinds are numbered as the
    vocabulary lists them. A column that is None is not known of anybody; without `is_member` all are members.
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
    is_member: Mask | None = None
    sex: NDArray[np.int8] | None = None
    kind: NDArray[np.int8] | None = None
    moo: Numbers | None = None
    asked_on: Days | None = None
    is_lateness_excused: Mask | None = None
    grade_hundredths: Numbers | None = None
    is_relative_member: NDArray[np.int8] | None = None
    household: Numbers | None = None
    used: UsedBefore | None = None

    def __len__(self) -> int:
        return len(self.happened_on)

    def parts(self) -> Iterator[tuple[slice, Self]]:
        """The rows in parts that fit the processor's cache."""
        for start in range(0, len(self), ROWS):
            part = slice(start, start + ROWS)
            yield part, self.rows(part)

    @property
    def had(self) -> UsedBefore:
        """What was used before each of them."""
        assert self.used is not None
        return self.used

    @cached_property
    def happened_written(self) -> Numbers:
        """The days of the events as the calendar writes them."""
        return written(days=self.happened_on)

    @cached_property
    def joined_written(self) -> Numbers:
        """The days of joining as the calendar writes them."""
        return written(days=self.joined_on)

    @cached_property
    def happened_month(self) -> Numbers:
        """The months of the events, from 1."""
        return self.happened_written // np.int32(32) % np.int32(16)

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

    def put(self, rows: NDArray[np.intp], answer: "Grants") -> None:
        """Write answers to some of the rows where they belong."""
        self.satang[rows], self.units[rows], self.reasons[rows] = answer.satang, answer.units, answer.reasons

    @property
    def is_open(self) -> Mask:
        """Where a fact is missing, so that nobody can tell."""
        return (self.reasons >= Reason.MISSING_EARMARK) & (self.reasons <= Reason.MISSING_LEFT_ON)

    def tell(self, reason: Reason, where: Mask) -> None:
        """Give a reason to some of the rows; a greater one that is there already stays."""
        if where.any():
            np.maximum(self.reasons, where.view(np.int8) * np.int8(reason), out=self.reasons)

    @classmethod
    def of(cls, *, rows: int) -> Self:
        """Room for so many, none granted anything yet."""
        return cls(satang=np.zeros(rows, np.int64), units=np.zeros(rows, np.int32), reasons=np.zeros(rows, np.int8))


def claims_of(*, cases: Sequence[tuple[MemberFacts, Event]]) -> Claims:
    """Facts and events as columns. Raises ValueError for a day outside the calendar."""
    who, what = [facts for facts, _ in cases], [event for _, event in cases]
    sexes, kinds = list(Sex), list(Kind)

    return Claims(
        happened_on=_days(event.happened_on for event in what), joined_on=_days(one.joined_on for one in who),
        born_earliest_on=_days(one.born_earliest_on for one in who), member=_numbers(range(len(cases))),
        born_latest_on=_days(one.born_latest_on for one in who), is_paid_up=_yes_or_no(
            None if one.paid_until_on is None else one.is_paid_up for one in who),
        left_on=_numbers(day_number(day=one.left_on, without=UNKNOWN if one.has_left else NEVER) for one in who),
        paid_until_on=_days(one.paid_until_on for one in who), units=_numbers(event.units for event in what),
        is_member=np.array([one.is_member for one in who], np.bool_), moo=_numbers(one.moo for one in who),
        sex=np.array([sexes.index(one.sex) if one.sex else -1 for one in who], np.int8),
        kind=np.array([kinds.index(one.kind) if one.kind else -1 for one in who], np.int8),
        asked_on=_days(event.asked_on for event in what),
        is_lateness_excused=np.array([event.is_lateness_excused for event in what], np.bool_),
        grade_hundredths=_numbers(event.grade_hundredths for event in what),
        is_relative_member=_yes_or_no(event.is_relative_member for event in what),
        used=_used_before([one.used for one in who]))


def _used_before(used: Sequence[Used]) -> UsedBefore:
    columns: dict[str, Any] = {}
    for one in fields(UsedBefore):
        values = [getattr(had, one.name) for had in used]
        columns[one.name] = np.array([UNKNOWN if value is None else value for value in values],
                                     np.int64 if "satang" in one.name else np.int32)
    return UsedBefore(**columns)


def _numbers(found: Iterable[int | None]) -> Numbers:
    return np.array([UNKNOWN if one is None else one for one in found], np.int32)


def _days(found: Iterable[date | None]) -> Days:
    return _numbers(day_number(day=day) for day in found)


def _yes_or_no(found: Iterable[bool | None]) -> NDArray[np.int8]:
    return np.array([-1 if one is None else one for one in found], np.int8)
