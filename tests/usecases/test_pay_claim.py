"""The treasurer hands over the money: books, voucher and names, all or nothing."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims import queries
from ombun.claims.operations import PaymentRefused
from ombun.claims.states import Act, ClaimState
from ombun.funds.operations import BooksClosed, close_month
from ombun.funds.rules import Office
from ombun.ledger import queries as books
from ombun.ledger.operations import end_bank_account
from ombun.primitives.actors import Role
from tests.usecases.welfare_house import NOW, START, WelfareHouse, codes
from tests.words import spoken_codes


@pytest.fixture
def house():
    return WelfareHouse()


def refused_with(house, claim_id, **more):
    before = house.everything()
    with pytest.raises(PaymentRefused) as refused:
        house.pay(claim_id, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def test_the_money_leaves_the_treasurers_cash_for_the_benefits_account(house):
    claim_id = house.claim(ClaimState.APPROVED)
    paid = house.pay(claim_id)
    assert (paid.voucher_year, paid.voucher_no, paid.paid_satang) == (2027, 1, 600_00)
    with house.reading():
        entry = books.entry_of(deed="claims.payment", deed_id=claim_id)
    assert {(s.account_code, s.amount_satang) for s in entry.sides} == {("5102", 600_00), ("1110", -600_00)}
    assert (entry.id, entry.happened_on, entry.posted_on) == (paid.entry_id, date(2026, 11, 7), date(2026, 11, 7))
    card = house.card(claim_id)
    assert (card.state, card.paid_satang, card.payee_name) == (ClaimState.PAID, 600_00, "นางมาลี ใจบุญ")
    assert [s.name for s in card.signed(Act.PAY)] == ["นางสมศรี ใจบุญ"]


def test_sent_twice_it_is_paid_once_even_when_the_month_is_closed_by_then(house):
    claim_id = house.claim(ClaimState.APPROVED, happened_on=date(2026, 10, 1), filed_on=date(2026, 10, 2))
    early = {"on": date(2026, 11, 7)}
    first = house.pay(claim_id, **early)
    before = house.everything()
    again = house.pay(claim_id, **early)
    assert (again.entry_id, again.voucher_no, again.was_already_recorded) == (first.entry_id, first.voucher_no, True)
    assert house.everything() == before
    assert refused_with(house, claim_id, payee="คนอื่น") == ["is_paid", "same_person"]


def test_a_closed_month_takes_no_payment(house):
    claim_id = house.claim(happened_on=date(2026, 10, 1), filed_on=date(2026, 10, 2))
    house.certify(claim_id, on=date(2026, 10, 3))
    house.approve(claim_id, on=date(2026, 10, 4))
    close_month(actor=house.actor, close_id=uuid4(), month=START, closed_by=house.people["somsri"],
                closed_on=date(2026, 11, 25), recorded_at=NOW)
    before = house.everything()
    with pytest.raises(BooksClosed):
        house.pay(claim_id, on=date(2026, 10, 31))
    assert house.everything() == before
    assert house.pay(claim_id, on=date(2026, 11, 1)).voucher_no == 1


def test_vouchers_have_no_gaps_and_start_anew_with_the_fiscal_year(house):
    numbers = []
    for day in (3, 4, 5):
        claim_id = house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, day), units=1,
                               filed_on=date(2026, 11, 5), member_id=house.members["thong"])
        house.approve(claim_id, satang=200_00)
        numbers.append(house.pay(claim_id).voucher_no)
    assert numbers == [1, 2, 3]


def test_not_more_than_the_treasurer_has_in_cash():
    poor = WelfareHouse(cash=599_99)
    assert refused_with(poor, poor.claim(ClaimState.APPROVED)) == ["not_enough_cash"]
    empty = WelfareHouse(cash=0)
    assert refused_with(empty, empty.claim(ClaimState.APPROVED)) == ["not_enough_cash"]


def test_never_the_same_person_twice(house):
    house.elect("dao", "น.ส.ดาว แสนดี", Office.TREASURER)
    house.elect("boonmee", "นายบุญมี มั่นคง", Office.TREASURER)
    claim_id = house.claim(ClaimState.APPROVED)
    assert refused_with(house, claim_id, by="dao") == ["same_person"]
    assert refused_with(house, claim_id, by="boonmee") == ["same_person"]
    assert refused_with(house, claim_id, by="kamon") == ["not_treasurer"]


def test_a_treasurers_own_claim_is_paid_by_another_of_the_committee(house):
    house.elect("malee", "นางมาลี ใจบุญ", Office.TREASURER, member=house.members["malee"])
    claim_id = house.claim(ClaimState.APPROVED)
    assert refused_with(house, claim_id, by="malee") == ["own_claim"]
    assert refused_with(house, claim_id, by="boonmee") == ["same_person"]
    assert house.pay(claim_id, by="wilai").paid_satang == 600_00


def test_every_reason_at_once(house):
    claim_id = house.claim(ClaimState.CERTIFIED)
    assert refused_with(house, claim_id, actor=house.as_(Role.AUDITOR), by="dao", payee=" ", on=date(2026, 11, 1)) == [
        "may_not_record", "waits_for_decision", "before_the_last_step", "same_person", "not_treasurer",
        "says_not_who_received"]
    assert refused_with(house, claim_id, on=date(2026, 11, 26), payee="ก" * 501) == [
        "waits_for_decision", "day_to_come", "text_too_long"]


def test_what_a_member_received(house):
    claim_id = house.claim(ClaimState.PAID)
    with house.reading():
        received = queries.benefits_received(fund_id=house.fund_id, member_id=house.members["malee"])
        nothing = queries.benefits_received(fund_id=house.fund_id, member_id=house.members["thong"])
    assert [(b.claim_id, b.benefit, b.paid_on, b.paid_satang) for b in received] == [
        (claim_id, "hospital", date(2026, 11, 7), 600_00)]
    assert nothing == ()


def test_a_transfer_leaves_the_account_that_the_committee_named(house):
    bank = house.bank()
    claim_id = house.claim(ClaimState.APPROVED)
    paid = house.pay(claim_id, paid_from=bank)
    with house.reading():
        entry = books.entry(fund_id=house.fund_id, entry_id=paid.entry_id)
        code = books.bank_account(fund_id=house.fund_id, bank_account_id=bank).code
    assert {(s.account_code, s.amount_satang) for s in entry.sides} == {("5102", 600_00), (code, -600_00)}
    assert house.card(claim_id).paid_from == "ธ.ก.ส. 020000000001"
    assert house.pay(claim_id, paid_from=bank).was_already_recorded
    assert refused_with(house, claim_id) == ["is_paid", "same_person"]


def test_an_account_that_does_not_stand_that_day_pays_nothing(house):
    bank, claim_id = house.bank(satang=500_00), house.claim(ClaimState.APPROVED)
    assert refused_with(house, claim_id, paid_from=bank) == ["not_enough_in_the_bank"]
    assert refused_with(house, claim_id, paid_from=uuid4()) == ["no_such_bank_account"]
    end_bank_account(actor=house.actor, bank_account_id=bank, recorded_at=NOW)
    assert house.card(claim_id).state == ClaimState.APPROVED


def test_an_account_pays_nothing_before_it_was_named(house):
    bank, claim_id = house.bank(resolved_on=date(2026, 11, 20)), house.claim(ClaimState.APPROVED)
    assert refused_with(house, claim_id, paid_from=bank) == ["bank_account_not_named_yet"]
