"""Filing and deciding: where a claim stands, who holds which office, what was asked already, the last numbers."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max

from ombun.claims import rules
from ombun.claims.models import Claim, FirstHelp, OpeningUse, Signature
from ombun.claims.queries.entitlements import register
from ombun.claims.rules import ClaimFacts, Filing, Offices, Signed, UsedBefore
from ombun.claims.states import Act, ClaimState
from ombun.funds import queries as funds
from ombun.members.queries import MemberCard, agreeing, entries_of, member_cards, persons_of
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.assessment import Assessment


def claim_facts(*, fund_id: int, claim: Claim) -> ClaimFacts:
    """A claim as the rules want it: where it stands, whose it is, who has signed."""
    return facts_of_claims(fund_id=fund_id, claims=[claim])[claim.id]


def facts_of_claims(*, fund_id: int, claims: Collection[Claim]) -> dict[UUID, ClaimFacts]:
    """The same of many claims: five statements whatever their number."""
    whose = persons_of(fund_id=fund_id, entries={claim.member_id for claim in claims})
    cards = member_cards(fund_id=fund_id, member_ids=set(whose.values()))
    signed: dict[UUID, list[Signed]] = {claim.id: [] for claim in claims}
    for s in Signature.objects.filter(fund_id=fund_id, claim_id__in=list(signed)):
        signed[s.claim_id].append(Signed(person_id=s.person_id, act=Act(s.act), signed_on=s.signed_on))
    helped = dict(FirstHelp.objects.filter(fund_id=fund_id, claim_id__in=list(signed)).values_list(
        "claim_id", "amount_satang"))
    said_no = _said_no(fund_id=fund_id, claim_ids=list(signed))
    return {claim.id: ClaimFacts(
        said_no=said_no.get(claim.id, frozenset()), helped_satang=helped.get(claim.id, 0),
        state=ClaimState(claim.state), member_id=person, centre_id=cards[person].centre_id if person in cards else None,
        filed_on=claim.filed_on, certified_on=claim.certified_on, decided_on=claim.decided_on,
        approved_satang=claim.approved_satang, signatures=tuple(signed[claim.id]))
        for claim in claims for person in [whose.get(claim.member_id, claim.member_id)]}


_SAID_NO = """
SELECT c.id, array_agg(s.person_id) FROM claims_claim c
JOIN members_member m ON m.fund_id = c.fund_id AND m.id = c.member_id
JOIN members_member n ON n.fund_id = m.fund_id AND coalesce(n.merged_into, n.id) = coalesce(m.merged_into, m.id)
JOIN claims_claim o ON o.fund_id = n.fund_id AND o.member_id = n.id AND o.benefit = c.benefit
  AND o.happened_on = c.happened_on AND o.id <> c.id AND o.state = 'REJECTED'
