"""When the fund may keep what the law calls sensitive, and when somebody's word for it can be taken down. Pure.

Source: PDPA (B.E. 2562) section 26, explicit consent for health and disability; section 19, it can be withdrawn at any
time; section 20, minors: whoever has parental power gives it.
"""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.members.rules.membership import TEXT_MAX
from ombun.primitives.refusals import Refusal

CONSENT_WORDING = 1  # goes up with every change of the words of consent: who agreed, agreed to these words


class Purpose(StrEnum):
    """What somebody agrees to, each separately."""

    HEALTH = "HEALTH"
    DISABILITY = "DISABILITY"


class ConsentHow(StrEnum):
    """Whose signature was seen on the paper, or that the member said so on a page of their own."""

    SIGNED = "SIGNED"
    BY_GUARDIAN = "BY_GUARDIAN"
    ON_THEIR_PAGE = "ON_THEIR_PAGE"


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """A signature under the words of consent, as somebody saw it on paper."""

    purpose: Purpose
    given_on: date
    how: ConsentHow = ConsentHow.SIGNED
    guardian_name: str = ""


def refusals_to_consent(*, new: NewConsent, valid: Collection[Purpose], today: date) -> list[Refusal]:
    """Every reason not to take a consent down. `valid`: what the member agrees to already."""
    found = []
    if new.purpose in valid:
        found.append(Refusal(code="members.agreed_already", about="purpose"))
    if new.given_on > today:
        found.append(Refusal(code="members.agreed_on_a_day_to_come", about="given_on", facts={"day": new.given_on}))
    if new.how == ConsentHow.BY_GUARDIAN and not new.guardian_name.strip():
        found.append(Refusal(code="members.no_guardian_named", about="guardian_name"))
    if len(new.guardian_name) > TEXT_MAX:
        found.append(Refusal(code="members.text_too_long", about="guardian_name", facts={"length_max": TEXT_MAX}))
    return found


def refusals_to_withdraw(*, given_on: date | None, withdrawn_on: date, today: date) -> list[Refusal]:
    """Every reason not to write down that a consent was taken back; its content is never one. None: there is none."""
    if given_on is None:
        return [Refusal(code="members.nothing_to_withdraw", about="purpose")]
    found = []
    if withdrawn_on < given_on:
        found.append(Refusal(code="members.withdrawn_before_given", about="withdrawn_on", facts={
            "day": withdrawn_on, "given_on": given_on}))
    if withdrawn_on > today:
        found.append(Refusal(code="members.withdrawn_on_a_day_to_come", about="withdrawn_on", facts={
            "day": withdrawn_on}))
    return found
