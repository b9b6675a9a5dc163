"""A sheet that was filled in by pen: as on a phone, with the numbers of a paper book, spoiled ones among them."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ombun.contributions import queries
from ombun.contributions.operations import open_receipt_book, type_in_sheet
from ombun.contributions.rules import PaperNumbers, Payment, Sheet
from ombun.jobs.checking import everything_found
from ombun.papers.gathering import receipts_of_day
from tests.people import DUES, NOW, TODAY
from tests.refusing import refused

DAY = date(2025, 11, 5)


def sheet(fund, **more):
    return Sheet(**{"collection_id": uuid4(), "centre_id": fund.centre, "collected_on": DAY,
                    "collected_by": fund.boonma, "payments": tuple(
                        Payment(member_id=i, amount_satang=DUES) for i in fund.members), **more})


def type_in(fund, filled, told):
    return type_in_sheet(actor=fund.somsri, sheet=filled, numbers=told, received_on=TODAY, recorded_at=NOW)


def numbers(fund, **more):
    """From the next number of the book in use on."""
    with fund.reading():
        book = queries.book_in_use(fund_id=fund.id, centre_id=fund.centre)
    return PaperNumbers(**{"book_no": book.book_no, "first_number": book.next_number, "why": "เขียนผิด", **more})


def receipts(fund):
    """(number, member) of every receipt, in the order of the numbers."""
    with fund.reading():
        days = queries.collections_in(fund_id=fund.id, from_on=DAY, until_on=TODAY, centre_id=fund.centre)
        return sorted((line.number, line.member_id) for card in days
                      for line in queries.receipts_of_collection(fund_id=fund.id, collection_id=card.id))


def test_numbers_are_as_on_the_stubs_and_spoiled_ones_are_told(fund):
    told = numbers(fund, by_member={fund.members[5]: 101}, spoiled=frozenset({103, 104}))
    assert told.first_number == 101
    done = type_in(fund, sheet(fund), told)
    assert (done.first_number, done.last_number, done.total_satang) == (101, 108, DUES * 6)
    assert receipts(fund) == [(101, fund.members[5]), (102, fund.members[0]), (105, fund.members[1]),
                              (106, fund.members[2]), (107, fund.members[3]), (108, fund.members[4])]
    assert numbers(fund).first_number == 109
    assert not everything_found()


def test_the_original_is_in_the_book_of_paper_and_what_is_printed_says_that_it_is_a_copy(fund):
    type_in(fund, sheet(fund), numbers(fund))
    fund.collect(fund.malee, on=DAY)
    with fund.reading():
        printed = {(paper.is_copy, paper.note) for card in queries.collections_in(
            fund_id=fund.id, from_on=DAY, until_on=TODAY, centre_id=fund.centre)
            for paper in receipts_of_day(fund_id=fund.id, card=card, payments=queries.receipts_of_collection(
                fund_id=fund.id, collection_id=card.id))}
    assert printed == {(True, "ต้นฉบับเขียนด้วยมือ อยู่ในเล่มกระดาษ"), (False, "")}


def test_sent_twice_it_is_recorded_once_and_another_under_its_id_is_refused(fund):
    filled, told = sheet(fund), numbers(fund, spoiled=frozenset({101, 103}))
    first, again = type_in(fund, filled, told), type_in(fund, filled, told)
    assert not first.was_already_recorded and again == replace(first, was_already_recorded=True)
    assert len(receipts(fund)) == 6
    for other in (replace(told, spoiled=frozenset({101})), replace(told, first_number=102),
                  replace(told, by_member={fund.members[1]: 102})):
        with refused(fund, "contributions.same_id_other_sheet"):
            type_in(fund, filled, other)


def test_one_of_two_open_books_is_meant(fund):
    open_receipt_book(actor=fund.somsri, centre_id=fund.centre, book_no=77, first_number=1, last_number=50,
                      recorded_at=NOW)
    done = type_in(fund, sheet(fund), PaperNumbers(book_no=77, first_number=1))
    assert (done.book_no, done.first_number, done.last_number) == (77, 1, 6)


@pytest.mark.parametrize(("more", "code"), [
    ({"first_number": 105}, "not_the_next_receipt"), ({"book_no": 99_999}, "unknown_book"),
    ({"spoiled": frozenset({120})}, "numbers_left_out")])
def test_numbers_that_cannot_be_are_refused(fund, more, code):
    with refused(fund, f"contributions.{code}"):
        type_in(fund, sheet(fund), numbers(fund, **more))


def test_what_refuses_a_sheet_refuses_it_from_paper_too(fund):
    with refused(fund, "contributions.empty_sheet"):
        type_in(fund, sheet(fund, payments=()), numbers(fund))
