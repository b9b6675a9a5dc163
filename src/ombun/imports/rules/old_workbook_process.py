"""Reads one old workbook (.xls) in a process of its own, bounded in memory and time, and writes it out as JSON.

A damaged .xls can make the reader ask for any amount of memory, which ends the whole process and no `except` can catch.
So it is this small process that ends, not the server. It runs as a script and imports nothing of ours.
Arguments: bytes of memory, cells, sheets, seconds. Input: the workbook. Exit: 0 read, 3 password, 4 too large.
"""
import datetime
import io
import json
import sys

import python_calamine

PASSWORD, TOO_LARGE = 3, 4


def main() -> int:
    """Read standard input; write [[name, hidden, rows, merges], …] to standard output."""
    bytes_max, cells_max, sheets_max, seconds_max = map(int, sys.argv[1:])
    _limit(bytes_max, seconds_max)
    try:
        with python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as workbook:
            pages = [meta for meta in workbook.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet]
            sheets = [(meta, workbook.get_sheet_by_name(meta.name)) for meta in pages[:sheets_max + 1]]
            cells = sum(sheet.total_height * sheet.total_width for _, sheet in sheets)
            if len(pages) > sheets_max or cells > cells_max:
                return TOO_LARGE
            json.dump([[meta.name, meta.visible != python_calamine.SheetVisibleEnum.Visible,
                        sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []]
                       for meta, sheet in sheets], sys.stdout, default=_plain)
    except python_calamine.PasswordError:
        return PASSWORD
    return 0


def _limit(bytes_max: int, seconds_max: int) -> None:
    try:
        import resource
    except ImportError:  # Windows knows no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (bytes_max, bytes_max))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds_max, seconds_max))


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.date):
        return {"day": cell.isoformat()[:10]}
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
