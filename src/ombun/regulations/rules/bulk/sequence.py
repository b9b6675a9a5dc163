"""Claims one after the other, first come first served: what was granted before counts in the year and in life."""
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.bulk.claims import Claims, Grants, Money, UsedBefore
from ombun.regulations.rules.bulk.days import UNKNOWN, Numbers, years_of
from ombun.regulations.rules.bulk.granting import NotInBulk, grants, refusals_in_bulk
from ombun.regulations.rules.vocabulary import BenefitRule, RuleYear

Rows = NDArray[np.intp]
YEARS = 8192  # more than there are, before and after


def refusals_in_sequence(*, rule: BenefitRule) -> tuple[Refusal, ...]:
    """Every word that cannot be run over claims that count for one another: how much earmarked money was left on a
    past day is not known, and a house has no year of membership of its own."""
    found = ["rule.earmark"] * (rule.earmark is not None)
    found += ["rule.year"] * (rule.year == RuleYear.MEMBERSHIP and rule.limits.counts_a_household)
    return (*refusals_in_bulk(rule=rule), *(
        Refusal(code="regulations.not_in_bulk", about=path, facts={"path": path}) for path in found))


def grants_in_sequence(*, rule: BenefitRule, claims: Claims) -> Grants:
    """What the clause grants when claims are decided in the order of the rows, each counting for those after it.

    `used` of the claims is what was had before the first of them. The first claims of all members are judged at once,
    then all second ones, and so on: as many rounds as one member (or house) has claims. Raises NotInBulk.
    """
    return grants_together(rules={0: rule}, counted={0: {0}}, claims=claims, of=np.zeros(len(claims), np.int32),
                           before={0: claims.used or UsedBefore.nothing(rows=len(claims))})


def grants_together(
    *, rules: Mapping[int, BenefitRule], counted: Mapping[int, Collection[int]], claims: Claims, of: Numbers,
    before: Mapping[int, UsedBefore]
) -> Grants:
    """The same for clauses that count for one another: `of` tells the clause of each row; to a clause count the grants
    of the clauses in its `counted`; `before` is what was had of each clause before the first row, for every row."""
    for rule in rules.values():
        if found := refusals_in_sequence(rule=rule):
            raise NotInBulk(*found)
    limits = [rule.limits for rule in rules.values()]
    if len(rules) == 1 and not (limits[0].counts_a_year or limits[0].times_per_life or limits[0].units_per_life
                                or limits[0].cap_per_life_satang):
        return grants(rule=next(iter(rules.values())), claims=claims)
    run = _Run(rules=dict(rules), counted=dict(counted), claims=claims, of=of, before=dict(before))
    answer = run.judged()
    while run.spends_a_budget(answer):  # once for every year in which one ends
        answer = run.judged()
    return answer


