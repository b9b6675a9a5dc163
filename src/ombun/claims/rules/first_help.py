"""Help at once: two people hand over money before the papers, where the clause lets them. Pure."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.claims.rules.steps import PAYING, TEXT_MAX, ClaimFacts, Offices, refusals_to_record
from ombun.claims.states import ClaimState
from ombun.funds.rules import Office, holds
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.vocabulary import AtOnce

AGREEING = frozenset({Office.CHAIR, Office.VICE_CHAIR, Office.SECRETARY, Office.COMMITTEE, Office.REGISTRAR})


@dataclass(frozen=True, kw_only=True)
class NewHelp:
    """Money handed over at once: how much, when, to whom, and the two who stand for it."""

    amount_satang: Satang
    helped_on: date
    payee_name: str
    agreed_by: UUID
    paid_by: UUID


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"claims.{code}", about=about, facts=facts)


def refusals_to_help(
    *, actor: Actor, claim: ClaimFacts, allowed: AtOnce | None, granted_satang: Satang | None,
    documents_seen: Collection[str], new: NewHelp, cash_satang: Satang, offices: Offices, today: date
) -> list[Refusal]:
    """Every reason not to hand over money at once. `allowed` is what the clause says of it, `granted_satang` what the
    rule book grants altogether, None while a fact is missing."""
    found = refusals_to_record(actor=actor)
    if claim.helped_satang:
        found.append(_refusal("helped_once_already", "claim", helped_satang=claim.helped_satang))
    if claim.state not in (ClaimState.FILED, ClaimState.CERTIFIED):
        found.append(_refusal("too_late_for_help_at_once", "claim"))
    if allowed is None:
        return [*found, _refusal("no_help_at_once", "claim")]
    most = min(allowed.limit_satang, allowed.limit_satang if granted_satang is None else granted_satang)
    if not 0 < new.amount_satang <= most:
        found.append(_refusal("above_help_at_once", "amount_satang", most_satang=most))
    if any(paper not in documents_seen for paper in allowed.documents):
        found.append(_refusal("papers_not_seen", "documents_seen"))
    if new.amount_satang > cash_satang:
        found.append(_refusal("not_enough_cash", "cash", amount_satang=new.amount_satang, there_satang=cash_satang))
    if not new.payee_name.strip():
        found.append(_refusal("says_not_who_received", "payee_name"))
    if len(new.payee_name) > TEXT_MAX:
        found.append(_refusal("text_too_long", "payee_name", length_max=TEXT_MAX))
    if new.helped_on < claim.filed_on:
        found.append(_refusal("before_the_last_step", "helped_on", day_on=new.helped_on, last_on=claim.filed_on))
    if new.helped_on > today:
        found.append(_refusal("day_to_come", "helped_on", day_on=new.helped_on))
    return found + _refusals_of_the_two(claim, new, offices)


def _refusals_of_the_two(claim: ClaimFacts, new: NewHelp, offices: Offices) -> list[Refusal]:
    """Two persons, not the one who is helped: the treasurer hands over, another office-holder agrees."""
    found = []
    for person, wanted, code in (
            (new.agreed_by, AGREEING, "not_of_the_committee"), (new.paid_by, PAYING, "not_treasurer")):
        facts = {"person": offices.name_of(person), "day_on": new.helped_on}
        if not holds(holdings=offices.holdings, person_id=person, offices=wanted, on=new.helped_on):
            found.append(_refusal(code, str(person), **facts))
        if offices.member_behind(person) == claim.member_id:
            found.append(_refusal("own_claim", str(person), person=facts["person"]))
    agreed, paid = (offices.member_behind(person) or person for person in (new.agreed_by, new.paid_by))
    if agreed == paid:
        found.append(_refusal("two_people_help", "agreed_by"))
    return found
