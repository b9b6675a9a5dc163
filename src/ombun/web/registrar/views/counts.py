"""How many members there are on any day: the three official counts by village, kind, sex and age, and the flows."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.members import queries
from ombun.members.queries import MOVES, Counts, Flows
from ombun.members.rules.membership import LeftReason, MemberKind, Sex
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web.page import page, today
from ombun.web.registrar.views.members import READERS
from ombun.web.registrar.words import JOINED_AGAIN, KINDS, REASONS, SEXES
from ombun.web.typed import Typed

_BAR_MAX, _BAR_HEIGHT = 300, 26
_MOVES: Mapping[str, str | Promise] = {
    "joined": _("เข้าใหม่"), "rejoined": JOINED_AGAIN, **{r.lower(): REASONS[LeftReason(r)] for r in LeftReason}}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a table of counts, and how long its bar is."""

    name: str | Promise
    counts: Counts
    y: int
    width: int


@desk(*READERS)
def counts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The counts at the end of a day, and who came and went since another."""
    refusals: tuple[Refusal, ...] = ()
    try:
        on, from_on = _days(request)
    except Refused as refused:
        refusals, on, from_on = refused.refusals, today(), today().replace(month=1, day=1)
    with reading(actor):
        heads = queries.headcount(fund_id=actor.fund_id, on=on)
        moved = queries.flows(fund_id=actor.fund_id, from_on=from_on, on=on)
    parts = [(_("หมู่บ้าน"), _lines(heads.by_village, _village)), (_("ประเภทสมาชิก"), _lines(heads.by_kind, _kind)),
             (_("เพศ"), _lines(heads.by_sex, _sex)), (_("ช่วงอายุ"), _lines(heads.by_age, _age))]
    sides = [(_("หมู่บ้าน"), _sides(moved.by_village, _village)), (_("ประเภทสมาชิก"), _sides(moved.by_kind, _kind)),
             (_("เพศ"), _sides(moved.by_sex, _sex)), (_("ช่วงอายุ"), _sides(moved.by_age, _age))]
    return page(request, actor, "registrar/counts.html", {
        "on": on, "from_on": from_on, "heads": heads, "parts": parts, "refusals": refusals, "moves": _moves(moved),
        "sides": sides if any(moved.total.values()) else (),
        "chart": parts[0][1], "chart_height": len(heads.by_village) * _BAR_HEIGHT, "typed": {
            "on": request.GET.get("on") or day_in_words(on, short=True),
            "from": request.GET.get("from") or day_in_words(from_on, short=True)}}, status=422 if refusals else 200)


def _days(request: HttpRequest) -> tuple[date, date]:
    """The day of counting and the first day of the span; without an answer today and the first of January."""
    form = Typed({name: request.GET.get(name, "") for name in ("on", "from")})
    on = form.day("on", _("นับเมื่อสิ้นวันที่")) if form.fields["on"] else today()
    from_on = form.day("from", _("เข้า–ออกตั้งแต่วันที่")) if form.fields["from"] else on.replace(month=1, day=1)
    if from_on > on:
        form.refuse("web.span_ends_before_it_begins", "from", day=on)
    form.demand()
    return on, from_on


def _lines(counted: Mapping[str, Counts], named: Callable[[str], str | Promise]) -> list[Line]:
    most = max([1, *(one.members_current for one in counted.values())])
    return [Line(name=_named(name, named), counts=one, y=index * _BAR_HEIGHT,
                 width=one.members_current * _BAR_MAX // most) for index, (name, one) in enumerate(counted.items())]


def _named(name: str, named: Callable[[str], str | Promise]) -> str | Promise:
    return _("ไม่ทราบ") if name == "unknown" else named(name)


def _sides(
    moved: Mapping[str, Mapping[str, int]], named: Callable[[str], str | Promise]
) -> list[tuple[str | Promise, list[tuple[str | Promise, int]]]]:
    """Where anybody came or went: the village (kind, sex, age), and how many by why."""
    return [(_named(name, named), [(_MOVES[move], count) for move in MOVES if (count := one[move])])
            for name, one in moved.items() if any(one.values())]


def _moves(moved: Flows) -> list[tuple[str | Promise, int]]:
    return [(_MOVES[move], moved.total[move]) for move in MOVES]


def _village(name: str) -> str:
    return gettext("หมู่ %(moo)s") % {"moo": name}


def _kind(name: str) -> str | Promise:
    return KINDS[MemberKind(name.upper())]


def _sex(name: str) -> str | Promise:
    return SEXES[Sex(name.upper())]


def _age(name: str) -> str:
    if name.endswith("+"):
        return gettext("%(age)s ปีขึ้นไป") % {"age": name[:-1]}
    return gettext("%(age)s ปี") % {"age": name.replace("-", "–")}
