"""Made-up people at the edges of a rule, and what it gives them: the real assessment, nobody real. Pure."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle

from ombun.primitives.days import add_months, full_months
from ombun.primitives.money import Satang
from ombun.regulations.rules.assessment import Assessment, Event, MemberFacts, Step, Used, assess
from ombun.regulations.rules.vocabulary import BenefitRule, ForWhom, Kind, PerUnit, Sex, TenureTiers

EXAMPLES_MAX, FEW_UNITS = 16, 2
_NAMES = {Sex.FEMALE: ("kaew", "dao", "fah"), Sex.MALE: ("mee", "kham", "ton")}
_LONG_YEARS = 9


@dataclass(frozen=True, kw_only=True)
class Example:
    """A made-up person and what happened, in sentences; what the rule gives them, with every line explained."""

    who: tuple[Step, ...]
    assessment: Assessment


@dataclass(frozen=True, kw_only=True)
class _Person:
    """Somebody made up: their age on the day of the event in full years, and since when they are a member."""

    age_years: int
    joined_on: date
    happened_on: date
    units: int | None
    by_days: bool = False
    is_member: bool = True
    owes: bool = False
    used: Used | None = None
    is_late: bool = False


def examples(*, rule: BenefitRule, clause_no: str, on: date) -> tuple[Example, ...]:
    """What the rule gives to made-up people around every edge that it has: just before and after the waiting time, at
    each tier, at the limits of age, over each cap, behind with contributions. `on` is the day on which it happens."""
    on = _in_season(rule, on)
    sexes = (rule.sex,) if rule.sex else (Sex.FEMALE, Sex.MALE)
    names = cycle(name for pair in zip(*(_NAMES[sex] for sex in sexes), strict=True) for name in pair)
    found: list[Example] = []
    for person in _people(rule, on):
        name = next(names)
        sex = Sex.FEMALE if name in _NAMES[Sex.FEMALE] else Sex.MALE
        found.append(_example(rule, clause_no, person, name, sex))
    return tuple(found[:EXAMPLES_MAX])


def _in_season(rule: BenefitRule, on: date) -> date:
    """The day itself, or the 15th of the first month in which the rule helps at all."""
    return on if not rule.months or on.month in rule.months else on.replace(month=rule.months[0], day=15)


def _people(rule: BenefitRule, on: date) -> Iterator[_Person]:
    age = _fitting_age(rule)
    units = FEW_UNITS if isinstance(rule.grant, PerUnit) else None
    plain = _Person(age_years=age, joined_on=_years_before(on, _fitting_years(rule)), happened_on=on, units=units)
    if rule.for_whom == ForWhom.OTHERS:
        plain = replace(plain, is_member=False)
    yield plain
    if plain.is_member:
        yield from _around_tenure(rule, plain)
    yield from _around_age(rule, plain)
    yield from _over_limits(rule, plain)
    if rule.needs_paid_up and plain.is_member:
        yield replace(plain, owes=True)
    if rule.deadline_days:
        yield replace(plain, is_late=True)
    yield replace(plain, is_member=rule.for_whom == ForWhom.OTHERS)


def _fitting_age(rule: BenefitRule) -> int:
    least, most = rule.min_age_years, rule.max_age_years or 120
    wished = 72 if Kind.ELDERLY in rule.kinds or least >= 60 else 12 if rule.kinds == (Kind.YOUTH,) else 45
    return max(least, min(most, wished))


def _fitting_years(rule: BenefitRule) -> int:
    years = max(_LONG_YEARS, rule.min_membership_years + 1, rule.waiting_days // 365 + 1)
    return max(years, rule.grant.from_years + 3) if isinstance(rule.grant, TenureTiers) else years


def _years_before(day: date, years: int) -> date:
    return add_months(day, -12 * years)


def _around_tenure(rule: BenefitRule, plain: _Person) -> Iterator[_Person]:
    on = plain.happened_on
    days = {rule.waiting_days - 1, rule.waiting_days} if rule.waiting_days else set()
    starts = [on - timedelta(days=n) for n in sorted(days)]
    yield from (replace(plain, joined_on=start, by_days=True) for start in starts)
    if rule.min_membership_years:
        enough = _years_before(on, rule.min_membership_years)
        yield replace(plain, joined_on=enough + timedelta(days=1))
        yield replace(plain, joined_on=enough)
    if isinstance(rule.grant, TenureTiers):
        yield replace(plain, joined_on=on - timedelta(days=30), by_days=True)
        for tier in rule.grant.tiers:
            yield replace(plain, joined_on=on - timedelta(days=tier.below_days) if tier.below_days
                          else _years_before(on, tier.below_years or 0), by_days=bool(tier.below_days))
        if rule.grant.last.ceiling_satang is not None and rule.grant.last.each_further_year_satang:
            over = rule.grant.last.ceiling_satang - rule.grant.last.base_satang
            years = rule.grant.from_years + over // rule.grant.last.each_further_year_satang + 1
            if years < plain.age_years + 40:
                yield replace(plain, joined_on=_years_before(on, years), age_years=max(plain.age_years, years))


def _around_age(rule: BenefitRule, plain: _Person) -> Iterator[_Person]:
    ages = [rule.min_age_years - 1, rule.min_age_years] if rule.min_age_years else []
    ages += [rule.max_age_years, rule.max_age_years + 1] if rule.max_age_years else []
    yield from (replace(plain, age_years=age, joined_on=max(plain.joined_on, _years_before(plain.happened_on, age)))
                for age in ages)


def _over_limits(rule: BenefitRule, plain: _Person) -> Iterator[_Person]:
    limits, grant, used = rule.limits, rule.grant, Used()
    if isinstance(grant, PerUnit):
        edges = [n for n in (limits.units_per_event, limits.units_per_year) if n is not None]
        edges += [cap // grant.rate_satang for cap in (limits.cap_per_event_satang, limits.cap_per_year_satang)
                  if cap is not None]
        if edges:
            yield replace(plain, units=max(1, min(edges)) + 2)
    if limits.cap_per_year_satang is not None:
        left = min(10_000, limits.cap_per_year_satang)
        had = Satang(limits.cap_per_year_satang - left)
        yield replace(plain, used=replace(used, satang_this_year=had, times_this_year=1))
    if limits.times_per_year is not None:
        times = limits.times_per_year
        yield replace(plain, used=replace(used, times_this_year=times, times_in_life=times))
    if limits.times_per_life is not None and "death_certificate" not in rule.documents:
        yield replace(plain, used=replace(used, times_in_life=limits.times_per_life))


def _example(rule: BenefitRule, clause_no: str, person: _Person, name: str, sex: Sex) -> Example:
    on = person.happened_on
    born_on = _years_before(on, person.age_years)
    facts = MemberFacts(
        joined_on=person.joined_on if person.is_member else None, born_earliest_on=born_on, born_latest_on=born_on,
        is_member=person.is_member, sex=sex, kind=rule.kinds[0] if rule.kinds else Kind.GENERAL,
        moo=rule.villages[0] if rule.villages else 1, is_paid_up=not person.owes,
        paid_until_on=add_months(on.replace(day=1), -2 if person.owes else 1), used=_known(person.used or Used(), rule))
    asked_on = on + timedelta(days=rule.deadline_days + 1 if person.is_late else 0)
    event = Event(happened_on=on, units=person.units, asked_on=asked_on,
                  grade_hundredths=rule.min_grade_hundredths or 300, is_relative_member=True)
    return Example(who=tuple(_told(rule, person, name)), assessment=assess(
        rule=rule, clause_no=clause_no, facts=facts, event=event))


def _known(used: Used, rule: BenefitRule) -> Used:
    """Nobody of the house has had anything, and there is enough of the earmarked money."""
    return replace(used, household_times_this_year=0, household_units_this_year=0, household_satang_this_year=Satang(0),
                   earmark_left_satang=Satang(10**10) if rule.earmark else None)


def _told(rule: BenefitRule, person: _Person, name: str) -> Sequence[Step]:
    facts = {"name_words": [f"regulations.name_{name}"], "age_years": person.age_years}
    days = (person.happened_on - person.joined_on).days
    if not person.is_member:
        lines = [_line("no_member", **facts)]
    elif person.by_days:
        lines = [_line("member_days", **facts, days=days)]
    else:
        lines = [_line("member", **facts, tenure_months=full_months(person.joined_on, person.happened_on))]
    if person.units is not None:
        lines.append(_line(f"counts_{rule.unit}", units=person.units))
    if person.used is not None and person.used.satang_this_year:
        lines.append(_line("had_satang", had_satang=person.used.satang_this_year))
    elif person.used is not None:
        times = person.used.times_this_year or person.used.times_in_life
        lines.append(_line("had_times_this_year" if person.used.times_this_year else "had_times", times=times))
    if person.owes:
        lines.append(_line("owes"))
    if person.is_late:
        lines.append(_line("asks_late", days=rule.deadline_days + 1))
    return lines


def _line(code: str, **facts: object) -> Step:
    return Step(code=f"regulations.example_{code}", facts=facts, clause_no="")
