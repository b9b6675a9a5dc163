"""The life of a membership as its page tells it: what happened, when, why, and which meeting decided."""
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from ombun.members.queries import EventCard
from ombun.members.rules.life import standing
from ombun.members.states import LEAVING, Happening
from ombun.web.registrar.words import HAPPENINGS, JOINED_AGAIN


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of the timeline: its name, its picture, and the event."""

    title: str | Promise
    icon: str
    event: EventCard


def timeline(*, events: Sequence[EventCard]) -> list[Moment]:
    """What holds of a membership, in the order of the days; what was taken back is left to the audit trail.

    What happened to a person under several entries at once is told once. Who joins under another entry while a spell
    goes on does not come back.
    """
    hold = {event.id for event in standing(events=events)}
    told: dict[tuple[object, ...], Moment] = {}
    going_on: set[UUID] = set()
    for event in (one for one in events if one.id in hold):
        title, icon = HAPPENINGS[event.kind]
        is_again = event.kind == Happening.JOINED and bool(told) and not going_on
        if event.kind == Happening.JOINED:
            going_on.add(event.membership_id)
            same: tuple[object, ...] = (event.id,)
        else:
            same = (event.kind, event.happened_on, event.recorded_at)
        if event.kind in LEAVING:
            going_on.discard(event.membership_id)
        told.setdefault(same, Moment(title=JOINED_AGAIN if is_again else title, icon=icon, event=event))
    return list(told.values())
