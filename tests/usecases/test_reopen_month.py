"""Opening a closed month again: the last one, by two of the committee, who say why; it stays written."""
from datetime import date
from uuid import uuid4

from ombun.audit.queries import latest
from ombun.funds.operations import close_month, reopen_month
from ombun.funds.queries import closed_months, closings, fund_by_id, reopenings
from ombun.ledger.operations import book_receipt_or_payment
from ombun.ledger.rules import Posting
from ombun.papers.gathering.books import Asked, stated
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

NOVEMBER, DECEMBER = date(2025, 11, 1), date(2025, 12, 1)
WHY = "ลืมลงเงินสมทบจาก อบต."


def closed(fund, month=START, on=TODAY, close_id=None):
    close_month(actor=fund.somsri, close_id=close_id or uuid4(), month=month, recorded_at=NOW,
                closed_by=fund.persons["somsri"], closed_on=on)


def reopen(fund, **more):
    reopen_month(**{"actor": fund.somsri, "reopening_id": uuid4(), "month": START, "reason": WHY, "recorded_at": NOW,
                    "first_by": fund.persons["boonmee"], "second_by": fund.persons["udom"], "reopened_on": TODAY,
                    **more})


def gift(fund, day=START):
    return book_receipt_or_payment(
        actor=fund.somsri, deed_id=uuid4(), happened_on=day, memo="สมทบ", recorded_at=NOW, postings=[
            Posting(account_code="1110", amount_satang=Satang(500)),
            Posting(account_code="4400", amount_satang=Satang(-500))])


def test_what_was_forgotten_is_posted_into_the_month_and_the_month_closes_again(fund):
    closed(fund)
    reopen(fund)
    with fund.reading():
        assert closed_months(fund_id=fund.id) == ()
        assert fund_by_id(fund_id=fund.id).books_closed_until == date(2025, 9, 30)
        event, = latest(fund_id=fund.id, count=1)
    assert event.action == "funds.month_reopened"
    gift(fund)
    closed(fund)
    with refused(fund, "funds.books_closed"):
        gift(fund)
    with fund.reading():
        assert closed_months(fund_id=fund.id) == (START,)
        assert [one.reopened_on for one in closings(fund_id=fund.id)].count(TODAY) == 1


def test_every_report_of_the_month_says_who_opened_it_and_why(fund):
    closed(fund)
    reopen(fund)
    with fund.reading():
        note = stated(name="income", fund_id=fund.id, asked=Asked(from_on=START, until_on=NOVEMBER)).note
        assert WHY in note and "นายบุญมี มั่นคง และ นายอุดม แสนดี" in note
        assert not stated(name="income", fund_id=fund.id, asked=Asked(from_on=NOVEMBER, until_on=DECEMBER)).note
        assert len(reopenings(fund_id=fund.id, from_on=START, until_on=NOVEMBER)) == 1


def test_sent_twice_it_is_opened_once(fund):
    again = uuid4()
    closed(fund)
    reopen(fund, reopening_id=again)
    closed(fund)
    with nothing_written(fund.id):
        reopen(fund, reopening_id=again)
    with refused(fund, "funds.same_id_other_month"):
        reopen(fund, reopening_id=again, reason="อื่น")


def test_months_open_again_the_newest_first(fund):
    closed(fund)
    closed(fund, NOVEMBER, on=date(2025, 12, 2))
    with refused(fund, "funds.only_the_last_month_reopens"):
        reopen(fund, reopened_on=date(2025, 12, 2))
    reopen(fund, month=NOVEMBER, reopened_on=date(2025, 12, 2))
    reopen(fund, reopened_on=date(2025, 12, 2))
    with fund.reading():
        assert closed_months(fund_id=fund.id) == ()


def test_two_different_people_of_the_committee_say_why(fund):
    closed(fund)
    with refused(fund, "funds.reopening_says_not_why", "funds.two_persons_reopen"):
        reopen(fund, reason=" ", second_by=fund.persons["boonmee"])
    with refused(fund, "funds.not_of_the_committee"):
        reopen(fund, second_by=fund.persons["boonma4"])
    with refused(fund, "funds.reason_too_long", "funds.not_of_the_committee", "funds.not_of_the_committee"):
        reopen(fund, reason="ก" * 501, first_by=uuid4(), second_by=uuid4())


def test_nothing_that_was_never_closed_opens(fund):
    with refused(fund, "funds.only_the_last_month_reopens"):
        reopen(fund)
    with refused(fund, "funds.only_the_last_month_reopens"):
        reopen(fund, month=date(2025, 9, 1))  # before the books began


def test_a_month_in_which_the_books_began_opens_from_its_first_day_of_ours():
    fund = Cast(members=1, starts_on=date(2025, 10, 15))
    closed(fund)
    reopen(fund)
    with fund.reading():
        assert fund_by_id(fund_id=fund.id).books_closed_until == date(2025, 10, 14)
