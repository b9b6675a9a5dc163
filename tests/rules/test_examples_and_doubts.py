"""Made-up people at the edges of a rule, and what a meeting should look at again before it votes."""
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ombun.primitives.sentences import sentence
from ombun.regulations import queries
from ombun.regulations.rules.doubts import Granting, doubts
from ombun.regulations.rules.examples import EXAMPLES_MAX, examples
from ombun.regulations.rules.reading import RuleRefused, read_rule
from ombun.regulations.rules.vocabulary import Document, Earmark, ForWhom, Kind, Relative, RuleYear, Sex, Unit
from tests.words import spoken_codes

ON = date(2026, 11, 25)
FIXED = {"grant": {"kind": "fixed_sum", "amount_satang": 50_000}, "limits": {"times_per_year": 1}}
NIGHTS = {"grant": {"kind": "per_unit", "unit": "night", "rate_satang": 20_000},
          "limits": {"cap_per_event_satang": 60_000, "cap_per_year_satang": 100_000}}
TIERS = {"grant": {"kind": "tenure_tiers", "tiers": [{"below_days": 180, "amount_satang": 0},
                                                     {"below_years": 5, "amount_satang": 300_000}],
                   "last": {"base_satang": 500_000, "each_further_year_satang": 0}}, "limits": {"times_per_life": 1}}
LIBRARY = queries.library()


def told(rule, on=ON):
    """What each made-up person gets, by what is said of them."""
    with override("th"):
        return {" ".join(sentence(line) for line in one.who): one.assessment.amount_satang
                for one in examples(rule=read_rule(data=rule), clause_no="17.2", on=on)}


def found(rule, text_th="", **more):
    """The questions that one clause raises, by code."""
    clause = Granting(clause_no="17.2", account_code="5102", rule=read_rule(data={**rule, **more}), text_th=text_th)
    return {one.code.removeprefix("regulations.doubt_"): one for one in doubts(clauses=[clause], on=ON)}


@pytest.mark.parametrize("one", LIBRARY, ids=[one.benefit for one in LIBRARY])
def test_every_ready_clause_has_examples_of_who_gets_it_and_who_does_not(one):
    shown = examples(rule=read_rule(data=one.rule), clause_no="17.1", on=ON)
    amounts = [example.assessment.amount_satang for example in shown]
    assert None not in amounts and max(amounts) > 0
    assert 2 <= len(shown) <= EXAMPLES_MAX or one.rule.get("for_whom") == "everybody"
    assert len({str(example.who) for example in shown}) == len(shown)
    codes = {line.code for example in shown for line in (*example.who, *example.assessment.steps)}
    assert codes <= spoken_codes("regulations")
    clause = Granting(clause_no="17.1", account_code=one.account_code, rule=read_rule(data=one.rule),
                      text_th=one.text_th)
    assert doubts(clauses=[clause], on=ON) == ()


def test_the_waiting_time_has_somebody_on_either_side():
    shown = told({**FIXED, "waiting_days": 180})
    assert {words.split("เป็นสมาชิก ")[1]: amount for words, amount in shown.items() if words.endswith("วัน")} == {
        "179 วัน": 0, "180 วัน": 50_000}
    assert any("ค้างส่ง" in words and amount == 0 for words, amount in shown.items())


def test_every_tier_and_every_cap_is_tried():
    amounts = {words.split("เป็นสมาชิก ")[1]: amount for words, amount in told(TIERS).items() if "เป็นสมาชิก " in words}
    assert amounts["30 วัน"] == 0 and amounts["180 วัน"] == 300_000 and amounts["5 ปี"] == 500_000
    nights = told(NIGHTS)
    assert any("นอน 5 คืน" in words and amount == 60_000 for words, amount in nights.items())
    assert any("รับไปแล้ว 900.00 บาท" in words and amount == 10_000 for words, amount in nights.items())


def test_the_season_of_a_rule_is_met():
    shown = told({**FIXED, "months": [5, 6]})
    assert max(shown.values()) == 50_000


