"""Entries of the register that may be one person: which to look at, how surely, and what was answered about them."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.models import Correction, Merge
from ombun.members.rules import kept_values
from ombun.members.rules.likeness import Entry, Likeness, likeness
from ombun.members.rules.membership import BirthPrecision
from ombun.members.rules.merging import values_id
from ombun.primitives.national_id import digits_of

# Who shares the sound of the whole name and the year of birth or the house; a phone; or the day of birth and the first
# two letters heard: without one of these no two entries are likely to be one person. An ID number stands only once in
# a register. Each key is a group, never a join of two lists: fresh tables would make it a nested loop.
_PAIRS = """
WITH keys AS (
  SELECT m.id, k.key FROM members_member m
  CROSS JOIN LATERAL (SELECT translate(m.phone, ' -', '') AS digits) p
  CROSS JOIN LATERAL (VALUES
    ('name ' || m.name_sound || extract(year FROM m.born_on)),
    (CASE WHEN m.house_no <> '' THEN 'house ' || m.name_sound || ' ' || m.house_no END),
    (CASE WHEN length(p.digits) >= 9 THEN 'phone ' || p.digits END),
    (CASE WHEN m.birth_precision = 'day' THEN 'born ' || m.born_on || left(m.name_sound, 2) END)) AS k(key)
  WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND m.first_name <> ''
    AND k.key IS NOT NULL),
together AS (SELECT array_agg(id ORDER BY id) AS ids FROM keys GROUP BY key HAVING count(*) > 1)
SELECT DISTINCT t.ids[a], t.ids[b]
FROM together t, generate_series(1, cardinality(t.ids) - 1) AS a, generate_series(a + 1, cardinality(t.ids)) AS b"""


_ENTRIES = """
SELECT m.id, m.first_name, m.last_name, m.national_id, m.born_on, m.birth_precision, m.house_no, m.phone, c.moo,
  NOT EXISTS (SELECT 1 FROM members_membership s
    WHERE s.fund_id = m.fund_id AND s.left_reason IS NULL AND s.member_id = ANY(ARRAY(
      SELECT m.id UNION ALL SELECT e.id FROM members_member e WHERE e.fund_id = m.fund_id AND e.merged_into = m.id)))
FROM members_member m LEFT JOIN funds_villagecentre c ON c.fund_id = m.fund_id AND c.id = m.centre_id
WHERE m.fund_id = %(fund_id)s AND m.id = ANY(%(ids)s)"""


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Two entries that may be one person, the older one first, and what speaks for it and against."""

    one_id: int
    other_id: int
    likeness: Likeness


def alike(*, fund_id: int) -> tuple[Alike, ...]:
    """Every two entries somebody should look at, the surest first; without those that were answered "two persons".

    Three statements, whatever the size of the register.
    """
    told = {(answer.one_id, answer.other_id) for answer in two_persons(fund_id=fund_id)}
    pairs = [pair for pair in _rows(_PAIRS, fund_id=fund_id) if pair not in told]
    entries = {row[0]: _entry(row) for row in _rows(_ENTRIES, fund_id=fund_id, ids=list({i for p in pairs for i in p}))}
    judged = (Alike(one_id=one, other_id=other, likeness=likeness(one=entries[one], other=entries[other]))
              for one, other in pairs)
    return tuple(sorted((pair for pair in judged if pair.likeness.is_worth_asking),
                        key=lambda pair: (-pair.likeness.score, pair.one_id, pair.other_id)))


def compared(*, fund_id: int, one_id: int, other_id: int) -> Likeness:
    """How alike two people of the register are, and every sign of it."""
    one, other = (_entry(row) for row in _rows(_ENTRIES, fund_id=fund_id, ids=[one_id, other_id]))
    return likeness(one=one, other=other)


