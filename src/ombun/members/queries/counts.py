"""How many members there are and how they came and went: the three official counts for any day, flows for any span."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.rules.people import BANDS
from ombun.members.states import LEAVING

_BAND = "CASE " + " ".join(f"WHEN {{0}} <= {most} THEN '{name}'" for name, _, most in BANDS) + " END"

# Every entry with the person whose it is. Few were merged: the others are not joined with themselves.
_ENTRIES = """(
    SELECT p.id AS entry, p.* FROM members_member p WHERE p.fund_id = %(fund_id)s AND p.merged_into IS NULL
    UNION ALL
    SELECT e.id, p.* FROM members_member e JOIN members_member p ON p.fund_id = e.fund_id AND p.id = e.merged_into
    WHERE e.fund_id = %(fund_id)s AND e.merged_into IS NOT NULL AND e.withdrawn_by IS NULL) m"""
# Everybody of whom name (or that it was forgotten), village, joining and leaving are known. Who else is in the register
# waits outside the counts.
# A person is counted once, by all their entries of which the days are known; each finds its person by the index.
_PEOPLE = f"""
people AS MATERIALIZED (
  SELECT m.entry, m.id, c.moo, m.kind, m.sex, m.born_on AS oldest, least(%(on)s::date, CASE m.birth_precision
      WHEN 'day' THEN m.born_on WHEN 'month' THEN (date_trunc('month', m.born_on) + interval '1 month - 1 day')::date
      WHEN 'year' THEN make_date(extract(year FROM m.born_on)::int, 12, 31) END) AS youngest
  FROM {_ENTRIES}
  JOIN funds_villagecentre c ON c.fund_id = %(fund_id)s AND c.id = m.centre_id
  WHERE m.withdrawn_by IS NULL AND (m.first_name <> '' OR m.erased_on IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM members_membership s WHERE s.fund_id = %(fund_id)s AND s.member_id = m.entry
      AND (s.joined_on IS NULL OR (s.left_reason IS NOT NULL AND s.left_on IS NULL)))),
aged AS (
  SELECT entry, id, moo, kind, sex, {_BAND.format("extract(year FROM age(%(on)s, youngest))")} AS young,
    {_BAND.format("extract(year FROM age(%(on)s, oldest))")} AS old FROM people),
known AS (
  SELECT entry, id, moo::text, lower(kind) AS kind, lower(sex) AS sex, CASE WHEN young = old THEN young END AS band
  FROM aged)"""
_SIDES = ("moo", "kind", "sex", "band")
_SETS = f"GROUPING SETS ((), {', '.join(f'({side})' for side in _SIDES)})"
_WHICH = ", ".join(f"grouping({side}) = 0" for side in _SIDES)

_IS_CURRENT = "bool_or(s.left_reason IS NULL OR s.left_on > %(on)s)"
_IS_FULL_YEAR = """bool_or((s.left_reason IS NULL OR s.left_on > %(on)s)
      AND s.joined_on <= (%(on)s::date - interval '1 year')::date)"""
_COUNTS = f"""
WITH {_PEOPLE},
each_member AS (
  SELECT k.id, k.moo, k.kind, k.sex, k.band,
    {_IS_CURRENT} AS is_current, {_IS_FULL_YEAR} AS is_full_year
  FROM known k JOIN members_membership s ON s.fund_id = %(fund_id)s AND s.member_id = k.entry AND s.joined_on <= %(on)s
  GROUP BY 1, 2, 3, 4, 5)
SELECT {_WHICH}, coalesce(moo, kind, sex, band, 'unknown'), count(*), count(*) FILTER (WHERE is_current),
  count(*) FILTER (WHERE is_full_year),
  (SELECT count(*) FROM members_member m WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL
    AND m.merged_into IS NULL) - (SELECT count(DISTINCT id) FROM people)
FROM each_member GROUP BY {_SETS}"""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The three official counts. Source: definitions printed on CODI Form 1 (สะสม, ปัจจุบัน, ขอรับการสมทบ)."""

    members_ever: int = 0
    members_current: int = 0
    full_year_members: int = 0


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """The official counts of a day, altogether and by village number, kind, sex and age band.

    `waiting` is how many people of the register are in none of them, because a name, a village or a day is missing.
    """

    total: Counts
    by_village: Mapping[str, Counts]
    by_kind: Mapping[str, Counts]
    by_sex: Mapping[str, Counts]
    by_age: Mapping[str, Counts]
    waiting: int


def headcount(*, fund_id: int, on: date) -> Headcount:
    """How many people ever joined, are members, and have been for a full year, on a day; one statement.

    Current is who joined less the deceased, resigned, moved, lapsed and expelled: somebody suspended for arrears still
    counts. A full year is this spell of membership, by the calendar. An age band of which only a birth year leaves a
    doubt is `unknown`. Village and kind are those of today's register. Source: CODI Form 1.
    """
    rows = _rows(_COUNTS, fund_id=fund_id, on=on)
    told: list[dict[str, Counts]] = [{} for _ in _SIDES]
    total, waiting = Counts(), 0
    for *which, name, ever, current, full_year, outside in rows:
        counted = Counts(members_ever=ever, members_current=current, full_year_members=full_year)
        if any(which):
            told[which.index(True)][name] = counted
        else:
            total, waiting = counted, outside
    village, kind, sex, age = (dict(sorted(one.items(), key=_in_order)) for one in told)
    return Headcount(total=total, by_village=village, by_kind=kind, by_sex=sex, by_age=age, waiting=waiting)


