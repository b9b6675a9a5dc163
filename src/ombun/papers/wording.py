"""How papers write numbers, money and days: ๑๒๓ and พ.ศ. in Thai, 123 and the common era in English."""
from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ombun.primitives.days import BE_MINUS_CE, MONTHS, MONTHS_SHORT, year_be
from ombun.primitives.money import baht, baht_in_words
from ombun.primitives.thai import thai_digits

Language = Literal["th", "en"]
KEPT = "\u00a0"  # a space at which no line ends

_ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
_TENS = "– – twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one language."""

    language: Language

    def digits(self, text: object) -> str:
        """A number, or a text with numbers in it, in the digits of the language."""
        return thai_digits(text) if self.language == "th" else str(text)

    def amount(self, satang: int) -> str:
        """Baht and satang; what is taken away stands in brackets, as accountants write it, never with a sign."""
        written = self.digits(baht(abs(satang)))
        return f"({written})" if satang < 0 else written

    def amount_or_blank(self, satang: int | None) -> str:
        """The same, and nothing where there is no amount."""
        return self.amount(satang) if satang else ""

    def amount_in_words(self, satang: int) -> str:
        """The amount in words: "สามสิบบาทถ้วน", "Thirty baht"."""
        return baht_in_words(satang) if self.language == "th" else _english(satang)

    def day(self, day: date) -> str:
        """A day in full: "๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙", "25 November 2026"."""
        if self.language == "en":
            return KEPT.join((str(day.day), month_name[day.month], str(day.year)))
        return thai_digits(KEPT.join((str(day.day), MONTHS[day.month - 1], "พ.ศ.", str(year_be(day)))))

    def day_short(self, day: date | None) -> str:
        """A day in a column, or nothing: "๒๕ พ.ย. ๖๙", "25 Nov 26"."""
        if day is None:
            return ""
        if self.language == "en":
            return KEPT.join((str(day.day), month_abbr[day.month], f"{day.year % 100:02}"))
        return thai_digits(KEPT.join((str(day.day), MONTHS_SHORT[day.month - 1], f"{year_be(day) % 100:02}")))

    def month_short(self, day: date) -> str:
        """A month in a column: "พ.ย. ๖๙", "Nov 26"."""
        if self.language == "en":
            return KEPT.join((month_abbr[day.month], f"{day.year % 100:02}"))
        return thai_digits(KEPT.join((MONTHS_SHORT[day.month - 1], f"{year_be(day) % 100:02}")))

    def month_of_year(self, day: date) -> str:
        """A month in full: "พฤศจิกายน ๒๕๖๙", "November 2026"."""
        if self.language == "en":
            return KEPT.join((month_name[day.month], str(day.year)))
        return thai_digits(KEPT.join((MONTHS[day.month - 1], str(year_be(day)))))

    def year(self, year: int) -> str:
        """A year of the common era in words of the language: "พ.ศ. ๒๕๖๙", "2026"."""
        return str(year) if self.language == "en" else thai_digits(KEPT.join(("พ.ศ.", str(year + BE_MINUS_CE))))

    def month(self, day: date) -> str:
        """A month under a picture: "พ.ย.", "Nov"."""
        return month_abbr[day.month] if self.language == "en" else MONTHS_SHORT[day.month - 1]


def _english(satang: int) -> str:
    whole, rest = divmod(abs(satang), 100)
    parts = [f"{_english_number(whole)} baht"] if whole or not rest else []
    parts += [f"{_english_number(rest)} satang"] if rest else []
    words = " and ".join(parts)
    return f"minus {words}" if satang < 0 else words[0].upper() + words[1:]


def _english_number(number: int) -> str:
    for size, name in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            return f"{_english_number(many)} {name}{' ' + _english_number(rest) if rest else ''}"
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}{'-' + _ONES[ones] if ones else ''}"
