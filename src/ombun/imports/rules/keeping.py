"""How long a workbook is kept, and what its rows say."""
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ombun.imports.rules.register_row import RowVerdict, Verdict

PREVIEW_DAYS = 30
WORKBOOK_DAYS = 180
NOT_SAID = "–"


def files_before(*, now: datetime) -> datetime:
    """A file that was sent before this moment is erased, and a preview that nobody took in with it."""
    return now - timedelta(days=PREVIEW_DAYS)


def workbooks_before(*, now: datetime) -> datetime:
    """Of a workbook only the verdicts are kept when it came in before this moment."""
    return now - timedelta(days=WORKBOOK_DAYS)


def kept_until(*, previewed_at: datetime, committed_at: datetime | None) -> datetime:
    """Until when what was read of a workbook is kept: longer where it came in, so that it can be taken out again."""
    return committed_at + timedelta(days=WORKBOOK_DAYS) if committed_at else previewed_at + timedelta(days=PREVIEW_DAYS)


def still_forgotten(*, row: RowVerdict, forgotten: Collection[int]) -> RowVerdict:
    """A row about somebody whom the register was asked to forget: it changes nothing, and nothing of it is kept."""
    if row.values is None or row.member_id not in forgotten:
        return row
    return replace(row, values=None, reasons=(), changes={}, verdict=Verdict.UNCHANGED)


def reason_left(*, kept: Mapping[str, object]) -> dict[str, object]:
    """What is left of a reason: which question it was, not what stood in the cell nor whom else it named."""
    facts = kept.get("facts")
    return {**kept, "written": NOT_SAID, "facts": {
        name: [] if isinstance(value, list) else NOT_SAID for name, value in facts.items()}
        if isinstance(facts, Mapping) else {}}
