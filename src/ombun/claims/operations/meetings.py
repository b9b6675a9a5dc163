"""What one meeting of the committee decided about many claims: all of it or nothing."""
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Claim, Signature
from ombun.claims.operations.steps import DecisionRefused, kept
from ombun.claims.queries import InHand, Judged
from ombun.claims.rules import Decision
from ombun.claims.states import Act, ClaimState
from ombun.funds import operations as funds
from ombun.members import operations as register
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import inside_use_case, use_case


@dataclass(frozen=True, kw_only=True)
class ListDecided:
    """The answer to a list: how many were approved, for how much together, and how many were not."""

    list_id: UUID
    approved: int
    rejected: int
    approved_satang: Satang
    was_already_recorded: bool


@use_case
def decide_claims(
    *, actor: Actor, list_id: UUID, resolution: NewResolution, decisions: Sequence[Decision], recorded_at: datetime
) -> ListDecided:
    """Write down what one meeting decided about many claims, under the name that signed its minutes.

    Each is judged as if those above it were approved already, so that a list cannot pass a limit that single decisions
    could not. All of them or none; the same statements for one claim and for a hundred. The same `list_id` again is the
    first answer again. Raises DecisionRefused with every reason; what is said of one claim is about "ID …".
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if known := list(Claim.objects.filter(fund_id=actor.fund_id, list_id=list_id)):
        return _first_answer(actor, list_id, known, resolution, decisions)
    together = queries.in_hand(fund_id=actor.fund_id, claim_ids=[one.claim_id for one in decisions])
    judged, found = _judged(actor, together, resolution, decisions, recorded_at)
    found += register.refusals_of_resolution(actor=actor, new=resolution, today=day_in_thailand(recorded_at))
    if found:
        raise DecisionRefused(*found)

    # After this point it must succeed.
    resolution_id = register.write_resolution(actor=actor, new=resolution, recorded_at=recorded_at)
    Signature.objects.bulk_create([Signature(
        fund_id=actor.fund_id, claim_id=one.claim_id, person_id=resolution.signed_by, signed_on=resolution.met_on,
        act=Act.REJECT if one.approved_satang is None else Act.APPROVE, recorded_by=actor.user_id,
        recorded_at=recorded_at) for one in decisions])
    _move(actor, list_id, resolution_id, resolution, decisions, judged)
    answer = _answer(list_id, decisions, was_already_recorded=False)
    audit.record_event(actor=actor, action="claims.list_decided", subject=f"resolution:{resolution_id}", facts={
        "list": str(list_id), "approved_satang": answer.approved_satang, "claims": {
            str(one.claim_id): one.approved_satang for one in decisions}}, happened_at=recorded_at)
    return answer


def _answer(list_id: UUID, decisions: Sequence[Decision], *, was_already_recorded: bool) -> ListDecided:
    granted = [one.approved_satang for one in decisions if one.approved_satang is not None]
    return ListDecided(list_id=list_id, approved=len(granted), rejected=len(decisions) - len(granted),
                       approved_satang=Satang(sum(granted)), was_already_recorded=was_already_recorded)


def _first_answer(
    actor: Actor, list_id: UUID, known: Sequence[Claim], resolution: NewResolution, decisions: Sequence[Decision]
) -> ListDecided:
    told = queries.decided_list(fund_id=actor.fund_id, list_id=list_id)
    assert told is not None
    said = {(c.id, c.approved_satang, c.rejected_because) for c in known}
    same_meeting = (told.committee_no, told.meeting_no, told.met_on) == (
        resolution.committee_no, resolution.meeting_no, resolution.met_on)
    if not same_meeting or said != {(d.claim_id, d.approved_satang, d.because) for d in decisions}:
        raise DecisionRefused(Refusal(code="claims.same_id_other_list", about="list"))
    return _answer(list_id, decisions, was_already_recorded=True)


def _judged(
    actor: Actor, together: InHand, resolution: NewResolution, decisions: Sequence[Decision], recorded_at: datetime
) -> tuple[dict[UUID, Judged], list[Refusal]]:
    """Judge each claim as if the ones above it had just been approved."""
    found = [*rules.refusals_to_record(actor=actor), *rules.refusals_of_list(decisions=decisions)]
    judged: dict[UUID, Judged] = {}
    offices, today = queries.offices(fund_id=actor.fund_id), day_in_thailand(recorded_at)
    for one in decisions:
        if one.claim_id not in together.claims:
            found.append(Refusal(code="claims.unknown_claim", about=f"{one.claim_id} list"))
            continue
        case = judged[one.claim_id] = together.judged(one.claim_id)
        refusals: Sequence[Refusal]
        if one.approved_satang is None:
            refusals = rules.refusals_to_reject(
                actor=actor, claim=case.facts, rejected_by=resolution.signed_by, because=one.because,
                decided_on=resolution.met_on, offices=offices, today=today)
        elif case.assessment is None:
            refusals = [Refusal(code="claims.no_such_benefit_that_day", about=case.claim.benefit, facts={
                "happened_on": case.claim.happened_on})]
        else:
            refusals = rules.refusals_to_approve(
                actor=actor, claim=case.facts, approved_by=resolution.signed_by, approved_satang=one.approved_satang,
                decided_on=resolution.met_on, assessment=case.assessment, offices=offices, today=today)
        if one.approved_satang is not None and not refusals:
            together.count(case, one.approved_satang)
        found += rules.refusals_of_one(claim_id=one.claim_id, refusals=refusals)
    return judged, found


_MOVE = """
UPDATE claims_claim c SET state = v.state, decided_on = %(met_on)s, resolution_id = %(resolution_id)s,
  list_id = %(list_id)s, approved_satang = v.satang, rejected_because = v.because, clause_id = v.clause_id,
  assessed_satang = v.assessed_satang, assessed_units = v.assessed_units, assessment = v.assessment
