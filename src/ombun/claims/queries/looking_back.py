"""The fund's own past run again: what a draft of the rules would have cost, and whether a year comes out as it was."""
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from ombun.claims.rules import event_of
from ombun.claims.states import COUNTED
from ombun.contributions import queries as contributions
from ombun.contributions.rules import is_paid_up
from ombun.members import queries as members
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations import queries as rule_book
from ombun.regulations.rules import bulk
from ombun.regulations.rules.bulk import NEVER, UNKNOWN, Claims, Cost, Grants, Openings, Past, People, Reason
from ombun.regulations.rules.vocabulary import BenefitRule, Kind, Sex

_NUMBER = "coalesce({day} - DATE '0001-01-01' + 1, {without})"  # a day as `date.toordinal` numbers it
_BORN = """CROSS JOIN LATERAL (SELECT
  CASE {person}.birth_precision WHEN 'YEAR' THEN 'year' WHEN 'MONTH' THEN 'month' ELSE 'day' END,
  CASE {person}.birth_precision WHEN 'YEAR' THEN interval '1 year - 1 day' WHEN 'MONTH' THEN interval '1 month - 1 day'
    ELSE interval '0' END) AS b(unit, wide)"""
_PAST = f"""
WITH asked AS (
  SELECT c.id, c.member_id, c.benefit, c.clause_id, c.happened_on, c.units, c.decided_on, c.year, c.claim_no,
    CASE WHEN c.state = ANY(%(counted)s) THEN c.approved_satang ELSE 0 END AS satang,
    CASE WHEN c.state = ANY(%(counted)s) THEN coalesce(c.assessed_units, 0) ELSE 0 END AS given_units,
    c.assessed_satang, c.filed_on, c.details, coalesce((SELECT sum(p.amount_satang)::bigint FROM claims_recovery r
      JOIN claims_repayment p ON p.fund_id = r.fund_id AND p.recovery_id = r.id
      WHERE r.fund_id = c.fund_id AND r.claim_id = c.id), 0) AS back_satang
  FROM claims_claim c WHERE c.fund_id = %(fund_id)s AND (
    c.state = ANY(%(counted)s) OR c.state = 'REJECTED' AND c.assessed_satang = 0 AND NOT EXISTS (
      SELECT 1 FROM claims_claim o WHERE o.fund_id = c.fund_id AND o.member_id = c.member_id
        AND o.benefit = c.benefit AND o.happened_on = c.happened_on
        AND (o.state <> 'REJECTED' OR (o.year, o.claim_no) > (c.year, c.claim_no))))
  UNION ALL
  SELECT b.id, b.member_id, b.benefit, NULL, b.paid_on, nullif(b.units, 0), b.paid_on, 0, 0, b.amount_satang, b.units,
    b.amount_satang, NULL, '{{}}'::jsonb, 0
  FROM claims_pastbenefit b WHERE b.fund_id = %(fund_id)s AND NOT EXISTS (SELECT 1 FROM claims_openinguse o
    WHERE o.fund_id = b.fund_id AND o.member_id = b.member_id AND o.benefit = b.benefit))
SELECT a.id, a.benefit, a.clause_id, a.year, a.claim_no, a.details::text, m.sex, m.kind, m.id, a.satang, a.given_units,
  coalesce(a.assessed_satang, -1), coalesce(a.units, {UNKNOWN}), {_NUMBER.format(day="a.happened_on", without=UNKNOWN)},
  {_NUMBER.format(day="s.joined_on", without=UNKNOWN)},
  {_NUMBER.format(day="s.left_on + (s.left_reason = 'DECEASED')::int",
                  without=f"CASE WHEN s.left_reason IS NULL THEN {NEVER} ELSE {UNKNOWN} END")},
  {_NUMBER.format(day="date_trunc(b.unit, m.born_on)::date", without=UNKNOWN)},
  {_NUMBER.format(day="(date_trunc(b.unit, m.born_on) + b.wide)::date", without=UNKNOWN)},
  {_NUMBER.format(day="a.filed_on", without=UNKNOWN)}, coalesce(v.moo, {UNKNOWN}), a.back_satang
FROM asked a
JOIN members_member e ON e.fund_id = %(fund_id)s AND e.id = a.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
LEFT JOIN funds_villagecentre v ON v.fund_id = m.fund_id AND v.id = m.centre_id
{_BORN.format(person="m")}
LEFT JOIN LATERAL (
  SELECT s.joined_on, s.left_on, s.left_reason FROM members_membership s
  WHERE s.fund_id = m.fund_id AND s.member_id = ANY(ARRAY(
    SELECT m.id UNION ALL SELECT x.id FROM members_member x WHERE x.fund_id = m.fund_id AND x.merged_into = m.id))
  ORDER BY coalesce(s.joined_on <= a.happened_on, true) AND (s.left_reason IS NULL OR coalesce(
      s.left_on + (s.left_reason = 'DECEASED')::int > a.happened_on, false)) DESC,
    s.left_reason IS NULL DESC, CASE WHEN s.left_reason IS NULL THEN s.joined_on END, s.joined_on DESC NULLS LAST
  LIMIT 1) s ON true
ORDER BY a.decided_on, a.year, a.claim_no, a.id"""
_OPENINGS = f"""
SELECT coalesce(m.merged_into, m.id), o.benefit, {_NUMBER.format(day="o.counted_on", without=UNKNOWN)}, o.times,
  o.units, o.amount_satang
FROM claims_openinguse o JOIN members_member m ON m.fund_id = o.fund_id AND m.id = o.member_id
WHERE o.fund_id = %(fund_id)s ORDER BY 1, 2, 3"""


