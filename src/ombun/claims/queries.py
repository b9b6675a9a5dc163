"""Claims: what waits for whom, one claim with its signatures, what a member has received, what a benefit has cost."""
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from ombun.claims import rules
from ombun.claims.models import Claim, OpeningUse, PastBenefit, Signature
from ombun.claims.rules import ClaimFacts, Filing, Had, Offices, Signed, UsedBefore
from ombun.claims.states import COUNTED, OPEN, Act, ClaimState
from ombun.contributions import queries as contributions
from ombun.contributions.rules import is_paid_up
from ombun.funds import queries as funds
from ombun.members.queries import MemberCard, agreeing, entries_of, member_card, member_cards, persons_of
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.actors import Actor
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import ClauseCard, RuleBook
from ombun.regulations.rules.assessment import Assessment, Event, MemberFacts, Step, Used, assess, read_steps
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import BenefitRule, Payee

PAGE_SIZE_MAX = 60
WAITING_MAX = 200


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


_HAD = """
WITH had AS (
  SELECT member_id, benefit, happened_on AS on_day, 1 AS times, coalesce(assessed_units, 0) AS units,
    approved_satang AS satang
  FROM claims_claim WHERE fund_id = %(fund_id)s AND state = ANY(%(counted)s)
    AND (%(excluding)s::uuid IS NULL OR id <> %(excluding)s)
  UNION ALL
  SELECT member_id, benefit, counted_on, times, units, amount_satang FROM claims_openinguse WHERE fund_id = %(fund_id)s
  UNION ALL
  SELECT member_id, benefit, paid_on, 1, units, amount_satang FROM claims_pastbenefit b
  WHERE fund_id = %(fund_id)s AND NOT EXISTS (SELECT 1 FROM claims_openinguse o
    WHERE o.fund_id = b.fund_id AND o.member_id = b.member_id AND o.benefit = b.benefit))
SELECT coalesce(m.merged_into, m.id), had.benefit, had.on_day, had.times, had.units, had.satang
FROM members_member m JOIN had ON had.member_id = m.id
WHERE m.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))"""


def benefits_had(*, fund_id: int, member_ids: Collection[int], excluding: UUID | None = None) -> list[Had]:
    """What members have had so far: approved and paid claims, and what was used before the books began here.

    One statement whatever their number. `excluding` is the claim in hand.
    """
    rows = _rows(_HAD, fund_id=fund_id, ids=list(member_ids), counted=list(COUNTED), excluding=excluding)
    return [Had(member_id=member, benefit=benefit, on=on, times=times, units=units, satang=Satang(satang))
            for member, benefit, on, times, units, satang in rows]


@dataclass(frozen=True, kw_only=True)
class Register:
    """All that assessments of these members for these days need to know, read at once."""

    cards: Mapping[int, MemberCard]
    books: tuple[RuleBook, ...]
    paid_until: Mapping[tuple[int, date], date | None]
    had: list[Had]

    def centre_of(self, member_id: int) -> UUID | None:
        """The village centre of a member; None where the register does not say."""
        card = self.cards.get(member_id)
        return card.centre_id if card else None

    def clause(self, *, benefit: str, day: date) -> ClauseCard | None:
        """The clause that grants a benefit on a day, or None."""
        in_force = (clause for book in self.books if book.holds_on(day) for clause in book.clauses)
        return next((clause for clause in in_force if clause.benefit == benefit), None)

    def assessment(self, *, member_id: int, clause: ClauseCard, event: Event) -> Assessment:
        """What this clause grants this member for this event, with every line explained."""
        on = event.happened_on
        until = self.paid_until[member_id, on]
        facts = member_facts(
            card=self.cards[member_id], paid_until=until, is_paid_up=is_paid_up(until=until, on=on),
            used_so_far=rules.used(had=self.had, member_id=member_id, benefit=clause.benefit, rule=clause.rule, on=on))
        return assess(rule=clause.rule, clause_no=clause.clause_no, facts=facts, event=event)


