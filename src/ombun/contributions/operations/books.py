"""A village centre gets a receipt book."""
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.contributions import rules
from ombun.contributions.models import ReceiptBook
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


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
    if (book.first_number, book.last_number) != (goes_on, last_number):
        raise BookRefused(Refusal(code="contributions.book_already_there", about=str(book_no), facts=facts))
    if is_new:
        audit.record_event(actor=actor, action="contributions.book_opened", subject=f"book:{book_no}", facts={
            "from": goes_on, "to": last_number}, happened_at=recorded_at)
    return book.id