_NUMBERS = 13  # columns of whole numbers at the end of a row of the past


_EVERYBODY = f"""
SELECT coalesce(m.merged_into, m.id), coalesce(v.moo, {UNKNOWN}), p.sex, p.kind,
  {_NUMBER.format(day="s.joined_on", without=UNKNOWN)},
  {_NUMBER.format(day="s.left_on + (s.left_reason = 'DECEASED')::int",
                  without=f"CASE WHEN s.left_reason IS NULL THEN {NEVER} ELSE {UNKNOWN} END")},
  {_NUMBER.format(day="date_trunc(b.unit, p.born_on)::date", without=UNKNOWN)},
  {_NUMBER.format(day="(date_trunc(b.unit, p.born_on) + b.wide)::date", without=UNKNOWN)}
FROM members_membership s
JOIN members_member m ON m.fund_id = s.fund_id AND m.id = s.member_id AND m.withdrawn_by IS NULL
JOIN members_member p ON p.fund_id = m.fund_id AND p.id = coalesce(m.merged_into, m.id)
LEFT JOIN funds_villagecentre v ON v.fund_id = p.fund_id AND v.id = p.centre_id
{_BORN.format(person="p")}
WHERE s.fund_id = %(fund_id)s"""


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The past with what names each claim: its id, clause, year and number, and what was assessed in its time."""

    past: Past
    ids: tuple[UUID, ...]
    clause_ids: tuple[UUID | None, ...]
    numbers: tuple[tuple[int, int], ...]
    assessed_satang: tuple[int, ...]


def _asked(*, fund_id: int, rules: Collection[tuple[str, BenefitRule]]) -> _Asked:
    """Everything that was decided in this fund, and what its old books tell: four statements whatever its size, and one
    more where one of these clauses counts what a household had. Dues are looked up where a clause asks for them."""
    found = _rows(_PAST, fund_id=fund_id, counted=list(COUNTED))
    opened = _rows(_OPENINGS, fund_id=fund_id)
    names = tuple(dict.fromkeys(row[1] for row in [*found, *opened]))
    number_of = {name: n for n, name in enumerate(names)}
    column = np.array([row[8:] for row in found], np.int64).reshape(len(found), _NUMBERS).T
    houses = _houses(fund_id, {*(row[8] for row in found), *(row[0] for row in opened)}) if any(
        rule.limits.counts_a_household for _, rule in rules) else {}
    owing = {benefit for benefit, rule in rules if rule.needs_paid_up}
    opening = np.array([(row[0], number_of[row[1]], *row[2:], houses.get(row[0], UNKNOWN)) for row in opened],
                       np.int64).reshape(len(opened), 7).T
    return _Asked(
        ids=tuple(row[0] for row in found), clause_ids=tuple(row[2] for row in found),
        numbers=tuple((row[3], row[4]) for row in found), assessed_satang=tuple(column[3].tolist()),
        past=Past(
            benefits=names, benefit=np.array([number_of[row[1]] for row in found], np.int32), satang=column[1],
            kept=column[1] - column[12], units=column[2].astype(np.int32),
            claims=_claims(fund_id, found, column, houses, owing),
            openings=Openings(satang=opening[5], **{name: opening[n].astype(np.int32) for n, name in enumerate(
                ("member", "benefit", "counted_on", "times", "units", "", "household")) if name})))


def _houses(fund_id: int, member_ids: Collection[int]) -> dict[int, int]:
    """A number for the house in which each lives today, where the register says."""
    return {member: min(mates) for member, mates in members.housemates(
        fund_id=fund_id, member_ids=member_ids).items() if mates}


def _claims(
    fund_id: int, found: Sequence[tuple[Any, ...]], column: NDArray[np.int64], houses: Mapping[int, int],
    owing: Collection[str]
) -> Claims:
    member, _, _, _, units, happened, joined, left, earliest, latest, asked_on, moo, _ = column.astype(np.int32)
    sexes, kinds = [sex.upper() for sex in Sex], [kind.upper() for kind in Kind]
    events = [event_of(happened_on=date.fromordinal(on), units=None, asked_on=date.fromordinal(on),
                       details=json.loads(row[5])) for row, on in zip(found, happened.tolist(), strict=True)]
    until, is_paid = _dues(fund_id, [(row[8], event.happened_on) if row[1] in owing else None
                                     for row, event in zip(found, events, strict=True)])
    return Claims(
        happened_on=happened, joined_on=joined, left_on=left, born_earliest_on=earliest, born_latest_on=latest,
        is_paid_up=is_paid, paid_until_on=until, units=units, member=member, moo=moo, asked_on=asked_on,
        sex=np.array([sexes.index(row[6]) if row[6] in sexes else -1 for row in found], np.int8),
        kind=np.array([kinds.index(row[7]) if row[7] in kinds else -1 for row in found], np.int8),
        is_lateness_excused=np.array([event.is_lateness_excused for event in events], np.bool_),
        grade_hundredths=np.array([UNKNOWN if event.grade_hundredths is None else event.grade_hundredths
                                   for event in events], np.int32),
        is_relative_member=np.array([-1 if event.is_relative_member is None else event.is_relative_member
                                     for event in events], np.int8),
        household=np.array([houses.get(one, UNKNOWN) for one in member.tolist()], np.int32))


def _dues(
    fund_id: int, asked: Sequence[tuple[int, date] | None]
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Up to which day each had paid on the day of the event, and whether that was enough; not known where not asked."""
    known = contributions.paid_until(fund_id=fund_id, asked={one for one in asked if one})
    until, is_paid = np.full(len(asked), UNKNOWN, np.int32), np.full(len(asked), -1, np.int8)
    for row, one in enumerate(asked):
        if one is not None and (day := known[one]) is not None:
            until[row], is_paid[row] = day.toordinal(), bool(is_paid_up(until=day, on=one[1]))
    return until, is_paid


