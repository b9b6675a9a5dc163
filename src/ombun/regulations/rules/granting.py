"""How much a clause grants, by its grant and its limits. Pure: no database, no clock."""
from datetime import date

from ombun.primitives.days import full_years
from ombun.primitives.money import Satang
from ombun.regulations.rules.conditions import year_facts
from ombun.regulations.rules.facts import Event, Facts, MemberFacts
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, PerUnit, TenureTiers, Things

Lines = list[tuple[str, Facts]]


def granted(*, rule: BenefitRule, facts: MemberFacts, event: Event) -> tuple[Satang, int | None, Lines]:
    """The amount after the grant itself and its caps, the units paid for, and the lines that explain both.

    All that the clause has to know must be known.
    """
    grant, units = rule.grant, None
    if isinstance(grant, PerUnit):
        units, lines = _units(rule, grant, facts, event)
        amount = Satang(units * grant.rate_satang)
        lines.append((f"per_{grant.unit}", {"units": units, "rate_satang": grant.rate_satang, "amount_satang": amount}))
    elif isinstance(grant, TenureTiers):
        assert facts.joined_on is not None
        amount, lines = _by_tenure(grant, facts.joined_on, event.happened_on)
    else:
        amount, lines = _once(grant)
    capped, more = _capped(rule, amount, facts, event)
    return capped, units, [*lines, *more]


def _once(grant: FixedSum | Things) -> tuple[Satang, Lines]:
    if isinstance(grant, Things):
        return grant.worth_satang, [("things", {"what": grant.what, "worth_satang": grant.worth_satang})]
    return grant.amount_satang, [("fixed_sum", {"amount_satang": grant.amount_satang})]


def _units(rule: BenefitRule, grant: PerUnit, facts: MemberFacts, event: Event) -> tuple[int, Lines]:
    assert event.units is not None
    units, lines, limits = event.units, Lines(), rule.limits
    if limits.units_per_event is not None and units > limits.units_per_event:
        lines.append((f"units_per_event_{grant.unit}", {"units": units, "units_max": limits.units_per_event}))
        units = limits.units_per_event
    for which, most, used in (("year", limits.units_per_year, facts.used.units_this_year),
                              ("life", limits.units_per_life, facts.used.units_in_life),
                              ("house", limits.household_units_per_year, facts.used.household_units_this_year)):
        if most is not None and used is not None and (used or units > most):
            left = max(0, most - used)
            year = {} if which == "life" else year_facts(rule=rule, facts=facts, event=event)
            lines.append((f"units_per_{which}_{grant.unit}", {"units_max": most, "used": used, "left": left, **year}))
            units = min(units, left)
    return units, lines


def _by_tenure(grant: TenureTiers, joined_on: date, happened_on: date) -> tuple[Satang, Lines]:
    days, years = (happened_on - joined_on).days, full_years(joined_on, happened_on)
    for tier in grant.tiers:
        facts: Facts = {"joined_on": joined_on, "days": days, "years": years, "amount_satang": tier.amount_satang}
        if tier.below_days is not None and days < tier.below_days:
            return tier.amount_satang, [("tier_below_days", {**facts, "below_days": tier.below_days})]
        if tier.below_years is not None and years < tier.below_years:
            return tier.amount_satang, [("tier_below_years", {**facts, "below_years": tier.below_years})]
    last, further = grant.last, max(0, years - grant.from_years)
    amount = last.base_satang + further * last.each_further_year_satang
    lines: Lines = [("tier_last", {
        "joined_on": joined_on, "years": years, "from_years": grant.from_years, "base_satang": last.base_satang})]
    if further and last.each_further_year_satang:
        lines.append(("tier_further_years", {
            "further_years": further, "each_satang": last.each_further_year_satang, "amount_satang": amount}))
    if last.ceiling_satang is not None and amount > last.ceiling_satang:
        lines.append(("tier_ceiling", {"ceiling_satang": last.ceiling_satang}))
        amount = last.ceiling_satang
    return Satang(amount), lines


def _capped(rule: BenefitRule, amount: Satang, facts: MemberFacts, event: Event) -> tuple[Satang, Lines]:
    lines, limits, used = Lines(), rule.limits, facts.used
    if limits.cap_per_event_satang is not None and amount > limits.cap_per_event_satang:
        lines.append(("cap_per_event", {"cap_satang": limits.cap_per_event_satang}))
        amount = limits.cap_per_event_satang
    for code, cap, had in (("cap_per_year", limits.cap_per_year_satang, used.satang_this_year),
                           ("cap_per_life", limits.cap_per_life_satang, used.satang_in_life),
                           ("household_cap", limits.household_cap_per_year_satang, used.household_satang_this_year),
                           ("budget", limits.budget_per_year_satang, used.fund_satang_this_year)):
        if cap is None or had is None or not (had or amount > cap):
            continue
        left = Satang(max(0, cap - had))
        year = {} if code == "cap_per_life" else year_facts(rule=rule, facts=facts, event=event)
        lines.append((code, {"cap_satang": cap, "used_satang": had, "left_satang": left, **year}))
        amount = min(amount, left)
    if rule.earmark is not None and used.earmark_left_satang is not None and amount > used.earmark_left_satang:
        amount = Satang(max(0, used.earmark_left_satang))
        lines.append((f"earmark_{rule.earmark}", {"left_satang": amount}))
    return amount, lines
