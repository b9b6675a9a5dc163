"""What can happen to contributions: a plan voted, a receipt book opened, a collection day recorded or taken back."""
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from uuid import UUID, uuid5

from django.db import connection

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import ContributionPlan, OpeningStanding, PastPayment, ReceiptBook
from ombun.contributions.rules import COLLECTORS, BookFacts, Payment, Plan, Sheet
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.rules import first_open_day, holds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import MEMBER_CONTRIBUTIONS, PAST_MONEY, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand, month_end
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, tell_planner, use_case

PAST_DEED = "contributions.history"


class CollectionRefused(Refused):
    """The sheet has mistakes; every one of them is listed, and nothing was written."""


class CancellationRefused(Refused):
    """The receipts cannot be taken back so; every reason is listed, and nothing was written."""


class BookRefused(Refused):
    """The receipt book cannot be opened so."""


class PlanRefused(Refused):
    """What members pay cannot be changed so."""


class OpeningRefused(Refused):
    """The opening position cannot be written so; every reason is listed."""


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
    first_number, last_number, total_satang, written_satang, entry_id, recorded_by, recorded_at)
  SELECT %(fund_id)s, deed_id, digest, centre_id, collected_on, collected_by_id, book_id, first_number, last_number,
    total_satang, 0, entry_id, %(recorded_by)s, %(recorded_at)s
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
    recorded_at: datetime
) -> None:
    """Write sheets that the rules accepted: one statement for the books, one for the receipts, for 1 or for 10,000.

    `books` gives each centre's receipt book; the numbers run on from its next one in the order of the sheets.
    """
    tills = ledger.tills(fund_id=actor.fund_id, collected={(s.collected_by, s.collected_on) for s in sheets})
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
            "deed_ids": [s.collection_id for s in sheets], "digests": [rules.digest(sheet=s) for s in sheets],
            "centre_ids": [s.centre_id for s in sheets], "collected_on": [s.collected_on for s in sheets],
            "collected_by": [s.collected_by for s in sheets], "book_ids": [books[s.centre_id].id for s in sheets],
            "first": first, "last": [n + len(s.payments) - 1 for n, s in zip(first, sheets, strict=True)],
            "totals": [s.total_satang for s in sheets], "entry_ids": [entries[s.collection_id] for s in sheets],
            "starts": [end - len(s.payments) + 1 for end, s in zip(ends, sheets, strict=True)], "ends": ends,
            "member_ids": _array(p.member_id for s in sheets for p in s.payments),
            "amounts": _array(p.amount_satang for s in sheets for p in s.payments)})


def _array(numbers: Iterable[int]) -> str:
    """Whole numbers as an array literal; four times quicker than the driver's own writing."""
    return f"{{{','.join(map(str, numbers))}}}"


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


@dataclass(frozen=True, kw_only=True)
class ReceiptsCancelled:
    """The answer to a cancellation: how many receipts were taken back, and whether they had been before."""

    cancellation_id: UUID
    receipts: int
    total_satang: Satang
    was_already_recorded: bool


@use_case
def cancel_receipts(
    *, actor: Actor, cancellation_id: UUID, collection_id: UUID, member_ids: Collection[int] | None,
    cancelled_on: date, why: str, recorded_at: datetime
) -> ReceiptsCancelled:
    """Take back receipts of a collection day that were a mistake: those of these members, or all that stand (None).

    Nothing is wiped out: the numbers stay used, and an entry takes the money out of the hand into which it was booked.
    Sent twice, the first answer comes again. Raises CancellationRefused with every reason; then nothing is written.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    why, asked = why.strip(), None if member_ids is None else frozenset(member_ids)
    one = rules.Cancellation(cancellation_id=cancellation_id, collection_id=collection_id, member_ids=asked)
    first = queries.known_cancellation(fund_id=actor.fund_id, cancellation_id=cancellation_id)
    if first is not None:
        if (first.collection_id, first.cancelled_on, first.why) != (collection_id, cancelled_on, why) or not (
                first.took_all if asked is None else first.member_ids == asked):
            raise CancellationRefused(Refusal(code="contributions.same_id_other_receipts", about=str(cancellation_id)))
        return ReceiptsCancelled(cancellation_id=cancellation_id, receipts=len(first.member_ids),
                                 total_satang=first.total_satang, was_already_recorded=True)
    judged = queries.judged_cancellations(actor=actor, cancellations=[one], cancelled_on=cancelled_on, why=why,
                                          today=day_in_thailand(recorded_at))
    if judged.refusals:
        raise CancellationRefused(*judged.refusals)

    # After this point it must succeed.
    write_cancellations(actor=actor, cancellations=[one], sheets=judged.sheets, cancelled_on=cancelled_on, why=why,
                        recorded_at=recorded_at)
    receipts = rules.taken_back(cancellation=one, sheet=judged.sheets[collection_id])
    total_satang = Satang(sum(r.amount_satang for r in receipts))
    audit.record_event(actor=actor, action="contributions.receipts_cancelled", subject=f"collection:{collection_id}",
                       facts={"numbers": [r.number for r in receipts], "total_satang": total_satang},
                       happened_at=recorded_at)
    return ReceiptsCancelled(cancellation_id=cancellation_id, receipts=len(receipts), total_satang=total_satang,
                             was_already_recorded=False)


_CANCEL = """
INSERT INTO contributions_cancelled (fund_id, member_id, collection_id, cancellation_id, entry_id)
SELECT %(fund_id)s, member_id, collection_id, cancellation_id, entry_id
FROM unnest(%(collection_ids)s::int[], %(cancellation_ids)s::uuid[], %(entry_ids)s::bigint[], %(starts)s::int[],
    %(ends)s::int[]) AS sheet(collection_id, cancellation_id, entry_id, starts, ends)
