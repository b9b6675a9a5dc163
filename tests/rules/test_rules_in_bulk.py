"""The same clause over columns answers what it answers one by one, whatever the clause, the member and the history."""
from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.primitives.days import add_months, full_years
from ombun.regulations.rules.assessment import Event, MemberFacts, assess
from ombun.regulations.rules.bulk import Reason, claims_of, days, granting, grants, years_of
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import BenefitRule, FixedSum, Kind, Limits, RuleYear, Sex, year_of
from tests.rules.test_benefits import days as days_of_life
from tests.rules.test_benefits import rules, used

# days that meet: a day or so around the same day of other years, and the ends of years
meeting_days = st.builds(lambda years, around: add_months(date(2004, 2, 29), 12 * years) + timedelta(days=around),
                         st.integers(0, 9), st.integers(-2, 2)) | st.sampled_from(
    [date(2006, 9, 30), date(2006, 10, 1), date(2006, 12, 31), date(2007, 1, 1), date(2004, 3, 31), date(2004, 2, 1)])
few_days = days_of_life | meeting_days
near_rules = st.builds(
    replace, rules(), waiting_days=st.integers(0, 3) | st.just(365), min_membership_years=st.integers(0, 3),
    min_age_years=st.integers(0, 3), max_age_years=st.sampled_from([0, 2, 5]),
    needs_paid_up=st.booleans()) | rules()


@st.composite
def facts_with_gaps(draw):
    """A member of whom this or that is not known; some births lie between two days."""
    joined, earliest, latest, paid_until = (draw(st.none() | few_days) for _ in range(4))
    if earliest and latest:
        earliest, latest = sorted([earliest, latest])
    left, had = draw(st.none() | few_days), draw(used)
    hidden = draw(st.sets(st.sampled_from([
        "household_times_this_year", "household_units_this_year", "household_satang_this_year",
        "earmark_left_satang"]), max_size=1))
    return MemberFacts(
        joined_on=joined, born_earliest_on=earliest, born_latest_on=latest or earliest, left_on=left,
        has_left=left is not None or draw(st.integers(0, 9)) == 0,
        is_paid_up=draw(st.sampled_from([True, False, None])),
        paid_until_on=paid_until, used=replace(had, **dict.fromkeys(hidden)),
        is_member=draw(st.sampled_from([True, True, True, False])), sex=draw(st.none() | st.sampled_from(Sex)),
        kind=draw(st.none() | st.sampled_from(Kind)), moo=draw(st.none() | st.integers(1, 4)))


events_with_gaps = st.builds(
    Event, happened_on=few_days, units=st.none() | st.integers(1, 60), asked_on=st.none() | few_days,
    is_lateness_excused=st.booleans(), grade_hundredths=st.none() | st.integers(190, 400),
    is_relative_member=st.sampled_from([True, False, None]))


def one_by_one(rule, cases):
    """What `assess` answers, as the columns say it."""
    return [assess(rule=rule, clause_no="1", facts=facts, event=event) for facts, event in cases]


def code_of(reason, rule):
    """What `assess` calls a reason: most by its name, some by what the clause says there."""
    return {Reason.NOT_OF_THE_SEX: f"for_{rule.sex}_only", Reason.MISSING_RELATIVE: f"missing_{rule.relative}",
            Reason.NO_RELATIVE: f"no_member_{rule.relative}", Reason.EARMARK: f"earmark_{rule.earmark}",
            Reason.UNITS_PER_EVENT: f"units_per_event_{rule.unit}",
            Reason.UNITS_PER_YEAR: f"units_per_year_{rule.unit}",
            Reason.UNITS_PER_LIFE: f"units_per_life_{rule.unit}",
            Reason.UNITS_PER_HOUSE: f"units_per_house_{rule.unit}"}.get(reason, reason.name.lower())


