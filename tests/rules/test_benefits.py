"""What clauses grant, whatever the clause and the member: limits hold, unknown facts are never taken for a no."""
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ombun.primitives.days import add_months, full_months, full_years
from ombun.primitives.sentences import months_in_words, sentence
from ombun.regulations.rules.assessment import Event, MemberFacts, Used, assess, read_steps, steps_data
from ombun.regulations.rules.reading import RuleRefused, read_rule
from ombun.regulations.rules.vocabulary import PerUnit, year_of
from tests.words import spoken_codes

days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
satang = st.integers(1, 10_000_00)
SUM = {"kind": "fixed_sum", "amount_satang": 1}


def _maybe(**choices):
    """A JSON object with some of these keys."""
    return st.fixed_dictionaries({}, optional=choices)


tiers = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 10_000_00)), max_size=6, unique_by=lambda t: t[0]).map(
    lambda found: [{"below_years": years, "amount_satang": amount} for years, amount in sorted(found)])
grants = st.one_of(
    st.fixed_dictionaries({"kind": st.just("fixed_sum"), "amount_satang": satang}),
    st.fixed_dictionaries({"kind": st.just("per_unit"), "unit": st.sampled_from(["night", "day", "child", "visit"]),
                           "rate_satang": satang}),
    st.fixed_dictionaries({"kind": st.just("tenure_tiers"), "tiers": tiers, "last": st.fixed_dictionaries({
        "base_satang": st.integers(0, 1_000_00), "each_further_year_satang": st.integers(0, 1_000_00)},
        optional={"ceiling_satang": st.integers(1_000_00, 10_000_00)})}))
limits = _maybe(cap_per_event_satang=satang, cap_per_year_satang=satang, times_per_year=st.integers(1, 3),
                times_per_life=st.integers(1, 3))
unit_limits = _maybe(units_per_event=st.integers(1, 10), units_per_year=st.integers(1, 20))


@st.composite
def rules(draw):
    """Any clause that the vocabulary can say."""
    grant = draw(grants)
    data = draw(_maybe(waiting_days=st.integers(0, 400), min_membership_years=st.integers(0, 5),
                       min_age_years=st.integers(0, 70), needs_paid_up=st.booleans(),
                       payee=st.sampled_from(["member", "beneficiary"])))
    data |= {"grant": grant, "limits": draw(limits) | (draw(unit_limits) if grant["kind"] == "per_unit" else {})}
    year = draw(st.sampled_from(["calendar", "fiscal", "fund"]))
    data |= {"year": year} | ({"year_starts_month": draw(st.integers(1, 12))} if year == "fund" else {})
    return read_rule(data=data)


used = st.builds(Used, times_this_year=st.integers(0, 4), units_this_year=st.integers(0, 30),
                 satang_this_year=st.integers(0, 20_000_00), times_in_life=st.integers(0, 5))


@st.composite
def known_facts(draw):
    """A member of whom everything is known."""
    born = draw(days)
    left = draw(st.none() | days)
    return MemberFacts(joined_on=draw(days), born_earliest_on=born, born_latest_on=born, has_left=left is not None,
                       left_on=left, is_paid_up=draw(st.booleans()), paid_until_on=draw(days), used=draw(used))


events = st.builds(Event, happened_on=days, units=st.integers(1, 60))


@given(rules(), known_facts(), events)
def test_who_is_known_gets_an_answer_within_every_limit(rule, facts, event):
    answer = assess(rule=rule, clause_no="17.2", facts=facts, event=event)
    assert answer.missing == () and answer.amount_satang is not None and answer.amount_satang >= 0
    held, had = rule.limits, facts.used
    assert answer.amount_satang <= (held.cap_per_event_satang or answer.amount_satang)
    if held.cap_per_year_satang is not None:
        assert had.satang_this_year + answer.amount_satang <= max(held.cap_per_year_satang, had.satang_this_year)
    if answer.amount_satang > 0:
        assert held.times_per_year is None or had.times_this_year < held.times_per_year
        assert held.times_per_life is None or had.times_in_life < held.times_per_life
    if answer.units:
        assert isinstance(rule.grant, PerUnit) and answer.units <= event.units
        assert answer.units <= (held.units_per_event or answer.units)
        assert held.units_per_year is None or had.units_this_year + answer.units <= held.units_per_year
    assert {step.code for step in answer.steps} <= spoken_codes("regulations")
    assert {step.clause_no for step in answer.steps} == {"17.2"}
    assert answer.steps[-1].facts == {"amount_satang": answer.amount_satang}


