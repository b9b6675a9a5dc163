"""Sheets that arrive from a device: always taken in; what is doubtful waits until somebody has looked."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import Clearing
from ombun.contributions.operations.cancelling import write_cancellations
from ombun.contributions.operations.collecting import CollectionRefused, write_sheets
from ombun.contributions.queries import SetAside
from ombun.contributions.rules import Arrival, Cancellation, JudgedArrival, Payment, Sheet
from ombun.funds import operations as funds
from ombun.funds.rules import first_open_day
from ombun.ledger import operations as ledger
from ombun.ledger import queries as ledger_queries
from ombun.ledger.rules import TO_BE_CLARIFIED, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case

WAITS = "รับเงินแล้ว รอเหรัญญิกตรวจสอบ"


class ClearingRefused(Refused):
    """The receipt cannot be cleared so; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class SheetTakenIn:
    """The answer to a device: the numbers that its receipts have, how many of them wait for somebody to look."""

    book_no: int
    first_number: int
    last_number: int
    set_aside: int
    was_already_recorded: bool


@use_case
def take_in_sheet(*, actor: Actor, arrival: Arrival, received_on: date, recorded_at: datetime) -> SheetTakenIn:
    """Take in a sheet that was collected on a device: the money is there and the receipts are given, so it is booked.

    Doubtful receipts (somebody who left, paid on two devices, a wrong clock …) are set aside: their money stands in the
    account "to be clarified". Sent twice, the first answer comes again. Raises CollectionRefused only for what no
    device can have collected: a sheet without people, of unknown people, of another device's book.
    """
    fund, sent = funds.lock_fund(fund_id=actor.fund_id), arrival.sheet
    first = queries.digest_of(fund_id=actor.fund_id, deed_id=sent.collection_id)
    if first is not None:
        if first != rules.digest(sheet=sent):
            raise CollectionRefused(Refusal(code="contributions.same_id_other_sheet", about=str(sent.collection_id)))
        return _first_answer(actor, sent)
    judged = queries.judged_arrival(actor=actor, arrival=arrival, today=received_on)
    if judged.refusals:
        raise CollectionRefused(*judged.refusals)
    assert judged.book is not None

    # After this point it must succeed.
    write_sheets(actor=actor, sheets=[judged.sheet], books={sent.centre_id: judged.book},
                 books_closed_until=fund.books_closed_until, recorded_at=recorded_at)
    if judged.doubts:
        _set_aside(actor, judged, fund.books_closed_until, recorded_at)
    audit.record_event(actor=actor, action="contributions.arrived", subject=f"collection:{sent.collection_id}", facts={
        "payments": len(sent.payments), "total_satang": sent.total_satang, "set_aside": len(judged.doubts),
        "device": str(arrival.device_id)}, happened_at=recorded_at)
    return SheetTakenIn(
        book_no=judged.book.book_no, first_number=judged.book.next_number, set_aside=len(judged.doubts),
        last_number=judged.book.next_number + len(sent.payments) - 1, was_already_recorded=False)


def _set_aside(actor: Actor, judged: JudgedArrival, books_closed_until: date, recorded_at: datetime) -> None:
    """Receipts with the same doubts share an entry."""
    sheet = judged.sheet
    alike: dict[tuple[str, ...], set[int]] = {}
    for member_id, codes in judged.doubts.items():
        alike.setdefault(codes, set()).add(member_id)
    write_cancellations(
        actor=actor, why=WAITS, recorded_at=recorded_at,
        cancelled_on=first_open_day(happened_on=sheet.collected_on, books_closed_until=books_closed_until),
        sheets=queries.written_sheets(fund_id=actor.fund_id, deed_ids=[sheet.collection_id]),
        cancellations=[Cancellation(
            cancellation_id=uuid5(sheet.collection_id, " ".join(codes)), collection_id=sheet.collection_id,
            member_ids=frozenset(members), doubts=codes) for codes, members in alike.items()])


def _first_answer(actor: Actor, sheet: Sheet) -> SheetTakenIn:
    card = queries.collection(fund_id=actor.fund_id, deed_id=sheet.collection_id)
    assert card is not None
    return SheetTakenIn(book_no=card.book_no, first_number=card.first_number, last_number=card.last_number,
                        set_aside=card.set_aside, was_already_recorded=True)


