"""Days as columns of whole numbers (`date.toordinal`), and the calendar over them: exact, leap days and all."""
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ombun.regulations.rules.vocabulary import BenefitRule, RuleYear

Days = NDArray[np.int32]
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]

UNKNOWN = -2**31  # nobody knows the day
NEVER = 2**31 - 1  # it has not come
FIRST, LAST = date(1800, 1, 1), date(2299, 12, 31)
_FIRST = FIRST.toordinal()
_YEAR, _MONTH = 512, 32  # a day is written as year * 512 + month * 32 + day: their order is the calendar's


@cache
def _written() -> Numbers:
    """Every day of five centuries, written so."""
    days = np.arange(str(FIRST), str(LAST + timedelta(days=1)), dtype="datetime64[D]")
    months = days.astype("datetime64[M]")
    since_1970 = months.astype(np.int32)
    year, month = since_1970 // np.int32(12) + np.int32(1970), since_1970 % np.int32(12) + np.int32(1)
    day_of_month = (days - months).astype(np.int32) + np.int32(1)
    found: Numbers = year * np.int32(_YEAR) + month * np.int32(_MONTH) + day_of_month
    return found


def written(*, days: Days) -> Numbers:
    """Days as year * 512 + month * 32 + day. What lies outside the calendar, or is unknown, comes out as anything."""
    return _written().take(days - np.int32(_FIRST), mode="clip")


def full_years(*, since: Numbers, until: Numbers) -> Numbers:
    """How many full years lie between written days: the anniversary counts. 29 Feb is of age on 1 Mar."""
    return (until - since) // np.int32(_YEAR)


def years_of(*, rule: BenefitRule, days: Numbers, joined: Numbers) -> Numbers:
    """Which year of a clause each written day lies in, by the year in which it began; where the years are those of the
    membership, how many are full."""
    if rule.year == RuleYear.MEMBERSHIP:
        return full_years(since=joined, until=days)
    starts = {RuleYear.CALENDAR: 1, RuleYear.FISCAL: 10, RuleYear.FUND: rule.year_starts_month}[rule.year]
    return (days - np.int32(starts * _MONTH)) // np.int32(_YEAR)


def day_number(*, day: date | None, without: int = UNKNOWN) -> int:
    """A day as a number; `without` where there is none. Raises ValueError outside 1800 to 2299."""
    if day is None:
        return without
    if not FIRST <= day <= LAST:
        raise ValueError(day)
    return day.toordinal()