@dataclass(frozen=True, kw_only=True)
class KindOfHelp:
    """One benefit over all the years, and in each of them; `refusals`: words that cannot be run over the past yet."""

    benefit: str
    whole: Cost
    by_year: tuple[Cost, ...]
    people: People
    is_in_draft: bool
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What a draft would have cost over past fiscal years (by the Gregorian year in which each ends), beside what was
    really paid. Kinds that cannot be run are told, and stand in no sum."""

    years: tuple[int, ...]
    by_year: tuple[Cost, ...]
    whole: Cost
    people: People
    kinds: tuple[KindOfHelp, ...]
    without_past: tuple[str, ...]  # benefits of the draft that nobody ever asked for


def what_if(*, fund_id: int, rules: Mapping[str, BenefitRule], years: Collection[int]) -> WhatIf:
    """Run a draft (its rules by benefit) over all that this fund was ever asked for, and tell of these fiscal years.

    Grants count for one another in the order in which the claims were decided. What was refused because the rules of
    its time gave nothing is asked for again; what the committee refused for other reasons is not.
    Four statements, five where a household counts.
    """
    past = _asked(fund_id=fund_id, rules=rules.items()).past
    cannot = {benefit: found for benefit, rule in rules.items() if (found := bulk.refusals_in_sequence(rule=rule))}
    draft = bulk.replayed(past=past, rules={b: rule for b, rule in rules.items() if b not in cannot})
    told = tuple(sorted(years))
    year_of = bulk.fiscal_years(days=past.claims.happened_on)
    among = np.isin(year_of, told)
    runs = among & ~np.isin(past.benefit, [n for n, benefit in enumerate(past.benefits) if benefit in cannot])

    def kind(number: int, benefit: str) -> KindOfHelp:
        mine = among & (past.benefit == number)
        return KindOfHelp(
            benefit=benefit, whole=bulk.cost(past=past, draft=draft, where=mine),
            by_year=tuple(bulk.cost(past=past, draft=draft, where=mine & (year_of == year)) for year in told),
            people=bulk.people(past=past, draft=draft, where=mine), is_in_draft=benefit in rules,
            refusals=cannot.get(benefit, ()))

    kinds = [kind(number, benefit) for number, benefit in enumerate(past.benefits)]
    return WhatIf(
        years=told, whole=bulk.cost(past=past, draft=draft, where=runs),
        by_year=tuple(bulk.cost(past=past, draft=draft, where=runs & (year_of == year)) for year in told),
        people=bulk.people(past=past, draft=draft, where=runs),
        kinds=tuple(one for one in kinds if one.whole.asked_times),
        without_past=tuple(benefit for benefit in rules if benefit not in past.benefits))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A payment that its own clause does not give as it was paid: which claim, how much, and why.

    `assessed_satang` is what the same clause gave when it was decided; `reason` is the code of what it says now.
    """

    claim_id: UUID
    year: int
    claim_no: int
    benefit: str
    happened_on: date
    paid_satang: Satang
    granted_satang: Satang
    assessed_satang: Satang | None
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """A year's payments run again under the clauses of their time: how many come out to the satang, and the others."""

    year: int
    paid_times: int
    paid_satang: Satang
    same_times: int
    granted_satang: Satang
    differences: tuple[Difference, ...]
    refusals: tuple[Refusal, ...]


