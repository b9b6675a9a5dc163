"""Money that no other verb brings: a grant, a gift, bank interest, travel, stationery."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.funds.operations import close_month
from ombun.ledger.operations import book_receipt_or_payment
from ombun.ledger.queries import entry
from ombun.ledger.rules import CHART, PAID_BY_VOUCHER, RECEIVED_BY_VOUCHER, Posting
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused


def postings(**sides):
    return [Posting(account_code=code[1:], amount_satang=Satang(satang)) for code, satang in sides.items()]


def book(fund, **more):
    return book_receipt_or_payment(**{
        "actor": fund.somsri, "deed_id": uuid4(), "happened_on": START, "memo": "เงินบริจาคงานบุญ", "recorded_at": NOW,
        "postings": postings(_1110=70_000, _4800=-70_000), **more})


def test_a_gift_is_booked_on_two_sides(fund):
    deed = uuid4()
    done = book(fund, deed_id=deed)
    assert fund.balances() == {"1110": 70_000, "4800": -70_000}
    with fund.reading():
        card = entry(fund_id=fund.id, entry_id=done.entry_id)
        event, = history(fund_id=fund.id, subject=f"entry:{done.entry_id}")
    assert (card.deed, card.deed_id, card.memo) == ("ledger.voucher", deed, "เงินบริจาคงานบุญ")
    assert event.facts == {"satang": 70_000}


def test_an_entry_may_have_more_than_two_sides(fund):
    book(fund, postings=postings(_1110=50_000, _1200=20_000, _4800=-60_000, _4910=-10_000))
    assert fund.balances() == {"1110": 50_000, "1200": 20_000, "4800": -60_000, "4910": -10_000}


def test_sent_twice_it_is_booked_once(fund):
    deed = uuid4()
    first = book(fund, deed_id=deed)
    with nothing_written(fund.id):
        assert book(fund, deed_id=deed).entry_id == first.entry_id


@pytest.mark.parametrize("other", [{"happened_on": date(2025, 10, 2)}, {"postings": postings(_1110=1, _4800=-1)}])
def test_the_same_id_with_other_content_is_refused(fund, other):
    deed = uuid4()
    book(fund, deed_id=deed)
    with refused(fund, "ledger.same_id_other_content"):
        book(fund, deed_id=deed, **other)


def test_every_mistake_is_told_at_once(fund):
    with refused(fund, "ledger.day_to_come", "ledger.unknown_account", "ledger.does_not_balance",
                 "ledger.says_not_what_for", "ledger.more_than_is_there"):
        book(fund, memo=" ", happened_on=date(2025, 11, 26), postings=postings(_5330=6, _9999=1, _1200=-5))


@pytest.mark.parametrize("sides", [{}, {"_1110": 0, "_4800": 0}, {"_1110": 5}, {"_1110": 5, "_4800": -4}])
def test_an_entry_has_two_sides_of_the_same_sum(fund, sides):
    with refused(fund, "ledger.does_not_balance"):
        book(fund, postings=postings(**sides))


@pytest.mark.parametrize("code", sorted(
    {line.code for line in CHART} - {"1110", "1200", *RECEIVED_BY_VOUCHER, *PAID_BY_VOUCHER}))
def test_contributions_and_benefits_have_verbs_of_their_own(fund, code):
    with refused(fund, "ledger.not_by_voucher"):
        book(fund, postings=postings(**{"_1110": 5, f"_{code}": -5}))


def test_more_than_is_there_cannot_be_spent(fund):
    book(fund)
    with refused(fund, "ledger.more_than_is_there"):
        book(fund, postings=postings(_5330=70_001, _1110=-70_001))
    book(fund, postings=postings(_5330=70_000, _1110=-70_000))
    assert fund.balances() == {"5330": 70_000, "4800": -70_000}


def test_two_sides_together_cannot_spend_more_than_is_there_either(fund):
    book(fund)
    with refused(fund, "ledger.more_than_is_there"):
        book(fund, postings=[*postings(_5330=80_000, _1110=-40_000), *postings(_1110=-40_000)])


def test_a_closed_month_takes_no_voucher(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with refused(fund, "funds.books_closed"):
        book(fund, happened_on=date(2025, 10, 31))
    assert not book(fund, happened_on=date(2025, 11, 1)).was_already_recorded
