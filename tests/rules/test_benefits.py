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
from ombun.regulations.rules.vocabulary import (
    Document,
    Earmark,
    ForWhom,
    Kind,
    Payee,
    PerUnit,
    Relative,
    Sex,
    Unit,
    year_of,
)
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
    st.fixed_dictionaries({"kind": st.just("per_unit"), "unit": st.sampled_from([unit.value for unit in Unit]),
                           "rate_satang": satang}),
    st.fixed_dictionaries({"kind": st.just("tenure_tiers"), "tiers": tiers, "last": st.fixed_dictionaries({
        "base_satang": st.integers(0, 1_000_00), "each_further_year_satang": st.integers(0, 1_000_00)},
        optional={"ceiling_satang": st.integers(1_000_00, 10_000_00)})}),
    st.fixed_dictionaries({"kind": st.just("things"), "what": st.just("พวงหรีด"),
                           "worth_satang": st.integers(0, 1_000_00)}))
limits = _maybe(cap_per_event_satang=satang, cap_per_year_satang=satang, cap_per_life_satang=satang,
                times_per_year=st.integers(1, 3), times_per_life=st.integers(1, 3),
                household_times_per_year=st.integers(1, 3), household_cap_per_year_satang=satang,
                budget_per_year_satang=satang, together_with=st.just(["death"]))
unit_limits = _maybe(units_per_event=st.integers(1, 10), units_per_year=st.integers(1, 20),
                     units_per_life=st.integers(1, 40), household_units_per_year=st.integers(1, 20))
papers = st.lists(st.sampled_from([paper.value for paper in Document]), max_size=3)
conditions = _maybe(
    waiting_days=st.integers(0, 400), min_membership_years=st.integers(0, 5), min_age_years=st.integers(0, 70),
    max_age_years=st.integers(70, 90), needs_paid_up=st.booleans(), payee=st.sampled_from([p.value for p in Payee]),
    sex=st.sampled_from([sex.value for sex in Sex]),
    kinds=st.lists(st.sampled_from([k.value for k in Kind]), max_size=3),
    villages=st.lists(st.integers(1, 4), max_size=3), months=st.lists(st.integers(1, 12), max_size=9),
    min_grade_hundredths=st.integers(200, 400), relative=st.sampled_from([r.value for r in Relative]),
    earmark=st.sampled_from([e.value for e in Earmark]), deadline_days=st.integers(30, 400), documents=papers,
    attachments=papers, certifiers=st.integers(0, 5), chair_up_to_satang=satang,
    at_once=st.fixed_dictionaries({"limit_satang": satang}, optional={"documents": papers}))


@st.composite
def rules(draw, only=lambda data: data):
    """Any clause that the vocabulary can say; `only` may take words out of its JSON."""
    grant = draw(grants)
    data = draw(conditions | st.just({})) | {"grant": grant}
    data["limits"] = draw(limits) | (draw(unit_limits) if grant["kind"] == "per_unit" else {})
    year = draw(st.sampled_from(["calendar", "fiscal", "fund", "membership"]))
    if year == "membership":
        data["limits"].pop("budget_per_year_satang", None)
    if grant["kind"] != "tenure_tiers" and year != "membership" and not any("house" in key for key in data["limits"]):
        data["for_whom"] = draw(st.sampled_from([whom.value for whom in ForWhom]))
    data |= {"year": year} | ({"year_starts_month": draw(st.integers(1, 12))} if year == "fund" else {})
    return read_rule(data=only(data))


much = st.integers(0, 20_000_00)
used = st.builds(Used, times_this_year=st.integers(0, 4), units_this_year=st.integers(0, 30), satang_this_year=much,
                 times_in_life=st.integers(0, 5), units_in_life=st.integers(0, 60), satang_in_life=much,
                 household_times_this_year=st.integers(0, 5),
                 household_units_this_year=st.integers(0, 30), household_satang_this_year=much,
                 fund_satang_this_year=much, earmark_left_satang=st.integers(-100, 20_000_00))


@st.composite
def known_facts(draw):
    """A member of whom everything is known."""
    born = draw(days)
    left = draw(st.none() | days)
    return MemberFacts(joined_on=draw(days), born_earliest_on=born, born_latest_on=born, has_left=left is not None,
                       left_on=left, is_paid_up=draw(st.booleans()), paid_until_on=draw(days), used=draw(used),
                       is_member=draw(st.sampled_from([True, True, True, False])), sex=draw(st.sampled_from(Sex)),
                       kind=draw(st.sampled_from(Kind)), moo=draw(st.integers(1, 4)))


events = days.flatmap(lambda day: st.builds(
    Event, happened_on=st.just(day), units=st.integers(1, 60), is_lateness_excused=st.booleans(),
    asked_on=st.integers(0, 500).map(lambda after: day + timedelta(days=after)),
    grade_hundredths=st.integers(0, 400), is_relative_member=st.booleans()))


