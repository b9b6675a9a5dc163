"""A collection day of a village: recorded once, in the books, with a receipt for each; or refused as a whole."""
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from ombun.audit.queries import history
from ombun.contributions.operations import CollectionRefused, open_receipt_book
from ombun.contributions.queries import collection, paid_until, receipts_of_collection, standings
from ombun.contributions.rules import AMOUNT_MAX, Payment
from ombun.funds.operations import close_month
from ombun.ledger.queries import entry
from ombun.members.operations import end_membership, enrol_member
from ombun.members.rules.membership import LeftReason
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from tests.people import DUES, NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

DAY = date(2025, 10, 5)
STATEMENTS_MAX = 15


def paid(*member_ids, satang=DUES):
    return [Payment(member_id=i, amount_satang=Satang(satang)) for i in member_ids]


def test_a_collection_day_is_in_the_books_and_everybody_has_a_receipt(fund):
    deed = uuid4()
    done = fund.collect(on=DAY, collection_id=deed)
    assert (done.book_no, done.first_number, done.last_number) == (4, 101, 106)
    assert (done.total_satang, done.was_already_recorded) == (18_000, False)
    assert fund.balances() == {"1130-01": 18_000, "4100": -18_000}
    with fund.reading():
        card = collection(fund_id=fund.id, deed_id=deed)
        receipts = receipts_of_collection(fund_id=fund.id, collection_id=card.id)
        booked = entry(fund_id=fund.id, entry_id=card.entry_id)
        event, = history(fund_id=fund.id, subject=f"collection:{deed}")
    assert [(r.number, r.member_id, r.amount_satang, r.collected_on, r.moo) for r in receipts] == [
        (101 + i, member, DUES, DAY, 4) for i, member in enumerate(fund.members)]
    assert (booked.deed, booked.deed_id, booked.happened_on, booked.posted_on) == (
        "contributions.collection", deed, DAY, DAY)
    assert event.facts == {"payments": 6, "total_satang": 18_000, "collected_by": str(fund.boonma)}


def test_the_next_sheet_goes_on_in_the_receipt_book(fund):
    fund.collect(on=DAY)
    done = fund.collect(fund.malee, on=DAY)
    assert (done.first_number, done.last_number) == (107, 107)


def test_a_member_has_paid_for_the_oldest_month_first(fund):
    fund.collect(fund.malee, on=DAY, each=2 * DUES)
    with fund.reading():
        standing = standings(fund_id=fund.id, member_ids=[fund.malee], on=DAY)[fund.malee]
        until = paid_until(fund_id=fund.id, asked=[(fund.malee, date(2025, 10, 4)), (fund.malee, DAY)])
    assert (standing.paid_satang, standing.paid_until, standing.last_paid_on) == (2 * DUES, date(2015, 7, 1), DAY)
    assert list(until.values()) == [date(2015, 5, 1), date(2015, 7, 1)]


def test_sent_twice_it_is_recorded_once(fund):
    deed = uuid4()
    first = fund.collect(on=DAY, collection_id=deed)
    with nothing_written(fund.id):
        again = fund.collect(*reversed(fund.members), on=DAY, collection_id=deed)
    assert again.was_already_recorded
    assert (again.first_number, again.total_satang) == (first.first_number, first.total_satang)


def test_sent_at_the_same_moment_by_many_it_is_recorded_once(fund):
    deed = uuid4()

    def send(_):
        try:
            return fund.collect(on=DAY, collection_id=deed)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert sorted(a.was_already_recorded for a in answers) == [False] + [True] * 5
    assert {(a.first_number, a.last_number) for a in answers} == {(101, 106)}
    assert fund.balances()["4100"] == -18_000


@pytest.mark.parametrize("other", ["amount", "day", "person", "members", "village"])
def test_the_same_id_with_another_sheet_is_refused(fund, other):
    deed = uuid4()
    fund.collect(on=DAY, collection_id=deed)
    with refused(fund, "contributions.same_id_other_sheet"):
        fund.collect(**{"on": DAY, "collection_id": deed, **{
            "amount": {"each": DUES + 1}, "day": {"on": START}, "person": {"collected_by": fund.persons["somsri"]},
            "members": {"payments": paid(fund.malee)}, "village": {"centre_id": fund.centres[5]}}[other]})


def test_two_funds_may_use_the_same_id(fund, other_fund):
    deed = uuid4()
    fund.collect(on=DAY, collection_id=deed)
    assert not other_fund.collect(on=DAY, collection_id=deed).was_already_recorded


def test_a_known_sheet_is_answered_even_in_a_closed_month(fund):
    deed = uuid4()
    fund.collect(on=DAY, collection_id=deed)
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with nothing_written(fund.id):
        assert fund.collect(on=DAY, collection_id=deed).was_already_recorded


