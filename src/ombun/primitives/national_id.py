"""The 13-digit national ID number. The first digit is never a reason to refuse: 0, 6, 7, 8 are people here too."""
import re
from operator import mul

from ombun.primitives.thai import arabic_digits

_THIRTEEN = re.compile(r"[0-9]{13}")
_WEIGHTS = range(13, 1, -1)


def digits_of(text: str) -> str:
    """The digits of a number written with spaces or hyphens, in Arabic digits."""
    return re.sub(r"[\s\-–.]", "", arabic_digits(text))


def has_valid_check_digit(number: str) -> bool:
    """Whether 13 digits end in the right check digit (mod 11)."""
    if not _THIRTEEN.fullmatch(number):
        return False
    rest: int = sum(map(mul, _WEIGHTS, map(int, number[:-1]))) % 11
    return (11 - rest) % 10 == int(number[-1])


def masked(number: str) -> str:
    """The number as a page shows it when the task does not need it: 9-xxxx-xxxxx-12-3."""
    return f"{number[0]}-xxxx-xxxxx-{number[10:12]}-{number[12]}" if len(number) == 13 else "-"
