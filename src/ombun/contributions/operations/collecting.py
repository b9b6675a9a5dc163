"""A collection day is recorded, as it was counted; a fund's history of them at once."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.rules import COLLECTORS, BookFacts, Payment, Sheet
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.rules import first_open_day, holds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import MEMBER_CONTRIBUTIONS, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.asking import array
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class CollectionRefused(Refused):
    """The sheet has mistakes; every one of them is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class CollectionRecorded:
    """The answer to a sheet: its receipts, and whether it had been recorded before."""

    collection_id: UUID
    book_no: int
    first_number: int
    last_number: int
    total_satang: Satang
    was_already_recorded: bool


@use_case
def record_collection(
    *, actor: Actor, collection_id: UUID, centre_id: UUID, collected_on: date, collected_by: UUID,
    payments: Sequence[Payment], received_on: date, recorded_at: datetime
) -> CollectionRecorded:
    """Record one collection day of a village as it was counted; the cash stands with the collector from then on.

    The sender made `collection_id`; sent twice, the first answer comes again. A sheet for a month already closed
    is posted on the first open day and keeps its collection day. Raises CollectionRefused; then nothing is written.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    sheet = Sheet(collection_id=collection_id, centre_id=centre_id, collected_on=collected_on,
                  collected_by=collected_by, payments=tuple(payments))
    if (first := queries.digest_of(fund_id=actor.fund_id, deed_id=collection_id)) is not None:
        return _first_answer(fund_id=actor.fund_id, sheet=sheet, recorded_digest=first)
    judged = queries.judged_sheet(actor=actor, sheet=sheet, today=received_on)
    if judged.refusals:
        raise CollectionRefused(*judged.refusals)
    book = judged.book
    assert book is not None

    # After this point the collection must succeed.
    write_sheets(actor=actor, sheets=[sheet], books={centre_id: book}, books_closed_until=fund.books_closed_until,
                 recorded_at=recorded_at)
    audit.record_event(actor=actor, action="contributions.collected", subject=f"collection:{collection_id}", facts={
        "payments": len(payments), "total_satang": sheet.total_satang, "collected_by": str(collected_by)},
        happened_at=recorded_at)
    return CollectionRecorded(
        collection_id=collection_id, book_no=book.book_no, first_number=book.next_number,
        last_number=book.next_number + len(payments) - 1, total_satang=sheet.total_satang, was_already_recorded=False)


def _first_answer(*, fund_id: int, sheet: Sheet, recorded_digest: str) -> CollectionRecorded:
    if recorded_digest != rules.digest(sheet=sheet):
        raise CollectionRefused(Refusal(code="contributions.same_id_other_sheet", about=str(sheet.collection_id)))
    card = queries.collection(fund_id=fund_id, deed_id=sheet.collection_id)
    assert card is not None
    return CollectionRecorded(
        collection_id=sheet.collection_id, book_no=card.book_no, first_number=card.first_number,
        last_number=card.last_number, total_satang=card.counted_satang, was_already_recorded=True)


_WRITE = """
WITH head AS (
  SELECT * FROM unnest(%(deed_ids)s::uuid[], %(digests)s::text[], %(centre_ids)s::uuid[], %(collected_on)s::date[],
      %(collected_by)s::uuid[], %(book_ids)s::int[], %(first)s::int[], %(last)s::int[], %(totals)s::bigint[],
      %(entry_ids)s::bigint[], %(starts)s::int[], %(ends)s::int[])
    AS h(deed_id, digest, centre_id, collected_on, collected_by_id, book_id, first_number, last_number, total_satang,
      entry_id, starts, ends)),
sheet AS (
  INSERT INTO contributions_collection (fund_id, deed_id, digest, centre_id, collected_on, collected_by_id, book_id,
    first_number, last_number, total_satang, written_satang, entry_id, is_by_pen, recorded_by, recorded_at)
  SELECT %(fund_id)s, deed_id, digest, centre_id, collected_on, collected_by_id, book_id, first_number, last_number,
    total_satang, 0, entry_id, %(is_by_pen)s, %(recorded_by)s, %(recorded_at)s
  FROM head ORDER BY collected_on RETURNING id, deed_id, collected_on, first_number),
moved AS (
  UPDATE contributions_receiptbook b SET next_number = h.last + 1
  FROM (SELECT book_id, max(last_number) AS last FROM head GROUP BY book_id) h
  WHERE b.fund_id = %(fund_id)s AND b.id = h.book_id)
