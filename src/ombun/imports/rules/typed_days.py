"""Days as volunteers write them: every writing becomes a day with its precision, or a doubt. A year is never guessed.

Day comes before month before year. A four-digit year from 2400 is Buddhist, also inside a real date cell; from 1850 to
2200 it is Christian, because no Buddhist year of these funds reads so. Two digits are Buddhist for what happened in
the life of the fund (joining, leaving); for a birth they are asked. Source: README of the sample workbooks.
"""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ombun.imports.rules.cells import Cell, text_of
from ombun.members.rules.membership import BirthPrecision
from ombun.members.rules.names import says_nothing
from ombun.primitives.days import BE_MINUS_CE, MONTHS, MONTHS_SHORT, full_years

AGE_AT_JOINING_MAX = 100
_BE_FROM, _BE_UNTIL = 2400, 2700
_CE_FROM, _CE_UNTIL = 1850, 2200

_ERA = re.compile(r"(พ\.? ?ศ\.?|ค\.? ?ศ\.?)")
_LEAD = re.compile(r"^(?:(?:เกิด|เมื่อ|วันที่|วัน|ปี|ณ) ?)+")
_SEP = r" ?[/\-. ] ?"
_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}}|-{{1,2}}){_SEP}(?P<month>\d{{1,2}}|-{{1,2}}){_SEP}(?P<year>\d{{4}}|\d{{2}})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T]00:00(?::00)?)?")
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})[ /.\-]{0,3})?(?P<word>[ก-ฮเ][ก-๙]*(?:[. ]{1,2}[ก-ฮ]\.?)?|[A-Za-z]{3,9})\.?"
    r"[ /.,\-]{0,3}(?P<year>\d{4}|\d{2})")
_MONTH_AND_YEAR = re.compile(r"(?P<month>\d{1,2})[/\-](?P<year>\d{4})")
_YEAR = re.compile(r"(?P<year>\d{4})")
_BARE_TWO_DIGITS = re.compile(r"(?P<year>\d{2})")
_FORMS = (_ISO, _NUMERIC, _WORDED, _MONTH_AND_YEAR, _YEAR)
_IN_TEXT = re.compile(
    r"\d{1,2} ?[/\-.] ?\d{1,2} ?[/\-.] ?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2} ?[ก-ฮเ][ก-๙]*(?:[. ]{1,2}[ก-ฮ]\.?)?\.? ?(?:พ\.? ?ศ\.? ?)?(?:\d{4}|\d{2})(?!\d)"
    r"|(?<![\d/])2[45]\d\d(?!\d)")


def _month_words() -> dict[str, int]:
    words: dict[str, int] = {}
    english = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    for number, (full, short, foreign) in enumerate(zip(MONTHS, MONTHS_SHORT, english, strict=True), start=1):
        stem = full.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์")
        words |= dict.fromkeys((full, short.replace(".", ""), stem, foreign), number)
    return words | {"กุมภาพันธุ์": 2, "กุมพาพันธ์": 2, "กรกฏาคม": 7, "กรกฏา": 7, "พฤษจิกายน": 11, "ธันวาคน": 12, "เมย": 4}


_MONTH_WORDS: Mapping[str, int] = _month_words()


