"""What members pay from a day on, as the members' meeting voted it."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import latest
from ombun.contributions.operations import take_back_plan, vote_plan
from ombun.contributions.queries import judged_plan, plans
from ombun.contributions.rules import Plan
from ombun.funds.operations import close_month
from ombun.primitives.money import Satang
from tests.people import FOUNDED, NOW, START, TODAY
from tests.refusing import nothing_written, refused


def vote(fund, **more):
    named = {name: more.pop(name) for name in ("plan_id", "recorded_at") if name in more}
    vote_plan(actor=fund.somsri, **{"plan_id": uuid4(), "recorded_at": NOW, **named}, plan=Plan(
        **{"amount_satang": Satang(9000), "every_months": 3, "from_on": date(2026, 1, 1), **more}))


def test_a_plan_holds_from_its_day_on_beside_the_first_one(fund):
    vote(fund)
    with fund.reading():
        assert [(p.amount_satang, p.every_months, p.from_on) for p in plans(fund_id=fund.id)] == [
            (3000, 1, FOUNDED), (9000, 3, date(2026, 1, 1))]


def test_sent_twice_it_is_written_once_and_the_same_id_holds_one_plan(fund):
    plan_id = uuid4()
    vote(fund, plan_id=plan_id)
    with nothing_written(fund.id):
        vote(fund, plan_id=plan_id)
    with refused(fund, "contributions.same_id_other_plan"):
        vote(fund, plan_id=plan_id, amount_satang=Satang(8000))


def test_every_mistake_is_told_at_once(fund):
    with refused(fund, "contributions.plan_amount_out_of_range", "contributions.plan_period_unknown",
                 "contributions.plan_before_the_start", "contributions.plan_begins_that_day"):
        vote(fund, amount_satang=Satang(0), every_months=2, from_on=FOUNDED)


@pytest.mark.parametrize("satang", [-1, 0, 10**8 + 1, 10**30])
def test_an_amount_that_cannot_be_meant_is_refused(fund, satang):
    with refused(fund, "contributions.plan_amount_out_of_range"):
        vote(fund, amount_satang=Satang(satang))


def test_two_funds_may_use_the_same_id(fund, other_fund):
    plan_id = uuid4()
    vote(fund, plan_id=plan_id)
    vote(other_fund, plan_id=plan_id, amount_satang=Satang(7000))
    with other_fund.reading():
        assert plans(fund_id=other_fund.id)[-1].amount_satang == 7000


@pytest.mark.parametrize(("from_on", "code"), [
    (date(2023, 1, 1), "before_the_start"), (date(1957, 1, 1), "before_the_start"),
    (date(2025, 9, 30), "before_the_start"), (date(2025, 10, 31), "in_closed_months"),
    (date(2027, 11, 26), "too_far_ahead"), (date(2157, 1, 1), "too_far_ahead")])
def test_a_day_that_no_meeting_can_mean_is_refused(fund, from_on, code):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with refused(fund, f"contributions.plan_{code}"):
        vote(fund, from_on=from_on)


@pytest.mark.parametrize("from_on", [START, date(2027, 11, 25)])
def test_the_first_and_the_last_day_that_can_be_meant(fund, from_on):
    vote(fund, from_on=from_on)


def test_the_effect_is_known_before_the_vote(fund):
    fund.collect(*fund.members[:2], on=date(2025, 11, 5), each=3000 * 1000)
    with fund.reading():
        judged = judged_plan(fund_id=fund.id, today=TODAY,
                             plan=Plan(amount_satang=Satang(10_000), every_months=1, from_on=START))
    assert judged.refusals == ()
    assert (judged.effect.on, judged.effect.members_more, judged.effect.more_satang) == (TODAY, 4, 4 * 2 * 7000)
    with fund.reading():
        judged = judged_plan(fund_id=fund.id, today=TODAY,
                             plan=Plan(amount_satang=Satang(1000), every_months=1, from_on=date(2026, 1, 1)))
    assert (judged.effect.on, judged.effect.members_less, judged.effect.less_satang) == (
        date(2026, 12, 31), 4, 4 * 12 * 2000)


def test_a_plan_that_has_not_begun_is_taken_back_and_another_may_begin_that_day(fund):
    plan_id = uuid4()
    vote(fund, plan_id=plan_id)
    take_back_plan(actor=fund.somsri, plan_id=plan_id, recorded_at=NOW)
    with fund.reading():
        assert [p.from_on for p in plans(fund_id=fund.id)] == [FOUNDED]
        event, = latest(fund_id=fund.id, count=1)
    assert (event.action, event.subject) == ("contributions.plan_taken_back", f"plan:{plan_id}")
    with nothing_written(fund.id):
        take_back_plan(actor=fund.somsri, plan_id=plan_id, recorded_at=NOW)
    with refused(fund, "contributions.plan_was_taken_back"):
        vote(fund, plan_id=plan_id)
    vote(fund)


def test_a_plan_that_has_begun_and_one_of_another_fund_are_not_taken_back(fund, other_fund):
    begun, theirs = uuid4(), uuid4()
    vote(fund, plan_id=begun, from_on=TODAY)
    vote(other_fund, plan_id=theirs)
    with refused(fund, "contributions.plan_has_begun"):
        take_back_plan(actor=fund.somsri, plan_id=begun, recorded_at=NOW)
    with refused(fund, "contributions.unknown_plan"), nothing_written(other_fund.id):
        take_back_plan(actor=fund.somsri, plan_id=theirs, recorded_at=NOW)
