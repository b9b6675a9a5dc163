"""A collection day from the command line: everybody who owes pays what is due, except those named; receipts printed,
and taken back."""
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext

from ombun.contributions import operations, queries, rules
from ombun.contributions.operations import CancellationRefused, CollectionRefused
from ombun.contributions.queries import CollectionCard
from ombun.contributions.rules import COLLECTORS, Listed, Payment
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.papers.gathering import heading, receipts_of_day
from ombun.papers.naming import language
from ombun.papers.receipts import receipt_files, receipts_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang, baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words, through
from ombun.primitives.transactions import fund_transaction


def record_except(
    *, code: str, moo: int, on: date, absent: Sequence[str], by: str | None, is_later: bool = False
) -> CollectionCard:
    """Record a village's collection day. The same day with the same people absent again gives the first answer again;
    `is_later` records a sheet of its own for whoever still owed and came later that day.

    Raises Refused: names that fit nobody or several, a day that has a sheet already, and everything a sheet can be
    refused for.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        centre = operating.centre_of(fund_id=actor.fund_id, moo=moo)
        collector = operating.person_in_office(
            fund_id=actor.fund_id, offices=COLLECTORS if by else {Office.COLLECTOR}, on=on, named=by,
            centre_id=centre.id)
        payments, away = _payments(actor=actor, centre_id=centre.id, on=on, absent=absent)
        words = f"ombun:collection:{actor.fund_id}:{centre.id}:{on}:{collector}:{sorted(away)}"
        deed_id, known = _not_cancelled(fund_id=actor.fund_id, words=words)
        that_day = [card for card in queries.collections_in(
            fund_id=actor.fund_id, from_on=on, until_on=on + timedelta(days=1), centre_id=centre.id)
            if not card.is_cancelled]
    if known is None and that_day and not is_later:
        raise CommandRefused(Refusal(code="jobs.day_has_a_sheet", about=str(moo), facts={
            "moo": moo, "day": on, "receipts": sum(card.payments for card in that_day)}))
    if known is None:
        operations.record_collection(
            actor=actor, collection_id=deed_id, centre_id=centre.id, collected_on=on, collected_by=collector,
            payments=payments, received_on=timezone.localdate(), recorded_at=timezone.now())
        with fund_transaction(fund_id=actor.fund_id, read_only=True):
            known = queries.collection(fund_id=actor.fund_id, deed_id=deed_id)
    assert known is not None
    return known


def _not_cancelled(*, fund_id: int, words: str) -> tuple[UUID, CollectionCard | None]:
    """The id that these words give a sheet, and the sheet if it is recorded; a cancelled one makes room for another."""
    while (known := queries.collection(fund_id=fund_id, deed_id=uuid5(NAMESPACE_URL, words))) and known.is_cancelled:
        words += ":again"
    return uuid5(NAMESPACE_URL, words), known


def cancel(*, code: str, moo: int, on: date, only: Sequence[str], why: str) -> CollectionCard:
    """Take back the receipts of a village's collection day (the one recorded last), or only those of the people named.

    The same again on the same day gives the first answer again. Raises Refused: names that fit nobody or several, and
    everything a cancellation can be refused for.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        card = recorded_on(actor=actor, moo=moo, on=on)
        _, named, found = rules.all_but(absent=only, listed=[
            Listed(member_id=line.member_id, member_no=line.member_no, name=line.full_name, due_satang=Satang(0))
            for line in queries.receipts_of_collection(fund_id=actor.fund_id, collection_id=card.id)])
    if found:
        raise CancellationRefused(*found)
    today = timezone.localdate()
    operations.cancel_receipts(
        actor=actor, collection_id=card.deed_id, member_ids=named or None, cancelled_on=today, why=why,
        cancellation_id=uuid5(NAMESPACE_URL, f"ombun:cancellation:{card.deed_id}:{today}:{sorted(named)}:{why}"),
        recorded_at=timezone.now())
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return recorded_on(actor=actor, moo=moo, on=on)


