"""Money changes hands: two persons in office sign, and never more goes than is there."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.funds.operations import close_month
from ombun.ledger.operations import hand_over_cash, reverse_entry
from ombun.ledger.queries import cash_holders, entry, held_since
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused

DAY = date(2025, 10, 6)


@pytest.fixture
def fund(fund):
    """Eighteen thousand satang with the collector of village 4."""
    fund.collect(on=START)
    return fund


def hand_over(fund, satang=18_000, **more):
    return hand_over_cash(**{
        "actor": fund.somsri, "handover_id": uuid4(), "from_account": "1130-01", "to_account": "1110",
        "amount_satang": Satang(satang), "handed_on": DAY, "given_by": fund.boonma,
        "received_by": fund.persons["somsri"], "recorded_at": NOW, **more})


def test_it_stands_with_the_other_hand_from_then_on(fund):
    deed = uuid4()
    done = hand_over(fund, 5_000, handover_id=deed)
    assert {k: v for k, v in fund.balances().items() if k < "2"} == {"1130-01": 13_000, "1110": 5_000}
    with fund.reading():
        card = entry(fund_id=fund.id, entry_id=done.entry_id)
        event, = history(fund_id=fund.id, subject=f"handover:{deed}")
        holder = {h.code: h for h in cash_holders(fund_id=fund.id)}["1130-01"]
    assert (card.deed, card.deed_id, card.posted_on, card.total_satang) == ("ledger.handover", deed, DAY, 5_000)
    assert event.facts == {"given_by": str(fund.boonma), "received_by": str(fund.persons["somsri"]),
                           "amount_satang": 5_000, "expected_satang": 5_000, "from": "1130-01", "to": "1110"}
    assert (holder.holder_id, holder.balance_satang) == (fund.boonma, 13_000)


def test_sent_twice_it_is_booked_once_even_after_the_month_was_closed(fund):
    deed = uuid4()
    first = hand_over(fund, handover_id=deed)
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with nothing_written(fund.id):
        again = hand_over(fund, handover_id=deed)
    assert (again.entry_id, again.was_already_recorded) == (first.entry_id, True)


@pytest.mark.parametrize("other", [{"satang": 17_999}, {"to_account": "1200"}, {"handed_on": START}])
def test_the_same_id_with_other_content_is_refused(fund, other):
    deed = uuid4()
    hand_over(fund, handover_id=deed)
    with refused(fund, "ledger.same_id_other_content"):
        hand_over(fund, handover_id=deed, **other)


def test_every_mistake_is_told_at_once(fund):
    with refused(fund, "ledger.day_to_come", "ledger.more_than_is_there", "ledger.not_their_money",
                 "ledger.not_their_money"):
        hand_over(fund, 18_001, given_by=uuid4(), received_by=uuid4(), handed_on=date(2025, 11, 26))


def test_the_same_person_never_signs_twice(fund):
    with refused(fund, "ledger.same_person"):
        hand_over(fund, given_by=fund.boonma, received_by=fund.boonma)


@pytest.mark.parametrize(("way", "who"), [
    (("1130-01", "1110"), ("boonmee", "somsri")), (("1110", "1200"), ("somsri", "boonmee")),
    (("1200", "1110"), ("boonmee", "somsri"))])
def test_who_signs_for_which_money(fund, way, who):
    """The collector or the chair for the collector; the treasurer for the till; anybody in office for the bank."""
    hand_over(fund)
    hand_over(fund, 9_000, from_account="1110", to_account="1200", given_by=fund.persons["somsri"],
              received_by=fund.persons["boonmee"])
    fund.collect(on=START)
    hand_over(fund, 100, from_account=way[0], to_account=way[1], given_by=fund.persons[who[0]],
              received_by=fund.persons[who[1]])


@pytest.mark.parametrize(("way", "who"), [
    (("1130-01", "1110"), ("dao4", "somsri")), (("1130-01", "1110"), ("boonma4", "boonmee")),
    (("1130-01", "1200"), ("somsri", "boonmee"))])
def test_nobody_signs_for_money_of_others(fund, way, who):
    with refused(fund, "ledger.not_their_money"):
        hand_over(fund, 100, from_account=way[0], to_account=way[1], given_by=fund.persons[who[0]],
                  received_by=fund.persons[who[1]])


def test_what_the_treasurer_collects_is_in_the_till_at_once(fund):
    fund.collect(on=DAY, collected_by=fund.persons["somsri"])
    assert {k: v for k, v in fund.balances().items() if k < "2"} == {"1130-01": 18_000, "1110": 18_000}


def test_money_is_not_handed_on_before_it_came_in(fund):
    """Half came in on the first day, half on the seventh: in between only the first half can move on."""
    fund.collect(on=date(2025, 10, 7))
    with refused(fund, "ledger.more_than_is_there"):
        hand_over(fund, 18_001)
    hand_over(fund, 18_000)
    with refused(fund, "ledger.more_than_is_there"):
        hand_over(fund, 1)
    hand_over(fund, 18_000, handed_on=date(2025, 10, 7))


@pytest.mark.parametrize(("counted", "difference"), [(17_500, {"5380": 500}), (18_300, {"4980": -300})])
def test_money_short_or_over_stands_on_its_own_account_and_goes_back_with_the_rest(fund, counted, difference):
    before = fund.balances()
    more = {"expected_satang": Satang(18_000), "memo": "นับซ้ำสองครั้ง", "handover_id": uuid4()}
    done = hand_over(fund, counted, **more)
    assert fund.balances() == {"1110": counted, "4100": -18_000, **difference}
    with nothing_written(fund.id):
        assert hand_over(fund, counted, **more).entry_id == done.entry_id
    with refused(fund, "ledger.same_id_other_content"):
        hand_over(fund, counted, **more | {"expected_satang": Satang(17_999)})
    with refused(fund, "ledger.same_id_other_content"):
        hand_over(fund, counted, **more | {"memo": "อย่างอื่น"})
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=done.entry_id, reversed_on=DAY, why="นับผิด",
                  given_back_by=fund.persons["somsri"], received_back_by=fund.boonma, recorded_at=NOW)
    assert fund.balances() == before


@pytest.mark.parametrize(("more", "codes"), [
    ({"expected_satang": Satang(17_000)}, ["ledger.differs_and_says_not_why"]),
    ({"expected_satang": Satang(18_001), "memo": "ขาด"}, ["ledger.more_than_is_there"]),
    ({"expected_satang": Satang(0), "memo": "เกิน"}, ["ledger.amount_not_positive"]),
    ({"memo": "ก" * 501}, ["ledger.memo_too_long"])])
def test_a_difference_says_why_and_never_takes_more_than_is_there(fund, more, codes):
    with refused(fund, *codes):
        hand_over(fund, **more)


def test_since_when_money_waits_to_be_handed_over(fund):
    """What came in first is handed over first; what was taken back never waited."""
    def since():
        with fund.reading():
            return held_since(fund_id=fund.id)

    assert since() == {"1130-01": START}
    fund.collect(on=date(2025, 10, 7))
    wrong = hand_over(fund, 18_000, handed_on=date(2025, 10, 8))
    assert since() == {"1130-01": date(2025, 10, 7)}
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=wrong.entry_id, reversed_on=date(2025, 10, 9),
                  why="นับผิด", given_back_by=fund.persons["somsri"], received_back_by=fund.boonma, recorded_at=NOW)
    assert since() == {"1130-01": START}
    hand_over(fund, 17_999, handed_on=date(2025, 10, 9))
    assert since() == {"1130-01": START}
    hand_over(fund, 18_001, handed_on=date(2025, 10, 9))
    assert since() == {}


@pytest.mark.parametrize(("giver", "taker"), [("1130-01", "1130-01"), ("4100", "1110"), ("1130-01", "9999"), ("", "")])
def test_only_hands_and_the_bank_hold_money_and_two_different_ones(fund, giver, taker):
    with refused(fund, "ledger.not_a_holder"):
        hand_over(fund, 1, from_account=giver, to_account=taker)


@pytest.mark.parametrize("satang", [0, -5])
def test_something_changes_hands(fund, satang):
    with refused(fund, "ledger.amount_not_positive"):
        hand_over(fund, satang)


def test_persons_of_another_fund_hold_no_office_here(fund, other_fund):
    with refused(fund, "ledger.not_their_money"):
        hand_over(fund, received_by=other_fund.persons["somsri"])


def test_a_closed_month_takes_no_hand_over(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with refused(fund, "funds.books_closed"):
        hand_over(fund)


def test_the_same_deed_in_two_funds_is_two_deeds(fund, other_fund):
    other_fund.collect(on=START)
    deed = uuid4()
    hand_over(fund, handover_id=deed)
    assert not hand_over(other_fund, 1, handover_id=deed).was_already_recorded


def test_what_was_handed_over_by_mistake_goes_back(fund):
    done = hand_over(fund)
    def take_back(**more):
        return reverse_entry(**{
            "actor": fund.somsri, "reversal_id": uuid4(), "entry_id": done.entry_id, "reversed_on": DAY,
            "why": "นับผิด", "given_back_by": fund.persons["somsri"], "received_back_by": fund.boonma,
            "recorded_at": NOW, **more})

    with refused(fund, "ledger.same_person"):
        take_back(given_back_by=None, received_back_by=None)
    with refused(fund, "ledger.not_their_money", "ledger.not_their_money"):
        take_back(given_back_by=fund.boonma, received_back_by=fund.persons["somsri"])
    take_back()
    assert fund.balances() == {"1130-01": 18_000, "4100": -18_000}
    with refused(fund, "ledger.day_to_come", "ledger.already_taken_back", "ledger.more_than_is_there"):
        take_back(reversed_on=date(2025, 11, 26))
