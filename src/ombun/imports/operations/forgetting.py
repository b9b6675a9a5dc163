"""Workbooks that were sent long ago are erased, as people were promised; later what their rows said, too."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction

from ombun.audit import operations as audit
from ombun.claims import operations as claims
from ombun.funds import operations as funds
from ombun.imports.models import Batch, KeptFile, Row
from ombun.imports.rules import keeping, kept_books
from ombun.members import operations as members
from ombun.members.rules.membership import MemberKind
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.transactions import inside_use_case, use_case

_FILES = """DELETE FROM imports_keptfile f USING imports_batch b
  WHERE b.fund_id = f.fund_id AND b.id = f.batch_id AND b.previewed_at < %s"""
_ROWS = """DELETE FROM imports_row r USING imports_batch b
  WHERE b.fund_id = r.fund_id AND b.id = r.batch_id AND b.state = 'PREVIEWED' AND b.previewed_at < %s"""


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How many workbooks were erased, and how many rows of previews that nobody took in."""

    files: int
    rows: int


def forget_workbooks(*, sent_before: datetime) -> Forgotten:
    """Erase the workbooks of all funds that were sent before a moment, and the rows of those that never came in.

    Past row level security (the loader). Done again it changes nothing.
    """
    with transaction.atomic(using="loader", durable=True), connections["loader"].cursor() as cursor:
        cursor.execute(_FILES, [sent_before])
        files = cursor.rowcount
        cursor.execute(_ROWS, [sent_before])
        return Forgotten(files=files, rows=cursor.rowcount)


@use_case
def forget_cells(*, actor: Actor, forgotten_at: datetime) -> int:
    """Empty what was kept of workbooks that came in long ago: of each row its verdict is left.

    They cannot be taken out any more. Done by the program itself every day; again changes nothing. Gives how many.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    mine, on = Batch.objects.filter(fund_id=actor.fund_id), day_in_thailand(forgotten_at)
    old = list(mine.filter(committed_at__lt=keeping.workbooks_before(now=forgotten_at), forgotten_on__isnull=True
                           ).values_list("id", flat=True))
    if not old:
        return 0

    # After this point it must succeed.
    _forget(actor=actor, batch_ids=old, on=on)
    audit.record_event(actor=actor, action="imports.forgotten", subject=f"fund:{actor.fund_id}",
                       facts={"workbooks": len(old)}, happened_at=forgotten_at)
    return len(old)


@inside_use_case
def _forget(*, actor: Actor, batch_ids: Collection[UUID], on: date) -> None:
    """Of each row its verdict is left; persons whom an undone workbook had brought are erased for good."""
    rows = list(Row.objects.filter(fund_id=actor.fund_id, batch_id__in=batch_ids))
    for row in rows:
        row.row_values, row.changes = None, {}
        row.booked = kept_books.without_names(kept=row.booked) if row.booked is not None else None
        row.reasons = [keeping.reason_left(kept=reason) for reason in row.reasons]
        row.written = {}
    Row.objects.bulk_update(rows, ["row_values", "changes", "booked", "reasons", "written"], batch_size=2000)
    KeptFile.objects.filter(fund_id=actor.fund_id, batch_id__in=batch_ids).delete()
    claims.forget_receivers(actor=actor, batch_ids=batch_ids)
    withdrawn = set(Batch.objects.filter(fund_id=actor.fund_id, id__in=batch_ids, state="UNDONE"
                                         ).values_list("id", flat=True))
    members.erase_entries(actor=actor, erased_on=on, member_ids=[
        row.member_id for row in rows if row.was_created and row.member_id is not None and row.batch_id in withdrawn])
    Batch.objects.filter(fund_id=actor.fund_id, id__in=batch_ids).update(forgotten_on=on)


@inside_use_case
def forget_person(*, actor: Actor, member_ids: Collection[int], on: date) -> None:
    """Forget the cells of every workbook that told of these entries, of other people too: none can be undone then."""
    told = Row.objects.filter(fund_id=actor.fund_id, member_id__in=list(member_ids)).values("batch_id")
    taken = Batch.objects.filter(fund_id=actor.fund_id, id__in=told).exclude(state="PREVIEWED")
    _forget(actor=actor, batch_ids=list(taken.values_list("id", flat=True)), on=on)
    previews = Batch.objects.filter(fund_id=actor.fund_id, state="PREVIEWED").values("id")
    Row.objects.filter(fund_id=actor.fund_id, batch_id__in=previews).delete()
    KeptFile.objects.filter(fund_id=actor.fund_id, batch_id__in=previews).delete()


@inside_use_case
def forget_disability(*, actor: Actor, member_ids: Collection[int]) -> None:
    """Forget of these entries that a workbook called somebody disabled."""
    rows = list(Row.objects.filter(fund_id=actor.fund_id, member_id__in=list(member_ids)))
    for row in rows:
        row.changes.pop("kind", None)
        if row.row_values and row.row_values.get("kind") == MemberKind.DISABLED:
            row.row_values["kind"] = None
    Row.objects.bulk_update(rows, ["changes", "row_values"])
