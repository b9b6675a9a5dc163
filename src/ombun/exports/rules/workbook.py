"""Sheets as one .xlsx file. Every text is written as text: nothing can become a formula, a number or a link."""
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ombun.exports.rules.tables import Column, Table, Value, Written

_TEXT_MAX = 32_767  # letters that a cell can hold
_FONT = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}


def write_workbook(*, tables: Iterable[Table], into: IO[bytes]) -> Written:
    """Write the sheets one after another, row by row, without keeping them."""
    with Workbook(into, {"constant_memory": True}) as book:
        text = book.add_format({**_FONT, "num_format": "@"})
        money = book.add_format({**_FONT, "num_format": "#,##0.00;(#,##0.00)"})
        number = book.add_format({**_FONT, "num_format": "0"})
        heading = book.add_format({**_FONT, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EAF3EC"})
        formats = {"text": text, "money": money, "number": number, "heading": heading}
        rows = [_write_sheet(book.add_worksheet(table.name), table, formats) for table in tables]
    return Written(sheets=len(rows), rows=sum(rows))


def _write_sheet(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> int:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width, formats["money" if column.is_money else "text"])
    if table.is_for_programs:
        sheet.hide()
    first = 1 if table.to_read else 0
    sheet.freeze_panes(first + 1, table.frozen_columns)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    sheet.set_footer("&L&A&R&P/&N")
    if table.to_read:
        sheet.write_string(0, 0, table.to_read, formats["text"])
    for index, column in enumerate(table.columns):
        sheet.write_string(first, index, column.heading, formats["heading"])
    count = 0
    for row, cells in enumerate(table.rows, start=first + 1):
        for index, kind, cell in _cells(table.columns, cells):
            if isinstance(cell, str):
                sheet.write_string(row, index, cell, formats["text"])
            else:
                sheet.write_number(row, index, cell, formats[kind])
        count += 1
    return count


def _cells(columns: Sequence[Column], cells: Sequence[Value]) -> Iterator[tuple[int, str, str | int | Decimal]]:
    for index, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        if cell is not None and cell != "":
            yield (index, "money" if column.is_money else "number",
                   cell[:_TEXT_MAX] if isinstance(cell, str) else cell)
