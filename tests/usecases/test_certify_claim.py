"""Three people of the village centre say on paper that it is true."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims.operations import CertificationRefused
from ombun.claims.rules import ClaimFacts, Offices, refusals_to_certify
from ombun.claims.states import Act, ClaimState
from ombun.funds.operations import FundRefused
from ombun.funds.rules import Holding, Office
from ombun.primitives.actors import Role
from tests.usecases.welfare_house import WelfareHouse, codes
from tests.words import spoken_codes


@pytest.fixture
def house():
    return WelfareHouse()


def refused_with(house, claim_id, *people, **more):
    before = house.everything()
    with pytest.raises(CertificationRefused) as refused:
        house.certify(claim_id, *people, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def test_three_names_are_kept_with_the_day(house):
    claim_id = house.claim()
    assert house.certify(claim_id).state == ClaimState.CERTIFIED
    card = house.card(claim_id)
    assert (card.state, card.certified_on) == (ClaimState.CERTIFIED, date(2026, 11, 5))
    assert {s.name for s in card.signed(Act.CERTIFY)} == {"น.ส.ดาว แสนดี", "นายคำ แสนดี", "นายบุญมา แสนดี"}


def test_sent_twice_the_first_answer_comes_again_even_when_the_claim_has_gone_on(house):
    claim_id = house.claim()
    assert not house.certify(claim_id).was_already_recorded
    house.approve(claim_id)
    before = house.everything()
    again = house.certify(claim_id, "boonma", "dao", "kham")
    assert (again.was_already_recorded, again.state) == (True, ClaimState.APPROVED)
    assert house.everything() == before
    assert refused_with(house, claim_id, "dao", "kham", "lamai", on=date(2026, 11, 6)) == [
        "waits_for_payment", "same_person", "same_person"]


def test_it_takes_three_different_people(house):
    claim_id = house.claim()
    assert refused_with(house, claim_id, "dao", "kham") == ["three_people_certify"]
    assert refused_with(house, claim_id, "dao", "kham", "dao") == ["three_people_certify", "same_person"]
    assert refused_with(house, claim_id, "dao", "kham", "lamai", "boonma") == ["three_people_certify"]


def test_one_member_stands_on_the_list_under_one_name(house):
    house.elect("twin", "นายคู่ แสนดี", Office.CENTRE_MEMBER, 4, member=house.members["thong"])
    with pytest.raises(FundRefused, match="member_is_somebody_else"):
        house.elect("twin2", "คู่ แสนดี", Office.CENTRE_MEMBER, 4, member=house.members["thong"])


def test_and_even_two_names_of_one_member_would_be_one_person(house):
    dao, twin, twin2, centre = uuid4(), uuid4(), uuid4(), uuid4()
    holdings = tuple(Holding(person_id=person, office=Office.CENTRE_MEMBER, centre_id=centre, from_on=date(2020, 1, 1),
                             until_on=None, member_id=member) for person, member in ((dao, 1), (twin, 2), (twin2, 2)))
    claim = ClaimFacts(state=ClaimState.FILED, member_id=3, centre_id=centre, filed_on=date(2026, 11, 4),
                       certified_on=None, decided_on=None, approved_satang=None, signatures=())
    found = refusals_to_certify(
        actor=house.actor, claim=claim, certifiers=[dao, twin, twin2], certified_on=date(2026, 11, 5),
        offices=Offices(holdings=holdings, names={}), today=date(2026, 11, 5))
    assert [r.code for r in found] == ["claims.same_person"]


def test_they_hold_office_in_the_members_own_village_on_that_day(house):
    claim_id = house.claim()
    house.elect("late", "นางสาย มาช้า", Office.CENTRE_MEMBER, 4, from_on=date(2026, 11, 6))
    house.elect("gone", "นายเก่า ลาแล้ว", Office.CENTRE_MEMBER, 4, until_on=date(2026, 11, 5))
    assert refused_with(house, claim_id, "dao", "prasit", "boonmee") == ["not_of_the_centre", "not_of_the_centre"]
    assert refused_with(house, claim_id, "dao", "late", "gone") == ["not_of_the_centre", "not_of_the_centre"]
    house.certify(claim_id, "dao", "kham", "late", on=date(2026, 11, 6))


def test_nobody_certifies_their_own_claim(house):
    house.elect("malee", "นางมาลี ใจบุญ", Office.CENTRE_MEMBER, 4, member=house.members["malee"])
    assert refused_with(house, house.claim(), "dao", "kham", "malee") == ["own_claim"]


def test_without_a_village_nobody_can_certify(house):
    claim_id = house.claim(member_id=house.members["duang"])
    assert refused_with(house, claim_id) == ["member_has_no_centre"]


@pytest.mark.parametrize(("on", "found"), [
    (date(2026, 11, 3), ["before_the_last_step"]), (date(2026, 11, 26), ["day_to_come"])])
def test_the_day_fits_between_filing_and_today(house, on, found):
    assert refused_with(house, house.claim(), on=on) == found


def test_every_reason_at_once_from_a_desk_that_may_not_record(house):
    claim_id = house.claim()
    house.reject(claim_id)
    assert refused_with(house, claim_id, "dao", "prasit", actor=house.as_(Role.COLLECTOR), on=date(2026, 11, 1)) == [
        "may_not_record", "is_rejected", "before_the_last_step", "three_people_certify", "not_of_the_centre"]


def test_an_unknown_claim_and_another_funds_claim_look_alike(house):
    other = WelfareHouse()
    assert refused_with(house, uuid4()) == ["unknown_claim"] == refused_with(house, other.claim())
