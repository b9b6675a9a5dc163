"""Months, quarters and years in the headings of grids and accounts, and the fiscal year a sheet speaks of."""
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ombun.imports.rules import villages
from ombun.imports.rules.cells import Cell, text_of
from ombun.imports.rules.typed_days import month_number
from ombun.primitives.days import BE_MINUS_CE, add_months

_FISCAL_START = 10
_WORD = r"([ก-ฮเ][ก-๙.]*(?:\. ?[ก-ฮ]\.?)?|[a-z]{3,9}\.?)"
_YEAR = r"(?:พ\.? ?ศ\.? ?)?'?(\d{4}|\d{2})"
_LEAD = re.compile(r"^(?:ประจำ)?(?:เดือน|ด\.) ?")
_MONTH = re.compile(rf"{_WORD}[ /.\-]{{0,3}}(?:{_YEAR})?", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(\d{1,2}) ?[/\-] ?(\d{4}|\d{2})")
_MONTHS = re.compile(rf"{_WORD} ?(?:{_YEAR})? ?(?:[-–—]|ถึง) ?{_WORD} ?(?:{_YEAR})?", re.IGNORECASE)
_QUARTER = re.compile(rf"ไตรมาส ?(?:ที่)? ?([1-4])(?:[ /]*(?:ปี)? ?{_YEAR})?")
_HALF = re.compile(r"(?:ครึ่งปี ?(แรก|หลัง)|6 ?เดือน ?(แรก|หลัง))")
_YEARS = re.compile(rf"(?:ประจำ)?(?:ปี)? ?(?:งบประมาณ|งบ)? ?(?:ที่)? ?(?:พ\.? ?ศ\.? ?)?(\d{{4}})"
                    rf"|(?:ประจำ)?ปี ?(?:งบประมาณ|งบ)? ?{_YEAR}")
_WHOLE_YEAR = re.compile(r"(?:จ่าย|ส่ง|สมทบ)?(?:ทั้งปี|รายปี|ตลอดปี|เต็มปี)")
_YEAR_IN_TEXT = re.compile(r"(?:ปี|งบประมาณ|พ\.? ?ศ\.?)[^\d/]{0,16}(\d{4}|\d{2})"
                           r"(?![\d/]| ?(?:[-–,]|ถึง|และ|กับ) ?(?:2[45])?\d\d(?!\d))")
_YEAR_ALONE = re.compile(r"(?<![\d/])(2[45]\d\d|20\d\d)(?![\d/])")
_YEAR_AT_THE_END = re.compile(r"(?<![\d./])(\d{2})$")
_TWO_DIGITS_FROM = 48  # the first funds are of 2548
_CE_FROM, _CE_UNTIL, _BE_FROM, _BE_UNTIL = 1990, 2200, 2400, 2700


@dataclass(frozen=True, kw_only=True)
class Period:
    """What a heading stands for: its first month, how many months, and the year of the first where it is written."""

    month: int
    months: int = 1
    year: int | None = None

    @property
    def first(self) -> date:
        """The first day of a period whose year is known."""
        return date(self.year or 1, self.month, 1)

    def in_fiscal_year(self, year_be: int) -> "Period":
        """The period in a fiscal year that a title or a heading above it names; its own year goes first."""
        year = self.year or year_be - BE_MINUS_CE - (self.month >= _FISCAL_START)
        return Period(month=self.month, months=self.months, year=year)

    def in_calendar_year(self, year_be: int) -> "Period":
        """The period in a calendar year, of a grid from January to December."""
        return Period(month=self.month, months=self.months, year=self.year or year_be - BE_MINUS_CE)


def period(*, heading: Cell) -> Period | None:
    """The month ("ต.ค. 63", "ตุลาคม", 10/63, a date cell), quarter, half-year or year a heading stands for."""
    if isinstance(heading, date):
        year = heading.year - BE_MINUS_CE if heading.year >= _BE_FROM else \
            heading.year if heading.year >= _CE_FROM else 2500 + heading.year % 100 - BE_MINUS_CE
        return Period(month=heading.month, year=year)
    text = text_of(cell=heading)
    return _period(text) if 0 < len(text) <= 40 else None


def fiscal_year_in(*, text: str, is_name: bool = False) -> int | None:
    """The one year (พ.ศ.) a title or a sheet's name speaks of: "ปีงบประมาณ 2564", "สมทบ ปี64", "รายรับจ่าย64"."""
    plain = villages.without_moo(text=text_of(cell=text))
    said = _YEAR_IN_TEXT.findall(plain) or sorted(set(_YEAR_ALONE.findall(plain)))
    if is_name and not said:
        said = [year for year in _YEAR_AT_THE_END.findall(plain) if int(year) >= _TWO_DIGITS_FROM]
    years = {found for year in said if (found := _gregorian(year)) is not None}
    return years.pop() + BE_MINUS_CE if len(years) == 1 else None


def with_years(*, periods: Sequence[Period], year_be: int | None) -> list[Period | None]:
    """Periods with their years: their own, or by the year of the sheet; None where no year is known.

    Months from January to December are of one calendar year; otherwise October begins the fiscal year.
    """
    order = [one.month for one in periods if one.months == 1]
    is_calendar = 1 in order and 10 in order and order.index(1) < order.index(10)
    found: list[Period | None] = []
    for one in periods:
        if one.year is not None:
            found.append(one)
        elif year_be is None:
            found.append(None)
        else:
            found.append(one.in_calendar_year(year_be) if is_calendar and one.months == 1 else
                         one.in_fiscal_year(year_be))
    return found


@lru_cache(maxsize=4096)
def _period(text: str) -> Period | None:
    bare = _LEAD.sub("", text)
    if match := _MONTH.fullmatch(bare):
        month = month_number(word=match[1])
        return _of(month, 1, match[2]) if month else _whole_year(text)
    if (match := _MONTH_NUMBER.fullmatch(bare)) and 1 <= int(match[1]) <= 12:
        return _of(int(match[1]), 1, match[2])
    if match := _MONTHS.fullmatch(bare):
        return _span(month_number(word=match[1]), match[2], month_number(word=match[3]), match[4])
    return _whole_year(text)


def _whole_year(text: str) -> Period | None:
    if match := _QUARTER.fullmatch(text):
        found = Period(month=(int(match[1]) * 3 + 6) % 12 + 1, months=3)
        year = _gregorian(match[2]) if match[2] else None
        return found.in_fiscal_year(year + BE_MINUS_CE) if year else found
    if match := _HALF.fullmatch(text):
        return Period(month=10 if "แรก" in match[0] else 4, months=6)
    if match := _YEARS.fullmatch(text):
        year = _gregorian(match[1] or match[2])
        return Period(month=_FISCAL_START, months=12, year=year - 1) if year else None
    return Period(month=_FISCAL_START, months=12) if _WHOLE_YEAR.fullmatch(text) else None


def _of(month: int, months: int, year: str | None) -> Period | None:
    found = _gregorian(year) if year else None
    return None if year and found is None else Period(month=month, months=months, year=found)


def _span(first: int | None, first_year: str | None, last: int | None, last_year: str | None) -> Period | None:
    if not first or not last or first == last:
        return None
    months = (last - first) % 12 + 1
    year = _gregorian(last_year) if last_year else None
    if year is not None:
        year = add_months(date(year, last, 1), 1 - months).year
    return Period(month=first, months=months, year=_gregorian(first_year) if first_year else year)


def _gregorian(year: str) -> int | None:
    if len(year) == 2:
        return 2500 + int(year) - BE_MINUS_CE
    if _BE_FROM <= int(year) <= _BE_UNTIL:
        return int(year) - BE_MINUS_CE
    return int(year) if _CE_FROM <= int(year) <= _CE_UNTIL else None
