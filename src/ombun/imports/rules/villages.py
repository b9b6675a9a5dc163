"""Village numbers (หมู่ที่) in sheet names, titles, headings, cells and addresses."""
import re
from functools import lru_cache

from ombun.imports.rules.cells import Cell, text_of

_MOO = re.compile(
    r"(?:หมู่ ?บ้าน ?ที่|หมู่ ?ที่|หมู่|(?<![ก-๙.])ม\.?(?: ?ที่)?|(?<![a-z])moo\.?) ?(\d{1,2})(?!\d)", re.IGNORECASE)
_SEVERAL = re.compile(r"\d ?(?:[-–,]|ถึง|และ|กับ) ?(?:หมู่(?:ที่)?|ม\.?)? ?\d")
_OFFICE = re.compile(r"ที่ทำการ|ที่ตั้ง|สำนักงาน|เลขที่|ที่อยู่")
_HOUSE = re.compile(r"(?:บ้าน ?เลขที่|เลขที่)? ?(\d{1,4}(?:/\d{1,4})?)(?![\d/])")


@lru_cache(maxsize=2**12)
def moo_in(*, text: str) -> int | None:
    """The one village number a sheet name, a title or a heading names; None if it names none, several, or an office."""
    if _SEVERAL.search(text) or _OFFICE.search(text):
        return None
    found = {int(match[1]) for match in _MOO.finditer(text)}
    return found.pop() if len(found) == 1 else None


def without_moo(*, text: str) -> str:
    """A text without the village numbers in it, so that what is left may be read as something else."""
    return _MOO.sub(" ", text).strip()


def moo_of(*, written: Cell) -> int | None:
    """The village number in a cell of the column หมู่: 3, "3", "ม.3", "หมู่ที่ ๓"; None when there is none."""
    text = text_of(cell=written)
    return int(text) if text.isdecimal() and len(text) <= 2 else moo_in(text=text)


def address_parts(*, written: Cell) -> tuple[str | None, int | None]:
    """House number and village number of an address in one cell: "28/1 หมู่ 3 ต.ดอนแก้ว" is ("28/1", 3)."""
    if written is None:
        return None, None
    text = text_of(cell=written)
    house = _HOUSE.match(text)
    found = {int(match[1]) for match in _MOO.finditer(text)}
    return (house[1] if house else None), (found.pop() if len(found) == 1 else None)
