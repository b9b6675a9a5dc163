"""What templates need to say money, days, refusals and form fields as people read them."""
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lucide.templatetags.lucide import lucide

from ombun.primitives import money, sentences
from ombun.primitives.actors import Role
from ombun.primitives.refusals import Refusal
from ombun.web import charts, words

register = template.Library()
LONGEST_NAME = 20
BADGES = {"done": "check", "waits": "clock", "wrong": "circle-alert", "plain": ""}
STAGES = {"done": ("check", _("แล้ว")), "waits": ("clock", _("รออยู่")), "wrong": ("x", _("ไม่ผ่าน")),
          "later": ("ellipsis", _("ยังไม่ถึง"))}


@register.simple_tag
@cache
def icon(name: str, size: int = 24) -> str:
    """A picture beside a word (lucide), not read aloud: the word says it."""
    drawn: str = lucide(name, size=size, aria_hidden="true")
    return drawn


@register.simple_tag
def amount(satang: int, css: str = "") -> str:
    """An amount with its unit; `{% amount satang "large" %}` is the one figure of the page."""
    return format_html(
        '<span class="amount {}">{} <span class="unit">{}</span></span>', css, money.baht(satang), words.BAHT)


@register.inclusion_tag("web/pieces/badge.html")
def badge(state: str, word: str, icon: str | None = None) -> dict[str, object]:
    """A word and a shape: `done`, `waits`, `wrong` or `plain`; never a colour alone."""
    return {"state": state, "word": word, "icon": BADGES[state] if icon is None else icon}


@register.simple_block_tag
def stage(content: str, state: str, title: str) -> str:
    """One step of a deed: `done`, `waits`, `wrong` or `later`; inside, who and when. Goes in `<ol class="stages">`."""
    icon, word = STAGES[state]
    drawn: str = render_to_string("web/pieces/stage.html", {
        "content": content, "state": state, "title": title, "icon": icon, "word": word})
    return drawn


@register.inclusion_tag("web/pieces/explanation.html")
def explanation(steps: Iterable[sentences.Said]) -> dict[str, object]:
    """Why so much: the steps of an assessment line by line, with the clause of each."""
    return {"steps": list(steps)}


@register.inclusion_tag("web/pieces/pager.html", takes_context=True)
def pager(context: template.RequestContext, page: Page[Any]) -> dict[str, object]:
    """Back and on through a long list; keeps what the address asks for besides."""
    return {"page": page, "request": context.request}


@register.simple_tag
def command(*typed: str | Promise) -> str:
    """What is typed at the computer itself; in the demo it names the demo's data."""
    words = " ".join(["./ombun", *map(str, typed)])
    return format_html('{} <span class="nowrap">--demo</span>', words) if settings.OMBUN_IS_DEMO else words


@register.filter
def baht(satang: int) -> str:
    """Satang as baht with two decimals, as the books write it: 123450 → 1,234.50."""
    return money.baht(satang)


@register.filter
def baht_short(satang: int) -> str:
    """Satang as baht as people say it: without decimals when there are no satang."""
    return money.baht(satang).removesuffix(".00")


@register.filter
def baht_in_brackets(satang: int) -> str:
    """The same without a sign: what is less than nothing stands in brackets, as accountants write it."""
    return f"({money.baht(-satang)})" if satang < 0 else money.baht(satang)


@register.filter
def minus(satang: int) -> int:
    """The other sign: a credit as a positive number."""
    return -satang


@register.filter
def thousands(number: int) -> str:
    """A whole number with thousands: 12500 → 12,500."""
    return f"{number:,}"


