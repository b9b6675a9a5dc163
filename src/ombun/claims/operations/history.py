"""Many claims that were paid already, at once: a fund's history before it worked here, the demo fund."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Claim, Signature
from ombun.claims.operations.steps import kept
from ombun.claims.queries import Register
from ombun.claims.rules import Had, PastClaim
from ombun.claims.states import ClaimState
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import TREASURER_CASH, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.assessment import Assessment


class HistoryRefused(Refused):
    """The history has mistakes; every one of every claim is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class _Granted:
    """A past claim with what the rule book granted for it."""

    past: PastClaim
    clause: ClauseCard
    assessment: Assessment

    @property
    def satang(self) -> Satang:
        """What was granted, and so approved and paid."""
        return self.assessment.amount_satang or Satang(0)


@use_case
def record_history(*, actor: Actor, claims: Sequence[PastClaim], recorded_at: datetime) -> int:
    """Record many claims at once that were certified, approved and paid, under the same rules, set by set.

    Each is granted what the rule book gave that day, in the order in which they were decided. Claims whose id is known
    are passed over. Returns how many were new. Raises HistoryRefused with every reason of every claim, or BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    there = Claim.objects.filter(fund_id=actor.fund_id, id__in=[c.claim_id for c in claims])
    known = set(there.values_list("id", flat=True))
    new = sorted((c for c in claims if c.claim_id not in known), key=lambda c: (c.decided_on, c.filing.filed_on))
    if not new:
        return 0
    funds.demand_open_day(fund=fund, day=min(c.paid_on for c in new))
    granted, found = _judged(actor=actor, claims=new, recorded_at=recorded_at)
    if found:
        raise HistoryRefused(*found)

    # After this point it must succeed.
    _write(actor=actor, granted=granted, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="claims.history_recorded", subject=f"fund:{actor.fund_id}", facts={
        "claims": len(granted), "satang": sum(g.satang for g in granted)}, happened_at=recorded_at)
    return len(granted)


def _judged(
    *, actor: Actor, claims: Sequence[PastClaim], recorded_at: datetime
) -> tuple[list[_Granted], list[Refusal]]:
    """Judge each claim as if the ones before had just been paid."""
    known = queries.register(
        fund_id=actor.fund_id, asked={(c.filing.member_id, c.filing.happened_on) for c in claims})
    cash = next(h.balance_satang for h in books.cash_holders(fund_id=actor.fund_id) if h.code == TREASURER_CASH)
    offices, today = queries.offices(fund_id=actor.fund_id), day_in_thailand(recorded_at)
    asked_for = queries.events_asked_for(fund_id=actor.fund_id, member_ids=known.cards)
    granted: list[_Granted] = []
    found: list[Refusal] = []
    for past in claims:
        clause = known.clause(benefit=past.filing.benefit, day=past.filing.happened_on)
        one = _granted(known=known, past=past, clause=clause)
        refusals = _refusals_of_register(past, known, asked_for)
        refusals += rules.refusals_of_history(
            actor=actor, past=past, rule=clause.rule if clause else None, assessment=one.assessment if one else None,
            centre_id=known.centre_of(past.filing.member_id), cash_satang=cash, offices=offices, today=today)
        found += (replace(r, about=f"{past.claim_id} {r.about}") for r in refusals)
        if one is not None and not refusals:
            granted.append(one)
            cash = Satang(cash - one.satang)
            asked_for.add(past.event)
            known.count(Had(
                member_id=past.filing.member_id, benefit=past.filing.benefit, on=past.filing.happened_on, times=1,
                units=one.assessment.units or 0, satang=one.satang), clause=one.clause)
    return granted, found


def _granted(*, known: Register, past: PastClaim, clause: ClauseCard | None) -> _Granted | None:
    filing = past.filing
    if clause is None or filing.member_id not in known.cards:
        return None
    event = rules.event_of(happened_on=filing.happened_on, units=filing.units, asked_on=filing.filed_on,
                           details=filing.details)
    return _Granted(past=past, clause=clause, assessment=known.assessment(
        member_id=filing.member_id, clause=clause, event=event))


def _refusals_of_register(
    past: PastClaim, known: Register, asked_for: Collection[tuple[int, str, date]]
) -> list[Refusal]:
    if past.filing.member_id not in known.cards:
        return [Refusal(code="claims.unknown_member", about=str(past.filing.member_id))]
    if past.event in asked_for:
        return [Refusal(code="claims.asked_twice", about="happened_on", facts={"happened_on": past.filing.happened_on})]
    return []


_MOVES = {
    ClaimState.CERTIFIED: "certified_on = v.certified_on",
    ClaimState.APPROVED: "decided_on = v.decided_on, approved_satang = v.satang",
    ClaimState.PAID: """paid_on = v.paid_on, paid_satang = v.satang, payee_name = v.payee_name, entry_id = v.entry_id,
      voucher_year = v.voucher_year, voucher_no = v.voucher_no""",
}
_MOVE = """
UPDATE claims_claim c SET state = %(state)s, {}
FROM unnest(%(ids)s::uuid[], %(certified_on)s::date[], %(decided_on)s::date[], %(satang)s::bigint[],
    %(paid_on)s::date[], %(payee_names)s::text[], %(entry_ids)s::bigint[], %(voucher_years)s::int[],
    %(voucher_nos)s::int[])
  AS v(id, certified_on, decided_on, satang, paid_on, payee_name, entry_id, voucher_year, voucher_no)
