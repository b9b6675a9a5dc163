"""Who may move a claim, when, and under which names. Pure: no database, no clock."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ombun.claims.rules.counting import GRADE, LATE_BECAUSE, RELATIVE, read_grade
from ombun.claims.states import NEXT, Act, ClaimState
from ombun.funds.rules import Holding, Office, holds
from ombun.members.rules.consents import NewConsent, refusals_to_consent
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.assessment import Assessment
from ombun.regulations.rules.vocabulary import BenefitRule, Document

CERTIFIERS_NEEDED = 3
CERTIFYING = frozenset({Office.CENTRE_MEMBER, Office.COLLECTOR})
DECIDING = frozenset({Office.CHAIR, Office.VICE_CHAIR})
PAYING = frozenset({Office.TREASURER})
PAYING_THE_TREASURER = frozenset({Office.CHAIR, Office.VICE_CHAIR, Office.SECRETARY})
RECORDERS = frozenset({Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.REGISTRAR})
DETAIL_KEYS = frozenset({
    "place", "name", "note", "appeal", GRADE, RELATIVE, LATE_BECAUSE})  # erasable: the hospital, the child, new reasons
UNITS_MAX = 366
TEXT_MAX = 500

_STANDS = {
    ClaimState.FILED: "waits_for_certification", ClaimState.CERTIFIED: "waits_for_decision",
    ClaimState.APPROVED: "waits_for_payment", ClaimState.PAID: "is_paid", ClaimState.REJECTED: "is_rejected"}


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What somebody asks for: the member, the benefit, the day it happened, how many units where the clause counts."""

    member_id: int
    benefit: str
    happened_on: date
    units: int | None
    filed_on: date
    details: Mapping[str, str]
    documents_seen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A name under a claim."""

    person_id: UUID
    act: Act
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class PastClaim:
    """A claim that was certified, approved and paid before it came into this system, with every name and day."""

    claim_id: UUID
    filing: Filing
    certifiers: tuple[UUID, ...]
    certified_on: date
    approved_by: UUID
    decided_on: date
    paid_by: UUID
    paid_on: date
    payee_name: str

    @property
    def event(self) -> tuple[int, str, date]:
        """What it is about: member, benefit, day."""
        return self.filing.member_id, self.filing.benefit, self.filing.happened_on

    @property
    def signatures(self) -> tuple[Signed, ...]:
        """The names under it, in the order of signing."""
        return (*(Signed(person_id=p, act=Act.CERTIFY, signed_on=self.certified_on) for p in self.certifiers),
                Signed(person_id=self.approved_by, act=Act.APPROVE, signed_on=self.decided_on),
                Signed(person_id=self.paid_by, act=Act.PAY, signed_on=self.paid_on))


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """What the rules need to know about a claim that was filed."""

    state: ClaimState
    member_id: int
    centre_id: UUID | None
    filed_on: date
    certified_on: date | None
    decided_on: date | None
    approved_satang: Satang | None
    signatures: tuple[Signed, ...]
    helped_satang: int = 0  # what was handed over at once
    said_no: frozenset[UUID] = frozenset()  # who rejected an earlier claim for the same event

    def signers(self, act: Act) -> set[UUID]:
        """Who signed for this act."""
        return {s.person_id for s in self.signatures if s.act == act}


@dataclass(frozen=True, kw_only=True)
class Offices:
    """Who holds which office, under which name."""

    holdings: tuple[Holding, ...]
    names: Mapping[UUID, str]

    def name_of(self, person_id: UUID) -> str:
        """The name of an office-holder; the id where nobody knows a name."""
        return self.names.get(person_id, str(person_id))

    def member_behind(self, person_id: UUID) -> int | None:
        """The member that an office-holder is, where they are one."""
        return next((h.member_id for h in self.holdings if h.person_id == person_id and h.member_id is not None), None)


def fiscal_year(*, day: date) -> int:
    """The fiscal year (1 October to 30 September) that numbers a day's claims, by the Gregorian year it ends in."""
    return day.year + (day.month >= 10)


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"claims.{code}", about=about, facts=facts)


def refusals_to_record(*, actor: Actor) -> list[Refusal]:
    """Whether this desk may write down what was signed on paper."""
    return [] if actor.role in RECORDERS else [_refusal("may_not_record", actor.role)]


