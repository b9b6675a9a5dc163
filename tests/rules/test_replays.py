"""A past run again over columns is what comes out when each claim is decided in its turn, with everything counted."""
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.claims.rules import FundHad, Had, used
from ombun.primitives.days import month_of
from ombun.regulations.rules.assessment import Event, MemberFacts, assess
from ombun.regulations.rules.bulk import UNKNOWN, NotInBulk, Openings, Past, claims_of, replayed, reproduced
from ombun.regulations.rules.bulk.sequence import refusals_in_sequence
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, Limits, PerUnit, RuleYear, Unit
from tests.rules.test_benefits import rules

BENEFITS = ("hospital", "death", "birth")
HOUSES = {0: frozenset({0, 1}), 1: frozenset({0, 1}), 2: frozenset({2}), 3: None}
JOINED = (date(2000, 2, 29), date(2001, 10, 1), date(2003, 5, 20), None)
few_days = st.dates(date(2004, 9, 25), date(2006, 3, 5)) | st.sampled_from(
    [date(2005, 2, 28), date(2005, 3, 1), date(2005, 9, 30), date(2005, 10, 1)])


def _runs(data):
    """Small sums, so that limits are met; without earmarks, whose past nobody knows."""
    data = {key: value for key, value in data.items() if key not in (
        "earmark", "months", "villages", "kinds", "sex", "waiting_days", "for_whom", "relative", "min_age_years",
        "max_age_years", "min_membership_years", "deadline_days", "min_grade_hundredths")}
    if data["year"] == "membership" and any("house" in key for key in data["limits"]):
        data["year"] = "calendar"
    if data["grant"]["kind"] != "tenure_tiers":
        data["grant"] = data["grant"] | {key: value % 900 + 1 for key, value in data["grant"].items()
                                         if key.endswith("_satang")}
    caps = {key: value % 3000 + 1 for key, value in data["limits"].items() if key.endswith("_satang")}
    return data | {"limits": data["limits"] | caps}


little = st.none() | st.integers(1, 4)
small_sums = st.none() | st.integers(1, 1500)
counting_rules = st.builds(  # all of them count, little is enough to meet a limit
    BenefitRule, grant=st.builds(FixedSum, amount_satang=st.integers(1, 600)) | st.builds(
        PerUnit, unit=st.just(Unit.NIGHT), rate_satang=st.integers(1, 200)), year=st.sampled_from(
            [RuleYear.FISCAL, RuleYear.CALENDAR]), limits=st.builds(
        Limits, cap_per_year_satang=small_sums, cap_per_life_satang=small_sums, units_per_life=little,
        times_per_year=little, times_per_life=little, household_times_per_year=little, household_units_per_year=little,
        household_cap_per_year_satang=small_sums, budget_per_year_satang=small_sums,
        together_with=st.sampled_from([(), ("death",), ("hospital",), ("birth", "hospital")])))
counting = st.fixed_dictionaries(dict.fromkeys(BENEFITS, counting_rules))
some_rules = counting | st.fixed_dictionaries(
    {name: rules(_runs) for name in BENEFITS[:2]}, optional={"birth": rules(_runs)})
asked = st.lists(st.tuples(st.sampled_from(BENEFITS), st.integers(0, 3), st.builds(
    Event, happened_on=few_days, units=st.integers(1, 9)), st.integers(0, 2000)), max_size=24)
opened = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(BENEFITS), few_days, st.integers(0, 2),
                            st.integers(0, 4), st.integers(0, 1500)), max_size=3)


