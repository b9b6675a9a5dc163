"""Whom a clause helps and when: each condition holds, does not, or cannot be told. Pure: no database, no clock."""
from collections.abc import Sequence
from datetime import timedelta

from ombun.primitives.days import full_months, full_years, month_of
from ombun.regulations.rules.facts import Event, Facts, Finding, MemberFacts
from ombun.regulations.rules.vocabulary import BenefitRule, ForWhom, PerUnit, RuleYear, TenureTiers, year_of

_HOLDS = Finding(holds=True)


def conditions(*, rule: BenefitRule, facts: MemberFacts, event: Event) -> Sequence[Finding]:
    """Every condition of a clause and whether it holds for this person and event; what the grant itself has to know
    stands at the end."""
    of_members = [_has_waited(rule, facts, event), _has_been_member(rule, facts, event)]
    found = [_is_for(rule, facts, event), *(of_members if facts.is_member else ()), _is_old_enough(rule, facts, event),
             _is_young_enough(rule, facts, event), _is_of_the_sex(rule, facts), _is_of_the_kind(rule, facts),
             _lives_there(rule, facts), _is_in_the_month(rule, event), _has_the_grade(rule, event),
             _has_the_relative(rule, event)]
    found += [_is_paid_up(rule, facts)] if facts.is_member else []
    found.append(_is_asked_in_time(rule, event))
    if _misses_the_year(rule, facts):
        return [*found, Finding(holds=None, code="missing_joined_on")]
    return [*found, *_has_times_left(rule, facts, event), *_is_countable(rule, facts, event)]


def _misses_the_year(rule: BenefitRule, facts: MemberFacts) -> bool:
    return rule.year == RuleYear.MEMBERSHIP and rule.limits.counts_a_year and facts.joined_on is None


def _is_for(rule: BenefitRule, facts: MemberFacts, event: Event) -> Finding:
    if rule.for_whom == ForWhom.OTHERS:
        return Finding(holds=not facts.is_member, code="for_others_only" if facts.is_member else "is_no_member")
    if not facts.is_member:
        fits = rule.for_whom == ForWhom.EVERYBODY
        return Finding(holds=fits, code="for_everybody" if fits else "for_members_only")
    return _HOLDS if rule.for_whom == ForWhom.EVERYBODY else _is_member(facts, event)


def _is_member(facts: MemberFacts, event: Event) -> Finding:
    on = event.happened_on
    if facts.joined_on is not None and on < facts.joined_on:
        return Finding(holds=False, code="not_yet_member", facts={"joined_on": facts.joined_on, "happened_on": on})
    if facts.has_left and facts.left_on is None:
        return Finding(holds=None, code="missing_left_on")
    if facts.left_on is not None and facts.left_on <= on:
        return Finding(holds=False, code="no_longer_member", facts={"left_on": facts.left_on, "happened_on": on})
    return _HOLDS


def _has_waited(rule: BenefitRule, facts: MemberFacts, event: Event) -> Finding:
    if not rule.waiting_days:
        return Finding(holds=True)
    if facts.joined_on is None:
        return Finding(holds=None, code="missing_joined_on")
    days = (event.happened_on - facts.joined_on).days
    waited = days >= rule.waiting_days
    return Finding(holds=waited, code="has_waited" if waited else "still_waiting", facts={
        "joined_on": facts.joined_on, "days": days, "waiting_days": rule.waiting_days,
        "tenure_months": full_months(facts.joined_on, event.happened_on)})


def _has_been_member(rule: BenefitRule, facts: MemberFacts, event: Event) -> Finding:
    if not rule.min_membership_years:
        return Finding(holds=True)
    if facts.joined_on is None:
        return Finding(holds=None, code="missing_joined_on")
    years = full_years(facts.joined_on, event.happened_on)
    enough = years >= rule.min_membership_years
    return Finding(holds=enough, code="member_long_enough" if enough else "member_too_short", facts={
        "joined_on": facts.joined_on, "years": years, "min_years": rule.min_membership_years})


def _is_old_enough(rule: BenefitRule, facts: MemberFacts, event: Event) -> Finding:
    if not rule.min_age_years:
        return _HOLDS
    at_least, at_most = _age_between(facts, event)
    if at_least is None or at_most is None or at_least < rule.min_age_years <= at_most:
        return Finding(holds=None, code="missing_born_on")
    enough = at_least >= rule.min_age_years
    return Finding(holds=enough, code="old_enough" if enough else "too_young", facts={
        "age_years": at_least if enough else at_most, "min_age_years": rule.min_age_years})


def _is_young_enough(rule: BenefitRule, facts: MemberFacts, event: Event) -> Finding:
    if not rule.max_age_years:
        return _HOLDS
    at_least, at_most = _age_between(facts, event)
    if at_least is None or at_most is None or at_least <= rule.max_age_years < at_most:
        return Finding(holds=None, code="missing_born_on")
    enough = at_most <= rule.max_age_years
    return Finding(holds=enough, code="young_enough" if enough else "too_old", facts={
        "age_years": at_most if enough else at_least, "max_age_years": rule.max_age_years})


def _age_between(facts: MemberFacts, event: Event) -> tuple[int | None, int | None]:
    if facts.born_earliest_on is None or facts.born_latest_on is None:
        return None, None
    return full_years(facts.born_latest_on, event.happened_on), full_years(facts.born_earliest_on, event.happened_on)