def test_a_rule_that_never_pays_is_asked_about():
    nothing = {"kind": "tenure_tiers", "tiers": [], "last": {"base_satang": 0, "each_further_year_satang": 0}}
    doubt = found({"grant": nothing, "limits": {"times_per_life": 1}})["never_pays"]
    assert doubt.facts["people"] > 1 and doubt.clause_no == "17.2"
    assert "never_pays" not in found(FIXED)


def test_a_rule_without_any_limit_is_asked_about_with_what_it_would_cost():
    doubt = found({"grant": NIGHTS["grant"]})["no_limit_of_units"]
    assert doubt.facts["amount_satang"] == 600_000
    assert found({"grant": FIXED["grant"]})["no_limit_of_times"].facts["amount_satang"] == 600_000
    assert "no_limit_of_times" in found({"grant": NIGHTS["grant"], "limits": {"units_per_event": 3}})
    assert not {"no_limit_of_times", "no_limit_of_units"} & {*found(FIXED), *found(NIGHTS), *found(TIERS)}
    assert "no_limit_of_times" not in found({"grant": FIXED["grant"], "documents": ["death_certificate"]})


def test_tiers_that_go_down_are_asked_about():
    down = {**TIERS, "grant": {**TIERS["grant"], "last": {"base_satang": 100_000, "each_further_year_satang": 0}}}
    doubt = found(down)["goes_down_years"]
    assert (doubt.facts["length"], doubt.facts["before_satang"], doubt.facts["after_satang"]) == (5, 300_000, 100_000)
    days = {**TIERS["grant"], "tiers": [{"below_days": 180, "amount_satang": 400_000}, *TIERS["grant"]["tiers"][1:]]}
    assert found({**TIERS, "grant": days})["goes_down_days"].facts["before_satang"] == 400_000
    assert not {"goes_down_years", "goes_down_days"} & set(found(TIERS))


def test_limits_that_make_no_sense_are_asked_about():
    low = found(NIGHTS, limits={"cap_per_event_satang": 10_000})["cap_below_one"]
    assert (low.facts["cap_satang"], low.facts["one_satang"], low.facts["amount_satang"]) == (10_000, 20_000, 10_000)
    assert "event_above_year" in found(NIGHTS, limits={"cap_per_event_satang": 60_000, "cap_per_year_satang": 50_000})
    assert "units_above_year" in found(NIGHTS, limits={"units_per_event": 9, "units_per_year": 5})
    assert "times_above_life" in found(FIXED, limits={"times_per_year": 3, "times_per_life": 1})
    assert not {"cap_below_one", "event_above_year", "units_above_year"} & set(found(NIGHTS))


def test_a_tier_that_nobody_reaches_and_a_kind_that_nobody_is_are_asked_about():
    behind = {**TIERS, "grant": {**TIERS["grant"], "tiers": [{"below_years": 1, "amount_satang": 5},
                                                             {"below_years": 5, "amount_satang": 300_000}]}}
    doubt = found(behind, waiting_days=400)["tier_behind_waiting"]
    assert (doubt.facts["tier"], doubt.facts["amount_satang"]) == (1, 0)
    assert "tier_behind_waiting" not in found(behind, waiting_days=90)
    assert "youth_too_old" in found(FIXED, kinds=["youth"], min_age_years=30)
    assert "elderly_too_young" in found(FIXED, kinds=["elderly"], max_age_years=40)


def test_words_that_do_not_say_what_is_paid_are_asked_about():
    doubt = found(NIGHTS, text_th="คืนละ ๒๐๐ บาท ปีหนึ่งไม่เกิน 1000 บาท")["words_without_figures"]
    assert doubt.facts["figures"] == "600"
    assert "words_without_figures" not in found(NIGHTS, text_th="คืนละ 200 ครั้งละ 600 ปีละ 1,000 บาท")