def register(*, fund_id: int, asked: Collection[tuple[int, date]], excluding: UUID | None = None) -> Register:
    """Read what assessments need, by member and day: six statements whatever their number."""
    member_ids = {member_id for member_id, _ in asked}
    return Register(
        cards=member_cards(fund_id=fund_id, member_ids=member_ids), books=rule_book.rule_books(fund_id=fund_id),
        paid_until=contributions.paid_until(fund_id=fund_id, asked=asked),
        had=benefits_had(fund_id=fund_id, member_ids=member_ids, excluding=excluding))


def entitlement(
    *, fund_id: int, member_id: int, benefit: str, happened_on: date, units: int | None, excluding: UUID | None = None
) -> tuple[ClauseCard, Assessment] | None:
    """What the rule book in force on the day of the event grants a member, with every line explained.

    None when no clause grants this benefit on that day, or there is no such member. `excluding` is the claim in hand.
    What was asked under an entry that was merged is granted to the person.
    """
    member_id = persons_of(fund_id=fund_id, entries=[member_id]).get(member_id, member_id)
    known = register(fund_id=fund_id, asked=[(member_id, happened_on)], excluding=excluding)
    clause = known.clause(benefit=benefit, day=happened_on)
    if clause is None or member_id not in known.cards:
        return None
    event = Event(happened_on=happened_on, units=units)
    return clause, known.assessment(member_id=member_id, clause=clause, event=event)


def entitlements(*, fund_id: int, member_id: int, on: date) -> tuple[tuple[ClauseCard, Assessment], ...]:
    """What each clause in force grants a member for an event on a day, in the order of the rule book.

    Where a clause counts units, for one of them. Six statements whatever the number of clauses.
    """
    known = register(fund_id=fund_id, asked=[(member_id, on)])
    if member_id not in known.cards:
        return ()
    return tuple((clause, known.assessment(
        member_id=member_id, clause=clause, event=Event(happened_on=on, units=1 if clause.rule.unit else None)))
        for book in known.books if book.holds_on(on) for clause in book.clauses)


def benefits_open(
    *, fund_id: int, cards: Collection[MemberCard], paid_until: Mapping[int, date | None], on: date
) -> dict[int, tuple[ClauseCard, ...]]:
    """What each of these members themselves could ask for on a day and would get something: the clauses in force, in
    the order of the rule book. `paid_until` is where they stand on that day. Three statements whatever the number of
    members and clauses."""
    known = Register(
        cards={card.id: card for card in cards}, books=rule_book.rule_books(fund_id=fund_id),
        paid_until={(i, on): until for i, until in paid_until.items()},
        had=benefits_had(fund_id=fund_id, member_ids=[card.id for card in cards]))
    clauses = [clause for book in known.books if book.holds_on(on) for clause in book.clauses
               if clause.rule.payee == Payee.MEMBER]
    return {i: tuple(clause for clause in clauses if known.assessment(
        member_id=i, clause=clause, event=Event(happened_on=on, units=1 if clause.rule.unit else None)).amount_satang)
        for i in known.cards}


def member_facts(
    *, card: MemberCard, paid_until: date | None, is_paid_up: bool | None, used_so_far: Used
) -> MemberFacts:
    """A member of the register as the rule book wants to know them. On the day of death they are still a member."""
    left_on = card.left_on
    if left_on is not None and card.left_reason == LeftReason.DECEASED:
        left_on += timedelta(days=1)
    earliest, latest = _birth_between(card)
    return MemberFacts(
        joined_on=card.joined_on, born_earliest_on=earliest, born_latest_on=latest,
        has_left=card.left_reason is not None, left_on=left_on, is_paid_up=is_paid_up, paid_until_on=paid_until,
        used=used_so_far)


def _birth_between(card: MemberCard) -> tuple[date | None, date | None]:
    """The earliest and the latest day on which somebody can have been born; a year alone is a whole year wide."""
    born = card.born_on
    if born is None:
        return None, None
    if card.birth_precision == BirthPrecision.YEAR:
        return date(born.year, 1, 1), date(born.year, 12, 31)
    if card.birth_precision == BirthPrecision.MONTH:
        return month_of(born), month_end(born)
    return born, born


