"""Old workbooks (.xls) are read by a small process of its own, which a damaged file may end without harm to anybody."""
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ombun.imports.rules import old_workbook_process
from ombun.imports.rules.bounds import (
    CELLS_MAX,
    OLD_WORKBOOK_BYTES_MAX,
    OLD_WORKBOOK_SECONDS_MAX,
    SHEETS_MAX,
    WorkbookRefused,
)

_BEGIN, _LOCKED, _FIRST_RECORDS = b"\x09\x08\x10\x00\x00\x06", 0x2F, 8
_REFUSALS = {
    old_workbook_process.PASSWORD: "workbook_has_password",
    old_workbook_process.TOO_LARGE: "workbook_too_large",
}


def raw_sheets(*, file: str, content: bytes) -> list[Any]:
    """The sheets of an .xls as lists of name, is hidden, rows of plain cells, merges (from 0, row before column).

    Raises WorkbookRefused: a password, too many cells, or a file that cannot be read in a gigabyte and half a minute.
    """
    bounds = (OLD_WORKBOOK_BYTES_MAX, CELLS_MAX, SHEETS_MAX, OLD_WORKBOOK_SECONDS_MAX)
    command = [sys.executable, str(Path(old_workbook_process.__file__)), *map(str, bounds)]
    try:
        done = subprocess.run(command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                              timeout=2 * OLD_WORKBOOK_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        raise WorkbookRefused.because("workbook_too_large", file=file) from None
    if done.returncode != 0:
        raise WorkbookRefused.because(_REFUSALS.get(done.returncode, "workbook_damaged"), file=file)
    found: list[Any] = json.loads(done.stdout, parse_float=Decimal, parse_constant=Decimal, object_hook=_day)
    return found


def has_password(*, content: bytes) -> bool:
    """Whether an .xls is locked: the record that says so is among the first of its book."""
    place = content.find(_BEGIN)
    for _ in range(_FIRST_RECORDS if place >= 0 else 0):
        kind, length = (int.from_bytes(content[place + n:place + n + 2], "little") for n in (0, 2))
        if kind == _LOCKED:
            return True
        place += 4 + length
    return False


def _day(written: dict[str, str]) -> date:
    return date.fromisoformat(written["day"])
