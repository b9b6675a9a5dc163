"""What can happen to a claim: filed, certified, approved or rejected, paid. One writer per fund at a time."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.claims import queries, rules
from ombun.claims.models import Claim, OpeningUse, Signature
from ombun.claims.rules import ClaimFacts, Filing, UsedBefore
from ombun.claims.states import Act, ClaimState
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import HELPED_AT_ONCE, TREASURER_CASH, Posting
from ombun.members import operations as register
from ombun.members import queries as members
from ombun.members.rules.consents import NewConsent
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case
from ombun.regulations import queries as rule_book
from ombun.regulations.rules.assessment import Assessment, steps_data


class FilingRefused(Refused):
    """The claim cannot be taken up so; every reason is listed, and nothing was written."""


class CertificationRefused(Refused):
    """The claim cannot be certified so; every reason is listed, and nothing was written."""


class DecisionRefused(Refused):
    """The claim cannot be decided so; every reason is listed, and nothing was written."""


class PaymentRefused(Refused):
    """The claim cannot be paid now; every reason is listed, and nothing was written."""


class OpeningUseRefused(Refused):
    """What was used before the books began here cannot be written so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class ClaimFiled:
    """The answer to a filing: its number, and what the rule book grants as it stands."""

    claim_id: UUID
    year: int
    claim_no: int
    assessed_satang: Satang | None
    was_already_recorded: bool


@dataclass(frozen=True, kw_only=True)
class ClaimMoved:
    """The answer to a certification or a decision: where the claim stands now."""

    claim_id: UUID
    state: ClaimState
    was_already_recorded: bool


@dataclass(frozen=True, kw_only=True)
class ClaimPaid:
    """The answer to a payment: the voucher, the entry in the books, the sum."""

    claim_id: UUID
    voucher_year: int
    voucher_no: int
    entry_id: int
    paid_satang: Satang
    was_already_recorded: bool


