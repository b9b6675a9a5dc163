"""Who is behind with dues and for how long, what the regulations say about it, and who is free of dues."""
from collections import defaultdict
from collections.abc import Collection as Many
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.models import ArrearsClause as Written
from ombun.contributions.queries.dues import alike_members, paid_of_members, plans
from ombun.contributions.rules import AGES, Arrears, ArrearsClause, Ground
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


def clauses(*, fund_id: int) -> tuple[ArrearsClause, ...]:
    """What the regulations say about who does not pay, by the day from which it holds."""
    return tuple(ArrearsClause(**{name: getattr(row, name) for name in ArrearsClause.__dataclass_fields__})
                 for row in Written.objects.filter(fund_id=fund_id).order_by("from_on"))


def arrears_of(*, fund_id: int, member_ids: Many[int], on: date) -> dict[int, Arrears]:
    """What is late on a day, of those members of whom something is. Nine statements."""
    voted, clause = plans(fund_id=fund_id), rules.clause_on(clauses=clauses(fund_id=fund_id), day=on)
    found = {}
    for i, paid in paid_of_members(fund_id=fund_id, member_ids=member_ids, on=on).items():
        reckoning = paid.known.reckoning()
        late = reckoning and rules.arrears(reckoning=reckoning, plans=voted, on=on,
                                           grace_days=clause.grace_days if clause else 0)
        if late:
            found[i] = late
    return found


@dataclass(frozen=True, kw_only=True)
class Aged:
    """How many members are behind by an age of `AGES`, and how much they owe together."""

    members: int
    satang: Satang


def arrears_by_age(*, fund_id: int, on: date) -> dict[UUID, tuple[Aged, ...]]:
    """Of each village: members in arrears and what is late, by age, one more than `AGES`. Three statements."""
    voted, clause = plans(fund_id=fund_id), rules.clause_on(clauses=clauses(fund_id=fund_id), day=on)
    sums: dict[UUID, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in range(len(AGES) + 1)])
    for centre_id, alike in alike_members(fund_id=fund_id, on=on):
        late = alike.reckoning and rules.arrears(reckoning=alike.reckoning, plans=voted, on=on,
                                                 grace_days=clause.grace_days if clause else 0)
        if late:
            sums[centre_id][late.age][0] += alike.members
            sums[centre_id][late.age][1] += alike.members * late.satang
    return {centre_id: tuple(Aged(members=members, satang=Satang(satang)) for members, satang in ages)
            for centre_id, ages in sums.items()}


@dataclass(frozen=True, kw_only=True)
class ExemptionCard:
    """A member who is free of dues: why, on which days [from, until), and the meeting that said so."""

    id: UUID
    member_id: int
    member_no: str
    full_name: str
    moo: int | None
    ground: Ground
    from_on: date
    until_on: date | None
    committee_no: int
    meeting_no: int
    met_on: date


_EXEMPTIONS = """
SELECT x.id, m.id, m.member_no, m.full_name, c.moo, x.ground, x.from_on, x.until_on, r.committee_no, r.meeting_no,
  r.met_on
FROM contributions_exemption x
JOIN members_member e ON e.fund_id = x.fund_id AND e.id = x.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
JOIN members_resolution r ON r.fund_id = x.fund_id AND r.id = x.resolution_id
LEFT JOIN funds_villagecentre c ON c.fund_id = m.fund_id AND c.id = m.centre_id
WHERE x.fund_id = %(fund_id)s AND (x.until_on IS NULL OR x.until_on > %(on)s)
ORDER BY c.moo NULLS LAST, m.name_key, x.from_on"""


def exemptions(*, fund_id: int, on: date) -> tuple[ExemptionCard, ...]:
    """Everybody who is free of dues on a day or later, by village and name."""
    names = list(ExemptionCard.__dataclass_fields__)
    return tuple(ExemptionCard(**dict(zip(names, row, strict=True)) | {"ground": Ground(row[5])})
                 for row in rows(_EXEMPTIONS, fund_id=fund_id, on=on))
