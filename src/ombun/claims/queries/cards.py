"""Claims as people see them: what waits for whom, lists, one claim with its signatures."""
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.claims.models import Claim
from ombun.claims.states import OPEN, Act, ClaimState
from ombun.members.queries import entries_of
from ombun.primitives.money import Satang
from ombun.regulations.rules.assessment import Step, read_steps
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import BenefitRule

PAGE_SIZE_MAX = 60
WAITING_MAX = 200


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class ClaimHead:
    """Which claim it is, how far it has come, whose it is and in which village."""

    id: UUID
    year: int
    claim_no: int
    state: ClaimState
    member_id: int
    member_no: str
    full_name: str
    centre_id: UUID | None
    moo: int | None


@dataclass(frozen=True, kw_only=True)
class ClaimLine(ClaimHead):
    """A claim as a list shows it. The amount is what was approved, else what the rule book grants, else None."""

    benefit: str
    title_th: str
    title_en: str
    happened_on: date
    filed_on: date
    waits_since_on: date
    amount_satang: Satang | None
    assessed_satang: Satang | None
    paid_on: date | None


_LINES = """
SELECT c.id, c.year, c.claim_no, c.state, m.id, m.member_no, m.full_name, m.centre_id, v.moo,
  c.benefit, k.title_th, k.title_en, c.happened_on, c.filed_on,
  coalesce(c.paid_on, c.decided_on, c.certified_on, c.filed_on),
  coalesce(c.approved_satang, c.assessed_satang), c.assessed_satang, c.paid_on
FROM claims_claim c
JOIN members_member e ON e.fund_id = c.fund_id AND e.id = c.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
LEFT JOIN funds_villagecentre v ON v.fund_id = m.fund_id AND v.id = m.centre_id
WHERE c.fund_id = %(fund_id)s"""


def _lines(where: str, **facts: Any) -> tuple[ClaimLine, ...]:
    names = list(ClaimLine.__dataclass_fields__)
    found = (dict(zip(names, row, strict=True)) for row in _rows(f"{_LINES} {where}", **facts))
    return tuple(ClaimLine(**{**line, "state": ClaimState(line["state"])}) for line in found)


def claims(
    *, fund_id: int, states: Collection[ClaimState] = OPEN, centre_id: UUID | None = None, page: int = 1
) -> tuple[ClaimLine, ...]:
    """Claims in these states, the one that has waited longest first; of one centre where one is named; at most 200."""
    return _lines(
        """AND c.state = ANY(%(states)s) AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
        ORDER BY coalesce(c.paid_on, c.decided_on, c.certified_on, c.filed_on), c.year, c.claim_no
        LIMIT %(limit)s OFFSET %(offset)s""",
        fund_id=fund_id, states=list(states), centre_id=centre_id, limit=WAITING_MAX,
        offset=(page - 1) * WAITING_MAX)


def newest_claims(
    *, fund_id: int, states: Collection[ClaimState] = tuple(ClaimState), centre_id: UUID | None = None, text: str = "",
    page: int = 1
) -> tuple[ClaimLine, ...]:
    """Claims in these states, the newest first; of one centre where one is named; a page of at most 60.

    With a text only those whose member's name or number contains it, or whose own number it is.
    """
    part = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return _lines(
        """AND c.state = ANY(%(states)s) AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
        AND (%(text)s = '' OR m.full_name ILIKE %(part)s OR m.member_no ILIKE %(part)s OR c.claim_no::text = %(text)s)
        ORDER BY c.year DESC, c.claim_no DESC LIMIT %(limit)s OFFSET %(offset)s""",
        fund_id=fund_id, states=list(states), centre_id=centre_id, text=text, part=part, limit=PAGE_SIZE_MAX,
        offset=(page - 1) * PAGE_SIZE_MAX)


