"""Cells that a person wrote anew while looking at a preview, and cells as people write them."""
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.primitives.days import BE_MINUS_CE

_BE_FROM = 2400


def as_rewritten(*, sheet: Sheet, written: Mapping[int, Mapping[int, str]]) -> Sheet:
    """The sheet with cells written anew: row → column → text, both from 1; an empty text empties the cell."""
    if not written:
        return sheet
    rows = list(sheet.rows)
    for row, cells in written.items():
        if row <= len(rows):
            width = max(len(rows[row - 1]), *cells)
            old = rows[row - 1] + (None,) * (width - len(rows[row - 1]))
            rows[row - 1] = tuple(cells[n] or None if n in cells else cell for n, cell in enumerate(old, start=1))
    return replace(sheet, rows=tuple(rows))


def as_typed(*, cell: Cell) -> str:
    """A cell as a person would type it: a day with its Buddhist year, everything else as it reads."""
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{cell.year if cell.year >= _BE_FROM else cell.year + BE_MINUS_CE}"
    return text_of(cell=cell)
