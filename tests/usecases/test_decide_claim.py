"""The chair says yes to a sum, or no with a reason."""
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from ombun.claims.operations import DecisionRefused
from ombun.claims.states import Act, ClaimState
from ombun.funds.rules import Office
from ombun.members.models import Member
from ombun.primitives.actors import Role
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.operations import adopt_version
from tests.usecases.welfare_house import NOW, WelfareHouse, codes, first_version
from tests.words import spoken_codes


@pytest.fixture
def house():
    return WelfareHouse()


def refused_with(house, decide, claim_id, **more):
    before = house.everything()
    with pytest.raises(DecisionRefused) as refused:
        decide(claim_id, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims") | spoken_codes("regulations")
    return codes(refused)


def test_the_chair_says_yes(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert house.approve(claim_id, satang=500_00).state == ClaimState.APPROVED
    card = house.card(claim_id)
    assert (card.approved_satang, card.assessed_satang, card.decided_on) == (500_00, 600_00, date(2026, 11, 6))
    assert [s.name for s in card.signed(Act.APPROVE)] == ["นายบุญมี มั่นคง"]


def test_sent_twice_the_first_answer_comes_again(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    house.approve(claim_id)
    before = house.everything()
    assert house.approve(claim_id).was_already_recorded and house.everything() == before
    assert refused_with(house, house.approve, claim_id, satang=1_00) == ["waits_for_payment", "same_person"]
    house.pay(claim_id)
    assert house.approve(claim_id).state == ClaimState.PAID
    other = house.claim(happened_on=date(2026, 11, 1))
    assert [house.reject(other).was_already_recorded for _ in range(2)] == [False, True]


def test_never_more_than_the_rule_book_grants_and_never_nothing(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert refused_with(house, house.approve, claim_id, satang=600_01) == ["above_the_rule_book"]
    assert refused_with(house, house.approve, claim_id, satang=0) == ["nothing_to_approve"]


def test_two_claims_of_one_year_share_its_limit(house):
    first, second = (house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, day)) for day in (1, 2))
    house.approve(first)
    assert house.card(second).assessed_satang == 600_00, "what was true when it was filed"
    assert refused_with(house, house.approve, second) == ["above_the_rule_book"]
    house.approve(second, satang=400_00)
    card = house.card(second)
    assert card.assessed_satang == 400_00 and card.steps[-2].code == "regulations.cap_per_year"
    assert card.steps[-2].facts["used_satang"] == 600_00


def test_two_desks_at_the_same_moment_cannot_pass_the_limit_together(house):
    claims = [house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, day)) for day in (1, 2, 3)]
    together = Barrier(len(claims))

    def decide(claim_id):
        together.wait()
        try:
            return house.approve(claim_id, on=date(2026, 11, 8)).state
        except DecisionRefused as refused:
            return refused.refusals[0].code
        finally:
            connection.close()
    with ThreadPoolExecutor(len(claims)) as desks:
        answers = sorted(desks.map(decide, claims))
    assert answers == ["APPROVED", "claims.above_the_rule_book", "claims.above_the_rule_book"]


def test_another_year_has_its_own_limit(house):
    old = house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 9, 30))
    new = house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 10, 1))
    assert {house.approve(claim_id).state for claim_id in (old, new)} == {ClaimState.APPROVED}


def test_what_is_missing_is_asked_for_until_the_registrar_has_written_it(house):
    claim_id = house.claim(ClaimState.CERTIFIED, member_id=house.members["nai"], benefit="elderly", units=None)
    assert refused_with(house, house.approve, claim_id, satang=200_00) == ["missing_born_on"]
    with fund_transaction(fund_id=house.fund_id):
        Member.objects.filter(id=house.members["nai"]).update(born_on=date(1950, 1, 1), birth_precision="day")
    house.approve(claim_id, satang=200_00)
    assert house.card(claim_id).missing == ()


def test_a_version_voted_meanwhile_for_that_day_decides(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    generous = [c if c.benefit != "hospital" else type(c)(**{**vars(c), "clause_no": "20.2", "rule": {
        **c.rule, "limits": {}}}) for c in first_version().clauses]
    adopt_version(actor=house.actor, recorded_at=NOW, version=first_version(
        number=2, in_force_from=date(2026, 10, 1), voted_on=date(2026, 11, 5), clauses=tuple(generous)))
    house.approve(claim_id)
    assert house.card(claim_id).clause_no == "20.2"


def test_only_the_chair_or_the_vice_chair_decides_and_nobody_who_certified(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert refused_with(house, house.approve, claim_id, by="somsri") == ["not_chair"]
    house.elect("dao", "น.ส.ดาว แสนดี", Office.VICE_CHAIR)
    assert refused_with(house, house.approve, claim_id, by="dao") == ["same_person"]
    assert refused_with(house, house.reject, claim_id, by="dao") == ["same_person"]
    assert house.approve(claim_id, by="kamon").state == ClaimState.APPROVED


def test_nobody_decides_their_own_claim(house):
    house.elect("malee", "นางมาลี ใจบุญ", Office.VICE_CHAIR, member=house.members["malee"])
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert refused_with(house, house.approve, claim_id, by="malee") == ["own_claim"]
    assert refused_with(house, house.reject, claim_id, by="malee") == ["own_claim"]


def test_what_is_not_certified_is_not_approved_but_may_be_rejected(house):
    claim_id = house.claim()
    assert refused_with(house, house.approve, claim_id) == ["waits_for_certification"]
    assert house.reject(claim_id).state == ClaimState.REJECTED
    card = house.card(claim_id)
    assert (card.rejected_because, [s.act for s in card.signatures]) == ("ไม่ใช่การนอนโรงพยาบาล", [Act.REJECT])
    assert refused_with(house, house.approve, claim_id) == ["is_rejected", "same_person"]


def test_a_no_has_a_reason(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert refused_with(house, house.reject, claim_id, because="  ") == ["says_not_why"]
    assert refused_with(house, house.reject, claim_id, because="ก" * 501) == ["text_too_long"]


def test_every_reason_at_once(house):
    claim_id = house.claim()
    auditor = house.as_(Role.AUDITOR)
    early, late = {"actor": auditor, "on": date(2026, 11, 3)}, {"actor": auditor, "on": date(2026, 11, 27)}
    assert refused_with(house, house.approve, claim_id, by="dao", satang=900_00, **early) == [
        "may_not_record", "waits_for_certification", "before_the_last_step", "not_chair", "above_the_rule_book"]
    assert refused_with(house, house.reject, claim_id, by="dao", because="", **late) == [
        "may_not_record", "day_to_come", "not_chair", "says_not_why"]


def test_an_approved_claim_is_not_rejected_any_more(house):
    assert refused_with(house, house.reject, house.claim(ClaimState.APPROVED), by="kamon") == ["waits_for_payment"]