def _entry(row: tuple[Any, ...]) -> Entry:
    _, first_name, last_name, national_id, born_on, precision, house_no, phone, moo, has_left = row
    return Entry(
        first_name=first_name, last_name=last_name, national_id=national_id, born_on=born_on,
        birth_precision=BirthPrecision(precision), house_no=house_no, phone=digits_of(phone), moo=moo,
        has_left=has_left)


@dataclass(frozen=True, kw_only=True)
class TwoPersons:
    """Somebody looked at two entries and said that they are two persons; the lower id first."""

    id: UUID
    one_id: int
    other_id: int
    answered_at: datetime


_TWO = """
SELECT n.id, coalesce(a.merged_into, a.id), coalesce(b.merged_into, b.id), n.recorded_at
FROM members_notsameperson n
JOIN members_member a ON a.fund_id = n.fund_id AND a.id = n.one_id
JOIN members_member b ON b.fund_id = n.fund_id AND b.id = n.other_id
WHERE n.fund_id = %(fund_id)s AND n.taken_back_at IS NULL ORDER BY n.recorded_at DESC, n.id"""


def two_persons(*, fund_id: int) -> Sequence[TwoPersons]:
    """What stands answered with "two persons", the newest first. An answer about an entry that was merged since holds
    for the person."""
    return [TwoPersons(id=i, one_id=min(one, other), other_id=max(one, other), answered_at=at)
            for i, one, other, at in _rows(_TWO, fund_id=fund_id)]


@dataclass(frozen=True, kw_only=True)
class MergeCard:
    """One entry that was merged into a person: its number and name, and since when."""

    id: UUID
    merged_id: int
    member_no: str
    full_name: str
    merged_at: datetime


_MERGES = """
SELECT g.id, e.id, coalesce(e.member_no, ''), e.full_name, g.recorded_at
FROM members_merge g
JOIN members_member e ON e.fund_id = g.fund_id AND e.id = g.merged_id
JOIN members_member k ON k.fund_id = g.fund_id AND k.id = g.kept_id
WHERE g.fund_id = %(fund_id)s AND g.undone_at IS NULL AND (k.id = %(member_id)s OR k.merged_into = %(member_id)s)
ORDER BY g.recorded_at DESC, g.id"""


def merges_of(*, fund_id: int, member_id: int) -> tuple[MergeCard, ...]:
    """Every merge into this person that stands, also through another entry; the newest first."""
    names = list(MergeCard.__dataclass_fields__)
    return tuple(MergeCard(**dict(zip(names, row, strict=True)))
                 for row in _rows(_MERGES, fund_id=fund_id, member_id=member_id))


def said_before_merging(*, fund_id: int) -> dict[int, list[dict[str, object]]]:
    """What stood on entries before they took values of another one in a merge that stands: entry → fields and values.

    Two statements. What was forgotten is not told.
    """
    standing = Merge.objects.filter(fund_id=fund_id, undone_at__isnull=True).exclude(taken=[])
    ids = [values_id(merge_id=merge_id) for merge_id in standing.values_list("id", flat=True)]
    found: dict[int, list[dict[str, object]]] = {}
    for row in Correction.objects.filter(fund_id=fund_id, id__in=ids).order_by("recorded_at") if ids else ():
        found.setdefault(row.member_id, []).append({
            name: UUID(old) if name == "centre_id" and old else kept_values.restored(name=name, value=old)
            for name, (old, _new) in row.changes.items()})
    return found


def person_of_merge(*, fund_id: int, merge_id: UUID) -> int | None:
    """Who stayed in a merge, whether it stands or was taken back; None where there is no such merge."""
    found = _rows("""SELECT coalesce(k.merged_into, k.id) FROM members_merge g
      JOIN members_member k ON k.fund_id = g.fund_id AND k.id = g.kept_id
      WHERE g.fund_id = %(fund_id)s AND g.id = %(merge_id)s""", fund_id=fund_id, merge_id=merge_id)
    return found[0][0] if found else None


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())
