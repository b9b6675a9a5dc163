"""A claim that was rejected is asked again, with new reasons, and decided by somebody else."""
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Claim
from ombun.claims.operations.steps import ClaimFiled, FilingRefused, claim_in_hand, kept
from ombun.claims.rules import Filing
from ombun.claims.states import ClaimState
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import use_case


@use_case
def appeal_claim(
    *, actor: Actor, appeal_id: UUID, claim_id: UUID, because: str, filed_on: date, recorded_at: datetime
) -> ClaimFiled:
    """Ask once more for what was rejected: a claim of its own, for the same event, with what is new to say.

    It goes the whole way again: three people of the village certify it, and whoever said no the first time does not
    decide it where somebody else may. The first decision stays as it was. The same `appeal_id` again is the first
    answer again. Raises FilingRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    first = claim_in_hand(actor=actor, claim_id=claim_id, refused=FilingRefused)
    if (known := Claim.objects.filter(fund_id=actor.fund_id, id=appeal_id).first()) is not None:
        return _first_answer(known, first, because, filed_on)
    facts = queries.claim_facts(fund_id=actor.fund_id, claim=first)
    filing = Filing(member_id=first.member_id, benefit=first.benefit, happened_on=first.happened_on, units=first.units,
                    filed_on=filed_on, details={**first.details, "appeal": because},
                    documents_seen=tuple(first.documents_seen))
    judged = queries.judged_filing(
        actor=actor, filing=replace(filing, member_id=facts.member_id), today=day_in_thailand(recorded_at))
    found = rules.refusals_to_appeal(
        claim=facts, because=because,
        is_appealed_already=Claim.objects.filter(fund_id=actor.fund_id, appeal_of_id=claim_id).exists())
    if first.decided_on is not None and filed_on < first.decided_on:
        found.append(Refusal(code="claims.before_the_last_step", about="filed_on", facts={
            "day_on": filed_on, "last_on": first.decided_on}))
    if found or judged.refusals:
        raise FilingRefused(*found, *judged.refusals)
    assert judged.clause is not None and judged.assessment is not None

    # After this point it must succeed.
    year = rules.fiscal_year(day=filed_on)
    appeal = Claim.objects.create(
        id=appeal_id, fund_id=actor.fund_id, year=year, appeal_of_id=claim_id,
        claim_no=queries.last_claim_nos(fund_id=actor.fund_id).get(year, 0) + 1, member_id=filing.member_id,
        clause_id=judged.clause.id, benefit=filing.benefit, happened_on=filing.happened_on, units=filing.units,
        details=dict(filing.details), documents_seen=list(filing.documents_seen), filed_on=filed_on,
        filed_by=actor.user_id, filed_at=recorded_at, state=ClaimState.FILED, **kept(assessment=judged.assessment))
    audit.record_event(actor=actor, action="claims.appealed", subject=f"claim:{appeal_id}",
                       facts={"first": str(claim_id)}, happened_at=recorded_at)
    return ClaimFiled(claim_id=appeal_id, year=year, claim_no=appeal.claim_no, was_already_recorded=False,
                      assessed_satang=judged.assessment.amount_satang)


def _first_answer(known: Claim, first: Claim, because: str, filed_on: date) -> ClaimFiled:
    if (known.appeal_of_id, known.details.get("appeal"), known.filed_on) != (first.id, because, filed_on):
        raise FilingRefused(Refusal(code="claims.same_id_other_claim", about=str(known.id)))
    return ClaimFiled(claim_id=known.id, year=known.year, claim_no=known.claim_no, was_already_recorded=True,
                      assessed_satang=known.assessed_satang)
