"""One list of beneficiaries becomes the next: whatever is wanted stands afterwards, and nobody is lost on the way."""
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from ombun.members.rules.beneficiaries import Named, NewBeneficiary, list_change, refusals_to_name, with_first

NAMES = st.sampled_from(["นางทอง", "นายคำ", "น.ส.ดำ", "นายแดง"])
LISTS = st.lists(st.builds(NewBeneficiary, name=NAMES, relation=st.sampled_from(["", "บุตร"]),
                           phone=st.sampled_from(["", "0600000001"])), max_size=4, unique_by=lambda one: one.name)
DAY = date(2025, 10, 1)


def said(one):
    return one.place, one.name, one.relation, one.phone


def after(there, wanted, on):
    """The rows once the change was made."""
    change = list_change(there=there, wanted=wanted, named_on=on, ids=[uuid4() for _ in wanted])
    kept = [replace(one, ended_on=on) if one.id in change.ended else
            replace(one, ended_on=None, phone=change.going_on[one.id]) if one.id in change.going_on else one
            for one in there if one.id not in change.mistaken]
    return [*kept, *change.named]


@given(st.lists(st.tuples(LISTS, st.integers(0, 3)), max_size=6))
def test_what_is_wanted_stands_and_whoever_stood_a_day_is_remembered(steps):
    there: list[Named] = []
    day, stood = DAY, set()
    for wanted, days in steps:
        day += timedelta(days=days)
        if days:
            stood |= {(one.place, one.name) for one in there if one.ended_on is None}
        there = after(there, wanted, day)
        current = [one for one in there if one.ended_on is None]
        assert sorted(map(said, current)) == [(n, one.name, one.relation, one.phone) for n, one in enumerate(wanted, 1)]
        assert all(one.ended_on is None or one.named_on < one.ended_on for one in there)
        assert stood <= {(one.place, one.name) for one in there}


@given(LISTS, LISTS)
def test_a_list_named_later_stands(first, second):
    there = after([], first, DAY)
    assert (after(there, second, DAY - timedelta(days=1)) == there) or not first


@given(LISTS, st.none() | NAMES | st.just(""), st.none() | st.just("หลาน"))
def test_a_workbook_moves_only_the_first(current, name, relation):
    found = with_first(current=current, name=name, relation=relation)
    called = name if name is not None else current[0].name if current else ""
    assert [one.name for one in found] == ([called] if called else []) + [one.name for one in current[1:]]


@given(st.lists(st.none() | st.integers(-5, 105), max_size=5))
def test_shares_are_for_all_or_for_nobody_and_add_up(shares):
    found = refusals_to_name(beneficiaries=[
        NewBeneficiary(name=str(n), share_percent=share) for n, share in enumerate(shares)])
    is_right = not any(share is not None for share in shares) or (
        None not in shares and sum(shares) == 100 and min(shares) > 0)
    assert (found == []) == is_right