@given(rules(), known_facts(), st.lists(events, max_size=12))
def test_no_history_of_events_passes_a_limit_of_the_year_or_of_life(rule, facts, happened):
    facts = replace(facts, used=Used())
    granted: list[tuple[date, int, int]] = []
    for event in sorted(happened, key=lambda e: e.happened_on):
        year = year_of(rule=rule, day=event.happened_on)
        this_year = [g for g in granted if year[0] <= g[0] < year[1]]
        facts = replace(facts, used=Used(
            times_this_year=len(this_year), units_this_year=sum(u for _, _, u in this_year),
            satang_this_year=sum(s for _, s, _ in this_year), times_in_life=len(granted)))
        answer = assess(rule=rule, clause_no="1", facts=facts, event=event)
        if answer.amount_satang:
            granted.append((event.happened_on, answer.amount_satang, answer.units or 0))
    for day, _, _ in granted:
        year = year_of(rule=rule, day=day)
        this_year = [g for g in granted if year[0] <= g[0] < year[1]]
        assert sum(s for _, s, _ in this_year) <= (rule.limits.cap_per_year_satang or 10**18)
        assert sum(u for _, _, u in this_year) <= (rule.limits.units_per_year or 10**18)
        assert len(this_year) <= (rule.limits.times_per_year or 10**18)
    assert len(granted) <= (rule.limits.times_per_life or 10**18)


@given(rules(), known_facts(), events, st.data())
def test_an_answer_without_a_fact_is_the_same_whatever_the_fact_turns_out_to_be(rule, facts, event, data):
    hidden = data.draw(st.sets(st.sampled_from(["joined_on", "born", "is_paid_up", "left_on"]), min_size=1))
    blind = facts
    if "joined_on" in hidden:
        blind = replace(blind, joined_on=None)
    if "born" in hidden:
        blind = replace(blind, born_earliest_on=None, born_latest_on=None)
    if "is_paid_up" in hidden:
        blind = replace(blind, is_paid_up=None)
    if "left_on" in hidden:
        blind = replace(blind, left_on=None)
    answer = assess(rule=rule, clause_no="1", facts=blind, event=event)
    assert (answer.amount_satang is None) == bool(answer.missing)
    if answer.amount_satang is None:
        return
    found_out = blind
    if "joined_on" in hidden:
        found_out = replace(found_out, joined_on=data.draw(st.dates(date(1980, 1, 1), event.happened_on)))
    if "is_paid_up" in hidden:
        found_out = replace(found_out, is_paid_up=data.draw(st.booleans()))
    if "born" in hidden:
        born = data.draw(days)
        found_out = replace(found_out, born_earliest_on=born, born_latest_on=born)
    if "left_on" in hidden and facts.has_left:
        found_out = replace(found_out, left_on=data.draw(days))
    assert assess(rule=rule, clause_no="1", facts=found_out, event=event).amount_satang == answer.amount_satang


@pytest.mark.parametrize(("hidden", "missing"), [
    ({"joined_on": None}, "regulations.missing_joined_on"),
    ({"born_earliest_on": None, "born_latest_on": None}, "regulations.missing_born_on"),
    ({"born_earliest_on": date(1960, 1, 1), "born_latest_on": date(1960, 12, 31)}, "regulations.missing_born_on"),
    ({"is_paid_up": None, "paid_until_on": None}, "regulations.missing_paid_until_on"),
    ({"has_left": True, "left_on": None}, "regulations.missing_left_on"),
])
def test_what_is_not_known_is_asked_for(hidden, missing):
    rule = read_rule(data={"grant": {"kind": "fixed_sum", "amount_satang": 20000}, "min_age_years": 60,
                      "min_membership_years": 3})
    known = MemberFacts(joined_on=date(2010, 1, 1), born_earliest_on=date(1950, 1, 1), born_latest_on=date(1950, 1, 1),
                        is_paid_up=True, paid_until_on=date(2020, 7, 1))
    event = Event(happened_on=date(2020, 6, 1))
    assert assess(rule=rule, clause_no="17.3", facts=known, event=event).amount_satang == 20000
    answer = assess(rule=rule, clause_no="17.3", facts=replace(known, **hidden), event=event)
    assert (answer.amount_satang, answer.missing) == (None, (missing,))
    assert missing in spoken_codes("regulations")


