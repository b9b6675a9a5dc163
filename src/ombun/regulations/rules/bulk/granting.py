"""What a clause grants many claims at once. Each word of the vocabulary is one condition or one limit over columns."""
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from functools import lru_cache

import numpy as np

from ombun.primitives.refusals import Refusal, Refused
from ombun.regulations.rules.bulk.claims import Claims, Grants, Money, Reason
from ombun.regulations.rules.bulk.days import UNKNOWN, Mask, Numbers, full_years, written
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, Limits, PerUnit, RuleYear, TenureTiers, Tier

_YEARS_MAX = 500  # nobody is older, and the calendar is no longer
_ONLY_TOLD = frozenset({"payee", "documents", "attachments", "certifiers", "chair_up_to_satang", "at_once"})
# say who receives, who signs and what to show; change no amount
_WORDS = frozenset({
    "grant", "limits", "year", "year_starts_month", "waiting_days", "min_membership_years", "min_age_years",
    "needs_paid_up"}) | _ONLY_TOLD
_LIMITS = frozenset({"units_per_event", "units_per_year", "cap_per_event_satang", "cap_per_year_satang",
                     "times_per_year", "times_per_life"})
_Told = Iterator[tuple[Reason, Mask]]


class NotInBulk(Refused):
    """The clause says something that cannot be run over many claims yet; every such word is named."""


def refusals_in_bulk(*, rule: BenefitRule) -> tuple[Refusal, ...]:
    """Every word of a clause that cannot be run over many claims at once: named, never skipped."""
    found = [f"rule.{name}" for name in _said(rule) - _WORDS]
    found += [f"rule.limits.{name}" for name in _said(rule.limits) - _LIMITS]
    if not isinstance(rule.grant, FixedSum | PerUnit | TenureTiers):
        found.append("rule.grant.kind")
    if rule.year == RuleYear.MEMBERSHIP and rule.limits.counts_a_year:
        found.append("rule.year")
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
    elif isinstance(grant, FixedSum):
        into.satang[:] = grant.amount_satang
    _cap(rule, asked, into)
    for condition in _CONDITIONS:
        for reason, where in condition(rule, asked):
            into.tell(reason, where)
    is_granted = into.reasons < Reason.MISSING_UNITS
    np.multiply(into.satang, is_granted, out=into.satang)
    if isinstance(grant, PerUnit):
        np.multiply(into.units, is_granted, out=into.units)


def _count_units(rule: BenefitRule, asked: Claims, into: Grants) -> None:
    into.units[:] = asked.units
    if rule.limits.units_per_event is not None:
        _lower(into.units, np.int32(rule.limits.units_per_event), Reason.UNITS_PER_EVENT, into)
    if rule.limits.units_per_year is not None:
        used = np.int32(0) if asked.used is None else asked.used.units_this_year
        left = np.maximum(np.int32(rule.limits.units_per_year) - used, np.int32(0))
        _lower(into.units, left, Reason.UNITS_PER_YEAR, into)


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
    if rule.limits.cap_per_year_satang is not None:
        used = np.int64(0) if asked.used is None else asked.used.satang_this_year
        left = np.maximum(np.int64(rule.limits.cap_per_year_satang) - used, np.int64(0))
        _lower(into.satang, left, Reason.CAP_PER_YEAR, into)


def _is_member(rule: BenefitRule, asked: Claims) -> _Told:
    yield Reason.MISSING_LEFT_ON, asked.left_on == UNKNOWN
    yield Reason.NOT_YET_MEMBER, asked.happened_on < asked.joined_on
    yield Reason.NO_LONGER_MEMBER, (asked.left_on <= asked.happened_on) & (asked.left_on != UNKNOWN)


def _has_waited(rule: BenefitRule, asked: Claims) -> _Told:
    if rule.waiting_days:
        yield Reason.MISSING_JOINED_ON, asked.joined_on == UNKNOWN
        yield Reason.STILL_WAITING, (asked.tenure_days < rule.waiting_days) & (asked.joined_on != UNKNOWN)


def _has_been_member(rule: BenefitRule, asked: Claims) -> _Told:
    if rule.min_membership_years:
        yield Reason.MISSING_JOINED_ON, asked.joined_on == UNKNOWN
        yield Reason.MEMBER_TOO_SHORT, (asked.tenure_years < rule.min_membership_years) & (asked.joined_on != UNKNOWN)


def _is_old_enough(rule: BenefitRule, asked: Claims) -> _Told:
    if not rule.min_age_years:
        return
    on = asked.happened_written
    at_least = full_years(since=written(days=asked.born_latest_on), until=on)
    at_most = full_years(since=written(days=asked.born_earliest_on), until=on)
    known = (asked.born_earliest_on != UNKNOWN) & (asked.born_latest_on != UNKNOWN)
    yield Reason.MISSING_BORN_ON, ~known | ((at_least < rule.min_age_years) & (rule.min_age_years <= at_most))
    yield Reason.TOO_YOUNG, known & (at_most < rule.min_age_years)


def _is_paid_up(rule: BenefitRule, asked: Claims) -> _Told:
    if not rule.needs_paid_up:
        return
    owes = asked.is_paid_up == 0
    yield Reason.MISSING_PAID_UNTIL_ON, asked.is_paid_up < 0
    if owes.any():
        month_of_joining = asked.joined_written // 32 * 32 + 1
        yield Reason.NEVER_PAID, owes & (asked.joined_on != UNKNOWN) & (
            written(days=asked.paid_until_on) <= month_of_joining)
        yield Reason.IN_ARREARS, owes


def _has_times_left(rule: BenefitRule, asked: Claims) -> _Told:
    per_year, per_life = rule.limits.times_per_year, rule.limits.times_per_life
    if asked.used is not None and per_year is not None:
        yield Reason.NO_TIMES_LEFT_THIS_YEAR, asked.used.times_this_year >= per_year
    if asked.used is not None and per_life is not None:
        yield Reason.NO_TIMES_LEFT_IN_LIFE, asked.used.times_in_life >= per_life


def _is_counted(rule: BenefitRule, asked: Claims) -> _Told:
    if isinstance(rule.grant, TenureTiers):
        yield Reason.MISSING_JOINED_ON, asked.joined_on == UNKNOWN
    if isinstance(rule.grant, PerUnit):
            yield Reason.MISSING_UNITS, asked.units == UNKNOWN


_CONDITIONS: tuple[Callable[[BenefitRule, Claims], _Told], ...] = (
    _is_member, _has_waited, _has_been_member, _is_old_enough, _is_paid_up, _has_times_left, _is_counted)
