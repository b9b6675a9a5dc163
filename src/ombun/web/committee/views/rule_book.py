"""The rule book: what it says today, and the first one when there is none."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refused
from ombun.regulations import queries
from ombun.regulations.operations import adopt_version, publish_clauses, withdraw_clauses
from ombun.regulations.rules.clauses import NewVersion
from ombun.web.committee.views.looking_back import LOOKING
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

RECORDERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY)
READERS = (*RECORDERS, Role.REGISTRAR, Role.COLLECTOR, Role.AUDITOR, Role.MEMBER)


@desk(*READERS)
def rule_book(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every clause in force today, in the words that were voted; where there is none yet, how to begin."""
    with reading(actor):
        version = queries.version_on(fund_id=actor.fund_id, day=today())
        clauses = queries.clauses_on(fund_id=actor.fund_id, day=today())
        provisions = () if version is None else queries.provisions_of(fund_id=actor.fund_id, version_id=version.id)
        shown_since = queries.shown_since(fund_id=actor.fund_id)
    return page(request, actor, "committee/rule_book.html", {
        "version": version, "clauses": clauses, "may_begin": version is None and actor.role in RECORDERS,
        "may_try": actor.role in LOOKING, "may_draft": actor.role in RECORDERS,
        "shown_since": shown_since, "provisions": provisions})


@desk(*RECORDERS, methods=("POST",))
def show_others(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the clauses in force to all other funds, or show them no more."""
    if request.POST.get("step") == "withdraw":
        withdraw_clauses(actor=actor, recorded_at=now())
    else:
        publish_clauses(actor=actor, on=today(), recorded_at=now())
    return redirect("committee:rule_book", fund_of(actor).code)


@desk(*RECORDERS, methods=("GET", "POST"))
def begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin with the example rule book, as a members' meeting resolved."""
    typed, refusals = {"deed": str(fresh_deed())}, ()
    if request.method == "POST":
        try:
            _adopt(request, actor)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals  # type: ignore[assignment]
        else:
            return redirect("committee:rule_book", fund_of(actor).code)
    return page(request, actor, "committee/rule_book_first.html", {
        "typed": typed, "refusals": refusals, "clauses": queries.first_rule_book()}, status=422 if refusals else 200)


def _adopt(request: HttpRequest, actor: Actor) -> None:
    form = Typed(request.POST)
    deed, from_on = form.deed_id(), form.day("from_on", _("มีผลตั้งแต่วันที่"))
    voted_on, meeting = form.day("voted_on", _("วันที่ลงมติ")), form.text("meeting", _("การประชุม"))
    resolution = form.text("resolution", _("มติที่ประชุม"))
    form.demand()
    adopt_version(actor=actor, recorded_at=now(), version=NewVersion(
        id=deed, number=1, title=gettext("ระเบียบกองทุน ฉบับที่ 1"), voted_on=voted_on, meeting=meeting,
        resolution=resolution, in_force_from=from_on, clauses=queries.first_rule_book()))