@use_case
def give_to_member(
    *, actor: Actor, clearing_id: UUID, receipt: tuple[UUID, int], member_id: int, recorded_at: datetime
) -> None:
    """Clear a receipt that was set aside (collection, number): its money was paid by this member, who gets a receipt of
    the same day for it. The same id again changes nothing. Raises ClearingRefused with every reason."""
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if _is_known(actor, clearing_id, receipt):
        return
    aside = _waiting(actor, receipt)
    sheet = Sheet(collection_id=clearing_id, centre_id=aside.centre_id, collected_on=aside.collected_on,
                  collected_by=aside.collected_by_id,
                  payments=(Payment(member_id=member_id, amount_satang=aside.amount_satang),))
    book = queries.book_in_use(fund_id=actor.fund_id, centre_id=aside.centre_id)
    found = rules.refusals_to_record(
        sheet=sheet, payers=queries.payers(fund_id=actor.fund_id, member_ids=[member_id]), book=book,
        is_collector=True, today=day_in_thailand(recorded_at))
    if book is None or found:
        raise ClearingRefused(*found)

    # After this point it must succeed.
    write_sheets(actor=actor, sheets=[sheet], books={aside.centre_id: book}, hand=TO_BE_CLARIFIED,
                 books_closed_until=fund.books_closed_until, recorded_at=recorded_at)
    card = queries.collection(fund_id=actor.fund_id, deed_id=clearing_id)
    assert card is not None
    _cleared(actor, aside, clearing_id, card.entry_id, recorded_at)


@use_case
def take_out(
    *, actor: Actor, clearing_id: UUID, receipt: tuple[UUID, int], why: str, cleared_on: date, recorded_at: datetime
) -> None:
    """Clear a receipt that was set aside (collection, number): the money was given back, or was counted twice and never
    there; it leaves the hand into which it was booked. The same id again changes nothing. Raises ClearingRefused."""
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if _is_known(actor, clearing_id, receipt):
        return
    aside = _waiting(actor, receipt)
    found = rules.refusals_to_take_out(
        amount_satang=aside.amount_satang, hand=aside.hand, why=why, cleared_on=cleared_on,
        collected_on=aside.collected_on, free=ledger_queries.cash_free(fund_id=actor.fund_id, on=cleared_on),
        books_closed_until=fund.books_closed_until, today=day_in_thailand(recorded_at))
    if found:
        raise ClearingRefused(*found)

    # After this point it must succeed.
    entries = ledger.post_entries(actor=actor, deed="contributions.clearing", recorded_at=recorded_at, drafts=[Draft(
        deed_id=clearing_id, happened_on=cleared_on, posted_on=cleared_on, memo=why.strip(), postings=(
            Posting(account_code=TO_BE_CLARIFIED, amount_satang=aside.amount_satang),
            Posting(account_code=aside.hand, amount_satang=Satang(-aside.amount_satang))))])
    _cleared(actor, aside, clearing_id, entries[clearing_id], recorded_at)


def _is_known(actor: Actor, clearing_id: UUID, receipt: tuple[UUID, int]) -> bool:
    """Whether this receipt was cleared so before. Raises ClearingRefused when another one was."""
    cleared = queries.receipt_cleared(fund_id=actor.fund_id, clearing_id=clearing_id)
    if cleared not in (None, receipt):
        raise ClearingRefused(Refusal(code="contributions.same_id_other_receipts", about=str(clearing_id)))
    return cleared is not None


def _waiting(actor: Actor, receipt: tuple[UUID, int]) -> SetAside:
    """The receipt that waits. Raises ClearingRefused when none does."""
    for aside in queries.receipts_set_aside(fund_id=actor.fund_id):
        if (aside.deed_id, aside.number) == receipt:
            return aside
    raise ClearingRefused(Refusal(code="contributions.not_set_aside", about=str(receipt[1])))


def _cleared(actor: Actor, aside: SetAside, clearing_id: UUID, entry_id: int, recorded_at: datetime) -> None:
    Clearing.objects.create(fund_id=actor.fund_id, collection_id=aside.collection_id, member_id=aside.member_id,
                            clearing_id=clearing_id, entry_id=entry_id)
    audit.record_event(actor=actor, action="contributions.cleared", subject=f"collection:{aside.deed_id}", facts={
        "number": aside.number, "clearing": str(clearing_id)}, happened_at=recorded_at)
