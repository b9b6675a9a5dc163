"""Who receives on a member's death, who did before, and who of them has not been told yet."""
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from ombun.members.models import Beneficiary
from ombun.members.rules.beneficiaries import LAW_SINCE, TELL_WITHIN_DAYS, Named, ToldHow


def named_of(*, rows: Iterable[Beneficiary]) -> dict[int, list[Named]]:
    """Rows as the rules want them, by member, in their places."""
    found: dict[int, list[Named]] = {}
    for row in sorted(rows, key=lambda row: (row.place, row.named_on or date.min)):
        found.setdefault(row.member_id, []).append(Named(
            id=row.id, place=row.place, name=row.name, relation=row.relation, phone=row.phone,
            share_percent=row.share_percent, named_on=row.named_on, ended_on=row.ended_on, told_on=row.told_on,
            told_how=ToldHow(row.told_how) if row.told_how else None))
    return found


def beneficiaries_of(*, fund_id: int, member_ids: Collection[int]) -> dict[int, tuple[Named, ...]]:
    """Who receives on the death of each of these members today, in their places; one statement."""
    rows = Beneficiary.objects.filter(fund_id=fund_id, member_id__in=list(member_ids), ended_on__isnull=True)
    return {member_id: tuple(named) for member_id, named in named_of(rows=rows).items()}


def former_beneficiaries(*, fund_id: int, member_ids: Collection[int]) -> tuple[Named, ...]:
    """Who was named once under any of these entries and is no more, those who ended last first."""
    rows = Beneficiary.objects.filter(fund_id=fund_id, member_id__in=list(member_ids), ended_on__isnull=False)
    found = [one for named in named_of(rows=rows).values() for one in named]
    return tuple(sorted(found, key=lambda one: (one.ended_on or date.min, -one.place), reverse=True))


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A beneficiary who has not been told yet: who named them, and by when they have to be told."""

    id: UUID
    name: str
    relation: str
    phone: str
    member_id: int
    member_no: str
    member_name: str
    moo: int | None
    known_since: date

    @property
    def tell_until(self) -> date:
        """The last day on which it is in time."""
        return max(self.known_since, LAW_SINCE) + timedelta(days=TELL_WITHIN_DAYS)


_UNTOLD = """
SELECT b.id, b.name, b.relation, b.phone, m.id, coalesce(m.member_no, '–'), m.full_name, c.moo,
  coalesce(b.named_on, (b.recorded_at AT TIME ZONE 'Asia/Bangkok')::date)
FROM members_beneficiary b
JOIN members_member m ON m.fund_id = b.fund_id AND m.id = b.member_id
  AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
LEFT JOIN funds_villagecentre c ON c.fund_id = m.fund_id AND c.id = m.centre_id
WHERE b.fund_id = %(fund_id)s AND b.ended_on IS NULL AND b.told_on IS NULL AND b.name <> ''
  AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
  AND m.id IN (SELECT coalesce(e.merged_into, e.id) FROM members_membership s
    JOIN members_member e ON e.fund_id = s.fund_id AND e.id = s.member_id
    WHERE s.fund_id = %(fund_id)s AND s.left_reason IS NULL)
ORDER BY c.moo NULLS LAST, m.name_key, m.id, b.place"""


def untold_beneficiaries(*, fund_id: int, centre_id: UUID | None = None) -> tuple[Untold, ...]:
    """Everybody whom a member of today has named and nobody has told, by village and name; of one village where it is
    named. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, {"fund_id": fund_id, "centre_id": centre_id})
        names = list(Untold.__dataclass_fields__)
        return tuple(Untold(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())
