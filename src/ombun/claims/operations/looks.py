"""An auditor looked at a question about claims, and says what was seen."""
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Look
from ombun.claims.rules import Question
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class LookRefused(Refused):
    """It cannot be written down so; every reason is listed, and nothing was written."""


@use_case
def look_at(*, actor: Actor, look_id: UUID, question: Question, because: str, recorded_at: datetime) -> bool:
    """Write down that a question was looked at and all is well, or what was done. It is not asked again.

    The same `look_id` again changes nothing. Returns whether it was new. Raises LookRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    today = day_in_thailand(recorded_at)
    if (known := queries.look_by_id(fund_id=actor.fund_id, look_id=look_id)) is not None:
        if (known.kind, known.claim_id, known.other_id, known.because) != (
                question.kind, question.claim_id, question.other_id, because):
            raise LookRefused(Refusal(code="claims.same_id_other_look", about="deed"))
        return False
    asked = queries.all_questions(fund_id=actor.fund_id, on=today)
    found = rules.refusals_to_look(
        actor=actor, question=question, known=asked, because=because,
        is_looked_at=question in asked and question not in queries.open_questions_on(fund_id=actor.fund_id, on=today))
    if found:
        raise LookRefused(*found)

    # After this point it must succeed.
    Look.objects.create(
        id=look_id, fund_id=actor.fund_id, kind=question.kind, claim_id=question.claim_id, other_id=question.other_id,
        because=because, looked_on=today, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="claims.looked_at", subject=f"claim:{question.claim_id}", facts={
        "kind": question.kind, "other": str(question.other_id)}, happened_at=recorded_at)
    return True
