"""What a commit writes beside the kept rows of a workbook: one statement whatever their number."""
import json
from collections.abc import Mapping, Sequence

from django.db import connection

from ombun.imports.models import Row
from ombun.primitives.transactions import inside_use_case

_NAME_CREATED = """UPDATE imports_row r SET member_id = t.member_id, was_created = true
  FROM unnest(%(ids)s::bigint[], %(members)s::int[]) AS t(id, member_id)
  WHERE r.fund_id = %(fund_id)s AND r.id = t.id"""
_KEEP_BOOKED = """UPDATE imports_row r SET booked = t.booked
  FROM unnest(%(ids)s::bigint[], %(booked)s::jsonb[]) AS t(id, booked)
  WHERE r.fund_id = %(fund_id)s AND r.id = t.id"""


_KEEP_QUEUED = """UPDATE imports_row r SET queued = ARRAY(SELECT jsonb_array_elements_text(t.queued))
  FROM unnest(%(ids)s::bigint[], %(queued)s::jsonb[]) AS t(id, queued)
  WHERE r.fund_id = %(fund_id)s AND r.id = t.id"""


@inside_use_case
def name_created(*, fund_id: int, rows: Sequence[Row], member_ids: Sequence[int]) -> None:
    """Write beside each row whom it brought into the register, in the order of the rows."""
    for row, member_id in zip(rows, member_ids, strict=True):
        row.member_id, row.was_created = member_id, True
    with connection.cursor() as cursor:
        cursor.execute(_NAME_CREATED, {
            "fund_id": fund_id, "ids": [row.id for row in rows], "members": list(member_ids)})


@inside_use_case
def keep_booked(*, fund_id: int, rows: Sequence[Row]) -> None:
    """Keep what each row of the old books told beyond what was told before."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_BOOKED, {
            "fund_id": fund_id, "ids": [row.id for row in rows], "booked": [json.dumps(row.booked) for row in rows]})


@inside_use_case
def keep_queued(*, fund_id: int, queued: Mapping[int, Sequence[str]]) -> None:
    """Keep beside each row what its commit asked about somebody known before: row id → codes."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_QUEUED, {
            "fund_id": fund_id, "ids": list(queued), "queued": [json.dumps(list(codes)) for codes in queued.values()]})
