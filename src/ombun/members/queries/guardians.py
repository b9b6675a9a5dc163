"""Who acts for a child, and which children nobody acts for."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ombun.members.queries.people import MemberCard, member_cards
from ombun.members.rules.guardians import OF_AGE_YEARS


@dataclass(frozen=True, kw_only=True)
class GuardianCard:
    """Somebody who acts or acted for a child; `guardian_id` and `member_no` where they are a member themselves."""

    id: UUID
    child_id: int
    guardian_id: int | None
    member_no: str
    name: str
    relation: str
    phone: str
    from_on: date
    until_on: date | None
    of_age_on: date | None  # the day on which the child certainly is of age, where a birth date is known

    def acts_on(self, day: date) -> bool:
        """Whether they act for the child on a day; nobody does for whoever is of age."""
        ends = [one for one in (self.until_on, self.of_age_on) if one is not None]
        return self.from_on <= day < min(ends, default=date.max)


_GUARDIANS = f"""
SELECT g.id, coalesce(c.merged_into, c.id), m.id, coalesce(m.member_no, ''), coalesce(m.full_name, g.name), g.relation,
  coalesce(nullif(g.phone, ''), m.phone, ''), g.from_on, g.until_on,
  (k.born_on + interval '{OF_AGE_YEARS} years' + CASE k.birth_precision WHEN 'day' THEN interval '0'
    WHEN 'month' THEN interval '1 month' WHEN 'year' THEN interval '1 year' END)::date
FROM members_guardian g JOIN members_member c ON c.fund_id = g.fund_id AND c.id = g.child_id
JOIN members_member k ON k.fund_id = g.fund_id AND k.id = coalesce(c.merged_into, c.id)
LEFT JOIN members_member e ON e.fund_id = g.fund_id AND e.id = g.guardian_id
LEFT JOIN members_member m ON m.fund_id = g.fund_id AND m.id = coalesce(e.merged_into, e.id)
WHERE g.fund_id = %(fund_id)s AND (c.id = ANY(%(ids)s) OR c.merged_into = ANY(%(ids)s))
  AND (g.until_on IS NULL OR g.until_on > g.from_on)
ORDER BY g.until_on DESC NULLS FIRST, g.from_on, g.id"""


def guardians_of(*, fund_id: int, member_ids: Collection[int]) -> dict[int, tuple[GuardianCard, ...]]:
    """Who acts or acted for each of these members, those who do first; a mistake is left out. One statement."""
    names = list(GuardianCard.__dataclass_fields__)
    found: dict[int, list[GuardianCard]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_GUARDIANS, {"fund_id": fund_id, "ids": list(member_ids)})
        for row in cursor.fetchall():
            found.setdefault(row[1], []).append(GuardianCard(**dict(zip(names, row, strict=True))))
    return {child: tuple(cards) for child, cards in found.items()}


# The first day of a month or a year stands for it: who is a minor by that day is one for certain.
_WITHOUT = f"""
SELECT m.id FROM members_member m LEFT JOIN funds_villagecentre v ON v.fund_id = m.fund_id AND v.id = m.centre_id
WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND m.birth_precision <> 'none'
  AND m.born_on > (%(on)s::date - interval '{OF_AGE_YEARS} years')
  AND EXISTS (SELECT 1 FROM members_membership s WHERE s.fund_id = m.fund_id AND s.member_id = ANY(ARRAY(
      SELECT m.id UNION ALL SELECT e.id FROM members_member e WHERE e.fund_id = m.fund_id AND e.merged_into = m.id))
    AND (s.joined_on IS NULL OR s.joined_on <= %(on)s) AND (s.left_reason IS NULL OR s.left_on > %(on)s))
  AND NOT EXISTS (SELECT 1 FROM members_guardian g JOIN members_member c ON c.fund_id = g.fund_id AND c.id = g.child_id
    WHERE g.fund_id = m.fund_id AND (c.id = m.id OR c.merged_into = m.id) AND g.from_on <= %(on)s
    AND (g.until_on IS NULL OR g.until_on > %(on)s) AND NOT EXISTS (
      SELECT 1 FROM members_membership d WHERE d.fund_id = g.fund_id AND d.member_id = g.guardian_id
      AND d.left_reason = 'DECEASED'))
ORDER BY v.moo NULLS LAST, m.name_key, m.id"""


def children_without_guardian(*, fund_id: int, on: date) -> tuple[MemberCard, ...]:
    """Members of a day who are not of age and for whom nobody acts, by village and name: nobody was written down, or
    whoever was has died. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, {"fund_id": fund_id, "on": on})
        ids = [row[0] for row in cursor.fetchall()]
    cards = member_cards(fund_id=fund_id, member_ids=ids)
    return tuple(cards[i] for i in ids)
