"""A workbook on its way into the register: previewed, committed at once, undone while nothing is built on it."""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.claims import queries as claims
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.operations import NewCentre
from ombun.imports import queries
from ombun.imports.models import Batch, KeptFile, Row
from ombun.imports.operations.asking import ask_about_known, ask_no_more_of_known
from ombun.imports.operations.history import book_history, settle, take_back
from ombun.imports.operations.rows import name_created
from ombun.imports.rules import kept_books, kept_rows
from ombun.imports.rules.register_row import Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.members import operations as members
from ombun.members import queries as register
from ombun.members.rules import kept_values
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, tell_planner, use_case

_BEFORE, _NEW = 0, 1  # of what a row changes: as it was, as it is


class ImportRefused(Refused):
    """The workbook cannot be taken in, or given back, so; nothing changed."""


@dataclass(frozen=True, kw_only=True)
class ImportPreviewed:
    """What a commit would do, as counts: rows = created + updated + unchanged + questioned + refused + not_data."""

    batch_id: UUID
    totals: Mapping[str, int]


@use_case
def preview_import(
    *, actor: Actor, batch_id: UUID, files: Sequence[tuple[str, bytes]], books_end_on: date, previewed_at: datetime
) -> ImportPreviewed:
    """Read a fund's workbooks and keep a verdict for every row of every register sheet; the register stays as it is.

    `files` are (name, content). Raises ImportRefused when nothing in them is a register, WorkbookRefused when one is
    no workbook. The same id again is the first answer again.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    digest = sha256(b"".join(sha256(content).digest() for _, content in files)).hexdigest()
    if (known := Batch.objects.filter(id=batch_id).first()) is not None:
        if known.digest != digest:
            raise ImportRefused(Refusal(code="imports.same_id_other_file", about=str(batch_id)))
        return ImportPreviewed(
            batch_id=batch_id, totals=queries.import_totals(fund_id=actor.fund_id, batch_id=batch_id))
    files = _named_apart(files)
    preview = queries.judged(fund_id=actor.fund_id, files=files, books_end_on=books_end_on)
    if preview.refusals and not any(seen.may_be_told for seen in preview.sheets):
        raise ImportRefused(*preview.refusals)

    # After this point it must succeed.
    Batch.objects.create(
        id=batch_id, fund_id=actor.fund_id, file_names=[name for name, _ in files], digest=digest, state="PREVIEWED",
        register_mark=register.register_mark(fund_id=actor.fund_id), previewed_at=previewed_at,
        recorded_by=actor.user_id, **_of_the_whole(preview))
    KeptFile.objects.bulk_create([
        KeptFile(fund_id=actor.fund_id, batch_id=batch_id, number=number, name=name, content=content)
        for number, (name, content) in enumerate(files, start=1)])
    _keep_rows(actor=actor, batch_id=batch_id, preview=preview)
    audit.record_event(actor=actor, action="imports.previewed", subject=f"import:{batch_id}",
                       facts=dict(preview.totals), happened_at=previewed_at)
    return ImportPreviewed(batch_id=batch_id, totals=preview.totals)


def _named_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Files of one name, out of several folders, get numbers behind it."""
    found: dict[str, bytes] = {}
    for name, content in files:
        number, new = 1, name
        while new in found:
            number += 1
            stem, dot, ending = name.rpartition(".")
            new = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        found[new] = content
    return list(found.items())


def _of_the_whole(preview: Preview) -> dict[str, list[Any]]:
    return {"years": [kept_books.year_as_kept(year=year) for year in preview.accounts],
            "sheets": [kept_rows.sheet_as_kept(seen=seen) for seen in preview.sheets]}


@inside_use_case
def judge_again(*, actor: Actor, batch: Batch, books_end_on: date) -> Mapping[str, int]:
    """Judge the kept workbooks of an import anew: as people now say they are meant, against the register of today."""
    preview = queries.judged(
        fund_id=actor.fund_id, files=queries.kept_files(fund_id=actor.fund_id, batch_id=batch.id),
        books_end_on=books_end_on, written=queries.written_anew(fund_id=actor.fund_id, batch_id=batch.id))
    Batch.objects.filter(fund_id=actor.fund_id, id=batch.id).update(
        register_mark=register.register_mark(fund_id=actor.fund_id), **_of_the_whole(preview))
    _keep_rows(actor=actor, batch_id=batch.id, preview=preview)
    return preview.totals


