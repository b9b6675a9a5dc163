"""Whom a clause helps and when, over columns: each condition tells where it certainly does not hold, and where that
cannot be told. The same conditions as one by one (`rules/conditions.py`)."""
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ombun.regulations.rules.bulk.claims import Claims, Reason
from ombun.regulations.rules.bulk.days import UNKNOWN, Mask, full_years, written
from ombun.regulations.rules.vocabulary import BenefitRule, ForWhom, Kind, PerUnit, RuleYear, Sex, TenureTiers

Told = Iterator[tuple[Reason, Mask]]
_Column = NDArray[Any] | None


def told(*, rule: BenefitRule, asked: Claims) -> Told:
    """Every reason that speaks against a grant, and against which claims; the greatest reason of a claim holds."""
    for condition in _CONDITIONS:
        yield from condition(rule, asked)


def _all(asked: Claims) -> Mask:
    return np.ones(len(asked), np.bool_)


def _of_members(asked: Claims, where: Mask) -> Mask:
    return where if asked.is_member is None else where & asked.is_member


def _is_for(rule: BenefitRule, asked: Claims) -> Told:
    if rule.for_whom == ForWhom.OTHERS:
        yield Reason.FOR_OTHERS_ONLY, _of_members(asked, _all(asked))
    if rule.for_whom != ForWhom.MEMBERS:
        return
    if asked.is_member is not None:
        yield Reason.FOR_MEMBERS_ONLY, ~asked.is_member
    yield Reason.NOT_YET_MEMBER, _of_members(asked, asked.happened_on < asked.joined_on)
    has_left = _of_members(asked, asked.left_on <= asked.happened_on)
    if has_left.any():
        yield Reason.MISSING_LEFT_ON, asked.left_on == UNKNOWN
        yield Reason.NO_LONGER_MEMBER, has_left & (asked.left_on != UNKNOWN)


def _has_waited(rule: BenefitRule, asked: Claims) -> Told:
    for reason, wanted, has in ((Reason.STILL_WAITING, rule.waiting_days, "tenure_days"),
                                (Reason.MEMBER_TOO_SHORT, rule.min_membership_years, "tenure_years")):
        if wanted:
            known = asked.joined_on != UNKNOWN
            yield Reason.MISSING_JOINED_ON, _of_members(asked, ~known)
            yield reason, _of_members(asked, (getattr(asked, has) < wanted) & known)


def _is_of_age(rule: BenefitRule, asked: Claims) -> Told:
    if not rule.min_age_years and not rule.max_age_years:
        return
    on = asked.happened_written
    at_least = full_years(since=written(days=asked.born_latest_on), until=on)
    at_most = full_years(since=written(days=asked.born_earliest_on), until=on)
    known = (asked.born_earliest_on != UNKNOWN) & (asked.born_latest_on != UNKNOWN)
    yield Reason.MISSING_BORN_ON, ~known
    if rule.min_age_years:
        yield Reason.MISSING_BORN_ON, (at_least < rule.min_age_years) & (rule.min_age_years <= at_most)
        yield Reason.TOO_YOUNG, known & (at_most < rule.min_age_years) & (at_least < rule.min_age_years)
    if rule.max_age_years:
        yield Reason.MISSING_BORN_ON, (at_least <= rule.max_age_years) & (rule.max_age_years < at_most)
        yield Reason.TOO_OLD, known & (at_most > rule.max_age_years) & (at_least > rule.max_age_years)


def _is_of_the_sex_and_kind(rule: BenefitRule, asked: Claims) -> Told:
    if rule.sex is not None:
        yield from _among(asked, asked.sex, [list(Sex).index(rule.sex)], -1, Reason.MISSING_SEX, Reason.NOT_OF_THE_SEX)
    if rule.kinds:
        yield from _among(asked, asked.kind, [list(Kind).index(kind) for kind in rule.kinds], -1,
                          Reason.MISSING_KIND, Reason.NOT_OF_THE_KIND)


def _lives_there(rule: BenefitRule, asked: Claims) -> Told:
    if rule.villages:
        yield from _among(asked, asked.moo, rule.villages, UNKNOWN, Reason.MISSING_VILLAGE, Reason.LIVES_ELSEWHERE)


def _among(
    asked: Claims, column: _Column, wanted: Any, unknown: int, missing: Reason, no: Reason
) -> Told:
    """A column of which nobody knows, or that has to be one of several."""
    if column is None:
        yield missing, _all(asked)
        return
    yield missing, column == unknown
    yield no, (column != unknown) & ~np.isin(column, list(wanted))