def past_of(asked, opened, given_units=()):
    """The columns of a past."""
    claims = claims_of(cases=[(facts_of(person), event) for _, person, event, _ in asked])
    house = {person: min(mates) if mates else UNKNOWN for person, mates in HOUSES.items()}
    whose = np.array([person for _, person, _, _ in asked], np.int32)
    column = np.array([(person, BENEFITS.index(name), on.toordinal(), times, units, satang, house[person])
                       for person, name, on, times, units, satang in opened], np.int64).reshape(len(opened), 7).T
    return Past(
        benefits=BENEFITS, benefit=np.array([BENEFITS.index(name) for name, *_ in asked], np.int32),
        satang=np.array([satang for *_, satang in asked], np.int64),
        units=np.array(given_units or [event.units for _, _, event, _ in asked], np.int32),
        claims=replace(claims, member=whose, used=None, household=np.array([house[p] for p in whose], np.int32)),
        openings=Openings(satang=column[5], **{name: column[n].astype(np.int32) for n, name in enumerate(
            ("member", "benefit", "counted_on", "times", "units", "", "household")) if name}))


def facts_of(person):
    """One of four people: two of one house, one alone, one of whom neither house nor joining is known."""
    return MemberFacts(joined_on=JOINED[person], is_paid_up=True, paid_until_on=date(2010, 1, 1))


def judged(rule, name, person, event, had):
    """One by one: what was had is counted by the rules that the committee's pages use."""
    months: dict[tuple[str, date], int] = {}
    for one in had:
        months[one.benefit, month_of(one.on)] = months.get((one.benefit, month_of(one.on)), 0) + one.satang
    facts = replace(facts_of(person), used=used(
        had=had, fund=FundHad(by_month=months, earmarks_left={}), member_id=person, household=HOUSES[person],
        benefit=name, rule=rule, on=event.happened_on, joined_on=JOINED[person]))
    return assess(rule=rule, clause_no="1", facts=facts, event=event)


def had_before(opened):
    return [Had(member_id=person, benefit=name, on=on, times=times, units=units, satang=satang)
            for person, name, on, times, units, satang in opened]


@settings(max_examples=300)
@given(some_rules, asked, opened)
def test_a_past_under_a_draft_is_what_comes_out_claim_by_claim(drafts, asked, opened):
    answer = replayed(past=past_of(asked, opened), rules=drafts)
    had = had_before(opened)
    for (name, person, event, _), satang, is_open in zip(asked, answer.satang, answer.is_open, strict=True):
        told = judged(drafts[name], name, person, event, had) if name in drafts else None
        assert satang == (told.amount_satang or 0 if told else 0)
        assert is_open == (told is not None and told.amount_satang is None)
        if satang:
            had.append(Had(member_id=person, benefit=name, on=event.happened_on, times=1, units=told.units or 0,
                           satang=int(satang)))


@settings(max_examples=200)
@given(some_rules, asked, opened)
def test_a_past_under_its_own_clauses_counts_what_was_really_given(voted, asked, opened):
    clauses = list(voted)
    clause = np.array([clauses.index(name) if name in voted else -1 for name, *_ in asked], np.int32)
    answer = reproduced(past=past_of(asked, opened), clause=clause, rules=[voted[name] for name in clauses])
    had = had_before(opened)
    for (name, person, event, given_satang), satang in zip(asked, answer.satang, strict=True):
        told = judged(voted[name], name, person, event, had) if name in voted else None
        assert satang == (told.amount_satang or 0 if told else 0)
        if given_satang:
            had.append(Had(member_id=person, benefit=name, on=event.happened_on, times=1, units=event.units,
                           satang=given_satang))


@pytest.mark.parametrize(("words", "paths"), [
    ({"earmark": "state"}, ["rule.earmark"]),
    ({"year": "membership", "limits": {"household_times_per_year": 1}}, ["rule.year"])])
def test_what_cannot_be_known_of_a_past_is_named(words, paths):
    rule = read_rule(data={"grant": {"kind": "fixed_sum", "amount_satang": 5}, **words})
    assert [refusal.about for refusal in refusals_in_sequence(rule=rule)] == paths
    with pytest.raises(NotInBulk):
        replayed(past=past_of([("death", 0, Event(happened_on=date(2005, 1, 1), units=1), 0)], []),
                 rules={"death": rule})
