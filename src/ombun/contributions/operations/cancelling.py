"""Receipts that were a mistake are taken back with their money; their numbers stay."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import MEMBER_CONTRIBUTIONS, TO_BE_CLARIFIED, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.asking import array
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class CancellationRefused(Refused):
    """The receipts cannot be taken back so; every reason is listed, and nothing was written."""


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
    if judged.sheets[collection_id].hand == TO_BE_CLARIFIED:  # what had been cleared has to be looked at again
        one = replace(one, doubts=("contributions.clearing_taken_back",))
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
INSERT INTO contributions_cancelled (fund_id, member_id, collection_id, cancellation_id, entry_id, doubts)
SELECT %(fund_id)s, member_id, collection_id, cancellation_id, entry_id, string_to_array(doubts, ' ')
FROM unnest(%(collection_ids)s::int[], %(cancellation_ids)s::uuid[], %(entry_ids)s::bigint[], %(starts)s::int[],
    %(ends)s::int[], %(doubts)s::text[]) AS sheet(collection_id, cancellation_id, entry_id, starts, ends, doubts)
CROSS JOIN LATERAL unnest((%(member_ids)s::int[])[starts:ends]) AS member_id"""


@inside_use_case
def write_cancellations(
    *, actor: Actor, cancellations: Sequence[rules.Cancellation], sheets: Mapping[UUID, rules.WrittenSheet],
    cancelled_on: date, why: str, recorded_at: datetime
) -> None:
    """Take back receipts that the rules gave free (`queries.judged_cancellations`, which also gives the `sheets`), or
    set them aside where there are doubts about all: one statement for the books, one for the receipts, for 1 or 10,000.

    A whole day taken back reverses its entry; fewer receipts are a counter-entry with the same memo. The money of a
    receipt set aside stays where it is, and is nobody's contribution until somebody has looked.
    """
    taken = [(one, sheet, rules.taken_back(cancellation=one, sheet=sheet))
             for one in cancellations for sheet in [sheets[one.collection_id]]]
    drafts = []
    for one, sheet, receipts in taken:
        satang = sum(r.amount_satang for r in receipts)
        drafts.append(Draft(
            deed_id=one.cancellation_id, happened_on=cancelled_on, posted_on=cancelled_on, memo=why,
            reverses_id=sheet.entry_id if satang == sheet.total_satang and not one.doubts else None,
            postings=(Posting(account_code=MEMBER_CONTRIBUTIONS, amount_satang=Satang(satang)),
                      Posting(account_code=TO_BE_CLARIFIED if one.doubts else sheet.hand,
                              amount_satang=Satang(-satang)))))
    entries = ledger.post_entries(
        actor=actor, deed="contributions.set_aside" if cancellations[0].doubts else "contributions.cancellation",
        recorded_at=recorded_at, drafts=drafts)
    ends = list(accumulate(len(receipts) for *_, receipts in taken))
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL, {
            "fund_id": actor.fund_id, "collection_ids": [sheet.id for _, sheet, _ in taken],
            "cancellation_ids": [one.cancellation_id for one, *_ in taken],
            "entry_ids": [entries[one.cancellation_id] for one, *_ in taken],
            "starts": [end - len(receipts) + 1 for end, (*_, receipts) in zip(ends, taken, strict=True)],
            "doubts": [" ".join(one.doubts) for one, *_ in taken],
            "ends": ends, "member_ids": array(r.member_id for *_, receipts in taken for r in receipts)})
