"""Dues, and what makes a collection sheet acceptable. Pure: no database, no clock."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds, in_a_closed_month
from ombun.ledger.rules import MEMO_MAX
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

COLLECTORS = frozenset({Office.COLLECTOR, Office.TREASURER, Office.CENTRE_MEMBER})  # who may collect contributions
AMOUNT_MAX = 1_000_000_00  # a contribution above a million baht is a slip of the pen
NUMBER_MAX = 1_000_000_000  # of receipts and books
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
class Payment:
    """What one member paid on a collection day; one line of the sheet and of a receipt."""

    member_id: int
    amount_satang: Satang


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


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One collection day of one village centre as it was counted, before it is written."""

    collection_id: UUID
    centre_id: UUID
    collected_on: date
    collected_by: UUID
    payments: tuple[Payment, ...]

    @cached_property
    def total_satang(self) -> Satang:
        """The sum of the sheet in satang."""
        return Satang(sum(p.amount_satang for p in self.payments))


def digest(*, sheet: Sheet) -> str:
    """A fingerprint of a sheet's content, to tell the same sheet sent again from another one under its id."""
    lines = sorted((p.member_id, p.amount_satang) for p in sheet.payments)
    return sha256(f"{sheet.centre_id} {sheet.collected_on} {sheet.collected_by} {lines}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Payer:
    """What the rules need to know about somebody on the sheet."""

    name: str
    spells: tuple[tuple[date | None, date | None], ...] = ()

    def is_active_on(self, day: date) -> bool:
        """Whether the payer is a member on a day: a spell [from, until) holds it; an unknown start counts as begun."""
        for start, end in self.spells:  # noqa: SIM110 - asked once a payment, and a loop is four times quicker
            if (start is None or start <= day) and (end is None or day < end):
                return True
        return False


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


@dataclass(frozen=True, kw_only=True)
class BookFacts:
    """The receipt book in use: its number, the next free receipt and its last one."""

    id: int
    book_no: int
    next_number: int
    last_number: int


def refusals_to_record(
    *, sheet: Sheet, payers: Mapping[int, Payer], book: BookFacts | None, is_collector: bool, today: date
) -> tuple[Refusal, ...]:
    """Every reason to refuse a sheet, not only the first, so that it is mended once."""
    found: list[Refusal] = []
    if not sheet.payments:
        found.append(Refusal(code="contributions.empty_sheet", about="sheet"))
    if sheet.collected_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="sheet", facts={"day": sheet.collected_on}))
    if not is_collector:
        found.append(Refusal(code="contributions.not_a_collector", about=str(sheet.collected_by)))
    if book is None:
        found.append(Refusal(code="contributions.no_receipt_book", about=str(sheet.centre_id)))
    elif book.next_number + len(sheet.payments) - 1 > book.last_number:
        found.append(Refusal(code="contributions.receipt_book_full", about=str(book.book_no), facts={
            "book_no": book.book_no, "left": book.last_number - book.next_number + 1, "needed": len(sheet.payments)}))
    for member_id, times in Counter(p.member_id for p in sheet.payments).items():
        if times > 1:
            found.append(_about(payers, member_id, "contributions.listed_twice"))
    for payment in sheet.payments:
        payer = payers.get(payment.member_id)
        if payer is None or not 0 < payment.amount_satang <= AMOUNT_MAX or not payer.is_active_on(sheet.collected_on):
            found += _refusals_of(payment, payers, sheet.collected_on)
    return tuple(found)


