"""What is certain about a person: sex by their title, age by as much of the birth date as is known, tenure in days."""
from dataclasses import dataclass
from datetime import date

from ombun.members.rules.membership import BirthPrecision, latest_birth
from ombun.primitives.days import full_years

MALE_TITLES = tuple("นาย ด.ช. เด็กชาย พระ พระภิกษุ สามเณร พระครู พระมหา พระอธิการ พระปลัด พระใบฎีกา พระสมุห์ เจ้าอธิการ "
                    "นพ.".split())
FEMALE_TITLES = tuple("นาง นางสาว น.ส. ด.ญ. เด็กหญิง แม่ชี พญ.".split())

BANDS: tuple[tuple[str, int, int], ...] = (("0-14", 0, 14), ("15-24", 15, 24), ("25-59", 25, 59), ("60+", 60, 999))
"""Age bands in full years, both ends included. The official form names none; elderly begins at 60 (domain §1.2)."""


@dataclass(frozen=True, kw_only=True)
class Age:
    """An age in full years as far as it is known: with only a birth year it may be either of two."""

    least: int
    most: int


def age_on(*, born_on: date | None, precision: BirthPrecision, day: date) -> Age | None:
    """How old somebody is on a day; None where nothing is known or they are not yet born.

    A birth date of a month or a year is kept as its first day; every day of it is as good as any other.
    """
    if born_on is None or precision == BirthPrecision.NONE or born_on > day:
        return None
    latest = latest_birth(born_on=born_on, precision=precision)
    return Age(least=full_years(min(latest, day), day), most=full_years(born_on, day))


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """How long a spell of membership has lasted: in days, and in full years by the calendar."""

    days: int
    years: int


def tenure_on(*, joined_on: date | None, left_on: date | None, day: date) -> Tenure | None:
    """How long somebody has been a member on a day, in this spell alone; it stands still from the day of leaving.

    Exact days, never a difference of years. None where the day of joining is unknown or still to come.
    """
    until = day if left_on is None else min(day, left_on)
    if joined_on is None or joined_on > until:
        return None
    return Tenure(days=(until - joined_on).days, years=full_years(joined_on, until))
