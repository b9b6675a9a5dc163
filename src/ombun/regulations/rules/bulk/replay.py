"""A fund's own past run again: under a draft, before the vote; and under the clauses of that time, to compare."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ombun.primitives.money import Satang
from ombun.regulations.rules.bulk.claims import Claims, Columns, Grants, Money, Reason, UsedBefore
from ombun.regulations.rules.bulk.days import Days, Numbers, written, years_of
from ombun.regulations.rules.bulk.granting import grants
from ombun.regulations.rules.bulk.sequence import grants_in_sequence
from ombun.regulations.rules.vocabulary import BenefitRule

_FISCAL_FIRST_MONTH = 10
_Column = TypeVar("_Column", Numbers, Money)


@dataclass(frozen=True, kw_only=True)
class Openings(Columns):
    """What members had already had of a benefit (an index into the names) when the books began, on that eve."""

    member: Numbers
    benefit: Numbers
    counted_on: Days
    times: Numbers
    units: Numbers
    satang: Money


@dataclass(frozen=True, kw_only=True)
class Past:
    """Everything a fund was asked for, in the order in which it was decided, and what was really given for it.

    `benefit` is an index into `benefits`; of `claims` nothing was used before, save the openings.
    """

    benefits: tuple[str, ...]
    claims: Claims
    benefit: Numbers
    satang: Money
    units: Numbers
    openings: Openings

    def rows_of(self, benefit: int) -> NDArray[np.intp]:
        """The rows of one benefit."""
        return np.flatnonzero(self.benefit == benefit)

    def before(self, *, benefit: int, rule: BenefitRule, claims: Claims) -> UsedBefore:
        """What was had before the books began, in the year of each of these claims of a benefit, and in life."""
        used = UsedBefore.nothing(rows=len(claims))
        here = self.openings.rows(self.openings.benefit == benefit)
        asked = years_of(rule=rule, days=claims.happened_written)
        counted = years_of(rule=rule, days=written(days=here.counted_on))
        for n in range(len(here.member)):
            mine = claims.member == here.member[n]
            this_year = mine & (asked == counted[n])
            used.times_in_life[mine] += here.times[n]
            used.times_this_year[this_year] += here.times[n]
            used.units_this_year[this_year] += here.units[n]
            used.satang_this_year[this_year] += here.satang[n]
        return used


def replayed(*, past: Past, rules: Mapping[str, BenefitRule]) -> Grants:
    """What the past would have been granted under these rules, each grant counting for those after it.

    A benefit that has no rule here is granted nothing. Raises NotInBulk with what cannot be run.
    """
    granted = Grants.of(rows=len(past.claims))
    granted.reasons[:] = Reason.NO_SUCH_BENEFIT
    for number, benefit in enumerate(past.benefits):
        if rule := rules.get(benefit):
            rows = past.rows_of(number)
            claims = past.claims.rows(rows)
            claims = replace(claims, used=past.before(benefit=number, rule=rule, claims=claims))
            _put(granted, rows, grants_in_sequence(rule=rule, claims=claims))
    return granted


def reproduced(*, past: Past, clause: Numbers, rules: Sequence[BenefitRule]) -> Grants:
    """What each claim was granted by its own clause (an index into the rules; below 0: none), after what was really
    given before it. Raises NotInBulk with what cannot be run."""
    granted = Grants.of(rows=len(past.claims))
    granted.reasons[:] = Reason.NO_SUCH_BENEFIT
    for number, rule in enumerate(rules):
        for benefit in np.unique(past.benefit[clause == number]):
            rows = past.rows_of(int(benefit))
            used = _really_used(past, int(benefit), rule, rows)
            mine = clause[rows] == number
            claims = replace(past.claims.rows(rows), used=used).rows(mine)
            _put(granted, rows[mine], grants(rule=rule, claims=claims))
    return granted


def _put(into: Grants, rows: NDArray[np.intp], answer: Grants) -> None:
    into.satang[rows], into.units[rows], into.reasons[rows] = answer.satang, answer.units, answer.reasons


def _really_used(past: Past, benefit: int, rule: BenefitRule, rows: NDArray[np.intp]) -> UsedBefore:
    claims = past.claims.rows(rows)
    before = past.before(benefit=benefit, rule=rule, claims=claims)
    years = years_of(rule=rule, days=claims.happened_written).astype(np.int64)
    year, person = claims.member.astype(np.int64) * 4096 + years, claims.member.astype(np.int64)
    satang, units = past.satang[rows], past.units[rows]
    times = (satang > 0).astype(np.int32)
    return UsedBefore(
        times_this_year=before.times_this_year + _sum_before(times, year),
        units_this_year=before.units_this_year + _sum_before(units * times, year),
        satang_this_year=before.satang_this_year + _sum_before(satang, year),
        times_in_life=before.times_in_life + _sum_before(times, person))


def _sum_before(column: _Column, group: Money) -> _Column:
    """For each row the sum of the rows before it in its group."""
    order = np.argsort(group, kind="stable")
    sums = np.cumsum(column[order]) - column[order]
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    sums -= np.repeat(sums[first], np.diff(first, append=len(order)))
    found = np.empty_like(column)
    found[order] = sums
    return found


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one benefit, or all, in one year or several: how often it was asked for, what was really given, and what the
    draft gives; `open_times` is where that cannot be told, because a fact is missing."""

    asked_times: int
    paid_times: int
    paid_satang: Satang
    draft_times: int
    draft_satang: Satang
    open_times: int

    @property
    def more_satang(self) -> int:
        """How much more the draft costs; below zero: less."""
        return self.draft_satang - self.paid_satang


@dataclass(frozen=True, kw_only=True)
class People:
    """How many people the draft gives more, less, or as much as they got."""

    more: int
    less: int
    same: int


def fiscal_years(*, days: Days) -> Numbers:
    """The government's year (1 October to 30 September) of each day, by the Gregorian year in which it ends."""
    return (written(days=days) - np.int32(_FISCAL_FIRST_MONTH * 32)) // np.int32(512) + np.int32(1)


def cost(*, past: Past, draft: Grants, where: NDArray[np.bool_]) -> Cost:
    """What some of the past cost, and would have cost under the draft."""
    given, granted = past.satang[where], draft.satang[where]
    return Cost(
        asked_times=len(given), paid_times=int((given > 0).sum()), paid_satang=Satang(int(given.sum())),
        draft_times=int((granted > 0).sum()), draft_satang=Satang(int(granted.sum())),
        open_times=int(draft.is_open[where].sum()))


def people(*, past: Past, draft: Grants, where: NDArray[np.bool_]) -> People:
    """How many people get more, less or the same over some of the past, all that each got together.

    What the draft leaves open counts as neither.
    """
    where = where & ~draft.is_open
    _, person = np.unique(past.claims.member[where], return_inverse=True)
    difference = np.zeros(person.max(initial=-1) + 1, np.int64)
    np.add.at(difference, person, draft.satang[where] - past.satang[where])
    return People(more=int((difference > 0).sum()), less=int((difference < 0).sum()), same=int((difference == 0).sum()))
