"""Cash is counted: by two persons, note by note; what differs from the books is booked, never smoothed."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.ledger import queries, rules
from ombun.ledger.models import Account, CashCount
from ombun.ledger.operations.books import more_than_is_there, post_entry
from ombun.ledger.rules import Count, HolderKind
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class CountRefused(Refused):
    """The count cannot be written down so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class CashCounted:
    """What was counted and what the books had that evening, in satang; the entry of the difference, if there is one."""

    counted_satang: Satang
    books_satang: Satang
    entry_id: int | None
    was_already_recorded: bool


@use_case
def count_cash(*, actor: Actor, count_id: UUID, count: Count, recorded_at: datetime) -> CashCounted:
    """Write down how much cash somebody holds, as two persons counted it.

    It is held against the books of that evening; a difference is booked as cash over or short, with the reason. The
    same id again is the first answer again. Raises CountRefused with every reason, or BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if (known := CashCount.objects.filter(id=count_id).first()) is not None:
        if (tuple(known.pieces), known.counted_on) != (count.pieces, count.counted_on):
            raise CountRefused(Refusal(code="ledger.same_id_other_content", about=str(count_id)))
        return CashCounted(counted_satang=known.counted_satang, books_satang=known.books_satang,
                           entry_id=known.entry_id, was_already_recorded=True)
    funds.demand_open_day(fund=fund, day=count.counted_on)
    held = {one.code: one for one in queries.cash_held(fund_id=actor.fund_id, on=count.counted_on)
            if one.holder_kind != HolderKind.BANK}
    if count.account_code not in held:
        raise CountRefused(Refusal(code="ledger.not_a_holder", about=count.account_code))
    books_satang = held[count.account_code].balance_satang
    postings = rules.count_postings(count=count, books_satang=books_satang)
    found = [*rules.refusals_to_count(
        count=count, books_satang=books_satang, holdings=fund_queries.holdings(fund_id=actor.fund_id),
        names=fund_queries.person_names(fund_id=actor.fund_id), today=day_in_thailand(recorded_at)),
        *more_than_is_there(fund_id=actor.fund_id, on=count.counted_on, postings=postings)]
    if found:
        raise CountRefused(*found)

    # After this point it must succeed.
    entry_id = post_entry(
        actor=actor, deed="ledger.count", deed_id=count_id, happened_on=count.counted_on, posted_on=count.counted_on,
        postings=postings, memo=count.because, recorded_at=recorded_at) if postings else None
    CashCount.objects.create(
        id=count_id, fund_id=actor.fund_id, counted_on=count.counted_on, pieces=list(count.pieces),
        account_id=Account.objects.get(fund_id=actor.fund_id, code=count.account_code).id,
        counted_satang=count.satang, books_satang=books_satang, because=count.because, entry_id=entry_id,
        counted_by_id=count.counted_by, witnessed_by_id=count.witnessed_by, recorded_by=actor.user_id,
        recorded_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.cash_counted", subject=f"count:{count_id}", facts={
        "account": count.account_code, "counted_satang": count.satang, "books_satang": books_satang},
        happened_at=recorded_at)
    return CashCounted(counted_satang=count.satang, books_satang=books_satang, entry_id=entry_id,
                       was_already_recorded=False)
