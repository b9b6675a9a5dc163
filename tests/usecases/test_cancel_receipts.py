"""Receipts taken back: the numbers stay, the money leaves the hand that has it, nobody has paid by them any more."""
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.audit.queries import history
from ombun.contributions import queries
from ombun.contributions.operations import cancel_receipts, write_cancellations
from ombun.contributions.rules import Cancellation
from ombun.funds.operations import close_month
from ombun.jobs.checking import everything_found
from ombun.ledger import operations as ledger
from ombun.ledger.queries import entry, entry_of
from ombun.members.operations import end_membership
from ombun.members.rules.membership import LeftReason
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import DUES, NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

DAY = date(2025, 11, 5)
WHY = "เก็บซ้ำ"


@pytest.fixture
def sheet(fund):
    """A collection day of all six members."""
    return fund.collect(on=DAY).collection_id


def cancel(fund, sheet, *member_ids, **more):
    """Take back the receipts of these members, or the whole day when none is named."""
    return cancel_receipts(**{
        "actor": fund.somsri, "cancellation_id": uuid4(), "collection_id": sheet, "member_ids": member_ids or None,
        "cancelled_on": DAY, "why": WHY, "recorded_at": NOW, **more})


def look(fund, sheet):
    """The day and its receipts as pages see them."""
    with fund.reading():
        card = queries.collection(fund_id=fund.id, deed_id=sheet)
        return card, queries.receipts_of_collection(fund_id=fund.id, collection_id=card.id)


def standing(fund, member):
    """Where a member stands today."""
    with fund.reading():
        return queries.standings(fund_id=fund.id, member_ids=[member], on=TODAY)[member]


def hand_over(fund, satang, *, back=False):
    """The collector's money goes to the treasurer, or comes back."""
    ways, people = ["1130-01", "1110"], [fund.boonma, fund.persons["somsri"]]
    if back:
        ways, people = ways[::-1], people[::-1]
    ledger.hand_over_cash(
        actor=fund.somsri, handover_id=uuid4(), from_account=ways[0], to_account=ways[1], amount_satang=Satang(satang),
        handed_on=DAY, given_by=people[0], received_by=people[1], recorded_at=NOW)


def test_one_receipt_is_taken_back(fund, sheet):
    deed = uuid4()
    done = cancel(fund, sheet, fund.malee, cancellation_id=deed)
    assert (done.receipts, done.total_satang, done.was_already_recorded) == (1, DUES, False)
    assert fund.balances() == {"1130-01": 5 * DUES, "4100": -5 * DUES}
    card, receipts = look(fund, sheet)
    assert (card.payments, card.total_satang, card.cancelled, card.is_cancelled) == (5, 5 * DUES, 1, False)
    assert [r.number for r in receipts if r.is_cancelled] == [101]
    with fund.reading():
        booked = entry_of(deed="contributions.cancellation", deed_id=deed)
        event = history(fund_id=fund.id, subject=f"collection:{sheet}")[-1]
    assert (booked.happened_on, booked.posted_on, booked.memo, booked.reverses_id) == (DAY, DAY, WHY, None)
    assert event.facts == {"numbers": [101], "total_satang": DUES}
    assert everything_found(fund_id=fund.id) == ()


def test_a_whole_day_reverses_its_entry(fund, sheet):
    deed = uuid4()
    assert cancel(fund, sheet, cancellation_id=deed).receipts == 6
    assert fund.balances() == {}
    card, receipts = look(fund, sheet)
    assert (card.payments, card.total_satang, card.is_cancelled) == (0, 0, True)
    assert all(r.is_cancelled and r.paid_satang == 0 and r.amount_satang == DUES for r in receipts)
    with fund.reading():
        booked = entry(fund_id=fund.id, entry_id=card.entry_id)
        assert booked.reversed_by_id == entry_of(deed="contributions.cancellation", deed_id=deed).id
    assert everything_found(fund_id=fund.id) == ()


def test_a_day_is_taken_back_in_several_steps(fund, sheet):
    cancel(fund, sheet, fund.malee)
    cancel(fund, sheet, fund.members[1], fund.members[2])
    assert cancel(fund, sheet).receipts == 3
    assert fund.balances() == {}
    assert look(fund, sheet)[0].is_cancelled
    assert everything_found(fund_id=fund.id) == ()


