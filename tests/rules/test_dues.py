"""Dues against the slow, obvious way of counting them: one period after the other."""
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ombun.contributions.rules import (
    AGES,
    ArrearsClause,
    KnownOfDues,
    Plan,
    Reckoning,
    arrears,
    clause_on,
    dues_from,
    may_be_decided,
    owed,
    paid_until,
    plan_on,
    refusals_to_vote,
    refusals_to_vote_clause,
    standing,
)
from ombun.members.states import Happening
from ombun.primitives.days import add_months, month_end
from ombun.primitives.money import Satang

first_of_month = st.dates(date(1999, 1, 1), date(2005, 1, 1)).map(lambda day: day.replace(day=1))
period = st.sampled_from([(1, 0, 0), (3, 0, 0), (6, 0, 0), (12, 0, 0), (3, 0, 2), (6, 0, 4), (12, 0, 10), (0, 1, 0),
                          (0, 7, 0)])
plan = st.builds(
    lambda satang, every, day, entrance: Plan(
        amount_satang=Satang(satang), from_on=day, every_months=every[0], every_days=every[1], first_month=every[2],
        entrance_satang=Satang(entrance)),
    st.integers(1, 100) | st.integers(1, 5).map(lambda baht: baht * 100), period, first_of_month, st.integers(0, 50))
plans = st.lists(plan, min_size=1, max_size=3, unique_by=lambda p: p.from_on).map(
    lambda found: tuple(sorted(found, key=lambda p: p.from_on)))
free = st.lists(first_of_month, max_size=4, unique=True).map(
    lambda days: tuple(zip(sorted(days)[::2], sorted(days)[1::2], strict=False)))
reckoning = st.builds(Reckoning, dues_from=first_of_month, paid_satang=st.integers(0, 5000), free=free,
                      joined_here_on=st.none())


