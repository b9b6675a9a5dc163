"""What must still be asked about people in the register: about whom, where, and which questions."""
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from ombun.members.queries.people import MemberCard, _cards

_OPEN = """
SELECT grouping(m.centre_id), grouping(q.code), m.centre_id, q.code, count(DISTINCT m.id)
FROM members_member m CROSS JOIN LATERAL unnest(m.questioned) AS q(code)
WHERE m.fund_id = %s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
GROUP BY GROUPING SETS ((), (m.centre_id), (q.code))"""


@dataclass(frozen=True, kw_only=True)
class OpenQuestions:
    """About how many people something must still be asked: all, by village (None: unknown), by question."""

    people: int
    by_centre: Mapping[UUID | None, int]
    by_code: Mapping[str, int]


def open_questions(*, fund_id: int) -> OpenQuestions:
    """How many people have open questions, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [fund_id])
        rows = cursor.fetchall()
    return OpenQuestions(
        people=sum(count for no_centre, no_code, _, _, count in rows if no_centre and no_code),
        by_centre={centre: count for no_centre, _, centre, _, count in rows if not no_centre},
        by_code={code: count for _, no_code, _, code, count in rows if not no_code})


def people_asked_about(
    *, fund_id: int, code: str | None = None, centre_id: UUID | None = None, page: int = 1, page_size: int
) -> tuple[MemberCard, ...]:
    """People with open questions by village and in Thai order, leaf by leaf; of one question or village where named."""
    return _cards("""AND m.questioned <> '{}' AND (%(code)s::text IS NULL OR %(code)s = ANY(m.questioned))
        AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
        ORDER BY c.moo NULLS FIRST, m.name_key, m.id LIMIT %(most)s OFFSET %(first)s""",
                  fund_id=fund_id, code=code, centre_id=centre_id, most=page_size, first=(page - 1) * page_size)
