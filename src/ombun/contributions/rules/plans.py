"""What members pay, as their meeting voted it, and what a change would mean. Pure: no database, no clock."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.contributions.rules.sheets import AMOUNT_MAX
from ombun.primitives.days import add_months, month_end
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

PERIODS_MONTHS = (1, 3, 6, 12)
PERIODS_DAYS = (1, 7)
LAST_DAY = 31
VOTED_AHEAD_MONTHS_MAX = 24
_NOTHING = Satang(0)
_DAYS_A_MONTH = 30  # one baht a day is thirty a month


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What members pay: so much satang every so many months, or every so many days, from a day on.

    With a `first_month` periods begin in fixed months (6 and 4: in April and October). Dues are due by the `due_day` of
    the month in which their period begins (31: its last day). `entrance_satang` is paid once, by who joins meanwhile.
    Source: the fund's regulations; the forms in use name daily, monthly, half-yearly and yearly dues (domain §1.3).
    """

    amount_satang: Satang
    from_on: date
    every_months: int = 0
    every_days: int = 0
    first_month: int = 0
    due_day: int = LAST_DAY
    entrance_satang: Satang = _NOTHING

    @property
    def usual_satang(self) -> Satang:
        """What a member brings to a collection who is neither behind nor ahead: one period, or the days of a month."""
        return Satang(self.amount_satang * (_DAYS_A_MONTH // self.every_days if self.every_days else 1))

    def due_on(self, begins_on: date) -> date:
        """By which day the dues of a period are due that begins on a day."""
        return max(begins_on, begins_on.replace(day=min(self.due_day, month_end(begins_on).day)))


def plan_on(*, plans: Sequence[Plan], day: date) -> Plan | None:
    """The plan in force on a day. Plans come ordered by `from_on`; before the first one, the first one holds."""
    in_force = [plan for plan in plans if plan.from_on <= day]
    return in_force[-1] if in_force else (plans[0] if plans else None)


def refusals_to_vote(*, plan: Plan) -> list[Refusal]:
    """Every reason not to write down what members pay, whenever it begins."""
    found = []
    if not 0 < plan.amount_satang <= AMOUNT_MAX:
        found.append(Refusal(code="contributions.plan_amount_out_of_range", about="amount"))
    if not 0 <= plan.entrance_satang <= AMOUNT_MAX:
        found.append(Refusal(code="contributions.plan_entrance_out_of_range", about="entrance"))
    if (plan.every_months, plan.every_days) not in {*((n, 0) for n in PERIODS_MONTHS), *((0, n) for n in PERIODS_DAYS)}:
        found.append(Refusal(code="contributions.plan_period_unknown", about="every"))
    if plan.first_month and (plan.every_months < 2 or not 1 <= plan.first_month <= 12):
        found.append(Refusal(code="contributions.plan_months_without_a_period", about="first_month"))
    if not 1 <= plan.due_day <= LAST_DAY:
        found.append(Refusal(code="contributions.plan_due_day_unknown", about="due_day"))
    return found


def refusals_to_change(
    *, plan: Plan, plans: Sequence[Plan], starts_on: date, books_closed_until: date, today: date
) -> list[Refusal]:
    """Every reason not to put this plan beside the fund's others: nobody owes anew for a month whose books are closed,
    for the time before the books began, or by a vote for years to come."""
    found, latest_on = refusals_to_vote(plan=plan), add_months(today, VOTED_AHEAD_MONTHS_MAX)
    if plan.from_on < starts_on:
        found.append(Refusal(code="contributions.plan_before_the_start", about="from_on", facts={"day": starts_on}))
    elif plan.from_on <= books_closed_until:
        found.append(Refusal(code="contributions.plan_in_closed_months", about="from_on",
                             facts={"day": books_closed_until}))
    if plan.from_on > latest_on:
        found.append(Refusal(code="contributions.plan_too_far_ahead", about="from_on", facts={"day": latest_on}))
    if any(other.from_on == plan.from_on for other in plans):
        found.append(Refusal(code="contributions.plan_begins_that_day", about="from_on", facts={"day": plan.from_on}))
    return found
