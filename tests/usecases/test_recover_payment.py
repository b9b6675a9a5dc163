"""A benefit that was paid wrongly comes back by agreement, in parts; the books and the limits follow."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims import queries
from ombun.claims.operations import Agreement, RecoveryRefused, agree_recovery, take_repayment
from ombun.claims.rules import schedule
from ombun.claims.states import ClaimState
from ombun.funds.operations import BooksClosed
from ombun.funds.rules import Office
from ombun.ledger import queries as books
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from tests.usecases.welfare_house import NOW, WelfareHouse, codes
from tests.words import spoken_codes


@pytest.fixture
def house():
    return WelfareHouse()


@pytest.fixture
def paid(house):
    """Malee's three nights, paid."""
    return house.claim(ClaimState.PAID)


def agreement(house, **more):
    """Malee pays back 400 baht in four parts; she lay there one night, not three."""
    return Agreement(**{"agreed_on": date(2026, 11, 10), "agreed_by": house.people["boonmee"],
                        "payer_name": "นางมาลี ใจบุญ", "because": "นอนจริง 1 คืน", "amount_satang": Satang(400_00),
                        "parts": 4, "first_due_on": date(2026, 12, 1), **more})


def agree(house, claim_id, *, recovery_id=None, actor=None, **more):
    return agree_recovery(actor=actor or house.actor, recovery_id=recovery_id or uuid4(), claim_id=claim_id,
                          new=agreement(house, **more), recorded_at=NOW)


def repay(house, claim_id, satang, *, repayment_id=None, on=date(2026, 11, 20), by="somsri", actor=None):
    return take_repayment(
        actor=actor or house.actor, repayment_id=repayment_id or uuid4(), claim_id=claim_id,
        amount_satang=Satang(satang), paid_on=on, received_by=house.people[by], recorded_at=NOW)


def refused_with(house, deed, *given, **more):
    before = house.everything()
    with pytest.raises(RecoveryRefused) as refused:
        deed(house, *given, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    return codes(refused)


def balance(house, code):
    with house.reading():
        rows = books.trial_balance(fund_id=house.fund_id, on=date(2026, 12, 31))
    return sum(row.debit_satang - row.credit_satang for row in rows if row.account == code)


def card_of(house, claim_id):
    with house.reading():
        return queries.recovery_of_claim(fund_id=house.fund_id, claim_id=claim_id)


def test_the_books_take_it_off_the_benefit_and_show_what_is_to_come(house, paid):
    agree(house, paid)
    assert (balance(house, "5102"), balance(house, "1500"), balance(house, "1110")) == (200_00, 400_00, 4_400_00)
    card = card_of(house, paid)
    assert (card.outstanding_satang, card.next_due_on, len(card.parts)) == (400_00, date(2026, 12, 1), 4)
    assert repay(house, paid, 150_00).outstanding_satang == 250_00
    assert (balance(house, "1500"), balance(house, "1110")) == (250_00, 4_550_00)
    card = card_of(house, paid)
    assert [part.paid_satang for part in card.parts] == [100_00, 50_00, 0, 0]
    assert card.next_due_on == date(2027, 1, 1)
    with house.reading():
        [(line, waiting)] = queries.open_recoveries(fund_id=house.fund_id)
    assert (line.id, waiting) == (paid, card)
    assert repay(house, paid, 250_00).outstanding_satang == 0
    with house.reading():
        assert queries.open_recoveries(fund_id=house.fund_id) == ()


def test_sent_twice_the_first_answer_comes_again(house, paid):
    agreed, came = uuid4(), uuid4()
    agree(house, paid, recovery_id=agreed)
    repay(house, paid, 100_00, repayment_id=came)
    before = house.everything()
    assert agree(house, paid, recovery_id=agreed).outstanding_satang == 300_00
    assert repay(house, paid, 100_00, repayment_id=came).was_already_recorded
    assert house.everything() == before
    assert refused_with(house, agree, paid, recovery_id=agreed, parts=3) == ["same_id_other_agreement"]
    assert refused_with(house, repay, paid, 99_00, repayment_id=came) == ["same_id_other_repayment"]


def test_limits_count_what_did_not_come_back(house, paid):
    other = house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 11, 3))
    with house.reading():
        [line] = queries.agenda(fund_id=house.fund_id)
    assert line.granted_satang == 400_00, "a thousand a year, of which six hundred are gone"
    agree(house, paid, amount_satang=Satang(600_00), parts=1)
    with house.reading():
        assert queries.agenda(fund_id=house.fund_id)[0].granted_satang == 400_00, "agreed is not yet come"
    repay(house, paid, 600_00)
    assert house.approve(other, on=date(2026, 11, 21)).state == ClaimState.APPROVED


def test_every_reason_not_to_agree(house, paid):
    assert refused_with(house, agree, uuid4()) == ["unknown_claim"]
    assert refused_with(house, agree, house.claim(happened_on=date(2026, 11, 1))) == ["nothing_was_paid"]
    assert refused_with(
        house, agree, paid, actor=house.as_(Role.AUDITOR), amount_satang=Satang(600_01), parts=61, payer_name=" ",
        because="", first_due_on=date(2026, 11, 9), agreed_by=house.people["somsri"]) == [
            "may_not_record", "not_more_than_was_paid", "parts_out_of_range", "due_before_agreement",
            "says_not_who_pays_back", "says_not_why", "not_chair"]
    assert refused_with(house, agree, paid, agreed_on=date(2026, 11, 30), because="ก" * 501) == [
        "day_to_come", "text_too_long"]
    assert refused_with(house, agree, paid, agreed_on=date(2026, 11, 6), first_due_on=date(2026, 11, 6)) == [
        "before_the_last_step"]
    house.elect("malee", "นางมาลี ใจบุญ", Office.VICE_CHAIR, member=house.members["malee"])
    assert refused_with(house, agree, paid, agreed_by=house.people["malee"]) == ["own_claim"]
    agree(house, paid)
    assert refused_with(house, agree, paid) == ["agreed_already"]


def test_every_reason_not_to_take_it_in(house, paid):
    assert refused_with(house, repay, paid, 1_00) == ["nothing_was_agreed"]
    agree(house, paid)
    assert refused_with(house, repay, paid, 400_01, by="boonmee", actor=house.as_(Role.AUDITOR)) == [
        "may_not_record", "not_more_than_is_owed", "not_treasurer"]
    assert refused_with(house, repay, paid, 0, on=date(2026, 11, 9)) == [
        "not_more_than_is_owed", "before_the_last_step"]
    assert refused_with(house, repay, paid, 1_00, on=date(2026, 12, 1)) == ["day_to_come"]


def test_a_closed_month_takes_no_agreement(house, paid):
    with pytest.raises(BooksClosed):
        agree(house, paid, agreed_on=date(2026, 9, 30))


@pytest.mark.parametrize(("satang", "parts", "due"), [
    (400_00, 4, [100_00] * 4), (500_00, 3, [167_00, 167_00, 166_00]), (50, 1, [50]), (5, 3, [2, 2, 1]),
    (100_00, 60, [2_00] * 50)])
def test_parts_are_whole_baht_and_together_the_whole(satang, parts, due):
    told = schedule(amount_satang=Satang(satang), parts=parts, first_due_on=date(2026, 1, 31), repaid_satang=Satang(0))
    assert [part.amount_satang for part in told] == due and sum(due) == satang
