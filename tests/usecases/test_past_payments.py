"""What old books tell: payments and benefits before the fund's own books began, in the subledger and in the books."""
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError

from ombun.claims.operations import ToldBenefit, take_back_past_benefits, write_past_benefits
from ombun.claims.queries import benefits_had, past_benefits_of_member
from ombun.contributions.operations import take_back_past_payments, write_opening_standings, write_past_payments
from ombun.contributions.queries import dues_by_centre, paid_until, past_payments_of_member, standings
from ombun.jobs.checking import everything_found
from ombun.members.operations import apply_changes
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START
from tests.usecases.old_books import paid_before

AUGUST, SEPTEMBER = date(2025, 8, 1), date(2025, 9, 1)


def tell(fund, payments, batch_id=None):
    with fund_transaction(fund_id=fund.id):
        write_past_payments(actor=fund.somsri, batch_id=batch_id or uuid4(), recorded_at=NOW, payments={
            key: Satang(satang) for key, satang in payments.items()})


def told(fund, **more):
    return ToldBenefit(**{"member_id": fund.malee, "benefit": "hospital", "words": "นอน รพ. 2 คืน", "receiver": "นางมาลี",
                          "paid_on": date(2025, 9, 12), "units": 2, "amount_satang": Satang(40_000),
                          "account_code": "5102", **more})


def test_what_was_paid_before_counts_for_the_member_and_stands_in_the_books_of_its_month(fund):
    tell(fund, {(fund.malee, AUGUST): 6_000, (fund.malee, SEPTEMBER): 3_000, (fund.members[1], SEPTEMBER): 3_000})
    with fund.reading():
        after = standings(fund_id=fund.id, member_ids=[fund.malee], on=START)[fund.malee]
        assert past_payments_of_member(fund_id=fund.id, member_id=fund.malee) == ((AUGUST, 6_000), (SEPTEMBER, 3_000))
        assert paid_before(fund_id=fund.id) == {AUGUST: 6_000, SEPTEMBER: 6_000}
    assert (after.paid_satang, after.owed_satang, after.paid_until) == (9_000, 0, date(2025, 11, 1))
    assert fund.balances(date(2025, 8, 31)) == {"1190": 6_000, "4100": -6_000}
    assert fund.balances(date(2025, 9, 30)) == {"1190": 12_000, "4100": -12_000}
    assert everything_found(fund_id=fund.id) == ()


def test_nobody_owes_for_months_of_which_the_old_books_tell_nothing(fund):
    paid, absent, new = fund.members[:3]
    with fund_transaction(fund_id=fund.id):
        apply_changes(actor=fund.somsri, recorded_at=NOW, changes={new: {"joined_on": date(2025, 9, 20)}})
    tell(fund, {(paid, AUGUST): 3_000, (paid, SEPTEMBER): 3_000, (new, SEPTEMBER): 3_000})
    with fund.reading():
        found = standings(fund_id=fund.id, member_ids=fund.members, on=date(2025, 9, 30))
        day = paid_until(fund_id=fund.id, asked=[(i, date(2025, 9, 30)) for i in fund.members])
        dues = dues_by_centre(fund_id=fund.id, from_on=SEPTEMBER, until_on=START, on=date(2025, 9, 30))
    assert [found[i].owed_satang for i in (paid, absent, new)] == [0, 6_000, 0]
    assert [found[i].dues_from for i in (paid, absent, new)] == [AUGUST, AUGUST, SEPTEMBER]
    assert {i: until for (i, _), until in day.items()} == {i: one.paid_until for i, one in found.items()}
    assert sum(one.owed_satang for one in dues) == sum(one.owed_satang for one in found.values())


def test_a_standing_that_was_written_down_says_more_than_old_lists(fund):
    write_opening_standings(actor=fund.somsri, paid_until={fund.malee: START}, recorded_at=NOW)
    tell(fund, {(fund.malee, SEPTEMBER): 90_000})
    with fund.reading():
        stands = standings(fund_id=fund.id, member_ids=[fund.malee], on=START)[fund.malee]
    assert (stands.paid_until, stands.paid_satang) == (START, 0)


def test_what_was_told_is_taken_out_again_and_the_books_keep_both_sides(fund):
    batch = uuid4()
    tell(fund, {(fund.malee, AUGUST): 6_000}, batch)
    with fund_transaction(fund_id=fund.id):
        take_back_past_payments(actor=fund.somsri, batch_id=batch, recorded_at=NOW)
        take_back_past_payments(actor=fund.somsri, batch_id=batch, recorded_at=NOW)
    with fund.reading():
        assert paid_before(fund_id=fund.id) == {}
    assert fund.balances() == {} and everything_found(fund_id=fund.id) == ()
    tell(fund, {(fund.malee, AUGUST): 6_000})


def test_a_benefit_of_the_old_books_counts_against_the_limits_of_its_kind(fund):
    batch = uuid4()
    with fund_transaction(fund_id=fund.id):
        write_past_benefits(actor=fund.somsri, batch_id=batch, recorded_at=NOW, told=[
            told(fund), told(fund, member_id=None, benefit="death", account_code="5104", amount_satang=Satang(1_000))])
    with fund.reading():
        had, = benefits_had(fund_id=fund.id, member_ids=fund.members)
        received, = past_benefits_of_member(fund_id=fund.id, member_id=fund.malee)
    assert (had.benefit, had.on, had.units, had.satang) == ("hospital", date(2025, 9, 12), 2, 40_000)
    assert (received.words, received.amount_satang) == ("นอน รพ. 2 คืน", 40_000)
    assert fund.balances() == {"1190": -41_000, "5102": 40_000, "5104": 1_000}
    with fund_transaction(fund_id=fund.id):
        take_back_past_benefits(actor=fund.somsri, batch_id=batch, recorded_at=NOW)
    assert fund.balances() == {} and everything_found(fund_id=fund.id) == ()


def test_history_ends_before_the_month_in_which_the_own_books_begin(fund):
    with pytest.raises(IntegrityError, match="closed month"):
        tell(fund, {(fund.malee, START): 3_000})