def _is_of_the_sex(rule: BenefitRule, facts: MemberFacts) -> Finding:
    if rule.sex is None:
        return _HOLDS
    if facts.sex is None:
        return Finding(holds=None, code="missing_sex")
    fits = facts.sex == rule.sex
    return Finding(holds=fits, code=f"is_{rule.sex}" if fits else f"for_{rule.sex}_only")


def _is_of_the_kind(rule: BenefitRule, facts: MemberFacts) -> Finding:
    if not rule.kinds:
        return _HOLDS
    if facts.kind is None:
        return Finding(holds=None, code="missing_kind")
    fits = facts.kind in rule.kinds
    return Finding(holds=fits, code="is_of_the_kind" if fits else "not_of_the_kind")


def _lives_there(rule: BenefitRule, facts: MemberFacts) -> Finding:
    if not rule.villages:
        return _HOLDS
    if facts.moo is None:
        return Finding(holds=None, code="missing_village")
    fits = facts.moo in rule.villages
    villages = ", ".join(map(str, rule.villages))
    return Finding(holds=fits, code="lives_there" if fits else "lives_elsewhere", facts={
        "moo": facts.moo, "villages": villages})


def _is_in_the_month(rule: BenefitRule, event: Event) -> Finding:
    if not rule.months:
        return _HOLDS
    fits = event.happened_on.month in rule.months
    return Finding(holds=fits, code="in_the_months" if fits else "not_in_the_months", facts={
        "month_numbers": list(rule.months), "happened_on": event.happened_on})


def _has_the_grade(rule: BenefitRule, event: Event) -> Finding:
    if not rule.min_grade_hundredths:
        return _HOLDS
    if event.grade_hundredths is None:
        return Finding(holds=None, code="missing_grade")
    fits = event.grade_hundredths >= rule.min_grade_hundredths
    return Finding(holds=fits, code="grade_is_enough" if fits else "grade_too_low", facts={
        "grade": _grade(event.grade_hundredths), "min_grade": _grade(rule.min_grade_hundredths)})


def _grade(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _has_the_relative(rule: BenefitRule, event: Event) -> Finding:
    if rule.relative is None:
        return _HOLDS
    fits = event.is_relative_member
    word = "missing" if fits is None else "is_member" if fits else "no_member"
    return Finding(holds=fits, code=f"{word}_{rule.relative}")


def _is_asked_in_time(rule: BenefitRule, event: Event) -> Finding:
    if not rule.deadline_days:
        return _HOLDS
    if event.asked_on is None:
        return Finding(holds=None, code="missing_asked_on")
    days = (event.asked_on - event.happened_on).days
    in_time = days <= rule.deadline_days
    code = "asked_in_time" if in_time else "late_but_excused" if event.is_lateness_excused else "asked_too_late"
    return Finding(holds=in_time or event.is_lateness_excused, code=code, facts={
        "days": days, "deadline_days": rule.deadline_days})


def _is_paid_up(rule: BenefitRule, facts: MemberFacts) -> Finding:
    if not rule.needs_paid_up:
        return Finding(holds=True)
    if facts.is_paid_up is None or facts.paid_until_on is None:
        return Finding(holds=None, code="missing_paid_until_on")
    if facts.joined_on is not None and facts.paid_until_on <= month_of(facts.joined_on):
        return Finding(holds=facts.is_paid_up, code="nothing_due_yet" if facts.is_paid_up else "never_paid")
    return Finding(holds=facts.is_paid_up, code="paid_up" if facts.is_paid_up else "in_arrears",
                    facts={"paid_to_on": facts.paid_until_on - timedelta(days=1)})


def _has_times_left(rule: BenefitRule, facts: MemberFacts, event: Event) -> list[Finding]:
    used, limits = facts.used, rule.limits
    counted = (("this_year", limits.times_per_year, used.times_this_year),
               ("in_life", limits.times_per_life, used.times_in_life),
               ("in_the_house", limits.household_times_per_year, used.household_times_this_year))
    found = []
    for which, most, times in counted:
        if most is None:
            continue
        if times is None:
            found.append(Finding(holds=None, code="missing_household"))
            continue
        is_free = times < most
        year = {} if which == "in_life" else year_facts(rule=rule, facts=facts, event=event)
        found.append(Finding(holds=is_free, code=f"times_left_{which}" if is_free else f"no_times_left_{which}", facts={
            "times": times, "times_max": most, **year}))
    return found


def _is_countable(rule: BenefitRule, facts: MemberFacts, event: Event) -> list[Finding]:
    """What has to be known before an amount can be told."""
    used, missing = facts.used, []
    if isinstance(rule.grant, TenureTiers) and facts.joined_on is None:
        missing.append("missing_joined_on")
    if isinstance(rule.grant, PerUnit) and event.units is None:
        missing.append("missing_units")
    for limit, had in ((rule.limits.household_units_per_year, used.household_units_this_year),
                       (rule.limits.household_cap_per_year_satang, used.household_satang_this_year)):
        if limit is not None and had is None:
            missing.append("missing_household")
    if rule.earmark is not None and used.earmark_left_satang is None:
        missing.append("missing_earmark")
    return [Finding(holds=None, code=code) for code in missing]


def year_facts(*, rule: BenefitRule, facts: MemberFacts, event: Event) -> Facts:
    """The first and the last day of the year in which a clause counts."""
    from_on, until_on = year_of(rule=rule, day=event.happened_on, joined_on=facts.joined_on)
    return {"year_from_on": from_on, "year_last_on": until_on - timedelta(days=1)}