def test_nights_that_nobody_counted_are_asked_for():
    night = {"kind": "per_unit", "unit": "night", "rate_satang": 20000}
    rule = read_rule(data={"grant": night, "needs_paid_up": False})
    answer = assess(rule=rule, clause_no="1", facts=MemberFacts(joined_on=date(2010, 1, 1)),
                    event=Event(happened_on=date(2020, 1, 1)))
    assert (answer.amount_satang, answer.missing) == (None, ("regulations.missing_units",))


@given(tiers, known_facts(), days, st.integers(0, 9000))
def test_a_longer_membership_never_gets_less_where_the_tiers_rise(steps, facts, on, longer):
    rising, so_far = [], 0
    for tier in steps:
        so_far += tier["amount_satang"]
        rising.append({**tier, "amount_satang": so_far})
    rule = read_rule(data={"grant": {"kind": "tenure_tiers", "tiers": rising, "last": {
        "base_satang": so_far + 1, "each_further_year_satang": 50000}}})
    facts = replace(facts, used=Used(), has_left=False, left_on=None)
    earlier = replace(facts, joined_on=facts.joined_on - timedelta(days=longer))
    event = Event(happened_on=max(on, facts.joined_on))
    amounts = [assess(rule=rule, clause_no="1", facts=f, event=event).amount_satang for f in (facts, earlier)]
    assert amounts == sorted(amounts)


@given(rules(), days)
def test_every_day_lies_in_one_year_of_twelve_months(rule, day):
    from_on, until_on = year_of(rule=rule, day=day)
    assert from_on <= day < until_on == add_months(from_on, 12)
    for other in (from_on, until_on - timedelta(days=1)):
        assert year_of(rule=rule, day=other) == (from_on, until_on)
    assert year_of(rule=rule, day=until_on)[0] == until_on


@given(rules(), known_facts(), events)
def test_an_explanation_is_read_back_as_it_was_kept(rule, facts, event):
    steps = assess(rule=rule, clause_no="17.2", facts=facts, event=event).steps
    assert read_steps(data=steps_data(steps=steps)) == steps


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                            st.sampled_from(["grant", "limits", "kind", "tiers", "last", "documents", "unit", "x"]),
                            inner, max_size=4), max_leaves=12)


@given(anything)
def test_whatever_comes_is_refused_with_its_path_and_never_breaks_anything(data):
    with pytest.raises(RuleRefused) as refused:
        read_rule(data={"never said": True, **data} if isinstance(data, dict) else data)
    assert {r.code for r in refused.value.refusals} <= spoken_codes("regulations")
    assert all(r.about.startswith("rule") for r in refused.value.refusals)


