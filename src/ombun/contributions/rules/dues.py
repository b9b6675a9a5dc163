"""What members pay and where each stands. Pure: no database, no clock."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ombun.contributions.rules.sheets import AMOUNT_MAX, Payer
from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

PERIODS_MONTHS = (1, 3, 6, 12)
VOTED_AHEAD_MONTHS_MAX = 24
AHEAD_MONTHS_MAX = 60  # nobody had paid more than five years ahead when the books began


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What members pay: so much satang every so many months, from a day on. Source: the fund's regulations."""

    amount_satang: Satang
    every_months: int
    from_on: date


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a member stands: paid up to (but not including) a day, and what is owed for periods begun by then.

    `paid_to` is the last day paid for, as people say it; None where nothing was paid yet, or nobody knows.
    `paid_satang` is what counts for dues; `given_satang` everything ever given, with what an opening standing covers.
    """

    member_id: int
    dues_from: date | None
    paid_satang: Satang
    given_satang: Satang
    paid_until: date | None
    paid_to: date | None
    owed_satang: Satang
    last_paid_on: date | None


def refusals_to_vote(*, plan: Plan) -> list[Refusal]:
    """Every reason not to write down what members pay, whenever it begins."""
    found = []
    if not 0 < plan.amount_satang <= AMOUNT_MAX:
        found.append(Refusal(code="contributions.plan_amount_out_of_range", about="amount"))
    if plan.every_months not in PERIODS_MONTHS:
        found.append(Refusal(code="contributions.plan_period_unknown", about="every_months"))
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


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a plan would change on a day: how many members would owe more, and how many less, by how much together."""

    on: date
    members_more: int
    more_satang: Satang
    members_less: int
    less_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Alike:
    """So many members who owe dues since the same day and have paid the same since then."""

    dues_from: date
    paid_satang: Satang
    members: int


def effect(*, plan: Plan, plans: Sequence[Plan], everybody: Sequence[Alike], on: date) -> Effect:
    """What members would owe on a day (in satang) with this plan beside the others, compared with the others alone."""
    voted = tuple(sorted((*plans, plan), key=lambda one: one.from_on))
    more = less = members_more = members_less = 0
    for alike in everybody:
        before, after = (max(0, owed(dues_from=alike.dues_from, paid_satang=alike.paid_satang, plans=known, on=on))
                         if known else 0 for known in (plans, voted))
        if after > before:
            members_more, more = members_more + alike.members, more + alike.members * (after - before)
        elif after < before:
            members_less, less = members_less + alike.members, less + alike.members * (before - after)
    return Effect(on=on, members_more=members_more, more_satang=Satang(more), members_less=members_less,
                  less_satang=Satang(less))


def plan_on(*, plans: Sequence[Plan], day: date) -> Plan | None:
    """The plan in force on a day. Plans come ordered by `from_on`; before the first one, the first one holds."""
    in_force = [plan for plan in plans if plan.from_on <= day]
    return in_force[-1] if in_force else (plans[0] if plans else None)