def refusals_to_file(
    *, actor: Actor, filing: Filing, rule: BenefitRule | None, today: date, centre_id: UUID | None
) -> tuple[Refusal, ...]:
    """Every reason not to take up a claim. An amount of nothing is no reason: the committee says no, not the program.

    `rule` is the clause of the benefit in force on the day of the event, None when there is none; `centre_id` is the
    member's village centre.
    """
    found = _refusals_of_the_filer(actor, filing, centre_id)
    if filing.happened_on > filing.filed_on:
        found.append(_refusal("filed_before_it_happened", "happened_on", happened_on=filing.happened_on,
                              filed_on=filing.filed_on))
    found += _refusals_of_a_day_to_come("filed_on", filing.filed_on, today)
    if rule is None:
        found.append(_refusal("no_such_benefit_that_day", filing.benefit, happened_on=filing.happened_on))
    else:
        found += _refusals_of_units(filing.units, rule)
    if filing.details.get(LATE_BECAUSE) and actor.role not in RECORDERS:
        found.append(_refusal("only_the_committee_excuses", LATE_BECAUSE))
    if (grade := filing.details.get(GRADE)) and read_grade(text=grade) is None:
        found.append(_refusal("not_a_grade", GRADE, written=grade))
    found += [_refusal("unknown_detail", key) for key in filing.details if key not in DETAIL_KEYS]
    found += [_refusal("text_too_long", key, length_max=TEXT_MAX)
              for key, text in filing.details.items() if len(text) > TEXT_MAX]
    found += [_refusal("unknown_document", code) for code in filing.documents_seen if code not in set(Document)]
    return tuple(found)


def refusals_of_consent(*, agreed: NewConsent | None, today: date) -> list[Refusal]:
    """Every reason why what a claim tells of health may not be written down. Source: PDPA section 26."""
    if agreed is None:
        return [_refusal("health_needs_consent", "agreed")]
    return refusals_to_consent(new=agreed, valid=(), today=today)


def _refusals_of_the_filer(actor: Actor, filing: Filing, centre_id: UUID | None) -> list[Refusal]:
    """A member files for themselves, a collector for the people of their village, the committee for everybody."""
    if actor.role == Role.MEMBER:
        mine = actor.member_id == filing.member_id
        return [] if mine else [_refusal("only_for_yourself", str(filing.member_id))]
    if actor.role == Role.COLLECTOR:
        near = centre_id is not None and actor.centre_id == centre_id
        return [] if near else [_refusal("not_of_your_village", str(filing.member_id))]
    return refusals_to_record(actor=actor)


def _refusals_of_units(units: int | None, rule: BenefitRule) -> list[Refusal]:
    if rule.unit is None:
        return [] if units is None else [_refusal("counts_no_units", "units")]
    if units is None:
        return [_refusal(f"how_many_{rule.unit}", "units")]
    if not 1 <= units <= UNITS_MAX:
        return [_refusal("units_out_of_range", "units", units=units, units_max=UNITS_MAX)]
    return []


def _refusals_of_a_day_to_come(about: str, day: date, today: date) -> list[Refusal]:
    return [_refusal("day_to_come", about, day_on=day)] if day > today else []


def _refusals_of_the_move(claim: ClaimFacts, to: ClaimState) -> list[Refusal]:
    return [] if to in NEXT[claim.state] else [_refusal(_STANDS[claim.state], to)]


def _refusals_of_the_day(claim: ClaimFacts, about: str, day: date, today: date) -> list[Refusal]:
    before = max(d for d in (claim.filed_on, claim.certified_on, claim.decided_on) if d is not None)
    found = [] if day >= before else [_refusal("before_the_last_step", about, day_on=day, last_on=before)]
    return found + _refusals_of_a_day_to_come(about, day, today)


def _refusals_of_names(claim: ClaimFacts, people: Sequence[UUID], offices: Offices) -> list[Refusal]:
    """Nobody signs twice, not even as two office-holders who are one member; nobody signs for their own claim."""
    found = [_refusal("own_claim", str(person), person=offices.name_of(person))
             for person in dict.fromkeys(people) if offices.member_behind(person) == claim.member_id]
    signed = Counter(offices.member_behind(s.person_id) or s.person_id for s in claim.signatures)
    for person in people:
        somebody = offices.member_behind(person) or person
        if signed[somebody]:
            found.append(_refusal("same_person", str(person), person=offices.name_of(person)))
        signed[somebody] += 1
    return found


def _refusals_of_deciding_again(claim: ClaimFacts, person: UUID, offices: Offices, day: date) -> list[Refusal]:
    """What was rejected once is decided by somebody else the second time, where there is somebody else who may."""
    if person not in claim.said_no:
        return []
    signed = {s.person_id for s in claim.signatures}
    others = [h.person_id for h in offices.holdings if h.person_id not in claim.said_no | signed
              and offices.member_behind(h.person_id) != claim.member_id
              and holds(holdings=offices.holdings, person_id=h.person_id, offices=DECIDING, on=day)]
    return [_refusal("said_no_before", str(person), person=offices.name_of(person),
                     other=offices.name_of(others[0]))] if others else []


