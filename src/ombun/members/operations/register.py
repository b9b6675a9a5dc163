"""What can happen to the register: people join and leave."""
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Beneficiary, Member, Membership, MembershipEvent
from ombun.members.operations.beneficiaries import write_first_lists
from ombun.members.operations.events import NewEvent, days_of, first_events, rewrite_events, write_events
from ombun.members.operations.spells import latest, spells_of
from ombun.members.queries.life import last_happenings
from ombun.members.queries.people import taken
from ombun.members.rules import membership
from ombun.members.rules.life import ToldMember, ToldSpell
from ombun.members.rules.membership import LeftReason, NewMember
from ombun.members.states import Happening
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, tell_planner, use_case


class EnrolmentRefused(Refused):
    """The person cannot be enrolled as written; every reason is listed."""


class LeavingRefused(Refused):
    """The membership cannot be ended so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """Whom the register has now, and whether it had them before."""

    member_id: int
    was_already_recorded: bool


@use_case
def enrol_member(
    *, actor: Actor, membership_id: UUID, new: NewMember, enrolled_on: date, recorded_at: datetime
) -> Enrolled:
    """Write a person into the register with a first spell of membership; the caller makes `membership_id`.

    Raises EnrolmentRefused with every reason. The same id again is the first answer again.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if (known := Membership.objects.filter(fund_id=actor.fund_id, id=membership_id).first()) is not None:
        return _first_answer(known, new)
    numbers, ids = taken(
        fund_id=actor.fund_id, member_nos=[new.member_no], national_ids=[new.national_id or ""])
    found = membership.refusals_to_enrol(
        new=new, founded_on=fund.founded_on, today=enrolled_on, taken_numbers=numbers, taken_ids=ids,
        centre_ids={c.id for c in fund_queries.centres(fund_id=actor.fund_id)})
    if found:
        raise EnrolmentRefused(*found)

    # After this point it must succeed.
    member_id = write_members(actor=actor, rows=[(membership_id, new)], recorded_at=recorded_at)[0]
    audit.record_event(actor=actor, action="members.enrolled", subject=f"member:{member_id}", facts={},
                       happened_at=recorded_at)
    return Enrolled(member_id=member_id, was_already_recorded=False)


def _first_answer(known: Membership, new: NewMember) -> Enrolled:
    person = Member.objects.get(fund_id=known.fund_id, id=known.member_id)
    same = (person.member_no, person.first_name, person.last_name, person.national_id, known.joined_on) == (
        new.member_no, new.first_name, new.last_name, new.national_id or None, new.joined_on)
    if not same:
        raise EnrolmentRefused(Refusal(
            code="members.same_id_other_person", about=str(known.id), facts={"member": person.full_name}))
    return Enrolled(member_id=known.member_id, was_already_recorded=True)


@inside_use_case
def write_members(
    *, actor: Actor, rows: Sequence[tuple[UUID, NewMember]], questioned: Sequence[Sequence[str]] | None = None,
    resolution_id: UUID | None = None, clause: str = "", applied_on: Mapping[UUID, date] = MappingProxyType({}),
    recorded_at: datetime
) -> list[int]:
    """Write many persons with their spells, history and beneficiaries: four statements whatever their number.

    Where a meeting admitted them, its resolution and the clause stand in the history, and beneficiaries are named since
    the day of applying, spell → day. Gives their ids.
    """
    fund_id, doubts = actor.fund_id, questioned or [()] * len(rows)
    members = Member.objects.bulk_create([Member(
        fund_id=fund_id, member_no=new.member_no or None, name_title=new.name_title, first_name=new.first_name,
        last_name=new.last_name, national_id=new.national_id or None, born_on=new.born_on,
        birth_precision=new.birth_precision, no_id_reason=new.no_id_reason, stated_sex=new.stated_sex, kind=new.kind,
        house_no=new.house_no, phone=new.phone, centre_id=new.centre_id, questioned=list(doubt))
        for (_, new), doubt in zip(rows, doubts, strict=True)])
    told = [(Membership(
        id=spell_id if spell is spells[-1] else uuid5(spell_id, f"spell {n}"), fund_id=fund_id, member_id=member.id,
        joined_on=spell.joined_on, left_on=spell.left_on, left_reason=spell.left_reason), spell.pauses)
        for (spell_id, new), member in zip(rows, members, strict=True)
        for spells in [_spells_of(new)] for n, spell in enumerate(spells)]
    Membership.objects.bulk_create([spell for spell, _ in told])
    write_events(actor=actor, recorded_at=recorded_at, events=[
        event for spell, pauses in told
        for event in first_events(spell=spell, pauses=pauses, resolution_id=resolution_id, clause=clause)])
    write_first_lists(actor=actor, recorded_at=recorded_at, lists={
        member.id: (spell_id, new.beneficiaries, applied_on.get(spell_id))
        for (spell_id, new), member in zip(rows, members, strict=True) if new.beneficiaries})
    tell_planner(Member, Membership, MembershipEvent, Beneficiary, written=len(rows))
    return [member.id for member in members]


