"""Sub-funds by voted shares are the fund together; an earmark says for what money came, and what was used of it."""
from datetime import date, timedelta
from uuid import uuid4

import pytest

from ombun.funds.operations import close_month
from ombun.ledger.operations import earmark_receipt, reverse_entry, vote_shares
from ombun.ledger.queries import earmarks, share_votes, sub_funds
from ombun.ledger.rules import NewShares, ShareOf
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused
from tests.usecases.test_book_voucher import book, postings

LATER = date(2025, 11, 1)


def shares(**parts):
    return tuple(ShareOf(account=account[1:], sub_fund=name, thousandths=part)
                 for account, some in parts.items() for name, part in some.items())


def vote(fund, divided, **more):
    vote_shares(actor=fund.somsri, recorded_at=NOW, vote_id=more.pop("vote_id", uuid4()), new=NewShares(**{
        "from_on": START, "resolution_no": "4/2568", "signed_by": fund.persons["boonmee"], "shares": divided, **more}))


def left(fund, from_on=START, until_on=TODAY + timedelta(days=1)):
    with fund.reading():
        return {one.name: one.left_satang for one in sub_funds(fund_id=fund.id, from_on=from_on, until_on=until_on)}


def test_sub_funds_are_the_whole_to_the_satang_whatever_days_are_asked_for(fund):
    vote(fund, shares(_4800={"ก": 333, "ข": 667}, _5330={"ข": 1000}))
    book(fund, postings=postings(_1110=100, _4800=-100))
    book(fund, postings=postings(_1110=50, _4910=-50))
    book(fund, postings=postings(_5330=30, _1110=-30))
    vote(fund, shares(_4800={"ก": 1000}), from_on=LATER)
    book(fund, happened_on=TODAY, postings=postings(_1110=7, _4800=-7))
    assert left(fund) == {"ก": 33 + 7, "ข": 67 - 30, "": 50}
    assert sum(left(fund).values()) == fund.balances()["1110"]
    with fund.reading():
        told = sub_funds(fund_id=fund.id, from_on=LATER, until_on=TODAY + timedelta(days=1))
    assert {one.name: one.before_satang for one in told} == left(fund, until_on=LATER)


def test_a_vote_is_written_once_and_every_mistake_is_told(fund):
    same = uuid4()
    vote(fund, shares(_4100={"ก": 1000}), vote_id=same)
    with nothing_written(fund.id):
        vote(fund, shares(_4100={"ก": 1000}), vote_id=same)
    with refused(fund, "ledger.shares_not_the_whole", "ledger.shares_of_nobody", "ledger.limit_says_no_resolution",
                 "ledger.shares_set_that_day", "ledger.resolution_not_signed_by_chair"):
        vote(fund, shares(_4100={"": 900}), resolution_no="", signed_by=fund.persons["somsri"])
    with refused(fund, "ledger.shares_of_nothing", "ledger.day_to_come"):
        vote(fund, (), from_on=TODAY + timedelta(days=1))
    with fund.reading():
        assert [one.resolution_no for one in share_votes(fund_id=fund.id)] == ["4/2568"]


def test_a_closed_month_is_not_divided_again(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with refused(fund, "funds.books_closed"):
        vote(fund, shares(_4100={"ก": 1000}))


def taken_back(fund, entry_id):
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=entry_id, reversed_on=TODAY, why="ผิด",
                  recorded_at=NOW)


def granted(fund, **more):
    entry_id = book(fund, postings=postings(_1200=100_000, _4400=-100_000)).entry_id
    earmark_receipt(**{"actor": fund.somsri, "earmark_id": uuid4(), "entry_id": entry_id, "accounts": ["5112", "5103"],
                       "words": "หนังสือที่ 12/2568", "recorded_at": NOW, **more})
    return entry_id


def test_what_is_spent_on_its_accounts_comes_out_of_an_earmark(fund):
    entry_id = granted(fund)
    book(fund, postings=postings(_5112=30_000, _1200=-30_000))
    book(fund, postings=postings(_5330=5_000, _1200=-5_000))
    mistaken = book(fund, postings=postings(_5112=9_000, _1200=-9_000)).entry_id
    taken_back(fund, mistaken)
    with fund.reading():
        [card] = earmarks(fund_id=fund.id, from_on=LATER, until_on=TODAY + timedelta(days=1))
    assert (card.entry_id, card.amount_satang) == (entry_id, 100_000)
    assert (card.used_ever_satang, card.used_satang) == (30_000, 0)


def test_money_that_is_taken_back_is_earmarked_no_more(fund):
    entry_id = granted(fund)
    taken_back(fund, entry_id)
    with fund.reading():
        assert earmarks(fund_id=fund.id, from_on=START, until_on=TODAY + timedelta(days=1)) == ()


@pytest.mark.parametrize(("changes", "codes"), [
    ({"accounts": []}, ["ledger.earmarked_for_nothing"]), ({"accounts": ["5330"]}, ["ledger.earmarked_for_nothing"]),
    ({"words": " "}, ["ledger.says_not_what_for"]), ({"entry_id": 0}, ["ledger.not_money_that_came_in"])])
def test_an_earmark_that_cannot_be_is_refused(fund, changes, codes):
    entry_id = book(fund).entry_id
    with refused(fund, *codes):
        earmark_receipt(**{"actor": fund.somsri, "earmark_id": uuid4(), "entry_id": entry_id,
                           "accounts": ["5103"], "words": "หนังสือ", "recorded_at": NOW, **changes})


def test_money_is_earmarked_once(fund):
    entry_id = granted(fund)
    with refused(fund, "ledger.earmarked_already"):
        earmark_receipt(actor=fund.somsri, earmark_id=uuid4(), entry_id=entry_id, accounts=["5103"], words="อีกครั้ง",
                        recorded_at=NOW)
