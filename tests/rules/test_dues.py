"""Dues against the slow, obvious way of counting them: one period after the other."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.contributions.rules import Plan, dues_from, owed, paid_until, plan_on, standing
from ombun.primitives.days import add_months
from ombun.primitives.money import Satang

first_of_month = st.dates(date(1999, 1, 1), date(2005, 1, 1)).map(lambda day: day.replace(day=1))
plan = st.builds(
    lambda satang, months, day: Plan(amount_satang=Satang(satang), every_months=months, from_on=day),
    st.integers(1, 100), st.sampled_from([1, 3, 6, 12]), first_of_month)
plans = st.lists(plan, min_size=1, max_size=3, unique_by=lambda p: p.from_on).map(
    lambda found: tuple(sorted(found, key=lambda p: p.from_on)))


@given(plans, first_of_month, st.dates(date(1999, 1, 1), date(2008, 1, 1)))
def test_owed_is_every_period_begun(voted, dues_from, on):
    day, due = dues_from, 0
    while day <= on:
        in_force = plan_on(plans=voted, day=day)
        due += in_force.amount_satang
        day = add_months(day, in_force.every_months)
    assert owed(dues_from=dues_from, paid_satang=0, plans=voted, on=on) == due


@given(plans, first_of_month, st.integers(0, 5000))
def test_payments_settle_the_oldest_period_first(voted, dues_from, paid):
    day, left = dues_from, paid
    while left >= (in_force := plan_on(plans=voted, day=day)).amount_satang:
        day, left = add_months(day, in_force.every_months), left - in_force.amount_satang
    assert paid_until(dues_from=dues_from, paid_satang=paid, plans=voted) == day


def test_one_cell_of_60_is_two_months_and_a_part_payment_moves_nothing():
    monthly = (Plan(amount_satang=Satang(3000), every_months=1, from_on=date(2020, 1, 1)),)
    assert paid_until(dues_from=date(2025, 1, 1), paid_satang=6000, plans=monthly) == date(2025, 3, 1)
    assert paid_until(dues_from=date(2025, 1, 1), paid_satang=8999, plans=monthly) == date(2025, 3, 1)
    assert owed(dues_from=date(2025, 1, 1), paid_satang=8999, plans=monthly, on=date(2025, 3, 31)) == 1


def test_after_the_opening_position_nobody_owes_since_joining():
    monthly = (Plan(amount_satang=Satang(3000), every_months=1, from_on=date(2012, 1, 1)),)

    def owed_satang(opening_paid_until: date | None) -> int:
        return standing(member_id=1, joined_on=date(2012, 5, 20), paid_satang=Satang(0), last_paid_on=None,
                        plans=monthly, on=date(2026, 10, 3), opening_paid_until=opening_paid_until).owed_satang

    assert owed_satang(date(2026, 10, 1)) == 3000
    assert owed_satang(None) == 174 * 3000


@pytest.mark.parametrize(("opening_paid_until", "paid_satang", "paid_to"), [
    (None, 0, None), (None, 3000, date(2012, 5, 31)), (date(2012, 8, 1), 0, date(2012, 7, 31)),
    (date(2012, 8, 1), 3000, date(2012, 8, 31))])
def test_who_paid_nothing_is_paid_to_no_day(opening_paid_until, paid_satang, paid_to):
    monthly = (Plan(amount_satang=Satang(3000), every_months=1, from_on=date(2012, 1, 1)),)
    found = standing(member_id=1, joined_on=date(2012, 5, 20), paid_satang=Satang(paid_satang), last_paid_on=None,
                     plans=monthly, on=date(2026, 10, 3), opening_paid_until=opening_paid_until)
    assert found.paid_to == paid_to


def test_dues_begin_with_the_later_of_joining_and_the_opening_position():
    assert dues_from(joined_on=date(2026, 11, 9), opening_paid_until=date(2026, 10, 1)) == date(2026, 11, 1)
    assert dues_from(joined_on=date(2012, 5, 20), opening_paid_until=date(2026, 10, 1)) == date(2026, 10, 1)


def test_dues_that_cannot_be_told_are_not_guessed():
    monthly = (Plan(amount_satang=Satang(3000), every_months=1, from_on=date(2012, 1, 1)),)
    unknown = standing(member_id=1, joined_on=None, opening_paid_until=None, paid_satang=Satang(0), last_paid_on=None,
                       plans=monthly, on=date(2026, 10, 3))
    assert unknown.dues_from is None and unknown.paid_until is None and unknown.owed_satang == 0
