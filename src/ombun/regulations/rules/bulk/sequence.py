"""Claims one after the other, first come first served: what was granted before counts in the year and in life."""
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ombun.regulations.rules.bulk.claims import Claims, Grants, UsedBefore
from ombun.regulations.rules.bulk.days import years_of
from ombun.regulations.rules.bulk.granting import grants
from ombun.regulations.rules.vocabulary import BenefitRule

_Index = NDArray[np.intp]


def grants_in_sequence(*, rule: BenefitRule, claims: Claims) -> Grants:
    """What the clause grants when claims are decided in the order of the rows, each counting for those after it.

    `used` of the claims is what was had before the first of them. The first claims of all members are judged at once,
    then all second ones, and so on: as many rounds as one member has claims. Raises NotInBulk as `grants` does.
    """
    if not _looks_back(rule):
        return grants(rule=rule, claims=claims)
    granted, so_far = Grants.of(rows=len(claims)), _SoFar(rule, claims)
    for rows in _rounds(claims):
        answer = grants(rule=rule, claims=replace(claims.rows(rows), used=so_far.used(rows)))
        granted.satang[rows], granted.units[rows], granted.reasons[rows] = answer.satang, answer.units, answer.reasons
        so_far.add(rows, answer)
    return granted


def _looks_back(rule: BenefitRule) -> bool:
    held = rule.limits
    return any(limit is not None for limit in (
        held.units_per_year, held.cap_per_year_satang, held.times_per_year, held.times_per_life))


def _rounds(claims: Claims) -> list[_Index]:
    """The rows of every member's first claim, of every second claim, and so on."""
    order = np.argsort(claims.member, kind="stable")
    _, first, claims_each = np.unique(claims.member[order], return_index=True, return_counts=True)
    rounds = []
    for number in range(claims_each.max(initial=0)):
        has_more = claims_each > number
        first, claims_each = first[has_more], claims_each[has_more]
        rounds.append(order[first + number])
    return rounds


class _SoFar:
    """What each member was granted so far, by year of the clause and in life."""

    def __init__(self, rule: BenefitRule, claims: Claims) -> None:
        years = years_of(rule=rule, days=claims.happened_written).astype(np.int64)
        _, self.person = np.unique(claims.member, return_inverse=True)
        _, self.year = np.unique(self.person.astype(np.int64) * 4096 + years, return_inverse=True)
        self.before = claims.used
        self.times, self.units = np.zeros(len(self.year), np.int32), np.zeros(len(self.year), np.int32)
        self.satang, self.times_in_life = np.zeros(len(self.year), np.int64), np.zeros(len(self.year), np.int32)

    def used(self, rows: _Index) -> UsedBefore:
        year, person = self.year[rows], self.person[rows]
        now = UsedBefore(times_this_year=self.times[year], units_this_year=self.units[year],
                         satang_this_year=self.satang[year], times_in_life=self.times_in_life[person])
        if self.before is None:
            return now
        before = self.before.rows(rows)
        return UsedBefore(
            times_this_year=now.times_this_year + before.times_this_year,
            units_this_year=now.units_this_year + before.units_this_year,
            satang_this_year=now.satang_this_year + before.satang_this_year,
            times_in_life=now.times_in_life + before.times_in_life)

    def add(self, rows: _Index, answer: Grants) -> None:
        """No member stands twice among these rows."""
        year, got = self.year[rows], answer.satang > 0
        self.times[year] += got
        self.times_in_life[self.person[rows]] += got
        self.units[year] += np.where(got, answer.units, 0)
        self.satang[year] += answer.satang
