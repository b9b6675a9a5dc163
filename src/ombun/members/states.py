"""The life of an application and of a membership, as tables."""
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ApplicationState(StrEnum):
    """Where an application for membership stands."""

    APPLIED = "APPLIED"
    CERTIFIED = "CERTIFIED"
    ADMITTED = "ADMITTED"
    TURNED_DOWN = "TURNED_DOWN"


APPLICATION_NEXT: Mapping[ApplicationState, frozenset[ApplicationState]] = MappingProxyType({
    ApplicationState.APPLIED: frozenset({ApplicationState.CERTIFIED, ApplicationState.TURNED_DOWN}),
    ApplicationState.CERTIFIED: frozenset({ApplicationState.ADMITTED, ApplicationState.TURNED_DOWN}),
    ApplicationState.ADMITTED: frozenset(),
    ApplicationState.TURNED_DOWN: frozenset(),
})
WAITING = frozenset(state for state, following in APPLICATION_NEXT.items() if following)


class MemberStatus(StrEnum):
    """Where somebody stands with the fund on a day. The words for having left are those of `LeftReason`."""

    NOT_YET = "NOT_YET"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    RESIGNED = "RESIGNED"
    MOVED = "MOVED"
    LAPSED = "LAPSED"
    EXPELLED = "EXPELLED"
    DECEASED = "DECEASED"


class Happening(StrEnum):
    """What can happen to a membership. TAKEN_BACK strikes out an earlier happening that was written by mistake."""

    JOINED = "JOINED"
    SUSPENDED = "SUSPENDED"
    REINSTATED = "REINSTATED"
    RESIGNED = "RESIGNED"
    MOVED = "MOVED"
    LAPSED = "LAPSED"
    EXPELLED = "EXPELLED"
    DECEASED = "DECEASED"
    TAKEN_BACK = "TAKEN_BACK"


_LEAVING = {Happening.RESIGNED: MemberStatus.RESIGNED, Happening.MOVED: MemberStatus.MOVED,
            Happening.LAPSED: MemberStatus.LAPSED, Happening.EXPELLED: MemberStatus.EXPELLED,
            Happening.DECEASED: MemberStatus.DECEASED}
_BACK_AGAIN = {Happening.JOINED: MemberStatus.ACTIVE}

LEADS_TO: Mapping[MemberStatus, Mapping[Happening, MemberStatus]] = MappingProxyType({
    MemberStatus.NOT_YET: _BACK_AGAIN,
    MemberStatus.ACTIVE: {Happening.SUSPENDED: MemberStatus.SUSPENDED, **_LEAVING},
    MemberStatus.SUSPENDED: {Happening.REINSTATED: MemberStatus.ACTIVE, **_LEAVING},
    MemberStatus.RESIGNED: _BACK_AGAIN,
    MemberStatus.MOVED: _BACK_AGAIN,
    MemberStatus.LAPSED: _BACK_AGAIN,
    MemberStatus.EXPELLED: _BACK_AGAIN,
    MemberStatus.DECEASED: {},
})
"""What may happen next, and where it leads. Whoever joins again begins a new spell of membership."""

LEAVING = frozenset(_LEAVING)
PAUSING = frozenset({Happening.SUSPENDED, Happening.REINSTATED})
DECIDED_BY_THE_COMMITTEE = (Happening.SUSPENDED, Happening.REINSTATED, Happening.LAPSED, Happening.EXPELLED)
