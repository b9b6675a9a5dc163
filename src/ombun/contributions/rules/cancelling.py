"""When receipts may be taken back. Pure: no database, no clock."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import in_a_closed_month
from ombun.ledger.rules import BANK, MEMO_MAX
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    """Receipts of one collection day that are to be taken back: those of these members, or all that stand (None)."""

    cancellation_id: UUID
    collection_id: UUID
    member_ids: frozenset[int] | None = None
    doubts: tuple[str, ...] = ()  # why they are set aside, not taken back: codes of refusals


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt as it was written: whose, its number, how much, and whether it was cancelled since."""

    member_id: int
    name: str
    number: int
    amount_satang: Satang
    is_cancelled: bool


@dataclass(frozen=True, kw_only=True)
class WrittenSheet:
    """A collection day as it was recorded; `hand` is the account into which its money was booked."""

    id: int
    centre_id: UUID
    collected_on: date
    collected_by: UUID
    recorded_on: date
    entry_id: int
    total_satang: Satang
    hand: str
    receipts: tuple[Receipt, ...]


def taken_back(*, cancellation: Cancellation, sheet: WrittenSheet) -> tuple[Receipt, ...]:
    """The receipts that a cancellation takes back, in the order of their numbers."""
    asked = cancellation.member_ids
    return tuple(r for r in sheet.receipts if not r.is_cancelled and (asked is None or r.member_id in asked))


def refusals_to_cancel(
    *, cancellations: Sequence[Cancellation], sheets: Mapping[UUID, WrittenSheet], free: Mapping[str, int],
    cancelled_on: date, why: str, books_closed_until: date, today: date
) -> list[Refusal]:
    """Every reason not to take back these receipts on a day. `free` is what may leave each hand that day, in satang."""
    found = _refusals_of_the_deed(cancelled_on, why, books_closed_until, today)
    leaving = Counter[str]()
    for one in cancellations:
        if (sheet := sheets.get(one.collection_id)) is None:
            found.append(Refusal(code="contributions.unknown_collection", about=str(one.collection_id)))
            continue
        if cancelled_on < sheet.collected_on:
            found.append(Refusal(code="contributions.cancelled_before_collected", about="day",
                                 facts={"day": sheet.collected_on}))
        found += _refusals_of_receipts(one, sheet)
        if sheet.hand.startswith(BANK) and len(taken_back(cancellation=one, sheet=sheet)) < len(sheet.receipts):
            found.append(Refusal(code="contributions.transfer_is_cancelled_whole", about=str(one.collection_id)))
        leaving[sheet.hand] += sum(r.amount_satang for r in taken_back(cancellation=one, sheet=sheet))
    return found + [Refusal(code="contributions.money_has_moved_on", about=hand, facts={
        "amount_satang": satang, "there_satang": max(0, free[hand])})
        for hand, satang in leaving.items() if hand in free and satang > max(0, free[hand])]


def _refusals_of_the_deed(cancelled_on: date, why: str, books_closed_until: date, today: date) -> list[Refusal]:
    found = []
    if not why:
        found.append(Refusal(code="contributions.says_not_why", about="why"))
    if len(why) > MEMO_MAX:
        found.append(Refusal(code="contributions.why_too_long", about="why", facts={"letters": MEMO_MAX}))
    if cancelled_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="day", facts={"day": cancelled_on}))
    if cancelled_on <= books_closed_until:
        found.append(in_a_closed_month(day=cancelled_on, books_closed_until=books_closed_until, about="day"))
    return found


def _refusals_of_receipts(cancellation: Cancellation, sheet: WrittenSheet) -> list[Refusal]:
    written = {receipt.member_id: receipt for receipt in sheet.receipts}
    asked = cancellation.member_ids
    if not (taken_back(cancellation=cancellation, sheet=sheet) if asked is None else asked):
        return [Refusal(code="contributions.nothing_to_cancel", about=str(cancellation.collection_id))]
    found = [Refusal(code="contributions.not_on_the_sheet", about=str(i), facts={"member": i})
             for i in sorted(asked or ()) if i not in written]
    return found + [Refusal(code="contributions.already_cancelled", about=str(r.member_id), facts={
        "member": r.name, "number": r.number}) for r in sheet.receipts if asked and r.member_id in asked
        and r.is_cancelled]


def refusals_of_the_desk_to_cancel(
    *, actor: Actor, sheets: Collection[WrittenSheet], cancelled_on: date, today: date
) -> list[Refusal]:
    """Why a desk may not take these receipts back: a collector does so on the day of recording, while the money is in
    their own hands; the treasurer at any time."""
    if actor.role != Role.COLLECTOR:
        return []
    found = []
    if any({sheet.recorded_on, cancelled_on} != {today} for sheet in sheets):
        found.append(Refusal(code="contributions.cancelled_by_the_treasurer", about="day"))
    if any(sheet.collected_by != actor.person_id for sheet in sheets):
        found.append(Refusal(code="contributions.money_with_somebody_else", about="by"))
    return found


def refusals_to_take_out(
    *, amount_satang: Satang, hand: str, why: str, cleared_on: date, collected_on: date, free: Mapping[str, int],
    books_closed_until: date, today: date
) -> list[Refusal]:
    """Every reason not to take the money of a receipt that was set aside out of a hand on a day."""
    found = _refusals_of_the_deed(cleared_on, why.strip(), books_closed_until, today)
    if cleared_on < collected_on:
        found.append(Refusal(code="contributions.cancelled_before_collected", about="day", facts={"day": collected_on}))
    if hand in free and amount_satang > max(0, free[hand]):
        found.append(Refusal(code="contributions.money_has_moved_on", about=hand, facts={
            "amount_satang": amount_satang, "there_satang": max(0, free[hand])}))
    return found
