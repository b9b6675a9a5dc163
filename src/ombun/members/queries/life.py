"""What happened to members, and where they stood on any day."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from ombun.members.rules.life import Event
from ombun.members.states import Happening, MemberStatus

_STATUSES = """
SELECT m.id, CASE WHEN s.id IS NULL THEN 'NOT_YET'
  WHEN s.left_reason IS NOT NULL AND (s.left_on IS NULL OR s.left_on <= %(on)s) THEN s.left_reason
  WHEN p.kind = 'SUSPENDED' THEN 'SUSPENDED' ELSE 'ACTIVE' END, s.id
FROM members_member m
LEFT JOIN LATERAL (
  SELECT id, left_on, left_reason FROM members_membership s
  WHERE s.fund_id = m.fund_id AND (s.joined_on IS NULL OR s.joined_on <= %(on)s) AND s.member_id = ANY(ARRAY(
    SELECT m.id UNION ALL SELECT e.id FROM members_member e WHERE e.fund_id = m.fund_id AND e.merged_into = m.id))
  ORDER BY s.left_reason IS NULL OR coalesce(s.left_on > %(on)s, false) DESC, s.joined_on DESC NULLS LAST,
    s.left_reason IS NULL DESC, s.id::text DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (
  SELECT kind FROM members_membershipevent e
  WHERE e.fund_id = m.fund_id AND e.membership_id = s.id AND e.kind IN ('SUSPENDED', 'REINSTATED')
    AND e.happened_on <= %(on)s AND NOT EXISTS (
      SELECT 1 FROM members_membershipevent x WHERE x.fund_id = e.fund_id AND x.strikes_id = e.id)
  ORDER BY e.happened_on DESC, e.id DESC LIMIT 1) p ON true
WHERE m.fund_id = %(fund_id)s AND m.id = ANY(%(ids)s) AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
"""


@dataclass(frozen=True, kw_only=True)
class StandsOn:
    """Where a member stood on a day, and in which spell of membership."""

    status: MemberStatus
    membership_id: UUID | None


def statuses(*, fund_id: int, member_ids: Collection[int], on: date) -> dict[int, StandsOn]:
    """Where members stood with the fund on a day, past days too; one statement. The same as `rules.life.status_on`."""
    with connection.cursor() as cursor:
        cursor.execute(_STATUSES, {"fund_id": fund_id, "ids": list(member_ids), "on": on})
        return {i: StandsOn(status=MemberStatus(status), membership_id=spell) for i, status, spell in cursor.fetchall()}


_LAST = """
SELECT coalesce(m.merged_into, m.id), max(e.happened_on) FROM members_membershipevent e
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = e.member_id
WHERE e.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))
  AND e.kind <> 'TAKEN_BACK' AND NOT EXISTS (
  SELECT 1 FROM members_membershipevent x WHERE x.fund_id = e.fund_id AND x.strikes_id = e.id)
GROUP BY 1"""


def last_happenings(*, fund_id: int, member_ids: Collection[int]) -> dict[int, date | None]:
    """The last day on which anything happened to these memberships, of what was not taken back."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"fund_id": fund_id, "ids": list(member_ids)})
        return dict(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class EventCard(Event):
    """One happening as the member's page tells it: why, which meeting decided under whose name, under which entry."""

    reason: str
    clause: str
    committee_no: int | None
    meeting_no: int | None
    met_on: date | None
    signed_by: str | None
    recorded_at: datetime
    under_no: str  # the number of an entry that was merged since; empty under the person's own


_LIFE = """
SELECT e.id, e.membership_id, e.kind, e.happened_on, e.strikes_id, e.reason, e.clause, r.committee_no, r.meeting_no,
  r.met_on, p.name, e.recorded_at, CASE WHEN m.merged_into IS NULL THEN '' ELSE coalesce(m.member_no, '–') END
FROM members_membershipevent e
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = e.member_id
LEFT JOIN members_resolution r ON r.fund_id = e.fund_id AND r.id = e.resolution_id
LEFT JOIN funds_person p ON p.fund_id = r.fund_id AND p.id = r.signed_by_id
WHERE e.fund_id = %(fund_id)s AND (m.id = %(member_id)s OR m.merged_into = %(member_id)s)
ORDER BY e.happened_on NULLS FIRST, e.id"""


def life(*, fund_id: int, member_id: int) -> tuple[EventCard, ...]:
    """Everything that was written down of a membership, in the order of the days; taken back or not."""
    names = list(EventCard.__dataclass_fields__)
    with connection.cursor() as cursor:
        cursor.execute(_LIFE, {"fund_id": fund_id, "member_id": member_id})
        return tuple(EventCard(**dict(zip(names, row, strict=True)) | {"kind": Happening(row[2])})
                     for row in cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class MeetingCard:
    """The last meeting that decided about members, and under which clause."""

    committee_no: int
    meeting_no: int
    met_on: date
    clause: str


_LAST_MEETING = """
SELECT r.committee_no, r.meeting_no, r.met_on, coalesce((SELECT e.clause FROM members_membershipevent e
  WHERE e.fund_id = r.fund_id AND e.resolution_id = r.id ORDER BY e.id DESC LIMIT 1), '')
FROM members_resolution r WHERE r.fund_id = %(fund_id)s ORDER BY r.met_on DESC, r.recorded_at DESC LIMIT 1"""


def last_meeting(*, fund_id: int) -> MeetingCard | None:
    """The last meeting that was written down, or None."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_MEETING, {"fund_id": fund_id})
        row = cursor.fetchone()
    return None if row is None else MeetingCard(committee_no=row[0], meeting_no=row[1], met_on=row[2], clause=row[3])