@settings(max_examples=600)
@given(near_rules, st.lists(st.tuples(facts_with_gaps(), events_with_gaps), max_size=12))
def test_columns_answer_to_the_satang_what_is_answered_one_by_one(rule, cases):
    answer = grants(rule=rule, claims=claims_of(cases=cases))
    for told, satang, units, number in zip(one_by_one(rule, cases), answer.satang, answer.units, answer.reasons,
                                           strict=True):
        reason = Reason(number)
        code = f"regulations.{code_of(reason, rule)}"
        assert reason.is_missing == (told.amount_satang is None), code
        assert (satang, units) == (told.amount_satang or 0, told.units or 0), code
        assert code in (told.missing if reason.is_missing else {step.code for step in told.steps})


@given(st.lists(st.tuples(few_days, few_days), min_size=1), rules())
def test_the_calendar_over_columns_is_the_calendar(pairs, rule):
    since, until = (days.written(days=np.array([pair[n].toordinal() for pair in pairs], np.int32)) for n in (0, 1))
    assert list(days.full_years(since=since, until=until)) == [full_years(*pair) for pair in pairs]
    first = [year_of(rule=rule, day=day, joined_on=joined)[0].year - joined.year * (rule.year == RuleYear.MEMBERSHIP)
             for joined, day in pairs]
    assert list(years_of(rule=rule, days=until, joined=since)) == first


def test_a_day_outside_the_calendar_is_refused():
    with pytest.raises(ValueError, match="9999"):
        days.day_number(day=date.max)


def test_a_word_that_cannot_run_over_columns_is_named(monkeypatch):
    rule = BenefitRule(grant=FixedSum(amount_satang=1), waiting_days=5)
    monkeypatch.setattr(granting, "_WORDS", frozenset({"grant"}))
    with pytest.raises(granting.NotInBulk) as refused:
        grants(rule=rule, claims=claims_of(cases=[]))
    assert [refusal.facts for refusal in refused.value.refusals] == [{"path": "rule.waiting_days"}]


def test_every_word_of_the_vocabulary_runs_over_columns():
    assert {one.name for one in fields(BenefitRule)} == granting._WORDS
    assert {one.name for one in fields(Limits)} == granting._LIMITS


SADAO = read_rule(data={
    "grant": {"kind": "tenure_tiers", "tiers": [
        {"below_days": 180, "amount_satang": 0}, {"below_years": 1, "amount_satang": 1500_00},
        {"below_days": 500, "amount_satang": 1700_00}, {"below_years": 2, "amount_satang": 3000_00},
        {"below_years": 5, "amount_satang": 6000_00}, {"below_years": 15, "amount_satang": 20_000_00}],
        "last": {"base_satang": 20_000_00, "each_further_year_satang": 500_00, "ceiling_satang": 21_000_00}},
    "needs_paid_up": True, "waiting_days": 20, "min_age_years": 1, "max_age_years": 17,
    "deadline_days": 9})


@pytest.mark.parametrize("joined_on", [date(2000, 2, 29), date(2000, 3, 1), date(2001, 12, 31)])
def test_every_day_of_eighteen_years_is_answered_alike(joined_on):
    """Tiers by the day and by the year, mixed; who never paid, and who is in arrears, by the month of joining."""
    day = timedelta(days=1)
    cases = [(MemberFacts(joined_on=joined_on, born_earliest_on=joined_on - 300 * day, is_paid_up=n % 5 > 0,
                          born_latest_on=joined_on - 260 * day, paid_until_on=joined_on + (n % 70 - 35) * day),
              Event(happened_on=joined_on + n * day, asked_on=joined_on + (n + n % 11) * day))
             for n in range(-5, 18 * 366)]
    answer = grants(rule=SADAO, claims=claims_of(cases=cases))
    assert {Reason(n) for n in answer.reasons} == {
        Reason.GRANTED, Reason.NOT_YET_MEMBER, Reason.STILL_WAITING, Reason.TOO_YOUNG, Reason.MISSING_BORN_ON,
        Reason.NEVER_PAID, Reason.IN_ARREARS, Reason.TOO_OLD, Reason.ASKED_TOO_LATE}
    for told, satang, number in zip(one_by_one(SADAO, cases), answer.satang, answer.reasons, strict=True):
        reason = Reason(number).name.lower()
        assert satang == (told.amount_satang or 0)
        assert reason in {step.code.removeprefix("regulations.") for step in told.steps} | {
            code.removeprefix("regulations.") for code in told.missing}
