"""What a clause grants a member for an event, and why, line by line. Pure: no database, no clock."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ombun.primitives.days import full_months, full_years, month_of
from ombun.primitives.money import Satang
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, PerUnit, TenureTiers, year_of

Facts = Mapping[str, object]
NOTHING = Satang(0)


@dataclass(frozen=True, kw_only=True)
class Used:
    """What the member has had of this benefit already: in the clause's year, and in all their life."""

    times_this_year: int = 0
    units_this_year: int = 0
    satang_this_year: Satang = NOTHING
    times_in_life: int = 0


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What the rules need to know about a member. None means not known: never guessed, never taken as a no.

    A birth date of which only the year or month is known lies between the earliest and the latest possible day.
    """

    joined_on: date | None
    born_earliest_on: date | None = None
    born_latest_on: date | None = None
    has_left: bool = False
    left_on: date | None = None  # the first day on which they were no longer a member
    is_paid_up: bool | None = None
    paid_until_on: date | None = None
    used: Used = field(default_factory=Used)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened, on which day, how many units of it (nights, children) where the clause counts."""

    happened_on: date
    units: int | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the explanation: a sentence code, its facts, the clause it comes from. Names of days end in `_on`."""

    code: str
    facts: Facts
    clause_no: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The answer: satang and units granted, why, and what has to be found out first.

    The amount is None while anything is missing.
    """

    amount_satang: Satang | None
    units: int | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Finding:
    """One condition: it holds, it does not, or (None) it cannot be told without `missing`."""

    holds: bool | None
    code: str = ""
    facts: Facts = field(default_factory=dict)


def assess(*, rule: BenefitRule, clause_no: str, facts: MemberFacts, event: Event) -> Assessment:
    """What the clause grants this member for this event, in satang, with every line explained.

    Age and length of membership count on the day of the event. A condition that is certainly not met grants 0;
    otherwise a fact that is not known leaves the amount open (None) and is named in `missing`.
    """
    found = [f for f in _conditions(rule=rule, facts=facts, event=event) if f.code]
    if any(f.holds is False for f in found):
        told = [*(f for f in found if f.holds), *(f for f in found if f.holds is False)]  # the reason stands last
        return _assessment(clause_no, NOTHING, None, [(f.code, f.facts) for f in told])
    missing = [f.code for f in found if f.holds is None]
    if isinstance(rule.grant, TenureTiers) and facts.joined_on is None:
        missing.append("missing_joined_on")
    if isinstance(rule.grant, PerUnit) and event.units is None:
        missing.append("missing_units")
    lines = [(f.code, f.facts) for f in found if f.holds]
    if missing:
        return _assessment(clause_no, None, None, lines, missing)
    amount, units, granted = _granted(rule=rule, facts=facts, event=event)
    return _assessment(clause_no, amount, units, [*lines, *granted])


def _assessment(
    clause_no: str, amount_satang: Satang | None, units: int | None, lines: Sequence[tuple[str, Facts]],
    missing: Sequence[str] = ()
) -> Assessment:
    end = [] if amount_satang is None else [("granted", {"amount_satang": amount_satang})]
    steps = tuple(Step(code=f"regulations.{code}", facts=facts, clause_no=clause_no) for code, facts in [*lines, *end])
    return Assessment(amount_satang=amount_satang, units=units, steps=steps,
                      missing=tuple(f"regulations.{code}" for code in dict.fromkeys(missing)))


def _conditions(*, rule: BenefitRule, facts: MemberFacts, event: Event) -> list[_Finding]:
    return [_is_member(facts, event), _has_waited(rule, facts, event), _has_been_member(rule, facts, event),
            _is_old_enough(rule, facts, event), _is_paid_up(rule, facts), *_has_times_left(rule, facts, event)]


def _is_member(facts: MemberFacts, event: Event) -> _Finding:
    on = event.happened_on
    if facts.joined_on is not None and on < facts.joined_on:
        return _Finding(holds=False, code="not_yet_member", facts={"joined_on": facts.joined_on, "happened_on": on})
    if facts.has_left and facts.left_on is None:
        return _Finding(holds=None, code="missing_left_on")
    if facts.left_on is not None and facts.left_on <= on:
        return _Finding(holds=False, code="no_longer_member", facts={"left_on": facts.left_on, "happened_on": on})
    return _Finding(holds=True)