def claims_named(*, fund_id: int, claim_ids: Collection[UUID]) -> tuple[ClaimLine, ...]:
    """These claims, by their numbers."""
    return _lines("AND c.id = ANY(%(ids)s) ORDER BY c.year, c.claim_no", fund_id=fund_id, ids=list(claim_ids))


def claims_of_list(*, fund_id: int, list_id: UUID) -> tuple[ClaimLine, ...]:
    """The claims that were decided together on one list of a meeting, by their numbers."""
    return _lines("AND c.list_id = %(list_id)s ORDER BY c.year, c.claim_no", fund_id=fund_id, list_id=list_id)


def claims_of_member(*, fund_id: int, member_id: int) -> tuple[ClaimLine, ...]:
    """Every claim of a member, the newest first."""
    return _lines("AND c.member_id = ANY(%(entries)s) ORDER BY c.filed_on DESC, c.claim_no DESC", fund_id=fund_id,
                  entries=list(entries_of(fund_id=fund_id, member_ids=[member_id])))


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many claims stand in a state, since when the oldest waits, and how much money they are about."""

    claims: int
    since_on: date
    amount_satang: Satang


_WAITING = """
SELECT c.state, count(*), min(coalesce(c.decided_on, c.certified_on, c.filed_on)),
  coalesce(sum(coalesce(c.approved_satang, c.assessed_satang)), 0)::bigint
FROM claims_claim c JOIN members_member e ON e.fund_id = c.fund_id AND e.id = c.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
WHERE c.fund_id = %(fund_id)s AND c.state = ANY(%(states)s)
  AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
GROUP BY c.state"""


def waiting(*, fund_id: int, centre_id: UUID | None = None) -> dict[ClaimState, Waiting]:
    """What waits: for the centre (FILED), the chair (CERTIFIED), the treasurer (APPROVED)."""
    rows = _rows(_WAITING, fund_id=fund_id, states=list(OPEN), centre_id=centre_id)
    return {ClaimState(state): Waiting(claims=count, since_on=since, amount_satang=Satang(satang))
            for state, count, since, satang in rows}


@dataclass(frozen=True, kw_only=True)
class SignatureCard:
    """Who signed what on a claim, and when."""

    act: Act
    person_id: UUID
    name: str
    signed_on: date
    recorded_by: int  # the login that wrote it down


@dataclass(frozen=True, kw_only=True)
class ClaimCard(ClaimHead):
    """One claim with everything that belongs to it."""

    beneficiary_name: str
    beneficiary_relation: str
    clause_id: UUID
    clause_no: str
    version_id: UUID
    version_number: int
    benefit: str
    title_th: str
    title_en: str
    text_th: str
    rule: BenefitRule
    account_code: str
    happened_on: date
    units: int | None
    appeal_of_id: UUID | None
    appealed_by_id: UUID | None  # the claim in which it is asked again
    details: Mapping[str, str]
    documents_seen: tuple[str, ...]
    filed_on: date
    filed_by: int
    assessed_satang: Satang | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    certified_on: date | None
    decided_on: date | None
    approved_satang: Satang | None
    rejected_because: str
    list_id: UUID | None
    paid_on: date | None
    paid_satang: Satang | None
    payee_name: str
    paid_from: str  # the bank and the number of the account it was transferred from; nothing where it was paid in cash
    entry_id: int | None
    voucher_year: int | None
    voucher_no: int | None
    signatures: tuple[SignatureCard, ...]

    def signed(self, act: Act) -> tuple[SignatureCard, ...]:
        """Who signed for this act."""
        return tuple(s for s in self.signatures if s.act == act)


_CARD = """
SELECT m.id, m.member_no, m.full_name, m.centre_id, v.moo, coalesce(b.name, ''), coalesce(b.relation, ''),
  k.clause_no, r.id, r.number, k.title_th, k.title_en, k.text_th, k.rule, k.account_code,
  coalesce(a.bank || ' ' || a.account_no, ''), again.id