@inside_use_case
def _keep_rows(*, actor: Actor, batch_id: UUID, preview: Preview) -> None:
    rows = [Row(
        fund_id=actor.fund_id, batch_id=batch_id, file=row.file, sheet=row.sheet, row=row.row, kind=row.row_kind,
        verdict=row.verdict, is_counted=row.is_counted, member_id=row.member_id,
        reasons=[kept_rows.reason_as_kept(reason=reason) for reason in row.reasons],
        row_values=kept_rows.row_as_kept(row=row.values) if row.values is not None else None,
        booked=kept_books.booked_as_kept(booked=row.booked) if row.booked is not None else None,
        changes={name: [kept_values.kept(value=old), kept_values.kept(value=new)]
                 for name, (old, new) in row.changes.items()})
        for row in preview.rows]
    Row.objects.bulk_create(
        rows, batch_size=2000, update_conflicts=True, unique_fields=["fund_id", "batch_id", "file", "sheet", "row"],
        update_fields=["kind", "verdict", "is_counted", "member_id", "reasons", "row_values", "booked", "changes"])
    tell_planner(Row, written=len(rows))


@dataclass(frozen=True, kw_only=True)
class ImportCommitted:
    """How many persons came in, and how many had something changed."""

    batch_id: UUID
    created: int
    updated: int
    was_already_committed: bool


@use_case
def commit_import(*, actor: Actor, batch_id: UUID, committed_at: datetime) -> ImportCommitted:
    """Take a previewed workbook into the register, all counted rows or none; doubtful fields stay empty and are queued.

    Raises ImportRefused when there is no such preview, it was undone or forgotten, or the register changed since.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    batch = the_batch(fund_id=actor.fund_id, batch_id=batch_id)
    if batch.state == "COMMITTED":
        return _already_committed(batch)
    if batch.state == "UNDONE":
        raise ImportRefused(Refusal(code="imports.import_was_undone", about=str(batch_id)))
    if batch.register_mark != register.register_mark(fund_id=actor.fund_id):
        raise ImportRefused(Refusal(code="imports.register_changed_since_preview", about=str(batch_id)))
    if not KeptFile.objects.filter(fund_id=actor.fund_id, batch_id=batch_id).exists():
        raise ImportRefused(Refusal(code="imports.file_no_longer_kept", about=str(batch_id)))
    rows = list(Row.objects.filter(fund_id=actor.fund_id, batch_id=batch_id, is_counted=True).order_by("id"))
    people = [row for row in rows if row.booked is None]
    new = [row for row in people if row.member_id is None and row.verdict != Verdict.NOT_DATA]
    known = [row for row in people if row.member_id is not None]
    changed = [row for row in known if row.changes]

    # After this point it must succeed.
    funds.open_first_centres(actor=actor, centres=_villages_told(batch_id=batch_id, rows=people))
    _create(actor=actor, batch_id=batch_id, rows=new, recorded_at=committed_at)
    _apply(actor=actor, rows=changed, which=_NEW, recorded_at=committed_at)
    ask_about_known(actor=actor, rows=known)
    book_history(actor=actor, batch=batch, rows=rows, recorded_at=committed_at)
    Batch.objects.filter(id=batch_id).update(state="COMMITTED", committed_at=committed_at)
    settle(actor=actor, batch=batch, recorded_at=committed_at)
    audit.record_event(actor=actor, action="imports.committed", subject=f"import:{batch_id}",
                       facts={"created": len(new), "updated": len(changed)}, happened_at=committed_at)
    return ImportCommitted(batch_id=batch_id, created=len(new), updated=len(changed), was_already_committed=False)


def the_batch(*, fund_id: int, batch_id: UUID) -> Batch:
    """An import of this fund. Raises ImportRefused where there is none."""
    batch = Batch.objects.filter(fund_id=fund_id, id=batch_id).first()
    if batch is None:
        raise ImportRefused(Refusal(code="imports.no_such_import", about=str(batch_id)))
    return batch


def _already_committed(batch: Batch) -> ImportCommitted:
    rows = Row.objects.filter(batch_id=batch.id, is_counted=True, member_id__isnull=False, booked__isnull=True)
    updated = rows.exclude(changes={}).count()
    created = rows.filter(was_created=True).count()
    return ImportCommitted(batch_id=batch.id, created=created, updated=updated, was_already_committed=True)


def _villages_told(*, batch_id: UUID, rows: Iterable[Row]) -> list[NewCentre]:
    """The villages in which a workbook's people live, by number; their names are written down later."""
    moos = {moo for row in rows if isinstance(moo := (row.row_values or {}).get("moo"), int) and moo}
    return [NewCentre(id=uuid5(batch_id, f"village {moo}"), moo=moo, name=f"หมู่ {moo}") for moo in sorted(moos)]


def _centre_of(actor: Actor) -> dict[int, UUID]:
    return {centre.moo: centre.id for centre in fund_queries.centres(fund_id=actor.fund_id)}


