"""Households of a village: who lives together, who did, and who could be one household by their house number."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.rules.membership import LeftReason


@dataclass(frozen=True, kw_only=True)
class HouseholdCard:
    """One household as lists show it: where, who heads it, which members of the fund live there, the eldest first."""

    id: UUID
    centre_id: UUID
    moo: int
    village: str
    house_no: str
    head_id: int | None
    names: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many live there."""
        return len(self.names)


_HOUSEHOLDS = """
SELECT h.id, h.centre_id, v.moo, v.name, h.house_no, coalesce(e.merged_into, e.id), ARRAY(
  SELECT p.full_name FROM members_member p WHERE p.fund_id = h.fund_id AND p.id IN (
    SELECT coalesce(m.merged_into, m.id) FROM members_residence r
    JOIN members_member m ON m.fund_id = r.fund_id AND m.id = r.member_id AND m.withdrawn_by IS NULL
    WHERE r.fund_id = h.fund_id AND r.household_id = h.id AND r.until_on IS NULL)
  ORDER BY p.born_on NULLS LAST, p.id)
FROM members_household h
JOIN funds_villagecentre v ON v.fund_id = h.fund_id AND v.id = h.centre_id
LEFT JOIN members_member e ON e.fund_id = h.fund_id AND e.id = h.head_id
WHERE h.fund_id = %(fund_id)s"""
_BY_NUMBER = "ORDER BY v.moo, substring(h.house_no FROM '^[0-9]+')::numeric NULLS LAST, h.house_no, h.id"


def household(*, fund_id: int, household_id: UUID) -> HouseholdCard | None:
    """One household of this fund, or None."""
    found = _cards("AND h.id = %(id)s", fund_id=fund_id, id=household_id)
    return found[0] if found else None


def households(*, fund_id: int, centre_id: UUID) -> tuple[HouseholdCard, ...]:
    """The households of a village by house number; one statement."""
    return _cards(f"AND h.centre_id = %(centre_id)s {_BY_NUMBER}", fund_id=fund_id, centre_id=centre_id)


def households_by_centre(*, fund_id: int) -> dict[UUID, int]:
    """How many households each village centre has."""
    return dict(_rows("""SELECT centre_id, count(*) FROM members_household
      WHERE fund_id = %(fund_id)s GROUP BY centre_id""", fund_id=fund_id))


_HOUSEMATES = """
WITH home AS (
  SELECT DISTINCT r.household_id, coalesce(m.merged_into, m.id) AS person FROM members_residence r
  JOIN members_member m ON m.fund_id = r.fund_id AND m.id = r.member_id AND m.withdrawn_by IS NULL
  WHERE r.fund_id = %(fund_id)s AND r.until_on IS NULL)
SELECT mine.person, array_agg(DISTINCT other.person) FROM home mine JOIN home other USING (household_id)
WHERE mine.person = ANY(%(ids)s) GROUP BY mine.person"""


