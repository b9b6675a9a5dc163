"""Members from whom the committee asks no dues. Pure: no database, no clock."""
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from ombun.contributions.rules.sheets import Payer
from ombun.primitives.refusals import Refusal


class Ground(StrEnum):
    """Why a member pays no dues; nothing about anybody's health is asked. Source: domain §1.2, kinds of members."""

    CHILD = "CHILD"
    ELDERLY = "ELDERLY"
    MONK = "MONK"
    HARDSHIP = "HARDSHIP"
    OTHER = "OTHER"


def refusals_to_exempt(
    *, member_ids: Sequence[int], payers: Mapping[int, Payer], exempt: Mapping[int, Sequence[tuple[date, date]]],
    from_on: date, until_on: date, books_closed_until: date
) -> list[Refusal]:
    """Every reason why the committee cannot free these members of dues on these days [from, until): nobody chosen, a
    day in closed months, no member on the first day, already free meanwhile."""
    found = [] if member_ids else [Refusal(code="contributions.nobody_to_exempt", about="members")]
    if until_on <= from_on:
        found.append(Refusal(code="contributions.exemption_ends_before_it_begins", about="until_on"))
    if from_on <= books_closed_until:
        found.append(Refusal(code="contributions.exemption_in_closed_months", about="from_on",
                             facts={"day": books_closed_until}))
    for member_id in member_ids:
        payer = payers.get(member_id)
        if payer is None or not payer.is_active_on(from_on):
            found.append(Refusal(code="contributions.exempt_no_member", about=str(member_id), facts={
                "member": payer.name if payer else member_id}))
        elif any(since < until_on and until > from_on for since, until in exempt.get(member_id, ())):
            found.append(Refusal(code="contributions.exempt_already", about=str(member_id),
                                 facts={"member": payer.name}))
    return found


def refusals_to_end(*, from_on: date, until_on: date, was: date | None, books_closed_until: date) -> list[Refusal]:
    """Every reason why an exemption cannot end on a day: it ended already, or nobody is to owe for closed months."""
    found = []
    if was is not None:
        found.append(Refusal(code="contributions.exemption_ended_already", about="until_on", facts={"day": was}))
    if until_on <= from_on:
        found.append(Refusal(code="contributions.exemption_ends_before_it_begins", about="until_on"))
    elif until_on <= books_closed_until:
        found.append(Refusal(code="contributions.exemption_in_closed_months", about="until_on",
                             facts={"day": books_closed_until}))
    return found