def _spells_of(new: NewMember) -> tuple[ToldSpell, ...]:
    """The spells that are told of a person: those of old books, else the one of the form."""
    return new.spells if isinstance(new, ToldMember) else (
        ToldSpell(joined_on=new.joined_on, left_on=new.left_on, left_reason=new.left_reason),)


@use_case
def end_membership(
    *, actor: Actor, member_id: int, left_on: date, reason: LeftReason, because: str = "", recorded_at: datetime
) -> None:
    """Write down that somebody resigned, moved, lapsed, was expelled or died, and when; `because` in their own words.

    `left_on` is the first day on which they are no longer a member, today at the latest. What the committee decided is
    written with its meeting by `decide_about_members`. Raises LeavingRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    spells = _latest_spells(fund_id=actor.fund_id, member_id=member_id)
    if (spells[0].left_on, spells[0].left_reason) == (left_on, reason):
        return
    if spells[0].left_reason is not None:
        raise LeavingRefused(Refusal(code="members.already_left", about=str(member_id)))
    found = membership.refusals_to_leave(
        about=str(member_id), left_on=left_on, because=because,
        joined_on=max((spell.joined_on for spell in spells if spell.joined_on is not None), default=None),
        last_on=last_happenings(fund_id=actor.fund_id, member_ids=[member_id]).get(member_id),
        today=day_in_thailand(recorded_at))
    if found:
        raise LeavingRefused(*found)

    # After this point it must succeed.
    Membership.objects.filter(id__in=[spell.id for spell in spells]).update(left_on=left_on, left_reason=reason)
    write_events(actor=actor, recorded_at=recorded_at, events=[NewEvent(
        member_id=spell.member_id, membership_id=spell.id, kind=Happening(reason), happened_on=left_on, reason=because)
        for spell in spells])
    audit.record_event(actor=actor, action="members.left", subject=f"member:{member_id}",
                       facts={"reason": reason, "left_on": left_on.isoformat()}, happened_at=recorded_at)


@use_case
def take_back_leaving(
    *, actor: Actor, member_id: int, recorded_at: datetime, asked_since: Callable[..., Collection[int]]
) -> None:
    """Strike out a leaving that was written down by mistake: the spell of membership goes on as if nothing had been.

    `asked_since(fund_id=…, member_ids=…)` tells who asked for a benefit for something that happened after leaving (a
    funeral): then it is refused. Whoever is a member stays one. Raises LeavingRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    spells = _latest_spells(fund_id=actor.fund_id, member_id=member_id)
    old = days_of(spell=spells[0])
    if old.left_reason is None:
        return
    if Member.objects.filter(id=member_id, fund_id=actor.fund_id, erased_on__isnull=False).exists():
        raise LeavingRefused(Refusal(code="members.is_erased", about=str(member_id), facts={"number": str(member_id)}))
    if member_id in asked_since(fund_id=actor.fund_id, member_ids=[member_id]):
        raise LeavingRefused(Refusal(code="members.leaving_built_on", about=str(member_id)))
    changed = [(spell, days_of(spell=spell)) for spell in spells]
    for spell in spells:
        spell.left_on = spell.left_reason = None
    Membership.objects.filter(id__in=[spell.id for spell in spells]).update(left_on=None, left_reason=None)
    rewrite_events(actor=actor, changed=changed, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.leaving_taken_back", subject=f"member:{member_id}", facts={
        "reason": old.left_reason, "left_on": old.left_on and old.left_on.isoformat()}, happened_at=recorded_at)


def _latest_spells(*, fund_id: int, member_id: int) -> list[Membership]:
    spells = spells_of(fund_id=fund_id, member_ids=[member_id]).get(member_id)
    if spells is None:
        raise LeavingRefused(Refusal(code="members.unknown_member", about=str(member_id)))
    return latest(spells=spells)