def refusals_to_appeal(*, claim: ClaimFacts, because: str, is_appealed_already: bool) -> list[Refusal]:
    """Every reason why a claim cannot be asked again: it was rejected, once, and there is something new to say."""
    found = [] if claim.state == ClaimState.REJECTED else [_refusal("was_not_rejected", "claim")]
    if is_appealed_already:
        found.append(_refusal("appealed_already", "claim"))
    if not because.strip():
        found.append(_refusal("says_nothing_new", "because"))
    return found


def _refusals_of_office(
    person: UUID, offices: Offices, wanted: Collection[Office], day: date, code: str, centre_id: UUID | None = None
) -> list[Refusal]:
    if holds(holdings=offices.holdings, person_id=person, offices=wanted, on=day, centre_id=centre_id):
        return []
    return [_refusal(code, str(person), person=offices.name_of(person), day_on=day)]


def refusals_to_certify(
    *, actor: Actor, claim: ClaimFacts, certifiers: Sequence[UUID], certified_on: date, offices: Offices, today: date
) -> tuple[Refusal, ...]:
    """Every reason not to take three people's word: they hold office in the member's own village centre on that day.

    Source: the claim form in use, three committee members of the village centre sign (domain §1.6).
    """
    found = [*refusals_to_record(actor=actor), *_refusals_of_the_move(claim, ClaimState.CERTIFIED),
             *_refusals_of_the_day(claim, "certified_on", certified_on, today)]
    if len(set(certifiers)) != CERTIFIERS_NEEDED:
        found.append(_refusal("three_people_certify", "certifiers", people=len(set(certifiers))))
    found += _refusals_of_names(claim, certifiers, offices)
    if claim.centre_id is None:
        return (*found, _refusal("member_has_no_centre", str(claim.member_id)))
    for person in dict.fromkeys(certifiers):
        found += _refusals_of_office(person, offices, CERTIFYING, certified_on, "not_of_the_centre", claim.centre_id)
    return tuple(found)


def refusals_to_approve(
    *, actor: Actor, claim: ClaimFacts, approved_by: UUID, approved_satang: Satang, decided_on: date,
    assessment: Assessment, offices: Offices, today: date, chair_up_to_satang: Satang | None = None
) -> tuple[Refusal, ...]:
    """Every reason why the chair cannot say yes to this sum. `assessment` is what the rule book grants now;
    `chair_up_to_satang` is how much the clause lets the chair approve without a meeting, None at a meeting."""
    found = [*refusals_to_record(actor=actor), *_refusals_of_the_move(claim, ClaimState.APPROVED),
             *_refusals_of_the_day(claim, "decided_on", decided_on, today),
             *_refusals_of_names(claim, [approved_by], offices),
             *_refusals_of_deciding_again(claim, approved_by, offices, decided_on),
             *_refusals_of_office(approved_by, offices, DECIDING, decided_on, "not_chair")]
    found += [Refusal(code=code, about="assessment") for code in assessment.missing]
    if assessment.amount_satang is None:
        return tuple(found)
    if approved_satang <= 0:
        found.append(_refusal("nothing_to_approve", "approved_satang"))
    elif approved_satang < claim.helped_satang:
        found.append(_refusal("less_than_helped_already", "approved_satang", helped_satang=claim.helped_satang))
    elif approved_satang > assessment.amount_satang:
        found.append(_refusal("above_the_rule_book", "approved_satang", approved_satang=approved_satang,
                              granted_satang=assessment.amount_satang))
    if chair_up_to_satang is not None and approved_satang > chair_up_to_satang:
        found.append(_refusal("needs_a_meeting", "approved_satang", up_to_satang=chair_up_to_satang))
    return tuple(found)


def refusals_to_reject(
    *, actor: Actor, claim: ClaimFacts, rejected_by: UUID, because: str, decided_on: date, offices: Offices, today: date
) -> tuple[Refusal, ...]:
    """Every reason why the chair cannot say no so: a no has a reason that the member can read."""
    found = [*refusals_to_record(actor=actor), *_refusals_of_the_move(claim, ClaimState.REJECTED),
             *_refusals_of_the_day(claim, "decided_on", decided_on, today),
             *_refusals_of_names(claim, [rejected_by], offices),
             *_refusals_of_deciding_again(claim, rejected_by, offices, decided_on),
             *_refusals_of_office(rejected_by, offices, DECIDING, decided_on, "not_chair")]
    if claim.helped_satang:
        found.append(_refusal("helped_already", "claim", helped_satang=claim.helped_satang))
    if not because.strip():
        found.append(_refusal("says_not_why", "because"))
    if len(because) > TEXT_MAX:
        found.append(_refusal("text_too_long", "because", length_max=TEXT_MAX))
    return tuple(found)


