"""What the templates of the welfare pages need: states, titles, numbers, clauses as people read them."""
from typing import Protocol

from django import template
from django.utils.translation import get_language

from ombun.claims.queries import BenefitReceived, ClaimCard
from ombun.claims.states import ClaimState
from ombun.regulations.rules.vocabulary import Unit
from ombun.web.committee.words import COUNTED, STATES

register = template.Library()
BUDDHIST_ERA = 543


class _Titled(Protocol):
    @property
    def title_th(self) -> str: ...
    @property
    def title_en(self) -> str: ...


class _Numbered(Protocol):
    @property
    def year(self) -> int: ...
    @property
    def claim_no(self) -> int: ...


@register.filter
def titled(thing: _Titled) -> str:
    """The title of a benefit in the language of the page."""
    return thing.title_en if get_language() == "en" else thing.title_th


@register.filter
def claim_number(claim: _Numbered) -> str:
    """The number of a claim as the papers write it: 12/2570."""
    return f"{claim.claim_no}/{claim.year + BUDDHIST_ERA}"


@register.filter
def voucher_number(claim: ClaimCard | BenefitReceived) -> str:
    """The number of a payment voucher: 7/2570; nothing before it is paid."""
    return f"{claim.voucher_no}/{claim.voucher_year + BUDDHIST_ERA}" if claim.voucher_year else ""


@register.filter
def year_named(year: int) -> str:
    """A year in the language of the page: พ.ศ. 2569, 2026."""
    return str(year) if get_language() == "en" else f"พ.ศ. {year + BUDDHIST_ERA}"


@register.filter
def unit_named(unit: Unit | None) -> str:
    """What a clause counts: คืน; nothing where it counts nothing."""
    return str(COUNTED[unit]) if unit else ""


@register.inclusion_tag("committee/state.html")
def claim_state(state: ClaimState) -> dict[str, object]:
    """Where a claim stands, as a badge."""
    word, colour, icon = STATES[state]
    return {"word": word, "colour": colour, "icon": icon}