def _has_waited(rule: BenefitRule, facts: MemberFacts, event: Event) -> _Finding:
    if not rule.waiting_days:
        return _Finding(holds=True)
    if facts.joined_on is None:
        return _Finding(holds=None, code="missing_joined_on")
    days = (event.happened_on - facts.joined_on).days
    waited = days >= rule.waiting_days
    return _Finding(holds=waited, code="has_waited" if waited else "still_waiting", facts={
        "joined_on": facts.joined_on, "days": days, "waiting_days": rule.waiting_days,
        "tenure_months": full_months(facts.joined_on, event.happened_on)})


def _has_been_member(rule: BenefitRule, facts: MemberFacts, event: Event) -> _Finding:
    if not rule.min_membership_years:
        return _Finding(holds=True)
    if facts.joined_on is None:
        return _Finding(holds=None, code="missing_joined_on")
    years = full_years(facts.joined_on, event.happened_on)
    enough = years >= rule.min_membership_years
    return _Finding(holds=enough, code="member_long_enough" if enough else "member_too_short", facts={
        "joined_on": facts.joined_on, "years": years, "min_years": rule.min_membership_years})


def _is_old_enough(rule: BenefitRule, facts: MemberFacts, event: Event) -> _Finding:
    if not rule.min_age_years:
        return _Finding(holds=True)
    if facts.born_earliest_on is None or facts.born_latest_on is None:
        return _Finding(holds=None, code="missing_born_on")
    at_least = full_years(facts.born_latest_on, event.happened_on)
    at_most = full_years(facts.born_earliest_on, event.happened_on)
    if at_least < rule.min_age_years <= at_most:
        return _Finding(holds=None, code="missing_born_on")
    enough = at_least >= rule.min_age_years
    return _Finding(holds=enough, code="old_enough" if enough else "too_young", facts={
        "age_years": at_least if enough else at_most, "min_age_years": rule.min_age_years})


def _is_paid_up(rule: BenefitRule, facts: MemberFacts) -> _Finding:
    if not rule.needs_paid_up:
        return _Finding(holds=True)
    if facts.is_paid_up is None or facts.paid_until_on is None:
        return _Finding(holds=None, code="missing_paid_until_on")
    if facts.joined_on is not None and facts.paid_until_on <= month_of(facts.joined_on):
        return _Finding(holds=facts.is_paid_up, code="nothing_due_yet" if facts.is_paid_up else "never_paid")
    return _Finding(holds=facts.is_paid_up, code="paid_up" if facts.is_paid_up else "in_arrears",
                    facts={"paid_to_on": facts.paid_until_on - timedelta(days=1)})


def _has_times_left(rule: BenefitRule, facts: MemberFacts, event: Event) -> list[_Finding]:
    found = []
    per_year, per_life = rule.limits.times_per_year, rule.limits.times_per_life
    if per_year is not None:
        is_free = facts.used.times_this_year < per_year
        code = "times_left_this_year" if is_free else "no_times_left_this_year"
        found.append(_Finding(holds=is_free, code=code, facts={
            "times": facts.used.times_this_year, "times_max": per_year, **_year_facts(rule, event)}))
    if per_life is not None:
        is_free = facts.used.times_in_life < per_life
        code = "times_left_in_life" if is_free else "no_times_left_in_life"
        found.append(_Finding(holds=is_free, code=code, facts={
            "times": facts.used.times_in_life, "times_max": per_life}))
    return found


def _year_facts(rule: BenefitRule, event: Event) -> Facts:
    from_on, until_on = year_of(rule=rule, day=event.happened_on)
    return {"year_from_on": from_on, "year_last_on": until_on - timedelta(days=1)}


_Lines = list[tuple[str, Facts]]


def _granted(*, rule: BenefitRule, facts: MemberFacts, event: Event) -> tuple[Satang, int | None, _Lines]:
    """The amount after the grant itself and its caps, the units paid for, and the lines that explain both."""
    grant = rule.grant
    units: int | None = None
    if isinstance(grant, PerUnit):
        assert event.units is not None
        units, lines = _units(rule, grant, event.units, facts.used.units_this_year, event)
        amount = Satang(units * grant.rate_satang)
        lines.append((f"per_{grant.unit}", {"units": units, "rate_satang": grant.rate_satang, "amount_satang": amount}))
    elif isinstance(grant, TenureTiers):
        assert facts.joined_on is not None
        amount, lines = _by_tenure(grant, facts.joined_on, event.happened_on)
    else:
        amount, lines = _fixed(grant)
    capped, more = _capped(rule, amount, facts, event)
    return capped, units, [*lines, *more]


