"""A benefit that was paid wrongly comes back by agreement: what was agreed, and what came."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Claim, Recovery, Repayment
from ombun.claims.operations.steps import claim_in_hand
from ombun.claims.rules import Agreement
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import TO_BE_PAID_BACK, TREASURER_CASH, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case
from ombun.regulations import queries as rule_book


class RecoveryRefused(Refused):
    """It cannot be agreed or taken in so; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class RecoveryWritten:
    """The answer to an agreement or to money that came back: its entry, and what is still to come."""

    recovery_id: UUID
    entry_id: int
    outstanding_satang: Satang
    was_already_recorded: bool


@use_case
def agree_recovery(
    *, actor: Actor, recovery_id: UUID, claim_id: UUID, new: Agreement, recorded_at: datetime
) -> RecoveryWritten:
    """Write down that a benefit, or a part of it, was paid wrongly and who pays it back in which parts.

    The books take it off the benefit's account and show it as money to come. The same `recovery_id` again is the first
    answer again. Raises RecoveryRefused, or funds.BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=RecoveryRefused)
    if (known := Recovery.objects.filter(fund_id=actor.fund_id, id=recovery_id).first()) is not None:
        return _first_agreement(actor, known, claim, new)
    funds.demand_open_day(fund=fund, day=new.agreed_on)
    found = rules.refusals_to_agree(
        actor=actor, claim=queries.claim_facts(fund_id=actor.fund_id, claim=claim), paid_on=claim.paid_on,
        paid_satang=claim.paid_satang, new=new, offices=queries.offices(fund_id=actor.fund_id),
        is_agreed_already=Recovery.objects.filter(fund_id=actor.fund_id, claim_id=claim_id).exists(),
        today=day_in_thailand(recorded_at))
    if found:
        raise RecoveryRefused(*found)

    # After this point it must succeed.
    clause = rule_book.clause_by_id(fund_id=actor.fund_id, clause_id=claim.clause_id)
    entry_id = ledger.post_entry(
        actor=actor, deed="claims.recovery", deed_id=recovery_id, happened_on=new.agreed_on, posted_on=new.agreed_on,
        recorded_at=recorded_at, postings=[
            Posting(account_code=TO_BE_PAID_BACK, amount_satang=new.amount_satang),
            Posting(account_code=clause.account_code, amount_satang=Satang(-new.amount_satang))])
    Recovery.objects.create(
        id=recovery_id, fund_id=actor.fund_id, claim_id=claim_id, agreed_on=new.agreed_on, agreed_by_id=new.agreed_by,
        payer_name=new.payer_name, because=new.because, amount_satang=new.amount_satang, parts=new.parts,
        first_due_on=new.first_due_on, entry_id=entry_id, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="claims.recovery_agreed", subject=f"claim:{claim_id}", facts={
        "satang": new.amount_satang, "parts": new.parts, "entry": entry_id}, happened_at=recorded_at)
    return RecoveryWritten(recovery_id=recovery_id, entry_id=entry_id, outstanding_satang=new.amount_satang,
                           was_already_recorded=False)


def _first_agreement(actor: Actor, known: Recovery, claim: Claim, new: Agreement) -> RecoveryWritten:
    recorded = Agreement(
        agreed_on=known.agreed_on, agreed_by=known.agreed_by_id, payer_name=known.payer_name, because=known.because,
        amount_satang=known.amount_satang, parts=known.parts, first_due_on=known.first_due_on)
    if known.claim_id != claim.id or recorded != new:
        raise RecoveryRefused(Refusal(code="claims.same_id_other_agreement", about=str(known.id)))
    card = queries.recovery_of_claim(fund_id=actor.fund_id, claim_id=claim.id)
    assert card is not None
    return RecoveryWritten(recovery_id=known.id, entry_id=known.entry_id, outstanding_satang=card.outstanding_satang,
                           was_already_recorded=True)


@use_case
def take_repayment(
    *, actor: Actor, repayment_id: UUID, claim_id: UUID, amount_satang: Satang, paid_on: date, received_by: UUID,
    recorded_at: datetime
) -> RecoveryWritten:
    """Take in money that comes back under the agreement about a claim, into the treasurer's cash.

    The same `repayment_id` again is the first answer again. Raises RecoveryRefused, or funds.BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    card = queries.recovery_of_claim(fund_id=actor.fund_id, claim_id=claim_id)
    if card is None:
        raise RecoveryRefused(Refusal(code="claims.nothing_was_agreed", about=str(claim_id)))
    if (known := Repayment.objects.filter(fund_id=actor.fund_id, id=repayment_id).first()) is not None:
        if (known.recovery_id, known.amount_satang, known.paid_on, known.received_by_id) != (
                card.id, amount_satang, paid_on, received_by):
            raise RecoveryRefused(Refusal(code="claims.same_id_other_repayment", about=str(known.id)))
        return RecoveryWritten(recovery_id=card.id, entry_id=known.entry_id, was_already_recorded=True,
                               outstanding_satang=card.outstanding_satang)
    funds.demand_open_day(fund=fund, day=paid_on)
    found = rules.refusals_to_repay(
        actor=actor, agreed_on=card.agreed_on, outstanding_satang=card.outstanding_satang, amount_satang=amount_satang,
        paid_on=paid_on, received_by=received_by, offices=queries.offices(fund_id=actor.fund_id),
        today=day_in_thailand(recorded_at))
    if found:
        raise RecoveryRefused(*found)

    # After this point it must succeed.
    entry_id = ledger.post_entry(
        actor=actor, deed="claims.repayment", deed_id=repayment_id, happened_on=paid_on, posted_on=paid_on,
        recorded_at=recorded_at, postings=[
            Posting(account_code=TREASURER_CASH, amount_satang=amount_satang),
            Posting(account_code=TO_BE_PAID_BACK, amount_satang=Satang(-amount_satang))])
    Repayment.objects.create(
        id=repayment_id, fund_id=actor.fund_id, recovery_id=card.id, paid_on=paid_on, amount_satang=amount_satang,
        received_by_id=received_by, entry_id=entry_id, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="claims.repaid", subject=f"claim:{claim_id}", facts={
        "satang": amount_satang, "entry": entry_id}, happened_at=recorded_at)
    return RecoveryWritten(recovery_id=card.id, entry_id=entry_id, was_already_recorded=False,
                           outstanding_satang=Satang(card.outstanding_satang - amount_satang))
