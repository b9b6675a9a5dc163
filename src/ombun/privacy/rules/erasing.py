"""When a person may be forgotten, and for which reasons somebody may look at what is hidden. Pure.

Sources: PDPA (B.E. 2562) section 33: whoever asks is forgotten once the fund needs the facts no longer; Accounting Act
(B.E. 2543) section 14: books and their papers are kept for five years from the end of the year. The books keep the sums
and the member number; until then the fund must be able to say whose they were.
"""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.primitives.refusals import Refusal

KEPT_YEARS = 5


class LookReason(StrEnum):
    """Why somebody needs to see a whole ID number."""

    FILL_IN_A_PAPER = "FILL_IN_A_PAPER"
    COMPARE_WITH_CARD = "COMPARE_WITH_CARD"
    ASKED_BY_AN_OFFICE = "ASKED_BY_AN_OFFICE"
    ASKED_BY_THE_MEMBER = "ASKED_BY_THE_MEMBER"


class HandedOutAs(StrEnum):
    """The two shapes in which a person gets what is known of them: for reading, and for another program."""

    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """What decides whether a person may be forgotten."""

    member_id: int
    name: str
    has_left: bool
    open_claims: int
    last_money_on: date | None  # the last day on which money came from them or went to them


def needed_until(*, last_money_on: date | None) -> date | None:
    """The first day on which the books need the name no longer: five years after the fiscal year of the last money."""
    if last_money_on is None:
        return None
    return date(last_money_on.year + (last_money_on.month >= 10) + KEPT_YEARS, 10, 1)


def refusals_to_erase(*, person: Leaver, today: date) -> list[Refusal]:
    """Every reason not to forget a person yet."""
    found, about = [], str(person.member_id)
    if not person.has_left:
        found.append(Refusal(code="privacy.is_still_a_member", about=about, facts={"member": person.name}))
    if person.open_claims:
        found.append(Refusal(code="privacy.has_open_claims", about=about, facts={"claims": person.open_claims}))
    until = needed_until(last_money_on=person.last_money_on)
    if until is not None and today < until:
        found.append(Refusal(code="privacy.books_need_the_name", about=about, facts={
            "last_on": person.last_money_on, "day": until}))
    return found
