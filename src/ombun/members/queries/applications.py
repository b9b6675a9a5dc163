"""Applications for membership: who asks, who certified, what the committee resolved."""
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.models import Application
from ombun.members.rules import kept_values
from ombun.members.rules.membership import NewMember
from ombun.members.states import ApplicationState

PAPERS_MAX = 500
_OF_THE_PERSON = [name for name in NewMember.__dataclass_fields__
                  if name not in ("member_no", "joined_on", "centre_id", "left_on", "left_reason")]
_PAPERS = """
SELECT a.id, a.application_no, a.applied_on, a.state, a.centre_id, v.moo, a.person, a.member_id, m.member_no,
  a.certified_on, ARRAY(SELECT p.name FROM members_certification c
    JOIN funds_person p ON p.fund_id = c.fund_id AND p.id = c.person_id
    WHERE c.fund_id = a.fund_id AND c.application_id = a.id ORDER BY p.name),
  r.committee_no, r.meeting_no, r.met_on, p.name, a.clause, a.turned_down_because, s.joined_on
FROM members_application a
JOIN funds_villagecentre v ON v.fund_id = a.fund_id AND v.id = a.centre_id
LEFT JOIN members_member m ON m.fund_id = a.fund_id AND m.id = a.member_id
LEFT JOIN members_membership s ON s.fund_id = a.fund_id AND s.id = a.membership_id
LEFT JOIN members_resolution r ON r.fund_id = a.fund_id AND r.id = a.resolution_id
LEFT JOIN funds_person p ON p.fund_id = r.fund_id AND p.id = r.signed_by_id
WHERE a.fund_id = %(fund_id)s"""


@dataclass(frozen=True, kw_only=True)
class ApplicationCard:
    """One application with everything that belongs to it. `person` has no member number and no day of joining yet."""

    id: UUID
    application_no: int
    applied_on: date
    state: ApplicationState
    moo: int
    person: NewMember
    member_id: int | None
    member_no: str
    certified_on: date | None
    certifiers: tuple[str, ...]
    committee_no: int | None
    meeting_no: int | None
    met_on: date | None
    signed_by: str | None
    clause: str
    turned_down_because: str
    joined_on: date | None

    @property
    def full_name(self) -> str:
        """The applicant's name in one line; the number of the paper where it was erased."""
        name = f"{self.person.name_title}{self.person.first_name} {self.person.last_name}".strip()
        return name or f"({self.application_no})"


def kept_person(*, new: NewMember) -> dict[str, object]:
    """Who applies, as an application keeps it."""
    return {name: kept_values.kept(value=getattr(new, name)) for name in _OF_THE_PERSON}


def person_of(*, kept: Mapping[str, object], centre_id: UUID) -> NewMember:
    """Who applies, read back. What was erased is empty."""
    known = {name: kept_values.restored(name=name, value=kept[name]) for name in _OF_THE_PERSON if name in kept}
    return NewMember(**{"member_no": "", "name_title": "", "first_name": "", "last_name": "", "joined_on": None,
                        "centre_id": centre_id, **known})  # type: ignore[arg-type]


def application(*, fund_id: int, application_id: UUID) -> ApplicationCard | None:
    """One application of this fund, or None."""
    found = _cards("AND a.id = %(id)s", fund_id=fund_id, id=application_id)
    return found[0] if found else None


def applications(*, fund_id: int, states: Collection[ApplicationState]) -> tuple[ApplicationCard, ...]:
    """Applications in these states: those that wait the longest first, at most 500."""
    return _cards("AND a.state = ANY(%(states)s) ORDER BY a.application_no LIMIT %(most)s", fund_id=fund_id,
                  states=[state.value for state in states], most=PAPERS_MAX)


def newest_applications(*, fund_id: int, page: int = 1) -> tuple[ApplicationCard, ...]:
    """All applications, the newest first, a page of 100."""
    return _cards("ORDER BY a.application_no DESC LIMIT 100 OFFSET %(offset)s",
                  fund_id=fund_id, offset=100 * (page - 1))


def open_national_ids(*, fund_id: int, states: Collection[ApplicationState]) -> frozenset[str]:
    """The national IDs of applications that wait."""
    rows = Application.objects.filter(fund_id=fund_id, state__in=list(states)).values_list("person", flat=True)
    return frozenset(str(person["national_id"]) for person in rows if person.get("national_id"))


def _cards(where: str, **facts: Any) -> tuple[ApplicationCard, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_PAPERS} {where}", facts)
        return tuple(_card(row) for row in cursor.fetchall())


def _card(row: tuple[Any, ...]) -> ApplicationCard:
    person = json.loads(row[6]) if isinstance(row[6], str) else row[6]
    return ApplicationCard(
        id=row[0], application_no=row[1], applied_on=row[2], state=ApplicationState(row[3]), moo=row[5],
        person=person_of(kept=person, centre_id=row[4]), member_id=row[7], member_no=row[8] or "", certified_on=row[9],
        certifiers=tuple(row[10]), committee_no=row[11], meeting_no=row[12], met_on=row[13], signed_by=row[14],
        clause=row[15], turned_down_because=row[16], joined_on=row[17])