def back_test(*, fund_id: int, year: int) -> BackTest:
    """Run a fiscal year's payments (by the day of the event; Gregorian, the year it ends in) under their own clauses.

    Each is judged after what was really given before it. Six or seven statements.
    """
    clauses = {clause.id: clause for book in rule_book.rule_books(fund_id=fund_id) for clause in book.clauses}
    asked = _asked(fund_id=fund_id, rules=[(clause.benefit, clause.rule) for clause in clauses.values()])
    cannot = {i: bulk.refusals_in_sequence(rule=clause.rule) for i, clause in clauses.items()}
    runs = [i for i in clauses if not cannot[i]]
    number_of = {clause_id: n for n, clause_id in enumerate(runs)}
    clause = np.array([number_of.get(i, -1) if i else -1 for i in asked.clause_ids], np.int32)
    granted = bulk.reproduced(past=asked.past, clause=clause, rules=[clauses[i].rule for i in runs])
    there = np.array([i is not None for i in asked.clause_ids], np.bool_) & (asked.past.satang > 0) & (
        bulk.fiscal_years(days=asked.past.claims.happened_on) == year)
    ran = there & (clause >= 0)
    other = np.flatnonzero(ran & (granted.satang != asked.past.satang))
    left_out = dict.fromkeys(i for row in np.flatnonzero(there & ~ran) if (i := asked.clause_ids[row]))
    whole = bulk.cost(past=asked.past, draft=granted, where=there)
    return BackTest(
        year=year, paid_times=whole.paid_times, paid_satang=whole.paid_satang, granted_satang=whole.draft_satang,
        same_times=int(ran.sum()) - len(other),
        differences=tuple(_difference(asked, granted, int(row)) for row in other),
        refusals=tuple(refusal for i in left_out for refusal in cannot.get(i, ())))


