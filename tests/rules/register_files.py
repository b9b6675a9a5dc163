"""The two synthetic workbooks with their truth, and small sheets built in a test."""
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ombun.imports.rules.books import Recorded
from ombun.imports.rules.cells import Cell, Merged, Sheet, read_workbook
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.register_row import KnownMember, RegisterRow
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks

FOLDER = Path(__file__).parents[1] / "data" / "workbooks"
WORKBOOKS = {"A": "A_donkaeo.xlsx", "B": "B_nongsarai.xlsx"}
FOUNDED, BOOKS_END = date(2013, 1, 13), date(2023, 9, 30)


@lru_cache
def truth_of(key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"truth_{key}.json").read_text())
    return found


@lru_cache
def sheets_of(key: str) -> tuple[Sheet, ...]:
    return read_workbook(file=WORKBOOKS[key], content=(FOLDER / WORKBOOKS[key]).read_bytes())


def judged(key: str, known: Sequence[KnownMember] = ()) -> Preview:
    """The verdicts on a sample workbook, sent in years later: its own grids say that its books end before."""
    fund = truth_of(key)["fund"]
    return _of_registers(judge_workbooks(
        sheets=sheets_of(key), known=known, founded_on=date.fromisoformat(fund["founded_on"]), recorded=Recorded(),
        books_end_on=date(2030, 1, 1), villages=[int(moo) for moo in fund["villages"]]))


def _of_registers(preview: Preview) -> Preview:
    """What a preview says of registers and their old copies."""
    names = {seen.sheet for seen in preview.sheets if seen.role in (SheetRole.REGISTER, SheetRole.OLD_COPY)}
    return replace(preview, rows=tuple(row for row in preview.rows if row.sheet in names))


@lru_cache
def judged_whole(key: str) -> Preview:
    """The verdicts on every sheet of a sample workbook, sent to a fund whose register is empty."""
    fund = truth_of(key)["fund"]
    return judge_workbooks(
        sheets=sheets_of(key), known=(), founded_on=date.fromisoformat(fund["founded_on"]), recorded=Recorded(),
        books_end_on=date(2030, 1, 1), villages=[int(moo) for moo in fund["villages"]])


def committed(preview: Preview) -> list[KnownMember]:
    """The register as it would be after a commit into an empty fund: every counted row, doubtful fields empty."""
    kept = [field.name for field in fields(RegisterRow) if field.name not in ("remark", "is_in_arrears")]
    return [KnownMember(member_id=number, **{name: getattr(row.values, name) for name in kept})
            for number, row in enumerate((row for row in preview.rows if row.is_counted), start=1)]


def sheet(rows: Sequence[Sequence[Cell]], *, name: str = "ทะเบียน", file: str = "f.xlsx", merged: Sequence[str] = (),
          is_hidden: bool = False) -> Sheet:
    """A sheet from its rows; merges are written as in a spreadsheet ("A1:D1")."""
    return Sheet(file=file, name=name, rows=tuple(tuple(row) for row in rows), is_hidden=is_hidden,
                 merged=tuple(_range(text) for text in merged))


def _range(text: str) -> Merged:
    (top, left), (bottom, right) = ((int(place[1:]), ord(place[0]) - 64) for place in text.split(":"))
    return Merged(first_row=top, first_column=left, last_row=bottom, last_column=right)


def judge_sheets(*sheets: Sheet, known: Sequence[KnownMember] = (), villages: Sequence[int] = range(1, 13)) -> Preview:
    return _of_registers(judge_whole(*sheets, known=known, villages=villages))


def judge_whole(
    *sheets: Sheet, known: Sequence[KnownMember] = (), villages: Sequence[int] = range(1, 13),
    recorded: Recorded | None = None,
) -> Preview:
    return judge_workbooks(sheets=sheets, known=known, founded_on=FOUNDED, books_end_on=BOOKS_END, villages=villages,
                           recorded=recorded or Recorded())


def national_id(first_twelve: str) -> str:
    """A synthetic number with its right check digit."""
    rest = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True)) % 11
    return first_twelve + str((11 - rest) % 10)
