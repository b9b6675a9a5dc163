"""The life of a membership as its page tells it: what happened, when, why, and which meeting decided."""
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ombun.members.queries import EventCard
from ombun.members.rules.life import standing
from ombun.members.states import Happening
from ombun.web.registrar.words import HAPPENINGS, JOINED_AGAIN


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of the timeline: its name, its picture, and the event."""

    title: str | Promise
    icon: str
    event: EventCard


def timeline(*, events: Sequence[EventCard]) -> list[Moment]:
    """What holds of a membership, in the order of the days; what was taken back is left to the audit trail."""
    hold = {event.id for event in standing(events=events)}
    told: list[Moment] = []
    for event in events:
        if event.id in hold:
            title, icon = HAPPENINGS[event.kind]
            is_again = event.kind == Happening.JOINED and any(one.event.kind == Happening.JOINED for one in told)
            told.append(Moment(title=JOINED_AGAIN if is_again else title, icon=icon, event=event))
    return told