def _difference(asked: _Asked, granted: Grants, row: int) -> Difference:
    """Why: the committee gave less than the clause, or what is known of the member changed since."""
    paid, now, then = int(asked.past.satang[row]), int(granted.satang[row]), asked.assessed_satang[row]
    year, claim_no = asked.numbers[row]
    if then == now:
        code = "committee_gave_less"
    elif granted.is_open[row]:
        code = "a_fact_is_missing_now"
    else:
        code = "facts_changed_since"
    return Difference(
        claim_id=asked.ids[row], year=year, claim_no=claim_no, benefit=asked.past.benefits[asked.past.benefit[row]],
        happened_on=date.fromordinal(int(asked.past.claims.happened_on[row])), paid_satang=Satang(paid),
        granted_satang=Satang(now), assessed_satang=None if then < 0 else Satang(then), code=code,
        reason=Reason(granted.reasons[row]).name.lower())


@dataclass(frozen=True, kw_only=True)
class Entitled:
    """Of one benefit that comes with age: how many people of the register could have had it in each year, and what that
    costs."""

    benefit: str
    people: tuple[int, ...]
    satang: tuple[Satang, ...]


def entitled_by_age(*, fund_id: int, rules: Mapping[str, BenefitRule], days: Sequence[date]) -> tuple[Entitled, ...]:
    """What benefits that come with age and once a year would cost if all whom they help had asked on these days, one
    in each year, and nobody had been in arrears. One statement."""
    yearly = {benefit: rule for benefit, rule in rules.items() if _comes_with_age(rule)}
    found = _rows(_EVERYBODY, fund_id=fund_id) if yearly else []
    if not found:
        return ()
    member, moo = (np.array([row[n] for row in found], np.int32) for n in (0, 1))
    joined, left, earliest, latest = (np.array([row[n] for row in found], np.int32) for n in range(4, 8))
    sexes, kinds = [sex.upper() for sex in Sex], [kind.upper() for kind in Kind]
    everybody = Claims(
        happened_on=joined, joined_on=joined, left_on=left, born_earliest_on=earliest, born_latest_on=latest,
        is_paid_up=np.ones(len(found), np.int8), paid_until_on=np.full(len(found), NEVER, np.int32), units=moo,
        member=member, moo=moo,
        sex=np.array([sexes.index(row[2]) if row[2] in sexes else -1 for row in found], np.int8),
        kind=np.array([kinds.index(row[3]) if row[3] in kinds else -1 for row in found], np.int8))
    return tuple(_entitled(benefit, rule, everybody, days) for benefit, rule in yearly.items())


def _comes_with_age(rule: BenefitRule) -> bool:
    """Whether nothing has to happen but a birthday: an age, once a year, and no fact of an event is asked for."""
    return bool(rule.min_age_years and rule.limits.times_per_year == 1 and rule.unit is None
                and not rule.min_grade_hundredths and rule.relative is None and not rule.months
                and rule.limits.budget_per_year_satang is None and not rule.limits.counts_a_household
                and not bulk.refusals_in_sequence(rule=rule))


def _entitled(benefit: str, rule: BenefitRule, everybody: Claims, days: Sequence[date]) -> Entitled:
    alone = replace(rule, deadline_days=0)
    people, satang = [], []
    for day in days:
        granted = bulk.grants(rule=alone, claims=replace(
            everybody, happened_on=np.full(len(everybody), day.toordinal(), np.int32))).satang
        each = np.zeros(int(everybody.member.max()) + 1, np.int64)
        np.maximum.at(each, everybody.member, granted)  # of several memberships the one that gives
        people.append(int((each > 0).sum()))
        satang.append(Satang(int(each.sum())))
    return Entitled(benefit=benefit, people=tuple(people), satang=tuple(satang))