def claim_facts(*, fund_id: int, claim: Claim) -> ClaimFacts:
    """A claim as the rules want it: where it stands, whose it is, who has signed."""
    person = persons_of(fund_id=fund_id, entries=[claim.member_id]).get(claim.member_id, claim.member_id)
    card = member_card(fund_id=fund_id, member_id=person)
    signed = Signature.objects.filter(fund_id=fund_id, claim_id=claim.id)
    return ClaimFacts(
        state=ClaimState(claim.state), member_id=person, centre_id=card.centre_id if card else None,
        filed_on=claim.filed_on, certified_on=claim.certified_on, decided_on=claim.decided_on,
        approved_satang=claim.approved_satang, signatures=tuple(
            Signed(person_id=s.person_id, act=Act(s.act), signed_on=s.signed_on) for s in signed))


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
    event = Event(happened_on=filing.happened_on, units=filing.units)
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
    paid_on: date | None


_LINES = """
SELECT c.id, c.year, c.claim_no, c.state, m.id, m.member_no, m.full_name, m.centre_id, v.moo,
  c.benefit, k.title_th, k.title_en, c.happened_on, c.filed_on,
  coalesce(c.paid_on, c.decided_on, c.certified_on, c.filed_on),
  coalesce(c.approved_satang, c.assessed_satang), c.paid_on
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
    paid_on: date | None
    paid_satang: Satang | None
    payee_name: str
    entry_id: int | None
    voucher_year: int | None
    voucher_no: int | None
    signatures: tuple[SignatureCard, ...]

    def signed(self, act: Act) -> tuple[SignatureCard, ...]:
        """Who signed for this act."""
        return tuple(s for s in self.signatures if s.act == act)


_CARD = """
SELECT m.id, m.member_no, m.full_name, m.centre_id, v.moo, coalesce(b.name, ''), coalesce(b.relation, ''),
  k.clause_no, r.id, r.number, k.title_th, k.title_en, k.text_th, k.rule, k.account_code
FROM claims_claim c
JOIN members_member e ON e.fund_id = c.fund_id AND e.id = c.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
JOIN regulations_regulationversion r ON r.fund_id = k.fund_id AND r.id = k.version_id
LEFT JOIN funds_villagecentre v ON v.fund_id = m.fund_id AND v.id = m.centre_id
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
     title_en, text_th, rule, account_code) = _rows(_CARD, fund_id=claim.fund_id, claim_id=claim.id)[0]
    return ClaimCard(
        id=claim.id, year=claim.year, claim_no=claim.claim_no, state=ClaimState(claim.state), member_id=member_id,
        member_no=member_no, full_name=full_name, centre_id=centre_id, moo=moo, beneficiary_name=beneficiary,
        beneficiary_relation=relation, clause_id=claim.clause_id, clause_no=clause_no, version_id=version_id,
        version_number=version, benefit=claim.benefit, title_th=title_th, title_en=title_en, text_th=text_th,
        rule=read_rule(data=json.loads(rule) if isinstance(rule, str) else rule), account_code=account_code,
        happened_on=claim.happened_on, units=claim.units, details=claim.details,
        documents_seen=tuple(claim.documents_seen), filed_on=claim.filed_on, filed_by=claim.filed_by,
        assessed_satang=claim.assessed_satang, steps=read_steps(data=claim.assessment.get("steps", [])),
        missing=tuple(claim.assessment.get("missing", [])), certified_on=claim.certified_on,
        decided_on=claim.decided_on, approved_satang=claim.approved_satang, rejected_because=claim.rejected_because,
        paid_on=claim.paid_on, paid_satang=claim.paid_satang, payee_name=claim.payee_name, entry_id=claim.entry_id,
        voucher_year=claim.voucher_year, voucher_no=claim.voucher_no, signatures=tuple(
            SignatureCard(act=Act(act), person_id=person, name=name, signed_on=day, recorded_by=login)
            for act, person, name, day, login in _rows(_SIGNATURES, fund_id=claim.fund_id, claim_id=claim.id)))


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
