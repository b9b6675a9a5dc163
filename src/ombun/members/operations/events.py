"""What happened to memberships is added to their history, many at once; every verb of the register stands on it."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from ombun.members.models import Membership, MembershipEvent
from ombun.members.rules import life
from ombun.members.rules.life import Event, Spell
from ombun.members.rules.membership import LeftReason
from ombun.members.states import Happening
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """A happening to be written down, with why and by which resolution where somebody decided it."""

    member_id: int
    membership_id: UUID
    kind: Happening
    happened_on: date | None
    strikes_id: int | None = None
    reason: str = ""
    resolution_id: UUID | None = None
    clause: str = ""
    deed_id: UUID | None = None


_COLUMNS = {"member_id": "int", "membership_id": "uuid", "kind": "text", "happened_on": "date", "strikes_id": "bigint",
            "reason": "text", "resolution_id": "uuid", "clause": "text", "deed_id": "uuid"}
_ADD = f"""INSERT INTO members_membershipevent ({", ".join(_COLUMNS)}, fund_id, recorded_by, recorded_at)
SELECT e.*, %(fund_id)s, %(recorded_by)s, %(recorded_at)s
FROM unnest({", ".join(f"%({name})s::{kind}[]" for name, kind in _COLUMNS.items())}) AS e"""


@inside_use_case
def write_events(*, actor: Actor, events: Sequence[NewEvent], recorded_at: datetime) -> None:
    """Add happenings to the history, one statement whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"fund_id": actor.fund_id, "recorded_by": actor.user_id, "recorded_at": recorded_at,
                              **{name: [getattr(event, name) for event in events] for name in _COLUMNS}})


def first_events(
    *, spell: Membership, pauses: Iterable[tuple[Happening, date]] = (), resolution_id: UUID | None = None,
    clause: str = ""
) -> list[NewEvent]:
    """What a spell says when it is written for the first time: joined (by a resolution), paused, perhaps gone."""
    found = [NewEvent(member_id=spell.member_id, membership_id=spell.id, kind=Happening.JOINED,
                      happened_on=spell.joined_on, resolution_id=resolution_id, clause=clause)]
    found += [NewEvent(member_id=spell.member_id, membership_id=spell.id, kind=kind, happened_on=day)
              for kind, day in pauses]
    if spell.left_reason is not None:
        found.append(NewEvent(member_id=spell.member_id, membership_id=spell.id,
                              kind=Happening(spell.left_reason), happened_on=spell.left_on))
    return found


def days_of(*, spell: Membership) -> Spell:
    """The days of a spell as the rules want them."""
    return Spell(joined_on=spell.joined_on, left_on=spell.left_on,
                 left_reason=LeftReason(spell.left_reason) if spell.left_reason else None)


@inside_use_case
def rewrite_events(
    *, actor: Actor, changed: Iterable[tuple[Membership, Spell]], reason: str = "", recorded_at: datetime
) -> None:
    """Let the history of spells say their new days (spell as it is written now, days as they were): two statements."""
    spells = {spell.id: (spell, old) for spell, old in changed if days_of(spell=spell) != old}
    if not spells:
        return
    events: dict[UUID, list[Event]] = {i: [] for i in spells}
    for row in MembershipEvent.objects.filter(fund_id=actor.fund_id, membership_id__in=list(spells)):
        events[row.membership_id].append(Event(
            id=row.id, membership_id=row.membership_id, kind=Happening(row.kind), happened_on=row.happened_on,
            strikes_id=row.strikes_id))
    write_events(actor=actor, recorded_at=recorded_at, events=[
        NewEvent(member_id=spell.member_id, membership_id=i, kind=change.kind, happened_on=change.happened_on,
                 strikes_id=change.strikes_id, reason=reason)
        for i, (spell, old) in spells.items()
        for change in life.rewritten(old=old, new=days_of(spell=spell), events=events[i])])
