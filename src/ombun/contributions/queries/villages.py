"""What each village owes and has paid."""
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.queries.dues import alike_members, plans
from ombun.contributions.queries.receipts import OF_IT_CANCELLED
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class CentreDues:
    """What a village owes on a day and has paid in a period."""

    centre_id: UUID
    moo: int
    name: str
    members: int
    paid_this_month_satang: Satang
    receipts: int
    owed_satang: Satang
    owing: int


_THIS_MONTH = f"""
SELECT c.id, c.moo, c.name, coalesce(sum(k.total_satang - x.satang - x.aside_satang), 0)::bigint,
  coalesce(sum(k.last_number - k.first_number + 1 - x.receipts - x.aside), 0)::bigint
FROM funds_villagecentre c
LEFT JOIN contributions_collection k ON k.fund_id = c.fund_id AND k.centre_id = c.id
  AND k.collected_on >= %(from_on)s AND k.collected_on < %(until_on)s {OF_IT_CANCELLED}
WHERE c.fund_id = %(fund_id)s GROUP BY c.id, c.moo, c.name ORDER BY c.moo"""


def dues_by_centre(*, fund_id: int, from_on: date, until_on: date, on: date) -> tuple[CentreDues, ...]:
    """Village by village: members, what came in during [from_on, until_on) on how many receipts, and what is still
    owed on the day by how many. Three statements; members who stand alike are reckoned once."""
    voted = plans(fund_id=fund_id)
    sizes, owing, owed = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    for centre_id, alike in alike_members(fund_id=fund_id, on=on):
        owes = max(0, rules.owed(reckoning=alike.reckoning, plans=voted, on=on)) if alike.reckoning and voted else 0
        sizes[centre_id] += alike.members
        owing[centre_id] += alike.members if owes else 0
        owed[centre_id] += alike.members * owes
    return tuple(
        CentreDues(centre_id=i, moo=moo, name=name, members=sizes[i], paid_this_month_satang=Satang(satang),
                   receipts=receipts, owed_satang=Satang(owed[i]), owing=owing[i])
        for i, moo, name, satang, receipts in rows(_THIS_MONTH, fund_id=fund_id, from_on=from_on, until_on=until_on))
