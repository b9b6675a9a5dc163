"""Sheets as CSV files in a zip: UTF-8 that spreadsheets recognise, and nothing in them that they take for a formula."""
import csv
import io
import re
import zipfile
from collections.abc import Iterable
from typing import IO

from ombun.exports.rules.tables import Table, Value, Written

_LOOKS_LIKE_A_FORMULA = re.compile(r"'*[-=+@\t\r]")


def write_texts(*, tables: Iterable[Table], into: IO[bytes]) -> Written:
    """Write a .csv for each sheet, row by row, without keeping them."""
    sheets = rows = 0
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as binary, io.TextIOWrapper(
                    binary, "utf-8-sig", newline="") as text:
                writer = csv.writer(text)
                if table.to_read:
                    writer.writerow([table.to_read])
                writer.writerow([column.heading for column in table.columns])
                for row in table.rows:
                    writer.writerow([guarded(cell=cell) for cell in row])
                    rows += 1
            sheets += 1
    return Written(sheets=sheets, rows=rows)


def guarded(*, cell: Value) -> Value:
    """A text that a spreadsheet would take for a formula gets its sign for "this is text" before it."""
    return f"'{cell}" if isinstance(cell, str) and _LOOKS_LIKE_A_FORMULA.match(cell) else cell


def unguarded(*, cell: str) -> str:
    """A text of ours as it was before it got that sign."""
    return cell[1:] if cell.startswith("'") and _LOOKS_LIKE_A_FORMULA.match(cell) else cell
