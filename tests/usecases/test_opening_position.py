"""What a fund had when its books begin here: written once, in balance, and taken back when it was wrong."""
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from ombun.access.operations import NewFund, operator, start_fund
from ombun.funds.operations import BooksClosed, NewCentre, NewHolder, close_month
from ombun.funds.rules import Office
from ombun.ledger import queries
from ombun.ledger.operations import (
    OpeningMoney,
    OpeningRefused,
    ReversalRefused,
    book_receipt_or_payment,
    hand_over_cash,
    reverse_entry,
    write_opening_position,
)
from ombun.ledger.rules import Posting
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refused
from ombun.primitives.transactions import fund_transaction

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
START = date(2026, 10, 1)


class House:
    """A fund with a treasurer and a collector, and nothing in its books."""

    def __init__(self):
        code, self.centre, self.treasurer, self.collector = f"open-{uuid4().hex[:10]}", uuid4(), uuid4(), uuid4()
        start_fund(logins=[], recorded_at=NOW, new=NewFund(
            code=code, name="กองทุนทดสอบ", tambon_code=100101, founded_on=date(2010, 6, 9), starts_on=START,
            dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(),
            centres=(NewCentre(id=self.centre, moo=4, name="บ้านหนองบัว"),),
            holders=(NewHolder(id=uuid4(), person_id=self.treasurer, name="สมศรี", office=Office.TREASURER,
                               from_on=START),
                     NewHolder(id=uuid4(), person_id=self.collector, name="บุญมา", office=Office.COLLECTOR,
                               from_on=START, centre_id=self.centre))))
        self.actor = operator(code=code)

    def money(self, **more):
        """Ten baht with the treasurer, a thousand at the bank, five with the collector."""
        held = {"treasurer_satang": Satang(1000), "bank_satang": Satang(100_000), "invested_satang": Satang(0),
                "collectors_satang": {self.collector: Satang(500)}}
        return OpeningMoney(**{**held, **more})

    def open(self, opening_id=None, **more):
        return write_opening_position(
            actor=self.actor, opening_id=opening_id or uuid4(), money=self.money(**more), recorded_at=NOW)

    def balances(self):
        with fund_transaction(fund_id=self.actor.fund_id, read_only=True):
            rows = queries.trial_balance(fund_id=self.actor.fund_id, on=date(2026, 12, 31))
        return {row.account: row.debit_satang - row.credit_satang for row in rows}

    def take_back(self, entry_id, day=START, reversal_id=None, why="พิมพ์ผิด", **signed):
        return reverse_entry(actor=self.actor, reversal_id=reversal_id or uuid4(), entry_id=entry_id, reversed_on=day,
                             why=why, recorded_at=NOW, **signed)


@pytest.fixture
def house():
    return House()


def codes(refused):
    return [r.code for r in refused.value.refusals]


def test_one_balanced_entry_says_where_the_money_was(house):
    house.open()
    assert house.balances() == {"1110": 1000, "1130-01": 500, "1200": 100_000, "3100": -101_500}


def test_sent_twice_it_is_written_once(house):
    opening_id = uuid4()
    first, again = house.open(opening_id), house.open(opening_id)
    assert (again.entry_id, again.was_already_recorded) == (first.entry_id, True)
    with pytest.raises(Refused) as refused:
        house.open(opening_id, bank_satang=Satang(1))
    assert codes(refused) == ["ledger.same_id_other_content"]


def test_a_second_opening_position_is_refused_and_changes_nothing(house):
    house.open()
    with pytest.raises(OpeningRefused) as refused:
        house.open()
    assert codes(refused) == ["ledger.opening_already_written"]
    assert house.balances()["3100"] == -101_500


def test_everything_wrong_with_it_is_told_at_once(house):
    with pytest.raises(OpeningRefused) as refused:
        house.open(treasurer_satang=Satang(-1), collectors_satang={uuid4(): Satang(5)})
    assert codes(refused) == ["ledger.amount_not_positive", "ledger.not_in_office"]
    with pytest.raises(OpeningRefused) as refused:
        house.open(treasurer_satang=Satang(0), bank_satang=Satang(0), collectors_satang={})
    assert codes(refused) == ["ledger.nothing_to_open"]
    assert house.balances() == {}


def test_once_the_first_month_is_closed_it_comes_too_late_but_a_known_id_is_answered(house):
    opening_id = uuid4()
    house.open(opening_id)
    close_month(actor=house.actor, close_id=uuid4(), month=START, closed_by=house.treasurer,
                closed_on=date(2026, 11, 25), recorded_at=NOW)
    assert house.open(opening_id).was_already_recorded
    with pytest.raises(BooksClosed):
        house.open()


def test_a_wrong_opening_is_taken_back_and_written_again(house):
    wrong = house.open()
    house.take_back(wrong.entry_id)
    assert house.balances() == {}
    house.open(bank_satang=Satang(7))
    assert house.balances()["1200"] == 7
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        first = queries.entry(fund_id=house.actor.fund_id, entry_id=wrong.entry_id)
    assert first.reversed_by_id is not None


def test_an_entry_is_taken_back_once(house):
    entry, reversal_id = house.open().entry_id, uuid4()
    first = house.take_back(entry, reversal_id=reversal_id)
    assert house.take_back(entry, reversal_id=reversal_id).entry_id == first.entry_id
    with pytest.raises(ReversalRefused) as refused:
        house.take_back(entry, day=date(2026, 9, 30), why=" ")
    assert codes(refused) == ["ledger.already_taken_back", "ledger.taken_back_before_it_was", "ledger.says_not_why",
                              "ledger.more_than_is_there", "ledger.more_than_is_there", "ledger.more_than_is_there"]


def test_money_that_has_gone_on_cannot_be_taken_back(house):
    house.open(treasurer_satang=Satang(0))
    handed = hand_over_cash(
        actor=house.actor, handover_id=uuid4(), from_account="1130-01", to_account="1110", amount_satang=Satang(500),
        handed_on=date(2026, 10, 2), given_by=house.collector, received_by=house.treasurer, recorded_at=NOW)
    book_receipt_or_payment(
        actor=house.actor, deed_id=uuid4(), happened_on=date(2026, 10, 3), memo="กระดาษ", recorded_at=NOW, postings=[
            Posting(account_code="5330", amount_satang=Satang(400)),
            Posting(account_code="1110", amount_satang=Satang(-400))])
    with pytest.raises(ReversalRefused) as refused:
        house.take_back(handed.entry_id, day=date(2026, 10, 4), given_back_by=house.treasurer,
                        received_back_by=house.collector)
    assert codes(refused) == ["ledger.more_than_is_there"]


def test_an_entry_of_another_fund_is_as_good_as_missing(house):
    with pytest.raises(ReversalRefused) as refused:
        House().take_back(house.open().entry_id)
    assert codes(refused) == ["ledger.unknown_entry"]


def test_what_has_a_receipt_is_not_taken_back_here(fund, somsri):
    fund.collect()
    with fund.reading():
        entry, = queries.latest_of_deed(fund_id=fund.id, deed="contributions.collection")
    with pytest.raises(ReversalRefused) as refused:
        reverse_entry(actor=somsri, reversal_id=uuid4(), entry_id=entry.id, reversed_on=START, why="พิมพ์ผิด",
                      recorded_at=NOW)
    assert codes(refused) == ["ledger.not_taken_back_here"]
