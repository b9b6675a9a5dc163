"""What the rules want to know: the person, the event, and what was had before. Pure: no database, no clock."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ombun.primitives.money import Satang
from ombun.regulations.rules.vocabulary import Kind, Sex

Facts = Mapping[str, object]
NOTHING = Satang(0)


@dataclass(frozen=True, kw_only=True)
class Used:
    """What was had of this benefit already: by the person in the clause's year and in all their life, by everybody in
    their house and by the whole fund in that year.

    None means not known: nobody wrote down who lives in the house, or how much earmarked money there is.
    """

    times_this_year: int = 0
    units_this_year: int = 0
    satang_this_year: Satang = NOTHING
    times_in_life: int = 0
    units_in_life: int = 0
    satang_in_life: Satang = NOTHING
    household_times_this_year: int | None = None
    household_units_this_year: int | None = None
    household_satang_this_year: Satang | None = None
    fund_satang_this_year: Satang = NOTHING
    earmark_left_satang: Satang | None = None


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What the rules need to know about a person. None means not known: never guessed, never taken as a no.

    A birth date of which only the year or month is known lies between the earliest and the latest possible day.
    Somebody who `is_member` no more has left; who never was one has it False.
    """

    joined_on: date | None
    born_earliest_on: date | None = None
    born_latest_on: date | None = None
    is_member: bool = True
    has_left: bool = False
    left_on: date | None = None  # the first day on which they were no longer a member
    sex: Sex | None = None
    kind: Kind | None = None
    moo: int | None = None  # the number of their village
    is_paid_up: bool | None = None
    paid_until_on: date | None = None
    used: Used = field(default_factory=Used)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened, on which day, how many units of it (nights, children) where the clause counts; when it was asked
    for, and what else a clause may want to know of it. None means not known."""

    happened_on: date
    units: int | None = None
    asked_on: date | None = None
    is_lateness_excused: bool = False  # by the committee
    grade_hundredths: int | None = None
    is_relative_member: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One condition: it holds, it does not, or (None) it cannot be told without `missing`."""

    holds: bool | None
    code: str = ""
    facts: Facts = field(default_factory=dict)
