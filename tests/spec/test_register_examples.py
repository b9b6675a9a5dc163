"""The worked examples of the manual, one line each: days and remarks as registers write them."""
from datetime import date
from pathlib import Path

import pytest

from ombun.imports.rules.cells import Cell
from ombun.imports.rules.remarks import remark
from ombun.imports.rules.typed_days import birth_day, fund_day

FOLDER = Path(__file__).parent
FOUNDED, BOOKS_END, JOINED = date(2013, 1, 13), date(2023, 9, 30), date(2013, 1, 13)


def _lines(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_text()
    return [[part.strip() for part in line.split("|")] for line in text.splitlines() if line.startswith("    ")]


def _cell(written: str) -> Cell:
    if written.startswith("["):
        return date.fromisoformat(written.strip("[]"))
    return written.strip('"')


@pytest.mark.parametrize("line", _lines("typed_days.txt"), ids=lambda line: line[0])
def test_days(line: list[str]) -> None:
    written, about, day, precision, doubt = line
    kind, _, joined = about.partition(" joined ")
    if kind == "joined":
        found = fund_day(written=_cell(written))
    else:
        found = birth_day(written=_cell(written), joined_on=date.fromisoformat(joined) if joined else JOINED,
                          founded_on=FOUNDED, books_end_on=BOOKS_END)
    said = "be_year_in_date_cell" if found.has_be_year_in_date_cell else found.doubt or ""
    assert " ".join([said, *map(str, found.candidates)]).strip() == doubt
    assert str(found.day or "") == day
    assert found.precision == (precision or "none")


@pytest.mark.parametrize("line", _lines("remarks.txt"), ids=lambda line: line[0])
def test_remarks(line: list[str]) -> None:
    written, reason, day, arrears = line
    found = remark(written=written)
    assert (found.left_reason or "", str(found.left.day or ""), "arrears" if found.is_in_arrears else "") == (
        reason, day, arrears)