@given(rules(), known_facts(), events)
def test_who_is_known_gets_an_answer_within_every_limit(rule, facts, event):
    answer = assess(rule=rule, clause_no="17.2", facts=facts, event=event)
    assert answer.missing == () and answer.amount_satang is not None and answer.amount_satang >= 0
    held, had = rule.limits, facts.used
    assert answer.amount_satang <= (held.cap_per_event_satang or answer.amount_satang)
    for cap, before in ((held.cap_per_year_satang, had.satang_this_year),
                        (held.cap_per_life_satang, had.satang_in_life),
                        (held.household_cap_per_year_satang, had.household_satang_this_year),
                        (held.budget_per_year_satang, had.fund_satang_this_year)):
        assert cap is None or before + answer.amount_satang <= max(cap, before)
    if rule.earmark:
        assert answer.amount_satang <= max(0, had.earmark_left_satang)
    if answer.amount_satang > 0:
        assert facts.is_member or rule.for_whom != ForWhom.MEMBERS
        assert held.household_times_per_year is None or had.household_times_this_year < held.household_times_per_year
        assert held.times_per_year is None or had.times_this_year < held.times_per_year
        assert held.times_per_life is None or had.times_in_life < held.times_per_life
    if answer.units:
        assert isinstance(rule.grant, PerUnit) and answer.units <= event.units
        assert answer.units <= (held.units_per_event or answer.units)
        assert held.units_per_year is None or had.units_this_year + answer.units <= held.units_per_year
        most = held.household_units_per_year
        assert most is None or had.household_units_this_year + answer.units <= most
        assert held.units_per_life is None or had.units_in_life + answer.units <= held.units_per_life
    assert {step.code for step in answer.steps} <= spoken_codes("regulations")
    assert {step.clause_no for step in answer.steps} == {"17.2"}
    assert answer.steps[-1].facts == {"amount_satang": answer.amount_satang}


@given(rules(), known_facts(), st.lists(events, max_size=12))
def test_no_history_of_events_passes_a_limit_of_the_year_or_of_life(rule, facts, happened):
    facts = replace(facts, used=Used())
    granted: list[tuple[date, int, int]] = []
    for event in sorted(happened, key=lambda e: e.happened_on):
        year = year_of(rule=rule, day=event.happened_on, joined_on=facts.joined_on)
        this_year = [g for g in granted if year[0] <= g[0] < year[1]]
        satang_this_year = sum(s for _, s, _ in this_year)
        facts = replace(facts, used=Used(
            times_this_year=len(this_year), units_this_year=sum(u for _, _, u in this_year),
            satang_this_year=satang_this_year, times_in_life=len(granted), units_in_life=sum(u for _, _, u in granted),
            satang_in_life=sum(s for _, s, _ in granted), household_times_this_year=len(this_year),
            household_units_this_year=sum(u for _, _, u in this_year),
            household_satang_this_year=satang_this_year, fund_satang_this_year=satang_this_year,
            earmark_left_satang=10**9))
        answer = assess(rule=rule, clause_no="1", facts=facts, event=event)
        if answer.amount_satang:
            granted.append((event.happened_on, answer.amount_satang, answer.units or 0))
    for day, _, _ in granted:
        year = year_of(rule=rule, day=day, joined_on=facts.joined_on)
        this_year = [g for g in granted if year[0] <= g[0] < year[1]]
        assert sum(s for _, s, _ in this_year) <= (rule.limits.cap_per_year_satang or 10**18)
        assert sum(u for _, _, u in this_year) <= (rule.limits.units_per_year or 10**18)
        assert len(this_year) <= (rule.limits.times_per_year or 10**18)
        assert sum(s for _, s, _ in this_year) <= (rule.limits.budget_per_year_satang or 10**18)
    assert len(granted) <= (rule.limits.times_per_life or 10**18)
    assert sum(s for _, s, _ in granted) <= (rule.limits.cap_per_life_satang or 10**18)
    assert sum(u for _, _, u in granted) <= (rule.limits.units_per_life or 10**18)


@given(rules(), known_facts(), events, st.data())
def test_an_answer_without_a_fact_is_the_same_whatever_the_fact_turns_out_to_be(rule, facts, event, data):
    hidden = data.draw(st.sets(st.sampled_from(
        ["joined_on", "born", "is_paid_up", "left_on", "sex", "kind", "moo", "relative", "grade"]), min_size=1))
    blind, known = facts, event
    for name in hidden & {"sex", "kind", "moo"}:
        blind = replace(blind, **{name: None})
    if "relative" in hidden:
        event = replace(event, is_relative_member=None)
    if "grade" in hidden:
        event = replace(event, grade_hundredths=None)
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
    for name in hidden & {"sex", "kind", "moo"}:
        found_out = replace(found_out, **{name: getattr(facts, name)})
    assert assess(rule=rule, clause_no="1", facts=found_out, event=known).amount_satang == answer.amount_satang


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


@given(rules(), days, days | st.just(date(2020, 2, 29)))
def test_every_day_lies_in_one_year_of_twelve_months(rule, day, joined_on):
    from_on, until_on = year_of(rule=rule, day=day, joined_on=joined_on)
    assert from_on <= day < until_on
    assert until_on == add_months(from_on, 12) or (joined_on.month, joined_on.day) == (2, 29)
    for other in (from_on, until_on - timedelta(days=1)):
        assert year_of(rule=rule, day=other, joined_on=joined_on) == (from_on, until_on)
    assert year_of(rule=rule, day=until_on, joined_on=joined_on)[0] == until_on


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
    ({"grant": SUM, "min_age_years": 60, "max_age_years": 15}, ("rule_nobody_is_of_this_age", "rule.max_age_years")),
    ({"grant": SUM, "for_whom": "others", "year": "membership"}, ("rule_for_members_only", "rule.year")),
    ({"grant": SUM, "year": "membership", "limits": {"budget_per_year_satang": 1}},
     ("rule_budget_needs_one_year", "rule.limits.budget_per_year_satang")),
    ({"grant": {"kind": "things", "what": " ", "worth_satang": 0}}, ("rule_key_missing", "rule.grant.what")),
    ({"grant": {"kind": "things", "what": 5, "worth_satang": 0}}, ("rule_not_text", "rule.grant.what")),
    ({"grant": SUM, "months": [0]}, ("rule_number_out_of_range", "rule.months[0]")),
    ({"grant": SUM, "at_once": {}}, ("rule_key_missing", "rule.at_once.limit_satang")),
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
