"""The picture of the months: every label has room beside the bars."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ombun.web.charts import DIGIT, bars, percents


@pytest.mark.parametrize("satang", [100, 30_000_000, 1_234_567_800])
def test_the_amounts_beside_the_bars_have_room(satang):
    chart = bars([(date(2026, month, 1), satang, 0) for month in range(1, 13)])
    assert chart.left >= max(len(f"{baht:,}") for _, baht in chart.lines) * DIGIT
    last = chart.months[-1]
    assert [month.is_between for month in chart.months[-4:]] == [True, False, True, False]
    assert last.spent.x + last.spent.width <= chart.width and chart.months[0].income.x >= chart.left


def test_the_parts_of_a_hundred_are_a_hundred():
    assert percents([4_862, 1_262, 3_251, 625]) == [49, 13, 32, 6]
    assert percents([1, 1, 1]) == [34, 33, 33]
    assert percents([0, 0]) == [0, 0]


@given(some.lists(some.integers(0, 10**12), min_size=1).filter(any))
def test_no_part_is_told_a_whole_per_cent_wrong(parts):
    shares = percents(parts)
    assert sum(shares) == 100
    assert all(abs(share * sum(parts) - part * 100) < sum(parts) for share, part in zip(shares, parts, strict=True))