@dataclass(frozen=True, kw_only=True)
class DayReading:
    """A day as read: the first day of its month or year when less than the day is known, or a doubt and no day.

    `doubt` is a reason code; `candidates` are the possible days of an uncertain year. Nothing written: neither.
    """

    day: date | None = None
    precision: BirthPrecision = BirthPrecision.NONE
    doubt: str | None = None
    candidates: tuple[date, ...] = ()
    has_be_year_in_date_cell: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether the cell says nothing at all."""
        return self.day is None and self.doubt is None


MISSING_DAY = DayReading()
_IMPOSSIBLE = DayReading(doubt="impossible_date")


@dataclass(frozen=True, kw_only=True)
class _Parts:
    day: int  # 0: not known
    month: int
    year: int
    has_two_digits: bool
    era: str  # "", "พ", "ค"


def fund_day(*, written: Cell) -> DayReading:
    """The day of joining or leaving in a cell; a two-digit year is Buddhist (13/1/56 is 13 January 2556)."""
    return _read(written, None)


def birth_day(*, written: Cell, joined_on: date | None, founded_on: date, books_end_on: date) -> DayReading:
    """The day of birth in a cell; a two-digit year becomes a question with the years it can mean.

    It can mean a year in which the person was born before joining and was at most 100 years old then; where the day
    of joining is not known, any day in the life of the fund may have been it.
    """
    return _read(written, (joined_on or founded_on, joined_on or books_end_on))


def month_number(*, word: str) -> int | None:
    """The number of the month a word names: ตุลาคม, ต.ค., ตค, Oct; None when it names none."""
    plain = word.replace(".", "").replace(" ", "")
    return _MONTH_WORDS.get(plain.lower()[:3] if plain.isascii() else plain)


def day_in_text(*, text: str) -> DayReading:
    """The first day written in a remark such as "ตาย 5/6/65", read as a day in the life of the fund."""
    found = _IN_TEXT.search(text)
    return fund_day(written=found[0]) if found else MISSING_DAY


def _read(written: Cell, joining: tuple[date, date] | None) -> DayReading:
    if isinstance(written, date):
        return _date_cell(written)
    text = text_of(cell=written)
    if says_nothing(text=text):
        return MISSING_DAY
    parts = _parts(text)
    if parts is None:
        return _IMPOSSIBLE
    if not parts.has_two_digits:
        return _reading(parts, _certain_year(parts))
    if joining is None:
        return _reading(parts, 2500 + parts.year - BE_MINUS_CE if parts.era != "ค" else 0)
    return _asked(parts, *joining)


def _date_cell(written: date) -> DayReading:
    if _CE_FROM <= written.year <= _CE_UNTIL:
        return DayReading(day=written, precision=BirthPrecision.DAY)
    if not _BE_FROM <= written.year <= _BE_UNTIL:
        return _IMPOSSIBLE
    day = _possible(written.year - BE_MINUS_CE, written.month, written.day)
    return DayReading(day=day, precision=BirthPrecision.DAY, has_be_year_in_date_cell=True) if day else _IMPOSSIBLE


@lru_cache(maxsize=2**13)
def _parts(text: str) -> _Parts | None:
    era = match[0][0] if (match := _ERA.search(text)) else ""
    bare = _LEAD.sub("", " ".join(_ERA.sub(" ", text).split()))
    forms = (*_FORMS, _BARE_TWO_DIGITS) if era else _FORMS
    for form in forms:
        if (match := form.fullmatch(bare)) is None:
            continue
        found = match.groupdict()
        word = found.get("word")
        if word is not None:
            month = month_number(word=word) or 13
        else:
            month = _number(found.get("month"))
        return _Parts(day=_number(found.get("day")), month=month, year=int(found["year"]),
                      has_two_digits=len(found["year"]) == 2, era=era)
    return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _certain_year(parts: _Parts) -> int:
    """The Gregorian year, or 0 when a four-digit year can be no year of these people."""
    if parts.era != "ค" and _BE_FROM <= parts.year <= _BE_UNTIL:
        return parts.year - BE_MINUS_CE
    return parts.year if parts.era != "พ" and _CE_FROM <= parts.year <= _CE_UNTIL else 0


def _reading(parts: _Parts, year: int) -> DayReading:
    day = _possible(year, parts.month or 1, (parts.day if parts.month else 0) or 1)
    if day is None:
        return _IMPOSSIBLE
    precision = BirthPrecision.DAY if parts.day and parts.month else \
        BirthPrecision.MONTH if parts.month else BirthPrecision.YEAR
    return DayReading(day=day, precision=precision)


def _asked(parts: _Parts, earliest_join: date, latest_join: date) -> DayReading:
    years = {century + parts.year for century in (1900, 2000) if parts.era != "พ"}
    years |= {century + parts.year - BE_MINUS_CE for century in (2400, 2500) if parts.era != "ค"}
    days = [day for year in sorted(years) if (day := _possible(year, parts.month or 1, parts.day or 1))]
    fitting = tuple(day for day in days
                    if day <= latest_join and full_years(day, earliest_join) <= AGE_AT_JOINING_MAX)
    if not fitting:
        return _IMPOSSIBLE
    return DayReading(doubt="ambiguous_year" if len(fitting) > 1 else "two_digit_year", candidates=fitting)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
