"""An .xlsx is a zip of XML parts. Here they are measured before any reader opens them.

The reader keeps a sheet as a full rectangle up to its last cell and copies shared texts into every cell that
names them. So one far cell, or one long text named a million times, can fill the memory: measured here first.
"""
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from ombun.imports.rules.bounds import CELLS_MAX, SHEETS_MAX, TEXT_BYTES_MAX, UNZIPPED_BYTES_MAX, WorkbookRefused

_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,10})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>")


def zipped_texts(*, file: str, content: bytes) -> list[tuple[str, bytes]] | None:
    """The .csv files in a zip, by name; None where it holds anything else. Raises WorkbookRefused.

    Sizes are measured by unpacking, not believed.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            inside = archive.infolist()
            if not inside or any(not info.filename.lower().endswith(".csv") for info in inside):
                return None
            if len(inside) > SHEETS_MAX:
                raise WorkbookRefused.because("workbook_too_large", file=file)
            return list(_parts(archive, inside, file))
    except _BROKEN:
        raise WorkbookRefused.because("workbook_damaged", file=file) from None


def refuse_what_is_too_large(*, file: str, content: bytes) -> None:
    """Say no to a zip that is no workbook, holds macros, or would grow beyond the bounds when opened.

    Raises WorkbookRefused. Sizes are measured by unpacking, not believed: a zip can lie about them.
    """
    cells = longest_text = named = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            if "xl/workbook.xml" not in names:
                raise WorkbookRefused.because("not_a_workbook", file=file)
            if any(name.endswith("vbaproject.bin") for name in names):
                raise WorkbookRefused.because("workbook_has_macros", file=file)
            xml = [info for info in archive.infolist() if info.filename.lower().endswith((".xml", ".rels"))]
            for name, part in _parts(archive, xml, file):
                if b"si>" in part:
                    longest_text = max(longest_text, *map(len, _END_OF_TEXT.split(part)))
                elif not name.lower().endswith("calcchain.xml"):
                    cells += _rectangle(part)
                    named += len(_CELL.findall(part))
    except _BROKEN:
        raise WorkbookRefused.because("workbook_damaged", file=file) from None
    if cells > CELLS_MAX or named * longest_text > TEXT_BYTES_MAX:
        raise WorkbookRefused.because("workbook_too_large", file=file)


def _parts(archive: zipfile.ZipFile, inside: Sequence[zipfile.ZipInfo], file: str) -> Iterator[tuple[str, bytes]]:
    left = UNZIPPED_BYTES_MAX
    for info in inside:
        info.file_size = left + 2  # read on as long as there is more, whatever the zip declares
        with archive.open(info) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise WorkbookRefused.because("workbook_too_large", file=file)
        yield info.filename, part


def _rectangle(part: bytes) -> int:
    """How many cells the rectangle from A1 to the last row and column named in a sheet has."""
    last_row = last_column = 1
    for letters, digits in set(_PLACE.findall(part)):
        last_row = max(last_row, int(digits))
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        last_column = max(last_column, column)
    return last_row * last_column