def paid_until(*, dues_from: date, paid_satang: int, plans: Sequence[Plan]) -> date:
    """Up to which day (not included) payments since `dues_from` reach, the oldest period first.

    Payments are satang. A part payment does not move the day. Source: domain §1.3, oldest due first.
    """
    day, left = dues_from, paid_satang
    while (plan := plan_on(plans=plans, day=day)) is not None and left >= plan.amount_satang:
        periods = min(left // plan.amount_satang, _periods_before(day, _end_of(plans, day), plan.every_months))
        day, left = add_months(day, periods * plan.every_months), left - periods * plan.amount_satang
    return day


def is_paid_up(*, until: date | None, on: date) -> bool | None:
    """Whether a member paid for every month before the one of a day; None where it cannot be told."""
    return None if until is None else until >= month_of(on)


def owed(*, dues_from: date, paid_satang: int, plans: Sequence[Plan], on: date) -> Satang:
    """What a member owes on a day for every period that has begun by then, in satang; negative when paid ahead."""
    day, due = dues_from, 0
    while day <= on and (plan := plan_on(plans=plans, day=day)) is not None:
        periods = _periods_before(day, min(_end_of(plans, day), on + timedelta(days=1)), plan.every_months)
        due += periods * plan.amount_satang
        day = add_months(day, periods * plan.every_months)
    return Satang(due - paid_satang)


def _end_of(plans: Sequence[Plan], day: date) -> date:
    """The day on which another plan takes over, or the end of time."""
    return min((plan.from_on for plan in plans if plan.from_on > day), default=date.max)


def _periods_before(day: date, end: date, every_months: int) -> int:
    """How many periods that start on `day` and every so many months later begin before `end` (at least one)."""
    months = (end.year - day.year) * 12 + end.month - day.month + (end.day > day.day)
    return max(1, -(-months // every_months))


def dues_from(
    *, joined_on: date | None, opening_paid_until: date | None, told_since: date | None = None
) -> date | None:
    """From which day dues run: the month of joining, or later where the opening position says so; None when neither
    is known.

    Without an opening position nobody owes for months before the fund's old books tell of payments (`told_since`).
    """
    if joined_on is None or opening_paid_until is not None:
        told_since = None
    known = (month_of(joined_on) if joined_on else None, opening_paid_until, told_since)
    return max((day for day in known if day is not None), default=None)


def standing(
    *, member_id: int, joined_on: date | None, opening_paid_until: date | None, paid_satang: Satang,
    last_paid_on: date | None, plans: Sequence[Plan], on: date, covered_satang: Satang | None = None,
    told_since: date | None = None
) -> Standing:
    """Where a member stands on a day, by dues since the month of joining or the opening position, whichever is later.

    Without either the days are None: nothing is guessed. `covered_satang` is what old books tell of a time that the
    opening position covers: it was given, and no month is paid with it twice. `told_since` is the first month of those
    books.
    """
    given_satang = Satang(paid_satang + (covered_satang or 0))
    since = dues_from(joined_on=joined_on, opening_paid_until=opening_paid_until, told_since=told_since)
    if since is None or not plans:
        return Standing(member_id=member_id, dues_from=None, paid_satang=paid_satang, given_satang=given_satang,
                        paid_until=None, paid_to=None, owed_satang=Satang(0), last_paid_on=last_paid_on)
    until = paid_until(dues_from=since, paid_satang=paid_satang, plans=plans)
    has_paid = joined_on is None or until > month_of(joined_on)
    return Standing(
        member_id=member_id, dues_from=since, paid_satang=paid_satang, given_satang=given_satang,
        last_paid_on=last_paid_on, paid_until=until, paid_to=until - timedelta(days=1) if has_paid else None,
        owed_satang=Satang(max(0, owed(dues_from=since, paid_satang=paid_satang, plans=plans, on=on))))


def refusals_to_open(
    *, paid_until: Mapping[int, date], payers: Mapping[int, Payer], written: Mapping[int, date], starts_on: date
) -> list[Refusal]:
    """Every reason not to write down up to which day these members (by id) had paid when the books began.

    `written` are the days that stand already. Who joined later had paid nothing then: their dues run from joining.
    """
    found, ahead = [], add_months(month_of(starts_on), AHEAD_MONTHS_MAX)
    for member_id, day in paid_until.items():
        payer = payers.get(member_id)
        if payer is None:
            found.append(Refusal(code="contributions.unknown_member", about=str(member_id),
                                 facts={"member": member_id}))
            continue
        if not payer.is_active_on(starts_on):
            found.append(Refusal(code="contributions.not_a_member_at_the_start", about=str(member_id),
                                 facts={"member": payer.name, "day": starts_on}))
        if day > ahead:
            found.append(Refusal(code="contributions.paid_too_far_ahead", about=str(member_id),
                                 facts={"member": payer.name, "day": ahead}))
        if written.get(member_id, day) != day:
            found.append(Refusal(code="contributions.opening_already_written", about=str(member_id),
                                 facts={"member": payer.name, "day": written[member_id]}))
    return found
