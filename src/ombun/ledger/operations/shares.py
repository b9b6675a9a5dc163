"""What money is for: an earmark on what came in, and shares of sub-funds as the meeting voted."""
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.ledger import queries, rules
from ombun.ledger.models import Earmark, Share, ShareVote
from ombun.ledger.operations.bank import BankRefused
from ombun.ledger.rules import NewShares, Way, form
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class EarmarkRefused(Refused):
    """The money cannot be earmarked so; every reason is listed."""


@use_case
def earmark_receipt(
    *, actor: Actor, earmark_id: UUID, entry_id: int, accounts: Collection[str], words: str, recorded_at: datetime
) -> None:
    """Write down that money which came in by a voucher is for some kinds of help only, as the giver's letter says.

    `accounts` are codes of benefits; `words` say what the letter says, without names. The same id again changes
    nothing. Raises EarmarkRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    words = words.strip()
    if Earmark.objects.filter(fund_id=actor.fund_id, id=earmark_id).exists():
        return
    card = queries.entry(fund_id=actor.fund_id, entry_id=entry_id)
    voucher = queries.voucher_of_entry(fund_id=actor.fund_id, entry_id=entry_id)
    found = []
    if card is None or voucher is None or voucher.way != Way.IN or card.reversed_by_id is not None:
        found.append(Refusal(code="ledger.not_money_that_came_in", about=str(entry_id)))
    if Earmark.objects.filter(fund_id=actor.fund_id, entry_id=entry_id).exists():
        found.append(Refusal(code="ledger.earmarked_already", about=str(entry_id)))
    if not accounts or not set(accounts) <= set(form.BENEFITS):
        found.append(Refusal(code="ledger.earmarked_for_nothing", about="accounts"))
    if not 0 < len(words) <= rules.MEMO_MAX:
        found.append(Refusal(code="ledger.says_not_what_for", about="words"))
    if found:
        raise EarmarkRefused(*found)
    Earmark.objects.create(id=earmark_id, fund_id=actor.fund_id, entry_id=entry_id, accounts=sorted(set(accounts)),
                           words=words, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.receipt_earmarked", subject=f"entry:{entry_id}",
                       facts={"accounts": sorted(set(accounts))}, happened_at=recorded_at)


@use_case
def vote_shares(*, actor: Actor, vote_id: UUID, new: NewShares, recorded_at: datetime) -> None:
    """Write down how a meeting divides what comes in and goes out among sub-funds, from a day in an open month on.

    The same id again changes nothing. Raises BankRefused with every reason, or BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if ShareVote.objects.filter(fund_id=actor.fund_id, id=vote_id).exists():
        return
    funds.demand_open_day(fund=fund, day=new.from_on)
    found = rules.refusals_to_share(
        new=new, is_set_that_day=ShareVote.objects.filter(fund_id=actor.fund_id, from_on=new.from_on).exists(),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), today=day_in_thailand(recorded_at),
        names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise BankRefused(*found)

    # After this point it must succeed.
    ShareVote.objects.create(
        id=vote_id, fund_id=actor.fund_id, from_on=new.from_on, resolution_no=new.resolution_no,
        signed_by_id=new.signed_by, recorded_by=actor.user_id, recorded_at=recorded_at)
    Share.objects.bulk_create([Share(
        fund_id=actor.fund_id, vote_id=vote_id, account=one.account, sub_fund=one.sub_fund,
        thousandths=one.thousandths) for one in new.shares])
    audit.record_event(actor=actor, action="ledger.shares_voted", subject=f"share_vote:{vote_id}",
                       facts={"resolution": new.resolution_no}, happened_at=recorded_at)
