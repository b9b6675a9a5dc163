"""What to look at again before the vote: rules that never pay, pay without a limit, overlap or go down. Pure.

Doubts are questions to the meeting, each with a computed example; they forbid nothing.
"""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from ombun.primitives.days import add_months
from ombun.primitives.money import Satang, baht
from ombun.regulations.rules.assessment import Event, MemberFacts, Used, assess
from ombun.regulations.rules.examples import examples
from ombun.regulations.rules.vocabulary import (
    BenefitRule,
    Document,
    FixedSum,
    Kind,
    PerUnit,
    TenureTiers,
    Things,
    Tier,
)

YOUTH_AGE, ELDERLY_AGE = 18, 60  # CODI Form 1


@dataclass(frozen=True, kw_only=True)
class Granting:
    """A clause of a draft that grants something, as it is looked at: its number, its account, its rule, its words."""

    clause_no: str
    account_code: str
    rule: BenefitRule
    text_th: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One question to the meeting: a sentence code, what it is about, and the figures of its example."""

    code: str
    clause_no: str
    facts: dict[str, object]


def doubts(*, clauses: Sequence[Granting], on: date) -> tuple[Doubt, ...]:
    """Every question that the clauses of a draft raise, clause by clause, then between two clauses. `on` is the day of
    the examples."""
    found: list[Doubt] = []
    for clause in clauses:
        for look in (_never_pays, _has_no_limit, _goes_down, _caps_below_one, _tiers_behind_waiting, _caps_in_vain,
                     _kind_and_age, _words_without_figures):
            found += look(clause, on)
    most = {clause.clause_no: _most(clause, on) for clause in clauses}
    for one, other in combinations(clauses, 2):
        found += _both_pay(one, other, most)
    return tuple(found)


def _doubt(code: str, clause: Granting, **facts: object) -> Doubt:
    return Doubt(code=f"regulations.doubt_{code}", clause_no=clause.clause_no,
                 facts={"clause_no": clause.clause_no, **facts})


def _most(clause: Granting, on: date) -> int:
    return max((e.assessment.amount_satang or 0 for e in examples(rule=clause.rule, clause_no="", on=on)), default=0)


def _never_pays(clause: Granting, on: date) -> Iterator[Doubt]:
    tried = len(examples(rule=clause.rule, clause_no="", on=on))
    is_nothing = isinstance(clause.rule.grant, Things) and not clause.rule.grant.worth_satang
    if not is_nothing and _most(clause, on) == 0:
        yield _doubt("never_pays", clause, people=tried)


def _has_no_limit(clause: Granting, on: date) -> Iterator[Doubt]:
    rule, limits = clause.rule, clause.rule.limits
    bounds = (limits.cap_per_year_satang, limits.cap_per_life_satang, limits.times_per_year, limits.times_per_life,
              limits.units_per_year, limits.units_per_life, limits.household_times_per_year,
              limits.household_units_per_year, limits.household_cap_per_year_satang, limits.budget_per_year_satang)
    if any(bound is not None for bound in bounds) or Document.DEATH_CERTIFICATE in rule.documents:
        return
    each = _amount(rule, on, units=30)
    if isinstance(rule.grant, PerUnit) and limits.cap_per_event_satang is None and limits.units_per_event is None:
        yield _doubt("no_limit_of_units", clause, units=30, amount_satang=each)
    elif each:
        yield _doubt("no_limit_of_times", clause, times=12, each_satang=each, amount_satang=12 * each)


def _amount(rule: BenefitRule, on: date, *, units: int = 1, joined_on: date | None = None) -> int:
    """What somebody gets who fits in every way and never had anything: in satang."""
    best = max(examples(rule=rule, clause_no="", on=on), key=lambda one: one.assessment.amount_satang or 0)
    happened_on = on if not rule.months or on.month in rule.months else on.replace(month=rule.months[0], day=15)
    if joined_on is None and not isinstance(rule.grant, PerUnit):
        return best.assessment.amount_satang or 0
    age = max(rule.min_age_years, min(rule.max_age_years or 120, 45))
    born_on = add_months(happened_on, -12 * age)
    facts = MemberFacts(
        joined_on=joined_on or add_months(happened_on, -12 * 60), born_earliest_on=born_on, born_latest_on=born_on,
        is_member=rule.for_whom != "others", sex=rule.sex, kind=rule.kinds[0] if rule.kinds else Kind.GENERAL,
        moo=rule.villages[0] if rule.villages else 1, is_paid_up=True, paid_until_on=add_months(happened_on, 1),
        used=Used(household_times_this_year=0, household_units_this_year=0, household_satang_this_year=Satang(0),
                  earmark_left_satang=Satang(10**10)))
    event = Event(happened_on=happened_on, units=units, asked_on=happened_on, is_relative_member=True,
                  grade_hundredths=400)
    return assess(rule=rule, clause_no="", facts=facts, event=event).amount_satang or 0


def _goes_down(clause: Granting, on: date) -> Iterator[Doubt]:
    grant = clause.rule.grant
    if not isinstance(grant, TenureTiers):
        return
    steps = [*((tier, tier.amount_satang) for tier in grant.tiers), (None, grant.last.base_satang)]
    for (shorter, before), (_longer, after) in pairwise(steps):
        if after < before and shorter is not None:
            end, by = _end_of(shorter, on), "days" if shorter.below_days else "years"
            yield _doubt(f"goes_down_{by}", clause, length=shorter.below_days or shorter.below_years,
                         before_satang=_amount(clause.rule, on, joined_on=end + timedelta(days=1)),
                         after_satang=_amount(clause.rule, on, joined_on=end))


def _end_of(tier: Tier, on: date) -> date:
    """Who joined on this day has just outgrown the tier."""
    return on - timedelta(days=tier.below_days) if tier.below_days else add_months(on, -12 * (tier.below_years or 0))


def _caps_below_one(clause: Granting, on: date) -> Iterator[Doubt]:
    rule, limits = clause.rule, clause.rule.limits
    grant = rule.grant
    one = grant.rate_satang if isinstance(grant, PerUnit) else grant.amount_satang if isinstance(grant, FixedSum) else 0
    caps = [cap for cap in (limits.cap_per_event_satang, limits.cap_per_year_satang, limits.cap_per_life_satang,
                            limits.household_cap_per_year_satang, limits.budget_per_year_satang) if cap is not None]
    if caps and min(caps) < one:
        yield _doubt("cap_below_one", clause, one_satang=one, cap_satang=min(caps),
                     amount_satang=min(_amount(rule, on), min(caps)))


def _tiers_behind_waiting(clause: Granting, on: date) -> Iterator[Doubt]:
    rule = clause.rule
    if not isinstance(rule.grant, TenureTiers):
        return
    waits = on - timedelta(days=rule.waiting_days)
    waits = min(waits, add_months(on, -12 * rule.min_membership_years))
    for number, tier in enumerate(rule.grant.tiers, start=1):
        if tier.amount_satang and _end_of(tier, on) >= waits and waits < on:
            yield _doubt("tier_behind_waiting", clause, tier=number, tier_satang=tier.amount_satang,
                         amount_satang=_amount(rule, on, joined_on=_end_of(tier, on) + timedelta(days=1)))


def _caps_in_vain(clause: Granting, on: date) -> Iterator[Doubt]:
    limits = clause.rule.limits
    event, year = limits.cap_per_event_satang, limits.cap_per_year_satang
    if event is not None and year is not None and event > year:
        yield _doubt("event_above_year", clause, event_satang=event, year_satang=year)
    if limits.units_per_event and limits.units_per_year and limits.units_per_event > limits.units_per_year:
        yield _doubt("units_above_year", clause, event_units=limits.units_per_event, year_units=limits.units_per_year)
    if limits.times_per_year and limits.times_per_life and limits.times_per_year > limits.times_per_life:
        yield _doubt("times_above_life", clause, times=limits.times_per_year, life_times=limits.times_per_life)


def _kind_and_age(clause: Granting, on: date) -> Iterator[Doubt]:
    rule = clause.rule
    if rule.kinds == (Kind.YOUTH,) and rule.min_age_years > YOUTH_AGE:
        yield _doubt("youth_too_old", clause, age_years=rule.min_age_years)
    if rule.kinds == (Kind.ELDERLY,) and 0 < rule.max_age_years < ELDERLY_AGE:
        yield _doubt("elderly_too_young", clause, age_years=rule.max_age_years)


def _words_without_figures(clause: Granting, on: date) -> Iterator[Doubt]:
    """The words are what was voted: a sum that the rule pays and the words do not say is a dispute to come."""
    said = clause.text_th.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")).replace(",", "")
    missing = [one for one in _sums(clause.rule) if baht(one).removesuffix(".00").replace(",", "") not in said]
    if missing:
        yield _doubt("words_without_figures", clause, figures=", ".join(
            baht(one).removesuffix(".00") for one in dict.fromkeys(missing)))


def _sums(rule: BenefitRule) -> list[Satang]:
    grant, limits = rule.grant, rule.limits
    if isinstance(grant, TenureTiers):
        last = grant.last
        sums = [*(tier.amount_satang for tier in grant.tiers), last.base_satang, last.each_further_year_satang,
                last.ceiling_satang]
    elif isinstance(grant, PerUnit):
        sums = [grant.rate_satang]
    else:
        sums = [grant.worth_satang if isinstance(grant, Things) else grant.amount_satang]
    sums += [limits.cap_per_event_satang, limits.cap_per_year_satang, limits.cap_per_life_satang,
             limits.household_cap_per_year_satang, limits.budget_per_year_satang]
    return [one for one in sums if one]


def _both_pay(one: Granting, other: Granting, most: Mapping[str, int]) -> Iterator[Doubt]:
    """Two clauses of the same kind of benefit, on the same papers, that one and the same person gets for one event."""
    a, b = one.rule, other.rule
    same = (one.account_code, a.unit, set(a.documents), a.for_whom) == (
        other.account_code, b.unit, set(b.documents), b.for_whom)
    lists: list[tuple[Sequence[object], Sequence[object]]] = [
        (a.kinds, b.kinds), (a.villages, b.villages), (a.months, b.months),
        ((a.sex,) if a.sex else (), (b.sex,) if b.sex else ())]
    apart = any(mine and theirs and not set(mine) & set(theirs) for mine, theirs in lists)
    if not same or apart or max(a.min_age_years, b.min_age_years) > min(a.max_age_years or 120, b.max_age_years or 120):
        return
    first, second = most[one.clause_no], most[other.clause_no]
    if first and second:
        yield _doubt("both_pay", one, other_no=other.clause_no, first_satang=first, second_satang=second,
                     amount_satang=first + second)
