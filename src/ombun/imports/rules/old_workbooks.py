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


def _day(written: dict[str, str]) -> date:
    return date.fromisoformat(written["day"])
