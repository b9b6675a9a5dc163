"""What can happen to a fund itself: founded, its people elected, its months closed."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.funds import queries, rules
from ombun.funds.models import Fund, MonthClose, OfficeHolder, Person, VillageCentre
from ombun.funds.rules import Holding, Office
from ombun.places.queries import tambon
from ombun.primitives.actors import Actor
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
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
    id: UUID
    moo: int
    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class NewHolder:
    """A person elected to an office. The same `person_id` with several offices is the same person."""

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
    *, code: str, name: str, tambon_code: int, founded_on: date, starts_on: date, centres: Sequence[NewCentre]
) -> int:
    """Write down a new fund with its village centres; its books open on `starts_on`. Returns the fund's id.

    From here on the transaction sees this fund. Raises FundRefused with every reason (the code is taken, a village is
    listed twice …).
    """
    found = rules.refusals_to_found(new=rules.Founding(
        code=code, name=name, founded_on=founded_on, starts_on=starts_on, moos=[c.moo for c in centres],
        is_code_taken=queries.fund_by_code(code=code) is not None,
        is_tambon_known=tambon(code=tambon_code) is not None))
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
def lock_fund(*, fund_id: int) -> Fund:
    """Take the fund's row, so that one writer at a time posts to its books. Always the first step of a verb."""
    return Fund.objects.select_for_update(of=("self",)).get(id=fund_id)


@inside_use_case
def demand_open_day(*, fund: Fund, day: date) -> None:
    """Refuse a day in a closed month. A known id is answered before this is asked. Raises BooksClosed."""
    if day <= fund.books_closed_until:
        raise BooksClosed(Refusal(
            code="funds.books_closed", about=day.isoformat(), facts={"day": day, "until": fund.books_closed_until}))


@use_case
def elect_holders(*, actor: Actor, holders: Sequence[NewHolder], recorded_at: datetime) -> int:
    """Write down who was elected to which office. A known holder id is passed over. Returns how many were new.

    Raises FundRefused with every reason: somebody holds that office in that time already, has no name …
    """
    lock_fund(fund_id=actor.fund_id)
    there = {h.id: h for h in OfficeHolder.objects.filter(id__in=[h.id for h in holders])}
    found = [Refusal(code="funds.same_id_other_holder", about=h.name, facts={"name": h.name})
             for h in holders if h.id in there and _term(there[h.id]) != _term(h)]
    new = [h for h in holders if h.id not in there]
    found += rules.refusals_to_elect(
        holdings=queries.holdings(fund_id=actor.fund_id), elected=[elected(holder=h) for h in new],
        centre_ids={c.id for c in queries.centres(fund_id=actor.fund_id)})
    if found:
        raise FundRefused(*found)
    return write_holders(actor=actor, holders=new, recorded_at=recorded_at)


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
    there = set(Person.objects.filter(id__in=[h.person_id for h in new]).values_list("id", flat=True))
    people = {h.person_id: h for h in new if h.person_id not in there}
    Person.objects.bulk_create(
        [Person(id=h.person_id, fund_id=actor.fund_id, name=h.name, member_id=h.member_id) for h in people.values()])
    OfficeHolder.objects.bulk_create([OfficeHolder(
        id=h.id, fund_id=actor.fund_id, person_id=h.person_id, office=h.office, centre_id=h.centre_id,
        from_on=h.from_on, until_on=h.until_on) for h in new])
    if new:
        audit.record_event(actor=actor, action="funds.holders_elected", subject=f"fund:{actor.fund_id}",
                           facts={"holders": [str(h.id) for h in new]}, happened_at=recorded_at)
    return len(new)


@use_case
def end_office(*, actor: Actor, holder_id: UUID, until_on: date, recorded_at: datetime) -> None:
    """Write down that somebody's term ended: the office is held up to, but not including, `until_on`.

    Raises FundRefused when there is no such office-holder, the day lies before the term began, or in the next term.
    """
    lock_fund(fund_id=actor.fund_id)
    holder = OfficeHolder.objects.filter(id=holder_id).first()
    if holder is None:
        raise FundRefused(Refusal(code="funds.unknown_holder", about=str(holder_id)))
    if holder.until_on == until_on:
        return
    others = [h for h in queries.holdings(fund_id=actor.fund_id)
              if (h.person_id, h.office, h.from_on) != (holder.person_id, holder.office, holder.from_on)]
    found = rules.refusals_to_elect(holdings=others, elected=[rules.Elected(
        name=queries.person_names(fund_id=actor.fund_id)[holder.person_id], holding=Holding(
            person_id=holder.person_id, office=Office(holder.office), centre_id=holder.centre_id,
            from_on=holder.from_on, until_on=until_on))])
    if found:
        raise FundRefused(*found)
    OfficeHolder.objects.filter(id=holder_id).update(until_on=until_on)
    audit.record_event(actor=actor, action="funds.office_ended", subject=f"holder:{holder_id}",
                       facts={"until_on": until_on.isoformat()}, happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class MonthClosed:
    month: date
    was_already_closed: bool


@use_case
def close_month(
    *, actor: Actor, close_id: UUID, month: date, closed_by: UUID, closed_on: date, recorded_at: datetime,
    counted_satang: Satang | None = None
) -> MonthClosed:
    """Close the books of a month: from now on nothing can be posted into it.

    `closed_by` is the person who closes (treasurer or chair); `counted_satang`, the treasurer's cash as it was counted,
    is kept in the audit trail. Months close in order, after their last day.
    Raises ClosingRefused with every reason; the same `close_id` again is the first answer again.
    """
    fund = lock_fund(fund_id=actor.fund_id)
    if (known := MonthClose.objects.filter(id=close_id).first()) is not None:
        if known.month != month_of(month):
            raise ClosingRefused(Refusal(code="funds.same_id_other_month", about=str(close_id)))
        return MonthClosed(month=known.month, was_already_closed=True)
    found = [*rules.refusals_to_close(month=month, books_closed_until=fund.books_closed_until, today=closed_on)]
    if not rules.holds(holdings=queries.holdings(fund_id=actor.fund_id), person_id=closed_by,
                       offices={Office.TREASURER, Office.CHAIR}, on=closed_on):
        found.append(Refusal(code="funds.not_treasurer_or_chair", about=str(closed_by)))
    if found:
        raise ClosingRefused(*found)

    # After this point it must succeed.
    MonthClose.objects.create(
        id=close_id, fund_id=actor.fund_id, month=month_of(month), closed_by_id=closed_by,
        recorded_by=actor.user_id, recorded_at=recorded_at)
    Fund.objects.filter(id=fund.id).update(books_closed_until=month_end(month))
    audit.record_event(actor=actor, action="funds.month_closed", subject=f"month:{month_of(month)}",
                       facts={"closed_by": str(closed_by), "counted_satang": counted_satang}, happened_at=recorded_at)
    return MonthClosed(month=month_of(month), was_already_closed=False)