FROM unnest(%(ids)s::uuid[], %(states)s::text[], %(satang)s::bigint[], %(because)s::text[], %(clause_ids)s::uuid[],
    %(assessed_satang)s::bigint[], %(assessed_units)s::int[], %(assessments)s::jsonb[])
  AS v(id, state, satang, because, clause_id, assessed_satang, assessed_units, assessment)
WHERE c.fund_id = %(fund_id)s AND c.id = v.id"""


@inside_use_case
def _move(
    actor: Actor, list_id: UUID, resolution_id: UUID, resolution: NewResolution, decisions: Sequence[Decision],
    judged: dict[UUID, Judged]
) -> None:
    """Move all of them in one statement. A claim that is rejected keeps the assessment that it was filed with."""
    cases = [(one, judged[one.claim_id]) for one in decisions]
    now = [kept(assessment=case.assessment) if case.assessment and one.approved_satang is not None else {
        "assessed_satang": case.claim.assessed_satang, "assessed_units": case.claim.assessed_units,
        "assessment": case.claim.assessment} for one, case in cases]
    columns: dict[str, Any] = {
        "fund_id": actor.fund_id, "list_id": list_id, "resolution_id": resolution_id, "met_on": resolution.met_on,
        "ids": [one.claim_id for one in decisions], "satang": [one.approved_satang for one in decisions],
        "states": [ClaimState.REJECTED if one.approved_satang is None else ClaimState.APPROVED for one in decisions],
        "because": [one.because if one.approved_satang is None else "" for one in decisions],
        "clause_ids": [case.clause.id if case.clause and one.approved_satang is not None else case.claim.clause_id
                       for one, case in cases],
        "assessed_satang": [row["assessed_satang"] for row in now],
        "assessed_units": [row["assessed_units"] for row in now],
        "assessments": [json.dumps(row["assessment"]) for row in now]}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, columns)
