"""What was rejected is asked again with new reasons, and decided by somebody else."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims.operations import DecisionRefused, FilingRefused, appeal_claim
from ombun.claims.states import ClaimState
from ombun.funds.rules import Office
from ombun.primitives.actors import Role
from tests.usecases.welfare_house import NOW, WelfareHouse, codes
from tests.words import spoken_codes

NEW = "มีใบรับรองแพทย์แล้ว"


@pytest.fixture
def house():
    return WelfareHouse()


def rejected(house):
    """A claim that was certified and to which the chair said no."""
    claim_id = house.claim(ClaimState.CERTIFIED)
    house.reject(claim_id)
    return claim_id


def appeal(house, claim_id, *, appeal_id=None, because=NEW, on=date(2026, 11, 10), actor=None):
    """Asked again four days later."""
    return appeal_claim(actor=actor or house.actor, appeal_id=appeal_id or uuid4(), claim_id=claim_id, because=because,
                        filed_on=on, recorded_at=NOW)


def refused_with(house, claim_id, **more):
    before = house.everything()
    with pytest.raises(FilingRefused) as refused:
        appeal(house, claim_id, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def test_it_is_a_claim_of_its_own_and_goes_the_whole_way_again(house):
    first = rejected(house)
    again = appeal(house, first).claim_id
    card = house.card(again)
    assert (card.appeal_of_id, card.state, card.details["appeal"]) == (first, ClaimState.FILED, NEW)
    assert card.details["place"] == "โรงพยาบาลหนองบัว" and card.assessed_satang == 600_00
    assert house.card(first).appealed_by_id == again and house.card(first).state == ClaimState.REJECTED
    house.certify(again, on=date(2026, 11, 11))
    house.approve(again, by="kamon", on=date(2026, 11, 12))
    assert house.pay(again, on=date(2026, 11, 12)).paid_satang == 600_00


def test_sent_twice_the_first_answer_comes_again(house):
    first, again = rejected(house), uuid4()
    assert not appeal(house, first, appeal_id=again).was_already_recorded
    before = house.everything()
    assert appeal(house, first, appeal_id=again).was_already_recorded and house.everything() == before
    assert refused_with(house, first, appeal_id=again, because="อื่น") == ["same_id_other_claim"]


def test_who_said_no_does_not_decide_it_again_where_somebody_else_may(house):
    again = appeal(house, rejected(house)).claim_id
    house.certify(again, on=date(2026, 11, 11))
    for deed in (house.approve, house.reject):
        with pytest.raises(DecisionRefused) as refused:
            deed(again, on=date(2026, 11, 12))
        assert codes(refused) == ["said_no_before"]
        assert refused.value.refusals[0].facts["other"] == "นายกมล ศรีสุข"
    assert house.approve(again, by="kamon", on=date(2026, 11, 12)).state == ClaimState.APPROVED


def test_where_there_is_nobody_else_the_same_chair_decides(house):
    again = appeal(house, rejected(house)).claim_id
    house.elect("kamon", "นายกมล ศรีสุข", Office.CENTRE_MEMBER, 4)
    house.certify(again, "kamon", "dao", "kham", on=date(2026, 11, 11))
    assert house.approve(again, on=date(2026, 11, 12)).state == ClaimState.APPROVED


def test_a_new_claim_for_the_same_event_is_decided_by_others_too(house):
    rejected(house)
    again = house.claim(ClaimState.CERTIFIED, filed_on=date(2026, 11, 5))
    with pytest.raises(DecisionRefused) as refused:
        house.approve(again)
    assert codes(refused) == ["said_no_before"]


def test_only_what_was_rejected_once_and_with_something_new_to_say(house):
    claim_id = house.claim()
    assert refused_with(house, claim_id) == ["was_not_rejected", "asked_already"]
    assert refused_with(house, uuid4()) == ["unknown_claim"]
    house.reject(claim_id)
    assert refused_with(house, claim_id, because="  ") == ["says_nothing_new"]
    assert refused_with(house, claim_id, because="ก" * 501) == ["text_too_long"]
    assert refused_with(house, claim_id, on=date(2026, 11, 5)) == ["before_the_last_step"]
    assert refused_with(house, claim_id, actor=house.as_(Role.MEMBER, member_id=house.members["thong"])) == [
        "only_for_yourself"]
    mine = house.as_(Role.MEMBER, member_id=house.members["malee"])
    again = appeal(house, claim_id, actor=mine).claim_id
    house.reject(again, by="kamon", on=date(2026, 11, 11))
    assert refused_with(house, claim_id, on=date(2026, 11, 12)) == ["appealed_already"]
