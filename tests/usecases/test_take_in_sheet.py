"""A sheet that was collected on a device is always taken in; what is doubtful is set aside, and cleared by a person."""
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from ombun.contributions import queries
from ombun.contributions.operations import (
    cancel_receipts,
    give_to_member,
    lend_receipt_book,
    spoil_numbers,
    take_in_sheet,
    take_out,
    wipe_device,
)
from ombun.contributions.queries import versions_of_sheet
from ombun.contributions.rules import Arrival, Payment, Sheet
from ombun.jobs.checking import everything_found
from ombun.members.operations import end_membership
from ombun.members.rules.membership import LeftReason
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import DUES, NOW, TODAY, Cast
from tests.refusing import refused

DAY = date(2025, 11, 5)


@pytest.fixture
def device(fund) -> UUID:
    """A phone with a receipt book for the first village."""
    device_id = uuid4()
    lend_receipt_book(actor=fund.somsri, device_id=device_id, centre_id=fund.centre, recorded_at=NOW)
    return device_id


def arrival(fund, device, *members, first=1, **more) -> Arrival:
    """A sheet of that phone: these members paid what is due (all, when none is named)."""
    sheet = Sheet(**{
        "collection_id": uuid4(), "centre_id": fund.centre, "collected_on": DAY, "collected_by": fund.boonma,
        "payments": tuple(Payment(member_id=i, amount_satang=DUES) for i in members or fund.members), **more})
    return Arrival(sheet=sheet, device_id=device, book_no=9_001, first_number=first)


def take_in(fund, sent, **more):
    return take_in_sheet(**{"actor": fund.somsri, "arrival": sent, "received_on": TODAY, "recorded_at": NOW, **more})


def waiting(fund):
    with fund.reading():
        found = queries.receipts_set_aside(fund_id=fund.id)
        assert queries.receipts_to_clear(fund_id=fund.id) == len(found)
    return found


def doubts(fund):
    return {(one.number, one.doubts) for one in waiting(fund)}


def paid(fund, member):
    with fund.reading():
        return queries.standings(fund_id=fund.id, member_ids=[member], on=TODAY)[member].paid_satang


def leave(fund, member, on=date(2025, 10, 20)):
    end_membership(actor=fund.somsri, member_id=member, left_on=on, reason=LeftReason.MOVED, recorded_at=NOW)


def test_a_clean_sheet_is_booked_with_the_numbers_of_the_device(fund: Cast, device) -> None:
    sent = arrival(fund, device)
    done = take_in(fund, sent)
    assert (done.book_no, done.first_number, done.last_number, done.set_aside) == (9_001, 1, 6, 0)
    assert fund.balances() == {"1130-01": 6 * DUES, "4100": -6 * DUES}
    assert take_in(fund, sent).was_already_recorded
    assert take_in(fund, arrival(fund, device, fund.malee, first=7, collected_on=DAY + timedelta(1))).first_number == 7
    assert everything_found(fund_id=fund.id) == ()


def test_the_same_id_with_other_people_is_refused(fund: Cast, device) -> None:
    sent = arrival(fund, device)
    take_in(fund, sent)
    with refused(fund, "contributions.same_id_other_sheet"):
        take_in(fund, arrival(fund, device, fund.malee, collection_id=sent.sheet.collection_id))


def test_somebody_who_left_is_set_aside_and_the_others_have_paid(fund: Cast, device) -> None:
    leave(fund, fund.malee)
    assert take_in(fund, arrival(fund, device)).set_aside == 1
    assert doubts(fund) == {(1, ("contributions.member_not_active",))}
    assert fund.balances() == {"1130-01": 6 * DUES, "2900": -DUES, "4100": -5 * DUES}
    assert (paid(fund, fund.malee), paid(fund, fund.members[1])) == (0, DUES)
    assert everything_found(fund_id=fund.id) == ()