def test_every_fault_of_a_rule_is_told_at_once():
    with pytest.raises(RuleRefused) as refused:
        read_rule(data={
            "grant": {"kind": "tenure_tiers", "tiers": [
                {"below_years": 5, "amount_satang": 100}, {"below_days": 180, "amount_satang": -1},
                {"below_days": 2, "below_years": 2, "amount_satang": 1}],
                "last": {"base_satang": 500, "each_further_year_satang": True, "ceiling_satang": 400}},
            "limits": {"units_per_year": 3, "cap_per_year_satang": 0.5}, "year": "lunar", "waiting_days": "180",
            "payee": "neighbour", "documents": ["id_card", "horoscope"], "eval": "1+1", "needs_paid_up": 1})
    assert {(r.code.removeprefix("regulations."), r.about) for r in refused.value.refusals} == {
        ("rule_number_out_of_range", "rule.grant.tiers[1].amount_satang"),
        ("rule_tier_needs_days_or_years", "rule.grant.tiers[2]"),
        ("rule_tiers_out_of_order", "rule.grant.tiers"),
        ("rule_not_a_whole_number", "rule.grant.last.each_further_year_satang"),
        ("rule_ceiling_below_base", "rule.grant.last.ceiling_satang"),
        ("rule_counts_no_units", "rule.limits.units_per_year"),
        ("rule_not_a_whole_number", "rule.limits.cap_per_year_satang"),
        ("rule_word_unknown", "rule.year"), ("rule_not_a_whole_number", "rule.waiting_days"),
        ("rule_word_unknown", "rule.payee"), ("rule_word_unknown", "rule.documents[1]"),
        ("rule_key_unknown", "rule.eval"), ("rule_not_yes_or_no", "rule.needs_paid_up")}


@pytest.mark.parametrize(("data", "fault"), [
    ({}, ("rule_key_missing", "rule.grant")),
    ({"grant": None}, ("rule_key_missing", "rule.grant")),
    ({"grant": []}, ("rule_not_an_object", "rule.grant")),
    ({"grant": {"kind": "fixed_sum", "amount_satang": None}}, ("rule_key_missing", "rule.grant.amount_satang")),
    ({"grant": SUM, "limits": 0}, ("rule_not_an_object", "rule.limits")),
    ({"grant": SUM, "year": "fund"}, ("rule_key_missing", "rule.year_starts_month")),
    ({"grant": SUM, "year_starts_month": 4}, ("rule_month_without_fund_year", "rule.year_starts_month")),
    ({"grant": SUM, "documents": "id_card"}, ("rule_not_a_list", "rule.documents")),
    ("rule", ("rule_not_an_object", "rule")),
])
def test_a_rule_that_says_too_little_is_refused(data, fault):
    with pytest.raises(RuleRefused) as refused:
        read_rule(data=data)
    assert [(r.code.removeprefix("regulations."), r.about) for r in refused.value.refusals] == [fault]


@pytest.mark.parametrize(("paid_until_on", "is_paid_up", "said"), [
    (date(2026, 11, 1), True, "ไม่ค้างส่งเงินสมทบ (ส่งไว้ถึงวันที่ 31 ตุลาคม 2569)"),
    (date(2010, 10, 1), False, "ค้างส่งเงินสมทบ ณ วันที่เกิดเรื่อง (เงินที่รับถึงวันนั้นส่งไว้ถึงวันที่ 30 กันยายน 2553)"),
    (date(2010, 9, 1), False, "ยังไม่เคยส่งเงินสมทบตั้งแต่เข้าเป็นสมาชิก")])
def test_how_long_and_how_far_paid_is_said_as_people_say_it(paid_until_on, is_paid_up, said):
    rule = read_rule(data={"grant": SUM, "waiting_days": 180})
    facts = MemberFacts(joined_on=date(2010, 9, 21), is_paid_up=is_paid_up, paid_until_on=paid_until_on)
    steps = assess(rule=rule, clause_no="1", facts=facts, event=Event(happened_on=date(2026, 11, 25))).steps
    told = [sentence(step) for step in steps]
    assert "เป็นสมาชิกมา 16 ปี 2 เดือน (ตั้งแต่ 21 กันยายน 2553) ครบ 180 วันตามที่กำหนดแล้ว" in told
    assert said in told


@pytest.mark.parametrize(("months", "thai", "english"), [
    (0, "0 เดือน", "0 months"), (1, "1 เดือน", "1 month"), (12, "1 ปี", "1 year"),
    (194, "16 ปี 2 เดือน", "16 years 2 months")])
def test_a_span_of_months_is_said_in_years_and_months(months, thai, english):
    assert months_in_words(months) == thai
    with override("en"):
        assert months_in_words(months) == english


@given(since=days, until=days)
def test_full_months_and_full_years_agree(since, until):
    if (since.month, since.day) != (2, 29) and since <= until:
        assert full_months(since, until) // 12 == full_years(since, until)