def periods(voted, known):
    """One period after the other, as somebody would count them at a table: when it begins, and what is due."""
    day = known.dues_from
    while True:
        for since, until in known.free:
            if since <= day < until:
                day = until
        now = plan_on(plans=voted, day=day)
        if now.every_days:
            following, due = day + timedelta(days=now.every_days), now.amount_satang
        elif not now.first_month:
            following, due = add_months(day, now.every_months), now.amount_satang
        else:
            months = 1
            while (add_months(day.replace(day=1), months).month - now.first_month) % now.every_months:
                months += 1
            following, due = add_months(day.replace(day=1), months), now.amount_satang
            if months < now.every_months or day.day > 1:
                share = now.amount_satang * months / now.every_months
                due = max(1, int(share)) if now.amount_satang % 100 else max(100, int(share // 100) * 100)
        yield day, due
        day = following


@given(plans, reckoning, st.dates(date(1999, 1, 1), date(2008, 1, 1)))
def test_owed_is_every_period_begun(voted, known, on):
    due = 0
    for begins_on, one in periods(voted, known):
        if begins_on > on:
            break
        due += one
    assert owed(reckoning=known, plans=voted, on=on) == due - known.paid_satang


@given(plans, reckoning)
def test_payments_settle_the_oldest_period_first(voted, known):
    left = known.paid_satang
    for begins_on, one in periods(voted, known):  # noqa: B007
        if left < one:
            break
        left -= one
    assert paid_until(reckoning=known, plans=voted) == begins_on


@given(plans, reckoning, st.dates(date(2000, 1, 1), date(2004, 1, 1)), st.dates(date(2000, 1, 1), date(2008, 1, 1)))
def test_on_entering_a_fee_is_paid_before_any_period(voted, known, joined_on, on):
    assume(not any(one.every_days for one in voted))
    known = replace(known, dues_from=joined_on.replace(day=1))
    newcomer, fee = replace(known, joined_here_on=joined_on), plan_on(plans=voted, day=joined_on).entrance_satang
    assert owed(reckoning=newcomer, plans=voted, on=on) == owed(reckoning=known, plans=voted, on=on) + fee
    assert paid_until(reckoning=replace(newcomer, paid_satang=newcomer.paid_satang + fee), plans=voted) == paid_until(
        reckoning=known, plans=voted)


@given(plans, reckoning, st.dates(date(2000, 1, 1), date(2006, 1, 1)), st.integers(0, 60), st.integers(1, 31))
def test_late_is_every_period_whose_due_day_is_gone(voted, known, on, grace_days, due_day):
    voted = tuple(replace(one, due_day=due_day) for one in voted)
    left, late = known.paid_satang, []
    for begins_on, due in periods(voted, known):
        by = max(begins_on, min(begins_on.replace(day=1) + timedelta(days=due_day - 1), month_end(begins_on)))
        if begins_on > on or by + timedelta(days=grace_days) >= on:
            break
        if late or left < due:
            late.append((by, due))
        else:
            left -= due
    found = arrears(reckoning=known, plans=voted, on=on, grace_days=grace_days)
    if not late:
        assert found is None
    else:
        assert (found.due_on, found.periods, found.satang) == (
            late[0][0], len(late), sum(due for _, due in late) - left)
        assert found.days == (on - late[0][0]).days - grace_days > 0


MONTHLY = (Plan(amount_satang=Satang(3000), every_months=1, from_on=date(2012, 1, 1)),)


def late(on, **changes):
    return arrears(reckoning=Reckoning(dues_from=date(2026, 1, 1), paid_satang=0), plans=MONTHLY, on=on, **changes)


def test_arrears_have_an_age():
    assert late(date(2026, 1, 31)) is None
    assert [late(date(2026, 1, 31) + timedelta(days=n)).age for n in (1, 30, 31, 90, 91, 180, 181, 365, 366)] == [
        0, 0, 1, 1, 2, 2, 3, 3, len(AGES)]


@pytest.mark.parametrize(("said", "on", "decided"), [
    ({"lapse_after_days": 90}, date(2026, 5, 1), None), ({"lapse_after_days": 90}, date(2026, 5, 2), Happening.LAPSED),
    ({"lapse_after_periods": 3}, date(2026, 3, 31), None),
    ({"lapse_after_periods": 3}, date(2026, 4, 1), Happening.LAPSED),
    ({"lapse_after_periods": 3, "suspend_after_periods": 2}, date(2026, 3, 1), Happening.SUSPENDED),
    ({"lapse_after_days": 90, "grace_days": 15}, date(2026, 5, 16), None),
    ({"lapse_after_days": 90, "grace_days": 15}, date(2026, 5, 17), Happening.LAPSED), ({}, date(2036, 1, 1), None)])
def test_the_clause_says_what_the_committee_may_decide(said, on, decided):
    """Three missed payments, or more than 90 days: two clauses of funds that there are (domain §1.2)."""
    clause = ArrearsClause(from_on=date(2020, 1, 1), clause_no="7.4", words="", **said)
    assert may_be_decided(clause=clause, late=late(on, grace_days=clause.grace_days)) == decided


def test_a_clause_holds_from_its_day_and_makes_sense():
    old, new = (ArrearsClause(from_on=day, clause_no="7", words="") for day in (date(2020, 1, 1), date(2026, 1, 1)))
    days = (date(2019, 1, 1), date(2025, 1, 1), date(2026, 1, 1))
    assert [clause_on(clauses=(old, new), day=day) for day in days] == [None, old, new]
    wrong = ArrearsClause(from_on=date(2026, 1, 1), clause_no=" ", words="x" * 501, grace_days=-1, lapse_after_days=0,
                          suspend_after_periods=121)
    assert {(r.code.partition(".")[2], r.about) for r in refusals_to_vote_clause(clause=wrong, clauses=(old, new))} == {
        ("clause_without_number", "clause_no"), ("clause_too_long", "words"), ("clause_begins_that_day", "from_on"),
        ("clause_number_out_of_range", "grace_days"), ("clause_number_out_of_range", "lapse_after_days"),
        ("clause_number_out_of_range", "suspend_after_periods")}


def test_a_plan_that_makes_no_sense_is_told_every_reason():
    wrong = Plan(amount_satang=Satang(0), from_on=date(2026, 1, 1), every_months=2, every_days=1, first_month=13,
                 due_day=32, entrance_satang=Satang(-1))
    assert {r.about for r in refusals_to_vote(plan=wrong)} == {"amount", "entrance", "every", "first_month", "due_day"}
    assert refusals_to_vote(plan=replace(MONTHLY[0], every_months=6, first_month=4, due_day=5)) == []


def test_dues_by_the_day_run_from_the_day_of_joining_and_are_told_by_the_month():
    daily = (Plan(amount_satang=Satang(100), every_days=1, from_on=date(2020, 1, 1)),)
    newcomer = Reckoning(dues_from=date(2026, 1, 1), paid_satang=0, joined_here_on=date(2026, 1, 21))
    assert owed(reckoning=newcomer, plans=daily, on=date(2026, 1, 31)) == 1100
    assert daily[0].usual_satang == 3000
    year = Reckoning(dues_from=date(2027, 1, 1), paid_satang=36500)
    assert paid_until(reckoning=year, plans=daily) == date(2028, 1, 1)
    leap = replace(year, dues_from=date(2028, 1, 1))
    assert owed(reckoning=leap, plans=daily, on=date(2028, 12, 31)) == 100  # 366 days


def test_twice_a_year_in_fixed_months_who_joins_between_pays_by_the_month():
    twice = (Plan(amount_satang=Satang(18000), every_months=6, first_month=4, from_on=date(2020, 1, 1)),)
    joined = Reckoning(dues_from=date(2026, 7, 1), paid_satang=9000)
    assert paid_until(reckoning=joined, plans=twice) == date(2026, 10, 1)
    assert owed(reckoning=joined, plans=twice, on=date(2026, 10, 1)) == 18000


def test_who_is_free_of_dues_owes_nothing_meanwhile():
    known = KnownOfDues(joined_on=date(2026, 1, 10), free=((date(2026, 3, 1), date(2026, 6, 1)),))
    stands = [standing(member_id=1, known=known, last_paid_on=None, plans=MONTHLY, on=on)
              for on in (date(2026, 2, 1), date(2026, 5, 31), date(2026, 6, 1))]
    assert [(one.owed_satang, one.is_free) for one in stands] == [(6000, False), (6000, True), (9000, False)]
    for_good = replace(known, free=((date(2026, 1, 1), date.max),))
    found = standing(member_id=1, known=for_good, last_paid_on=None, plans=MONTHLY, on=date(2026, 5, 3))
    assert (found.owed_satang, found.paid_until, found.is_free) == (0, date(2026, 6, 1), True)


def test_one_cell_of_60_is_two_months_and_a_part_payment_moves_nothing():
    two, nearly_three = (Reckoning(dues_from=date(2025, 1, 1), paid_satang=satang) for satang in (6000, 8999))
    assert paid_until(reckoning=two, plans=MONTHLY) == date(2025, 3, 1)
    assert paid_until(reckoning=nearly_three, plans=MONTHLY) == date(2025, 3, 1)
    assert owed(reckoning=nearly_three, plans=MONTHLY, on=date(2025, 3, 31)) == 1


def test_after_the_opening_position_nobody_owes_since_joining():
    def owed_satang(opening_paid_until: date | None) -> int:
        return standing(member_id=1, last_paid_on=None, plans=MONTHLY, on=date(2026, 10, 3), known=KnownOfDues(
            joined_on=date(2012, 5, 20), opening_paid_until=opening_paid_until)).owed_satang

    assert owed_satang(date(2026, 10, 1)) == 3000
    assert owed_satang(None) == 174 * 3000


@pytest.mark.parametrize(("opening_paid_until", "paid_satang", "paid_to"), [
    (None, 0, None), (None, 3000, date(2012, 5, 31)), (date(2012, 8, 1), 0, date(2012, 7, 31)),
    (date(2012, 8, 1), 3000, date(2012, 8, 31))])
def test_who_paid_nothing_is_paid_to_no_day(opening_paid_until, paid_satang, paid_to):
    found = standing(member_id=1, last_paid_on=None, plans=MONTHLY, on=date(2026, 10, 3), known=KnownOfDues(
        joined_on=date(2012, 5, 20), paid_satang=Satang(paid_satang), opening_paid_until=opening_paid_until))
    assert found.paid_to == paid_to


def test_dues_begin_with_the_later_of_joining_and_the_opening_position():
    assert dues_from(joined_on=date(2026, 11, 9), opening_paid_until=date(2026, 10, 1)) == date(2026, 11, 1)
    assert dues_from(joined_on=date(2012, 5, 20), opening_paid_until=date(2026, 10, 1)) == date(2026, 10, 1)


def test_dues_that_cannot_be_told_are_not_guessed():
    unknown = standing(member_id=1, known=KnownOfDues(joined_on=None), last_paid_on=None, plans=MONTHLY,
                       on=date(2026, 10, 3))
    assert unknown.dues_from is None and unknown.paid_until is None and unknown.owed_satang == 0
