"""A sheet that was filled in by pen is typed in, with the numbers that its receipts have in a book of paper."""
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.operations.books import write_spoiled
from ombun.contributions.operations.collecting import CollectionRecorded, CollectionRefused, write_sheets
from ombun.contributions.rules import PaperNumbers, Run, Sheet
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import use_case


@use_case
def type_in_sheet(
    *, actor: Actor, sheet: Sheet, numbers: PaperNumbers, received_on: date, recorded_at: datetime
) -> CollectionRecorded:
    """Record a collection day whose receipts were written by hand: as on a phone, with the numbers of the paper book.

    Numbers in a row are one collection; where spoiled ones lie between, the sheet goes on in another, its id derived
    from the first. Sent twice, the first answer comes again. Raises CollectionRefused; then nothing is written.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if queries.digest_of(fund_id=actor.fund_id, deed_id=sheet.collection_id) is not None:
        return _first_answer(actor, sheet, numbers)
    judged = queries.judged_sheet(actor=actor, sheet=sheet, today=received_on, numbers=numbers)
    if judged.refusals:
        raise CollectionRefused(*judged.refusals)
    assert judged.book is not None

    # After this point it must succeed.
    for part, run in _parts(sheet, numbers):
        book = replace(judged.book, next_number=run.first_number)
        if part is None:
            write_spoiled(actor=actor, spoiling_id=uuid5(sheet.collection_id, f"spoiled {run.first_number}"), book=book,
                          last_number=run.last_number, why=numbers.why, recorded_at=recorded_at)
        else:
            write_sheets(actor=actor, sheets=[part], books={sheet.centre_id: book}, recorded_at=recorded_at,
                         books_closed_until=fund.books_closed_until, is_by_pen=True)
    audit.record_event(
        actor=actor, action="contributions.typed_in", subject=f"collection:{sheet.collection_id}", facts={
            "payments": len(sheet.payments), "total_satang": sheet.total_satang, "spoiled": len(numbers.spoiled),
            "collected_by": str(sheet.collected_by)}, happened_at=recorded_at)
    return _answer(sheet, numbers, was_already_recorded=False)


def _parts(sheet: Sheet, numbers: PaperNumbers) -> list[tuple[Sheet | None, Run]]:
    """The sheet in the order of its numbers: a sheet for each row of receipts, None for each row of spoiled ones."""
    found: list[tuple[Sheet | None, Run]] = []
    deed: UUID = sheet.collection_id
    for run in rules.runs(payments=sheet.payments, numbers=numbers):
        if run.payments:
            found.append((replace(sheet, collection_id=deed, payments=run.payments), run))
            deed = uuid5(sheet.collection_id, f"after {run.last_number}")
        else:
            found.append((None, run))
    return found


def _first_answer(actor: Actor, sheet: Sheet, numbers: PaperNumbers) -> CollectionRecorded:
    """The answer again, where every part is recorded just so. Raises CollectionRefused when anything differs."""
    other = CollectionRefused(Refusal(code="contributions.same_id_other_sheet", about=str(sheet.collection_id)))
    if rules.refusals_to_number_on_paper(payments=sheet.payments, numbers=numbers, book=rules.BookFacts(
            id=0, book_no=numbers.book_no, next_number=numbers.first_number, last_number=rules.NUMBER_MAX)):
        raise other
    for part, run in _parts(sheet, numbers):
        if part is None:
            continue
        card = queries.collection(fund_id=actor.fund_id, deed_id=part.collection_id)
        told = queries.digest_of(fund_id=actor.fund_id, deed_id=part.collection_id)
        if card is None or told != rules.digest(sheet=part) or (card.book_no, card.first_number) != (
                numbers.book_no, run.first_number):
            raise other
    return _answer(sheet, numbers, was_already_recorded=True)


def _answer(sheet: Sheet, numbers: PaperNumbers, *, was_already_recorded: bool) -> CollectionRecorded:
    return CollectionRecorded(
        collection_id=sheet.collection_id, book_no=numbers.book_no, first_number=numbers.first_number,
        last_number=numbers.last_number(len(sheet.payments)), total_satang=sheet.total_satang,
        was_already_recorded=was_already_recorded)
