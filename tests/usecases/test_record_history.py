"""Many collection days at once: the same rules, the same books, as many statements for many as for few."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.db import connections
from django.test.utils import CaptureQueriesContext

from ombun.contributions.operations import record_history
from ombun.contributions.queries import collections_in
from ombun.contributions.rules import Payment, Sheet
from tests.people import DUES, NOW, TODAY, Cast
from tests.refusing import nothing_written, refused

OCTOBER = [date(2025, 10, day) for day in (5, 12, 19)]


def sheet(fund, on, *member_ids, **more):
    return Sheet(**{
        "collection_id": uuid4(), "centre_id": fund.centre, "collected_on": on, "collected_by": fund.boonma,
        "payments": tuple(Payment(member_id=i, amount_satang=DUES) for i in member_ids or fund.members), **more})


def record(fund, *sheets, **more):
    return record_history(**{"actor": fund.somsri, "sheets": sheets, "received_on": TODAY, "recorded_at": NOW, **more})


def test_every_sheet_has_its_receipts_and_its_entry(fund):
    assert record(fund, *[sheet(fund, day) for day in OCTOBER]) == 18
    with fund.reading():
        cards = collections_in(fund_id=fund.id, from_on=OCTOBER[0], until_on=TODAY)
    assert [(c.collected_on, c.first_number, c.last_number, c.total_satang) for c in reversed(cards)] == [
        (OCTOBER[0], 101, 106, 18_000), (OCTOBER[1], 107, 112, 18_000), (OCTOBER[2], 113, 118, 18_000)]
    assert fund.balances() == {"1130-01": 54_000, "4100": -54_000}


def test_known_sheets_are_passed_over(fund):
    sheets = [sheet(fund, day) for day in OCTOBER]
    record(fund, *sheets[:2])
    assert record(fund, *sheets) == 6
    with nothing_written(fund.id):
        assert record(fund, *sheets) == 0
        assert record(fund) == 0


def test_every_mistake_of_every_sheet_is_told(fund, other_fund):
    same = sheet(fund, OCTOBER[0])
    with refused(fund, "contributions.same_id_other_sheet", "contributions.unknown_member", "contributions.day_to_come",
                 "contributions.no_receipt_book", "contributions.not_a_collector"), nothing_written(other_fund.id):
        record(fund, same, replace(same, collected_on=OCTOBER[1]), sheet(fund, OCTOBER[2], other_fund.malee),
               sheet(fund, date(2025, 11, 26)), sheet(fund, OCTOBER[2], centre_id=fund.centres[5]),
               sheet(fund, OCTOBER[2], collected_by=fund.persons["udom"]))


def test_sheets_together_do_not_need_more_receipts_than_the_book_has():
    fund = Cast(last_number=110)
    with refused(fund, "contributions.receipt_book_full"):
        record(fund, sheet(fund, OCTOBER[0]), sheet(fund, OCTOBER[1]))
    assert record(fund, sheet(fund, OCTOBER[0]), sheet(fund, OCTOBER[1], *fund.members[:4])) == 10


def test_the_number_of_statements_does_not_grow_with_the_history():
    fund = Cast(members=100)
    record(fund, sheet(fund, OCTOBER[0], fund.malee))
    counts = []
    for sheets in ([sheet(fund, OCTOBER[1])], [sheet(fund, day) for day in OCTOBER]):
        with CaptureQueriesContext(connections["default"]) as captured:
            record(fund, *sheets)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
