"""What members pay, as it was voted, and what another vote would change."""
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.models import ContributionPlan
from ombun.contributions.queries.dues import alike_members, plans
from ombun.contributions.rules import Effect, Plan
from ombun.funds import queries as funds
from ombun.primitives.days import add_months
from ombun.primitives.refusals import Refusal


def plans_to_come(*, fund_id: int, today: date) -> dict[date, UUID]:
    """The plans that have not begun, which may still be taken back: their ids by the day from which they hold."""
    voted = ContributionPlan.objects.filter(fund_id=fund_id, taken_back_on__isnull=True, from_on__gt=today)
    return dict(voted.values_list("from_on", "id"))


@dataclass(frozen=True, kw_only=True)
class JudgedPlan:
    """What the rules say about a plan before it is voted: every reason against it, and what members would owe."""

    plan: Plan
    refusals: tuple[Refusal, ...]
    effect: Effect


def judged_plan(*, fund_id: int, plan: Plan, today: date) -> JudgedPlan:
    """Everything that would refuse this plan if it were voted now, and its effect: until today where it begins in the
    past, else during its first year. Three statements."""
    fund, voted = funds.fund_by_id(fund_id=fund_id), plans(fund_id=fund_id)
    assert fund is not None
    refusals = rules.refusals_to_change(
        plan=plan, plans=voted, starts_on=fund.starts_on, books_closed_until=fund.books_closed_until, today=today)
    on = today if refusals or plan.from_on <= today else add_months(plan.from_on, 12) - timedelta(days=1)
    everybody = [] if refusals else [alike for _, alike in alike_members(fund_id=fund_id, on=on)]
    return JudgedPlan(plan=plan, refusals=tuple(refusals),
                      effect=rules.effect(
                          plan=plan, plans=voted, everybody=everybody, on=on))
