"""What is known of a person is looked at, handed out, withdrawn, forgotten; each time somebody is written down."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ombun.access import operations as access
from ombun.audit import operations as audit
from ombun.claims import operations as claims
from ombun.contributions import operations as contributions
from ombun.funds import operations as funds
from ombun.imports import operations as imports
from ombun.members import operations as members
from ombun.members import queries as register
from ombun.members.queries import MemberCard
from ombun.members.rules.consents import Purpose, refusals_to_withdraw
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case
from ombun.privacy import queries
from ombun.privacy.rules.erasing import HandedOutAs, LookReason


class PrivacyRefused(Refused):
    """It cannot be shown, handed out, withdrawn or forgotten so; every reason is listed."""


def _somebody(actor: Actor, member_id: int) -> MemberCard:
    card = register.member_card(fund_id=actor.fund_id, member_id=member_id)
    if card is None:
        raise PrivacyRefused(Refusal(code="members.unknown_member", about=str(member_id)))
    return card


@use_case
def show_number(*, actor: Actor, member_id: int, why: LookReason, shown_at: datetime) -> str:
    """Show a member's whole ID number to somebody who needs it, and write down who looked, and why. Each look counts.

    Raises PrivacyRefused where there is no number.
    """
    card = _somebody(actor, member_id)
    if card.national_id is None:
        raise PrivacyRefused(Refusal(code="privacy.no_number", about=str(member_id), facts={"member": card.full_name}))

    # After this point it must succeed.
    audit.record_event(actor=actor, action="privacy.number_shown", subject=f"member:{member_id}",
                       facts={"why": why}, happened_at=shown_at)
    return card.national_id


@use_case
def hand_out(
    *, actor: Actor, member_id: int, shape: HandedOutAs, handed_at: datetime
) -> Mapping[str, list[dict[str, Any]]]:
    """Give everything that the fund knows of a member, by table, and write down that it was handed out.

    Raises PrivacyRefused.
    """
    _somebody(actor, member_id)
    everything = queries.everything_of(fund_id=actor.fund_id, member_id=member_id)

    # After this point it must succeed.
    audit.record_event(actor=actor, action="privacy.handed_out", subject=f"member:{member_id}",
                       facts={"as": shape}, happened_at=handed_at)
    return everything


@use_case
def withdraw_consent(
    *, actor: Actor, member_id: int, purpose: Purpose, withdrawn_on: date, recorded_at: datetime
) -> None:
    """Write down that a member takes back a consent. What was kept on the strength of it is emptied; sums stay.

    Withdrawn already on that day changes nothing. Raises PrivacyRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    _somebody(actor, member_id)
    given = [one for one in register.consents_of(fund_id=actor.fund_id, member_id=member_id) if one.purpose == purpose]
    valid = next((one for one in given if one.withdrawn_on is None), None)
    if valid is None and given and given[0].withdrawn_on == withdrawn_on:
        return
    if found := refusals_to_withdraw(given_on=valid.given_on if valid else None, withdrawn_on=withdrawn_on,
                                     today=day_in_thailand(recorded_at)):
        raise PrivacyRefused(*found)

    # After this point it must succeed.
    members.end_consent(actor=actor, member_id=member_id, purpose=purpose, withdrawn_on=withdrawn_on)
    entries = register.entries_of(fund_id=actor.fund_id, member_ids=[member_id])
    if purpose == Purpose.HEALTH:
        claims.empty_health_details(actor=actor, member_ids=entries)
    else:
        imports.forget_disability(actor=actor, member_ids=entries)
    audit.record_event(actor=actor, action="privacy.consent_withdrawn", subject=f"member:{member_id}", facts={
        "purpose": purpose, "withdrawn_on": withdrawn_on.isoformat()}, happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How many entries of the register were one person and are forgotten now, and whether they were already."""

    entries: int
    was_already_erased: bool


@use_case
def erase_person(*, actor: Actor, member_id: int, erased_at: datetime) -> Erased:
    """Forget who a former member was, wherever it is kept. Sums, receipts, numbers and days stay, so the books agree.

    Forgotten twice is forgotten once. Raises PrivacyRefused while the person is a member, waits for a benefit, or the
    books must still be able to name them.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    today = day_in_thailand(erased_at)
    entries = list(register.entries_of(fund_id=actor.fund_id, member_ids=[member_id]))
    if _somebody(actor, member_id).is_erased:
        return Erased(entries=len(entries), was_already_erased=True)
    judged = queries.judged_erasure(fund_id=actor.fund_id, member_id=member_id, today=today)
    if judged.refusals:
        raise PrivacyRefused(*judged.refusals)

    # After this point it must succeed.
    imports.forget_person(actor=actor, member_ids=entries, on=today)
    contributions.forget_transfers(actor=actor, member_ids=entries)
    contributions.forget_photos_of(actor=actor, member_ids=entries)
    claims.erase_claims(actor=actor, member_ids=entries)
    members.erase_entries(actor=actor, member_ids=entries, erased_on=today)
    access.forget_logins(actor=actor, member_ids=entries, until_on=today)
    audit.record_event(actor=actor, action="privacy.erased", subject=f"member:{member_id}",
                       facts={"entries": entries}, happened_at=erased_at)
    return Erased(entries=len(entries), was_already_erased=False)
