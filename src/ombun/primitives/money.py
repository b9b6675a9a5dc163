"""Money is whole satang, an int. There is no float and no rounding in this system."""
import re
from typing import NewType

from ombun.primitives.thai import arabic_digits

Satang = NewType("Satang", int)

_DIGITS = "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split()
_PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]
_WRITTEN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
SATANG_MAX = 10**15
NOTES_SATANG = (1000_00, 500_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25)  # notes and coins in use


def baht(satang: int) -> str:
    """Write satang as baht with thousands and two decimals: 123450 → "1,234.50"."""
    whole, rest = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{whole:,}.{rest:02}"


def read_baht(text: str) -> Satang:
    """Read an amount as people write it ("1,200", "30.50", "๓๐ บาท"). Raises ValueError when it is not one."""
    written = arabic_digits(text).replace("บาท", "").strip()
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(text)
    satang = int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))
    if satang > SATANG_MAX:
        raise ValueError(text)
    return Satang(satang)


def baht_in_words(satang: int) -> str:
    """Write an amount in Thai words as receipts do: 2121 → "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"."""
    whole, rest = divmod(abs(satang), 100)
    minus = "ลบ" if satang < 0 else ""
    in_baht = f"{_number_in_words(whole)}บาท" if whole or not rest else ""
    return f"{minus}{in_baht}{f'{_number_in_words(rest)}สตางค์' if rest else 'ถ้วน'}"


def _number_in_words(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    millions, below = divmod(number, 10**6)
    words = f"{_number_in_words(millions)}ล้าน" if millions else ""
    digits = str(below) if below else ""
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        if digit == "0":
            continue
        if place == 0 and digit == "1" and number > 1:
            words += "เอ็ด"
        elif place == 1 and digit in "12":
            words += "สิบ" if digit == "1" else "ยี่สิบ"
        else:
            words += _DIGITS[int(digit)] + _PLACES[place]
    return words
