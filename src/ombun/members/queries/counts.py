"""How many members there are: the three official counts, and how many in each village."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The three official counts. Source: definitions printed on CODI Form 1."""

    members_ever: int
    members_current: int
    full_year_members: int


_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE is_current), count(*) FILTER (WHERE is_current AND is_full_year)
FROM (SELECT m.id,
    bool_or(s.left_reason IS NULL OR s.left_on > %(on)s) AS is_current,
    bool_or((s.left_reason IS NULL OR s.left_on > %(on)s)
    AND s.joined_on <= (%(on)s::date - interval '1 year')::date) AS is_full_year
  FROM members_member m JOIN members_membership s ON s.fund_id = m.fund_id AND s.member_id = m.id
  WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND s.joined_on <= %(on)s
  GROUP BY m.id) AS each_member
"""


def counts(*, fund_id: int, on: date) -> Counts:
    """Ever joined, current, and current for a full year, on a day. Whose joining day is unknown waits outside."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"fund_id": fund_id, "on": on})
        ever, current, full_year = cursor.fetchone()
    return Counts(members_ever=ever, members_current=current, full_year_members=full_year)


def members_by_centre(*, fund_id: int, on: date) -> dict[UUID, int]:
    """How many current members each village centre has on a day."""
    sql = """SELECT m.centre_id, count(DISTINCT m.id) FROM members_member m
      JOIN members_membership s ON s.fund_id = m.fund_id AND s.member_id = m.id
      WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND m.centre_id IS NOT NULL
        AND (s.joined_on IS NULL OR s.joined_on <= %(on)s) AND (s.left_reason IS NULL OR s.left_on > %(on)s)
      GROUP BY m.centre_id"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"fund_id": fund_id, "on": on})
        return dict(cursor.fetchall())
