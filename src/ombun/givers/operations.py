"""A gift is received with a receipt, or its receipt is cancelled."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.givers import queries, rules
from ombun.givers.models import Gift
from ombun.givers.rules import ACCOUNT_OF, NewGift
from ombun.ledger import operations as ledger
from ombun.ledger import queries as ledger_queries
from ombun.ledger.rules import Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class GiftRefused(Refused):
    """The gift cannot be written down or cancelled so; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class GiftReceived:
    """The number of a gift's receipt, and whether it had been recorded before."""

    number: int
    was_already_recorded: bool


@use_case
def receive_gift(*, actor: Actor, gift_id: UUID, gift: NewGift, recorded_at: datetime) -> GiftReceived:
    """Write down what somebody gave and give it the next receipt number; money stands in the till or at the bank.

    Things are thanked for and not reckoned in money. The same id again gives the first answer. Raises GiftRefused or
    BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    known = queries.gift(fund_id=actor.fund_id, gift_id=gift_id)
    if known is not None:
        if known.as_given != gift:
            raise GiftRefused(Refusal(code="givers.same_id_other_gift", about=str(gift_id)))
        return GiftReceived(number=known.number, was_already_recorded=True)
    funds.demand_open_day(fund=fund, day=gift.given_on)
    found = rules.refusals_to_receive(
        gift=gift, holdings=fund_queries.holdings(fund_id=actor.fund_id), today=day_in_thailand(recorded_at),
        names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise GiftRefused(*found)

    # After this point it must succeed.
    number = queries.next_number(fund_id=actor.fund_id)
    entry_id = ledger.post_entry(
        actor=actor, deed="givers.gift", deed_id=gift_id, happened_on=gift.given_on, posted_on=gift.given_on,
        recorded_at=recorded_at, postings=[
            Posting(account_code=gift.into_account, amount_satang=gift.amount_satang),
            Posting(account_code=ACCOUNT_OF[gift.kind], amount_satang=Satang(-gift.amount_satang))],
    ) if gift.amount_satang else None
    Gift.objects.create(id=gift_id, fund_id=actor.fund_id, number=number, entry_id=entry_id, recorded_by=actor.user_id,
                        recorded_at=recorded_at, **{
                            "received_by_id" if name == "received_by" else name: said
                            for name, said in vars(gift).items()})
    audit.record_event(actor=actor, action="givers.gift_received", subject=f"gift:{gift_id}", facts={
        "number": number, "kind": gift.kind, "amount_satang": gift.amount_satang}, happened_at=recorded_at)
    return GiftReceived(number=number, was_already_recorded=False)


@use_case
def cancel_gift(*, actor: Actor, gift_id: UUID, why: str, recorded_at: datetime) -> None:
    """Cancel the receipt of a gift today: its money leaves the books by a second entry; its number stays.

    The same again changes nothing. Raises GiftRefused.
    """
    fund, today = funds.lock_fund(fund_id=actor.fund_id), day_in_thailand(recorded_at)
    known = queries.gift(fund_id=actor.fund_id, gift_id=gift_id)
    if known is None:
        raise GiftRefused(Refusal(code="givers.unknown_gift", about=str(gift_id)))
    if known.cancelled_on is not None:
        return
    funds.demand_open_day(fund=fund, day=today)
    gift, held = known.as_given, {one.code: one.balance_satang
                                  for one in ledger_queries.cash_holders(fund_id=actor.fund_id)}
    if found := rules.refusals_to_cancel(why=why, amount_satang=gift.amount_satang,
                                         satang_there=held.get(gift.into_account)):
        raise GiftRefused(*found)

    # After this point it must succeed.
    entry_id = ledger.post_entry(
        actor=actor, deed="givers.gift_cancelled", deed_id=uuid5(gift_id, "cancelled"), happened_on=today,
        posted_on=today, recorded_at=recorded_at, memo=why, reverses_id=known.entry_id, postings=[
            Posting(account_code=gift.into_account, amount_satang=Satang(-gift.amount_satang)),
            Posting(account_code=ACCOUNT_OF[gift.kind], amount_satang=gift.amount_satang)],
    ) if gift.amount_satang else None
    Gift.objects.filter(fund_id=actor.fund_id, id=gift_id).update(
        cancelled_on=today, cancelled_because=why, cancelling_entry_id=entry_id)
    audit.record_event(actor=actor, action="givers.gift_cancelled", subject=f"gift:{gift_id}", facts={
        "number": known.number}, happened_at=recorded_at)
