"""What makes a collection sheet acceptable. Pure: no database, no clock."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

COLLECTORS = frozenset({Office.COLLECTOR, Office.TREASURER, Office.CENTRE_MEMBER})  # who may collect contributions
AMOUNT_MAX = 1_000_000_00  # a contribution above a million baht is a slip of the pen
NUMBER_MAX = 1_000_000_000  # of receipts and books


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What one member paid on a collection day; one line of the sheet and of a receipt."""

    member_id: int
    amount_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One collection day of one village centre as it was counted, before it is written."""

    collection_id: UUID
    centre_id: UUID
    collected_on: date
    collected_by: UUID
    payments: tuple[Payment, ...]
    told_on: date | None = None  # the day that a device with a wrong clock told instead

    @cached_property
    def total_satang(self) -> Satang:
        """The sum of the sheet in satang."""
        return Satang(sum(p.amount_satang for p in self.payments))


def digest(*, sheet: Sheet) -> str:
    """A fingerprint of a sheet's content, to tell the same sheet sent again from another one under its id."""
    lines = sorted((p.member_id, p.amount_satang) for p in sheet.payments)
    told_on = sheet.told_on or sheet.collected_on
    return sha256(f"{sheet.centre_id} {told_on} {sheet.collected_by} {lines}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Payer:
    """What the rules need to know about somebody on the sheet."""

    name: str
    spells: tuple[tuple[date | None, date | None], ...] = ()

    def is_active_on(self, day: date) -> bool:
        """Whether the payer is a member on a day: a spell [from, until) holds it; an unknown start counts as begun."""
        for start, end in self.spells:  # noqa: SIM110 - asked once a payment, and a loop is four times quicker
            if (start is None or start <= day) and (end is None or day < end):
                return True
        return False


@dataclass(frozen=True, kw_only=True)
class BookFacts:
    """The receipt book in use: its number, the next free receipt and its last one."""

    id: int
    book_no: int
    next_number: int
    last_number: int


def refusals_to_record(
    *, sheet: Sheet, payers: Mapping[int, Payer], book: BookFacts | None, is_collector: bool, today: date
) -> tuple[Refusal, ...]:
    """Every reason to refuse a sheet, not only the first, so that it is mended once."""
    found: list[Refusal] = []
    if not sheet.payments:
        found.append(Refusal(code="contributions.empty_sheet", about="sheet"))
    if sheet.collected_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="sheet", facts={"day": sheet.collected_on}))
    if not is_collector:
        found.append(Refusal(code="contributions.not_a_collector", about=str(sheet.collected_by)))
    if book is None:
        found.append(Refusal(code="contributions.no_receipt_book", about=str(sheet.centre_id)))
    elif book.next_number + len(sheet.payments) - 1 > book.last_number:
        found.append(Refusal(code="contributions.receipt_book_full", about=str(book.book_no), facts={
            "book_no": book.book_no, "left": book.last_number - book.next_number + 1, "needed": len(sheet.payments)}))
    for member_id, times in Counter(p.member_id for p in sheet.payments).items():
        if times > 1:
            found.append(_about(payers, member_id, "contributions.listed_twice"))
    for payment in sheet.payments:
        payer = payers.get(payment.member_id)
        if payer is None or not 0 < payment.amount_satang <= AMOUNT_MAX or not payer.is_active_on(sheet.collected_on):
            found += _refusals_of(payment, payers, sheet.collected_on)
    return tuple(found)


def refusals_of_the_desk(*, actor: Actor, sheet: Sheet, holdings: Collection[Holding]) -> tuple[Refusal, ...]:
    """Why a desk may not write down this sheet: a collector records for their own village, and only what they or
    people of its centre collected; the treasurer records for everybody."""
    if actor.role != Role.COLLECTOR:
        return ()
    found = []
    if sheet.centre_id != actor.centre_id:
        found.append(Refusal(code="contributions.unknown_centre", about=str(sheet.centre_id)))
    if sheet.collected_by != actor.person_id and not holds(
            holdings=holdings, person_id=sheet.collected_by, offices=tuple(Office), on=sheet.collected_on,
            centre_id=actor.centre_id):
        found.append(Refusal(code="contributions.collected_by_another_centre", about="by"))
    return tuple(found)


def _refusals_of(payment: Payment, payers: Mapping[int, Payer], day: date) -> list[Refusal]:
    found: list[Refusal] = []
    if (payer := payers.get(payment.member_id)) is None:
        found.append(Refusal(code="contributions.unknown_member", about=str(payment.member_id),
                             facts={"member": payment.member_id}))
    elif not payer.is_active_on(day):
        found.append(_about(payers, payment.member_id, "contributions.member_not_active"))
    if payment.amount_satang <= 0:
        found.append(_about(payers, payment.member_id, "contributions.amount_not_positive"))
    elif payment.amount_satang > AMOUNT_MAX:
        found.append(_about(payers, payment.member_id, "contributions.amount_too_large"))
    return found


def _about(payers: Mapping[int, Payer], member_id: int, code: str) -> Refusal:
    name = payers[member_id].name if member_id in payers else str(member_id)
    return Refusal(code=code, about=str(member_id), facts={"member": name})


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of the sheet before the day: who, and what is due in satang."""

    member_id: int
    member_no: str
    name: str
    due_satang: Satang


def all_but(
    *, listed: Sequence[Listed], absent: Sequence[str]
) -> tuple[tuple[Payment, ...], frozenset[int], tuple[Refusal, ...]]:
    """Everybody who owes pays what is due, except those named; gives the payments, who was named, and the names that
    nobody could place.

    An absent person is named by member number or by (a part of) the name that fits one line only.
    """
    away: set[int] = set()
    found: list[Refusal] = []
    for word in absent:
        fits = [one for one in listed if one.member_no == word] or [one for one in listed if word in one.name]
        if len(fits) == 1:
            away.add(fits[0].member_id)
        else:
            code = "contributions.absent_fits_several" if fits else "contributions.absent_not_found"
            found.append(Refusal(code=code, about=word, facts={"name": word, "fits": len(fits)}))
    paid = tuple(Payment(member_id=one.member_id, amount_satang=one.due_satang) for one in listed
                 if one.due_satang > 0 and one.member_id not in away)
    return paid, frozenset(away), tuple(found)