JOIN claims_signature s ON s.fund_id = o.fund_id AND s.claim_id = o.id AND s.act = 'REJECT'
WHERE c.fund_id = %(fund_id)s AND c.id = ANY(%(ids)s) GROUP BY c.id"""


def _said_no(*, fund_id: int, claim_ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who rejected an earlier claim for the same event, by claim."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID_NO, {"fund_id": fund_id, "ids": list(claim_ids)})
        return {claim_id: frozenset(people) for claim_id, people in cursor.fetchall()}


def offices(*, fund_id: int) -> Offices:
    """Who holds which office, with names; behind an office-holder stands the person, whichever entry is theirs."""
    held = funds.holdings(fund_id=fund_id)
    whose = persons_of(fund_id=fund_id, entries={one.member_id for one in held if one.member_id is not None})
    return Offices(names=funds.person_names(fund_id=fund_id), holdings=tuple(
        replace(one, member_id=whose[one.member_id]) if one.member_id in whose else one for one in held))


def claim_of_event(*, fund_id: int, member_id: int, benefit: str, happened_on: date) -> Claim | None:
    """The claim for this very event that is there already and was not rejected, or None."""
    entries = entries_of(fund_id=fund_id, member_ids=[member_id])
    return Claim.objects.filter(
        fund_id=fund_id, member_id__in=list(entries), benefit=benefit, happened_on=happened_on).exclude(
        state=ClaimState.REJECTED).first()


@dataclass(frozen=True, kw_only=True)
class JudgedFiling:
    """What would become of a claim: every reason not to take it up, and what the rule book grants."""

    refusals: tuple[Refusal, ...]
    card: MemberCard | None
    clause: ClauseCard | None
    assessment: Assessment | None  # None where there is no such member or no such clause
    needs_consent: bool = False  # the benefit tells of health, and the member has agreed to nothing yet


def judged_filing(
    *, actor: Actor, filing: Filing, today: date, agreed: NewConsent | None = None
) -> JudgedFiling:
    """Judge a claim before it is filed, changing nothing."""
    known = register(fund_id=actor.fund_id, asked=[(filing.member_id, filing.happened_on)])
    card = known.cards.get(filing.member_id)
    clause = known.clause(benefit=filing.benefit, day=filing.happened_on)
    refusals = [
        *rules.refusals_to_file(actor=actor, filing=filing, rule=clause.rule if clause else None, today=today,
                                centre_id=card.centre_id if card else None),
        *_refusals_of_register(fund_id=actor.fund_id, filing=filing, card=card)]
    is_asked = clause is not None and needs_consent(fund_id=actor.fund_id, member_id=filing.member_id, clause=clause)
    if is_asked:
        refusals += rules.refusals_of_consent(agreed=agreed, today=today)
    event = rules.event_of(happened_on=filing.happened_on, units=filing.units, asked_on=filing.filed_on,
                           details=filing.details)
    assessment = None if card is None or clause is None else known.assessment(
        member_id=card.id, clause=clause, event=event)
    return JudgedFiling(refusals=tuple(refusals), card=card, clause=clause, assessment=assessment,
                        needs_consent=is_asked)


def needs_consent(*, fund_id: int, member_id: int, clause: ClauseCard) -> bool:
    """Whether asking for this benefit tells of the member's health and they have not yet agreed that it is kept."""
    return clause.rule.is_about_health and not agreeing(
        fund_id=fund_id, member_ids=persons_of(fund_id=fund_id, entries=[member_id]).values(), purpose=Purpose.HEALTH)


def _refusals_of_register(*, fund_id: int, filing: Filing, card: MemberCard | None) -> list[Refusal]:
    """The member is in the register, and nobody has asked for the same event already."""
    if card is None:
        return [Refusal(code="claims.unknown_member", about=str(filing.member_id))]
    same = claim_of_event(
        fund_id=fund_id, member_id=filing.member_id, benefit=filing.benefit, happened_on=filing.happened_on)
    return [] if same is None else [Refusal(code="claims.asked_already", about=str(same.id), facts={
        "claim_no": same.claim_no, "happened_on": filing.happened_on})]


def events_asked_for(*, fund_id: int, member_ids: Collection[int]) -> set[tuple[int, str, date]]:
    """Member, benefit and day of every claim that is there already and was not rejected."""
    whose = entries_of(fund_id=fund_id, member_ids=member_ids)
    rows = Claim.objects.filter(fund_id=fund_id, member_id__in=list(whose)).exclude(state=ClaimState.REJECTED)
    return {(whose[entry], benefit, day) for entry, benefit, day in rows.values_list(
        "member_id", "benefit", "happened_on")}


def last_claim_nos(*, fund_id: int) -> dict[int, int]:
    """The last number of each fiscal year's claims. Ask under the fund's lock."""
    rows = Claim.objects.filter(fund_id=fund_id).values_list("year")
    return dict(rows.annotate(last=Max("claim_no")))


def last_voucher_nos(*, fund_id: int) -> dict[int, int]:
    """The last number of each fiscal year's payment vouchers. Ask under the fund's lock."""
    rows = Claim.objects.filter(fund_id=fund_id, voucher_year__isnull=False).values_list("voucher_year")
    return dict(rows.annotate(last=Max("voucher_no")))


def opening_uses(*, fund_id: int, member_ids: Collection[int]) -> dict[tuple[int, str], UsedBefore]:
    """What members had already used when the books began here, by member and benefit."""
    rows = OpeningUse.objects.filter(fund_id=fund_id, member_id__in=member_ids)
    return {(row.member_id, row.benefit): _used_before(row) for row in rows}


def all_opening_uses(*, fund_id: int) -> tuple[UsedBefore, ...]:
    """Everything that was written down as used when the books began here, member by member."""
    rows = OpeningUse.objects.filter(fund_id=fund_id).order_by("member_id", "benefit")
    return tuple(_used_before(row) for row in rows)


def _used_before(row: OpeningUse) -> UsedBefore:
    return UsedBefore(member_id=row.member_id, benefit=row.benefit, times=row.times, units=row.units,
                      amount_satang=row.amount_satang)
