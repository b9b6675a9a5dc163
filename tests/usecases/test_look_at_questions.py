"""The auditor looks at a question once and says what was seen."""
from datetime import date, timedelta
from uuid import uuid4

import pytest

from ombun.claims import queries
from ombun.claims.operations import LookRefused, look_at, pay_claim
from ombun.claims.rules import Question
from ombun.claims.states import ClaimState, QuestionKind
from ombun.primitives.actors import Role
from tests.usecases.welfare_house import NOW, WelfareHouse, codes
from tests.words import spoken_codes

ON = date(2026, 11, 25)
SEEN = "ดูใบเสร็จแล้ว คนละใบกัน"


@pytest.fixture
def house():
    """Two members who lay in the same hospital on the same day, each step written down by one login."""
    house = WelfareHouse()
    house.paid = [house.claim(ClaimState.APPROVED, member_id=house.members[name]) for name in ("malee", "thong")]
    for claim_id in house.paid:
        pay_claim(actor=house.actor, claim_id=claim_id, paid_by=house.people["somsri"], paid_on=date(2026, 11, 7),
                  payee_name="นางมาลี ใจบุญ", recorded_at=NOW + timedelta(hours=1))
    house.auditor = house.as_(Role.AUDITOR)
    return house


def asked(house):
    with house.reading():
        return queries.open_questions_on(fund_id=house.fund_id, on=ON)


def look(house, question, *, look_id=None, because=SEEN, actor=None):
    return look_at(actor=actor or house.auditor, look_id=look_id or uuid4(), question=question, because=because,
                   recorded_at=NOW)


def refused_with(house, question, **more):
    before = asked(house)
    with pytest.raises(LookRefused) as refused:
        look(house, question, **more)
    assert asked(house) == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def test_what_was_looked_at_is_not_asked_again(house):
    first = asked(house)
    assert [one.kind for one in first] == [QuestionKind.SAME_PAPER, *[QuestionKind.ONE_PAIR_OF_HANDS] * 2]
    assert {one.code for one in first} <= spoken_codes("claims")
    look_id = uuid4()
    assert look(house, first[0], look_id=look_id) and not look(house, first[0], look_id=look_id)
    assert asked(house) == first[1:]
    with house.reading():
        [seen] = queries.looks(fund_id=house.fund_id)
        cards = queries.question_cards(fund_id=house.fund_id, on=ON)
    assert (seen.because, {line.id for line in seen.lines}) == (SEEN, set(house.paid))
    assert [len(card.lines) for card in cards] == [1, 1]
    assert refused_with(house, first[0]) == ["looked_at_already"]
    assert refused_with(house, first[0], look_id=look_id, because="อื่น") == ["same_id_other_look"]


def test_every_reason_not_to_write_it_down(house):
    nothing = Question(kind=QuestionKind.NIGHTS_OVERLAP, claim_id=house.paid[0], other_id=house.paid[1])
    assert refused_with(house, nothing, because=" ", actor=house.actor) == [
        "only_the_auditor_looks", "no_such_question", "says_not_what_was_seen"]
    assert refused_with(house, asked(house)[0], because="ก" * 501) == ["text_too_long"]


def test_of_a_history_written_down_in_one_go_nobody_asks_whose_hands_wrote_it(house):
    kinds = [one.kind for one in asked(house)]
    house.claim(ClaimState.PAID, happened_on=date(2026, 11, 1), units=1)
    assert [one.kind for one in asked(house)] == kinds
