"""Days and the Buddhist era (พ.ศ.). Stored days are Gregorian; the era exists where people read and write."""
import re
from calendar import month_abbr, month_name, monthrange
from datetime import date, datetime, timedelta, timezone

from ombun.primitives.thai import arabic_digits

BE_MINUS_CE = 543
THAILAND = timezone(timedelta(hours=7))
MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน "
          "กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
MONTHS_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_NUMERIC = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})")
_WORDED = re.compile(r"(\d{1,2})\s*([ก-๙.]+?)\s*(?:พ\.?ศ\.?)?\s*(\d{4})")
_ENGLISH = re.compile(r"(\d{1,2})\s*([A-Za-z]{3,9})\.?,?\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def year_be(day: date) -> int:
    """The Buddhist year of a day: 2026 → 2569."""
    return day.year + BE_MINUS_CE


def fiscal_year_be(day: date) -> int:
    """The government fiscal year (1 October – 30 September) a day lies in: 1 Oct 2023 → 2567. Source: CODI Form 1."""
    return day.year + BE_MINUS_CE + (day.month >= 10)


def fiscal_year_from(day: date) -> date:
    """The first day of the government fiscal year a day lies in: the first of October on or before it."""
    return date(day.year - (day.month < 10), 10, 1)


def thai_day(day: date, *, short: bool = False) -> str:
    """A day as people read it: "25 พฤศจิกายน 2569", or short "25 พ.ย. 2569"."""
    return f"{day.day} {(MONTHS_SHORT if short else MONTHS)[day.month - 1]} {year_be(day)}"


def thai_month(day: date, *, short: bool = False) -> str:
    """A month as people read it: "พฤศจิกายน 2569", or short "พ.ย. 69"."""
    if short:
        return f"{MONTHS_SHORT[day.month - 1]} {year_be(day) % 100:02}"
    return f"{MONTHS[day.month - 1]} {year_be(day)}"


def read_day(text: str) -> date:
    """Read a typed day whose era is certain: "25/11/2569", "25 พ.ย. 2569", ISO "2026-11-25" or "25 Nov 2026".

    A four-digit year from 2400 is Buddhist; below 2400 it is Gregorian in ISO and after the English name of a month.
    Everything else raises ValueError: a year that could be either is refused, never guessed.
    """
    written = arabic_digits(text).strip()
    if match := _ISO.fullmatch(written):
        year, month, day = (int(part) for part in match.groups())
        return date(year - BE_MINUS_CE if year >= 2400 else year, month, day)
    if match := _ENGLISH.fullmatch(written):
        day, month, year = int(match[1]), _month_number(match[2].capitalize()), int(match[3])
        return date(year - BE_MINUS_CE if year >= 2400 else year, month, day)
    if match := _NUMERIC.fullmatch(written):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDED.fullmatch(written):
        day, month, year = int(match[1]), _month_number(match[2]), int(match[3])
    else:
        raise ValueError(text)
    if not 2400 <= year <= 2700:
        raise ValueError(text)
    return date(year - BE_MINUS_CE, month, day)


def _month_number(word: str) -> int:
    for names in (MONTHS, MONTHS_SHORT, [m.rstrip(".").replace(".", "") for m in MONTHS_SHORT], list(month_name)[1:],
                  list(month_abbr)[1:]):
        if word in names:
            return names.index(word) + 1
    raise ValueError(word)


def month_of(day: date) -> date:
    """The first day of the month a day lies in."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(since: date, until: date) -> int:
    """How many full years lie between two days, by the calendar: the anniversary counts. 29 Feb is of age on 1 Mar."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def full_months(since: date, until: date) -> int:
    """How many full months lie between two days, by the calendar."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def day_in_thailand(moment: datetime) -> date:
    """The day that a moment falls on in Thailand (UTC+7 all year)."""
    return moment.astimezone(THAILAND).date()
