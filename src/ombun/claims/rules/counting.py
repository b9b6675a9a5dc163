"""What counts as had before, and what an event is to the rule book. Pure: no database, no clock."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ombun.primitives.money import Satang
from ombun.regulations.rules.assessment import Event, Used
from ombun.regulations.rules.vocabulary import BenefitRule, Earmark, RuleYear, year_of

GRADE, RELATIVE, LATE_BECAUSE = "grade", "relative", "late_because"
NO_RELATIVE = "-"  # whoever has to be a member is none


@dataclass(frozen=True, kw_only=True)
class Had:
    """What a member had of a benefit on a day: a claim, or what was used before the books began here."""

    member_id: int
    benefit: str
    on: date
    times: int
    units: int
    satang: Satang


@dataclass(frozen=True, kw_only=True)
class FundHad:
    """What the whole fund gave: satang by benefit and month, and what is left of the money that came for some benefits.

    Months are named by their first day. An earmark that is not there is not known.
    """

    by_month: dict[tuple[str, date], Satang]
    earmarks_left: dict[Earmark, Satang]


def used(
    *, had: Collection[Had], fund: FundHad, member_id: int, household: Collection[int] | None, benefit: str,
    rule: BenefitRule, on: date, joined_on: date | None
) -> Used:
    """What was had of a benefit by the day on which it happened: by a member in the clause's year and in life, by
    everybody in their `household` (None: not known) and by the whole fund in that year."""
    counted = {benefit, *rule.limits.together_with}
    left = fund.earmarks_left.get(rule.earmark) if rule.earmark else None
    mine = [h for h in had if h.member_id == member_id and h.benefit in counted]
    life = Used(times_in_life=sum(h.times for h in mine), units_in_life=sum(h.units for h in mine),
                satang_in_life=Satang(sum(h.satang for h in mine)), earmark_left_satang=left)
    if rule.year == RuleYear.MEMBERSHIP and joined_on is None:
        return life
    from_on, until_on = year_of(rule=rule, day=on, joined_on=joined_on)
    year = [h for h in mine if from_on <= h.on < until_on]
    house = None if household is None else [
        h for h in had if h.member_id in household and h.benefit in counted and from_on <= h.on < until_on]
    return Used(
        times_this_year=sum(h.times for h in year), units_this_year=sum(h.units for h in year),
        satang_this_year=Satang(sum(h.satang for h in year)), times_in_life=life.times_in_life,
        units_in_life=life.units_in_life, satang_in_life=life.satang_in_life, earmark_left_satang=left,
        household_times_this_year=None if house is None else sum(h.times for h in house),
        household_units_this_year=None if house is None else sum(h.units for h in house),
        household_satang_this_year=None if house is None else Satang(sum(h.satang for h in house)),
        fund_satang_this_year=Satang(sum(satang for (name, month), satang in fund.by_month.items()
                                         if name in counted and from_on <= month < until_on)))


def event_of(*, happened_on: date, units: int | None, asked_on: date, details: Mapping[str, str]) -> Event:
    """What a claim tells of its event, as the rule book wants to know it.

    Of `details`: `grade` ("3.50"), `relative` (the name of whoever has to be a member, or "-" where they are none) and
    `late_because` (why the committee takes up a claim that comes after its time).
    """
    relative = details.get(RELATIVE, "")
    return Event(happened_on=happened_on, units=units, asked_on=asked_on, is_lateness_excused=bool(
        details.get(LATE_BECAUSE)), grade_hundredths=read_grade(text=details.get(GRADE, "")),
        is_relative_member=relative != NO_RELATIVE if relative else None)


def read_grade(*, text: str) -> int | None:
    """A grade such as "3.5" as hundredths (350); None where it is none from 0.00 to 4.00."""
    whole, _, rest = text.strip().partition(".")
    if not whole.isdecimal() or len(whole) > 1 or len(rest) > 2 or not (rest or "0").isdecimal():
        return None
    grade = int(whole) * 100 + int((rest + "00")[:2])
    return grade if grade <= 400 else None