CROSS JOIN LATERAL unnest((%(member_ids)s::int[])[starts:ends]) AS member_id"""


@inside_use_case
def write_cancellations(
    *, actor: Actor, cancellations: Sequence[rules.Cancellation], sheets: Mapping[UUID, rules.WrittenSheet],
    cancelled_on: date, why: str, recorded_at: datetime
) -> None:
    """Take back receipts that the rules gave free (`queries.judged_cancellations`, which also gives the `sheets`): one
    statement for the books, one for the receipts, for 1 or for 10,000.

    A whole day reverses its entry; fewer receipts are a counter-entry with the same memo.
    """
    taken = [(one, sheet, rules.taken_back(cancellation=one, sheet=sheet))
             for one in cancellations for sheet in [sheets[one.collection_id]]]
    drafts = []
    for one, sheet, receipts in taken:
        satang = sum(r.amount_satang for r in receipts)
        drafts.append(Draft(
            deed_id=one.cancellation_id, happened_on=cancelled_on, posted_on=cancelled_on, memo=why,
            reverses_id=sheet.entry_id if satang == sheet.total_satang else None,
            postings=(Posting(account_code=MEMBER_CONTRIBUTIONS, amount_satang=Satang(satang)),
                      Posting(account_code=sheet.hand, amount_satang=Satang(-satang)))))
    entries = ledger.post_entries(actor=actor, deed="contributions.cancellation", recorded_at=recorded_at,
                                  drafts=drafts)
    ends = list(accumulate(len(receipts) for *_, receipts in taken))
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL, {
            "fund_id": actor.fund_id, "collection_ids": [sheet.id for _, sheet, _ in taken],
            "cancellation_ids": [one.cancellation_id for one, *_ in taken],
            "entry_ids": [entries[one.cancellation_id] for one, *_ in taken],
            "starts": [end - len(receipts) + 1 for end, (*_, receipts) in zip(ends, taken, strict=True)],
            "ends": ends, "member_ids": _array(r.member_id for *_, receipts in taken for r in receipts)})


@use_case
def vote_plan(
    *, actor: Actor, plan_id: UUID, amount_satang: Satang, every_months: int, from_on: date, recorded_at: datetime
) -> None:
    """Write down what members pay from a day on, as the members' meeting voted. The same id again changes nothing.

    Raises PlanRefused with every reason: the amount or the period makes no sense, another plan begins on that day, the
    day lies in closed months, before the books began or more than two years ahead.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    plan = Plan(amount_satang=amount_satang, every_months=every_months, from_on=from_on)
    if (known := ContributionPlan.objects.filter(fund_id=actor.fund_id, id=plan_id).first()) is not None:
        if (known.amount_satang, known.every_months, known.from_on) != (amount_satang, every_months, from_on):
            raise PlanRefused(Refusal(code="contributions.same_id_other_plan", about=str(plan_id)))
        if known.taken_back_on is not None:
            raise PlanRefused(Refusal(code="contributions.plan_was_taken_back", about=str(plan_id)))
        return
    judged = queries.judged_plan(fund_id=actor.fund_id, plan=plan, today=day_in_thailand(recorded_at))
    if judged.refusals:
        raise PlanRefused(*judged.refusals)
    _write_plan(actor=actor, plan_id=plan_id, plan=plan, recorded_at=recorded_at)


@inside_use_case
def write_first_plan(
    *, actor: Actor, plan_id: UUID, amount_satang: Satang, every_months: int, founded_on: date, recorded_at: datetime
) -> None:
    """What members pay since the fund was founded, inside the verb that starts it. Raises PlanRefused."""
    plan = Plan(amount_satang=amount_satang, every_months=every_months, from_on=founded_on)
    if found := rules.refusals_to_vote(plan=plan):
        raise PlanRefused(*found)
    _write_plan(actor=actor, plan_id=plan_id, plan=plan, recorded_at=recorded_at)


