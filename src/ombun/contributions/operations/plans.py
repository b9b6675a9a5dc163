"""What members pay, as their meeting voted it, and taken back before it began."""
from datetime import datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import ContributionPlan
from ombun.contributions.rules import Plan
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class PlanRefused(Refused):
    """What members pay cannot be changed so."""


@use_case
def vote_plan(*, actor: Actor, plan_id: UUID, plan: Plan, recorded_at: datetime) -> None:
    """Write down what members pay from a day on, as the members' meeting voted. The same id again changes nothing.

    Raises PlanRefused with every reason: the amount or the period makes no sense, another plan begins on that day, the
    day lies in closed months, before the books began or more than two years ahead.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if (known := ContributionPlan.objects.filter(fund_id=actor.fund_id, id=plan_id).first()) is not None:
        if queries.as_plan(row=known) != plan:
            raise PlanRefused(Refusal(code="contributions.same_id_other_plan", about=str(plan_id)))
        if known.taken_back_on is not None:
            raise PlanRefused(Refusal(code="contributions.plan_was_taken_back", about=str(plan_id)))
        return
    judged = queries.judged_plan(fund_id=actor.fund_id, plan=plan, today=day_in_thailand(recorded_at))
    if judged.refusals:
        raise PlanRefused(*judged.refusals)
    _write_plan(actor=actor, plan_id=plan_id, plan=plan, recorded_at=recorded_at)


@inside_use_case
def write_first_plan(*, actor: Actor, plan_id: UUID, plan: Plan, recorded_at: datetime) -> None:
    """What members pay since the fund was founded, inside the verb that starts it. Raises PlanRefused."""
    if found := rules.refusals_to_vote(plan=plan):
        raise PlanRefused(*found)
    _write_plan(actor=actor, plan_id=plan_id, plan=plan, recorded_at=recorded_at)


def _write_plan(*, actor: Actor, plan_id: UUID, plan: Plan, recorded_at: datetime) -> None:
    ContributionPlan.objects.create(id=plan_id, fund_id=actor.fund_id, **vars(plan))
    audit.record_event(actor=actor, action="contributions.plan_voted", subject=f"plan:{plan_id}",
                       facts=vars(plan) | {"from_on": plan.from_on.isoformat()}, happened_at=recorded_at)


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
