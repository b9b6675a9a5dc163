"""Somebody acts for a child from a day on, until another day."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.members.models import Guardian
from ombun.members.queries.people import member_cards
from ombun.members.rules import guardians as rules
from ombun.members.rules.guardians import Acting, NewGuardian
from ombun.members.rules.people import age_on
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class GuardianRefused(Refused):
    """Somebody cannot act for the child so, or not cease to; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class GuardianWritten:
    """Whether the guardian had been written down so before."""

    was_already_recorded: bool


@use_case
def appoint_guardian(
    *, actor: Actor, guardianship_id: UUID, child_id: int, new: NewGuardian, recorded_at: datetime
) -> GuardianWritten:
    """Write down who acts for a child: a member of this fund, or a person outside it by name.

    The same id again is the first answer again. Raises GuardianRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if (known := Guardian.objects.filter(fund_id=actor.fund_id, id=guardianship_id).first()) is not None:
        return _first_answer(known, child_id, new)
    cards = member_cards(fund_id=actor.fund_id, member_ids=[child_id, new.guardian_id or child_id])
    found = [Refusal(code="members.unknown_member", about=str(i)) for i in (child_id, new.guardian_id)
             if i is not None and i not in cards]
    guardian, today = cards.get(new.guardian_id or 0), day_in_thailand(recorded_at)
    found += rules.refusals_to_appoint(
        new=new, child_id=child_id, today=today,
        guardian_age=age_on(born_on=guardian.born_on, precision=guardian.birth_precision, day=new.from_on)
        if guardian else None,
        there=[_acting(row) for row in Guardian.objects.filter(fund_id=actor.fund_id, child_id=child_id)])
    if found:
        raise GuardianRefused(*found)

    # After this point it must succeed.
    Guardian.objects.create(
        id=guardianship_id, fund_id=actor.fund_id, child_id=child_id, guardian_id=new.guardian_id, name=new.name,
        relation=new.relation, phone=new.phone, from_on=new.from_on, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.guardian_appointed", subject=f"member:{child_id}",
                       facts={"guardian": new.guardian_id}, happened_at=recorded_at)
    return GuardianWritten(was_already_recorded=False)


def _first_answer(known: Guardian, child_id: int, new: NewGuardian) -> GuardianWritten:
    if (known.child_id, known.guardian_id, known.name, known.from_on) != (
            child_id, new.guardian_id, new.name, new.from_on):
        raise GuardianRefused(Refusal(code="members.same_id_other_guardian", about="deed"))
    return GuardianWritten(was_already_recorded=True)


def _acting(row: Guardian) -> Acting:
    return Acting(id=row.id, guardian_id=row.guardian_id, name=row.name, from_on=row.from_on, until_on=row.until_on)


@use_case
def end_guardianship(
    *, actor: Actor, guardianship_id: UUID, child_id: int, until_on: date, recorded_at: datetime
) -> GuardianWritten:
    """Write down that somebody no longer acts for a child: `until_on` is the first day without them.

    The first day itself takes a mistake back. The same again is the first answer again. Raises GuardianRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    row = Guardian.objects.filter(fund_id=actor.fund_id, id=guardianship_id, child_id=child_id).first()
    if row is None:
        raise GuardianRefused(Refusal(code="members.unknown_guardian", about="until_on"))
    if row.until_on == until_on:
        return GuardianWritten(was_already_recorded=True)
    found = rules.refusals_to_end(one=_acting(row), until_on=until_on, today=day_in_thailand(recorded_at))
    if found:
        raise GuardianRefused(*found)

    # After this point it must succeed.
    Guardian.objects.filter(fund_id=actor.fund_id, id=guardianship_id).update(until_on=until_on)
    audit.record_event(actor=actor, action="members.guardianship_ended", subject=f"member:{child_id}",
                       facts={"until_on": until_on.isoformat()}, happened_at=recorded_at)
    return GuardianWritten(was_already_recorded=False)