def test_two_phones_that_collected_the_same_village(fund: Cast, device) -> None:
    other = uuid4()
    lend_receipt_book(actor=fund.somsri, device_id=other, centre_id=fund.centre, recorded_at=NOW)
    take_in(fund, arrival(fund, device))
    second = arrival(fund, other, fund.malee, fund.members[1])
    take_in(fund, Arrival(sheet=second.sheet, device_id=other, book_no=9_002, first_number=1))
    assert {(one.book_no, one.number, one.others, one.doubts) for one in waiting(fund)} == {
        (9_002, n, (f"9001/{n}",), ("contributions.paid_on_another_sheet",)) for n in (1, 2)}
    with fund_transaction(fund_id=fund.id, read_only=True):
        sheets, members = versions_of_sheet(fund_id=fund.id, deed_id=second.sheet.collection_id)
        alone, _ = versions_of_sheet(fund_id=fund.id, deed_id=uuid4())
    assert [(one.book_no, one.total_satang) for one in sheets] == [(9_001, 6 * DUES), (9_002, 2 * DUES)]
    assert [tuple(one and (one.number, one.counts) for one in member.receipts) for member in members] == [
        ((1, True), (1, False)), ((2, True), (2, False)), *(((n, True), None) for n in range(3, 7))]
    assert alone == ()
    assert paid(fund, fund.malee) == DUES


@pytest.mark.parametrize(("more", "doubt"), [
    ({"collected_on": TODAY + timedelta(days=400)}, "contributions.day_to_come"),
    ({"collected_by": "wilai"}, "contributions.not_a_collector")])
def test_what_is_wrong_with_the_whole_sheet_sets_all_of_it_aside(fund: Cast, device, more, doubt) -> None:
    if "collected_by" in more:
        more = {"collected_by": fund.persons["wilai"]}
    sent = arrival(fund, device, **more)
    assert take_in(fund, sent).set_aside == 6
    assert doubts(fund) == {(n, (doubt,)) for n in range(1, 7)}
    assert {one.collected_on for one in waiting(fund)} <= {DAY, TODAY}
    assert take_in(fund, sent).was_already_recorded
    assert everything_found(fund_id=fund.id) == ()


def test_a_collector_who_took_money_in_another_village(fund: Cast, device) -> None:
    boonma = fund.actor("boonma4", Role.COLLECTOR, centre_id=fund.centre)
    sent = arrival(fund, device, collected_by=fund.persons["boonma5"])
    assert take_in(fund, sent, actor=boonma).set_aside == 6
    assert {codes for _, codes in doubts(fund)} == {("contributions.collected_by_another_centre",)}


def test_numbers_used_before_get_new_ones_and_numbers_before_are_waited_for(fund: Cast, device) -> None:
    with refused(fund, "contributions.numbers_before_are_missing"):
        take_in(fund, arrival(fund, device, first=4))
    take_in(fund, arrival(fund, device, *fund.members[:3]))
    done = take_in(fund, arrival(fund, device, *fund.members[3:]))
    assert (done.first_number, done.last_number, done.set_aside) == (4, 6, 3)
    assert {codes for _, codes in doubts(fund)} == {("contributions.numbers_used_before",)}


def test_spoiled_numbers_let_the_next_sheet_in(fund: Cast, device) -> None:
    spoil = {"actor": fund.somsri, "spoiling_id": uuid4(), "book_no": 9_001, "last_number": 3, "recorded_at": NOW}
    with refused(fund, "contributions.says_not_why"):
        spoil_numbers(**spoil, why=" ")
    spoil_numbers(**spoil, why="ใบเก็บเงินหาย")
    spoil_numbers(**spoil, why="ใบเก็บเงินหาย")
    assert take_in(fund, arrival(fund, device, first=4)).first_number == 4
    assert everything_found(fund_id=fund.id) == ()
    late = spoil | {"spoiling_id": uuid4(), "last_number": 5}
    with refused(fund, "contributions.not_the_next_numbers"):
        spoil_numbers(**late, why="ขาด")
    with refused(fund, "contributions.unknown_book"):
        spoil_numbers(**(late | {"book_no": 77}), why="ขาด")