@use_case
def file_claim(
    *, actor: Actor, claim_id: UUID, member_id: int, benefit: str, happened_on: date, filed_on: date,
    recorded_at: datetime, units: int | None = None, details: Mapping[str, str] | None = None,
    documents_seen: Sequence[str] = (), agreed: NewConsent | None = None
) -> ClaimFiled:
    """Write down that a member (or their family) asks for a benefit, with what the rule book grants and why.

    An entitlement of nothing is filed too: the committee says no, not the program. What tells of health is taken up
    with the member's consent, on record or `agreed` to now. The caller made `claim_id`; sent twice, the first answer
    comes again. Raises FilingRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    filing = Filing(member_id=member_id, benefit=benefit, happened_on=happened_on, units=units, filed_on=filed_on,
                    details=dict(details or {}), documents_seen=tuple(documents_seen))
    if (known := Claim.objects.filter(fund_id=actor.fund_id, id=claim_id).first()) is not None:
        return _first_filing(claim=known, filing=filing)
    judged = queries.judged_filing(actor=actor, filing=filing, today=day_in_thailand(recorded_at), agreed=agreed)
    if judged.refusals:
        raise FilingRefused(*judged.refusals)
    clause, assessment = judged.clause, judged.assessment
    assert clause is not None and assessment is not None

    # After this point it must succeed.
    if judged.needs_consent and agreed is not None:
        register.write_consent(actor=actor, consent_id=uuid5(claim_id, "consent"), member_id=member_id, new=agreed,
                               recorded_at=recorded_at)
    year = rules.fiscal_year(day=filed_on)
    claim = Claim.objects.create(
        id=claim_id, fund_id=actor.fund_id, year=year,
        claim_no=queries.last_claim_nos(fund_id=actor.fund_id).get(year, 0) + 1, member_id=member_id,
        clause_id=clause.id, benefit=benefit, happened_on=happened_on, units=units,
        details=filing.details, documents_seen=list(filing.documents_seen), filed_on=filed_on, filed_by=actor.user_id,
        filed_at=recorded_at, state=ClaimState.FILED, **kept(assessment=assessment))
    _write_down(actor, claim, "filed", recorded_at, clause=str(clause.id), satang=assessment.amount_satang)
    return ClaimFiled(claim_id=claim_id, year=year, claim_no=claim.claim_no, assessed_satang=assessment.amount_satang,
                      was_already_recorded=False)


def _first_filing(*, claim: Claim, filing: Filing) -> ClaimFiled:
    recorded = Filing(
        member_id=claim.member_id, benefit=claim.benefit, happened_on=claim.happened_on, units=claim.units,
        filed_on=claim.filed_on, details=claim.details, documents_seen=tuple(claim.documents_seen))
    if recorded != filing:
        raise FilingRefused(Refusal(code="claims.same_id_other_claim", about=str(claim.id)))
    return ClaimFiled(claim_id=claim.id, year=claim.year, claim_no=claim.claim_no,
                      assessed_satang=claim.assessed_satang, was_already_recorded=True)


def kept(*, assessment: Assessment) -> dict[str, object]:
    """The columns in which a claim keeps what the rule book granted, and why."""
    return {"assessed_satang": assessment.amount_satang, "assessed_units": assessment.units,
            "assessment": {"steps": steps_data(steps=assessment.steps), "missing": list(assessment.missing)}}


@inside_use_case
def _write_down(actor: Actor, claim: Claim, what: str, recorded_at: datetime, **facts: object) -> None:
    audit.record_event(
        actor=actor, action=f"claims.{what}", subject=f"claim:{claim.id}", facts=facts, happened_at=recorded_at)


@inside_use_case
def _sign(actor: Actor, claim: Claim, act: Act, people: Sequence[UUID], signed_on: date, recorded_at: datetime) -> None:
    Signature.objects.bulk_create([Signature(
        fund_id=actor.fund_id, claim_id=claim.id, person_id=person, act=act, signed_on=signed_on,
        recorded_by=actor.user_id, recorded_at=recorded_at) for person in people])


@inside_use_case
def _move(actor: Actor, claim: Claim, **columns: object) -> None:
    Claim.objects.filter(fund_id=actor.fund_id, id=claim.id).update(**columns)


def claim_in_hand(*, actor: Actor, claim_id: UUID, refused: type[Refused]) -> Claim:
    """The claim that something is about to happen to. Raises `refused` where there is none in this fund."""
    claim = Claim.objects.filter(fund_id=actor.fund_id, id=claim_id).first()
    if claim is None:
        raise refused(Refusal(code="claims.unknown_claim", about=str(claim_id)))
    return claim


@use_case
def certify_claim(
    *, actor: Actor, claim_id: UUID, certifiers: Sequence[UUID], certified_on: date, recorded_at: datetime
) -> ClaimMoved:
    """Three people of the member's village centre have said on paper that it is true.

    The same three on the same day again is the first answer again. Raises CertificationRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=CertificationRefused)
    facts = queries.claim_facts(fund_id=actor.fund_id, claim=claim)
    if facts.certified_on == certified_on and facts.signers(Act.CERTIFY) == set(certifiers):
        return ClaimMoved(claim_id=claim_id, state=facts.state, was_already_recorded=True)
    found = rules.refusals_to_certify(
        actor=actor, claim=facts, certifiers=certifiers, certified_on=certified_on,
        offices=queries.offices(fund_id=actor.fund_id), today=day_in_thailand(recorded_at))
    if found:
        raise CertificationRefused(*found)

    # After this point it must succeed.
    _sign(actor, claim, Act.CERTIFY, certifiers, certified_on, recorded_at)
    _move(actor, claim, state=ClaimState.CERTIFIED, certified_on=certified_on)
    _write_down(actor, claim, "certified", recorded_at, certifiers=[str(person) for person in certifiers])
    return ClaimMoved(claim_id=claim_id, state=ClaimState.CERTIFIED, was_already_recorded=False)


