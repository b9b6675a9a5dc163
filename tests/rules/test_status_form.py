"""Every account of the chart stands on exactly one line of the official form, and every line can be reached."""
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ombun.ledger.rules import CHART, AccountKind, form

CODES = [line.code for line in CHART]
OF_HOLDERS = {"1120", "1130"}  # accounts that are opened for one centre or collector each


def test_every_account_stands_on_exactly_one_line_and_every_line_has_one():
    told = Counter(code for line in form.SECTION_10 for code in line.accounts)
    assert set(told) == {*CODES, *OF_HOLDERS} and set(told.values()) == {1}
    assert all(line.accounts for line in form.SECTION_10) and len(form.SECTION_10) == 20


def test_every_account_of_income_has_one_source_and_one_leg():
    income = [line.code for line in CHART if line.kind == AccountKind.INCOME]
    told = Counter(code for source in form.SECTION_4_3 for code in source.accounts)
    assert set(told) == set(income) == set(form.LEG_OF) and set(told.values()) == {1}
    assert set(form.LEG_OF.values()) == set(form.Leg)


def test_accounts_of_one_holder_stand_with_their_own():
    assert form.form_line(code="1130-07") == form.form_line(code="1110")
    assert form.form_line(code="1200-02") == form.form_line(code="1200")


@given(st.lists(st.tuples(st.sampled_from([*CODES, "1130-01", "1200-02"]), st.integers(-10**9, 10**9))))
def test_both_sides_of_the_form_are_equal_where_the_books_balance(moved):
    moved = [*moved, ("3100", -sum(satang for _, satang in moved))]
    sums = form.by_line(satang=moved)
    left = sum(satang for line, satang in sums.items() if line.side in form.LEFT)
    assert left == sum(satang for line, satang in sums.items() if line.side not in form.LEFT)


def test_the_part_of_a_whole_is_rounded_half_up_and_of_nothing_there_is_none():
    parts = {(65, 100): 650, (1, 3): 333, (1, 2000): 1, (0, 7): 0, (5, 0): None}
    assert {one: form.per_mille(part=one[0], whole=one[1]) for one in parts} == parts
