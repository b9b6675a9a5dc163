"""Which entries of the register are one person: their own, and those that were merged into it."""
from collections.abc import Collection

from django.db import connection

_ENTRIES = """
SELECT id, coalesce(merged_into, id) FROM members_member
WHERE fund_id = %(fund_id)s AND withdrawn_by IS NULL
  AND (id = ANY(%(ids)s) AND merged_into IS NULL OR merged_into = ANY(%(ids)s)) ORDER BY merged_into NULLS FIRST, id"""


def entries_of(*, fund_id: int, member_ids: Collection[int]) -> dict[int, int]:
    """Every entry of these people, and whose it is: entry → person, one statement. References never change: what was
    paid, asked for or decided under an entry counts for the person."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"fund_id": fund_id, "ids": list(member_ids)})
        return dict(cursor.fetchall())
