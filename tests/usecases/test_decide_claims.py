"""One meeting decides many claims: all of the list or nothing."""
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from ombun.claims import queries
from ombun.claims.operations import Decision, DecisionRefused, decide_claims
from ombun.claims.states import Act, ClaimState
from ombun.funds.rules import Office
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from tests.usecases.welfare_house import NOW, WelfareHouse, codes
from tests.words import spoken_codes

MET_ON = date(2026, 11, 20)


@pytest.fixture
def house():
    return WelfareHouse()


def meeting(house, **more):
    """The eleventh meeting of the fourth committee, its minutes signed by the chair."""
    return NewResolution(**{"committee_no": 4, "meeting_no": 11, "met_on": MET_ON,
                            "signed_by": house.people["boonmee"], **more})


def decide(house, *decisions, list_id=None, actor=None, **more):
    """The list of decisions: (claim, satang) is a yes, (claim, "why") a no."""
    said = [Decision(claim_id=claim, approved_satang=None, because=word) if isinstance(word, str)
            else Decision(claim_id=claim, approved_satang=Satang(word)) for claim, word in decisions]
    return decide_claims(actor=actor or house.actor, list_id=list_id or uuid4(), resolution=meeting(house, **more),
                         decisions=said, recorded_at=NOW)


def refused_with(house, *decisions, **more):
    before = house.everything()
    with pytest.raises(DecisionRefused) as refused:
        decide(house, *decisions, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims") | spoken_codes("members")
    return codes(refused)


def waiting(house, *names, **more):
    """A certified claim of each of these members."""
    return [house.claim(ClaimState.CERTIFIED, member_id=house.members[name], **more) for name in names]


def test_a_meeting_says_yes_and_no(house):
    yes, less, no = waiting(house, "malee", "thong", "nai")
    list_id = uuid4()
    answer = decide(house, (yes, 600_00), (less, 500_00), (no, "ไม่ใช่การนอนโรงพยาบาล"), list_id=list_id)
    assert (answer.approved, answer.rejected, answer.approved_satang) == (2, 1, 1100_00)
    cards = [house.card(claim) for claim in (yes, less, no)]
    assert [c.state for c in cards] == [ClaimState.APPROVED, ClaimState.APPROVED, ClaimState.REJECTED]
    assert {c.decided_on for c in cards} == {MET_ON} and {c.list_id for c in cards} == {list_id}
    assert [s.name for s in cards[0].signed(Act.APPROVE)] == ["นายบุญมี มั่นคง"]
    with house.reading():
        told = queries.decided_list(fund_id=house.fund_id, list_id=list_id)
        assert queries.decided_list(fund_id=house.fund_id, list_id=uuid4()) is None
    assert (told.meeting_no, told.signed_by, [line.id for line in told.lines]) == (
        11, "นายบุญมี มั่นคง", [yes, less, no])
    assert told.because == {no: "ไม่ใช่การนอนโรงพยาบาล"}
    assert house.pay(yes, on=MET_ON).paid_satang == 600_00, "and goes on as every claim does"


def test_sent_twice_the_first_answer_comes_again(house):
    claims, list_id = waiting(house, "malee", "thong"), uuid4()
    said = [(claims[0], 600_00), (claims[1], "ยังไม่ครบ")]
    assert not decide(house, *said, list_id=list_id).was_already_recorded
    before = house.everything()
    assert decide(house, *said, list_id=list_id).was_already_recorded and house.everything() == before
    assert refused_with(house, said[0], list_id=list_id) == ["same_id_other_list"]
    assert refused_with(house, *said, list_id=list_id, meeting_no=12) == ["same_id_other_list"]


def test_the_members_limit_holds_down_the_list(house):
    first, second = (house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, day)) for day in (1, 2))
    with house.reading():
        assert [a.granted_satang for a in queries.agenda(fund_id=house.fund_id)] == [600_00, 400_00]
    assert refused_with(house, (first, 600_00), (second, 600_00)) == ["above_the_rule_book"]
    assert decide(house, (first, 600_00), (second, 400_00)).approved_satang == 1000_00


def test_every_reason_of_every_claim_at_once_and_nothing_is_written(house):
    filed, own = house.claim(happened_on=date(2026, 11, 1)), waiting(house, "malee")[0]
    house.reject(filed)
    house.elect("malee", "นางมาลี ใจบุญ", Office.VICE_CHAIR, member=house.members["malee"])
    nobody = uuid4()
    found = refused_with(house, (filed, 1_00), (own, 900_00), (nobody, "x"), (own, "  "),
                         signed_by=house.people["malee"], actor=house.as_(Role.AUDITOR))
    assert sorted(set(found)) == ["above_the_rule_book", "is_rejected", "may_not_record", "own_claim", "says_not_why",
                                  "twice_on_the_list", "unknown_claim"]
    assert found.count("may_not_record") == 1


def test_the_meeting_itself_is_refused_once_whatever_the_length_of_the_list(house):
    claims = waiting(house, "malee", "thong")
    said = [(claim, 600_00) for claim in claims]
    assert refused_with(house, *said, signed_by=house.people["somsri"]) == ["meeting_not_signed_by_chair"]
    assert refused_with(house, *said, met_on=date(2026, 12, 1)) == ["meeting_to_come"]
    assert refused_with(house) == ["nothing_to_decide"]
    assert refused_with(house, (claims[0], 600_00), met_on=date(2026, 11, 1)) == ["before_the_last_step"]


def test_the_same_statements_for_one_claim_and_for_many(house, django_assert_max_num_queries):
    counts = []
    for names in (("malee",), ("thong", "nai")):
        claims = waiting(house, *names)
        with django_assert_max_num_queries(60) as asked:
            decide(house, *((claim, 600_00) for claim in claims), meeting_no=len(names))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_two_lists_at_the_same_moment_cannot_pass_the_limit_together(house):
    claims = [house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, day)) for day in (1, 2, 3)]
    together = Barrier(len(claims))

    def at_a_desk(claim_id):
        together.wait()
        try:
            return decide(house, (claim_id, 600_00)).approved
        except DecisionRefused as refused:
            return refused.refusals[0].code
        finally:
            connection.close()
    with ThreadPoolExecutor(len(claims)) as desks:
        answers = sorted(desks.map(at_a_desk, claims), key=str)
    assert answers == [1, "claims.above_the_rule_book", "claims.above_the_rule_book"]
