"""The picture of the months: every label has room beside the bars."""
from datetime import date

import pytest

from ombun.web.charts import DIGIT, bars


@pytest.mark.parametrize("satang", [100, 30_000_000, 1_234_567_800])
def test_the_amounts_beside_the_bars_have_room(satang):
    chart = bars([(date(2026, month, 1), satang, 0) for month in range(1, 13)])
    assert chart.left >= max(len(f"{baht:,}") for _, baht in chart.lines) * DIGIT
    last = chart.months[-1]
    assert last.spent.x + last.spent.width <= chart.width and chart.months[0].income.x >= chart.left
