"""What can happen to a fund itself: founded, its people elected, its months closed."""
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.funds import queries, rules
from ombun.funds.models import (
    BookletLayout,
    Fund,
    MonthClose,
    MonthReopening,
    OfficeHolder,
    Person,
    VillageCentre,
)
from ombun.funds.rules import Holding, Layout, Office, Somebody
from ombun.places.queries import tambon
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand, month_of
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class FundRefused(Refused):
    """The fund cannot be set up or changed so; nothing was written."""


class BooksClosed(Refused):
    """The day lies in a month whose books are closed."""


class ClosingRefused(Refused):
    """The month cannot be closed now; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class NewCentre:
    """A village centre: the village's number and name, and where its people meet."""

    id: UUID
    moo: int
    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class NewHolder:
    """A person elected to an office, and the member of the register that they are, where that is known.

    The same `person_id` with several offices is the same person.
    """

    id: UUID
    person_id: UUID
    name: str
    office: Office
    from_on: date
    until_on: date | None = None
    centre_id: UUID | None = None
    member_id: int | None = None


@inside_use_case
def found_fund(
    *, code: str, name: str, tambon_code: int, founded_on: date, starts_on: date, centres: Sequence[NewCentre],
    recorded_at: datetime, is_fiction: bool = False
) -> int:
    """Write down a new fund with its village centres; its books open on `starts_on`. Returns the fund's id.

    From here on the transaction sees this fund. Raises FundRefused with every reason (the code is taken, a village is
    listed twice …).
    """
    found = rules.refusals_to_found(new=rules.Founding(
        code=code, name=name, founded_on=founded_on, starts_on=starts_on, moos=[c.moo for c in centres],
        centre_texts=[text for c in centres for text in (c.name, c.address)],
        is_code_taken=queries.fund_by_code(code=code) is not None,
        is_tambon_known=tambon(code=tambon_code) is not None, today=day_in_thailand(recorded_at),
        is_fiction=is_fiction))
    if found:
        raise FundRefused(*found)
    fund = Fund.objects.create(
        code=code, name=name, tambon_id=tambon_code, founded_on=founded_on, starts_on=starts_on,
        books_closed_until=starts_on - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL app.fund_id = '{int(fund.id)}'")
    VillageCentre.objects.bulk_create(
        [VillageCentre(id=c.id, fund_id=fund.id, moo=c.moo, name=c.name, address=c.address) for c in centres])
    return fund.id


@inside_use_case
def open_first_centres(*, actor: Actor, centres: Sequence[NewCentre]) -> None:
    """Write down the villages of a fund that was founded without any, as its register names them.

    A fund that has villages keeps its own, and nothing is written.
    """
    if not VillageCentre.objects.filter(fund_id=actor.fund_id).exists():
        VillageCentre.objects.bulk_create(
            [VillageCentre(id=c.id, fund_id=actor.fund_id, moo=c.moo, name=c.name, address=c.address)
             for c in centres])


@use_case
def write_village(*, actor: Actor, centre: NewCentre, recorded_at: datetime) -> bool:
    """Write down a village centre as it is called now, by the village's number: a new number opens a centre, a known
    one changes its name and the place where its people meet. Returns whether it is new; the same again changes nothing.

    Raises FundRefused with every reason (no number, no name, a text too long, an id that is another village's).
    """
    lock_fund(fund_id=actor.fund_id)
    found = rules.refusals_to_write_village(moo=centre.moo, name=centre.name, address=centre.address)
    if VillageCentre.objects.filter(id=centre.id).exclude(moo=centre.moo).exists():
        found.append(Refusal(code="funds.same_id_other_village", about="moo"))
    if found:
        raise FundRefused(*found)
    there, is_new = VillageCentre.objects.get_or_create(fund_id=actor.fund_id, moo=centre.moo, defaults={
        "id": centre.id, "name": centre.name, "address": centre.address})
    if not is_new:
        if (there.name, there.address) == (centre.name, centre.address):
            return False
        VillageCentre.objects.filter(id=there.id).update(name=centre.name, address=centre.address)
    audit.record_event(actor=actor, action="funds.village_opened" if is_new else "funds.village_renamed",
                       subject=f"centre:{there.id}", facts={"moo": centre.moo}, happened_at=recorded_at)
    return is_new


@inside_use_case
def lock_fund(*, fund_id: int) -> Fund:
    """Take the fund's row, so that one writer at a time posts to its books. Always the first step of a verb."""
    return Fund.objects.select_for_update(of=("self",)).get(id=fund_id)


@inside_use_case
def demand_open_day(*, fund: Fund, day: date) -> None:
    """Refuse a day in a closed month. A known id is answered before this is asked. Raises BooksClosed."""
    if day <= fund.books_closed_until:
        raise BooksClosed(rules.in_a_closed_month(
            day=day, books_closed_until=fund.books_closed_until, about=day.isoformat()))


@use_case
def elect_holders(*, actor: Actor, holders: Sequence[NewHolder], recorded_at: datetime) -> int:
    """Write down who was elected to which office. A known holder id is passed over. Returns how many were new.

    Nobody writes down their own election. Raises FundRefused with every reason: somebody holds that office in that time
    already, has no name, is said to be a member who is somebody else …
    """
    lock_fund(fund_id=actor.fund_id)
    there = {h.id: h for h in OfficeHolder.objects.filter(id__in=[h.id for h in holders])}
    found = [Refusal(code="funds.same_id_other_holder", about=h.name, facts={"name": h.name})
             for h in holders if h.id in there and _term(there[h.id]) != _term(h)]
    new = [h for h in holders if h.id not in there]
    found += rules.refusals_to_elect(
        holdings=queries.holdings(fund_id=actor.fund_id), elected=[elected(holder=h) for h in new],
        centre_ids={c.id for c in queries.centres(fund_id=actor.fund_id)})
    found += _refusals_of_people(actor, new)
    if found:
        raise FundRefused(*found)
    return write_holders(actor=actor, holders=new, recorded_at=recorded_at)


def _refusals_of_people(actor: Actor, new: Sequence[NewHolder]) -> list[Refusal]:
    """Who was elected is somebody else than who writes it down, and is the member they are said to be."""
    known = queries.people(fund_id=actor.fund_id)
    fresh = {h.person_id: Somebody(person_id=h.person_id, name=h.name, member_id=h.member_id) for h in new}
    people = (*known, *(one for one in fresh.values() if one.person_id not in {p.person_id for p in known}))
    found = [Refusal(code="funds.not_about_yourself", about=str(one.person_id), facts={"name": one.name})
             for one in fresh.values() if one.person_id == actor.person_id]
    for one in fresh.values():
        if one.member_id is not None:
            found += rules.refusals_to_link(
                people=people, person_id=one.person_id, member_id=one.member_id, by=actor.person_id)
    return found


def elected(*, holder: NewHolder) -> rules.Elected:
    """Somebody elected, as the rules want it."""
    return rules.Elected(name=holder.name, holding=Holding(
        person_id=holder.person_id, office=holder.office, centre_id=holder.centre_id, from_on=holder.from_on,
        until_on=holder.until_on))


def _term(holder: NewHolder | OfficeHolder) -> tuple[object, ...]:
    return holder.person_id, holder.office, holder.centre_id, holder.from_on


@inside_use_case
def write_holders(*, actor: Actor, holders: Sequence[NewHolder], recorded_at: datetime) -> int:
    """Persons and their offices, each once."""
    known = set(OfficeHolder.objects.filter(id__in=[h.id for h in holders]).values_list("id", flat=True))
    new = [h for h in holders if h.id not in known]
    there = dict(Person.objects.filter(id__in=[h.person_id for h in new]).values_list("id", "member_id"))
    people = {h.person_id: h for h in new if h.person_id not in there}
    Person.objects.bulk_create(
        [Person(id=h.person_id, fund_id=actor.fund_id, name=h.name, member_id=h.member_id) for h in people.values()])
    for person_id, member_id in {h.person_id: h.member_id for h in new if h.person_id in there}.items():
        if member_id not in (None, there[person_id]):
            _link(actor=actor, person_id=person_id, member_id=member_id, recorded_at=recorded_at)
    OfficeHolder.objects.bulk_create([OfficeHolder(
        id=h.id, fund_id=actor.fund_id, person_id=h.person_id, office=h.office, centre_id=h.centre_id,
        from_on=h.from_on, until_on=h.until_on) for h in new])
    if new:
        audit.record_event(actor=actor, action="funds.holders_elected", subject=f"fund:{actor.fund_id}",
                           facts={"holders": [str(h.id) for h in new]}, happened_at=recorded_at)
    return len(new)


@use_case
def link_person_to_member(
    *, actor: Actor, person_id: UUID, member_id: int | None, recorded_at: datetime
) -> None:
    """Write down which member of the register somebody in office is, so that nobody signs their own claim.

    `member_id` None takes a wrong link away. The same again changes nothing. Raises FundRefused: no such person, the
    member is somebody else already, or you would change who you are yourself.
    """
    lock_fund(fund_id=actor.fund_id)
    people = queries.people(fund_id=actor.fund_id)
    found = rules.refusals_to_link(people=people, person_id=person_id, member_id=member_id, by=actor.person_id)
    if found:
        raise FundRefused(*found)
    if (person_id, member_id) not in {(one.person_id, one.member_id) for one in people}:
        _link(actor=actor, person_id=person_id, member_id=member_id, recorded_at=recorded_at)


def _link(*, actor: Actor, person_id: UUID, member_id: int | None, recorded_at: datetime) -> None:
    Person.objects.filter(id=person_id).update(member_id=member_id)
    audit.record_event(actor=actor, action="funds.person_linked", subject=f"person:{person_id}",
                       facts={"member_id": member_id}, happened_at=recorded_at)


@use_case
def end_office(
    *, actor: Actor, holder_id: UUID, until_on: date, recorded_at: datetime, signed: Callable[..., Collection[date]]
) -> None:
    """Write down that somebody's term ended: the office is held up to, but not including, `until_on`.

    Nobody ends their own term here. `signed(fund_id=…, person_id=…)` tells the days on which somebody signed for the
    fund: they held an office then. Raises FundRefused: no such office-holder, the day lies before the term began, in
    the next term, before such a day, or beyond ten years.
    """
    lock_fund(fund_id=actor.fund_id)
    holder = OfficeHolder.objects.filter(id=holder_id).first()
    if holder is None:
        raise FundRefused(Refusal(code="funds.unknown_holder", about=str(holder_id)))
    if holder.until_on == until_on:
        return
    others = [h for h in queries.holdings(fund_id=actor.fund_id)
              if (h.person_id, h.office, h.from_on) != (holder.person_id, holder.office, holder.from_on)]
    name = queries.person_names(fund_id=actor.fund_id)[holder.person_id]
    found = rules.refusals_to_end(
        holdings=others, today=day_in_thailand(recorded_at),
        signed=signed(fund_id=actor.fund_id, person_id=holder.person_id),
        ended=rules.Elected(name=name, holding=Holding(
            person_id=holder.person_id, office=Office(holder.office), centre_id=holder.centre_id,
            from_on=holder.from_on, until_on=until_on)))
    if holder.person_id == actor.person_id:
        found.append(Refusal(code="funds.not_about_yourself", about=name, facts={"name": name}))
    if found:
        raise FundRefused(*found)
    OfficeHolder.objects.filter(id=holder_id).update(until_on=until_on)
    audit.record_event(actor=actor, action="funds.office_ended", subject=f"holder:{holder_id}",
                       facts={"until_on": until_on.isoformat()}, happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class MonthClosed:
    """The month whose books are closed now, and whether this very closing had been written down before."""

    month: date
    was_already_closed: bool


def _nothing_open(*, fund_id: int, month: date) -> Sequence[str]:
    return ()


@use_case
def close_month(
    *, actor: Actor, close_id: UUID, month: date, closed_by: UUID, closed_on: date, recorded_at: datetime,
    still_open: Callable[..., Sequence[str]] = _nothing_open, because: str = ""
) -> MonthClosed:
    """Close the books of a month: from now on nothing can be posted into it.

    `closed_by` is the person who closes (treasurer or chair). `still_open(fund_id=…, month=…)` names the points of the
    month-end list that are not done: where there are any, `because` says why the month closes all the same, and both
    stay beside it. Months close in order, after their last day. Raises ClosingRefused with every reason; the same
    `close_id` again is the first answer again.
    """
    fund, because, month = lock_fund(fund_id=actor.fund_id), because.strip(), month_of(month)
    if (known := MonthClose.objects.filter(id=close_id).first()) is not None:
        if known.month != month:
            raise ClosingRefused(Refusal(code="funds.same_id_other_month", about=str(close_id)))
        return MonthClosed(month=known.month, was_already_closed=True)
    left_open = still_open(fund_id=actor.fund_id, month=month)
    found = [*rules.refusals_to_close(month=month, books_closed_until=fund.books_closed_until, today=closed_on),
             *rules.refusals_to_leave_open(left_open=left_open, because=because)]
    if not rules.holds(holdings=queries.holdings(fund_id=actor.fund_id), person_id=closed_by,
                       offices={Office.TREASURER, Office.CHAIR}, on=closed_on):
        found.append(Refusal(code="funds.not_treasurer_or_chair", about=str(closed_by)))
    if found:
        raise ClosingRefused(*found)

    # After this point it must succeed.
    MonthClose.objects.create(
        id=close_id, fund_id=actor.fund_id, month=month, closed_by_id=closed_by, left_open=list(left_open),
        because=because, recorded_by=actor.user_id, recorded_at=recorded_at)  # the database moves books_closed_until
    audit.record_event(actor=actor, action="funds.month_closed", subject=f"month:{month}", facts={
        "closed_by": str(closed_by), "left_open": list(left_open)}, happened_at=recorded_at)
    return MonthClosed(month=month, was_already_closed=False)


@use_case
def reopen_month(
    *, actor: Actor, reopening_id: UUID, month: date, first_by: UUID, second_by: UUID, reason: str, reopened_on: date,
    recorded_at: datetime
) -> None:
    """Open the last closed month again, so that what was forgotten can be posted into it.

    Two of the committee say why; that stays on every report of the month, and what was sealed stays sealed. The same
    `reopening_id` again changes nothing. Raises ClosingRefused with every reason.
    """
    fund, reason, month = lock_fund(fund_id=actor.fund_id), reason.strip(), month_of(month)
    known = MonthReopening.objects.filter(id=reopening_id).first()
    if known is not None:
        if (known.first_by_id, known.second_by_id, known.reason) != (first_by, second_by, reason):
            raise ClosingRefused(Refusal(code="funds.same_id_other_month", about=str(reopening_id)))
        return
    standing = queries.standing_closing(fund_id=actor.fund_id, month=month)
    found = rules.refusals_to_reopen(
        month=month, books_closed_until=fund.books_closed_until, is_closed=standing is not None,
        first_by=first_by, second_by=second_by,
        reason=reason, on=reopened_on, holdings=queries.holdings(fund_id=actor.fund_id),
        names=queries.person_names(fund_id=actor.fund_id))
    if found or standing is None:
        raise ClosingRefused(*found)

    # After this point it must succeed.
    MonthReopening.objects.create(
        id=reopening_id, fund_id=actor.fund_id, close_id=standing, first_by_id=first_by, second_by_id=second_by,
        reopened_on=reopened_on, reason=reason, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="funds.month_reopened", subject=f"month:{month}", facts={
        "first_by": str(first_by), "second_by": str(second_by)}, happened_at=recorded_at)


@use_case
def measure_booklet(*, actor: Actor, layout_id: UUID, layout: Layout, recorded_at: datetime) -> None:
    """Write down where lines stand in the members' booklets; what was measured last holds.

    The same id again changes nothing. Raises FundRefused: lines or columns that leave the page.
    """
    lock_fund(fund_id=actor.fund_id)
    if BookletLayout.objects.filter(fund_id=actor.fund_id, id=layout_id).exists():
        return
    if refusals := rules.refusals_to_measure(layout=layout):
        raise FundRefused(*refusals)
    BookletLayout.objects.create(
        id=layout_id, fund_id=actor.fund_id, recorded_by=actor.user_id, recorded_at=recorded_at, **asdict(layout))
    audit.record_event(actor=actor, action="funds.booklet_measured", subject=f"booklet:{layout_id}", facts={},
                       happened_at=recorded_at)
