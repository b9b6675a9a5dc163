"""A fund's past under a draft, and under the clauses of its time: sums, people, reasons, few questions."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.claims.operations import UsedBefore, agree_recovery, take_repayment, write_opening_uses
from ombun.claims.queries import back_test, entitled_by_age, what_if
from ombun.claims.rules import Agreement
from ombun.claims.states import ClaimState
from ombun.members.operations import correct_member
from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.primitives.money import Satang
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.bulk import Cost, People
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import ForWhom, Kind, Relative, Sex
from tests.usecases.welfare_house import NOW, WelfareHouse

RULES = {clause.benefit: read_rule(data=clause.rule) for clause in first_rule_book()}
YEARS = (2026, 2027)


@pytest.fixture
def house():
    """Malee was paid 600 and 400 for nights in hospital, Thong 600, who was too young for the elderly money."""
    house = WelfareHouse()
    house.claim(ClaimState.PAID)
    house.claim(ClaimState.PAID, happened_on=date(2026, 11, 3), units=3)
    house.claim(ClaimState.PAID, member_id=house.members["thong"])
    refused = house.claim(ClaimState.FILED, member_id=house.members["thong"], benefit="elderly", units=None)
    house.certify(refused)
    house.reject(refused)
    return house


def looked(house, rules, years=YEARS):
    with house.reading():
        return what_if(fund_id=house.fund_id, rules=rules, years=years)


def run_again(house, year=2027):
    with house.reading():
        return back_test(fund_id=house.fund_id, year=year)


def correct_joining(house, name, joined_on):
    """The register had the wrong day."""
    correct_member(actor=house.actor, correction_id=uuid4(), member_id=house.members[name], corrected_on=NOW.date(),
                   recorded_at=NOW, person=NewMember(
                       member_no="0003", name_title="นาย", first_name="ใน", last_name="ใจบุญ", joined_on=joined_on,
                       birth_precision=BirthPrecision.NONE, centre_id=house.centres[4]))


def test_the_rules_in_force_give_what_was_paid(house):
    told = looked(house, RULES)
    assert told.years == YEARS and told.whole == told.by_year[1] == Cost(
        asked_times=4, paid_times=3, paid_satang=Satang(1600_00), draft_times=3, draft_satang=Satang(1600_00),
        open_times=0)
    assert told.people == People(more=0, less=0, same=2) and told.without_past == ("birth", "death")
    assert run_again(house).same_times == run_again(house).paid_times == 3 and run_again(house).differences == ()
    assert run_again(house, 2026).paid_times == 0


def test_a_draft_is_told_by_kind_and_year_with_who_would_get_more_or_less(house):
    hospital = replace(RULES["hospital"], limits=replace(
        RULES["hospital"].limits, cap_per_event_satang=Satang(500_00), cap_per_year_satang=Satang(1200_00)))
    elderly = replace(RULES["elderly"], min_age_years=36)
    told = looked(house, {"hospital": hospital, "elderly": elderly})
    kinds = {kind.benefit: kind for kind in told.kinds}
    assert kinds["hospital"].whole.draft_satang == 1500_00
    assert kinds["hospital"].people == People(more=0, less=1, same=1)
    assert kinds["elderly"].whole == Cost(
        asked_times=1, paid_times=0, paid_satang=Satang(0), draft_times=1, draft_satang=Satang(200_00), open_times=0)
    assert told.people == People(more=1, less=0, same=1) and told.whole.more_satang == 100_00


@pytest.mark.parametrize(("words", "draft_satang", "open_times"), [
    ({"sex": Sex.MALE}, 0, 0), ({"sex": Sex.FEMALE, "villages": (4, 7)}, 1600_00, 0), ({"villages": (5,)}, 0, 0),
    ({"deadline_days": 1}, 600_00, 0), ({"months": (11,)}, 1600_00, 0), ({"months": (10, 12)}, 0, 0),
    ({"kinds": (Kind.ELDERLY,)}, 0, 3), ({"relative": Relative.MOTHER}, 0, 3), ({"min_grade_hundredths": 1}, 0, 3),
    ({"for_whom": ForWhom.OTHERS}, 0, 0), ({"max_age_years": 40}, 600_00, 0), ({"min_age_years": 60}, 1000_00, 0)])
def test_every_condition_is_read_from_the_register_and_the_claims(house, words, draft_satang, open_times):
    told = looked(house, {"hospital": replace(RULES["hospital"], **words)}).kinds[0].whole
    assert (told.draft_satang, told.open_times) == (draft_satang, open_times)


def test_houses_and_budgets_hold_in_a_draft(house):
    def drafted(**limits):
        return looked(house, {"hospital": replace(RULES["hospital"], limits=replace(
            RULES["hospital"].limits, **limits))}).kinds[0].whole

    assert drafted(household_times_per_year=1).open_times == 3  # nobody wrote down who lives where
    assert drafted(budget_per_year_satang=Satang(1100_00)).draft_satang == 1100_00
    assert drafted(together_with=("elderly",), cap_per_year_satang=Satang(700_00)).draft_satang == 1300_00


def test_a_kind_that_the_draft_drops_is_given_nothing(house):
    told = looked(house, {"elderly": RULES["elderly"]})
    assert [(kind.benefit, kind.is_in_draft, kind.whole.draft_satang) for kind in told.kinds] == [
        ("hospital", False, 0), ("elderly", True, 0)]
    assert told.people == People(more=0, less=2, same=0)


def test_what_was_used_before_the_books_began_counts_here_too(house):
    write_opening_uses(actor=house.actor, recorded_at=NOW, uses=[UsedBefore(
        member_id=house.members["malee"], benefit="hospital", times=1, units=2, amount_satang=Satang(400_00))])
    house.claim(ClaimState.PAID, happened_on=date(2026, 9, 29), units=3)
    told = looked(house, {**RULES, "hospital": replace(RULES["hospital"], limits=replace(
        RULES["hospital"].limits, units_per_year=4))})
    assert [cost.paid_satang for cost in told.by_year] == [600_00, 1600_00]
    assert [cost.draft_satang for cost in told.by_year] == [400_00, 1400_00]  # two and four nights are left
    assert run_again(house, 2026).same_times == 1


def test_the_committee_gave_less_and_facts_that_changed_since_are_told(house):
    filed = house.file(happened_on=date(2026, 11, 3), units=1, member_id=house.members["thong"])
    house.certify(filed.claim_id)
    house.approve(filed.claim_id, satang=150_00)
    paid = house.claim(ClaimState.PAID, member_id=house.members["nai"])
    correct_joining(house, "nai", date(2026, 10, 1))
    told = {difference.claim_id: difference for difference in run_again(house).differences}
    assert {(d.code, d.reason, d.paid_satang, d.granted_satang, d.assessed_satang) for d in told.values()} == {
        ("committee_gave_less", "granted", 150_00, 200_00, 200_00),
        ("facts_changed_since", "still_waiting", 600_00, 0, 600_00)}
    assert paid in told and run_again(house).same_times == 3


def test_a_word_that_cannot_be_run_is_told_and_stands_in_no_sum(house, monkeypatch):
    monkeypatch.setattr("ombun.regulations.rules.bulk.granting._LIMITS", frozenset())
    told = looked(house, RULES)
    assert {kind.benefit for kind in told.kinds if kind.refusals} == {"hospital", "elderly"}
    assert told.whole.asked_times == 0
    assert [refusal.about for refusal in run_again(house).refusals] == [
        "rule.limits.cap_per_event_satang", "rule.limits.cap_per_year_satang"]


def test_the_number_of_questions_does_not_grow_with_the_past(house):
    def counted():
        with house.reading(), CaptureQueriesContext(connection) as captured:
            what_if(fund_id=house.fund_id, rules=RULES, years=YEARS)
            back_test(fund_id=house.fund_id, year=2027)
        return len(captured)

    before = counted()
    house.claim(ClaimState.PAID, member_id=house.members["nai"])
    assert counted() == before <= 10


def test_a_fund_without_a_past_costs_nothing():
    house = WelfareHouse()
    told = looked(house, RULES)
    assert told.kinds == () and told.whole.asked_times == 0 and told.people == People(more=0, less=0, same=0)
    assert told.without_past == tuple(RULES) and run_again(house, 2027).differences == ()


def test_what_came_back_of_a_payment_no_longer_counts_for_the_next(house):
    """The first 600 came back in full, so that the next three nights still get 600, and those after them 400."""
    first = house.claim(ClaimState.PAID, member_id=house.members["nai"])
    agree_recovery(
        actor=house.actor, recovery_id=uuid4(), claim_id=first, recorded_at=NOW, new=Agreement(
            agreed_on=date(2026, 11, 10), agreed_by=house.people["boonmee"], payer_name="นายใน ใจบุญ",
            because="ไม่ได้นอน", amount_satang=Satang(600_00), parts=1, first_due_on=date(2026, 11, 10)))
    take_repayment(actor=house.actor, repayment_id=uuid4(), claim_id=first, amount_satang=Satang(600_00),
                   paid_on=date(2026, 11, 10), received_by=house.people["somsri"], recorded_at=NOW)
    for day in (3, 4):
        filed = house.file(member_id=house.members["nai"], happened_on=date(2026, 11, day))
        house.certify(filed.claim_id)
        house.approve(filed.claim_id, satang=filed.assessed_satang if day == 3 else 400_00)
    assert run_again(house, 2027).differences == () and run_again(house, 2027).same_times == 6


def test_what_comes_with_age_is_counted_from_the_register(house):
    """Malee is 60 on 1 March 2012; Thong, Duang are young, of Nai nobody knows; all joined in May 2015."""
    days = [date(2017, 9, 30), date(2018, 9, 30), date(2026, 9, 30)]
    with house.reading():
        told = entitled_by_age(fund_id=house.fund_id, rules=RULES, days=days)
        none = entitled_by_age(fund_id=house.fund_id, rules={"death": RULES["death"]}, days=days)
        younger = entitled_by_age(fund_id=house.fund_id, days=days, rules={
            "elderly": replace(RULES["elderly"], min_age_years=30, min_membership_years=1, deadline_days=30)})
    assert [(one.benefit, one.people, one.satang) for one in told] == [("elderly", (0, 1, 1), (0, 200_00, 200_00))]
    assert none == () and younger[0].people == (1, 1, 3)