def refusals_of_the_desk(*, actor: Actor, sheet: Sheet, holdings: Collection[Holding]) -> tuple[Refusal, ...]:
    """Why a desk may not write down this sheet: a collector records for their own village, and only what they or
    people of its centre collected; the treasurer records for everybody."""
    if actor.role != Role.COLLECTOR:
        return ()
    found = []
    if sheet.centre_id != actor.centre_id:
        found.append(Refusal(code="contributions.unknown_centre", about=str(sheet.centre_id)))
    if sheet.collected_by != actor.person_id and not holds(
            holdings=holdings, person_id=sheet.collected_by, offices=tuple(Office), on=sheet.collected_on,
            centre_id=actor.centre_id):
        found.append(Refusal(code="contributions.collected_by_another_centre", about="by"))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    """Receipts of one collection day that are to be taken back: those of these members, or all that stand (None)."""

    cancellation_id: UUID
    collection_id: UUID
    member_ids: frozenset[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt as it was written: whose, its number, how much, and whether it was cancelled since."""

    member_id: int
    name: str
    number: int
    amount_satang: Satang
    is_cancelled: bool


@dataclass(frozen=True, kw_only=True)
class WrittenSheet:
    """A collection day as it was recorded; `hand` is the account into which its money was booked."""

    id: int
    centre_id: UUID
    collected_on: date
    collected_by: UUID
    recorded_on: date
    entry_id: int
    total_satang: Satang
    hand: str
    receipts: tuple[Receipt, ...]


def taken_back(*, cancellation: Cancellation, sheet: WrittenSheet) -> tuple[Receipt, ...]:
    """The receipts that a cancellation takes back, in the order of their numbers."""
    asked = cancellation.member_ids
    return tuple(r for r in sheet.receipts if not r.is_cancelled and (asked is None or r.member_id in asked))


def refusals_to_cancel(
    *, cancellations: Sequence[Cancellation], sheets: Mapping[UUID, WrittenSheet], free: Mapping[str, int],
    cancelled_on: date, why: str, books_closed_until: date, today: date
) -> list[Refusal]:
    """Every reason not to take back these receipts on a day. `free` is what may leave each hand that day, in satang."""
    found = _refusals_of_the_deed(cancelled_on, why, books_closed_until, today)
    leaving = Counter[str]()
    for one in cancellations:
        if (sheet := sheets.get(one.collection_id)) is None:
            found.append(Refusal(code="contributions.unknown_collection", about=str(one.collection_id)))
            continue
        if cancelled_on < sheet.collected_on:
            found.append(Refusal(code="contributions.cancelled_before_collected", about="day",
                                 facts={"day": sheet.collected_on}))
        found += _refusals_of_receipts(one, sheet)
        leaving[sheet.hand] += sum(r.amount_satang for r in taken_back(cancellation=one, sheet=sheet))
    return found + [Refusal(code="contributions.money_has_moved_on", about=hand, facts={
        "amount_satang": satang, "there_satang": max(0, free[hand])})
        for hand, satang in leaving.items() if satang > max(0, free[hand])]


def _refusals_of_the_deed(cancelled_on: date, why: str, books_closed_until: date, today: date) -> list[Refusal]:
    found = []
    if not why:
        found.append(Refusal(code="contributions.says_not_why", about="why"))
    if len(why) > MEMO_MAX:
        found.append(Refusal(code="contributions.why_too_long", about="why", facts={"letters": MEMO_MAX}))
    if cancelled_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="day", facts={"day": cancelled_on}))
    if cancelled_on <= books_closed_until:
        found.append(in_a_closed_month(day=cancelled_on, books_closed_until=books_closed_until, about="day"))
    return found


def _refusals_of_receipts(cancellation: Cancellation, sheet: WrittenSheet) -> list[Refusal]:
    written = {receipt.member_id: receipt for receipt in sheet.receipts}
    asked = cancellation.member_ids
    if not (taken_back(cancellation=cancellation, sheet=sheet) if asked is None else asked):
        return [Refusal(code="contributions.nothing_to_cancel", about=str(cancellation.collection_id))]
    found = [Refusal(code="contributions.not_on_the_sheet", about=str(i), facts={"member": i})
             for i in sorted(asked or ()) if i not in written]
    return found + [Refusal(code="contributions.already_cancelled", about=str(r.member_id), facts={
        "member": r.name, "number": r.number}) for r in sheet.receipts if asked and r.member_id in asked
        and r.is_cancelled]


def refusals_of_the_desk_to_cancel(
    *, actor: Actor, sheets: Collection[WrittenSheet], cancelled_on: date, today: date
) -> list[Refusal]:
    """Why a desk may not take these receipts back: a collector does so on the day of recording, while the money is in
    their own hands; the treasurer at any time."""
    if actor.role != Role.COLLECTOR:
        return []
    found = []
    if any({sheet.recorded_on, cancelled_on} != {today} for sheet in sheets):
        found.append(Refusal(code="contributions.cancelled_by_the_treasurer", about="day"))
    if any(sheet.collected_by != actor.person_id for sheet in sheets):
        found.append(Refusal(code="contributions.money_with_somebody_else", about="by"))
    return found


def _refusals_of(payment: Payment, payers: Mapping[int, Payer], day: date) -> list[Refusal]:
    found: list[Refusal] = []
    if (payer := payers.get(payment.member_id)) is None:
        found.append(Refusal(code="contributions.unknown_member", about=str(payment.member_id),
                             facts={"member": payment.member_id}))
    elif not payer.is_active_on(day):
        found.append(_about(payers, payment.member_id, "contributions.member_not_active"))
    if payment.amount_satang <= 0:
        found.append(_about(payers, payment.member_id, "contributions.amount_not_positive"))
    elif payment.amount_satang > AMOUNT_MAX:
        found.append(_about(payers, payment.member_id, "contributions.amount_too_large"))
    return found


def _about(payers: Mapping[int, Payer], member_id: int, code: str) -> Refusal:
    name = payers[member_id].name if member_id in payers else str(member_id)
    return Refusal(code=code, about=str(member_id), facts={"member": name})


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of the sheet before the day: who, and what is due in satang."""

    member_id: int
    member_no: str
    name: str
    due_satang: Satang


def all_but(
    *, listed: Sequence[Listed], absent: Sequence[str]
) -> tuple[tuple[Payment, ...], frozenset[int], tuple[Refusal, ...]]:
    """Everybody who owes pays what is due, except those named; gives the payments, who was named, and the names that
    nobody could place.

    An absent person is named by member number or by (a part of) the name that fits one line only.
    """
    away: set[int] = set()
    found: list[Refusal] = []
    for word in absent:
        fits = [one for one in listed if one.member_no == word] or [one for one in listed if word in one.name]
        if len(fits) == 1:
            away.add(fits[0].member_id)
        else:
            code = "contributions.absent_fits_several" if fits else "contributions.absent_not_found"
            found.append(Refusal(code=code, about=word, facts={"name": word, "fits": len(fits)}))
    paid = tuple(Payment(member_id=one.member_id, amount_satang=one.due_satang) for one in listed
                 if one.due_satang > 0 and one.member_id not in away)
    return paid, frozenset(away), tuple(found)
