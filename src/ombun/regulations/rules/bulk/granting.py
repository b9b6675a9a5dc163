"""What a clause grants many claims at once. Each word of the vocabulary is one condition or one limit over columns."""
from dataclasses import MISSING, fields, replace
from functools import lru_cache

import numpy as np

from ombun.primitives.refusals import Refusal, Refused
from ombun.regulations.rules.bulk.claims import Claims, Grants, Money, Reason, UsedBefore
from ombun.regulations.rules.bulk.conditions import told
from ombun.regulations.rules.bulk.days import Numbers
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, Limits, PerUnit, TenureTiers, Things, Tier

_YEARS_MAX = 500  # nobody is older, and the calendar is no longer
_WORDS = frozenset({
    "grant", "limits", "for_whom", "year", "year_starts_month", "waiting_days", "min_membership_years",
    "min_age_years", "max_age_years", "sex", "kinds", "villages", "months", "min_grade_hundredths", "relative",
    "needs_paid_up", "earmark", "deadline_days",
    # say who receives, who signs and what to show; change no amount
    "payee", "documents", "attachments", "certifiers", "chair_up_to_satang", "at_once"})
_LIMITS = frozenset({
    "units_per_event", "units_per_year", "units_per_life", "cap_per_event_satang", "cap_per_year_satang",
    "cap_per_life_satang", "times_per_year", "times_per_life", "household_times_per_year", "household_units_per_year",
    "household_cap_per_year_satang", "budget_per_year_satang", "together_with"})


class NotInBulk(Refused):
    """The clause says something that cannot be run over many claims yet; every such word is named."""


def refusals_in_bulk(*, rule: BenefitRule) -> tuple[Refusal, ...]:
    """Every word of a clause that cannot be run over many claims at once: named, never skipped."""
    found = [f"rule.{name}" for name in _said(rule) - _WORDS]
    found += [f"rule.limits.{name}" for name in _said(rule.limits) - _LIMITS]
    if not isinstance(rule.grant, FixedSum | PerUnit | TenureTiers | Things):
        found.append("rule.grant.kind")
    return tuple(Refusal(code="regulations.not_in_bulk", about=path, facts={"path": path}) for path in sorted(found))


def _said(words: BenefitRule | Limits) -> set[str]:
    """Which words say something: those that differ from what holds when nobody says anything."""
    return {one.name for one in fields(words) if getattr(words, one.name) != (
        one.default if one.default is not MISSING else
        one.default_factory() if one.default_factory is not MISSING else MISSING)}


def grants(*, rule: BenefitRule, claims: Claims) -> Grants:
    """What the clause grants each of these claims, each by itself, by what was used before it.

    Exactly what `assess` answers: in satang, 0 with a `MISSING_…` where that leaves the amount open. Raises NotInBulk
    with every word that cannot be run so.
    """
    if found := refusals_in_bulk(rule=rule):
        raise NotInBulk(*found)
    granted = Grants.of(rows=len(claims))
    if claims.used is None:
        claims = replace(claims, used=UsedBefore.nothing(rows=len(claims)))
    for part, asked in claims.parts():
        _grant(rule, asked, granted.rows(part))
    return granted


def _grant(rule: BenefitRule, asked: Claims, into: Grants) -> None:
    grant = rule.grant
    if isinstance(grant, PerUnit):
        _count_units(rule, asked, into)
        np.multiply(into.units, np.int64(grant.rate_satang), out=into.satang)
    elif isinstance(grant, TenureTiers):
        into.satang[:] = _by_tenure(grant, asked)
    else:
        into.satang[:] = grant.worth_satang if isinstance(grant, Things) else grant.amount_satang
    _cap(rule, asked, into)
    for reason, where in told(rule=rule, asked=asked):
        into.tell(reason, where)
    is_granted = into.reasons < Reason.MISSING_EARMARK
    np.multiply(into.satang, is_granted, out=into.satang)
    if isinstance(grant, PerUnit):
        np.multiply(into.units, is_granted, out=into.units)


def _count_units(rule: BenefitRule, asked: Claims, into: Grants) -> None:
    into.units[:] = asked.units
    if rule.limits.units_per_event is not None:
        _lower(into.units, np.int32(rule.limits.units_per_event), Reason.UNITS_PER_EVENT, into)
    for reason, most, used in (
            (Reason.UNITS_PER_YEAR, rule.limits.units_per_year, asked.had.units_this_year),
            (Reason.UNITS_PER_LIFE, rule.limits.units_per_life, asked.had.units_in_life),
            (Reason.UNITS_PER_HOUSE, rule.limits.household_units_per_year, asked.had.household_units_this_year)):
        if most is not None and used is not None:
            _lower(into.units, np.maximum(np.int32(most) - used, np.int32(0)), reason, into)


def _lower(
    what: Numbers | Money, most: Numbers | Money | np.int32 | np.int64, reason: Reason, into: Grants
) -> None:
    """Lower to the most that a limit leaves, and say so where it does."""
    into.tell(reason, what > most)
    np.minimum(what, most, out=what)


def _by_tenure(grant: TenureTiers, asked: Claims) -> Money:
    """The first tier that fits."""
    by_year, left = _tables(grant)
    satang = by_year.take(asked.tenure_years, mode="clip")
    for tier in reversed(left):
        fits = asked.tenure_days < tier.below_days if tier.below_days is not None else (
            asked.tenure_years < (tier.below_years or 0))
        if fits.any():
            np.copyto(satang, tier.amount_satang, where=fits)
    return satang


@lru_cache(maxsize=256)
def _tables(grant: TenureTiers) -> tuple[Money, tuple[Tier, ...]]:
    """The last tier, and those by the year just before it, as a table by full years; and the tiers before these."""
    last, years = grant.last, np.arange(_YEARS_MAX, dtype=np.int64)
    by_year = last.base_satang + np.maximum(years - grant.from_years, 0) * last.each_further_year_satang
    if last.ceiling_satang is not None:
        by_year = np.minimum(by_year, last.ceiling_satang)
    left = list(grant.tiers)
    while left and left[-1].below_years is not None:
        tier = left.pop()
        by_year[:tier.below_years] = tier.amount_satang
    return by_year, tuple(left)


def _cap(rule: BenefitRule, asked: Claims, into: Grants) -> None:
    if rule.limits.cap_per_event_satang is not None:
        _lower(into.satang, np.int64(rule.limits.cap_per_event_satang), Reason.CAP_PER_EVENT, into)
    limits, used = rule.limits, asked.had
    for reason, cap, had in (
            (Reason.CAP_PER_YEAR, limits.cap_per_year_satang, used.satang_this_year),
            (Reason.CAP_PER_LIFE, limits.cap_per_life_satang, used.satang_in_life),
            (Reason.HOUSEHOLD_CAP, limits.household_cap_per_year_satang, used.household_satang_this_year),
            (Reason.BUDGET, limits.budget_per_year_satang, used.fund_satang_this_year)):
        if cap is not None:
            left = np.int64(cap) if had is None else np.maximum(np.int64(cap) - had, np.int64(0))
            _lower(into.satang, left, reason, into)
    if rule.earmark is not None and used.earmark_left_satang is not None:
        _lower(into.satang, np.maximum(used.earmark_left_satang, np.int64(0)), Reason.EARMARK, into)
