"""The demo fund, taken away and brought into an empty fund, is the same fund."""
from datetime import UTC, date, datetime

from django.utils import timezone

from ombun.access.operations import operator
from ombun.exports.operations import Form
from ombun.primitives.days import add_months, month_of
from tests.usecases.taken_out import brought_in, state, taken_from


def test_the_demo_fund_comes_in_again_as_it_went_out(demo):
    now, actor = datetime.now(tz=UTC), operator(code="demo")
    assert actor.fund_id == demo
    month = month_of(timezone.localdate())
    asked = {"days": [add_months(month, -back) for back in (0, 1, 13, 40)], "from_on": date(2000, 1, 1),
             "until_on": add_months(month, 1)}
    before = state(fund_id=demo, **asked)
    file = taken_from(actor, form=Form.XLSX, taken_at=now)
    after = state(fund_id=brought_in(actor, file=file, form=Form.XLSX, taken_at=now).fund_id, **asked)
    assert len(before.members) > 200 and len(before.paid) > 1000 and len(before.benefits) > 10
    for name, was in vars(before).items():
        assert vars(after)[name] == was, name
