"""Dues that came by transfer: booked once they stand on the bank's statement, never before."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import TransferNote
from ombun.contributions.operations.collecting import write_sheets
from ombun.contributions.rules import Payment
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import slip_of
from ombun.members import queries as members
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class TransferRefused(Refused):
    """The transfer cannot be booked so; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class TransferBooked:
    """How many receipts a transfer gave, and whether it had been booked before."""

    receipts: int
    was_already_recorded: bool


@use_case
def pay_by_transfer(
    *, actor: Actor, match_id: UUID, line_id: int, payments: Sequence[Payment], booked_by: UUID, recorded_at: datetime
) -> TransferBooked:
    """Book a line of the bank's statement as the dues of one or several members: each gets a receipt of the day on
    which the money came, and it stands at the bank from then on.

    Sent twice, the first answer comes again. It is taken back by cancelling its receipts, all of a village together.
    Raises TransferRefused with every reason, BankRefused when there is no such line or it is booked.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    transfer = queries.transfer(fund_id=actor.fund_id, match_id=match_id, line_id=line_id, payments=payments,
                                booked_by=booked_by)
    if known := {first for sheet in transfer.sheets if (
            first := queries.digest_of(fund_id=actor.fund_id, deed_id=sheet.collection_id))}:
        if known != {rules.digest(sheet=sheet) for sheet in transfer.sheets}:
            raise TransferRefused(Refusal(code="contributions.same_id_other_sheet", about=str(match_id)))
        return TransferBooked(receipts=len(payments), was_already_recorded=True)
    line = ledger.open_line(actor=actor, line_id=line_id)
    found = rules.refusals_to_pay(open_satang=line.open_satang, payments=payments, villages=transfer.villages)
    judged = [queries.judged_sheet(actor=actor, sheet=sheet, today=day_in_thailand(recorded_at))
              for sheet in transfer.sheets]
    found += [refusal for one in judged for refusal in one.refusals]
    if found or not judged:
        raise TransferRefused(*found)

    # After this point it must succeed.
    entries = write_sheets(
        actor=actor, sheets=transfer.sheets, books_closed_until=fund.books_closed_until, recorded_at=recorded_at,
        hand=line.account_code, books={sheet.centre_id: one.book for sheet, one in zip(
            transfer.sheets, judged, strict=True) if one.book is not None})
    ledger.write_matches(actor=actor, match_id=match_id, line_id=line_id, entry_ids=entries.values(),
                         recorded_at=recorded_at)
    told = [note.id for payment in payments for note in queries.waiting_notes(fund_id=actor.fund_id)
            if (note.member_id, note.amount_satang) == (payment.member_id, payment.amount_satang)]
    TransferNote.objects.filter(fund_id=actor.fund_id, id__in=told).update(match_id=match_id)
    audit.record_event(actor=actor, action="contributions.transfer_booked", subject=f"statement_line:{line_id}", facts={
        "payments": len(payments), "total_satang": line.open_satang, "booked_by": str(booked_by)},
        happened_at=recorded_at)
    return TransferBooked(receipts=len(payments), was_already_recorded=False)


@use_case
def say_transferred(
    *, actor: Actor, note_id: UUID, member_id: int, amount_satang: Satang, transferred_on: date, slip: str,
    recorded_at: datetime
) -> None:
    """Keep what somebody says: that a member transferred so much on a day. It pays nothing until the bank tells it.

    `slip` is the text of the code on the bank's slip, or empty; each slip is told once. The same id again changes
    nothing. Raises TransferRefused with every reason: no such member, no slip of a bank, told before.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if TransferNote.objects.filter(fund_id=actor.fund_id, id=note_id).exists():
        return
    read = slip_of(text=slip) if slip.strip() else None
    told = f"{read.bank} {read.number}" if read else None
    found = rules.refusals_to_say(
        amount_satang=amount_satang, transferred_on=transferred_on, today=day_in_thailand(recorded_at),
        slip_is_known=told is not None and TransferNote.objects.filter(
            fund_id=actor.fund_id, slip=told, taken_back_at__isnull=True).exists())
    if slip.strip() and read is None:
        found.append(Refusal(code="contributions.not_a_slip", about="slip"))
    if not members.member_cards(fund_id=actor.fund_id, member_ids=[member_id]):
        found.append(Refusal(code="contributions.unknown_member", about=str(member_id), facts={"member": member_id}))
    if found:
        raise TransferRefused(*found)

    # After this point it must succeed.
    TransferNote.objects.create(
        id=note_id, fund_id=actor.fund_id, member_id=member_id, amount_satang=amount_satang, slip=told,
        transferred_on=transferred_on, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="contributions.transfer_said", subject=f"member:{member_id}", facts={
        "amount_satang": amount_satang, "on": transferred_on.isoformat()}, happened_at=recorded_at)


@use_case
def take_back_note(*, actor: Actor, note_id: UUID, member_id: int, recorded_at: datetime) -> None:
    """Take back what was said of a member's transfer, as long as no line of the bank told it; its slip may be told
    again. The same again changes nothing."""
    funds.lock_fund(fund_id=actor.fund_id)
    if note_id in {note.id for note in queries.waiting_notes(fund_id=actor.fund_id) if note.member_id == member_id}:
        TransferNote.objects.filter(fund_id=actor.fund_id, id=note_id).update(taken_back_at=recorded_at)
        audit.record_event(actor=actor, action="contributions.transfer_note_taken_back", subject=f"member:{member_id}",
                           facts={}, happened_at=recorded_at)


@inside_use_case
def forget_transfers(*, actor: Actor, member_ids: Collection[int]) -> None:
    """Empty what the bank wrote on transfers by which these members paid; day and amount stay."""
    ledger.forget_words(actor=actor, line_ids=queries.lines_paid_by(fund_id=actor.fund_id, member_ids=member_ids))