def _write_plan(*, actor: Actor, plan_id: UUID, plan: Plan, recorded_at: datetime) -> None:
    ContributionPlan.objects.create(id=plan_id, fund_id=actor.fund_id, amount_satang=plan.amount_satang,
                                    every_months=plan.every_months, from_on=plan.from_on)
    audit.record_event(actor=actor, action="contributions.plan_voted", subject=f"plan:{plan_id}", facts={
        "amount_satang": plan.amount_satang, "every_months": plan.every_months}, happened_at=recorded_at)


@use_case
def take_back_plan(*, actor: Actor, plan_id: UUID, recorded_at: datetime) -> None:
    """Take back a change of what members pay that has not begun: until it does, nobody owed or paid by it.

    It stays written down as taken back; the same again changes nothing. Raises PlanRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    plan = ContributionPlan.objects.filter(fund_id=actor.fund_id, id=plan_id).first()
    today = day_in_thailand(recorded_at)
    if plan is None:
        raise PlanRefused(Refusal(code="contributions.unknown_plan", about=str(plan_id)))
    if plan.taken_back_on is not None:
        return
    if plan.from_on <= today:
        raise PlanRefused(Refusal(code="contributions.plan_has_begun", about="from_on", facts={"day": plan.from_on}))
    ContributionPlan.objects.filter(fund_id=actor.fund_id, id=plan_id).update(taken_back_on=today)
    audit.record_event(actor=actor, action="contributions.plan_taken_back", subject=f"plan:{plan_id}", facts={},
                       happened_at=recorded_at)


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


@use_case
def write_opening_standings(
    *, actor: Actor, paid_until: Mapping[int, date], recorded_at: datetime
) -> int:
    """Write down up to which day each member had paid when the fund's own books began here.

    Without it a member's dues would run since joining; whoever joined later needs none. Returns how many were new.
    Raises OpeningRefused with every reason.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    ids = list(paid_until)
    written = queries.opening_standings(fund_id=actor.fund_id, member_ids=ids)
    found = rules.refusals_to_open(
        paid_until=paid_until, written=written, starts_on=fund.starts_on,
        payers=queries.payers(fund_id=actor.fund_id, member_ids=ids))
    if found:
        raise OpeningRefused(*found)
    new = [OpeningStanding(fund_id=actor.fund_id, member_id=i, paid_until=day)
           for i, day in paid_until.items() if i not in written]
    OpeningStanding.objects.bulk_create(new)
    tell_planner(OpeningStanding, written=len(new))
    if new:
        audit.record_event(actor=actor, action="contributions.opening_written", subject=f"fund:{actor.fund_id}",
                           facts={"members": len(new)}, happened_at=recorded_at)
    return len(new)


_WRITE_PAST = """INSERT INTO contributions_pastpayment (fund_id, member_id, month, batch_id, amount_satang)
  SELECT %(fund_id)s, member_id, month, %(batch_id)s, amount_satang
  FROM unnest(%(members)s::int[], %(months)s::date[], %(amounts)s::bigint[]) AS told(member_id, month, amount_satang)"""


@inside_use_case
def write_past_payments(
    *, actor: Actor, batch_id: UUID, payments: Mapping[tuple[int, date], Satang], recorded_at: datetime
) -> None:
    """Write what members paid before the fund's own books began, by member and month, as the old lists tell it.

    Each month is one entry of the books, "money by the old books" against contributions. Two statements.
    """
    if not payments:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_PAST, {
            "fund_id": actor.fund_id, "batch_id": batch_id, "members": _array(i for i, _ in payments),
            "months": [month for _, month in payments], "amounts": _array(payments.values())})
    tell_planner(PastPayment, written=len(payments))
    by_month = Counter[date]()
    for (_, month), satang in payments.items():
        by_month[month] += satang
    ledger.post_entries(actor=actor, deed=PAST_DEED, recorded_at=recorded_at, drafts=[Draft(
        deed_id=_past_deed_id(batch_id, month), happened_on=month_end(month), posted_on=month_end(month), postings=(
            Posting(account_code=PAST_MONEY, amount_satang=Satang(satang)),
            Posting(account_code=MEMBER_CONTRIBUTIONS, amount_satang=Satang(-satang))))
        for month, satang in sorted(by_month.items())])


@inside_use_case
def take_back_past_payments(*, actor: Actor, batch_id: UUID, recorded_at: datetime) -> None:
    """Take out again what an import told of past payments; the books get the mirror of each entry."""
    told = PastPayment.objects.filter(fund_id=actor.fund_id, batch_id=batch_id)
    months = set(told.values_list("month", flat=True))
    ledger.take_back_history(actor=actor, deed=PAST_DEED, recorded_at=recorded_at,
                             deed_ids=[_past_deed_id(batch_id, month) for month in months])
    told.delete()


def _past_deed_id(batch_id: UUID, month: date) -> UUID:
    return uuid5(batch_id, f"payments {month}")
