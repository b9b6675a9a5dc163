"""Who is behind, for how long, and what the regulations say about it; the committee decides. Pure: no database, no
clock."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ombun.contributions.rules.dues import Reckoning, after, due, first_due, reached
from ombun.contributions.rules.plans import Plan, plan_on
from ombun.members.states import Happening
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

AGES = (30, 90, 180, 365)
"""Arrears are told by age: up to so many days each, and older."""
DAYS_MAX, PERIODS_MAX = 3650, 120
LENGTH_MAX = 500


@dataclass(frozen=True, kw_only=True)
class ArrearsClause:
    """What the regulations say about who does not pay, from a day on: so many days are overlooked (grace), then after
    so many days or so many missed periods the committee may suspend, or let the membership lapse. None: never.

    Source: funds where three missed payments or more than 90 days end a membership (domain §1.2).
    """

    from_on: date
    clause_no: str
    words: str
    grace_days: int = 0
    suspend_after_days: int | None = None
    suspend_after_periods: int | None = None
    lapse_after_days: int | None = None
    lapse_after_periods: int | None = None


@dataclass(frozen=True, kw_only=True)
class Arrears:
    """What a member has not paid although it was due: by when the oldest was due, for how many days and periods, and
    how much (satang). Days of grace are not counted."""

    due_on: date
    days: int
    periods: int
    satang: Satang

    @property
    def age(self) -> int:
        """Which of the `AGES` these arrears fall into; after the last one where they are older."""
        return sum(self.days > most for most in AGES)


def arrears(*, reckoning: Reckoning, plans: Sequence[Plan], on: date, grace_days: int = 0) -> Arrears | None:
    """What of the dues is late on a day, by the due day of each period; None where nothing is."""
    begins_on, left = reached(reckoning=reckoning, plans=plans)
    due_on, periods, late = None, 0, -left
    while (begins_on := first_due(day=begins_on, reckoning=reckoning)) <= on and (
            plan := plan_on(plans=plans, day=begins_on)) is not None and (
            by := plan.due_on(begins_on)) + timedelta(days=grace_days) < on:
        due_on, periods, late = due_on or by, periods + 1, late + due(plan=plan, begins_on=begins_on)
        begins_on = after(plan=plan, begins_on=begins_on, periods=1)
    return None if due_on is None else Arrears(
        due_on=due_on, days=(on - due_on).days - grace_days, periods=periods, satang=Satang(late))


def clause_on(*, clauses: Sequence[ArrearsClause], day: date) -> ArrearsClause | None:
    """The clause in force on a day; clauses come ordered by `from_on`."""
    return next((one for one in reversed(clauses) if one.from_on <= day), None)


def may_be_decided(*, clause: ArrearsClause | None, late: Arrears | None) -> Happening | None:
    """What the clause lets the committee decide about a member so late: lapsed, suspended, or nothing."""
    if clause is None or late is None:
        return None
    if _is_over(late, clause.lapse_after_days, clause.lapse_after_periods):
        return Happening.LAPSED
    is_over = _is_over(late, clause.suspend_after_days, clause.suspend_after_periods)
    return Happening.SUSPENDED if is_over else None


def _is_over(late: Arrears, days: int | None, periods: int | None) -> bool:
    return (days is not None and late.days > days) or (periods is not None and late.periods >= periods)


def refusals_to_vote_clause(*, clause: ArrearsClause, clauses: Sequence[ArrearsClause]) -> list[Refusal]:
    """Every reason not to write such a clause down beside the others."""
    found = []
    if not clause.clause_no.strip():
        found.append(Refusal(code="contributions.clause_without_number", about="clause_no"))
    if max(len(clause.clause_no), len(clause.words)) > LENGTH_MAX:
        found.append(Refusal(code="contributions.clause_too_long", about="words", facts={"length_max": LENGTH_MAX}))
    numbers = {"grace_days": (0, DAYS_MAX), **{f"{what}_after_{unit}": (1, most) for what in ("suspend", "lapse")
                                               for unit, most in (("days", DAYS_MAX), ("periods", PERIODS_MAX))}}
    found += [Refusal(code="contributions.clause_number_out_of_range", about=name, facts={"least": least, "most": most})
              for name, (least, most) in numbers.items()
              if (said := getattr(clause, name)) is not None and not least <= said <= most]
    if any(one.from_on == clause.from_on for one in clauses):
        found.append(Refusal(code="contributions.clause_begins_that_day", about="from_on",
                             facts={"day": clause.from_on}))
    return found
