"""National ID numbers and phone numbers as spreadsheets leave them: formatting lost, digits lost, digits broken."""
import re
from dataclasses import dataclass

from ombun.imports.rules.cells import Cell, text_of
from ombun.members.rules.names import says_nothing
from ombun.primitives.national_id import digits_of, has_valid_check_digit

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e[+]?\d{1,2}", re.IGNORECASE)
_MOBILE_WITHOUT_ZERO = re.compile(r"[689]\d{8}")
_LANDLINE_WITHOUT_ZERO = re.compile(r"[2-7]\d{7}")
_PHONE = re.compile(r"0\d{8,9}")


@dataclass(frozen=True, kw_only=True)
class IdReading:
    """A national ID number as read, or a doubt (a reason code) and no number; `digits` is what was left of it."""

    number: str | None = None
    doubt: str | None = None
    digits: str = ""


def national_id(*, written: Cell) -> IdReading:
    """The 13-digit number in a cell, with or without hyphens, spaces, Thai digits, or as a plain spreadsheet number.

    The check digit (mod 11) decides; the first digit never does, for 0 and 6 to 9 are people of this country too.
    """
    text = text_of(cell=written)
    if text.isdecimal() and has_valid_check_digit(text):
        return IdReading(number=text, digits=text)
    digits = digits_of(text)
    if says_nothing(text=text) or not any(c.isdigit() for c in digits) or set(digits) == {"0"}:
        return IdReading(doubt="missing_id")
    if _SCIENTIFIC.fullmatch(text):
        return IdReading(doubt="truncated_id", digits=text)
    if not re.fullmatch(r"[0-9]+", digits):
        return IdReading(doubt="bad_check_digit", digits=digits)
    if len(digits) < 13:
        return IdReading(doubt="truncated_id", digits=digits)
    if not has_valid_check_digit(digits):
        return IdReading(doubt="bad_check_digit", digits=digits)
    return IdReading(number=digits, digits=digits)


def phone(*, written: Cell) -> str | None:
    """A phone number as digits with its leading zero put back, or the text as it stands if it is more."""
    text = text_of(cell=written)
    if _PHONE.fullmatch(text):
        return text
    if says_nothing(text=text):
        return None
    digits = digits_of(text).removeprefix("+66").strip("()")
    if _MOBILE_WITHOUT_ZERO.fullmatch(digits) or _LANDLINE_WITHOUT_ZERO.fullmatch(digits):
        digits = f"0{digits}"
    return digits if _PHONE.fullmatch(digits) else text
