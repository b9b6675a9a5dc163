"""Workbooks written in a test."""
import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]]], *, merged: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """An .xlsx: name of the sheet → its rows; texts stay texts, and days become date cells."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place in (merged or {}).get(name, ()):
                page.merge_range(place, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(row, column, cell, days)
                    elif cell is not None:
                        page.write(row, column, cell)
    return kept.getvalue()