@use_case
def approve_claim(
    *, actor: Actor, claim_id: UUID, approved_by: UUID, approved_satang: Satang, decided_on: date, recorded_at: datetime
) -> ClaimMoved:
    """The chair says yes to a sum, at most what the rule book grants at this moment.

    The assessment is made anew under the fund's lock, so that two desks together cannot pass a yearly limit.
    The same decision again is the first answer again. Raises DecisionRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=DecisionRefused)
    facts = queries.claim_facts(fund_id=actor.fund_id, claim=claim)
    if facts.signers(Act.APPROVE) == {approved_by} and (
            facts.decided_on, facts.approved_satang) == (decided_on, approved_satang):
        return ClaimMoved(claim_id=claim_id, state=facts.state, was_already_recorded=True)
    entitled = queries.entitlement(
        fund_id=actor.fund_id, member_id=claim.member_id, benefit=claim.benefit, excluding=claim_id,
        event=rules.event_of(happened_on=claim.happened_on, units=claim.units, asked_on=claim.filed_on,
                             details=claim.details))
    if entitled is None:
        raise DecisionRefused(Refusal(code="claims.no_such_benefit_that_day", about=claim.benefit, facts={
            "happened_on": claim.happened_on}))
    clause, assessment = entitled
    found = rules.refusals_to_approve(
        actor=actor, claim=facts, approved_by=approved_by, approved_satang=approved_satang, decided_on=decided_on,
        assessment=assessment, offices=queries.offices(fund_id=actor.fund_id), today=day_in_thailand(recorded_at),
        chair_up_to_satang=clause.rule.chair_up_to_satang)
    if found:
        raise DecisionRefused(*found)

    # After this point it must succeed.
    _sign(actor, claim, Act.APPROVE, [approved_by], decided_on, recorded_at)
    _move(actor, claim, state=ClaimState.APPROVED, decided_on=decided_on, approved_satang=approved_satang,
          clause_id=clause.id, **kept(assessment=assessment))
    _write_down(actor, claim, "approved", recorded_at, approved_by=str(approved_by), approved_satang=approved_satang,
                clause=str(clause.id), granted_satang=assessment.amount_satang)
    return ClaimMoved(claim_id=claim_id, state=ClaimState.APPROVED, was_already_recorded=False)


@use_case
def reject_claim(
    *, actor: Actor, claim_id: UUID, rejected_by: UUID, because: str, decided_on: date, recorded_at: datetime
) -> ClaimMoved:
    """The chair says no, with a reason the member can read. The same again is the first answer again.

    Raises DecisionRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=DecisionRefused)
    facts = queries.claim_facts(fund_id=actor.fund_id, claim=claim)
    if facts.signers(Act.REJECT) == {rejected_by} and (
            facts.decided_on, claim.rejected_because) == (decided_on, because):
        return ClaimMoved(claim_id=claim_id, state=facts.state, was_already_recorded=True)
    found = rules.refusals_to_reject(
        actor=actor, claim=facts, rejected_by=rejected_by, because=because, decided_on=decided_on,
        offices=queries.offices(fund_id=actor.fund_id), today=day_in_thailand(recorded_at))
    if found:
        raise DecisionRefused(*found)

    # After this point it must succeed.
    _sign(actor, claim, Act.REJECT, [rejected_by], decided_on, recorded_at)
    _move(actor, claim, state=ClaimState.REJECTED, decided_on=decided_on, rejected_because=because)
    _write_down(actor, claim, "rejected", recorded_at, rejected_by=str(rejected_by))
    return ClaimMoved(claim_id=claim_id, state=ClaimState.REJECTED, was_already_recorded=False)