WHERE c.fund_id = %(fund_id)s AND c.id = v.id"""


def _write(*, actor: Actor, granted: Sequence[_Granted], recorded_at: datetime) -> None:
    """File, sign, move and book all of them: the same statements for one claim and for a thousand."""
    _file(actor=actor, granted=granted, recorded_at=recorded_at)
    entries = ledger.post_entries(actor=actor, deed="claims.payment", recorded_at=recorded_at, drafts=[Draft(
        deed_id=g.past.claim_id, happened_on=g.past.paid_on, posted_on=g.past.paid_on, postings=(
            Posting(account_code=g.clause.account_code, amount_satang=g.satang),
            Posting(account_code=TREASURER_CASH, amount_satang=Satang(-g.satang)))) for g in granted])
    by_payment = sorted(granted, key=lambda g: g.past.paid_on)
    years = [rules.fiscal_year(day=g.past.paid_on) for g in by_payment]
    columns: dict[str, Any] = {
        "fund_id": actor.fund_id, "ids": [g.past.claim_id for g in by_payment],
        "certified_on": [g.past.certified_on for g in by_payment],
        "decided_on": [g.past.decided_on for g in by_payment],
        "satang": [g.satang for g in by_payment], "paid_on": [g.past.paid_on for g in by_payment],
        "payee_names": [g.past.payee_name for g in by_payment],
        "entry_ids": [entries[g.past.claim_id] for g in by_payment], "voucher_years": years,
        "voucher_nos": _numbers(years, queries.last_voucher_nos(fund_id=actor.fund_id))}
    with connection.cursor() as cursor:
        for state, moved in _MOVES.items():
            cursor.execute(_MOVE.format(moved), {**columns, "state": state})


def _file(*, actor: Actor, granted: Sequence[_Granted], recorded_at: datetime) -> None:
    by_filing = sorted(granted, key=lambda g: g.past.filing.filed_on)
    years = [rules.fiscal_year(day=g.past.filing.filed_on) for g in by_filing]
    numbers = _numbers(years, queries.last_claim_nos(fund_id=actor.fund_id))
    Claim.objects.bulk_create([Claim(
        id=g.past.claim_id, fund_id=actor.fund_id, year=year, claim_no=number, member_id=g.past.filing.member_id,
        clause_id=g.clause.id, benefit=g.clause.benefit, happened_on=g.past.filing.happened_on,
        units=g.past.filing.units, details=g.past.filing.details, documents_seen=list(g.past.filing.documents_seen),
        filed_on=g.past.filing.filed_on, filed_by=actor.user_id, filed_at=recorded_at, state=ClaimState.FILED,
        **kept(assessment=g.assessment)) for g, year, number in zip(by_filing, years, numbers, strict=True)])
    Signature.objects.bulk_create([Signature(
        fund_id=actor.fund_id, claim_id=g.past.claim_id, person_id=signed.person_id, act=signed.act,
        signed_on=signed.signed_on, recorded_by=actor.user_id, recorded_at=recorded_at)
        for g in granted for signed in g.past.signatures])


def _numbers(years: Sequence[int], last: Mapping[int, int]) -> list[int]:
    """Numbers that run on in each fiscal year."""
    following = Counter(last)
    numbers = []
    for year in years:
        following[year] += 1
        numbers.append(following[year])
    return numbers
