"""A claim filed under an entry that was merged since is the person's: assessed, signed and paid like any other."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims.operations import CertificationRefused, DecisionRefused
from ombun.claims.queries import asked_since_leaving, claims_of_member, judged_filing
from ombun.claims.rules import Filing
from ombun.claims.states import ClaimState
from ombun.funds.rules import Office
from ombun.jobs.checking import checks
from ombun.members.operations import end_membership, merge_members, write_members
from ombun.members.rules.membership import LeftReason, NewMember
from ombun.primitives.transactions import fund_transaction
from tests.usecases.planted import refusing_constraint, written_past_python
from tests.usecases.welfare_house import NOW, WelfareHouse, codes


@pytest.fixture
def house():
    """A fund in which Malee stands a second time, in village 5, under another number."""
    house = WelfareHouse()
    with fund_transaction(fund_id=house.fund_id):
        house.members["again"], = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no="0099", name_title="นาง", first_name="มะลิ", last_name="ใจบุญ", joined_on=date(2026, 10, 5),
            centre_id=house.centres[5]))])
    return house


def merge(house, kept="malee", merged="again"):
    merge_members(actor=house.actor, merge_id=uuid4(), kept_id=house.members[kept], merged_id=house.members[merged],
                  recorded_at=NOW)


def test_a_claim_in_hand_goes_on_as_the_persons(house):
    filed = house.file(member_id=house.members["again"])
    assert filed.assessed_satang == 0  # not a member for 180 days under this entry
    merge(house)
    card = house.card(filed.claim_id)
    assert (card.member_id, card.full_name, card.centre_id) == (
        house.members["malee"], "นางมาลี ใจบุญ", house.centres[4])
    house.certify(filed.claim_id)
    house.approve(filed.claim_id, satang=300_00)
    house.pay(filed.claim_id)
    assert house.card(filed.claim_id).state == ClaimState.PAID
    with house.reading():
        assert [one.id for one in claims_of_member(fund_id=house.fund_id, member_id=house.members["malee"])] == [
            filed.claim_id]


def test_what_was_asked_under_one_entry_is_not_asked_again_under_the_other(house):
    house.file(member_id=house.members["again"])
    merge(house)
    with house.reading():
        found = judged_filing(actor=house.actor, today=date(2026, 11, 25), filing=Filing(
            member_id=house.members["malee"], benefit="hospital", happened_on=date(2026, 11, 2), units=3,
            filed_on=date(2026, 11, 4), details={"place": "โรงพยาบาลหนองบัว"},
            documents_seen=()))
    assert "claims.asked_already" in {r.code for r in found.refusals}


def test_nobody_signs_for_themselves_under_another_entry(house):
    house.elect("malee", "นางมาลี ใจบุญ", Office.CENTRE_MEMBER, 4, member=house.members["malee"])
    filed = house.file(member_id=house.members["again"])
    merge(house)
    with pytest.raises(CertificationRefused) as refused:
        house.certify(filed.claim_id, "dao", "kham", "malee")
    assert codes(refused) == ["own_claim"]
    house.certify(filed.claim_id)
    signed = """INSERT INTO claims_signature (fund_id, claim_id, person_id, act, signed_on, recorded_by, recorded_at)
      VALUES (%(fund)s, %(claim)s, %(person)s, 'CERTIFY', '2026-11-05', 1, now())"""
    facts = {"fund": house.fund_id, "claim": filed.claim_id, "person": house.people["malee"]}
    assert refusing_constraint(fund_id=house.fund_id, statements=[signed], **facts) == "claim_not_signed_by_its_member"
    check = checks()["claims.claims_signed_by_their_own_member"]
    with written_past_python(fund_id=house.fund_id, statements=[
            "ALTER TABLE claims_signature DISABLE TRIGGER USER", signed], **facts):
        assert [finding.about for finding in check(fund_id=house.fund_id)] == [f"claim:{filed.claim_id}"]


def test_two_offices_under_two_entries_are_one_signer(house):
    house.elect("one", "นางมาลี", Office.CENTRE_MEMBER, 4, member=house.members["malee"])
    house.elect("two", "นางมะลิ", Office.VICE_CHAIR, member=house.members["again"])
    filed = house.file(member_id=house.members["thong"])
    house.certify(filed.claim_id, "dao", "kham", "one")
    merge(house)
    with pytest.raises(DecisionRefused) as refused:
        house.approve(filed.claim_id, by="two", satang=filed.assessed_satang)
    assert "same_person" in codes(refused)


def test_a_leaving_that_a_claim_of_the_other_entry_stands_on_is_not_taken_back(house):
    filed = house.file(member_id=house.members["again"], benefit="death", units=None,
                       happened_on=date(2026, 11, 2), details={})
    merge(house)
    end_membership(actor=house.actor, member_id=house.members["malee"], left_on=date(2026, 11, 2),
                   reason=LeftReason.DECEASED, recorded_at=NOW)
    with house.reading():
        assert asked_since_leaving(fund_id=house.fund_id, member_ids=[house.members["malee"]]) == {
            house.members["malee"]}
    assert filed.claim_no == 1
