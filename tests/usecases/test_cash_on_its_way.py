"""Cash on its way: village tins, hand-overs at which nothing was found, slips of the bank, a limit that only tells."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.ledger.operations import hand_over_cash, limit_cash, open_centre_tin, reverse_entry
from ombun.ledger.queries import cash_limit, hands_over_limit, held_since, slip_of_entry, unmatched_entries
from ombun.ledger.rules import NewCashLimit
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused

DAY = date(2025, 10, 6)


@pytest.fixture
def fund(fund):
    """Eighteen thousand satang with the collector of village 4."""
    fund.collect(on=START)
    return fund


def hand_over(fund, satang, way, people, **more):
    return hand_over_cash(**{
        "actor": fund.somsri, "handover_id": uuid4(), "from_account": way[0], "to_account": way[1],
        "amount_satang": Satang(satang), "handed_on": DAY, "recorded_at": NOW,
        "given_by": fund.persons[people[0]], "received_by": fund.persons[people[1]], **more})


def tin(fund, moo=4):
    return open_centre_tin(actor=fund.somsri, centre_id=fund.centres[moo], recorded_at=NOW)


def test_a_collector_hands_over_to_the_tin_of_the_village_and_it_to_the_treasurer(fund):
    assert (tin(fund), tin(fund, 5)) == ("1120-01", "1120-02")
    with nothing_written(fund.id):
        assert tin(fund) == "1120-01"
    hand_over(fund, 18_000, ("1130-01", "1120-01"), ("boonma4", "dao4"))
    assert {k: v for k, v in fund.balances().items() if k < "2"} == {"1120-01": 18_000}
    with fund.reading():
        assert held_since(fund_id=fund.id) == {"1120-01": DAY}
    hand_over(fund, 10_000, ("1120-01", "1110"), ("kham4", "somsri"))
    assert fund.balances()["1120-01"] == 8_000


@pytest.mark.parametrize("who", ["dao5", "boonmee", "somsri"])
def test_only_people_of_the_centre_sign_for_its_tin(fund, who):
    tin(fund)
    with refused(fund, "ledger.not_their_money"):
        hand_over(fund, 1_000, ("1130-01", "1120-01"), ("boonma4", who))


def test_a_tin_of_no_village_is_refused(fund, other_fund):
    with refused(fund, "ledger.unknown_centre"):
        open_centre_tin(actor=fund.somsri, centre_id=other_fund.centre, recorded_at=NOW)


def test_where_nothing_was_found_all_of_it_is_short_and_it_can_be_taken_back(fund):
    with refused(fund, "ledger.differs_and_says_not_why"):
        hand_over(fund, 0, ("1130-01", "1110"), ("boonma4", "somsri"), expected_satang=Satang(18_000))
    done = hand_over(fund, 0, ("1130-01", "1110"), ("boonma4", "somsri"), expected_satang=Satang(18_000), memo="ถูกขโมย")
    assert {k: v for k, v in fund.balances().items() if k in ("1110", "1130-01", "5380")} == {"5380": 18_000}
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=done.entry_id, reversed_on=DAY, why="พบแล้ว",
                  recorded_at=NOW, given_back_by=fund.persons["somsri"], received_back_by=fund.boonma)
    assert fund.balances()["1130-01"] == 18_000


def test_nothing_of_nothing_and_less_than_nothing_are_refused(fund):
    for satang, expected in ((0, 0), (-1, 18_000), (0, None)):
        with refused(fund, "ledger.amount_not_positive", *(["ledger.differs_and_says_not_why"] if satang else [])):
            hand_over(fund, satang, ("1130-01", "1110"), ("boonma4", "somsri"),
                      expected_satang=None if expected is None else Satang(expected))


def test_a_slip_of_the_bank_is_used_once_until_its_hand_over_is_taken_back(fund):
    fund.open_books()
    way, people = ("1110", "1200"), ("somsri", "boonmee")
    done = hand_over(fund, 1_000, way, people, slip_no=" 7781 ")
    with fund.reading():
        assert slip_of_entry(fund_id=fund.id, entry_id=done.entry_id) == "7781"
        assert [one.memo for one in unmatched_entries(fund_id=fund.id)] == ["7781"]
    with refused(fund, "ledger.bank_slip_used"):
        hand_over(fund, 2_000, way, people, slip_no="7781")
    with refused(fund, "ledger.bank_slip_without_bank"):
        hand_over(fund, 2_000, ("1130-01", "1110"), ("boonma4", "somsri"), slip_no="7782")
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=done.entry_id, reversed_on=DAY, why="ผิด",
                  recorded_at=NOW, given_back_by=fund.persons["boonmee"], received_back_by=fund.persons["somsri"])
    hand_over(fund, 2_000, way, people, slip_no="7781")


def limit(fund, satang=10_000, **more):
    limit_cash(actor=fund.somsri, recorded_at=NOW, limit_id=more.pop("limit_id", uuid4()), new=NewCashLimit(**{
        "limit_satang": Satang(satang), "resolution_no": "3/2568", "from_on": START,
        "signed_by": fund.persons["boonmee"], **more}))


def test_a_limit_tells_who_holds_more_and_forbids_nothing(fund):
    with fund.reading():
        assert cash_limit(fund_id=fund.id, on=TODAY) is None
        assert hands_over_limit(fund_id=fund.id, on=TODAY) == frozenset()
    fund.open_books(treasurer=10_000)
    limit(fund)
    with fund.reading():
        assert hands_over_limit(fund_id=fund.id, on=TODAY) == {"1130-01"}
        assert cash_limit(fund_id=fund.id, on=date(2025, 9, 30)) is None
    fund.collect(on=date(2025, 11, 5))
    limit(fund, 100_000, from_on=TODAY)
    with fund.reading():
        assert hands_over_limit(fund_id=fund.id, on=TODAY) == frozenset()


def test_a_limit_that_nobody_resolved_is_refused(fund):
    with refused(fund, "ledger.amount_not_positive", "ledger.limit_says_no_resolution", "ledger.day_to_come",
                 "ledger.resolution_not_signed_by_chair"):
        limit(fund, 0, resolution_no="", from_on=date(2025, 11, 26), signed_by=fund.persons["somsri"])
    deed = uuid4()
    limit(fund, limit_id=deed)
    with nothing_written(fund.id):
        limit(fund, limit_id=deed)
    with refused(fund, "ledger.limit_set_that_day"):
        limit(fund)
