"""What the templates of the welfare pages need: states, titles, numbers, clauses as people read them."""
from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import get_language, gettext

from ombun.claims.states import ClaimState
from ombun.papers.naming import claim_number, titled, voucher_number
from ombun.primitives.days import BE_MINUS_CE
from ombun.regulations.rules.vocabulary import Unit
from ombun.web.committee.rule_form import Question
from ombun.web.committee.words import COUNTED, DETAILS, STATES
from ombun.web.templatetags.ombun import baht_short

register = template.Library()
register.filter(titled)
register.filter(claim_number)
register.filter(voucher_number)


@register.filter
def year_named(year: int) -> str:
    """A year in the language of the page: พ.ศ. 2569, 2026."""
    return str(year) if get_language() == "en" else f"พ.ศ. {year + BE_MINUS_CE}"


@register.filter
def more_or_less(satang: int) -> str:
    """A difference in words and baht: เพิ่ม 5,900 บาท, ลด 400 บาท, เท่าเดิม."""
    if not satang:
        return gettext("เท่าเดิม")
    words = gettext("เพิ่ม %(baht)s") if satang > 0 else gettext("ลด %(baht)s")
    return words % {"baht": baht_short(abs(satang))}


@register.filter
def unit_named(unit: Unit | None) -> str:
    """What a clause counts: คืน; nothing where it counts nothing."""
    return str(COUNTED[unit]) if unit else ""


@register.filter
def days_until(since_on: date, today: date) -> int:
    """How many days something has waited."""
    return (today - since_on).days


@register.filter
def detail_named(key: str) -> str:
    """What a claim tells besides the day, by its name: สถานที่."""
    return str(DETAILS[key])


@register.inclusion_tag("committee/state.html")
def claim_state(state: ClaimState) -> dict[str, object]:
    """Where a claim stands, as a badge."""
    word, colour, icon = STATES[state]
    return {"word": word, "colour": colour, "icon": icon}


@register.inclusion_tag("committee/question.html", takes_context=True)
def question(context: template.Context, asked: Question) -> dict[str, object]:
    """One question of the form of a clause, as it is answered: money, a number, a choice, ticks."""
    typed: Mapping[str, str] = context.get("typed") or {}
    return {"q": asked, "typed": typed, "refusals": context.get("refusals") or (),
            "boxes": [(name, label, bool(typed.get(name))) for name, label in asked.ticks]}