def test_nobody_has_paid_by_a_cancelled_receipt(fund, sheet):
    fund.collect(fund.malee, on=START)
    before = standing(fund, fund.malee)
    cancel(fund, sheet, fund.malee)
    after = standing(fund, fund.malee)
    assert (before.paid_satang, before.last_paid_on) == (2 * DUES, DAY)
    assert (after.paid_satang, after.last_paid_on) == (DUES, START)
    assert after.owed_satang == before.owed_satang + DUES
    with fund.reading():
        until = queries.paid_until(fund_id=fund.id, asked=[(fund.malee, DAY)])
        village = queries.dues_by_centre(
            fund_id=fund.id, from_on=date(2025, 11, 1), until_on=date(2025, 12, 1), on=TODAY)
        payments = queries.payments_of_member(fund_id=fund.id, member_id=fund.malee)
    assert until == {(fund.malee, DAY): after.paid_until}
    assert (village[0].paid_this_month_satang, village[0].receipts) == (5 * DUES, 5)
    assert [(p.collected_on, p.is_cancelled) for p in payments] == [(START, False), (DAY, True)]


def test_whoever_has_no_receipt_left_has_never_paid(fund, sheet):
    cancel(fund, sheet)
    assert (standing(fund, fund.malee).paid_satang, standing(fund, fund.malee).last_paid_on) == (0, None)


def test_the_right_sheet_is_recorded_after_the_wrong_one_and_numbers_go_on(fund, sheet):
    cancel(fund, sheet)
    again = fund.collect(on=DAY)
    assert (again.first_number, again.last_number) == (107, 112)
    assert standing(fund, fund.malee).paid_satang == DUES
    assert everything_found(fund_id=fund.id) == ()


def test_a_sheet_sent_again_after_it_was_cancelled_gives_its_first_answer(fund):
    deed = uuid4()
    fund.collect(on=DAY, collection_id=deed)
    cancel(fund, deed)
    with nothing_written(fund.id):
        again = fund.collect(on=DAY, collection_id=deed)
    assert (again.was_already_recorded, again.total_satang) == (True, 6 * DUES)


@pytest.mark.parametrize("who", ["one", "all"])
def test_sent_twice_it_is_cancelled_once(fund, sheet, who):
    deed, members = uuid4(), [fund.malee] if who == "one" else []
    first = cancel(fund, sheet, *members, cancellation_id=deed)
    if who == "one":
        cancel(fund, sheet, fund.members[1])
    with nothing_written(fund.id):
        again = cancel(fund, sheet, *members, cancellation_id=deed)
    assert again.was_already_recorded
    assert (again.receipts, again.total_satang) == (first.receipts, first.total_satang)


@pytest.mark.parametrize("other", ["members", "all", "day", "why", "sheet"])
def test_the_same_id_with_another_cancellation_is_refused(fund, sheet, other):
    deed = uuid4()
    cancel(fund, sheet, fund.malee, cancellation_id=deed)
    cancel(fund, sheet, *fund.members[1:])
    with refused(fund, "contributions.same_id_other_receipts"):
        cancel(fund, uuid4() if other == "sheet" else sheet, cancellation_id=deed, **{
            "members": {"member_ids": [fund.members[1]]}, "all": {"member_ids": None},
            "day": {"member_ids": [fund.malee], "cancelled_on": TODAY},
            "why": {"member_ids": [fund.malee], "why": "อื่น"}, "sheet": {"member_ids": [fund.malee]}}[other])


def test_every_mistake_is_told_at_once_and_nothing_is_written(fund, other_fund, sheet):
    cancel(fund, sheet, fund.malee)
    hand_over(fund, 5 * DUES)
    with refused(fund, "contributions.says_not_why", "contributions.cancelled_before_collected",
                 "contributions.not_on_the_sheet", "contributions.already_cancelled",
                 "contributions.money_has_moved_on"), nothing_written(other_fund.id):
        cancel(fund, sheet, fund.malee, fund.members[1], other_fund.malee, why="  ", cancelled_on=date(2025, 11, 4))


@pytest.mark.parametrize("which", ["nowhere", "of another fund"])
def test_a_day_that_is_not_there_cannot_be_cancelled(fund, other_fund, which):
    sheet = uuid4() if which == "nowhere" else other_fund.collect(on=DAY).collection_id
    with refused(fund, "contributions.unknown_collection"), nothing_written(other_fund.id):
        cancel(fund, sheet)


def test_a_day_to_come_or_a_closed_month_is_refused(fund, sheet):
    with refused(fund, "contributions.day_to_come"):
        cancel(fund, sheet, cancelled_on=date(2025, 11, 26))
    october = fund.collect(on=START).collection_id
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with refused(fund, "funds.books_closed"):
        cancel(fund, october, cancelled_on=date(2025, 10, 31))
    cancel(fund, october, cancelled_on=TODAY)
    assert fund.balances(date(2025, 10, 31)) == {"1130-01": 6 * DUES, "4100": -6 * DUES}
    assert fund.balances() == {"1130-01": 6 * DUES, "4100": -6 * DUES}
    assert everything_found(fund_id=fund.id) == ()


