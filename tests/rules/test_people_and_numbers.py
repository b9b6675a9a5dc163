"""What is certain about a person, and which member number comes next."""
from datetime import date

import pytest

from ombun.members.rules.membership import BirthPrecision
from ombun.members.rules.numbers import next_number
from ombun.members.rules.people import Age, Tenure, age_on, tenure_on

DAY, MONTH, YEAR, NONE = BirthPrecision.DAY, BirthPrecision.MONTH, BirthPrecision.YEAR, BirthPrecision.NONE


@pytest.mark.parametrize(("born", "precision", "day", "least", "most"), [
    (date(1960, 6, 9), DAY, date(2025, 6, 8), 64, 64), (date(1960, 6, 9), DAY, date(2025, 6, 9), 65, 65),
    (date(2004, 2, 29), DAY, date(2025, 2, 28), 20, 20), (date(2004, 2, 29), DAY, date(2025, 3, 1), 21, 21),
    (date(1960, 1, 1), YEAR, date(2025, 6, 9), 64, 65), (date(1960, 1, 1), YEAR, date(2025, 12, 31), 65, 65),
    (date(1960, 6, 1), MONTH, date(2025, 6, 9), 64, 65), (date(2025, 1, 1), YEAR, date(2025, 6, 9), 0, 0)])
def test_an_age_is_known_as_far_as_the_birth_date_is(born, precision, day, least, most):
    assert age_on(born_on=born, precision=precision, day=day) == Age(least=least, most=most)


def test_nobody_knows_an_age_without_a_birth_date_or_before_birth():
    assert age_on(born_on=None, precision=NONE, day=date(2025, 1, 1)) is None
    assert age_on(born_on=date(2025, 1, 2), precision=DAY, day=date(2025, 1, 1)) is None


def test_tenure_is_exact_days_and_stands_still_from_the_day_of_leaving():
    joined = date(2015, 12, 31)
    assert tenure_on(joined_on=joined, left_on=None, day=date(2016, 1, 1)) == Tenure(days=1, years=0)
    assert tenure_on(joined_on=joined, left_on=None, day=date(2016, 12, 31)) == Tenure(days=366, years=1)
    assert tenure_on(joined_on=joined, left_on=date(2016, 1, 10), day=date(2025, 1, 1)) == Tenure(days=10, years=0)
    assert tenure_on(joined_on=None, left_on=None, day=joined) is None
    assert tenure_on(joined_on=joined, left_on=None, day=date(2015, 12, 30)) is None


@pytest.mark.parametrize(("taken", "moo", "following"), [
    ([], 4, "0001"), (["0001", "0015", "0009"], 4, "0016"), (["9", "10"], None, "11"), (["0999"], None, "1000"),
    (["9999"], None, "10000"), (["4-011", "4-012", "5-003"], 4, "4-013"), (["4-011", "5-003"], 6, "6-001"),
    (["01-0001", "12-0077"], 1, "01-0002"), (["01-0001", "12-0077"], 3, "03-0001"),
    (["ทค-2560-01234", "ทค-2561-00002"], 4, "ทค-2561-00003"), (["0007", "0008", "เก่า-3"], 4, "0009"),
    (["ไม่มีเลข"], 4, "0001")])
def test_the_next_number_is_written_as_the_fund_writes_its_numbers(taken, moo, following):
    assert next_number(taken=taken, moo=moo) == following
    assert following not in taken