def test_only_what_no_device_can_have_collected_is_refused(fund: Cast, device) -> None:
    nobody = arrival(fund, device, payments=(Payment(member_id=2**30, amount_satang=Satang(0)),), collected_by=uuid4())
    with refused(fund, "contributions.unknown_member", "contributions.amount_not_positive",
                 "contributions.unknown_collector"):
        take_in(fund, nobody)
    with refused(fund, "contributions.not_the_devices_book"):
        take_in(fund, arrival(fund, uuid4()))


def test_a_device_keeps_its_book_until_it_is_wiped(fund: Cast, device) -> None:
    lend = {"actor": fund.somsri, "device_id": device, "centre_id": fund.centre, "recorded_at": NOW}
    assert lend_receipt_book(**lend).book_no == 9_001
    with fund.reading():
        assert queries.book_in_use(fund_id=fund.id, centre_id=fund.centre).book_no == 4
    wipe_device(actor=fund.somsri, device_id=device, recorded_at=NOW)
    wipe_device(actor=fund.somsri, device_id=device, recorded_at=NOW)
    with refused(fund, "contributions.device_was_wiped"):
        lend_receipt_book(**lend)
    with refused(fund, "contributions.unknown_device"):
        wipe_device(actor=fund.somsri, device_id=uuid4(), recorded_at=NOW)
    assert take_in(fund, arrival(fund, device)).set_aside == 0  # what it had collected still arrives


def test_money_set_aside_becomes_a_receipt_of_whoever_paid(fund: Cast, device) -> None:
    leave(fund, fund.malee)
    take_in(fund, arrival(fund, device))
    [aside] = waiting(fund)
    clear = {"actor": fund.somsri, "clearing_id": uuid4(), "receipt": (aside.deed_id, aside.number), "recorded_at": NOW}
    with refused(fund, "contributions.member_not_active"):
        give_to_member(**clear, member_id=fund.malee)
    give_to_member(**clear, member_id=fund.members[1])
    give_to_member(**clear, member_id=fund.members[1])
    assert fund.balances() == {"1130-01": 6 * DUES, "4100": -6 * DUES}
    assert (paid(fund, fund.members[1]), waiting(fund)) == (2 * DUES, ())
    with refused(fund, "contributions.not_set_aside"):
        give_to_member(**(clear | {"clearing_id": uuid4()}), member_id=fund.members[1])
    assert everything_found(fund_id=fund.id) == ()


def test_a_clearing_that_was_wrong_is_set_aside_again(fund: Cast, device) -> None:
    leave(fund, fund.malee)
    take_in(fund, arrival(fund, device))
    [aside], clearing = waiting(fund), uuid4()
    give_to_member(actor=fund.somsri, clearing_id=clearing, receipt=(aside.deed_id, aside.number),
                   member_id=fund.members[1], recorded_at=NOW)
    cancel_receipts(actor=fund.somsri, cancellation_id=uuid4(), collection_id=clearing, member_ids=None,
                    cancelled_on=TODAY, why="คนละคน", recorded_at=NOW)
    [again] = waiting(fund)
    assert (again.deed_id, again.doubts) == (clearing, ("contributions.clearing_taken_back",))
    assert fund.balances()["2900"] == -DUES
    assert everything_found(fund_id=fund.id) == ()


def test_money_counted_twice_leaves_the_hand_again(fund: Cast, device) -> None:
    take_in(fund, arrival(fund, device))
    take_in(fund, arrival(fund, device, fund.malee, first=7))
    [aside] = waiting(fund)
    out = {"actor": fund.somsri, "clearing_id": uuid4(), "receipt": (aside.deed_id, aside.number),
           "cleared_on": TODAY, "recorded_at": NOW}
    with refused(fund, "contributions.says_not_why", "contributions.cancelled_before_collected",
                 "contributions.money_has_moved_on"):
        take_out(**(out | {"cleared_on": date(2025, 11, 1)}), why="")
    take_out(**out, why="บันทึกซ้ำสองเครื่อง")
    take_out(**out, why="บันทึกซ้ำสองเครื่อง")
    assert fund.balances() == {"1130-01": 6 * DUES, "4100": -6 * DUES}
    assert waiting(fund) == ()
    assert everything_found(fund_id=fund.id) == ()