INSERT INTO contributions_contribution (fund_id, member_id, collection_id, number, collected_on, amount_satang)
SELECT %(fund_id)s, paid.member_id, one.id, one.first_number + paid.place - 1, one.collected_on, paid.amount_satang
FROM (SELECT sheet.*, starts, ends FROM sheet JOIN head USING (deed_id) ORDER BY sheet.id) one
CROSS JOIN LATERAL unnest((%(member_ids)s::int[])[starts:ends], (%(amounts)s::bigint[])[starts:ends])
  WITH ORDINALITY AS paid(member_id, amount_satang, place)"""


@inside_use_case
def write_sheets(
    *, actor: Actor, sheets: Sequence[Sheet], books: Mapping[UUID, BookFacts], books_closed_until: date,
    recorded_at: datetime, hand: str | None = None, is_by_pen: bool = False
) -> dict[UUID, int]:
    """Write sheets that the rules accepted: one statement for the books, one for the receipts, for 1 or for 10,000.

    `books` gives each centre's receipt book; the numbers run on from its next one in the order of the sheets. The money
    stands with who collected it, or in the account that is named as `hand`: at the bank, or "to be clarified" before.
    `is_by_pen`: the receipts were written by hand. Returns the entry of each sheet.
    """
    collected = {(s.collected_by, s.collected_on) for s in sheets}
    tills = (dict.fromkeys(collected, hand) if hand is not None
             else ledger.tills(fund_id=actor.fund_id, collected=collected))
    entries = ledger.post_entries(actor=actor, deed="contributions.collection", recorded_at=recorded_at, drafts=[Draft(
        deed_id=s.collection_id, happened_on=s.collected_on,
        posted_on=first_open_day(happened_on=s.collected_on, books_closed_until=books_closed_until),
        postings=(Posting(account_code=tills[s.collected_by, s.collected_on], amount_satang=s.total_satang),
                  Posting(account_code=MEMBER_CONTRIBUTIONS, amount_satang=Satang(-s.total_satang)))) for s in sheets])
    first = _first_numbers(sheets=sheets, books=books)
    ends = list(accumulate(len(s.payments) for s in sheets))
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {
            "fund_id": actor.fund_id, "recorded_by": actor.user_id, "recorded_at": recorded_at,
            "is_by_pen": is_by_pen, "deed_ids": [s.collection_id for s in sheets],
            "digests": [rules.digest(sheet=s) for s in sheets], "centre_ids": [s.centre_id for s in sheets],
            "collected_on": [s.collected_on for s in sheets], "collected_by": [s.collected_by for s in sheets],
            "book_ids": [books[s.centre_id].id for s in sheets],
            "first": first, "last": [n + len(s.payments) - 1 for n, s in zip(first, sheets, strict=True)],
            "totals": [s.total_satang for s in sheets], "entry_ids": [entries[s.collection_id] for s in sheets],
            "starts": [end - len(s.payments) + 1 for end, s in zip(ends, sheets, strict=True)], "ends": ends,
            "member_ids": array(p.member_id for s in sheets for p in s.payments),
            "amounts": array(p.amount_satang for s in sheets for p in s.payments)})
    return entries


def _first_numbers(*, sheets: Sequence[Sheet], books: Mapping[UUID, BookFacts]) -> list[int]:
    following = {book.id: book.next_number for book in books.values()}
    numbers = []
    for sheet in sheets:
        book_id = books[sheet.centre_id].id
        numbers.append(following[book_id])
        following[book_id] += len(sheet.payments)
    return numbers


@use_case
def record_history(*, actor: Actor, sheets: Sequence[Sheet], received_on: date, recorded_at: datetime) -> int:
    """Record many collection days at once (a fund's history, the demo), under the same rules. Returns the payments.

    Sheets whose id is known are passed over. Raises CollectionRefused with every reason of every sheet.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    known = queries.known_collections(fund_id=actor.fund_id, deed_ids=[s.collection_id for s in sheets])
    new = [s for s in sheets if s.collection_id not in known]
    books = {centre: queries.book_in_use(fund_id=actor.fund_id, centre_id=centre)
             for centre in {s.centre_id for s in new}}
    refusals = _refusals_of_history(actor=actor, sheets=new, books=books, received_on=received_on)
    if refusals:
        raise CollectionRefused(*refusals)
    if not new:
        return 0
    write_sheets(actor=actor, sheets=new, books_closed_until=fund.books_closed_until, recorded_at=recorded_at,
                 books={centre: book for centre, book in books.items() if book is not None})
    payments = sum(len(s.payments) for s in new)
    audit.record_event(actor=actor, action="contributions.history_recorded", subject=f"fund:{actor.fund_id}",
                       facts={"sheets": len(new), "payments": payments}, happened_at=recorded_at)
    return payments


def _refusals_of_history(
    *, actor: Actor, sheets: Sequence[Sheet], books: Mapping[UUID, BookFacts | None], received_on: date
) -> list[Refusal]:
    holdings = fund_queries.holdings(fund_id=actor.fund_id)
    everybody = {p.member_id for s in sheets for p in s.payments}
    payers = queries.payers(fund_id=actor.fund_id, member_ids=everybody)
    found = [Refusal(code="contributions.same_id_other_sheet", about=str(deed_id))
             for deed_id, times in Counter(s.collection_id for s in sheets).items() if times > 1]
    following = dict(books)
    for sheet in sheets:
        book = following[sheet.centre_id]
        found += rules.refusals_to_record(
            sheet=sheet, payers=payers, book=book, today=received_on,
            is_collector=holds(holdings=holdings, person_id=sheet.collected_by, offices=COLLECTORS,
                               on=sheet.collected_on))
        if book is not None:
            following[sheet.centre_id] = replace(book, next_number=book.next_number + len(sheet.payments))
    return found
