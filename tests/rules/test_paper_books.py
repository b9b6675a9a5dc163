"""Receipts written by hand: every number of the sheet is a receipt or spoiled, and nobody's twice."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.contributions.rules import (
    BookFacts,
    PaperNumbers,
    Payment,
    refusals_to_number_on_paper,
    runs,
)
from ombun.primitives.money import Satang

BOOK = BookFacts(id=1, book_no=4, next_number=101, last_number=120)
THREE = tuple(Payment(member_id=i, amount_satang=Satang(3000)) for i in (7, 8, 9))


def numbers(**more) -> PaperNumbers:
    return PaperNumbers(**{"book_no": 4, "first_number": 101, **more})


def whose(payments, told) -> dict[int, int]:
    """The number of each member's receipt."""
    return {payment.member_id: run.first_number + place for run in runs(payments=payments, numbers=told)
            for place, payment in enumerate(run.payments)}


def test_numbers_follow_the_sheet_past_the_spoiled_ones_and_those_read_off():
    assert whose(THREE, numbers()) == {7: 101, 8: 102, 9: 103}
    assert whose(THREE, numbers(spoiled=frozenset({101, 103}))) == {7: 102, 8: 104, 9: 105}
    assert whose(THREE, numbers(by_member={9: 101})) == {9: 101, 7: 102, 8: 103}
    cut = runs(payments=THREE, numbers=numbers(spoiled=frozenset({102, 103})))
    assert [(run.first_number, run.last_number, len(run.payments)) for run in cut] == [
        (101, 101, 1), (102, 103, 0), (104, 105, 2)]


@pytest.mark.parametrize(("told", "code"), [
    ({"first_number": 102}, "not_the_next_receipt"), ({"spoiled": frozenset(range(101, 119))}, "receipt_book_full"),
    ({"by_member": {7: 103, 8: 103}}, "number_twice"), ({"by_member": {7: 104}}, "numbers_left_out"),
    ({"by_member": {7: 100}}, "numbers_left_out"), ({"spoiled": frozenset({106})}, "numbers_left_out"),
    ({"spoiled": frozenset({102}), "by_member": {7: 102}}, "number_twice")])
def test_what_cannot_be_the_numbers_of_the_book_is_refused(told, code):
    found = refusals_to_number_on_paper(payments=THREE, numbers=numbers(**told), book=BOOK)
    assert f"contributions.{code}" in {one.code for one in found}


def test_a_book_that_is_not_there_is_refused_and_the_right_one_is_not():
    assert [one.code for one in refusals_to_number_on_paper(payments=THREE, numbers=numbers(), book=None)] == [
        "contributions.unknown_book"]
    assert refusals_to_number_on_paper(payments=THREE, numbers=numbers(spoiled=frozenset({103})), book=BOOK) == []


@given(st.integers(1, 12), st.sets(st.integers(101, 112), max_size=6), st.data())
def test_whatever_is_not_refused_uses_every_number_once(count, spoiled, data):
    payments = tuple(Payment(member_id=i, amount_satang=Satang(3000)) for i in range(count))
    by_member = data.draw(st.dictionaries(st.integers(0, count - 1), st.integers(101, 118), max_size=4))
    told = numbers(spoiled=frozenset(spoiled), by_member=by_member)
    if refusals_to_number_on_paper(payments=payments, numbers=told, book=BOOK):
        return
    given_out = whose(payments, told)
    assert sorted([*given_out.values(), *spoiled]) == list(range(101, 101 + count + len(spoiled)))
    assert set(given_out) == set(range(count)) and by_member.items() <= given_out.items()