@inside_use_case
def _create(*, actor: Actor, batch_id: UUID, rows: Sequence[Row], recorded_at: datetime) -> None:
    centre_of = _centre_of(actor)
    people = [(uuid5(batch_id, str(row.id)), kept_rows.new_member(kept_row=row.row_values or {}, centre_of=centre_of))
              for row in rows]
    doubts = [[reason["code"] for reason in row.reasons if reason["severity"] != "note"] for row in rows]
    ids = members.write_members(actor=actor, rows=people, questioned=doubts, recorded_at=recorded_at)
    name_created(fund_id=actor.fund_id, rows=rows, member_ids=ids)


@inside_use_case
def _apply(*, actor: Actor, rows: Iterable[Row], which: int, recorded_at: datetime) -> None:
    """Give members the new values of their rows (`which` is _NEW) or the ones from before; of entries that were merged
    the person has them."""
    centre_of, told = _centre_of(actor), [(row.member_id, row) for row in rows if row.member_id is not None]
    whose = register.persons_of(fund_id=actor.fund_id, entries=[i for i, _ in told])
    changes: dict[int, dict[str, object]] = {}
    for i, row in told:
        changes.setdefault(whose.get(i, i), {}).update(kept_rows.fields_of(
            changes={name: pair[which] for name, pair in row.changes.items()}, centre_of=centre_of))
    members.apply_changes(actor=actor, recorded_at=recorded_at, changes=changes)
    if which == _NEW:
        members.close_questions(actor=actor, changed=changes)
    else:
        members.reopen_questions(actor=actor, changed=changes, asked=queries.doubts_of_members(
            fund_id=actor.fund_id, member_ids=changes))


@dataclass(frozen=True, kw_only=True)
class ImportUndone:
    """How many persons were withdrawn again, and how many got their old values back."""

    batch_id: UUID
    withdrawn: int
    given_back: int
    was_already_undone: bool


@use_case
def undo_import(*, actor: Actor, batch_id: UUID, undone_at: datetime) -> ImportUndone:
    """Take a committed workbook out again: its persons are withdrawn (kept, hidden), changed fields become as before.

    Raises ImportRefused when something was built on its persons (payments, claims) or they were changed since.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    batch = the_batch(fund_id=actor.fund_id, batch_id=batch_id)
    rows = Row.objects.filter(fund_id=actor.fund_id, batch_id=batch_id, is_counted=True, member_id__isnull=False,
                              booked__isnull=True)
    created = [i for i in rows.filter(was_created=True).values_list("member_id", flat=True) if i is not None]
    changed = {row.member_id: row for row in rows.exclude(changes={}) if row.member_id is not None}
    if batch.state == "UNDONE":
        return ImportUndone(batch_id=batch_id, withdrawn=len(created), given_back=len(changed), was_already_undone=True)
    if batch.state != "COMMITTED":
        raise ImportRefused(Refusal(code="imports.import_not_committed", about=str(batch_id)))
    if batch.forgotten_on is not None:
        raise ImportRefused(Refusal(code="imports.import_is_forgotten", about=str(batch_id), facts={
            "day": batch.forgotten_on}))
    whose = register.persons_of(fund_id=actor.fund_id, entries=claims.members_in_use(
        fund_id=actor.fund_id, member_ids=created, besides=batch_id))
    built_on = register.member_cards(fund_id=actor.fund_id, member_ids=set(whose.values()))
    found = [Refusal(code="imports.something_built_on", about=str(i), facts={"member": card.full_name})
             for i, card in sorted(built_on.items())]
    found += _changed_since(fund_id=actor.fund_id, changed=changed)
    if found:
        raise ImportRefused(*found)

    # After this point it must succeed.
    members.withdraw_members(actor=actor, member_ids=created, batch_id=batch_id)
    ask_no_more_of_known(actor=actor, rows=list(rows.exclude(queued=[])))
    _apply(actor=actor, rows=changed.values(), which=_BEFORE, recorded_at=undone_at)
    take_back(actor=actor, batch=batch, recorded_at=undone_at)
    Batch.objects.filter(id=batch_id).update(state="UNDONE", undone_at=undone_at)
    settle(actor=actor, batch=batch, recorded_at=undone_at)
    audit.record_event(actor=actor, action="imports.undone", subject=f"import:{batch_id}",
                       facts={"withdrawn": len(created), "given_back": len(changed)}, happened_at=undone_at)
    return ImportUndone(batch_id=batch_id, withdrawn=len(created), given_back=len(changed), was_already_undone=False)


def _changed_since(*, fund_id: int, changed: Mapping[int, Row]) -> list[Refusal]:
    """Members whose fields are no longer what the import set: giving old values back would lose a later change."""
    cards = {known.member_id: known.person or known for known in queries.known_members(fund_id=fund_id)
             if known.member_id in changed}
    return [Refusal(code="imports.changed_since_import", about=str(i),
                    facts={"member": f"{cards[i].first_name} {cards[i].last_name}"})
            for i, row in changed.items() if i in cards and any(
                kept_values.kept(value=getattr(cards[i], name)) != pair[1] for name, pair in row.changes.items())]
