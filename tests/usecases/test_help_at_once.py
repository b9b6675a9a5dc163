"""Two people hand over money at once; the claim follows and settles the rest."""
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from ombun.claims import queries
from ombun.claims.operations import DecisionRefused, NewHelp, PaymentRefused, help_at_once
from ombun.claims.states import ClaimState
from ombun.funds.rules import Office
from ombun.ledger import queries as books
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.regulations.operations import adopt_version
from tests.usecases.welfare_house import NOW, WelfareHouse, codes, first_version
from tests.words import spoken_codes


def clauses(**more):
    """The first rule book, with help at once for nights in hospital."""
    return tuple(one if one.benefit != "hospital" else type(one)(**{**vars(one), "rule": {**one.rule, **more}})
                 for one in first_version().clauses)


@pytest.fixture
def house():
    house = WelfareHouse(adopts=False)
    adopt_version(actor=house.actor, recorded_at=NOW, version=first_version(clauses=clauses(
        at_once={"limit_satang": 300_00, "documents": ["id_card"]}, chair_up_to_satang=500_00)))
    return house


def filed(house, **more):
    return house.claim(documents_seen=("id_card",), **more)


def give(house, claim_id, *, help_id=None, actor=None, **more):
    """The chair agrees, the treasurer hands over 300 baht on the day of filing."""
    new = NewHelp(**{"amount_satang": Satang(300_00), "helped_on": date(2026, 11, 4), "payee_name": "นางมาลี ใจบุญ",
                     "agreed_by": house.people["boonmee"], "paid_by": house.people["somsri"], **more})
    return help_at_once(actor=actor or house.actor, help_id=help_id or uuid4(), claim_id=claim_id, new=new,
                        recorded_at=NOW)


def refused_with(house, claim_id, **more):
    before = house.everything()
    with pytest.raises(PaymentRefused) as refused:
        give(house, claim_id, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def balances(house):
    with house.reading():
        rows = books.trial_balance(fund_id=house.fund_id, on=date(2026, 12, 31))
    return {row.account: row.debit_satang - row.credit_satang for row in rows}


def test_money_is_there_at_once_and_the_claim_settles_the_rest(house):
    claim_id = filed(house)
    give(house, claim_id)
    assert (balances(house)["1600"], balances(house)["1110"]) == (300_00, 4_700_00)
    with house.reading():
        [(line, given)] = queries.helped_and_open(fund_id=house.fund_id)
    assert (line.id, given.amount_satang, given.agreed_by) == (claim_id, 300_00, "นายบุญมี มั่นคง")
    house.certify(claim_id)
    house.approve(claim_id, satang=500_00)
    assert house.pay(claim_id).paid_satang == 500_00
    told = balances(house)
    assert (told["5102"], told["1110"], told.get("1600", 0)) == (500_00, 4_500_00, 0)
    with house.reading():
        assert queries.helped_and_open(fund_id=house.fund_id) == ()


def test_a_claim_of_just_what_was_handed_over_is_settled_without_money(house):
    claim_id = filed(house)
    give(house, claim_id)
    house.certify(claim_id)
    house.approve(claim_id, satang=300_00)
    house.pay(claim_id)
    assert balances(house)["1110"] == 4_700_00


def test_sent_twice_the_first_answer_comes_again(house):
    claim_id, help_id = filed(house), uuid4()
    give(house, claim_id, help_id=help_id)
    before = house.everything()
    assert give(house, claim_id, help_id=help_id).was_already_recorded and house.everything() == before
    assert refused_with(house, claim_id, help_id=help_id, amount_satang=Satang(1)) == ["same_id_other_help"]
    assert refused_with(house, claim_id) == ["helped_once_already"]


def test_what_was_handed_over_is_approved_and_not_rejected(house):
    claim_id = filed(house)
    give(house, claim_id)
    house.certify(claim_id)
    for deed, more, code in ((house.approve, {"satang": 299_99}, "less_than_helped_already"),
                             (house.reject, {}, "helped_already")):
        with pytest.raises(DecisionRefused) as refused:
            deed(claim_id, **more)
        assert codes(refused) == [code]


def test_above_what_the_chair_may_approve_a_meeting_decides(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    with pytest.raises(DecisionRefused) as refused:
        house.approve(claim_id, satang=600_00)
    assert codes(refused) == ["needs_a_meeting"]


def test_it_counts_against_the_years_limit_from_the_first_day(house):
    first = filed(house)
    give(house, first)
    house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, 1))
    house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 10, 31))
    with house.reading():
        assert sum(one.granted_satang for one in queries.agenda(fund_id=house.fund_id)) == 700_00


def test_two_desks_cannot_help_twice(house):
    claim_id = filed(house)
    together = Barrier(2)

    def at_a_desk(_):
        together.wait()
        try:
            return give(house, claim_id).entry_id > 0
        except PaymentRefused as refused:
            return refused.refusals[0].code
        finally:
            connection.close()
    with ThreadPoolExecutor(2) as desks:
        assert sorted(desks.map(at_a_desk, range(2)), key=str) == [True, "claims.helped_once_already"]


def test_every_reason_at_once(house):
    claim_id = house.claim()
    assert refused_with(house, claim_id, actor=house.as_(Role.AUDITOR), amount_satang=Satang(300_01), payee_name=" ",
                        helped_on=date(2026, 11, 3), agreed_by=house.people["dao"], paid_by=house.people["kamon"]) == [
        "may_not_record", "above_help_at_once", "papers_not_seen", "says_not_who_received", "before_the_last_step",
        "not_of_the_committee", "not_treasurer"]
    assert refused_with(house, claim_id, helped_on=date(2026, 12, 1), payee_name="ก" * 501)[-2:] == [
        "text_too_long", "day_to_come"]
    birth = house.claim(benefit="birth", units=None, happened_on=date(2026, 11, 1))
    assert refused_with(house, birth) == ["no_help_at_once"]
    decided = house.claim(happened_on=date(2026, 11, 1), documents_seen=("id_card",))
    house.reject(decided)
    assert refused_with(house, decided) == ["too_late_for_help_at_once"]
    house.elect("somsri", "นางสมศรี ใจบุญ", Office.SECRETARY)
    mine = filed(house, happened_on=date(2026, 10, 30))
    assert refused_with(house, mine, agreed_by=house.people["somsri"]) == ["two_people_help"]
    house.elect("malee", "นางมาลี ใจบุญ", Office.VICE_CHAIR, member=house.members["malee"])
    assert refused_with(house, mine, agreed_by=house.people["malee"]) == ["own_claim"]
    poor = WelfareHouse(adopts=False, cash=100_00)
    adopt_version(actor=poor.actor, recorded_at=NOW, version=first_version(clauses=clauses(
        at_once={"limit_satang": 300_00})))
    assert refused_with(poor, poor.claim()) == ["not_enough_cash"]
