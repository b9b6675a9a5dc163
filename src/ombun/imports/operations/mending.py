"""While a workbook is looked at: its cells are mended, its sheets and headings explained, and it is judged again."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.imports import queries
from ombun.imports.models import Batch, KeptFile, Meaning, Row
from ombun.imports.operations.workbooks import ImportRefused, judge_again, the_batch
from ombun.imports.rules.headings import SheetRole, plain_heading
from ombun.imports.rules.meanings import HEADINGS, MEANINGS, plain_name
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import use_case


@dataclass(frozen=True, kw_only=True)
class JudgedAgain:
    """What a commit would do now, as counts, and how many rows or headings were told anew."""

    batch_id: UUID
    totals: Mapping[str, int]
    told: int


@use_case
def mend_rows(
    *, actor: Actor, batch_id: UUID, rows: Mapping[int, Mapping[int, str]], books_end_on: date, mended_at: datetime
) -> JudgedAgain:
    """Write cells of a previewed workbook anew and judge all of it again; the workbook itself stays as it was sent.

    `rows`: row → column (from 1) → what should stand there. The same again changes nothing. Raises ImportRefused where
    there is no such preview or row, or the workbook is no longer kept.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    batch = _open_batch(actor, batch_id)
    there = {row.id: row for row in Row.objects.filter(fund_id=actor.fund_id, batch_id=batch_id, id__in=rows)}
    if missing := set(rows) - set(there):
        raise ImportRefused(*(Refusal(code="imports.no_such_row", about=str(row_id)) for row_id in sorted(missing)))
    changed = []
    for row_id, cells in rows.items():
        written = there[row_id].written | {str(column): text for column, text in cells.items()}
        if written != there[row_id].written:
            there[row_id].written = written
            changed.append(there[row_id])

    # After this point it must succeed.
    Row.objects.bulk_update(changed, ["written"], batch_size=2000)
    return _judged_again(actor, batch, "imports.mended", len(changed), books_end_on, mended_at)


@use_case
def tell_sheet(
    *, actor: Actor, batch_id: UUID, file: str, sheet: str, role: SheetRole | None, headings: Mapping[str, str],
    unnamed: Mapping[int, str], heading_row: int, books_end_on: date, told_at: datetime
) -> JudgedAgain:
    """Say what a sheet is and what its columns hold, remember it for the fund, and judge the workbook again.

    `role`: the kind of sheet (None: by its headings alone); `headings`: heading → meaning ("" forgets it); `unnamed`:
    column → meaning, of columns whose cell in the `heading_row` is empty, for this workbook only; where the sheet has
    no such row (0), they are remembered for sheets of its name. The same again changes nothing. Raises ImportRefused
    for a meaning or kind that there is not.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    batch = _open_batch(actor, batch_id)
    row = Row.objects.filter(
        fund_id=actor.fund_id, batch_id=batch_id, file=file, sheet=sheet, row=max(heading_row, 1)).first()
    wrong = [meaning for meaning in (*headings.values(), *unnamed.values()) if meaning and meaning not in HEADINGS]
    if row is None or wrong or (role is not None and role not in MEANINGS):
        raise ImportRefused(Refusal(code="imports.no_such_meaning", about=sheet))
    told = {("SHEET", plain_name(name=sheet)): role.value if role else "",
            ("COLUMNS", plain_name(name=sheet)): "" if heading_row else _in_order(unnamed),
            **{("HEADING", plain_heading(heading=heading)): meaning for heading, meaning in headings.items()}}

    # After this point it must succeed.
    count = sum(_remember(actor, of, written, meaning, told_at) for (of, written), meaning in told.items() if written)
    if unnamed and heading_row:
        row.written |= {str(column): HEADINGS.get(meaning, "") for column, meaning in unnamed.items()}
        row.save(update_fields=["written"])
    return _judged_again(actor, batch, "imports.told", count + len(unnamed), books_end_on, told_at)


def _in_order(columns: Mapping[int, str]) -> str:
    """The meanings of columns (from 1) as they are remembered of a sheet without headings."""
    return ",".join(columns.get(column, "") for column in range(1, max(columns, default=0) + 1))


def _remember(actor: Actor, of: str, written: str, meaning: str, told_at: datetime) -> int:
    known = Meaning.objects.filter(fund_id=actor.fund_id, of=of, written=written)
    if not meaning:
        return known.delete()[0]
    if known.filter(meaning=meaning).exists():
        return 0
    Meaning.objects.update_or_create(fund_id=actor.fund_id, of=of, written=written, defaults={
        "meaning": meaning, "recorded_by": actor.user_id, "recorded_at": told_at})
    return 1


@use_case
def judge_import_again(*, actor: Actor, batch_id: UUID, books_end_on: date, judged_at: datetime) -> JudgedAgain:
    """Judge a previewed workbook against the register as it is now. Raises ImportRefused if it is no longer kept."""
    funds.lock_fund(fund_id=actor.fund_id)
    return _judged_again(actor, _open_batch(actor, batch_id), "imports.judged_again", 0, books_end_on, judged_at)


def _open_batch(actor: Actor, batch_id: UUID) -> Batch:
    """A previewed import whose workbooks are still kept."""
    batch = the_batch(fund_id=actor.fund_id, batch_id=batch_id)
    if batch.state != "PREVIEWED":
        raise ImportRefused(Refusal(code="imports.no_longer_previewed", about=str(batch_id)))
    if not KeptFile.objects.filter(fund_id=actor.fund_id, batch_id=batch_id).exists():
        raise ImportRefused(Refusal(code="imports.file_no_longer_kept", about=str(batch_id)))
    return batch


def _judged_again(
    actor: Actor, batch: Batch, action: str, told: int, books_end_on: date, at: datetime
) -> JudgedAgain:
    if not told and action != "imports.judged_again":
        return JudgedAgain(batch_id=batch.id, told=0, totals=queries.import_totals(
            fund_id=actor.fund_id, batch_id=batch.id))
    totals = judge_again(actor=actor, batch=batch, books_end_on=books_end_on)
    audit.record_event(actor=actor, action=action, subject=f"import:{batch.id}", facts={**totals, "told": told},
                       happened_at=at)
    return JudgedAgain(batch_id=batch.id, told=told, totals=totals)
