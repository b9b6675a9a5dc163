"""Which entries of the register are one person: their own, and those that were merged into it."""
from collections.abc import Collection

from django.db import connection

_PERSONS = """
SELECT id, coalesce(merged_into, id) FROM members_member
WHERE fund_id = %(fund_id)s AND withdrawn_by IS NULL AND id = ANY(%(ids)s)"""


def persons_of(*, fund_id: int, entries: Collection[int]) -> dict[int, int]:
    """Whose these entries are: entry → person, one statement. An entry that was not merged is its own person's."""
    return _pairs(_PERSONS, fund_id, entries)


_ENTRIES = """
SELECT id, coalesce(merged_into, id) FROM members_member
WHERE fund_id = %(fund_id)s AND withdrawn_by IS NULL
  AND (id = ANY(%(ids)s) AND merged_into IS NULL OR merged_into = ANY(%(ids)s)) ORDER BY merged_into NULLS FIRST, id"""


def entries_of(*, fund_id: int, member_ids: Collection[int]) -> dict[int, int]:
    """Every entry of these people, and whose it is: entry → person, one statement. References never change: what was
    paid, asked for or decided under an entry counts for the person."""
    return _pairs(_ENTRIES, fund_id, member_ids)


def _pairs(sql: str, fund_id: int, ids: Collection[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"fund_id": fund_id, "ids": list(ids)})
        return dict(cursor.fetchall())
