"""Amounts of baht and the marks of a grid, as volunteers write them."""
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ombun.imports.rules import remarks
from ombun.imports.rules.cells import Cell, text_of
from ombun.members.rules.membership import LeftReason
from ombun.primitives.money import baht

_SATANG_MAX = 10**13
_MONEY = re.compile(r"(?:฿ ?)?(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))? ?(?:\.?[-–=]|/-|บาท(?:ถ้วน)?|บ\.?|฿)?")
_NOTHING = re.compile(r"[-–—_. ]*")
_UNPAID = re.compile(r"[-–—_. ]*|ขาด(?: ?ส่ง)?|ไม่(?:ได้)? ?(?:ส่ง|จ่าย)")
_TICK = re.compile(r"[✓✔√☑✅/]")


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """What a cell of a grid says: money, a tick, a mark of leaving, nothing; or text that is not clear."""

    satang: int = 0
    is_tick: bool = False
    left_reason: LeftReason | None = None
    is_unclear: bool = False


_UNPAID_CELL, _TICK_CELL, _UNCLEAR_CELL = GridCell(), GridCell(is_tick=True), GridCell(is_unclear=True)


def money(*, written: Cell) -> int | None:
    """The satang in a cell: 30, "30 บาท", "๓๐", "4,400.-", a dash or nothing is 0; None when it is no amount."""
    if isinstance(written, int):
        return written * 100 if 0 <= written <= _SATANG_MAX else None
    if isinstance(written, Decimal):
        satang = written * 100 if written.is_finite() and 0 <= written <= _SATANG_MAX else None
        return int(satang) if satang is not None and satang == satang.to_integral_value() else None
    return 0 if written is None else _money(text_of(cell=written)) if isinstance(written, str) else None


def is_empty(*, written: Cell) -> bool:
    """Whether a cell of an amount is empty or holds a dash."""
    return written is None or (isinstance(written, str) and bool(_NOTHING.fullmatch(text_of(cell=written))))


def in_baht(*, satang: int) -> str:
    """Satang as a sentence names them: 2600000 is "26,000", 3050 is "30.50"."""
    return baht(satang).removesuffix(".00")


def grid_cell(*, written: Cell) -> GridCell:
    """What a cell of a contribution grid says. Source: "How to read the cells", README of the sample workbooks."""
    if written is None:
        return _UNPAID_CELL
    if isinstance(written, str):
        return _grid_cell(text_of(cell=written))
    satang = money(written=written)
    return _UNCLEAR_CELL if satang is None else GridCell(satang=satang)


@lru_cache(maxsize=4096)
def _money(text: str) -> int | None:
    if _NOTHING.fullmatch(text):
        return 0
    match = _MONEY.fullmatch(text)
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0")) if match else None


@lru_cache(maxsize=4096)
def _grid_cell(text: str) -> GridCell:
    if _UNPAID.fullmatch(text):
        return _UNPAID_CELL
    if _TICK.fullmatch(text):
        return _TICK_CELL
    satang = _money(text)
    if satang is not None:
        return GridCell(satang=satang)
    left = remarks.remark(written=text).left_reason
    return GridCell(left_reason=left) if left else _UNCLEAR_CELL