def housemates(*, fund_id: int, member_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Who lives under one roof with each of these members today, themselves included; nobody where the register does
    not say. One statement."""
    return {person: frozenset(others) for person, others in _rows(
        _HOUSEMATES, fund_id=fund_id, ids=list(member_ids))}


def household_of(*, fund_id: int, member_id: int) -> HouseholdCard | None:
    """Where somebody lives today, or None."""
    found = _cards("""AND h.id IN (SELECT r.household_id FROM members_residence r
      JOIN members_member m ON m.fund_id = r.fund_id AND m.id = r.member_id
      WHERE r.fund_id = h.fund_id AND r.until_on IS NULL
        AND (m.id = %(member_id)s OR m.merged_into = %(member_id)s))""", fund_id=fund_id, member_id=member_id)
    return found[0] if found else None


def _cards(where: str, **facts: Any) -> tuple[HouseholdCard, ...]:
    names = list(HouseholdCard.__dataclass_fields__)
    return tuple(HouseholdCard(**dict(zip(names, (*row[:-1], tuple(row[-1])), strict=True)))
                 for row in _rows(f"{_HOUSEHOLDS} {where}", **facts))


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class ResidentCard:
    """Somebody who lives or lived in a household, and why they are no member any more where they are not."""

    id: UUID
    member_id: int
    member_no: str
    full_name: str
    from_on: date | None
    until_on: date | None
    left_reason: LeftReason | None


_RESIDENTS = """
SELECT r.id, p.id, coalesce(p.member_no, '–'), p.full_name, r.from_on, r.until_on, (
  SELECT CASE WHEN bool_and(s.left_reason IS NOT NULL) THEN (array_agg(s.left_reason ORDER BY s.joined_on DESC))[1] END
  FROM members_membership s WHERE s.fund_id = r.fund_id AND s.member_id IN (m.id, p.id))
FROM members_residence r
JOIN members_member m ON m.fund_id = r.fund_id AND m.id = r.member_id AND m.withdrawn_by IS NULL
JOIN members_member p ON p.fund_id = r.fund_id AND p.id = coalesce(m.merged_into, m.id)
WHERE r.fund_id = %(fund_id)s AND r.household_id = %(household_id)s
  AND (r.until_on IS NULL OR r.from_on IS NULL OR r.until_on > r.from_on)
ORDER BY r.until_on DESC NULLS FIRST, p.born_on NULLS LAST, p.name_key, r.id"""


def residents(*, fund_id: int, household_id: UUID) -> tuple[ResidentCard, ...]:
    """Who lives in a household, the eldest first, and then who lived there; a mistake is left out. One statement."""
    names = list(ResidentCard.__dataclass_fields__)
    found = [dict(zip(names, row, strict=True)) for row in _rows(
        _RESIDENTS, fund_id=fund_id, household_id=household_id)]
    return tuple(ResidentCard(**row | {
        "left_reason": LeftReason(row["left_reason"]) if row["left_reason"] else None}) for row in found)


@dataclass(frozen=True, kw_only=True)
class HouseSuggestion:
    """Members of a village with one house number who live in no household yet."""

    house_no: str
    member_ids: tuple[int, ...]
    names: tuple[str, ...]


_SUGGESTED = """
SELECT m.house_no, array_agg(m.id ORDER BY m.born_on NULLS LAST, m.id),
  array_agg(m.full_name ORDER BY m.born_on NULLS LAST, m.id)
FROM members_member m
WHERE m.fund_id = %(fund_id)s AND m.centre_id = %(centre_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
  AND m.house_no <> '' AND (%(house_nos)s::text[] IS NULL OR m.house_no = ANY(%(house_nos)s))
  AND EXISTS (SELECT 1 FROM members_membership s
    WHERE s.fund_id = m.fund_id AND s.left_reason IS NULL AND s.member_id = ANY(ARRAY(
      SELECT m.id UNION ALL SELECT e.id FROM members_member e WHERE e.fund_id = m.fund_id AND e.merged_into = m.id)))
  AND NOT EXISTS (SELECT 1 FROM members_residence r
    JOIN members_member e ON e.fund_id = r.fund_id AND e.id = r.member_id
    WHERE r.fund_id = m.fund_id AND (e.id = m.id OR e.merged_into = m.id) AND r.until_on IS NULL)
GROUP BY m.house_no ORDER BY substring(m.house_no FROM '^[0-9]+')::numeric NULLS LAST, m.house_no"""


def household_suggestions(
    *, fund_id: int, centre_id: UUID, house_nos: Collection[str] | None = None
) -> tuple[HouseSuggestion, ...]:
    """Members of a village who live in no household, by the house number of the register (only these numbers where
    some are named): whoever shares a number may be one household. One statement."""
    found = _rows(_SUGGESTED, fund_id=fund_id, centre_id=centre_id,
                  house_nos=None if house_nos is None else list(house_nos))
    return tuple(HouseSuggestion(house_no=house_no, member_ids=tuple(ids), names=tuple(names))
                 for house_no, ids, names in found)