def _is_in_the_month(rule: BenefitRule, asked: Claims) -> Told:
    if rule.months:
        yield Reason.NOT_IN_THE_MONTHS, ~np.isin(asked.happened_month, list(rule.months))


def _has_the_grade(rule: BenefitRule, asked: Claims) -> Told:
    if not rule.min_grade_hundredths:
        return
    if asked.grade_hundredths is None:
        yield Reason.MISSING_GRADE, _all(asked)
        return
    known = asked.grade_hundredths != UNKNOWN
    yield Reason.MISSING_GRADE, ~known
    yield Reason.GRADE_TOO_LOW, known & (asked.grade_hundredths < rule.min_grade_hundredths)


def _has_the_relative(rule: BenefitRule, asked: Claims) -> Told:
    if rule.relative is not None:
        yield from _among(asked, asked.is_relative_member, [1], -1, Reason.MISSING_RELATIVE, Reason.NO_RELATIVE)


def _is_paid_up(rule: BenefitRule, asked: Claims) -> Told:
    if not rule.needs_paid_up:
        return
    owes = _of_members(asked, asked.is_paid_up == 0)
    yield Reason.MISSING_PAID_UNTIL_ON, _of_members(asked, asked.is_paid_up < 0)
    if owes.any():
        month_of_joining = asked.joined_written // 32 * 32 + 1
        yield Reason.NEVER_PAID, owes & (asked.joined_on != UNKNOWN) & (
            written(days=asked.paid_until_on) <= month_of_joining)
        yield Reason.IN_ARREARS, owes


def _is_asked_in_time(rule: BenefitRule, asked: Claims) -> Told:
    if not rule.deadline_days:
        return
    if asked.asked_on is None:
        yield Reason.MISSING_ASKED_ON, _all(asked)
        return
    known = asked.asked_on != UNKNOWN
    yield Reason.MISSING_ASKED_ON, ~known
    late = known & (asked.asked_on - asked.happened_on > rule.deadline_days)
    yield Reason.ASKED_TOO_LATE, late if asked.is_lateness_excused is None else late & ~asked.is_lateness_excused


def _has_times_left(rule: BenefitRule, asked: Claims) -> Told:
    used, limits = asked.had, rule.limits
    is_of_membership = rule.year == RuleYear.MEMBERSHIP and limits.counts_a_year
    if is_of_membership:
        yield Reason.MISSING_JOINED_ON, asked.joined_on == UNKNOWN

    def no_more(had: NDArray[np.int32], most: int) -> Mask:
        """Where the year itself is not known, nothing can be counted."""
        return (had >= most) & (asked.joined_on != UNKNOWN) if is_of_membership else had >= most

    if limits.times_per_year is not None:
        yield Reason.NO_TIMES_LEFT_THIS_YEAR, no_more(used.times_this_year, limits.times_per_year)
    if limits.times_per_life is not None:
        yield Reason.NO_TIMES_LEFT_IN_LIFE, no_more(used.times_in_life, limits.times_per_life)
    if limits.household_times_per_year is None:
        return
    if used.household_times_this_year is None:
        yield Reason.MISSING_HOUSEHOLD, _all(asked)
        return
    yield Reason.MISSING_HOUSEHOLD, used.household_times_this_year == UNKNOWN
    yield Reason.NO_TIMES_LEFT_IN_THE_HOUSE, no_more(used.household_times_this_year, limits.household_times_per_year)


def _is_countable(rule: BenefitRule, asked: Claims) -> Told:
    if isinstance(rule.grant, TenureTiers):
        yield Reason.MISSING_JOINED_ON, asked.joined_on == UNKNOWN
    if isinstance(rule.grant, PerUnit):
        yield Reason.MISSING_UNITS, asked.units == UNKNOWN
    for reason, is_asked, had in (
            (Reason.MISSING_HOUSEHOLD, rule.limits.household_units_per_year is not None,
             asked.had.household_units_this_year),
            (Reason.MISSING_HOUSEHOLD, rule.limits.household_cap_per_year_satang is not None,
             asked.had.household_satang_this_year),
            (Reason.MISSING_EARMARK, rule.earmark is not None, asked.had.earmark_left_satang)):
        if is_asked:
            yield reason, _all(asked) if had is None else had == UNKNOWN


_CONDITIONS: tuple[Callable[[BenefitRule, Claims], Told], ...] = (
    _is_for, _has_waited, _is_of_age, _is_of_the_sex_and_kind, _lives_there, _is_in_the_month, _has_the_grade,
    _has_the_relative, _is_paid_up, _is_asked_in_time, _has_times_left, _is_countable)
