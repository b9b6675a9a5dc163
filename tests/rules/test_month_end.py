"""The list before a month closes: every point by itself, done and not done."""
from dataclasses import replace
from datetime import date

import pytest

from ombun.meetings.rules import Bank, Hand, MonthEnd, MonthFacts, points
from ombun.primitives.money import Satang

OCTOBER = date(2025, 10, 1)
TILL = Hand(name_th="เหรัญญิก", name_en="treasurer", is_treasurer=True, satang=Satang(500), still_holds=False,
            counted_on=date(2025, 10, 25))
CARRIED = Hand(name_th="ผู้เก็บเงิน", name_en="collector", is_treasurer=False, satang=Satang(300), still_holds=False,
               counted_on=None)
BANK = Bank(name_th="ธนาคาร", name_en="bank", told_on=date(2025, 10, 31), open_lines=0)
DONE = MonthFacts(month=OCTOBER, hands=(TILL, CARRIED), banks=(BANK,), claims_to_pay=0, to_clarify_satang=Satang(0),
                  receipts_to_clear=0, villages_not_collected=())


def still_open(**changes):
    return [one.kind for one in points(facts=replace(DONE, **changes)) if not one.is_done]


def test_a_month_in_which_all_is_done_has_nothing_open():
    assert still_open() == []
    assert [one.kind for one in points(facts=DONE)] == list(MonthEnd)


@pytest.mark.parametrize(("changes", "kinds"), [
    ({"hands": (TILL, replace(CARRIED, still_holds=True))}, ["HANDED_OVER", "CASH_COUNTED"]),
    ({"hands": (TILL, replace(CARRIED, still_holds=True, counted_on=date(2025, 11, 2)))}, ["HANDED_OVER"]),
    ({"hands": (replace(TILL, counted_on=None),)}, ["CASH_COUNTED"]),
    ({"hands": (replace(TILL, counted_on=date(2025, 10, 24)),)}, ["CASH_COUNTED"]),
    ({"hands": (replace(TILL, counted_on=None, satang=Satang(0)),)}, []),
    ({"banks": (replace(BANK, told_on=None),)}, ["BANK_RECONCILED"]),
    ({"banks": (replace(BANK, told_on=date(2025, 10, 30)),)}, ["BANK_RECONCILED"]),
    ({"banks": (replace(BANK, open_lines=2),)}, ["BANK_RECONCILED"]),
    ({"claims_to_pay": 1}, ["CLAIMS_PAID"]),
    ({"to_clarify_satang": Satang(1)}, ["CLARIFIED"]),
    ({"receipts_to_clear": 1}, ["CLARIFIED"]),
    ({"villages_not_collected": (4,)}, ["COLLECTED"])])
def test_each_point_is_open_by_its_own_fact(changes, kinds):
    assert still_open(**changes) == kinds