FROM claims_claim c
JOIN members_member e ON e.fund_id = c.fund_id AND e.id = c.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
JOIN regulations_regulationversion r ON r.fund_id = k.fund_id AND r.id = k.version_id
LEFT JOIN funds_villagecentre v ON v.fund_id = m.fund_id AND v.id = m.centre_id
LEFT JOIN claims_claim again ON again.fund_id = c.fund_id AND again.appeal_of_id = c.id
LEFT JOIN ledger_bankaccount a ON a.fund_id = c.fund_id AND a.id = c.paid_from_id
LEFT JOIN members_beneficiary b ON b.fund_id = m.fund_id AND b.member_id = m.id AND b.ended_on IS NULL AND b.place = 1
WHERE c.fund_id = %(fund_id)s AND c.id = %(claim_id)s"""
_SIGNATURES = """
SELECT s.act, s.person_id, p.name, s.signed_on, s.recorded_by FROM claims_signature s
JOIN funds_person p ON p.fund_id = s.fund_id AND p.id = s.person_id
WHERE s.fund_id = %(fund_id)s AND s.claim_id = %(claim_id)s ORDER BY s.signed_on, s.recorded_at, p.name"""


def claim_card(*, fund_id: int, claim_id: UUID) -> ClaimCard | None:
    """One claim of this fund with its clause, its explanation and the names under it, or None. Three statements."""
    return _card(Claim.objects.filter(fund_id=fund_id, id=claim_id).first())


def claim_by_number(*, fund_id: int, year: int, claim_no: int) -> ClaimCard | None:
    """One claim of this fund by the number people know it by, or None. Three statements.

    `year` is the Gregorian year in which the fiscal year of filing ends.
    """
    return _card(Claim.objects.filter(fund_id=fund_id, year=year, claim_no=claim_no).first())


def _card(claim: Claim | None) -> ClaimCard | None:
    if claim is None:
        return None
    (member_id, member_no, full_name, centre_id, moo, beneficiary, relation, clause_no, version_id, version, title_th,
     title_en, text_th, rule, account_code, paid_from, again) = _rows(
        _CARD, fund_id=claim.fund_id, claim_id=claim.id)[0]
    return ClaimCard(
        id=claim.id, year=claim.year, claim_no=claim.claim_no, state=ClaimState(claim.state), member_id=member_id,
        member_no=member_no, full_name=full_name, centre_id=centre_id, moo=moo, beneficiary_name=beneficiary,
        beneficiary_relation=relation, clause_id=claim.clause_id, clause_no=clause_no, version_id=version_id,
        version_number=version, benefit=claim.benefit, title_th=title_th, title_en=title_en, text_th=text_th,
        rule=read_rule(data=json.loads(rule) if isinstance(rule, str) else rule), account_code=account_code,
        happened_on=claim.happened_on, units=claim.units, appeal_of_id=claim.appeal_of_id,
        appealed_by_id=again, details=claim.details,
        documents_seen=tuple(claim.documents_seen), filed_on=claim.filed_on, filed_by=claim.filed_by,
        assessed_satang=claim.assessed_satang, steps=read_steps(data=claim.assessment.get("steps", [])),
        missing=tuple(claim.assessment.get("missing", [])), certified_on=claim.certified_on,
        decided_on=claim.decided_on, approved_satang=claim.approved_satang, rejected_because=claim.rejected_because,
        list_id=claim.list_id, paid_on=claim.paid_on, paid_satang=claim.paid_satang, payee_name=claim.payee_name,
        paid_from=paid_from, entry_id=claim.entry_id,
        voucher_year=claim.voucher_year, voucher_no=claim.voucher_no, signatures=tuple(
            SignatureCard(act=Act(act), person_id=person, name=name, signed_on=day, recorded_by=login)
            for act, person, name, day, login in _rows(_SIGNATURES, fund_id=claim.fund_id, claim_id=claim.id)))