def test_a_late_sheet_is_taken_back_too(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    late = fund.collect(on=START).collection_id
    cancel(fund, late, cancelled_on=date(2025, 11, 1))
    assert fund.balances() == {}
    assert everything_found(fund_id=fund.id) == ()


@pytest.mark.parametrize("asked", ["nobody", "cancelled"])
def test_nothing_is_nothing_to_cancel(fund, sheet, asked):
    if asked == "cancelled":
        cancel(fund, sheet)
    with refused(fund, "contributions.nothing_to_cancel"):
        cancel(fund, sheet, member_ids=None if asked == "cancelled" else [])


def test_a_long_reason_is_refused(fund, sheet):
    with refused(fund, "contributions.why_too_long"):
        cancel(fund, sheet, why="ก" * 501)


def test_money_that_was_handed_over_comes_back_first(fund, sheet):
    hand_over(fund, 6 * DUES)
    with refused(fund, "contributions.money_has_moved_on"):
        cancel(fund, sheet, fund.malee)
    hand_over(fund, DUES, back=True)
    cancel(fund, sheet, fund.malee)
    assert fund.balances() == {"1110": 5 * DUES, "4100": -5 * DUES}
    with refused(fund, "contributions.money_has_moved_on"):
        cancel(fund, sheet)


def test_what_the_treasurer_took_in_leaves_the_treasurers_till(fund):
    sheet = fund.collect(on=DAY, collected_by=fund.persons["somsri"]).collection_id
    cancel(fund, sheet, fund.malee)
    assert fund.balances() == {"1110": 5 * DUES, "4100": -5 * DUES}


def test_the_receipt_of_somebody_who_left_is_taken_back_too(fund, sheet):
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=date(2025, 11, 20), reason=LeftReason.DECEASED,
                   recorded_at=NOW)
    assert cancel(fund, sheet, fund.malee).receipts == 1


@pytest.fixture
def collector(fund):
    """Boonma at the desk of village 4."""
    return fund.actor("boonma4", Role.COLLECTOR, centre_id=fund.centre)


def test_a_collector_cancels_on_the_day_of_recording(fund, sheet, collector):
    assert cancel(fund, sheet, fund.malee, actor=collector, cancelled_on=TODAY).receipts == 1


def test_a_collector_cancels_neither_later_nor_for_another_day(fund, sheet, collector):
    tomorrow = NOW.replace(day=26)
    for more in ({"cancelled_on": DAY}, {"cancelled_on": tomorrow.date(), "recorded_at": tomorrow}):
        with refused(fund, "contributions.cancelled_by_the_treasurer"):
            cancel(fund, sheet, fund.malee, actor=collector, **more)


def test_a_collector_takes_no_money_out_of_the_hands_of_others(fund, collector):
    sheet = fund.collect(on=DAY, collected_by=fund.persons["dao4"]).collection_id
    with refused(fund, "contributions.money_with_somebody_else"):
        cancel(fund, sheet, fund.malee, actor=collector, cancelled_on=TODAY)


def test_for_a_collector_a_day_of_another_village_is_not_there(fund, sheet):
    elsewhere = fund.actor("boonma5", Role.COLLECTOR, centre_id=fund.centres[5])
    with refused(fund, "contributions.unknown_collection"):
        cancel(fund, sheet, fund.malee, actor=elsewhere, cancelled_on=TODAY)


def test_many_days_are_taken_back_at_once_inside_another_verb(fund):
    sheets = [fund.collect(on=date(2025, 11, day)).collection_id for day in (3, 4, 5)]
    asked = [Cancellation(cancellation_id=uuid4(), collection_id=sheet) for sheet in sheets]

    def all_at_once(cancellations):
        with fund_transaction(fund_id=fund.id):
            judged = queries.judged_cancellations(
                actor=fund.somsri, cancellations=cancellations, cancelled_on=DAY, why=WHY, today=TODAY)
            assert judged.refusals == ()
            write_cancellations(actor=fund.somsri, cancellations=cancellations, sheets=judged.sheets, cancelled_on=DAY,
                                why=WHY, recorded_at=NOW)

    counts = []
    for some in (asked[:1], asked[1:]):
        with CaptureQueriesContext(connection) as captured:
            all_at_once(some)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
    assert fund.balances() == {}
    assert everything_found(fund_id=fund.id) == ()


def test_the_number_of_statements_does_not_grow_with_the_receipts():
    fund = Cast(members=300)
    sheet = fund.collect(on=DAY).collection_id
    counts = []
    for member_ids in ([fund.malee], None):
        with CaptureQueriesContext(connection) as captured:
            cancel(fund, sheet, member_ids=member_ids)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14
