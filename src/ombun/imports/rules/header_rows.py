"""Headings over columns: in one row or several, merged over their columns, repeated at page breaks."""
from collections.abc import Sequence

from ombun.imports.rules.cells import Cell, Merged, Sheet, text_of

_TITLES_MAX = 4


def row_texts(*, sheet: Sheet, index: int, width: int) -> list[str]:
    """The texts of a row (index from 0) in so many columns; "" where nothing is."""
    cells = sheet.rows[index] if index < len(sheet.rows) else ()
    return [text_of(cell=cells[column]) if column < len(cells) else "" for column in range(width)]


def spread_texts(*, sheet: Sheet, index: int, width: int) -> list[str]:
    """The texts of a heading row, each also in the columns that are merged with it."""
    texts = row_texts(sheet=sheet, index=index, width=width)
    for merged in sheet.wide_merges.get(index + 1, ()):
        left = row_texts(sheet=sheet, index=merged.first_row - 1, width=merged.first_column)[-1]
        for column in range(merged.first_column - 1, min(merged.last_column, width)):
            texts[column] = left
    return texts


def own_and_above(*, sheet: Sheet, first: int, last: int) -> list[tuple[Cell, str]]:
    """For each column its lowest heading (as the cell is) and the heading above it, of the rows first to last."""
    width = max(len(sheet.rows[index]) for index in range(first, last + 1))
    own: list[Cell] = [None] * width
    above, group = [""] * width, [""] * width
    for index in range(first, last + 1):
        cells = sheet.rows[index]
        for column in range(len(cells)):
            if text_of(cell=cells[column]):
                own[column], above[column] = cells[column], group[column]
        spread = spread_texts(sheet=sheet, index=index, width=width)
        group = [spread[column] or group[column] for column in range(width)]
    return list(zip(own, above, strict=True))


def turned(*, sheet: Sheet) -> Sheet:
    """The sheet with its rows as columns; its name is followed by what stands alone in a row, such as its titles."""
    width = max(map(len, sheet.rows), default=0)
    alone = [texts[0] for row in sheet.rows if len(texts := texts_in(row=row)) == 1]
    return Sheet(
        file=sheet.file, name=" ".join((sheet.name, *alone[:_TITLES_MAX])), is_hidden=sheet.is_hidden,
        rows=tuple(tuple(row[column] if column < len(row) else None for row in sheet.rows) for column in range(width)),
        merged=tuple(Merged(first_row=one.first_column, first_column=one.first_row, last_row=one.last_column,
                            last_column=one.last_row) for one in sheet.merged))


def texts_in(*, row: Sequence[Cell]) -> list[str]:
    """What is written in a row, cell by cell, without the empty ones."""
    return [text for cell in row if cell is not None and (text := text_of(cell=cell))]
