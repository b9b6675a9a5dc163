"""Cash is counted note by note by two persons; what differs from the books is booked, never smoothed."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.funds.operations import close_month
from ombun.ledger.operations import count_cash
from ombun.ledger.queries import cash_counts
from ombun.ledger.rules import PIECES, Count
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused

NOVEMBER = date(2025, 11, 20)
FIVE_THOUSAND = (5, *[0] * 10)


def count(fund, count_id=None, **more):
    return count_cash(actor=fund.somsri, count_id=count_id or uuid4(), recorded_at=NOW, count=Count(**{
        "account_code": "1110", "counted_on": NOVEMBER, "pieces": FIVE_THOUSAND, "counted_by": fund.persons["somsri"],
        "witnessed_by": fund.persons["udom"], **more}))


@pytest.fixture
def opened(fund):
    fund.open_books()
    return fund


def test_what_agrees_with_the_books_books_nothing(opened):
    done = count(opened)
    assert (done.counted_satang, done.books_satang, done.entry_id) == (500_000, 500_000, None)
    with opened.reading():
        card, = cash_counts(fund_id=opened.id)
    assert (card.counted_by, card.witnessed_by, card.more_satang) == ("นางสมศรี ใจบุญ", "นายอุดม แสนดี", 0)


@pytest.mark.parametrize(("pieces", "account", "satang"), [
    ((4, 1, 4, 1, 2, *[0] * 6), "5380", 1_000), ((5, *[0] * 9, 1), "4980", -25)])
def test_the_difference_is_booked_with_its_reason(opened, pieces, account, satang):
    with refused(opened, "ledger.count_differs_and_says_not_why"):
        count(opened, pieces=pieces)
    assert count(opened, pieces=pieces, because="ทอนผิด").entry_id
    assert opened.balances()[account] == satang
    assert opened.balances()["1110"] == 500_000 - satang
    assert count(opened, pieces=pieces).entry_id is None  # counted again it agrees


def test_sent_twice_it_is_counted_once(opened):
    known = uuid4()
    count(opened, known, pieces=(4, *[0] * 10), because="หาย")
    with nothing_written(opened.id):
        assert count(opened, known, pieces=(4, *[0] * 10)).was_already_recorded
    with refused(opened, "ledger.same_id_other_content"):
        count(opened, known)


def test_every_reason_is_told_at_once(opened):
    with refused(opened, "ledger.pieces_not_counted", "ledger.counted_alone", "ledger.not_in_office",
                 "ledger.not_in_office", "ledger.count_differs_and_says_not_why", "ledger.more_than_is_there"):
        count(opened, pieces=(-1, *[0] * 10), counted_by=(nobody := uuid4()), witnessed_by=nobody)
    with refused(opened, "ledger.day_to_come", "ledger.memo_too_long"):
        count(opened, counted_on=date(2025, 11, 26), because="ก" * 501)
    with refused(opened, "ledger.not_a_holder"):
        count(opened, account_code="1200")


def test_money_that_went_on_since_cannot_have_been_missing(opened):
    count(opened, counted_on=TODAY, pieces=(1, *[0] * 10), because="หาย")
    with refused(opened, "ledger.more_than_is_there"):
        count(opened, counted_on=NOVEMBER, pieces=tuple([0] * 11), because="หาย")


def test_a_day_of_a_closed_month_is_not_counted(opened):
    close_month(actor=opened.somsri, close_id=uuid4(), month=START, closed_by=opened.persons["somsri"],
                closed_on=TODAY, recorded_at=NOW)
    with refused(opened, "funds.books_closed"):
        count(opened, counted_on=START)


def test_the_pieces_are_those_of_thailand():
    assert len(PIECES) == 11 and sum(PIECES) == Satang(168_875)
