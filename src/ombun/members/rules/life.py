"""What happened to a membership, folded into where somebody stands on any day. Pure: no database, no clock."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ombun.members.rules.membership import LeftReason, NewMember
from ombun.members.states import LEADS_TO, LEAVING, PAUSING, Happening, MemberStatus
from ombun.primitives.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Event:
    """One happening of one spell of membership. An unknown day is empty."""

    id: int
    membership_id: UUID
    kind: Happening
    happened_on: date | None
    strikes_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One spell of membership, [joined_on, left_on)."""

    joined_on: date | None
    left_on: date | None = None
    left_reason: LeftReason | None = None

    def is_over_on(self, day: date) -> bool:
        """Whether the person had left by a day; who left on an unknown day had."""
        return self.left_reason is not None and (self.left_on is None or self.left_on <= day)


Told = tuple[Happening, date | None]
"""Something that happened, and when, as somebody tells it; an unknown day is empty."""


@dataclass(frozen=True, kw_only=True)
class ToldSpell(Spell):
    """A spell of membership with its pauses in order."""

    pauses: tuple[tuple[Happening, date], ...] = ()


def told_spells(*, life: Sequence[Told]) -> tuple[ToldSpell, ...] | None:
    """The spells that a life makes, told in order; None where it begins in the middle, one thing cannot follow the
    other, or the days do not tell two spells apart."""
    found: list[ToldSpell] = []
    status, last = MemberStatus.NOT_YET, date.min
    for kind, day in life:
        has_to_say = kind in PAUSING or (kind is Happening.JOINED and bool(found))
        if kind not in LEADS_TO[status] or (day is None and has_to_say) or (day is not None and day < last):
            return None
        if kind is Happening.JOINED:
            if found and found[-1].left_on is None:
                return None
            found.append(ToldSpell(joined_on=day))
        elif kind in LEAVING:
            found[-1] = replace(found[-1], left_on=day, left_reason=LeftReason(kind))
        elif day is not None:
            found[-1] = replace(found[-1], pauses=(*found[-1].pauses, (kind, day)))
        status, last = LEADS_TO[status][kind], day or last
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ToldMember(NewMember):
    """A person as old books tell of them; `life` is all that happened in order, where there was more than one spell."""

    life: tuple[Told, ...] = ()

    @property
    def spells(self) -> tuple[ToldSpell, ...]:
        """Every spell of membership, the last one as the other fields have it."""
        last = ToldSpell(joined_on=self.joined_on, left_on=self.left_on, left_reason=self.left_reason)
        return told_spells(life=self.life) or (last,)


def standing(*, events: Collection[Event]) -> tuple[Event, ...]:
    """The happenings that hold: those that were taken back are left out, and so is the taking back."""
    struck = {event.strikes_id for event in events}
    return tuple(e for e in events if e.kind != Happening.TAKEN_BACK and e.id not in struck)


def spells(*, events: Collection[Event]) -> dict[UUID, Spell]:
    """The spells of membership that the happenings make."""
    hold = standing(events=events)
    left = {e.membership_id: e for e in hold if e.kind in LEAVING}
    return {e.membership_id: Spell(
        joined_on=e.happened_on,
        left_on=left[e.membership_id].happened_on if e.membership_id in left else None,
        left_reason=LeftReason(left[e.membership_id].kind) if e.membership_id in left else None)
        for e in hold if e.kind == Happening.JOINED}


def status_on(*, events: Collection[Event], day: date) -> MemberStatus:
    """Where somebody stood with the fund on a day, by everything that is written down of them.

    Whose joining day is unknown counts as begun, whose leaving day is unknown as gone; a suspended member is still a
    member. Of several spells under entries that were merged one that goes on counts. The same question of many members
    at once is `queries.statuses`.
    """
    begun = [(not spell.is_over_on(day), spell.joined_on or date.min, spell.left_reason is None, str(i), i, spell)
             for i, spell in spells(events=events).items() if spell.joined_on is None or spell.joined_on <= day]
    if not begun:
        return MemberStatus.NOT_YET
    *_, latest, spell = max(begun)[:6]
    if spell.left_reason is not None and spell.is_over_on(day):
        return MemberStatus(spell.left_reason)
    pauses = [(e.happened_on, e.id, e.kind) for e in standing(events=events)
              if e.membership_id == latest and e.kind in PAUSING and e.happened_on and e.happened_on <= day]
    return MemberStatus.SUSPENDED if pauses and max(pauses)[2] == Happening.SUSPENDED else MemberStatus.ACTIVE


@dataclass(frozen=True, kw_only=True)
class Change:
    """A happening to be added; with `strikes_id` it takes an earlier one back."""

    kind: Happening
    happened_on: date | None
    strikes_id: int | None = None


def rewritten(*, old: Spell, new: Spell, events: Sequence[Event]) -> list[Change]:
    """What has to be added so that the happenings of a spell say its new days: strike what was, write what is."""
    hold = standing(events=events)
    found: list[Change] = []

    def strike(kinds: Collection[Happening]) -> None:
        found.extend(Change(kind=Happening.TAKEN_BACK, happened_on=e.happened_on, strikes_id=e.id)
                     for e in hold if e.kind in kinds)

    if old.joined_on != new.joined_on:
        strike([Happening.JOINED])
        found.append(Change(kind=Happening.JOINED, happened_on=new.joined_on))
    if (old.left_on, old.left_reason) != (new.left_on, new.left_reason):
        strike(LEAVING)
        if new.left_reason is not None:
            found.append(Change(kind=Happening(new.left_reason), happened_on=new.left_on))
    return found


@dataclass(frozen=True, kw_only=True)
class Stands:
    """Where a member stands now, under which name, and when the last thing happened."""

    name: str
    status: MemberStatus
    last_on: date | None


def refusals_to_happen(
    *, kind: Happening, stands: Stands | None, about: str, happened_on: date, today: date
) -> list[Refusal]:
    """Every reason why this cannot happen to a member on this day. `stands` is None for nobody of this register."""
    if stands is None:
        return [Refusal(code="members.unknown_member", about=about)]
    found = []
    if kind not in LEADS_TO[stands.status]:
        found.append(Refusal(
            code="members.already_suspended" if stands.status == MemberStatus.SUSPENDED
            else "members.not_suspended" if stands.status == MemberStatus.ACTIVE else "members.not_a_member_now",
            about=about, facts={"member": stands.name}))
    if stands.last_on is not None and happened_on < stands.last_on:
        found.append(Refusal(code="members.before_the_last_event", about=about, facts={
            "member": stands.name, "day": happened_on, "last_on": stands.last_on}))
    if happened_on > today:
        found.append(Refusal(code="members.future_date", about="happened_on", facts={"day": happened_on}))
    return found
