"""Receipt books: one number on the cover in the whole fund, numbers in order, a half-used one goes on."""
import pytest

from ombun.audit.queries import history
from ombun.contributions.operations import open_receipt_book
from ombun.contributions.queries import book_in_use, books_of_centres
from tests.people import NOW, START, Cast
from tests.refusing import nothing_written, refused


def open_book(fund, **more):
    return open_receipt_book(**{"actor": fund.somsri, "centre_id": fund.centres[5], "book_no": 5, "first_number": 1,
                                "last_number": 50, "recorded_at": NOW, **more})


def test_a_new_book_begins_at_its_first_number(fund):
    book_id = open_book(fund)
    with fund.reading():
        book = book_in_use(fund_id=fund.id, centre_id=fund.centres[5])
        event, = history(fund_id=fund.id, subject="book:5")
    assert (book.id, book.book_no, book.next_number, book.last_number) == (book_id, 5, 1, 50)
    assert event.facts == {"from": 1, "to": 50}


def test_a_half_used_book_goes_on_from_its_number(fund):
    open_book(fund, next_number=31)
    with fund.reading():
        assert book_in_use(fund_id=fund.id, centre_id=fund.centres[5]).next_number == 31


def test_sent_twice_it_is_one_book_even_after_its_first_receipts(fund):
    first = open_book(fund, centre_id=fund.centre)
    fund.collect(on=START)
    with nothing_written(fund.id):
        assert open_book(fund, centre_id=fund.centre) == first


def test_the_next_book_is_used_when_the_first_is_full():
    fund = Cast(last_number=106)
    fund.collect(on=START)
    open_book(fund, centre_id=fund.centre)
    done = fund.collect(fund.malee, on=START)
    assert (done.book_no, done.first_number) == (5, 1)
    with fund.reading():
        assert [b.book_no for b in books_of_centres(fund_id=fund.id)] == [4, 5]


@pytest.mark.parametrize("numbers", [
    {"first_number": 0}, {"first_number": 51}, {"next_number": 51}, {"first_number": 5, "next_number": 4},
    {"last_number": 10**12}, {"book_no": 0}, {"book_no": 10**12}])
def test_numbers_out_of_order_are_refused(fund, numbers):
    with refused(fund, "contributions.book_numbers_out_of_order"):
        open_book(fund, **numbers)


def test_a_village_of_another_fund_is_unknown(fund, other_fund):
    with refused(fund, "contributions.unknown_centre"):
        open_book(fund, centre_id=other_fund.centre)


def test_a_number_on_the_cover_is_used_once_in_a_fund_and_again_in_another(fund, other_fund):
    open_book(fund)
    with refused(fund, "contributions.book_of_another_centre"):
        open_book(fund, centre_id=fund.centre)
    with refused(fund, "contributions.book_already_there"):
        open_book(fund, last_number=60)
    open_book(other_fund)