@register.filter
def day(value: date | None) -> str:
    """A day in the language of the page; nothing for no day."""
    return sentences.day_in_words(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """A day with the short month."""
    return sentences.day_in_words(value, short=True) if value else ""


@register.filter
def month(value: date) -> str:
    """A month in the language of the page."""
    return sentences.month_in_words(value)


@register.filter
def month_name(number: int) -> str:
    """The name of a month of every year."""
    return str(MONTHS[number])


@register.filter
def through(first: int, last: int) -> str:
    """Numbers in a row: 331–335; one alone stands alone."""
    return sentences.through(first, last)


@register.filter
def sentence(said: sentences.Said) -> str:
    """A refusal, or a step of an explanation, as a sentence."""
    return sentences.sentence(said)


@register.filter
def named(thing: Any) -> str:
    """The name of an account or a holder in the language of the page; a person's name breaks only at its spaces."""
    return whole_words(words.named(thing))


@register.filter
def whole_words(text: str) -> str:
    """A name that breaks only at its spaces (browsers cut Thai names in the middle); long words are left alone."""
    if any(len(word) > LONGEST_NAME for word in text.split()):
        return text
    return mark_safe(" ".join(f'<span class="nowrap">{word}</span>' for word in escape(text).split()))


@register.filter
def fund_named(name: str) -> str:
    """The name of a fund that breaks before its tambon, not within."""
    kind, tambon, place = name.partition("ตำบล")
    if not tambon or len(tambon + place) > LONGEST_NAME:
        return name
    return format_html('{}<wbr><span class="nowrap">{}{}</span>', kind, tambon, place)


@register.filter
def role_named(role: Role) -> str:
    """What a desk is called."""
    return str(words.ROLES[role])


@register.filter
def deed_named(deed: str) -> str:
    """What kind of deed an entry of the books comes from."""
    return gettext(deed)


@register.inclusion_tag("web/pieces/refusals.html")
def refusals(found: Iterable[Refusal] | None) -> dict[str, object]:
    """Every reason against what was typed, above the form."""
    return {"refusals": list(found or ())}


@register.inclusion_tag("web/pieces/field.html", takes_context=True)
def field(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """A field with its label, what was typed (`typed` of the page), a hint, and the reason against it."""
    return {"type": "text", "id": f"f-{name}", **_as_typed(context, name), **more, "label": label}


@register.inclusion_tag("web/pieces/field.html", takes_context=True)
def password_field(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """A field for a new password; what was typed never comes back."""
    return {"type": "password", "id": f"f-{name}", "autocomplete": "new-password", **_as_typed(context, name), **more,
            "label": label, "value": ""}


@register.inclusion_tag("web/pieces/field.html", takes_context=True)
def money_field(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """A field for an amount in baht."""
    return {"type": "text", "id": f"f-{name}", "inputmode": "decimal", "autocomplete": "off", "css": "money",
            "unit": words.BAHT, **more, **_as_typed(context, name), "label": label}


@register.inclusion_tag("web/pieces/field.html", takes_context=True)
def day_field(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """A field for a day, written with the Buddhist year."""
    return {"type": "text", "id": f"f-{name}", "autocomplete": "off", "hint": words.DAY_HINT, **more,
            **_as_typed(context, name), "label": label}


@register.inclusion_tag("web/pieces/select.html", takes_context=True)
def select(
    context: template.Context, name: str, label: str, options: Iterable[tuple[str, str]], **more: Any
) -> dict[str, object]:
    """A list to choose one from; `empty` is the line for no choice."""
    return {"id": f"f-{name}", **more, **_as_typed(context, name), "label": label, "options": list(options)}


@register.inclusion_tag("web/pieces/choices.html", takes_context=True)
def choices(
    context: template.Context, name: str, label: str, options: Iterable[tuple[str, str]], **more: Any
) -> dict[str, object]:
    """Large ticks to choose one from; the same words as `select`."""
    return {"id": f"f-{name}", **more, **_as_typed(context, name), "label": label, "options": list(options)}


@register.inclusion_tag("web/pieces/tick.html", takes_context=True)
def tick(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """One thing to tick."""
    return {"id": f"f-{name}", **more, **_as_typed(context, name), "label": label}


@register.inclusion_tag("web/pieces/area.html", takes_context=True)
def area(context: template.Context, name: str, label: str, **more: Any) -> dict[str, object]:
    """Room for several lines of words."""
    return {"id": f"f-{name}", "rows": 4, **more, **_as_typed(context, name), "label": label}


def _as_typed(context: template.Context, name: str) -> dict[str, object]:
    typed: Mapping[str, str] = context.get("typed") or {}
    error = next((sentences.sentence(r) for r in context.get("refusals") or () if r.about == name), "")
    return {"name": name, "value": typed.get(name, ""), "error": error}


@register.inclusion_tag("web/pieces/bars.html")
def bars(months: Iterable[tuple[date, int, int]]) -> dict[str, object]:
    """Income and expenditure month by month as bars, with the same numbers as a table."""
    return {"chart": charts.bars(list(months))}
