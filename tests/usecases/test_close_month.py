"""Closing a month: in order, after its last day, by the treasurer or the chair; then nothing can be posted into it."""
from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from ombun.audit.queries import latest
from ombun.funds.operations import close_month
from ombun.funds.queries import closed_months, closings
from ombun.funds.rules import in_a_closed_month
from ombun.ledger.operations import book_receipt_or_payment
from ombun.ledger.rules import Posting
from ombun.primitives.money import Satang
from ombun.primitives.sentences import sentence
from tests.people import NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

NOVEMBER = date(2025, 11, 1)


def close(fund, **more):
    return close_month(**{"actor": fund.somsri, "close_id": uuid4(), "month": START, "recorded_at": NOW,
                          "closed_by": fund.persons["somsri"], "closed_on": TODAY, **more})


def test_a_closed_month_is_written_down(fund):
    closed = close(fund)
    assert (closed.month, closed.was_already_closed) == (START, False)
    with fund.reading():
        assert closed_months(fund_id=fund.id) == (START,)
        event, = latest(fund_id=fund.id, count=1)
    assert (event.action, event.facts["left_open"]) == ("funds.month_closed", [])


def test_what_is_still_open_has_to_be_explained_and_stays_written(fund):
    def still_open(*, fund_id, month):
        return "CASH_COUNTED", "COLLECTED"
    with refused(fund, "funds.closing_says_not_why"):
        close(fund, still_open=still_open, because="  ")
    with refused(fund, "funds.reason_too_long"):
        close(fund, still_open=still_open, because="ก" * 501)
    close(fund, still_open=still_open, because="เหรัญญิกป่วย")
    with fund.reading():
        closing, = closings(fund_id=fund.id)
    assert (closing.left_open, closing.because) == (("CASH_COUNTED", "COLLECTED"), "เหรัญญิกป่วย")


def test_any_day_of_the_month_means_the_month(fund):
    assert close(fund, month=date(2025, 10, 17)).month == START


def test_the_chair_may_close_too(fund):
    assert not close(fund, closed_by=fund.persons["boonmee"]).was_already_closed


def test_sent_twice_it_is_closed_once(fund):
    close_id = uuid4()
    close(fund, close_id=close_id)
    with nothing_written(fund.id):
        assert close(fund, close_id=close_id).was_already_closed


def test_the_same_id_for_another_month_is_refused(fund):
    close_id = uuid4()
    close(fund, close_id=close_id)
    with refused(fund, "funds.same_id_other_month"):
        close(fund, close_id=close_id, month=NOVEMBER)


def test_months_close_in_order_and_each_once(fund):
    with refused(fund, "funds.earlier_month_open", "funds.month_not_over"):
        close(fund, month=NOVEMBER)
    close(fund)
    with refused(fund, "funds.month_already_closed"):
        close(fund)
    with refused(fund, "funds.month_not_over"):
        close(fund, month=NOVEMBER)
    close(fund, month=NOVEMBER, closed_on=date(2025, 12, 1))


def test_the_month_in_which_the_books_begin_is_the_first_to_close():
    fund = Cast(members=1, starts_on=date(2025, 10, 15))
    close(fund, month=START)
    with fund.reading():
        assert closed_months(fund_id=fund.id) == (START,)


@pytest.mark.parametrize("name", ["udom", "boonma4"])
def test_only_the_treasurer_or_the_chair_in_office_closes(fund, name):
    with refused(fund, "funds.not_treasurer_or_chair"):
        close(fund, closed_by=fund.persons[name])


def test_a_treasurer_of_another_fund_closes_nothing_here(fund, other_fund):
    with refused(fund, "funds.not_treasurer_or_chair"):
        close(fund, closed_by=other_fund.persons["somsri"])


def test_every_reason_is_told_at_once(fund):
    with refused(fund, "funds.earlier_month_open", "funds.month_not_over", "funds.not_treasurer_or_chair"):
        close(fund, month=date(2026, 3, 1), closed_by=uuid4())


def test_the_refusal_names_the_first_day_that_is_still_open():
    refusal = in_a_closed_month(day=START, books_closed_until=date(2025, 10, 31), about="day")
    with translation.override("th"):
        assert "วันแรกที่ยังเปิดอยู่ คือ 1 พฤศจิกายน 2568" in sentence(refusal)


def test_nothing_is_posted_into_a_closed_month_but_a_late_sheet_keeps_its_day(fund):
    close(fund)
    with refused(fund, "funds.books_closed"):
        book_receipt_or_payment(
            actor=fund.somsri, deed_id=uuid4(), happened_on=START, memo="บริจาค", recorded_at=NOW, postings=[
                Posting(account_code="1110", amount_satang=Satang(5)),
                Posting(account_code="4800", amount_satang=Satang(-5))])
    fund.collect(on=date(2025, 10, 20))
    assert fund.balances(on=date(2025, 10, 31)) == {}
    assert fund.balances(on=NOVEMBER)["4100"] == -18_000
