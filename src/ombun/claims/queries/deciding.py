"""What meetings decide: the claims that wait, with what the rule book grants one after another; decided lists."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ombun.claims import rules
from ombun.claims.models import Claim
from ombun.claims.queries.cards import ClaimLine, claims, claims_of_list
from ombun.claims.queries.entitlements import Register, register
from ombun.claims.queries.filing import facts_of_claims
from ombun.claims.rules import ClaimFacts, Had
from ombun.claims.states import ClaimState
from ombun.primitives.money import Satang
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.assessment import Assessment


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim in hand: where it stands, and the clause that grants it with what it grants; None where none does."""

    claim: Claim
    facts: ClaimFacts
    clause: ClauseCard | None
    assessment: Assessment | None


@dataclass(frozen=True, kw_only=True)
class InHand:
    """Claims that are decided together, with all that judging them needs, read at once."""

    claims: Mapping[UUID, Claim]
    facts: Mapping[UUID, ClaimFacts]
    known: Register

    def judged(self, claim_id: UUID) -> Judged:
        """What the rule book grants a claim now, the ones approved before it counted."""
        claim, facts = self.claims[claim_id], self.facts[claim_id]
        clause = self.known.clause(benefit=claim.benefit, day=claim.happened_on)
        if clause is None or facts.member_id not in self.known.cards:
            return Judged(claim=claim, facts=facts, clause=None, assessment=None)
        event = rules.event_of(happened_on=claim.happened_on, units=claim.units, asked_on=claim.filed_on,
                               details=claim.details)
        return Judged(claim=claim, facts=facts, clause=clause, assessment=self.known.assessment(
            member_id=facts.member_id, clause=clause, event=event))

    def count(self, judged: Judged, satang: Satang) -> None:
        """From now on this sum counts against every limit."""
        assert judged.clause is not None and judged.assessment is not None
        self.known.count(Had(
            member_id=judged.facts.member_id, benefit=judged.claim.benefit, on=judged.claim.happened_on, times=1,
            units=judged.assessment.units or 0, satang=satang), clause=judged.clause)


def in_hand(*, fund_id: int, claim_ids: Collection[UUID]) -> InHand:
    """Read these claims and all that judging them needs: the same number of statements for one and for a hundred."""
    rows = list(Claim.objects.filter(fund_id=fund_id, id__in=list(claim_ids)))
    facts = facts_of_claims(fund_id=fund_id, claims=rows)
    return InHand(claims={row.id: row for row in rows}, facts=facts, known=register(
        fund_id=fund_id, asked={(facts[row.id].member_id, row.happened_on) for row in rows}))


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """A claim on the list of the next meeting, and what the rule book grants if those above it are approved."""

    line: ClaimLine
    granted_satang: Satang | None


def agenda(*, fund_id: int) -> tuple[AgendaLine, ...]:
    """Every claim that waits for the committee's decision, the one that has waited longest first; at most 200."""
    lines = claims(fund_id=fund_id, states=(ClaimState.CERTIFIED,))
    together = in_hand(fund_id=fund_id, claim_ids=[line.id for line in lines])
    told = []
    for line in lines:
        judged = together.judged(line.id)
        satang = judged.assessment.amount_satang if judged.assessment else None
        if satang:
            together.count(judged, satang)
        told.append(AgendaLine(line=line, granted_satang=satang))
    return tuple(told)


@dataclass(frozen=True, kw_only=True)
class DecidedList:
    """What one meeting decided on one list: its claims by number, why not where it said no, and who signed for it."""

    lines: tuple[ClaimLine, ...]
    because: Mapping[UUID, str]
    met_on: date
    committee_no: int
    meeting_no: int
    signed_by: str


_MEETING = """
SELECT c.id, c.rejected_because, r.met_on, r.committee_no, r.meeting_no, p.name
FROM claims_claim c JOIN members_resolution r ON r.fund_id = c.fund_id AND r.id = c.resolution_id
JOIN funds_person p ON p.fund_id = r.fund_id AND p.id = r.signed_by_id
WHERE c.fund_id = %(fund_id)s AND c.list_id = %(list_id)s"""


def decided_list(*, fund_id: int, list_id: UUID) -> DecidedList | None:
    """A list that was decided, or None. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_MEETING, {"fund_id": fund_id, "list_id": list_id})
        rows = cursor.fetchall()
    if not rows:
        return None
    *_, met_on, committee_no, meeting_no, signed_by = rows[0]
    return DecidedList(
        lines=claims_of_list(fund_id=fund_id, list_id=list_id), because={row[0]: row[1] for row in rows if row[1]},
        met_on=met_on, committee_no=committee_no, meeting_no=meeting_no, signed_by=signed_by)
