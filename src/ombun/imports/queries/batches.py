"""Workbooks on their way in: what was kept of them, what they asked."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ombun.imports.models import Batch, KeptFile, Row
from ombun.imports.rules.register_row import Verdict
from ombun.members import queries as members

PAGE_SIZE_MAX = 100


def import_totals(*, fund_id: int, batch_id: UUID) -> Mapping[str, int]:
    """How many rows a kept preview has, and how many got each verdict."""
    counted = Counter(Row.objects.filter(fund_id=fund_id, batch_id=batch_id).values_list("verdict", flat=True))
    return {"rows": counted.total()} | {verdict.value: counted[verdict] for verdict in Verdict}


@dataclass(frozen=True, kw_only=True)
class BatchCard:
    """One import as the list shows it."""

    id: UUID
    file_names: Sequence[str]
    state: str
    previewed_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None
    sheets: Sequence[Mapping[str, Any]]
    register_mark: int
    has_files: bool
    forgotten_on: date | None


def imports(*, fund_id: int) -> tuple[BatchCard, ...]:
    """The imports of a fund, newest first."""
    return _batch_cards(fund_id)


def one_import(*, fund_id: int, batch_id: UUID) -> BatchCard | None:
    """One import of this fund, or None."""
    found = _batch_cards(fund_id, id=batch_id)
    return found[0] if found else None


def _batch_cards(fund_id: int, **which: object) -> tuple[BatchCard, ...]:
    files = KeptFile.objects.filter(fund_id=fund_id, batch_id=OuterRef("id"))
    rows = Batch.objects.filter(fund_id=fund_id, **which).annotate(has_files=Exists(files)).order_by("-previewed_at")
    return tuple(BatchCard(**row) for row in rows.values(*BatchCard.__dataclass_fields__))


def is_out_of_date(*, fund_id: int, batch: BatchCard) -> bool:
    """Whether the register changed since a preview, so that it has to be judged again before it is committed."""
    return batch.state == "PREVIEWED" and batch.register_mark != members.register_mark(fund_id=fund_id)


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """One row of a kept preview: where it stands, its verdict, its reasons, what would change."""

    id: int
    file: str
    sheet: str
    row: int
    verdict: str
    is_counted: bool
    reasons: Sequence[Mapping[str, Any]]
    row_values: Mapping[str, Any] | None
    booked: Mapping[str, Any] | None
    changes: Mapping[str, Sequence[object]]
    member_id: int | None


def import_rows(
    *, fund_id: int, batch_id: UUID, verdict: Verdict | None = None, page: int = 1
) -> tuple[KeptRow, ...]:
    """The rows of a kept preview in the order of the workbook, a page of at most 100; of one verdict where named."""
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch_id).order_by("id")
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    first = (page - 1) * PAGE_SIZE_MAX
    return tuple(KeptRow(**row) for row in rows[first:first + PAGE_SIZE_MAX].values(*KeptRow.__dataclass_fields__))


def one_row(*, fund_id: int, batch_id: UUID, row_id: int) -> KeptRow | None:
    """One row of a kept preview, or None."""
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch_id, id=row_id)
    return next((KeptRow(**row) for row in rows.values(*KeptRow.__dataclass_fields__)), None)


def doubted_rows(*, fund_id: int, batch: BatchCard) -> tuple[KeptRow, ...]:
    """The rows of an import that a person should mend and send again.

    Once it is committed, what other books told with a doubt stands in the books and is no longer among them.
    """
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch.id, verdict__in=(Verdict.QUESTIONED, Verdict.REFUSED))
    if batch.state != "PREVIEWED":
        rows = rows.filter(Q(booked__isnull=True) | Q(is_counted=False))
    return tuple(KeptRow(**row) for row in rows.order_by("id").values(*KeptRow.__dataclass_fields__))


def doubts_of_members(*, fund_id: int, member_ids: Collection[int]) -> dict[int, dict[str, Mapping[str, Any]]]:
    """What the importer asked about members, by member and code: the cell, what is written there, who else is meant.

    Of several rows of a member the last one told holds. One statement.
    """
    found: dict[int, dict[str, Mapping[str, Any]]] = {member_id: {} for member_id in member_ids}
    rows = Row.objects.filter(fund_id=fund_id, member_id__in=member_ids).order_by("id")
    for member_id, reasons in rows.values_list("member_id", "reasons"):
        assert member_id is not None
        found[member_id] |= {reason["code"]: reason["facts"] for reason in reasons}
    return found


def asked_before(*, fund_id: int, member_ids: Collection[int]) -> dict[int, set[str]]:
    """What imports that stand have asked a person about these members: member id → codes. One statement."""
    standing = Batch.objects.filter(fund_id=fund_id, state="COMMITTED")
    rows = Row.objects.filter(fund_id=fund_id, member_id__in=member_ids, batch_id__in=standing.values("id"))
    found: dict[int, set[str]] = {}
    for member_id, was_created, reasons, queued in rows.values_list("member_id", "was_created", "reasons", "queued"):
        assert member_id is not None
        created = (reason["code"] for reason in reasons if reason["severity"] != "note") if was_created else ()
        found.setdefault(member_id, set()).update(queued, created)
    return found