def test_two_clauses_that_pay_for_the_same_thing_are_asked_about():
    rule = read_rule(data={**FIXED, "documents": ["photograph"]})
    one = Granting(clause_no="17.1", account_code="5109", rule=rule, text_th="500")
    other = replace(one, clause_no="17.9", rule=replace(rule, sex=Sex.MALE))
    (doubt,) = doubts(clauses=[one, other], on=ON)
    assert doubt.code == "regulations.doubt_both_pay" and doubt.facts["amount_satang"] == 100_000
    for apart in (replace(other, account_code="5101"), replace(other, rule=replace(rule, for_whom=ForWhom.OTHERS)),
                  replace(other, rule=replace(rule, documents=(Document.ID_CARD,)))):
        assert doubts(clauses=[one, apart], on=ON) == ()
    women = replace(one, rule=replace(rule, sex=Sex.FEMALE))
    assert doubts(clauses=[women, other], on=ON) == ()


SUMS = st.integers(0, 3_000_000)
OPTIONAL = st.none() | st.integers(1, 2_000_000)
GRANTS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("fixed_sum"), "amount_satang": st.integers(1, 10**6)}),
    st.fixed_dictionaries({"kind": st.just("things"), "what": st.just("ข้าว"), "worth_satang": SUMS}),
    st.fixed_dictionaries({"kind": st.just("per_unit"), "unit": st.sampled_from(list(Unit)),
                           "rate_satang": st.integers(1, 10**6)}),
    st.fixed_dictionaries({
        "kind": st.just("tenure_tiers"), "tiers": st.lists(st.tuples(st.integers(1, 60), SUMS), max_size=5).map(
            lambda rows: [{"below_years": years, "amount_satang": sums} for years, sums in sorted(dict(rows).items())]),
        "last": st.fixed_dictionaries({"base_satang": SUMS, "each_further_year_satang": SUMS,
                                       "ceiling_satang": OPTIONAL})}))
LIMITS = st.fixed_dictionaries({}, optional={
    **dict.fromkeys(("cap_per_event_satang", "cap_per_year_satang", "cap_per_life_satang", "budget_per_year_satang",
                     "household_cap_per_year_satang"), st.integers(1, 10**6)),
    **dict.fromkeys(("units_per_event", "units_per_year", "units_per_life", "times_per_year", "times_per_life",
                     "household_times_per_year", "household_units_per_year"), st.integers(1, 40))})
RULES = st.fixed_dictionaries({"grant": GRANTS, "limits": LIMITS}, optional={
    "for_whom": st.sampled_from(list(ForWhom)), "year": st.sampled_from([y for y in RuleYear if y != RuleYear.FUND]),
    "waiting_days": st.integers(0, 5000), "min_membership_years": st.integers(0, 120),
    "min_age_years": st.integers(0, 120), "max_age_years": st.integers(0, 120), "sex": st.sampled_from(list(Sex)),
    "kinds": st.lists(st.sampled_from(list(Kind)), max_size=3), "months": st.lists(st.integers(1, 12), max_size=3),
    "villages": st.lists(st.integers(1, 20), max_size=3), "min_grade_hundredths": st.integers(0, 400),
    "relative": st.sampled_from(list(Relative)), "needs_paid_up": st.booleans(),
    "earmark": st.sampled_from(list(Earmark)), "deadline_days": st.integers(0, 400),
    "documents": st.lists(st.sampled_from(list(Document)), max_size=3)})


@given(RULES, st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_whatever_may_be_said_has_examples_and_at_most_sensible_questions(written, on):
    try:
        rule = read_rule(data=written)
    except RuleRefused:
        return
    shown = examples(rule=rule, clause_no="17.1", on=on)
    assert 1 <= len(shown) <= EXAMPLES_MAX
    assert all(one.assessment.amount_satang is not None for one in shown), [one.assessment.missing for one in shown]
    limits = [cap for cap in (rule.limits.cap_per_event_satang, rule.limits.cap_per_year_satang) if cap is not None]
    assert all(one.assessment.amount_satang <= cap for one in shown for cap in limits)
    clause = Granting(clause_no="17.1", account_code="5101", rule=rule, text_th="")
    for doubt in doubts(clauses=[clause, replace(clause, clause_no="17.2")], on=on):
        assert doubt.code in spoken_codes("regulations")
        for language in ("th", "en"):
            with override(language):
                assert "%(" not in sentence(doubt)