@dataclass(frozen=True, kw_only=True)
class _Run:
    rules: dict[int, BenefitRule]
    counted: dict[int, Collection[int]]
    claims: Claims
    of: Numbers
    before: dict[int, UsedBefore]
    spent: dict[int, Money] = field(default_factory=dict)  # of a budget before each row, as far as it is settled
    years: dict[int, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, rule in self.rules.items():
            self.years[number] = years_of(
                rule=rule, days=self.claims.happened_written, joined=self.claims.joined_written)

    def judged(self) -> Grants:
        """Every row in its turn."""
        answer, counters = Grants.of(rows=len(self.claims)), self._counters()
        for rows in self._rounds():
            for number, rule in self.rules.items():
                mine = rows[self.of[rows] == number]
                if not len(mine):
                    continue
                used = counters[number].used(self.before[number].rows(mine), mine)
                if number in self.spent:
                    used = replace(used, fund_satang_this_year=self.spent[number][mine])
                got = grants(rule=rule, claims=replace(self.claims.rows(mine), used=used))
                answer.put(mine, got)
                for other, counter in counters.items():
                    if number in self.counted[other]:
                        counter.add(mine, got)
        return answer

    def _houses(self) -> Money:
        """The house of each row; a member of whom nobody knows it counts alone."""
        person = self.claims.member.astype(np.int64)
        if self.claims.household is None:
            return -1 - person
        return np.where(self.claims.household == UNKNOWN, -1 - person, self.claims.household)

    def _counters(self) -> dict[int, "_Counter"]:
        person, house = self.claims.member.astype(np.int64), self._houses()
        return {number: _Counter(
            person=_groups(person), year=_groups(person * YEARS + self.years[number]),
            house=_groups(house * YEARS + self.years[number]) if rule.limits.counts_a_household else None)
            for number, rule in self.rules.items()}

    def _rounds(self) -> Iterator[Rows]:
        """The rows of everybody's first claim, of every second claim, and so on; of every house's, where it counts."""
        by_house = any(rule.limits.counts_a_household for rule in self.rules.values())
        whose = self._houses() if by_house else self.claims.member
        order = np.argsort(whose, kind="stable")
        _, first, claims_each = np.unique(whose[order], return_index=True, return_counts=True)
        for number in range(claims_each.max(initial=0)):
            has_more = claims_each > number
            first, claims_each = first[has_more], claims_each[has_more]
            yield order[first + number]

    def spends_a_budget(self, answer: Grants) -> bool:
        """Whether somebody was granted more than a budget had left: the first of them gets the rest, and whoever comes
        after them in that year nothing; then all are to be judged again."""
        found: list[tuple[int, int, Money]] = []
        for number, rule in self.rules.items():
            if rule.limits.budget_per_year_satang is None:
                continue
            given = np.where(np.isin(self.of, list(self.counted[number])), answer.satang, 0)
            spent = self._fund(number) + sum_before(column=given, group=self.years[number].astype(np.int64))
            left = np.maximum(rule.limits.budget_per_year_satang - spent, 0)
            over = np.flatnonzero((self.of == number) & (answer.satang > left))
            found += [(int(over[0]), number, spent)] if len(over) else []
        if not found:
            return False
        row, number, spent = min(found, key=lambda one: one[0])
        settled = self.spent.setdefault(number, self._fund(number).copy())
        later = np.flatnonzero((self.years[number] == self.years[number][row]) & (np.arange(len(settled)) > row))
        settled[row], settled[later] = spent[row], self.rules[number].limits.budget_per_year_satang or 0
        return True

    def _fund(self, number: int) -> Money:
        known = self.before[number].fund_satang_this_year
        return np.zeros(len(self.claims), np.int64) if known is None else known


def _groups(keys: Money) -> Rows:
    """Rows with the same key have the same number, from 0."""
    return np.unique(keys, return_inverse=True)[1]


class _Counter:
    """What was granted so far that counts for one clause: by member, by their years, by the years of their house."""

    def __init__(self, *, person: Rows, year: Rows, house: Rows | None) -> None:
        rows = len(person)
        self.person, self.year, self.house = person, year, house
        self.in_life, self.this_year, self.of_house = (UsedBefore.nothing(rows=rows) for _ in range(3))

    def used(self, before: UsedBefore, rows: Rows) -> UsedBefore:
        """What was had before these rows, and what was granted since."""
        year, person = self.year[rows], self.person[rows]
        used = replace(
            before, times_this_year=before.times_this_year + self.this_year.times_this_year[year],
            units_this_year=before.units_this_year + self.this_year.units_this_year[year],
            satang_this_year=before.satang_this_year + self.this_year.satang_this_year[year],
            times_in_life=before.times_in_life + self.in_life.times_in_life[person],
            units_in_life=before.units_in_life + self.in_life.units_in_life[person],
            satang_in_life=before.satang_in_life + self.in_life.satang_in_life[person])
        times, units = before.household_times_this_year, before.household_units_this_year
        satang = before.household_satang_this_year
        if self.house is None or times is None or units is None or satang is None:
            return used
        house, known = self.house[rows], times != UNKNOWN
        return replace(
            used, household_times_this_year=times + np.where(known, self.of_house.times_this_year[house], 0),
            household_units_this_year=units + np.where(known, self.of_house.units_this_year[house], 0),
            household_satang_this_year=satang + np.where(known, self.of_house.satang_this_year[house], 0))

    def add(self, rows: Rows, got: Grants) -> None:
        """Nobody, and no house, stands twice among these rows."""
        person, year, times = self.person[rows], self.year[rows], got.satang > 0
        units = got.units * times
        self.in_life.times_in_life[person] += times
        self.in_life.units_in_life[person] += units
        self.in_life.satang_in_life[person] += got.satang
        self.this_year.times_this_year[year] += times
        self.this_year.units_this_year[year] += units
        self.this_year.satang_this_year[year] += got.satang
        if self.house is not None:
            self.of_house.times_this_year[self.house[rows]] += times
            self.of_house.units_this_year[self.house[rows]] += units
            self.of_house.satang_this_year[self.house[rows]] += got.satang


def sum_before(*, column: Money, group: Money) -> Money:
    """For each row the sum of the rows before it in its group."""
    order = np.argsort(group, kind="stable")
    sums = np.cumsum(column[order]) - column[order]
    first = np.flatnonzero(np.diff(group[order], prepend=group.min(initial=0) - 1))
    sums -= np.repeat(sums[first], np.diff(first, append=len(order)))
    found = np.empty_like(column)
    found[order] = sums
    return found
