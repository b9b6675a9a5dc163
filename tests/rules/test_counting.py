"""For any history of a village, in whatever order it was asked, no limit is ever passed on either side of a year."""
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.claims.rules import FundHad, Had, used
from ombun.primitives.days import month_of
from ombun.regulations.rules.assessment import Event, MemberFacts, assess
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import Earmark

HOUSES = {1: frozenset({1, 2}), 2: frozenset({1, 2}), 3: frozenset({3})}
JOINED = {1: date(2016, 2, 29), 2: date(2019, 10, 1), 3: date(2018, 12, 31)}
EDGES = [date(year, month, day) for year in (2023, 2024, 2025) for month, day in (
    (1, 1), (2, 28), (3, 1), (5, 31), (6, 1), (9, 30), (10, 1), (12, 30), (12, 31))] + [date(2024, 2, 29)]
near_an_edge = st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(EDGES), st.integers(-1, 1))
asked = st.lists(near_an_edge, min_size=1, max_size=5).flatmap(lambda days: st.lists(st.tuples(
    st.sampled_from(list(HOUSES)), st.sampled_from(["visit", "nights"]), st.sampled_from(days), st.integers(1, 9)),
    min_size=4, max_size=30))
satang = st.integers(50, 1200)
LIMITS = {
    "cap_per_year_satang": satang, "cap_per_life_satang": satang, "times_per_year": st.integers(1, 3),
    "times_per_life": st.integers(1, 4), "units_per_year": st.integers(1, 12), "units_per_life": st.integers(1, 20),
    "household_times_per_year": st.integers(1, 3), "household_units_per_year": st.integers(1, 12),
    "household_cap_per_year_satang": satang,
    "budget_per_year_satang": satang}


@st.composite
def clauses(draw):
    """Two clauses with the same limits, which may count together, and the year of both."""
    year = draw(st.sampled_from([{"year": "calendar"}, {"year": "fiscal"}, {"year": "membership"},
                                 {"year": "fund", "year_starts_month": 6}]))
    limits = draw(st.fixed_dictionaries({}, optional=LIMITS))
    if year["year"] == "membership":
        limits.pop("budget_per_year_satang", None)
    together, earmark = draw(st.booleans()), draw(st.sampled_from([{}, {"earmark": "donations"}]))
    said = {"grant": {"kind": "per_unit", "unit": "night", "rate_satang": 100}, "needs_paid_up": False} | year | earmark
    return {name: read_rule(data=said | {"limits": limits | ({"together_with": [other]} if together else {})})
            for name, other in (("visit", "nights"), ("nights", "visit"))}


def first_day(rule, day, joined_on):
    """The first day of the clause's year, found by walking back a day at a time."""
    begins = {"calendar": (1, 1), "fiscal": (10, 1), "fund": (6, 1), "membership": (joined_on.month, joined_on.day)}
    while (day.month, day.day) != begins[rule.year] and not (
            begins[rule.year] == (2, 29) and (day.month, day.day) == (3, 1) and (day - timedelta(days=1)).day == 28):
        day -= timedelta(days=1)  # where there is no 29 February, the year begins on 1 March
    return day


def granted(rules, history, earmark_left):
    """All that is granted when the village asks, one after the other; each counts for the next."""
    had, fund = [], FundHad(by_month={}, earmarks_left={Earmark.DONATIONS: earmark_left})
    for member, benefit, on, units in history:
        rule = rules[benefit]
        answer = assess(rule=rule, clause_no="1", event=Event(happened_on=on, units=units), facts=MemberFacts(
            joined_on=JOINED[member], used=used(
                had=had, fund=fund, member_id=member, household=HOUSES[member], benefit=benefit, rule=rule, on=on,
                joined_on=JOINED[member])))
        assert answer.missing == ()
        if answer.amount_satang:
            had.append(Had(member_id=member, benefit=benefit, on=on, times=1, units=answer.units,
                           satang=answer.amount_satang))
            key = benefit, month_of(on)
            fund.by_month[key] = fund.by_month.get(key, 0) + answer.amount_satang
            if rule.earmark:
                fund.earmarks_left[rule.earmark] -= answer.amount_satang
    return had, fund


@settings(max_examples=400)
@given(clauses(), asked, st.integers(0, 5000))
def test_no_history_passes_a_limit(rules, history, earmark_left):
    had, fund = granted(rules, history, earmark_left)
    for benefit, rule in rules.items():
        counted = [h for h in had if h.benefit in {benefit, *rule.limits.together_with}]
        by_year = {}
        for h in counted:
            by_year.setdefault((h.member_id, first_day(rule, h.on, JOINED[h.member_id])), []).append(h)
        for member in HOUSES:
            hold(rule.limits, "life", [h for h in counted if h.member_id == member])
        for (member, year), found in by_year.items():
            hold(rule.limits, "year", found)
            house = [h for other in HOUSES[member] for h in by_year.get((other, year), ())]
            hold(rule.limits, "house", house if rule.year != "membership" else found)
            fund_year = [h for (_, other), more in by_year.items() if other == year for h in more]
            assert sum(h.satang for h in fund_year) <= (rule.limits.budget_per_year_satang or 10**9)
    assert not any(rule.earmark for rule in rules.values()) or fund.earmarks_left[Earmark.DONATIONS] >= 0


def hold(limits, window, found):
    """What was had in a window stays within every limit of it."""
    most = {"year": (limits.times_per_year, limits.units_per_year, limits.cap_per_year_satang),
            "life": (limits.times_per_life, limits.units_per_life, limits.cap_per_life_satang),
            "house": (limits.household_times_per_year, limits.household_units_per_year,
                      limits.household_cap_per_year_satang)}[window]
    had = len(found), sum(h.units for h in found), sum(h.satang for h in found)
    for limit, amount in zip(most, had, strict=True):
        assert limit is None or amount <= limit


def test_a_year_of_membership_that_began_on_29_february_counts_its_last_day():
    rule = read_rule(data={"grant": {"kind": "per_unit", "unit": "night", "rate_satang": 100}, "needs_paid_up": False,
                           "year": "membership", "limits": {"times_per_year": 1}})
    days = [date(2025, 2, 28), date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 28), date(2024, 2, 29)]
    had, _ = granted({"nights": rule}, [(1, "nights", day, 1) for day in days], 0)
    assert [h.on for h in had] == [date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 28)]
