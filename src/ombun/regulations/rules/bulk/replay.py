"""A fund's own past run again: under a draft, before the vote; and under the clauses of that time, to compare."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ombun.primitives.money import Satang
from ombun.regulations.rules.bulk.claims import Claims, Columns, Grants, Money, Reason, UsedBefore
from ombun.regulations.rules.bulk.days import UNKNOWN, Days, Mask, Numbers, written, years_of
from ombun.regulations.rules.bulk.granting import grants
from ombun.regulations.rules.bulk.sequence import YEARS, Rows, grants_together, sum_before
from ombun.regulations.rules.vocabulary import BenefitRule

_FISCAL_FIRST_MONTH = 10


@dataclass(frozen=True, kw_only=True)
class Openings(Columns):
    """What members had already had of a benefit (an index into the names) when the books began, on that eve."""

    member: Numbers
    benefit: Numbers
    counted_on: Days
    times: Numbers
    units: Numbers
    satang: Money
    household: Numbers | None = None


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
    kept: Money | None = None  # of what was given, without what came back; None where nothing did

    def counted(self, *, benefit: str, rule: BenefitRule) -> set[int]:
        """Which benefits (indices) count as had of this one."""
        return {number for number, name in enumerate(self.benefits) if name in {benefit, *rule.limits.together_with}}

    def before(self, *, counted: Collection[int], rule: BenefitRule, claims: Claims) -> UsedBefore:
        """What was had before the books began, in the year of each of these claims, and in life; by the house and the
        fund where the rule counts them."""
        rows, houses = len(claims), claims.household
        used = UsedBefore.nothing(rows=rows)
        fund, of_house = np.zeros(rows, np.int64), UsedBefore.nothing(rows=rows)
        asked = years_of(rule=rule, days=claims.happened_written, joined=claims.joined_written)
        here = self.openings.rows(np.isin(self.openings.benefit, list(counted)))
        for n, counted_on in enumerate(written(days=here.counted_on)):
            this_year = asked == years_of(rule=rule, days=np.full(rows, counted_on), joined=claims.joined_written)
            mine = claims.member == here.member[n]
            _have(used, here, n, mine, this_year)
            fund[this_year] += here.satang[n]
            if houses is not None and here.household is not None and here.household[n] != UNKNOWN:
                _have(of_house, here, n, houses == here.household[n], this_year)
        if rule.limits.counts_a_household:
            known = np.zeros(rows, np.bool_) if houses is None else houses != UNKNOWN
            used = replace(
                used, household_times_this_year=np.where(known, of_house.times_this_year, np.int32(UNKNOWN)),
                household_units_this_year=np.where(known, of_house.units_this_year, np.int32(UNKNOWN)),
                household_satang_this_year=np.where(known, of_house.satang_this_year, np.int64(UNKNOWN)))
        return replace(used, fund_satang_this_year=fund)


def _have(used: UsedBefore, here: Openings, n: int, mine: Mask, this_year: Mask) -> None:
    """The n-th opening counts for these rows in life, and for those of them that lie in its year."""
    used.times_in_life[mine] += here.times[n]
    used.units_in_life[mine] += here.units[n]
    used.satang_in_life[mine] += here.satang[n]
    used.times_this_year[mine & this_year] += here.times[n]
    used.units_this_year[mine & this_year] += here.units[n]
    used.satang_this_year[mine & this_year] += here.satang[n]


def replayed(*, past: Past, rules: Mapping[str, BenefitRule]) -> Grants:
    """What the past would have been granted under these rules, each grant counting for those after it.

    A benefit that has no rule here is granted nothing. Raises NotInBulk with what cannot be run.
    """
    granted = Grants.of(rows=len(past.claims))
    granted.reasons[:] = Reason.NO_SUCH_BENEFIT
    here = {number: rules[name] for number, name in enumerate(past.benefits) if name in rules}
    counted = {number: past.counted(benefit=past.benefits[number], rule=rule) for number, rule in here.items()}
    for together in _together(counted):
        rows = np.flatnonzero(np.isin(past.benefit, list(together)))
        claims, mine = past.claims.rows(rows), {number: here[number] for number in together}
        granted.put(rows, grants_together(
            rules=mine, counted=counted, claims=claims, of=past.benefit[rows], before={
                number: past.before(counted=counted[number], rule=rule, claims=claims)
                for number, rule in mine.items()}))
    return granted


def _together(counted: Mapping[int, Collection[int]]) -> list[set[int]]:
    """The benefits with a rule, those that count for one another in one group."""
    groups: list[set[int]] = []
    for number, others in counted.items():
        group = {number, *(other for other in others if other in counted)}
        for touching in [one for one in groups if one & group]:
            groups.remove(touching)
            group |= touching
        groups.append(group)
    return groups


def reproduced(*, past: Past, clause: Numbers, rules: Sequence[BenefitRule]) -> Grants:
    """What each claim was granted by its own clause (an index into the rules; below 0: none), after what was really
    given before it. Raises NotInBulk with what cannot be run."""
    granted = Grants.of(rows=len(past.claims))
    granted.reasons[:] = Reason.NO_SUCH_BENEFIT
    for number, rule in enumerate(rules):
        for benefit in np.unique(past.benefit[clause == number]):
            counted = past.counted(benefit=past.benefits[benefit], rule=rule)
            rows = np.flatnonzero(np.isin(past.benefit, list(counted)))
            claims = past.claims.rows(rows)
            used = _really_used(past, past.before(counted=counted, rule=rule, claims=claims), rule, rows)
            mine = (clause[rows] == number) & (past.benefit[rows] == benefit)
            granted.put(rows[mine], grants(rule=rule, claims=replace(claims, used=used).rows(mine)))
    return granted


def _really_used(past: Past, before: UsedBefore, rule: BenefitRule, rows: Rows) -> UsedBefore:
    """What was really given before each of these rows, in their order, and before the books began."""
    claims, satang = past.claims.rows(rows), (past.satang if past.kept is None else past.kept)[rows]
    years = years_of(rule=rule, days=claims.happened_written, joined=claims.joined_written).astype(np.int64)
    person, times = claims.member.astype(np.int64), (satang > 0).astype(np.int64)
    units, year = past.units[rows] * times, person * YEARS + years
    used = {}
    for name, column in (("times", times), ("units", units), ("satang", satang)):
        for when, group in (("this_year", year), ("in_life", person)):
            known = getattr(before, f"{name}_{when}")
            used[f"{name}_{when}"] = (known + sum_before(column=column, group=group)).astype(known.dtype)
    fund = before.fund_satang_this_year
    if fund is not None:
        used["fund_satang_this_year"] = fund + sum_before(column=satang, group=years)
    if claims.household is not None and rule.limits.counts_a_household:
        house, known = claims.household.astype(np.int64) * YEARS + years, claims.household != UNKNOWN
        for name, column in (("times", times), ("units", units), ("satang", satang)):
            first = getattr(before, f"household_{name}_this_year")
            used[f"household_{name}_this_year"] = np.where(
                known, first + sum_before(column=column, group=house), UNKNOWN).astype(first.dtype)
    return replace(before, **used)


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


def cost(*, past: Past, draft: Grants, where: Mask) -> Cost:
    """What some of the past cost, and would have cost under the draft."""
    given, granted = past.satang[where], draft.satang[where]
    return Cost(
        asked_times=len(given), paid_times=int((given > 0).sum()), paid_satang=Satang(int(given.sum())),
        draft_times=int((granted > 0).sum()), draft_satang=Satang(int(granted.sum())),
        open_times=int(draft.is_open[where].sum()))


def people(*, past: Past, draft: Grants, where: Mask) -> People:
    """How many people get more, less or the same over some of the past, all that each got together.

    What the draft leaves open counts as neither.
    """
    where = where & ~draft.is_open
    _, person = np.unique(past.claims.member[where], return_inverse=True)
    difference = np.zeros(person.max(initial=-1) + 1, np.int64)
    np.add.at(difference, person, draft.satang[where] - past.satang[where])
    return People(more=int((difference > 0).sum()), less=int((difference < 0).sum()), same=int((difference == 0).sum()))
