"""Which office a desk stands on, and whose desk it is. Pure: no database, no clock."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.primitives.actors import Role

# A desk is for whoever was elected to its work. The vice-chair sits in for the chair; where nobody was elected for the
# register the secretary keeps it; at a village centre its members collect too. Members and the province hold no office.
OFFICES_OF: dict[Role, frozenset[Office]] = {
    Role.TREASURER: frozenset({Office.TREASURER}), Role.CHAIR: frozenset({Office.CHAIR, Office.VICE_CHAIR}),
    Role.SECRETARY: frozenset({Office.SECRETARY}), Role.REGISTRAR: frozenset({Office.REGISTRAR, Office.SECRETARY}),
    Role.COLLECTOR: frozenset({Office.COLLECTOR, Office.CENTRE_MEMBER}), Role.AUDITOR: frozenset({Office.AUDITOR})}


@dataclass(frozen=True, kw_only=True)
class NewDesk:
    """A desk to be given: its role, whose it is, a collector's village, the member of a member's own page."""

    role: Role
    person_id: UUID | None = None
    centre_id: UUID | None = None
    member_id: int | None = None


def stands_on_an_office(*, desk: NewDesk, holdings: Collection[Holding], on: date) -> bool:
    """Whether somebody may sit at this desk on a day: a desk ends with the office that it stands on.

    A collector's office is one of the desk's own village. The desks of members and of the province stand by themselves.
    """
    if desk.role not in OFFICES_OF:
        return True
    return desk.person_id is not None and holds(
        holdings=holdings, person_id=desk.person_id, offices=OFFICES_OF[desk.role], on=on,
        centre_id=desk.centre_id if desk.role == Role.COLLECTOR else None)


def is_of_the_same_human(*, desk: NewDesk, had: Collection[NewDesk], member_of: Mapping[UUID, int | None]) -> bool:
    """Whether a new desk is for the human whose login has these desks already: the same person, or the same member.

    `member_of`: the member that each person of the fund is, None where nobody has said.
    """
    persons = {one.person_id for one in had if one.person_id is not None}
    members = {one.member_id for one in had} | {member_of.get(person) for person in persons}
    if desk.person_id is None:
        return desk.member_id is not None and desk.member_id in members
    if persons:
        return desk.person_id in persons
    behind = member_of.get(desk.person_id)
    return behind is not None and behind in members
