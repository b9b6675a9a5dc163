"""What members pay from a day on, as the members' meeting voted it."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.contributions.operations import vote_plan
from ombun.contributions.queries import plans
from ombun.primitives.money import Satang
from tests.people import FOUNDED, NOW
from tests.refusing import nothing_written, refused


def vote(fund, **more):
    vote_plan(**{"actor": fund.somsri, "plan_id": uuid4(), "amount_satang": Satang(9000), "every_months": 3,
                 "from_on": date(2026, 1, 1), "recorded_at": NOW, **more})


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
                 "contributions.plan_begins_that_day"):
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
