"""Thai letters and digits: tidying what people typed."""
import re
import unicodedata

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
_SPACES = re.compile(r"\s+")
_THAI_DIGIT = re.compile("[๐-๙]")
_UNTIDY = re.compile(rf"{_INVISIBLE.pattern}|ํ|เเ|[^\S ]|  |^ | $")


def thai_digits(text: object) -> str:
    """Write the digits of a text as ๐–๙, as the official papers do."""
    return str(text).translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Read the digits ๐–๙ as 0–9."""
    return text.translate(_TO_ARABIC) if _THAI_DIGIT.search(text) else text


def whole_number(text: str, *, most: int) -> int | None:
    """Read a whole number from 0 to `most` as people write it ("๑,๒๐๐"), or None when it is not one."""
    digits = arabic_digits(text).replace(",", "").strip()
    if not digits.isdecimal() or len(digits.lstrip("0")) > len(str(most)):  # Python itself refuses to read thousands
        return None
    number = int(digits.lstrip("0") or "0")
    return number if number <= most else None


def tidy(text: str) -> str:
    """One spelling for what looks the same: ํ+า becomes ำ, เเ becomes แ, spaces are single, nothing invisible stays."""
    return text if unicodedata.is_normalized("NFC", text) and not _UNTIDY.search(text) else _made_tidy(text)


def _made_tidy(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = re.sub("ํ([่้๊๋]?)า", r"\1ำ", text).replace("เเ", "แ")
    return _SPACES.sub(" ", text).strip()
