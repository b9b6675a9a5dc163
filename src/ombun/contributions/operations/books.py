"""Receipt books: a village centre gets one, a device gets one of its own, numbers are spoiled."""
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import Device, ReceiptBook, Spoiled
from ombun.contributions.rules import BookFacts
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class BookRefused(Refused):
    """The receipt book cannot be opened so."""


@use_case
def open_receipt_book(
    *, actor: Actor, centre_id: UUID, book_no: int, first_number: int, last_number: int, next_number: int | None = None,
    recorded_at: datetime
) -> int:
    """Give a village centre a receipt book; `next_number` where a half-used one goes on. Returns the book's id.

    The same book again changes nothing. Raises BookRefused when its numbers are out of order or the book is there
    already with other numbers or at another village.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    goes_on = next_number if next_number is not None else first_number
    if not 1 <= first_number <= goes_on <= last_number <= rules.NUMBER_MAX or not 1 <= book_no <= rules.NUMBER_MAX:
        raise BookRefused(Refusal(code="contributions.book_numbers_out_of_order", about=str(book_no)))
    if centre_id not in {c.id for c in fund_queries.centres(fund_id=actor.fund_id)}:
        raise BookRefused(Refusal(code="contributions.unknown_centre", about=str(centre_id)))
    book, is_new = ReceiptBook.objects.get_or_create(fund_id=actor.fund_id, book_no=book_no, defaults={
        "centre_id": centre_id, "first_number": goes_on, "next_number": goes_on, "last_number": last_number})
    facts = {"book_no": book_no}
    if not is_new and book.centre_id != centre_id:
        raise BookRefused(Refusal(code="contributions.book_of_another_centre", about=str(book_no), facts=facts))
    if (book.first_number, book.last_number) != (goes_on, last_number) or book.device_id:
        raise BookRefused(Refusal(code="contributions.book_already_there", about=str(book_no), facts=facts))
    if is_new:
        audit.record_event(actor=actor, action="contributions.book_opened", subject=f"book:{book_no}", facts={
            "from": goes_on, "to": last_number}, happened_at=recorded_at)
    return book.id


@use_case
def lend_receipt_book(*, actor: Actor, device_id: UUID, centre_id: UUID, recorded_at: datetime) -> BookFacts:
    """Give a device a receipt book for a village, so that it can number receipts without a signal: only it does, there.

    The book it has is given again as long as enough numbers are left. Raises BookRefused: no such village, or a device
    that was wiped.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if centre_id not in {c.id for c in fund_queries.centres(fund_id=actor.fund_id)}:
        raise BookRefused(Refusal(code="contributions.unknown_centre", about=str(centre_id)))
    device, is_new = Device.objects.get_or_create(fund_id=actor.fund_id, id=device_id, defaults={
        "person_id": actor.person_id, "user_id": actor.user_id, "known_since": recorded_at})
    if device.wiped_at is not None:
        raise BookRefused(Refusal(code="contributions.device_was_wiped", about=str(device_id)))
    lent = ReceiptBook.objects.filter(fund_id=actor.fund_id, device_id=device_id, centre_id=centre_id).last()
    if lent is None or lent.last_number - lent.next_number + 1 < rules.DEVICE_BOOK_LEFT_MIN:
        newest = ReceiptBook.objects.filter(fund_id=actor.fund_id).aggregate(no=Max("book_no"))["no"] or 0
        lent = ReceiptBook.objects.create(
            fund_id=actor.fund_id, centre_id=centre_id, device_id=device_id, first_number=1, next_number=1,
            book_no=max(rules.DEVICE_BOOKS_FROM, newest + 1), last_number=rules.DEVICE_BOOK_NUMBERS)
        audit.record_event(actor=actor, action="contributions.book_lent", subject=f"book:{lent.book_no}", facts={
            "device": str(device_id), "is_new": is_new}, happened_at=recorded_at)
    return queries.book_facts(book=lent)


@use_case
def wipe_device(*, actor: Actor, device_id: UUID, recorded_at: datetime) -> None:
    """Have a device forget the people it took along, as soon as it hears of it. What it has not sent yet stays there.

    The same again changes nothing. Raises BookRefused: no such device.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    device = Device.objects.filter(fund_id=actor.fund_id, id=device_id).first()
    if device is None:
        raise BookRefused(Refusal(code="contributions.unknown_device", about=str(device_id)))
    if device.wiped_at is None:
        Device.objects.filter(fund_id=actor.fund_id, id=device_id).update(wiped_at=recorded_at)
        audit.record_event(actor=actor, action="contributions.device_wiped", subject=f"device:{device_id}", facts={},
                           happened_at=recorded_at)


@use_case
def spoil_numbers(
    *, actor: Actor, spoiling_id: UUID, book_no: int, last_number: int, why: str, recorded_at: datetime
) -> None:
    """Say that the next numbers of a receipt book, up to a last one, are spoiled: no receipt will have them.

    The same id again changes nothing. Raises BookRefused: no such book, numbers used or beyond it, no reason told.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    book = ReceiptBook.objects.filter(fund_id=actor.fund_id, book_no=book_no).first()
    if Spoiled.objects.filter(fund_id=actor.fund_id, id=spoiling_id).exists():
        return
    found = [Refusal(code="contributions.says_not_why", about="why")] if not why.strip() else []
    if book is None:
        found.append(Refusal(code="contributions.unknown_book", about="book", facts={"book_no": book_no}))
    elif not book.next_number <= last_number <= book.last_number:
        found.append(Refusal(code="contributions.not_the_next_numbers", about="last", facts={
            "book_no": book_no, "first": book.next_number, "last": book.last_number}))
    if book is None or found:
        raise BookRefused(*found)
    write_spoiled(actor=actor, spoiling_id=spoiling_id, book=queries.book_facts(book=book), last_number=last_number,
                  why=why, recorded_at=recorded_at)


@inside_use_case
def write_spoiled(
    *, actor: Actor, spoiling_id: UUID, book: BookFacts, last_number: int, why: str, recorded_at: datetime
) -> None:
    """Write down that the next numbers of a book, up to a last one, are spoiled, and move the book on over them."""
    ReceiptBook.objects.filter(fund_id=actor.fund_id, id=book.id).update(next_number=last_number + 1)
    Spoiled.objects.create(
        id=spoiling_id, fund_id=actor.fund_id, book_id=book.id, first_number=book.next_number,
        last_number=last_number, why=why.strip(), recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="contributions.numbers_spoiled", subject=f"book:{book.book_no}", facts={
        "first": book.next_number, "last": last_number}, happened_at=recorded_at)
