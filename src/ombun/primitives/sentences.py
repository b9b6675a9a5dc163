"""A refusal or a step in words: the sentence of its code in the language of the reader, with its facts filled in."""
from calendar import month_name
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import get_language, gettext

from ombun.primitives.days import MONTHS, day_in_thailand, month_of, thai_day, thai_month
from ombun.primitives.money import baht


class Said(Protocol):
    """What can be said in a sentence: a refusal, a step of an explanation."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


def sentence(said: Said) -> str:
    """What happened, why and what to do now, as the locale files of the room say it."""
    return gettext(said.code) % told(said.facts)


def told(facts: Mapping[str, object]) -> dict[str, str]:
    """Facts as people read them: `…_satang` as baht, days, months and `month_numbers` by name, `tenure_months` as years
    and months, `…_words` as the words of their codes, everything else as it is."""
    return {name: _told(name, value) for name, value in facts.items()}


def _told(name: str, value: object) -> str:
    if name.endswith("_satang") and isinstance(value, int):
        return baht(value)
    if name == "tenure_months" and isinstance(value, int):
        return months_in_words(value)
    if name == "month_numbers" and isinstance(value, list):
        return ", ".join(month_name[n] if get_language() == "en" else MONTHS[n - 1] for n in value)
    if name.endswith("_words") and isinstance(value, list):
        return ", ".join(gettext(code) for code in value)
    if isinstance(value, date):
        return month_in_words(value) if name == "month" else day_in_words(value)
    return str(value)


def months_in_words(months: int) -> str:
    """A span in the language of the page: "16 ปี 2 เดือน", "16 years 2 months", "6 เดือน"."""
    years, rest = divmod(months, 12)
    year, month = ("year", "month") if get_language() == "en" else ("ปี", "เดือน")
    parts = [(years, year)] * bool(years) + [(rest, month)] * bool(rest or not years)
    return " ".join(f"{n} {word}{'s' if get_language() == 'en' and n != 1 else ''}" for n, word in parts)


def through(first: int, last: int) -> str:
    """Numbers in a row as people write them: "331–335", and "335" where it is one alone."""
    return str(first) if first == last else f"{first}–{last}"


def day_in_words(day: date, *, short: bool = False) -> str:
    """A day in the language of the page: "25 พฤศจิกายน 2569", "25 November 2026". A moment is the day in Thailand."""
    if isinstance(day, datetime):
        day = day_in_thailand(day)
    if get_language() == "en":
        return f"{day.day} {day:%b %Y}" if short else f"{day.day} {day:%B %Y}"
    return thai_day(day, short=short)


def month_in_words(day: date, *, short: bool = False) -> str:
    """A month in the language of the page: "พฤศจิกายน 2569", "November 2026"."""
    if get_language() == "en":
        return f"{month_of(day):%b %y}" if short else f"{month_of(day):%B %Y}"
    return thai_month(day, short=short)