def refusals_to_pay(
    *, actor: Actor, claim: ClaimFacts, paid_by: UUID, payee_name: str, paid_on: date, cash_satang: Satang,
    offices: Offices, today: date, by_transfer: bool = False
) -> tuple[Refusal, ...]:
    """Every reason why the treasurer cannot hand over the money now. A treasurer's own claim is paid by the chair,
    the vice-chair or the secretary, whoever has not signed it yet. `cash_satang` is what there is to pay it from:
    the treasurer's cash, or (`by_transfer`) the account at the bank."""
    treasurers = {h.member_id for h in offices.holdings if h.office in PAYING and h.from_on <= paid_on
                  and (h.until_on is None or paid_on < h.until_on)}
    wanted = PAYING_THE_TREASURER | PAYING if claim.member_id in treasurers else PAYING
    found = [*refusals_to_record(actor=actor), *_refusals_of_the_move(claim, ClaimState.PAID),
             *_refusals_of_the_day(claim, "paid_on", paid_on, today),
             *_refusals_of_names(claim, [paid_by], offices),
             *_refusals_of_office(paid_by, offices, wanted, paid_on, "not_treasurer")]
    if not payee_name.strip():
        found.append(_refusal("says_not_who_received", "payee_name"))
    if len(payee_name) > TEXT_MAX:
        found.append(_refusal("text_too_long", "payee_name", length_max=TEXT_MAX))
    rest_satang = (claim.approved_satang or 0) - claim.helped_satang
    if rest_satang > cash_satang:
        found.append(_refusal("not_enough_in_the_bank" if by_transfer else "not_enough_cash", "cash",
                              amount_satang=rest_satang, there_satang=cash_satang))
    return tuple(found)


def refusals_of_history(
    *, actor: Actor, past: PastClaim, rule: BenefitRule | None, assessment: Assessment | None, centre_id: UUID | None,
    cash_satang: Satang, offices: Offices, today: date
) -> list[Refusal]:
    """Every reason not to write down a claim of the past: what each step would have been refused for.

    `rule` and `assessment` are what was in force on the day of the event and what it gave; `cash_satang` is what the
    treasurer has left.
    """
    found = [*refusals_to_file(actor=actor, filing=past.filing, rule=rule, today=today, centre_id=centre_id)]
    if assessment is None:
        return found
    granted = assessment.amount_satang or Satang(0)
    filed = ClaimFacts(state=ClaimState.FILED, member_id=past.filing.member_id, centre_id=centre_id,
                       filed_on=past.filing.filed_on, certified_on=None, decided_on=None, approved_satang=None,
                       signatures=())
    certified = replace(filed, state=ClaimState.CERTIFIED, certified_on=past.certified_on,
                        signatures=past.signatures[:-2])
    approved = replace(certified, state=ClaimState.APPROVED, decided_on=past.decided_on, approved_satang=granted,
                       signatures=past.signatures[:-1])
    found += refusals_to_certify(actor=actor, claim=filed, certifiers=past.certifiers, certified_on=past.certified_on,
                                 offices=offices, today=today)
    found += refusals_to_approve(
        actor=actor, claim=certified, approved_by=past.approved_by, approved_satang=granted, decided_on=past.decided_on,
        assessment=assessment, offices=offices, today=today)
    found += refusals_to_pay(
        actor=actor, claim=approved, paid_by=past.paid_by, payee_name=past.payee_name, paid_on=past.paid_on,
        cash_satang=cash_satang, offices=offices, today=today)
    return found


@dataclass(frozen=True, kw_only=True)
class UsedBefore:
    """What a member had already had of a benefit, this year, when the fund's own books began here."""

    member_id: int
    benefit: str
    times: int
    amount_satang: Satang
    units: int = 0


def refusals_of_opening_use(
    *, actor: Actor, uses: Sequence[UsedBefore], members: Mapping[int, str], benefits: Collection[str],
    known: Mapping[tuple[int, str], UsedBefore]
) -> tuple[Refusal, ...]:
    """Every reason not to write down what was used before. `members`: names by id; `known`: what is there already."""
    found = refusals_to_record(actor=actor)
    twice = Counter((use.member_id, use.benefit) for use in uses)
    for use in uses:
        about, name = f"{use.member_id}.{use.benefit}", members.get(use.member_id, str(use.member_id))
        if use.member_id not in members:
            found.append(_refusal("unknown_member", about))
        if use.benefit not in benefits:
            found.append(_refusal("unknown_benefit", about, benefit=use.benefit))
        if use.times < 1 or use.units < 0 or use.amount_satang < 0:
            found.append(_refusal("opening_use_not_positive", about, member=name))
        if known.get((use.member_id, use.benefit), use) != use:
            found.append(_refusal("opening_use_already_written", about, member=name))
        if twice[use.member_id, use.benefit] > 1:
            found.append(_refusal("opening_use_twice", about, member=name))
    return tuple(found)
