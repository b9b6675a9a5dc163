"""Questions about claims, never accusations: each kind asks of its own, and of nothing that is as usual."""
from datetime import date
from uuid import UUID

import pytest

from ombun.claims.rules import Asked, questions
from ombun.claims.states import QuestionKind
from ombun.primitives.money import Satang
from ombun.regulations.rules.reading import read_rule

RULE = {"grant": {"kind": "per_unit", "unit": "night", "rate_satang": 20000}, "waiting_days": 180,
        "chair_up_to_satang": 100000}


def asked(n=1, **more):
    """Three nights in November of somebody who has long been a member, written down by four people."""
    return Asked(**{"claim_id": UUID(int=n), "member_id": n, "happened_on": date(2026, 11, 2), "units": 3,
                    "place": "รพ. หนองบัว", "approved_satang": Satang(600_00), "joined_on": date(2015, 5, 1),
                    "rule": read_rule(data=RULE), "logins": (1, 2, 3, 4), **more})


def kinds(*claims):
    return [one.kind for one in questions(claims=claims)]


def test_nothing_is_asked_of_what_is_as_usual():
    assert kinds() == kinds(asked()) == kinds(asked(1), asked(2, place="รพ. อื่น")) == []
    assert kinds(asked(1, place=""), asked(2, place="")) == []


def test_the_same_place_day_and_number_may_be_one_receipt():
    assert kinds(asked(1), asked(2, place="รพ.หนองบัว")) == [QuestionKind.SAME_PAPER]
    assert len(questions(claims=[asked(n) for n in (1, 2, 3)])) == 3


@pytest.mark.parametrize(("day", "found"), [(3, True), (4, True), (5, False)])
def test_nights_of_one_member_that_overlap(day, found):
    other = asked(2, member_id=1, happened_on=date(2026, 11, day))
    assert (QuestionKind.NIGHTS_OVERLAP in kinds(asked(1), other)) == found
    assert QuestionKind.NIGHTS_OVERLAP not in kinds(asked(1), asked(2, happened_on=date(2026, 11, day)))


@pytest.mark.parametrize(("satang", "found"), [(899_99, False), (900_00, True), (1000_00, True), (1000_01, False)])
def test_just_below_what_the_chair_may_approve_alone(satang, found):
    assert (kinds(asked(approved_satang=Satang(satang))) == [QuestionKind.JUST_BELOW_A_LIMIT]) == found


def test_one_pair_of_hands():
    assert kinds(asked(logins=(7, 7, 7, 7))) == [QuestionKind.ONE_PAIR_OF_HANDS]
    assert kinds(asked(logins=(7, 7, 7, 8))) == kinds(asked(logins=(7, 7))) == []


@pytest.mark.parametrize(("joined", "found"), [
    (date(2026, 5, 6), True), (date(2026, 4, 7), True), (date(2026, 4, 6), False), (date(2026, 5, 7), False),
    (None, False)])
def test_soon_after_the_waiting_period(joined, found):
    assert (kinds(asked(joined_on=joined)) == [QuestionKind.SOON_AFTER_JOINING]) == found