def _payments(
    *, actor: Actor, centre_id: UUID, on: date, absent: Sequence[str]
) -> tuple[tuple[Payment, ...], frozenset[int]]:
    """What everybody pays, and who is absent. Raises CollectionRefused: names that fit nobody or several."""
    sheet = queries.collection_sheet(fund_id=actor.fund_id, centre_id=centre_id, on=on)
    listed = [Listed(member_id=line.member.id, member_no=line.member.member_no, name=line.member.full_name,
                     due_satang=line.standing.owed_satang) for line in sheet]
    payments, away, found = rules.all_but(listed=listed, absent=absent)
    if found:
        raise CollectionRefused(*found)
    return payments, away


def in_words(card: CollectionCard) -> str:
    """One line about a recorded collection day."""
    told = gettext("หมู่ %(moo)s วันที่ %(day)s: %(payments)s คน รวม %(baht)s บาท "
                   "ใบเสร็จเล่มที่ %(book_no)s เลขที่ %(numbers)s")
    if card.cancelled:
        told += " · " + gettext("ยกเลิกแล้ว %(cancelled)s ใบ %(cancelled_baht)s บาท")
    if card.posted_on != card.collected_on:
        told += " · " + gettext("เดือนนั้นปิดแล้ว ลงบัญชีวันที่ %(posted)s")
    return told % {
        "posted": day_in_words(card.posted_on), "moo": card.moo, "day": day_in_words(card.collected_on),
        "payments": card.payments,
        "baht": baht(card.total_satang), "book_no": card.book_no,
        "numbers": through(card.first_number, card.last_number),
        "cancelled": card.cancelled, "cancelled_baht": baht(card.cancelled_satang)}


def as_row(card: CollectionCard) -> dict[str, object]:
    """A recorded collection day for programs."""
    return {"id": str(card.deed_id), "village": card.moo, "on": card.collected_on.isoformat(),
            "payments": card.payments, "total_satang": card.total_satang, "book_no": card.book_no,
            "first_number": card.first_number, "last_number": card.last_number, "cancelled": card.cancelled}


def receipts_into(
    file: Path | None, folder: Path | None, *, code: str, moo: int, on: date | None
) -> tuple[CollectionCard, Path]:
    """Write the receipts of a village's collection day (the newest where no day is named), one to a page.

    All into one PDF (without a name beside the caller, "receipts-4-2026-11-25.pdf"), or one PDF a member where a folder
    is named. Gives the day and where they are. Raises CommandRefused: no such fund, village, day or folder.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund = funds.fund_by_id(fund_id=actor.fund_id)
        assert fund is not None
        card = recorded_on(actor=actor, moo=moo, on=on)
        written = receipts_of_day(fund_id=actor.fund_id, card=card, payments=queries.receipts_of_collection(
            fund_id=actor.fund_id, collection_id=card.id))
    target = folder or file or Path(f"receipts-{moo}-{card.collected_on}.pdf")
    try:
        if folder is None:
            target.write_bytes(receipts_pdf(fund=heading(fund), receipts=written, language=language()))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in receipt_files(fund=heading(fund), receipts=written, language=language()):
                (folder / name).write_bytes(content)
    except OSError as error:
        raise CommandRefused(Refusal(code="jobs.cannot_write", about=str(target), facts={"file": target})) from error
    return card, target.resolve()


def recorded_on(*, actor: Actor, moo: int, on: date | None) -> CollectionCard:
    """The collection day of a village, the newest where no day is named. Raises CommandRefused."""
    centre = operating.centre_of(fund_id=actor.fund_id, moo=moo)
    found = queries.collections_in(
        fund_id=actor.fund_id, centre_id=centre.id, from_on=on or date.min,
        until_on=on + timedelta(days=1) if on else date.max)
    if not found:
        raise CommandRefused(Refusal(code="jobs.no_collection", about=str(moo), facts={"moo": moo}))
    return found[0]