def _fixed(grant: FixedSum) -> tuple[Satang, _Lines]:
    return grant.amount_satang, [("fixed_sum", {"amount_satang": grant.amount_satang})]


def _units(rule: BenefitRule, grant: PerUnit, asked: int, used: int, event: Event) -> tuple[int, _Lines]:
    units = asked
    lines: _Lines = []
    per_event, per_year = rule.limits.units_per_event, rule.limits.units_per_year
    if per_event is not None and units > per_event:
        lines.append((f"units_per_event_{grant.unit}", {"units": asked, "units_max": per_event}))
        units = per_event
    if per_year is not None and (used or units > per_year):
        left = max(0, per_year - used)
        lines.append((f"units_per_year_{grant.unit}", {
            "units_max": per_year, "used": used, "left": left, **_year_facts(rule, event)}))
        units = min(units, left)
    return units, lines


def _by_tenure(grant: TenureTiers, joined_on: date, happened_on: date) -> tuple[Satang, _Lines]:
    days, years = (happened_on - joined_on).days, full_years(joined_on, happened_on)
    for tier in grant.tiers:
        facts: Facts = {"joined_on": joined_on, "days": days, "years": years, "amount_satang": tier.amount_satang}
        if tier.below_days is not None and days < tier.below_days:
            return tier.amount_satang, [("tier_below_days", {**facts, "below_days": tier.below_days})]
        if tier.below_years is not None and years < tier.below_years:
            return tier.amount_satang, [("tier_below_years", {**facts, "below_years": tier.below_years})]
    last, further = grant.last, max(0, years - grant.from_years)
    amount = last.base_satang + further * last.each_further_year_satang
    lines: _Lines = [("tier_last", {
        "joined_on": joined_on, "years": years, "from_years": grant.from_years, "base_satang": last.base_satang})]
    if further and last.each_further_year_satang:
        lines.append(("tier_further_years", {
            "further_years": further, "each_satang": last.each_further_year_satang, "amount_satang": amount}))
    if last.ceiling_satang is not None and amount > last.ceiling_satang:
        lines.append(("tier_ceiling", {"ceiling_satang": last.ceiling_satang}))
        amount = last.ceiling_satang
    return Satang(amount), lines


def _capped(rule: BenefitRule, amount: Satang, facts: MemberFacts, event: Event) -> tuple[Satang, _Lines]:
    lines: _Lines = []
    per_event, per_year = rule.limits.cap_per_event_satang, rule.limits.cap_per_year_satang
    used = facts.used.satang_this_year
    if per_event is not None and amount > per_event:
        lines.append(("cap_per_event", {"cap_satang": per_event}))
        amount = per_event
    if per_year is not None and (used or amount > per_year):
        left = Satang(max(0, per_year - used))
        lines.append(("cap_per_year", {
            "cap_satang": per_year, "used_satang": used, "left_satang": left, **_year_facts(rule, event)}))
        amount = min(amount, left)
    return amount, lines


def steps_data(*, steps: Sequence[Step]) -> list[dict[str, object]]:
    """The explanation as JSON, to be kept beside a decision; days become ISO text."""
    return [{"code": step.code, "clause_no": step.clause_no, "facts": {
        name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in step.facts.items()}}
        for step in steps]


def read_steps(*, data: Sequence[Mapping[str, object]]) -> tuple[Step, ...]:
    """The explanation as it was kept; facts whose names end in `_on` are days again."""
    return tuple(Step(code=str(row["code"]), clause_no=str(row["clause_no"]), facts=_read_facts(row["facts"]))
                 for row in data)


def _read_facts(data: object) -> Facts:
    assert isinstance(data, Mapping)
    return {str(name): date.fromisoformat(fact) if str(name).endswith("_on") and isinstance(fact, str) else fact
            for name, fact in data.items()}
