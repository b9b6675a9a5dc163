"""Help at once: what was handed over of a claim, and which claims wait for their papers since."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ombun.claims.models import FirstHelp
from ombun.claims.queries.cards import ClaimLine, claims_named
from ombun.claims.states import OPEN
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class HelpCard:
    """Money that was handed over at once: when, how much, to whom, under which two names."""

    claim_id: UUID
    helped_on: date
    amount_satang: Satang
    payee_name: str
    agreed_by: str
    paid_by: str
    entry_id: int


_HELPS = """
SELECT h.claim_id, h.helped_on, h.amount_satang, h.payee_name, a.name, p.name, h.entry_id FROM claims_firsthelp h
JOIN claims_claim c ON c.fund_id = h.fund_id AND c.id = h.claim_id
JOIN funds_person a ON a.fund_id = h.fund_id AND a.id = h.agreed_by_id
JOIN funds_person p ON p.fund_id = h.fund_id AND p.id = h.paid_by_id
WHERE h.fund_id = %(fund_id)s AND (h.claim_id = %(claim_id)s OR %(claim_id)s IS NULL AND c.state = ANY(%(states)s))
ORDER BY h.helped_on, h.recorded_at"""


def _helps(fund_id: int, claim_id: UUID | None) -> list[HelpCard]:
    with connection.cursor() as cursor:
        cursor.execute(_HELPS, {"fund_id": fund_id, "claim_id": claim_id, "states": list(OPEN)})
        names = list(HelpCard.__dataclass_fields__)
        return [HelpCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def help_of_claim(*, fund_id: int, claim_id: UUID) -> HelpCard | None:
    """What was handed over at once of a claim, or None."""
    return next(iter(_helps(fund_id, claim_id)), None)


def help_by_id(*, fund_id: int, help_id: UUID) -> FirstHelp | None:
    """Money handed over at once under this id, or None."""
    return FirstHelp.objects.filter(fund_id=fund_id, id=help_id).first()


def helped_and_open(*, fund_id: int) -> tuple[tuple[ClaimLine, HelpCard], ...]:
    """Every claim that was helped at once and is not settled yet, the oldest help first: its papers still follow."""
    helps = _helps(fund_id, None)
    lines = {line.id: line for line in claims_named(fund_id=fund_id, claim_ids=[one.claim_id for one in helps])}
    return tuple((lines[one.claim_id], one) for one in helps)
