"""How large a workbook may be, and how we say no to one."""
from typing import Self

from ombun.primitives.refusals import Refusal, Refused

FILE_BYTES_MAX = 20 * 2**20
UNZIPPED_BYTES_MAX = 150 * 2**20
TEXT_BYTES_MAX = 300 * 2**20
CELLS_MAX = 2_000_000
ROWS_MAX, BLANK_ROWS_MAX = 200_000, 20_000  # every row gets a verdict that is kept
SHEETS_MAX = 200
MERGES_MAX = 20_000
TEXT_LENGTH_MAX = 32_767
OLD_WORKBOOK_BYTES_MAX = 2**30
OLD_WORKBOOK_SECONDS_MAX = 30


class WorkbookRefused(Refused):
    """The file cannot be read as a register."""

    @classmethod
    def because(cls, reason: str, *, file: str) -> Self:
        """The refusal of a whole file; its sentence may name the file and the limits."""
        facts = {"file": file, "megabytes_max": FILE_BYTES_MAX // 2**20, "cells_max": f"{CELLS_MAX:,}"}
        return cls(Refusal(code=f"imports.{reason}", about=file, facts=facts))