@use_case
def pay_claim(
    *, actor: Actor, claim_id: UUID, paid_by: UUID, paid_on: date, payee_name: str, recorded_at: datetime,
    paid_from: UUID | None = None
) -> ClaimPaid:
    """Hand over the approved money and write it in the books, both or neither: from the treasurer's cash, or by a
    transfer from an account at a bank that a resolution named (`paid_from`).

    The same payment again is the first answer again. Raises PaymentRefused, or funds.BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    claim = claim_in_hand(actor=actor, claim_id=claim_id, refused=PaymentRefused)
    facts = queries.claim_facts(fund_id=actor.fund_id, claim=claim)
    if (claim.paid_on, claim.payee_name, claim.paid_from_id) == (
            paid_on, payee_name, paid_from) and facts.signers(Act.PAY) == {paid_by}:
        return _first_payment(claim)
    funds.demand_open_day(fund=fund, day=paid_on)
    account_code = _paid_out_of(actor, paid_from, paid_on)
    found = rules.refusals_to_pay(
        actor=actor, claim=facts, paid_by=paid_by, payee_name=payee_name, paid_on=paid_on,
        cash_satang=books.cash_free(fund_id=actor.fund_id, on=paid_on)[account_code],
        by_transfer=paid_from is not None, offices=queries.offices(fund_id=actor.fund_id),
        today=day_in_thailand(recorded_at))
    if found:
        raise PaymentRefused(*found)
    assert facts.approved_satang is not None

    # After this point it must succeed.
    satang, year = facts.approved_satang, rules.fiscal_year(day=paid_on)
    voucher_no = queries.last_voucher_nos(fund_id=actor.fund_id).get(year, 0) + 1
    entry_id = _post_payment(actor, claim, facts, account_code, paid_on, recorded_at)
    _sign(actor, claim, Act.PAY, [paid_by], paid_on, recorded_at)
    _move(actor, claim, state=ClaimState.PAID, paid_on=paid_on, paid_satang=satang, payee_name=payee_name,
          entry_id=entry_id, paid_from_id=paid_from, voucher_year=year, voucher_no=voucher_no)
    _write_down(actor, claim, "paid", recorded_at, paid_by=str(paid_by), paid_satang=satang, entry=entry_id,
                out_of=account_code)
    return ClaimPaid(claim_id=claim_id, voucher_year=year, voucher_no=voucher_no, entry_id=entry_id, paid_satang=satang,
                     was_already_recorded=False)


def _paid_out_of(actor: Actor, paid_from: UUID | None, paid_on: date) -> str:
    """The account of the books that the money leaves. Raises PaymentRefused where no such bank account stands."""
    if paid_from is None:
        return TREASURER_CASH
    account = books.bank_account(fund_id=actor.fund_id, bank_account_id=paid_from)
    if account is None or (account.ended_on is not None and account.ended_on <= paid_on):
        raise PaymentRefused(Refusal(code="claims.no_such_bank_account", about="paid_from"))
    if account.as_named.resolved_on > paid_on:
        raise PaymentRefused(Refusal(code="claims.bank_account_not_named_yet", about="paid_from", facts={
            "day_on": paid_on, "resolved_on": account.as_named.resolved_on}))
    return account.code


@inside_use_case
def _post_payment(
    actor: Actor, claim: Claim, facts: ClaimFacts, account_code: str, paid_on: date, recorded_at: datetime
) -> int:
    """What was approved becomes a benefit; what was handed over at once is settled, and the rest leaves the account."""
    clause = rule_book.clause_by_id(fund_id=actor.fund_id, clause_id=claim.clause_id)
    assert facts.approved_satang is not None
    approved, helped = facts.approved_satang, facts.helped_satang
    sides = ((clause.account_code, approved), (HELPED_AT_ONCE, -helped), (account_code, helped - approved))
    return ledger.post_entry(
        actor=actor, deed="claims.payment", deed_id=claim.id, happened_on=paid_on, posted_on=paid_on,
        recorded_at=recorded_at, postings=[
            Posting(account_code=code, amount_satang=Satang(satang)) for code, satang in sides if satang])


def _first_payment(claim: Claim) -> ClaimPaid:
    assert claim.voucher_year is not None and claim.voucher_no is not None
    assert claim.entry_id is not None and claim.paid_satang is not None
    return ClaimPaid(claim_id=claim.id, voucher_year=claim.voucher_year, voucher_no=claim.voucher_no,
                     entry_id=claim.entry_id, paid_satang=claim.paid_satang, was_already_recorded=True)


@use_case
def write_opening_uses(*, actor: Actor, uses: Sequence[UsedBefore], recorded_at: datetime) -> int:
    """Write down what members had used before the fund's own books began here; it counts on the eve of that day.

    Returns how many were new; what is written already and the same is passed over. Raises OpeningUseRefused.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    known = queries.opening_uses(fund_id=actor.fund_id, member_ids={use.member_id for use in uses})
    cards = members.member_cards(fund_id=actor.fund_id, member_ids={use.member_id for use in uses})
    found = rules.refusals_of_opening_use(
        actor=actor, uses=uses, known=known, members={i: card.full_name for i, card in cards.items()},
        benefits=rule_book.benefit_titles(fund_id=actor.fund_id).keys())
    if found:
        raise OpeningUseRefused(*found)
    new = [use for use in uses if (use.member_id, use.benefit) not in known]
    OpeningUse.objects.bulk_create([OpeningUse(
        fund_id=actor.fund_id, member_id=use.member_id, benefit=use.benefit, times=use.times, units=use.units,
        amount_satang=use.amount_satang, counted_on=fund.starts_on - timedelta(days=1)) for use in new])
    if new:
        audit.record_event(actor=actor, action="claims.opening_uses_written", subject=f"fund:{actor.fund_id}",
                           facts={"lines": len(new)}, happened_at=recorded_at)
    return len(new)
