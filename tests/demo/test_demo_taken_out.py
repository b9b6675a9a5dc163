"""The demo fund, taken away and brought into an empty fund, is the same fund."""
import io
from datetime import UTC, date, datetime
from uuid import uuid4

from django.utils import timezone

from ombun.access.operations import operator
from ombun.exports.operations import Form, bring_in
from ombun.jobs.checking import everything_found
from ombun.ledger.queries import trial_balance
from ombun.members.queries import counts
from ombun.primitives.days import add_months, month_of
from ombun.primitives.transactions import fund_transaction
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


def test_the_demo_fund_is_made_again_as_the_very_same(demo):
    now, code = datetime.now(tz=UTC), f"again-{uuid4().hex[:10]}"
    file = taken_from(operator(code="demo"), form=Form.XLSX, taken_at=now)
    made = bring_in(file=io.BytesIO(file), name="demo.xlsx", code=code, brought_at=now)
    books = []
    for fund_id in (demo, made.fund_id):
        with fund_transaction(fund_id=fund_id, read_only=True):
            books.append((trial_balance(fund_id=fund_id, on=now.date()), counts(fund_id=fund_id, on=now.date())))
    assert books[0] == books[1] and made.rows > 20_000
    assert everything_found(fund_id=made.fund_id) == ()
