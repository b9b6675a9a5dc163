"""What the treasurer's page says to do next."""
from dataclasses import replace
from datetime import date

import pytest

from ombun.primitives.money import Satang
from ombun.web.treasurer.next_step import Situation, month_to_close, next_step

CALM = Situation(needs_opening=False, villages_without_book=[], members=1127, claims_to_pay=0, claims_to_pay_satang=0,
                 villages_to_collect=[], with_collectors_satang=0, month=date(2026, 11, 1), month_to_close=None)


def test_nothing_to_do_is_no_step() -> None:
    assert next_step(CALM) is None


def test_the_most_pressing_step_comes_first() -> None:
    everything = replace(
        CALM, members=0, needs_opening=True, villages_without_book=[4], claims_to_pay=2,
        claims_to_pay_satang=Satang(90000), month_to_close=date(2026, 10, 1), villages_to_collect=[1, 2],
        with_collectors_satang=Satang(1))
    order = []
    for done in ({"members": 9}, {"needs_opening": False}, {"villages_without_book": []}, {"claims_to_pay": 0},
                 {"month_to_close": None}, {"villages_to_collect": []}, {"with_collectors_satang": Satang(0)}):
        step = next_step(everything)
        assert step is not None
        order.append(step.url_name)
        everything = replace(everything, **done)
    assert order == ["registrar:imports", "treasurer:opening", "treasurer:receipt_books", "committee:claims",
                     "treasurer:close", "collect:home", "treasurer:handover"]
    assert next_step(everything) is None


@pytest.mark.parametrize(("today", "month"), [
    (date(2026, 11, 6), None), (date(2026, 11, 7), date(2026, 10, 1)), (date(2027, 3, 1), date(2026, 10, 1))])
def test_a_month_is_closed_when_late_sheets_have_had_a_week(today: date, month: date | None) -> None:
    assert month_to_close(books_closed_until=date(2026, 9, 30), today=today) == month
