"""An amount is divided to the satang; an earmark is used by what is spent on its accounts, the oldest first."""
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from ombun.ledger.rules import Earmarked, ShareOf, Spent, divided, used
from ombun.primitives.money import Satang

DAY = date(2025, 10, 1)
PARTS = st.lists(st.integers(1, 400), min_size=1, max_size=4).map(lambda some: [*some, max(1000 - sum(some), 1)])


@given(st.integers(-10**12, 10**12), PARTS)
def test_the_parts_are_the_whole_and_none_is_off_by_more_than_rounding(satang, parts):
    shares = [ShareOf(account="4100", sub_fund=str(n), thousandths=part) for n, part in enumerate(parts)]
    found = divided(satang=Satang(satang), shares=shares)
    assert sum(found.values()) == satang
    if sum(parts) == 1000:
        assert all(abs(found[str(n)] * 1000 - satang * part) < 1000 * len(parts) for n, part in enumerate(parts))


def earmark(satang, *accounts, day=DAY):
    return Earmarked(id=uuid4(), received_on=day, amount_satang=Satang(satang), accounts=frozenset(accounts))


def spent(satang, account, day=DAY):
    return Spent(account=account, spent_on=day, amount_satang=Satang(satang))


def test_the_oldest_is_used_first_and_none_beyond_what_came_in():
    old, new = earmark(100, "5102"), earmark(100, "5102", "5103", day=DAY + timedelta(days=5))
    found = used(earmarks=[new, old], spent=[
        spent(70, "5102", DAY - timedelta(days=1)), spent(90, "5102", DAY + timedelta(days=6)),
        spent(50, "5102", DAY + timedelta(days=7)), spent(500, "5104", DAY + timedelta(days=8))])
    assert found == {old.id: 100, new.id: 40}


@given(st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from(["5101", "5102"]), st.integers(0, 30)), max_size=20))
def test_never_more_is_used_than_came_in_or_was_spent(payments):
    some = [earmark(5_000, "5101"), earmark(7_000, "5101", "5102", day=DAY + timedelta(days=10))]
    found = used(earmarks=some, spent=[spent(n, account, DAY + timedelta(days=d)) for n, account, d in payments])
    assert all(0 <= found[one.id] <= one.amount_satang for one in some)
    assert sum(found.values()) <= sum(n for n, _account, _day in payments)
