"""What the committee decides about members at a meeting: suspended, reinstated, lapsed, expelled, a list at a time."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Membership, MembershipEvent, Resolution
from ombun.members.operations.events import NewEvent, write_events
from ombun.members.operations.spells import latest, spells_of
from ombun.members.queries.entries import persons_of
from ombun.members.queries.life import StandsOn, last_happenings, statuses
from ombun.members.queries.people import member_cards
from ombun.members.rules.life import Stands, refusals_to_happen
from ombun.members.rules.membership import TEXT_MAX
from ombun.members.rules.resolutions import NewResolution, refusals_to_resolve
from ombun.members.states import DECIDED_BY_THE_COMMITTEE, LEAVING, Happening
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class DecisionRefused(Refused):
    """The committee's decision cannot be written down so; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """About how many members it was decided, and whether this very page had been sent before."""

    members: int
    was_already_recorded: bool


@use_case
def decide_about_members(
    *, actor: Actor, deed_id: UUID, kind: Happening, member_ids: Collection[int], happened_on: date,
    resolution: NewResolution, clause: str = "", because: str = "", recorded_at: datetime
) -> Decided:
    """Write down what one meeting decided about many members: all of them or nobody, whatever their number the same
    number of statements. `happened_on` is the first day on which it holds.

    The same `deed_id` again is the first answer again. Raises DecisionRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    ids = sorted(set(member_ids))
    if (known := list(MembershipEvent.objects.filter(fund_id=actor.fund_id, deed_id=deed_id))):
        return _first_answer(actor, known, kind, ids, happened_on)
    stood = statuses(fund_id=actor.fund_id, member_ids=ids, on=date.max)
    found = _refusals(actor, kind, stood, ids, happened_on, day_in_thailand(recorded_at))
    found += [Refusal(code="members.text_too_long", about=about, facts={"length_max": TEXT_MAX})
              for about, text in (("clause", clause), ("because", because)) if len(text) > TEXT_MAX]
    found += refusals_of_resolution(actor=actor, new=resolution, today=day_in_thailand(recorded_at))
    if found:
        raise DecisionRefused(*found)

    # After this point it must succeed.
    resolution_id = write_resolution(actor=actor, new=resolution, recorded_at=recorded_at)
    spells = [spell for mine in spells_of(fund_id=actor.fund_id, member_ids=ids).values()
              for spell in latest(spells=mine)]
    if kind in LEAVING:
        Membership.objects.filter(fund_id=actor.fund_id, id__in=[spell.id for spell in spells]).update(
            left_on=happened_on, left_reason=kind.value)
    write_events(actor=actor, recorded_at=recorded_at, events=[NewEvent(
        member_id=spell.member_id, membership_id=spell.id, kind=kind, happened_on=happened_on, reason=because,
        clause=clause, resolution_id=resolution_id, deed_id=deed_id) for spell in spells])
    audit.record_event(actor=actor, action="members.decided", subject=f"resolution:{resolution_id}", facts={
        "kind": kind, "members": ids, "happened_on": happened_on.isoformat()}, happened_at=recorded_at)
    return Decided(members=len(ids), was_already_recorded=False)


def _first_answer(
    actor: Actor, known: Collection[MembershipEvent], kind: Happening, ids: Collection[int], happened_on: date
) -> Decided:
    whose = persons_of(fund_id=actor.fund_id, entries={event.member_id for event in known} | set(ids))
    if {(whose[e.member_id], e.kind, e.happened_on) for e in known} != {
            (whose.get(i), kind, happened_on) for i in ids}:
        raise DecisionRefused(Refusal(code="members.same_id_other_decision", about="deed"))
    return Decided(members=len(ids), was_already_recorded=True)


def _refusals(
    actor: Actor, kind: Happening, stood: Mapping[int, StandsOn], ids: Collection[int], happened_on: date, today: date
) -> list[Refusal]:
    """Why it cannot happen to each of them, and why not to nobody at all."""
    if kind not in DECIDED_BY_THE_COMMITTEE:
        return [Refusal(code="members.not_for_the_committee", about=kind)]
    if not ids:
        return [Refusal(code="members.nobody_chosen", about="members")]
    cards = member_cards(fund_id=actor.fund_id, member_ids=ids)
    last = last_happenings(fund_id=actor.fund_id, member_ids=ids)
    found = [refusal for i in ids for refusal in refusals_to_happen(
        kind=kind, about=str(i), happened_on=happened_on, today=today,
        stands=Stands(name=cards[i].full_name, status=stood[i].status, last_on=last.get(i)) if i in cards else None)]
    return list({(r.code, r.about): r for r in found}.values())


def refusals_of_resolution(*, actor: Actor, new: NewResolution, today: date) -> list[Refusal]:
    """Every reason not to write down this meeting, by the offices of its day and what is known of it already."""
    row = Resolution.objects.filter(
        fund_id=actor.fund_id, committee_no=new.committee_no, meeting_no=new.meeting_no).first()
    known = None if row is None else NewResolution(
        committee_no=row.committee_no, meeting_no=row.meeting_no, met_on=row.met_on, signed_by=row.signed_by_id)
    return refusals_to_resolve(
        new=new, known=known, holdings=fund_queries.holdings(fund_id=actor.fund_id),
        names=fund_queries.person_names(fund_id=actor.fund_id), today=today)


@inside_use_case
def write_resolution(*, actor: Actor, new: NewResolution, recorded_at: datetime) -> UUID:
    """The meeting, written once however many decisions it took. Gives its id."""
    row, _ = Resolution.objects.get_or_create(
        fund_id=actor.fund_id, committee_no=new.committee_no, meeting_no=new.meeting_no, defaults={
            "id": uuid5(new.signed_by, f"{actor.fund_id}/{new.committee_no}/{new.meeting_no}"), "met_on": new.met_on,
            "signed_by_id": new.signed_by, "recorded_by": actor.user_id, "recorded_at": recorded_at})
    return row.id