_TOTAL = f"""
WITH {_PEOPLE},
each_member AS (
  SELECT p.id, {_IS_CURRENT} AS is_current, {_IS_FULL_YEAR} AS is_full_year
  FROM people p JOIN members_membership s ON s.fund_id = %(fund_id)s AND s.member_id = p.entry AND s.joined_on <= %(on)s
  GROUP BY 1)
SELECT count(*), count(*) FILTER (WHERE is_current), count(*) FILTER (WHERE is_full_year) FROM each_member"""


def counts(*, fund_id: int, on: date) -> Counts:
    """Ever joined, current, and current for a full year, on a day: `headcount` without its parts."""
    (ever, current, full_year), = _rows(_TOTAL, fund_id=fund_id, on=on)
    return Counts(members_ever=ever, members_current=current, full_year_members=full_year)


def _in_order(item: tuple[str, object]) -> tuple[bool, int, str]:
    name = item[0]
    return name == "unknown", int(name) if name.isdecimal() else 0, name


# From each person to their spells by the index, never a join of two lists: fresh tables would make it a nested loop.
# Spells that overlap, under entries that were merged, are one: it begins with the first and ends with the last of them.
_FLOWS = f"""
WITH {_PEOPLE},
each_spell AS (
  SELECT k.id, k.moo, k.kind, k.sex, k.band, s.joined_on, s.left_reason,
    CASE WHEN s.left_reason IS NULL THEN 'infinity' ELSE s.left_on END AS left_on,
    max(CASE WHEN s.left_reason IS NULL THEN 'infinity' ELSE s.left_on END) OVER before AS until_on
  FROM known k JOIN members_membership s ON s.fund_id = %(fund_id)s AND s.member_id = k.entry
  WINDOW before AS (
    PARTITION BY k.id ORDER BY s.joined_on, s.left_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
numbered AS (
  SELECT *, count(*) FILTER (WHERE until_on IS NULL OR joined_on >= until_on)
    OVER (PARTITION BY id ORDER BY joined_on, left_on) AS nth FROM each_spell),
spells AS (
  SELECT moo, kind, sex, band, nth, min(joined_on) AS joined_on, max(left_on) AS left_on,
    (array_agg(left_reason ORDER BY left_on DESC))[1] AS left_reason
  FROM numbered GROUP BY id, moo, kind, sex, band, nth)
SELECT {_WHICH}, coalesce(moo, kind, sex, band, 'unknown'), v.move, count(*)
FROM spells CROSS JOIN LATERAL (VALUES
  (CASE WHEN joined_on BETWEEN %(from_on)s AND %(on)s THEN CASE WHEN nth > 1 THEN 'rejoined' ELSE 'joined' END END),
  (CASE WHEN left_on BETWEEN %(from_on)s AND %(on)s THEN lower(left_reason) END)) AS v(move)
WHERE v.move IS NOT NULL GROUP BY v.move, {_SETS}"""


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Who came and went between two days, both included: move (joined, rejoined, or why they left) → how many.

    The same by village, kind, sex and age band (on the last day): name → move → how many.
    """

    total: Mapping[str, int]
    by_village: Mapping[str, Mapping[str, int]]
    by_kind: Mapping[str, Mapping[str, int]]
    by_sex: Mapping[str, Mapping[str, int]]
    by_age: Mapping[str, Mapping[str, int]]


MOVES = ("joined", "rejoined", *sorted(reason.lower() for reason in LEAVING))


def flows(*, fund_id: int, from_on: date, on: date) -> Flows:
    """How many joined, joined again and left, by reason, in a span of days; one statement.

    Current members on its last day = those on the day before it + joined + rejoined - everybody who left.
    """
    told: list[dict[str, dict[str, int]]] = [{} for _ in _SIDES]
    total = dict.fromkeys(MOVES, 0)
    for *which, name, move, count in _rows(_FLOWS, fund_id=fund_id, from_on=from_on, on=on):
        if any(which):
            told[which.index(True)].setdefault(name, dict.fromkeys(MOVES, 0))[move] = count
        else:
            total[move] = count
    village, kind, sex, age = (dict(sorted(one.items(), key=_in_order)) for one in told)
    return Flows(total=total, by_village=village, by_kind=kind, by_sex=sex, by_age=age)


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def members_by_centre(*, fund_id: int, on: date) -> dict[UUID, int]:
    """How many current members each village centre has on a day."""
    sql = f"""SELECT m.centre_id, count(DISTINCT m.id) FROM {_ENTRIES}
      JOIN members_membership s ON s.fund_id = %(fund_id)s AND s.member_id = m.entry
      WHERE m.withdrawn_by IS NULL AND m.centre_id IS NOT NULL
        AND (s.joined_on IS NULL OR s.joined_on <= %(on)s) AND (s.left_reason IS NULL OR s.left_on > %(on)s)
      GROUP BY m.centre_id"""
    return dict(_rows(sql, fund_id=fund_id, on=on))


_NUMBERS = """SELECT member_no FROM members_member
  WHERE fund_id = %(fund_id)s AND withdrawn_by IS NULL AND member_no IS NOT NULL"""


def numbers_taken(*, fund_id: int) -> frozenset[str]:
    """Every member number in use."""
    return frozenset(row[0] for row in _rows(_NUMBERS, fund_id=fund_id))
