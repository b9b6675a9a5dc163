"""Where each member stands with dues. Pure: no database, no clock."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ombun.contributions.rules.plans import Plan, plan_on
from ombun.contributions.rules.sheets import Payer
from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

AHEAD_MONTHS_MAX = 60  # nobody had paid more than five years ahead when the books began
_WHOLE_BAHT = 100
_NOTHING = Satang(0)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What a member's dues are reckoned from: since when they run, everything paid since then (satang), the day of
    joining where it was in the time of these books, and the days [from, until) on which periods began free of dues."""

    dues_from: date
    paid_satang: int
    joined_here_on: date | None = None
    free: tuple[tuple[date, date], ...] = ()


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
    is_free: bool = False


@dataclass(frozen=True, kw_only=True)
class Alike:
    """So many members whose dues are reckoned from the same; from nothing where nobody knows."""

    reckoning: Reckoning | None
    members: int


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a plan would change on a day: how many members would owe more, and how many less, by how much together."""

    on: date
    members_more: int
    more_satang: Satang
    members_less: int
    less_satang: Satang


def effect(*, plan: Plan, plans: Sequence[Plan], everybody: Sequence[Alike], on: date) -> Effect:
    """What members would owe on a day (in satang) with this plan beside the others, compared with the others alone."""
    voted = tuple(sorted((*plans, plan), key=lambda one: one.from_on))
    more = less = members_more = members_less = 0
    for alike in everybody:
        was, now = (max(0, owed(reckoning=alike.reckoning, plans=known, on=on)) if known and alike.reckoning else 0
                    for known in (plans, voted))
        if now > was:
            members_more, more = members_more + alike.members, more + alike.members * (now - was)
        elif now < was:
            members_less, less = members_less + alike.members, less + alike.members * (was - now)
    return Effect(on=on, members_more=members_more, more_satang=Satang(more), members_less=members_less,
                  less_satang=Satang(less))


def paid_until(*, reckoning: Reckoning, plans: Sequence[Plan]) -> date:
    """Up to which day (not included) payments reach: first what is paid on entering, then the oldest period first.

    A part payment does not move the day; date.max for whoever is free of dues for good. Source: domain §1.3.
    """
    return reached(reckoning=reckoning, plans=plans)[0]


def reached(*, reckoning: Reckoning, plans: Sequence[Plan]) -> tuple[date, int]:
    """Up to which day payments reach, and what is left of them for the next period, in satang; less than nothing while
    what is paid on entering is not."""
    day, left = _begin(reckoning, plans), reckoning.paid_satang - _entrance(reckoning, plans)
    while (day := first_due(day=day, reckoning=reckoning)) < date.max and (
            plan := plan_on(plans=plans, day=day)) is not None:
        each = due(plan=plan, begins_on=day)
        if left < each:
            break
        periods = min(left // each, _periods(plan, day, until=_change_after(day, reckoning, plans)))
        day, left = after(plan=plan, begins_on=day, periods=periods), left - periods * each
    return day, left


def owed(*, reckoning: Reckoning, plans: Sequence[Plan], on: date) -> Satang:
    """What is owed on a day on entering and for every period that has begun by then, in satang; negative when paid
    ahead."""
    day, begun = _begin(reckoning, plans), _entrance(reckoning, plans)
    while (day := first_due(day=day, reckoning=reckoning)) <= on and (
            plan := plan_on(plans=plans, day=day)) is not None:
        until = min(_change_after(day, reckoning, plans), on + timedelta(days=1))
        periods = _periods(plan, day, until=until)
        begun += periods * due(plan=plan, begins_on=day)
        day = after(plan=plan, begins_on=day, periods=periods)
    return Satang(begun - reckoning.paid_satang)


def is_paid_up(*, until: date | None, on: date) -> bool | None:
    """Whether a member paid for every month before the one of a day; None where it cannot be told."""
    return None if until is None else until >= month_of(on)


def due(*, plan: Plan, begins_on: date) -> int:
    """What is due for the period that begins on a day, in satang; for a part of one by the month, in whole baht."""
    part = _months_of_part(plan, begins_on)
    if not part:
        return plan.amount_satang
    unit = 1 if plan.amount_satang % _WHOLE_BAHT else _WHOLE_BAHT
    return max(unit, plan.amount_satang * part // plan.every_months // unit * unit)


def after(*, plan: Plan, begins_on: date, periods: int) -> date:
    """When the next period begins after so many alike, the first of which begins on a day."""
    if part := _months_of_part(plan, begins_on):
        return add_months(month_of(begins_on), part)
    return begins_on + timedelta(days=periods * plan.every_days) if plan.every_days else add_months(
        begins_on, periods * plan.every_months)


def first_due(*, day: date, reckoning: Reckoning) -> date:
    """The day itself, or the end of the time free of dues in which it lies."""
    for since, until in reckoning.free:
        if since <= day < until:
            day = until
    return day


def _begin(reckoning: Reckoning, plans: Sequence[Plan]) -> date:
    """Dues by the day run from the day of joining, all others from its month."""
    joined = reckoning.joined_here_on
    plan = plan_on(plans=plans, day=joined) if joined else None
    return max(reckoning.dues_from, joined) if joined and plan and plan.every_days else reckoning.dues_from


def _entrance(reckoning: Reckoning, plans: Sequence[Plan]) -> int:
    plan = plan_on(plans=plans, day=reckoning.joined_here_on) if reckoning.joined_here_on else None
    return plan.entrance_satang if plan else 0


def _change_after(day: date, reckoning: Reckoning, plans: Sequence[Plan]) -> date:
    """The day on which another plan takes over or a time free of dues begins, or the end of time."""
    changes = [*(plan.from_on for plan in plans), *(since for since, _ in reckoning.free)]
    return min((one for one in changes if one > day), default=date.max)


def _months_of_part(plan: Plan, day: date) -> int:
    """How many months of a period are left on a day, where periods begin in fixed months; 0 where a whole one
    begins."""
    if not plan.first_month:
        return 0
    gone = (day.month - plan.first_month) % plan.every_months
    return plan.every_months - gone if gone or day.day > 1 else 0


def _periods(plan: Plan, day: date, *, until: date) -> int:
    """How many periods alike begin one after the other from a day on before another (at least one)."""
    if _months_of_part(plan, day):
        return 1
    if plan.every_days:
        return max(1, -(-(until - day).days // plan.every_days))
    months = (until.year - day.year) * 12 + until.month - day.month + (until.day > day.day)
    return max(1, -(-months // plan.every_months))


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


@dataclass(frozen=True, kw_only=True)
class KnownOfDues:
    """What is known of a member's dues: the day of joining, up to when was paid when the books began, the first month
    of old books that tell of payments, the day on which the fund's books began here, everything paid since (satang),
    and the days [from, until) free of dues."""

    joined_on: date | None
    opening_paid_until: date | None = None
    told_since: date | None = None
    starts_on: date | None = None
    paid_satang: Satang = _NOTHING
    free: tuple[tuple[date, date], ...] = ()

    def reckoning(self) -> Reckoning | None:
        """What dues are reckoned from; None where nothing is known, and nothing is guessed."""
        since = dues_from(joined_on=self.joined_on, opening_paid_until=self.opening_paid_until,
                          told_since=self.told_since)
        is_new = (self.opening_paid_until is None and self.joined_on is not None and self.starts_on is not None
                  and self.joined_on >= self.starts_on)
        return None if since is None else Reckoning(
            dues_from=since, paid_satang=self.paid_satang, free=self.free,
            joined_here_on=self.joined_on if is_new else None)


def standing(
    *, member_id: int, known: KnownOfDues, last_paid_on: date | None, plans: Sequence[Plan], on: date,
    covered_satang: int = 0
) -> Standing:
    """Where a member stands on a day, by dues since the month of joining or the opening position, whichever is later.

    Without either the days are None: nothing is guessed. `covered_satang` is what old books tell of a time that the
    opening position covers: it was given, and no month is paid with it twice.
    """
    reckoning, paid_satang = known.reckoning(), known.paid_satang
    given_satang = Satang(paid_satang + covered_satang)
    if reckoning is None or not plans:
        return Standing(member_id=member_id, dues_from=None, paid_satang=paid_satang, given_satang=given_satang,
                        paid_until=None, paid_to=None, owed_satang=Satang(0), last_paid_on=last_paid_on)
    until = paid_until(reckoning=reckoning, plans=plans)
    if until == date.max:  # free of dues for good: nobody says a day for that
        until = add_months(month_of(on), 1)
    has_paid = known.joined_on is None or until > month_of(known.joined_on)
    return Standing(
        member_id=member_id, dues_from=reckoning.dues_from, paid_satang=paid_satang, given_satang=given_satang,
        last_paid_on=last_paid_on, paid_until=until, paid_to=until - timedelta(days=1) if has_paid else None,
        owed_satang=Satang(max(0, owed(reckoning=reckoning, plans=plans, on=on))),
        is_free=any(since <= on < until for since, until in known.free))


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
