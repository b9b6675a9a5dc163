"""What comes back of benefits that were paid wrongly: what was agreed, what has come, what is due."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ombun.claims.models import Repayment
from ombun.claims.queries.cards import ClaimLine, claims_named
from ombun.claims.rules import Part, schedule
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class RepaymentCard:
    """Money that came back: when, how much, its entry in the books."""

    id: UUID
    paid_on: date
    amount_satang: Satang
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCard:
    """An agreement to pay back, with what has come of it."""

    id: UUID
    claim_id: UUID
    agreed_on: date
    agreed_by: str
    payer_name: str
    because: str
    amount_satang: Satang
    first_due_on: date
    entry_id: int
    parts: tuple[Part, ...]
    repayments: tuple[RepaymentCard, ...]

    @property
    def repaid_satang(self) -> Satang:
        """What has come back."""
        return Satang(sum(one.amount_satang for one in self.repayments))

    @property
    def outstanding_satang(self) -> Satang:
        """What has not."""
        return Satang(self.amount_satang - self.repaid_satang)

    @property
    def next_due_on(self) -> date | None:
        """The day of the oldest part that is not paid; None where all is."""
        return next((part.due_on for part in self.parts if not part.is_paid), None)


_RECOVERIES = """
SELECT r.id, r.claim_id, r.agreed_on, p.name, r.payer_name, r.because, r.amount_satang, r.parts, r.first_due_on,
  r.entry_id
FROM claims_recovery r JOIN funds_person p ON p.fund_id = r.fund_id AND p.id = r.agreed_by_id
WHERE r.fund_id = %(fund_id)s AND (%(claim_id)s::uuid IS NULL OR r.claim_id = %(claim_id)s)
ORDER BY r.agreed_on, r.id"""


def _recoveries(fund_id: int, claim_id: UUID | None) -> tuple[RecoveryCard, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_RECOVERIES, {"fund_id": fund_id, "claim_id": claim_id})
        rows = cursor.fetchall()
    came: dict[UUID, list[RepaymentCard]] = defaultdict(list)
    for one in Repayment.objects.filter(fund_id=fund_id, recovery_id__in=[row[0] for row in rows]).order_by(
            "paid_on", "recorded_at"):
        came[one.recovery_id].append(RepaymentCard(
            id=one.id, paid_on=one.paid_on, amount_satang=one.amount_satang, entry_id=one.entry_id))
    return tuple(RecoveryCard(
        id=key, claim_id=claim, agreed_on=agreed_on, agreed_by=name, payer_name=payer, because=because,
        amount_satang=Satang(satang), first_due_on=first, entry_id=entry, repayments=tuple(came[key]), parts=schedule(
            amount_satang=satang, parts=parts, first_due_on=first,
            repaid_satang=Satang(sum(one.amount_satang for one in came[key]))))
        for key, claim, agreed_on, name, payer, because, satang, parts, first, entry in rows)


def recovery_of_claim(*, fund_id: int, claim_id: UUID) -> RecoveryCard | None:
    """What was agreed to come back of a claim, or None."""
    return next(iter(_recoveries(fund_id, claim_id)), None)


def open_recoveries(*, fund_id: int) -> tuple[tuple[ClaimLine, RecoveryCard], ...]:
    """Every agreement of which something is still to come, with its claim; the one that is due first stands first."""
    waiting = [one for one in _recoveries(fund_id, None) if one.outstanding_satang]
    lines = {line.id: line for line in claims_named(fund_id=fund_id, claim_ids=[one.claim_id for one in waiting])}
    return tuple((lines[one.claim_id], one) for one in sorted(waiting, key=lambda one: one.next_due_on or date.max))
