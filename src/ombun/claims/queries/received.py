"""What members have received, what old books tell of it, and what was built on a member."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.claims.models import PastBenefit
from ombun.members.queries import entries_of
from ombun.primitives.money import Satang


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class BenefitReceived:
    """One benefit that a member has received: the right side of the passbook."""

    member_id: int
    claim_id: UUID
    year: int
    claim_no: int
    benefit: str
    title_th: str
    title_en: str
    happened_on: date
    paid_on: date
    paid_satang: Satang
    voucher_year: int
    voucher_no: int


_RECEIVED = """
SELECT coalesce(m.merged_into, m.id), c.id, c.year, c.claim_no, c.benefit, k.title_th, k.title_en, c.happened_on,
  c.paid_on, c.paid_satang, c.voucher_year, c.voucher_no
FROM claims_claim c JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
JOIN members_member m ON m.fund_id = c.fund_id AND m.id = c.member_id
WHERE c.fund_id = %(fund_id)s AND c.state = 'PAID' AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))
ORDER BY c.paid_on, c.voucher_no"""


def benefits_by_member(*, fund_id: int, member_ids: Collection[int]) -> dict[int, tuple[BenefitReceived, ...]]:
    """Everything that members have received, oldest first, in one statement."""
    names = list(BenefitReceived.__dataclass_fields__)
    told: dict[int, list[BenefitReceived]] = {i: [] for i in member_ids}
    for row in _rows(_RECEIVED, fund_id=fund_id, ids=list(member_ids)):
        told.setdefault(row[0], []).append(BenefitReceived(**dict(zip(names, row, strict=True))))
    return {i: tuple(lines) for i, lines in told.items()}


def benefits_received(*, fund_id: int, member_id: int) -> tuple[BenefitReceived, ...]:
    """Everything a member has received, oldest first."""
    return benefits_by_member(fund_id=fund_id, member_ids=[member_id])[member_id]


_IN_USE = """
SELECT member_id FROM contributions_contribution WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT member_id FROM contributions_inkindcontribution WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT member_id FROM contributions_openingstanding WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT member_id FROM claims_claim WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT member_id FROM contributions_pastpayment
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s) AND batch_id <> %(batch_id)s
UNION SELECT member_id FROM claims_pastbenefit
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s) AND batch_id <> %(batch_id)s
UNION SELECT member_id FROM claims_openinguse WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT member_id FROM funds_person WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)
UNION SELECT i FROM members_merge g, unnest(ARRAY[g.kept_id, g.merged_id]) AS i
  WHERE g.fund_id = %(fund_id)s AND g.undone_at IS NULL AND i = ANY(%(ids)s)"""


def members_in_use(*, fund_id: int, member_ids: Collection[int], besides: UUID) -> frozenset[int]:
    """Which of these members something was built on: a payment, an opening position, a claim, an office, a
    merge, or what another import than `besides` told of them."""
    return frozenset(row[0] for row in _rows(_IN_USE, fund_id=fund_id, ids=list(member_ids), batch_id=besides))


@dataclass(frozen=True, kw_only=True)
class ToldReceived:
    """What an old list tells that a member received: the fund's own word for it, the day, how much."""

    words: str
    paid_on: date
    amount_satang: Satang


def past_benefits_of_members(*, fund_id: int, member_ids: Collection[int]) -> dict[int, tuple[ToldReceived, ...]]:
    """What the old books tell that members received, oldest first; two statements."""
    whose = entries_of(fund_id=fund_id, member_ids=member_ids)
    told: dict[int, list[ToldReceived]] = {i: [] for i in member_ids}
    rows = PastBenefit.objects.filter(fund_id=fund_id, member_id__in=list(whose)).order_by("paid_on", "id")
    for row in rows.values("member_id", *ToldReceived.__dataclass_fields__):
        told[whose[row.pop("member_id")]].append(ToldReceived(**row))
    return {i: tuple(lines) for i, lines in told.items()}


def past_benefits_of_member(*, fund_id: int, member_id: int) -> tuple[ToldReceived, ...]:
    """What the old books tell that a member received, oldest first."""
    return past_benefits_of_members(fund_id=fund_id, member_ids=[member_id])[member_id]


_ASKED_SINCE = """
SELECT DISTINCT p.id FROM claims_claim c
JOIN members_member a ON a.fund_id = c.fund_id AND a.id = c.member_id
CROSS JOIN LATERAL (SELECT coalesce(a.merged_into, a.id) AS id) p
JOIN members_member b ON b.fund_id = a.fund_id AND (b.id = p.id OR b.merged_into = p.id)
JOIN members_membership s ON s.fund_id = b.fund_id AND s.member_id = b.id AND s.left_reason IS NOT NULL
WHERE c.fund_id = %(fund_id)s AND (a.id = ANY(%(ids)s) OR a.merged_into = ANY(%(ids)s)) AND c.state <> 'REJECTED'
  AND (s.left_on IS NULL OR c.happened_on >= s.left_on)"""


def asked_since_leaving(*, fund_id: int, member_ids: Collection[int]) -> frozenset[int]:
    """Which of these members asked, and were not refused, for what happened on the day they left or after it."""
    return frozenset(row[0] for row in _rows(_ASKED_SINCE, fund_id=fund_id, ids=list(member_ids)))


_SIGNED = """
SELECT signed_on FROM claims_signature WHERE fund_id = %(fund_id)s AND person_id = %(person_id)s
UNION SELECT collected_on FROM contributions_collection
  WHERE fund_id = %(fund_id)s AND collected_by_id = %(person_id)s"""


def days_signed(*, fund_id: int, person_id: UUID) -> frozenset[date]:
    """The days on which somebody signed a claim or collected contributions: days on which they held an office."""
    return frozenset(row[0] for row in _rows(_SIGNED, fund_id=fund_id, person_id=person_id))
