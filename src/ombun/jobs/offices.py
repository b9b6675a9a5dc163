"""Who holds which office, and which member of the register that is, from the command line."""
from collections.abc import Iterator
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext

from ombun.claims.queries import days_signed
from ombun.funds import operations
from ombun.funds import queries as funds
from ombun.funds.operations import NewHolder
from ombun.funds.rules import Office, Somebody
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.members import queries as members
from ombun.members.rules.names import without_title
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import fund_transaction


def elect(*, code: str, office: Office, named: str, moo: int | None, member: str | None, on: str | None) -> None:
    """Write down who was elected. Whoever is in the fund's list under that name is the same person.

    A name that the register knows too needs the member's number, or "-" for somebody who is no member. Raises Refused.
    """
    actor, from_on = operating.operator_of(code=code), operating.day(on)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        centre_id = operating.centre_of(fund_id=actor.fund_id, moo=moo).id if moo is not None else None
        somebody = _called(actor, named) or Somebody(person_id=uuid4(), name=named)
        member_id = _member_id(actor, somebody, member)
    operations.elect_holders(actor=actor, recorded_at=timezone.now(), holders=[NewHolder(
        id=uuid4(), person_id=somebody.person_id, name=somebody.name, office=office, from_on=from_on,
        centre_id=centre_id, member_id=member_id)])


def end(*, code: str, office: Office, named: str, on: str | None) -> None:
    """Write down that somebody's term in an office ended. Raises Refused."""
    actor, until_on = operating.operator_of(code=code), operating.day(on)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        who = operating.person_in_office(fund_id=actor.fund_id, offices={office}, on=until_on, named=named)
        holder_id = next(h.id for h in funds.office_holders(fund_id=actor.fund_id, on=until_on)
                         if (h.person_id, h.office) == (who, office))
    operations.end_office(actor=actor, holder_id=holder_id, until_on=until_on, recorded_at=timezone.now(),
                          signed=days_signed)


def link(*, code: str, named: str, member: str | None) -> None:
    """Write down which member of the register somebody in office is; "-" for no member. Raises Refused."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        who = operating.person_in_office(
            fund_id=actor.fund_id, offices=list(Office), on=timezone.localdate(), named=named)
        member_id = _typed_member_id(actor, member or "")
    operations.link_person_to_member(
        actor=actor, person_id=who, member_id=member_id, recorded_at=timezone.now())


def listed(*, code: str) -> Iterator[str]:
    """A line for everybody in office today, with the member number where it is known."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        holders = funds.office_holders(fund_id=actor.fund_id, on=timezone.localdate())
        cards = members.cards_of_entries(fund_id=actor.fund_id, entries=[h.member_id for h in holders if h.member_id])
    for h in holders:
        number = cards[h.member_id].member_no if h.member_id in cards else gettext("ยังไม่รู้ว่าเป็นสมาชิกคนไหน")
        yield f"{h.office.lower():<14} {h.moo or '':<4} {h.name}  {number}"


def _called(actor: Actor, named: str) -> Somebody | None:
    return next((one for one in funds.people(fund_id=actor.fund_id)
                 if without_title(written=one.name) == without_title(written=named)), None)


def _member_id(actor: Actor, somebody: Somebody, typed: str | None) -> int | None:
    if typed is not None:
        return _typed_member_id(actor, typed)
    alike = members.members_named(fund_id=actor.fund_id, names=[somebody.name])[somebody.name]
    if alike and somebody.member_id is None:
        raise CommandRefused(Refusal(code="jobs.name_in_register", about=somebody.name, facts={
            "name": somebody.name, "members": ", ".join(f"{one.member_no} {one.full_name}" for one in alike)}))
    return None


def _typed_member_id(actor: Actor, typed: str) -> int | None:
    return None if typed == "-" else operating.member_of(fund_id=actor.fund_id, text=typed).id
