"""A benefit that was paid wrongly comes back by agreement, in parts. Pure."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.claims.rules.steps import DECIDING, PAYING, TEXT_MAX, ClaimFacts, Offices, refusals_to_record
from ombun.claims.states import ClaimState
from ombun.funds.rules import holds
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

PARTS_MAX = 60


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Who pays back how much of a benefit, in how many monthly parts, the first on which day; who signed for the
    committee, and what had been wrong."""

    agreed_on: date
    agreed_by: UUID
    payer_name: str
    because: str
    amount_satang: Satang
    parts: int
    first_due_on: date


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of an agreement: its day, how much, and how much of it has come."""

    due_on: date
    amount_satang: Satang
    paid_satang: Satang

    @property
    def is_paid(self) -> bool:
        """Whether all of it has come."""
        return self.paid_satang >= self.amount_satang


def schedule(*, amount_satang: Satang, parts: int, first_due_on: date, repaid_satang: Satang) -> tuple[Part, ...]:
    """The parts of an agreement, a month apart, in equal whole baht but the last; what came fills the oldest first."""
    each = -(-amount_satang // parts // 100) * 100 if amount_satang >= parts * 100 else -(-amount_satang // parts)
    told, left, repaid = [], int(amount_satang), int(repaid_satang)
    for n in range(parts):
        due = min(each, left) if n < parts - 1 else left
        came = min(repaid, due)
        if due:
            told.append(Part(due_on=add_months(first_due_on, n), amount_satang=Satang(due), paid_satang=Satang(came)))
        left, repaid = left - due, repaid - came
    return tuple(told)


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"claims.{code}", about=about, facts=facts)


def refusals_to_agree(
    *, actor: Actor, claim: ClaimFacts, paid_on: date | None, paid_satang: Satang | None, new: Agreement,
    is_agreed_already: bool, offices: Offices, today: date
) -> list[Refusal]:
    """Every reason not to write down such an agreement: it is about money that was paid, and no more than that."""
    found = refusals_to_record(actor=actor)
    if claim.state != ClaimState.PAID or paid_on is None or paid_satang is None:
        return [*found, _refusal("nothing_was_paid", "claim")]
    if is_agreed_already:
        found.append(_refusal("agreed_already", "claim"))
    if new.agreed_on < paid_on:
        found.append(_refusal("before_the_last_step", "agreed_on", day_on=new.agreed_on, last_on=paid_on))
    if new.agreed_on > today:
        found.append(_refusal("day_to_come", "agreed_on", day_on=new.agreed_on))
    if not 0 < new.amount_satang <= paid_satang:
        found.append(_refusal("not_more_than_was_paid", "amount_satang", paid_satang=paid_satang))
    if not 1 <= new.parts <= PARTS_MAX:
        found.append(_refusal("parts_out_of_range", "parts", parts_max=PARTS_MAX))
    if new.first_due_on < new.agreed_on:
        found.append(_refusal("due_before_agreement", "first_due_on", agreed_on=new.agreed_on))
    for about, text in (("payer_name", new.payer_name), ("because", new.because)):
        if not text.strip():
            found.append(_refusal("says_not_who_pays_back" if about == "payer_name" else "says_not_why", about))
        if len(text) > TEXT_MAX:
            found.append(_refusal("text_too_long", about, length_max=TEXT_MAX))
    return found + _refusals_of_the_committee(claim, new.agreed_by, new.agreed_on, offices)


def _refusals_of_the_committee(claim: ClaimFacts, person: UUID, day: date, offices: Offices) -> list[Refusal]:
    found, facts = [], {"person": offices.name_of(person), "day_on": day}
    if not holds(holdings=offices.holdings, person_id=person, offices=DECIDING, on=day):
        found.append(_refusal("not_chair", str(person), **facts))
    if offices.member_behind(person) == claim.member_id:
        found.append(_refusal("own_claim", str(person), **facts))
    return found


def refusals_to_repay(
    *, actor: Actor, agreed_on: date, outstanding_satang: Satang, amount_satang: Satang, paid_on: date,
    received_by: UUID, offices: Offices, today: date
) -> list[Refusal]:
    """Every reason not to take in money under an agreement: never more than is owed, into the treasurer's hand."""
    found = refusals_to_record(actor=actor)
    if not 0 < amount_satang <= outstanding_satang:
        found.append(_refusal("not_more_than_is_owed", "amount_satang", owed_satang=outstanding_satang))
    if paid_on < agreed_on:
        found.append(_refusal("before_the_last_step", "paid_on", day_on=paid_on, last_on=agreed_on))
    if paid_on > today:
        found.append(_refusal("day_to_come", "paid_on", day_on=paid_on))
    if not holds(holdings=offices.holdings, person_id=received_by, offices=PAYING, on=paid_on):
        found.append(_refusal("not_treasurer", str(received_by), person=offices.name_of(received_by), day_on=paid_on))
    return found