def test_a_late_sheet_is_posted_on_the_first_open_day_and_keeps_its_own(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    deed = uuid4()
    fund.collect(on=DAY, collection_id=deed)
    with fund.reading():
        card = collection(fund_id=fund.id, deed_id=deed)
        booked = entry(fund_id=fund.id, entry_id=card.entry_id)
    assert (card.collected_on, booked.happened_on, booked.posted_on) == (DAY, DAY, date(2025, 11, 1))


def test_every_mistake_is_told_at_once_and_nothing_is_written(fund, other_fund):
    left = fund.members[1]
    end_membership(actor=fund.somsri, member_id=left, left_on=START, reason=LeftReason.RESIGNED, recorded_at=NOW)
    with refused(fund, "contributions.day_to_come", "contributions.not_a_collector", "contributions.listed_twice",
                 "contributions.member_not_active", "contributions.unknown_member", "contributions.amount_not_positive",
                 "contributions.amount_too_large"), nothing_written(other_fund.id):
        fund.collect(on=date(2025, 11, 26), collected_by=fund.persons["udom"], payments=[
            *paid(fund.malee, fund.malee, left, other_fund.malee), *paid(fund.members[2], satang=0),
            *paid(fund.members[3], satang=AMOUNT_MAX + 1)])


@pytest.mark.parametrize("satang", [-1, 0, AMOUNT_MAX + 1, 10**40])
def test_an_amount_that_cannot_be_meant_is_refused(fund, satang):
    code = "amount_too_large" if satang > 0 else "amount_not_positive"
    with refused(fund, f"contributions.{code}"):
        fund.collect(fund.malee, on=DAY, each=satang)


@pytest.fixture
def collector(fund):
    """Boonma at the desk of village 4."""
    return fund.actor("boonma4", Role.COLLECTOR, centre_id=fund.centre)


@pytest.fixture
def neighbour(fund):
    """A member of village 5, where Boonma does not collect."""
    return enrol_member(actor=fund.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
                        new=fund.new_member(50, centre_id=fund.centres[5])).member_id


def test_for_a_collector_people_of_another_village_are_as_unknown_as_nobody(fund, collector, neighbour):
    with pytest.raises(CollectionRefused) as caught, nothing_written(fund.id):
        fund.collect(fund.malee, neighbour, 999_999, on=DAY, actor=collector)
    assert [(r.code, r.facts) for r in caught.value.refusals] == [
        ("contributions.unknown_member", {"member": i}) for i in (neighbour, 999_999)]
    with pytest.raises(CollectionRefused) as caught:
        fund.collect(neighbour, neighbour, on=DAY, each=0, actor=collector)
    assert all(str(r.facts["member"]) == str(neighbour) for r in caught.value.refusals)
    assert fund.collect(fund.malee, on=DAY, actor=collector).first_number == 101


def test_the_treasurer_records_for_everybody(fund, neighbour):
    assert fund.collect(fund.malee, neighbour, on=DAY).last_number == 102


def test_a_collector_records_for_their_own_village_only(fund, collector):
    open_receipt_book(actor=fund.somsri, centre_id=fund.centres[5], book_no=5, first_number=1, last_number=50,
                      recorded_at=NOW)
    with refused(fund, "contributions.unknown_centre"):
        fund.collect(fund.malee, on=DAY, centre_id=fund.centres[5], actor=collector)


@pytest.mark.parametrize("who", ["somsri", "boonma5", "kham5"])
def test_a_collector_books_nothing_in_the_name_of_somebody_elsewhere(fund, collector, who):
    with refused(fund, "contributions.collected_by_another_centre"):
        fund.collect(on=DAY, collected_by=fund.persons[who], actor=collector)
    for near in ("boonma4", "dao4"):
        fund.collect(fund.malee, on=DAY, collected_by=fund.persons[near], actor=collector)


def test_an_empty_sheet_is_refused(fund):
    with refused(fund, "contributions.empty_sheet"):
        fund.collect(on=DAY, payments=[])


def test_a_village_without_a_receipt_book_cannot_collect_nor_one_of_another_fund(fund, other_fund):
    for centre in (fund.centres[5], other_fund.centre):
        with refused(fund, "contributions.no_receipt_book"):
            fund.collect(fund.malee, on=DAY, centre_id=centre)


def test_a_full_receipt_book_says_how_many_are_left():
    fund = Cast(last_number=103)
    with refused(fund, "contributions.receipt_book_full"):
        fund.collect(on=DAY)
    assert fund.collect(*fund.members[:3], on=DAY).last_number == 103
    with refused(fund, "contributions.receipt_book_full"):
        fund.collect(fund.malee, on=DAY)


def test_a_term_that_has_ended_or_not_begun_does_not_collect(fund):
    with refused(fund, "contributions.not_a_collector"):
        fund.collect(on=date(2025, 9, 30))


def test_somebody_who_has_left_still_pays_for_the_day_before(fund):
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=date(2025, 10, 6), reason=LeftReason.DECEASED,
                   recorded_at=NOW)
    fund.collect(fund.malee, on=DAY)
    with refused(fund, "contributions.member_not_active"):
        fund.collect(fund.malee, on=date(2025, 10, 6))


def test_the_number_of_statements_does_not_grow_with_the_sheet(django_assert_num_queries):
    fund = Cast(members=500)
    fund.collect(fund.malee, on=DAY)
    with CaptureQueriesContext(connections["default"]) as captured:
        fund.collect(fund.malee, on=DAY)
    assert len(captured) <= STATEMENTS_MAX
    with django_assert_num_queries(len(captured)):
        assert fund.collect(on=DAY).total_satang == 500 * DUES


def test_the_collectors_first_sheet_takes_no_more_than_the_allowed_statements_either(fund):
    with CaptureQueriesContext(connections["default"]) as captured:
        fund.collect(on=DAY)
    assert len(captured) <= STATEMENTS_MAX + 2  # it opens the collector's own cash account
