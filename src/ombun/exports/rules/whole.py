"""A fund row by row as the database has it, in one sheet: for another Ombun, which makes the very same fund of it.

The sheet has two columns: a table's name and its rows as JSON, in bundles. A text that is longer than a cell goes on in
the rows below it, which name no table. The first row is the head, the last one the sum of everything before it.
"""
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

import python_calamine

from ombun.exports.rules.tables import Column, Table
from ombun.exports.rules.texts import unguarded
from ombun.imports.rules.headings import ONLY_TO_READ
from ombun.primitives.refusals import Refusal, Refused

NAME = "คืนสภาพ"
FORMAT = 1
_HEAD, _SUM = "ombun.fund", "ombun.sum"
_LETTERS_MAX = 30_000  # of a cell; a spreadsheet holds 32,767
_BUNDLE, _BUNDLE_LETTERS = 500, 4_000_000  # rows in one text, and about how long it gets; pictures are long rows


class WholeRefused(Refused):
    """The file does not hold a whole fund that this program can make again; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A fund as it was taken away: the head's facts, and the rows of each table as JSON texts, bundle by bundle."""

    head: dict[str, Any]
    tables: dict[str, list[str]]


def whole_table(*, head: dict[str, object], tables: Iterable[tuple[str, Iterable[str]]]) -> Table:
    """The sheet of a fund: `head` says what it is; of each table its rows, every one a JSON object."""
    return Table(name=NAME, is_for_programs=True, to_read=f"{ONLY_TO_READ}: สำหรับตั้งกองทุนเดิมในเครื่องอื่น อย่าแก้ไข", columns=(
        Column(heading="ตาราง [table]", width=30), Column(heading="แถว [rows]", width=60)), rows=_rows(head, tables))


def _rows(head: dict[str, object], tables: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Sequence[str]]:
    summed = sha256()
    for name, text in _texts(head, tables):
        summed.update(f"{name}\n{text}\n".encode())
        for start in range(0, len(text), _LETTERS_MAX):
            yield "" if start else name, text[start:start + _LETTERS_MAX]
    yield _SUM, summed.hexdigest()


def _texts(head: dict[str, object], tables: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    yield _HEAD, json.dumps(head | {"format": FORMAT}, ensure_ascii=False, default=str)
    for name, rows in tables:
        bundle: list[str] = []
        letters = 0
        for row in rows:
            bundle.append(row)
            letters += len(row)
            if len(bundle) == _BUNDLE or letters > _BUNDLE_LETTERS:
                yield name, f"[{','.join(bundle)}]"
                bundle, letters = [], 0
        if bundle:
            yield name, f"[{','.join(bundle)}]"


def read_whole(*, file: IO[bytes], name: str) -> Whole:
    """A fund out of the file that it was taken away in, .xlsx or .zip. Raises WholeRefused: it is no such file, it was
    changed by hand, or another version of the program wrote it."""
    about = {"file": name, "sheet": NAME}
    try:
        rows = _rows_of_zip(file) if name.lower().endswith(".zip") else _rows_of_workbook(file)
        texts = _joined(rows)
        if not texts or texts[0][0] != _HEAD:
            raise WholeRefused(Refusal(code="exports.no_whole_fund", about=name, facts=about))
        *said, (_, summed) = texts
        if texts[-1][0] != _SUM or summed != sha256("".join(f"{n}\n{t}\n" for n, t in said).encode()).hexdigest():
            raise WholeRefused(Refusal(code="exports.whole_fund_changed", about=name, facts=about))
        head = json.loads(said[0][1])
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, csv.Error, python_calamine.CalamineError):
        raise WholeRefused(Refusal(code="exports.no_whole_fund", about=name, facts=about)) from None
    if head.get("format") != FORMAT:
        raise WholeRefused(Refusal(code="exports.other_version", about=name, facts={"file": name}))
    tables: dict[str, list[str]] = {}
    for table, text in said[1:]:
        tables.setdefault(table, []).append(text)
    return Whole(head=head, tables=tables)


def _joined(rows: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    for name, text in rows:
        if name:
            found.append((name, [text]))
        elif found:
            found[-1][1].append(text)
    return [(name, "".join(parts)) for name, parts in found]


def _rows_of_workbook(file: IO[bytes]) -> Iterator[Sequence[str]]:
    with python_calamine.load_workbook(file) as book:
        if NAME not in book.sheet_names:
            raise KeyError(NAME)
        rows = book.get_sheet_by_name(NAME).to_python(skip_empty_area=False)
    return ((str(row[0]), str(row[1])) for row in rows[2:])


def _rows_of_zip(file: IO[bytes]) -> Iterator[Sequence[str]]:
    with zipfile.ZipFile(file) as archive, archive.open(f"{NAME}.csv") as binary:
        rows = list(csv.reader(io.TextIOWrapper(binary, "utf-8-sig", newline="")))
    return ((row[0], unguarded(cell=row[1])) for row in rows[2:])
