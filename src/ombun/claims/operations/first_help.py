"""Help at once: two signatures hand over money now; certification, decision and papers follow."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import FirstHelp
from ombun.claims.operations.steps import PaymentRefused, claim_in_hand
from ombun.claims.rules import NewHelp
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import HELPED_AT_ONCE, TREASURER_CASH, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import use_case
from ombun.regulations import queries as rule_book


@dataclass(frozen=True, kw_only=True)
class HelpGiven:
    """The answer to help at once: its entry in the books."""

    claim_id: UUID
    entry_id: int
    was_already_recorded: bool


@use_case
def help_at_once(
    *, actor: Actor, help_id: UUID, claim_id: UUID, new: NewHelp, recorded_at: datetime
) -> HelpGiven:
    """Hand over money before the papers, as far as the clause lets two people do so: a death certificate was shown, a
    burnt house was seen. The claim goes its way afterwards and settles the rest.

    What was handed over counts against the member's limits at once. The same `help_id` again is the first answer
    again. Raises PaymentRefused, or funds.BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=PaymentRefused)
    if (known := queries.help_by_id(fund_id=actor.fund_id, help_id=help_id)) is not None:
        return _first_answer(known, claim_id, new)
    funds.demand_open_day(fund=fund, day=new.helped_on)
    clause = rule_book.clause_by_id(fund_id=actor.fund_id, clause_id=claim.clause_id)
    entitled = queries.entitlement(
        fund_id=actor.fund_id, member_id=claim.member_id, benefit=claim.benefit, excluding=claim_id,
        event=rules.event_of(
            happened_on=claim.happened_on, units=claim.units, asked_on=claim.filed_on, details=claim.details))
    found = rules.refusals_to_help(
        actor=actor, claim=queries.claim_facts(fund_id=actor.fund_id, claim=claim), allowed=clause.rule.at_once,
        granted_satang=entitled[1].amount_satang if entitled else Satang(0), documents_seen=claim.documents_seen,
        new=new, cash_satang=books.cash_free(fund_id=actor.fund_id, on=new.helped_on)[TREASURER_CASH],
        offices=queries.offices(fund_id=actor.fund_id), today=day_in_thailand(recorded_at))
    if found:
        raise PaymentRefused(*found)

    # After this point it must succeed.
    entry_id = ledger.post_entry(
        actor=actor, deed="claims.first_help", deed_id=help_id, happened_on=new.helped_on, posted_on=new.helped_on,
        recorded_at=recorded_at, postings=[
            Posting(account_code=HELPED_AT_ONCE, amount_satang=new.amount_satang),
            Posting(account_code=TREASURER_CASH, amount_satang=Satang(-new.amount_satang))])
    FirstHelp.objects.create(
        id=help_id, fund_id=actor.fund_id, claim_id=claim_id, helped_on=new.helped_on, amount_satang=new.amount_satang,
        agreed_by_id=new.agreed_by, paid_by_id=new.paid_by, payee_name=new.payee_name, entry_id=entry_id,
        recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="claims.helped_at_once", subject=f"claim:{claim_id}", facts={
        "satang": new.amount_satang, "agreed_by": str(new.agreed_by), "paid_by": str(new.paid_by), "entry": entry_id},
        happened_at=recorded_at)
    return HelpGiven(claim_id=claim_id, entry_id=entry_id, was_already_recorded=False)


def _first_answer(known: FirstHelp, claim_id: UUID, new: NewHelp) -> HelpGiven:
    recorded = NewHelp(amount_satang=known.amount_satang, helped_on=known.helped_on, payee_name=known.payee_name,
                       agreed_by=known.agreed_by_id, paid_by=known.paid_by_id)
    if known.claim_id != claim_id or recorded != new:
        raise PaymentRefused(Refusal(code="claims.same_id_other_help", about=str(known.id)))
    return HelpGiven(claim_id=claim_id, entry_id=known.entry_id, was_already_recorded=True)
