"""The committee's meeting: the list of what waits, what was decided about it, and both on paper."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.claims import operations, queries
from ombun.claims.operations import Decision
from ombun.claims.queries import AgendaLine
from ombun.claims.rules import RECORDERS
from ombun.papers.meetings import MeetingLine, MeetingPaper, meeting_pdf
from ombun.papers.naming import claim_number, titled
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import paper
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.meeting_form import proposed_meeting, read_meeting, signers
from ombun.web.typed import Typed

READERS = (*sorted(RECORDERS), Role.AUDITOR)


@desk(*sorted(RECORDERS), methods=("GET", "POST"))
def meeting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write down what one meeting decided about the claims that wait; what it left for the next time is left."""
    refusals: tuple[Refusal, ...] = ()
    with reading(actor):
        waiting = queries.agenda(fund_id=actor.fund_id)
        people = signers(fund_id=actor.fund_id, on=today())
        typed = {"deed": str(fresh_deed()), **proposed_meeting(fund_id=actor.fund_id, today=today())}
    if request.method == "POST":
        try:
            list_id = _decide(Typed(request.POST), actor, waiting, people)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("committee:meeting_list", fund_of(actor).code, list_id)
    of_all = [one for one in refusals if not _claim_of(one)]
    return page(request, actor, "committee/meeting.html", {
        "rows": _rows(waiting, typed, refusals, is_new=request.method != "POST"), "typed": typed,
        "refusals": of_all or refusals[:1], "signers": list(people.items()),
        "total_satang": sum(one.granted_satang or 0 for one in waiting)}, status=422 if refusals else 200)


def _claim_of(refusal: Refusal) -> str:
    """The id of the claim that a refusal is about; nothing where it is about the meeting."""
    first, _space, _rest = refusal.about.partition(" ")
    return first if len(first) == len(str(UUID(int=0))) else ""


def _decide(form: Typed, actor: Actor, waiting: Sequence[AgendaLine], people: Mapping[str, str]) -> UUID:
    list_id, resolution = form.deed_id(), read_meeting(form=form, people=people)
    decisions = []
    for line in (one.line for one in waiting):
        said = form.fields.get(f"say-{line.id}", "")
        if said == "yes":
            decisions.append(Decision(claim_id=line.id, approved_satang=form.baht(
                f"satang-{line.id}", _("จำนวนเงินที่อนุมัติ"))))
        elif said == "no":
            decisions.append(Decision(claim_id=line.id, approved_satang=None, because=form.text(
                f"because-{line.id}", _("เหตุผลที่ไม่อนุมัติ"))))
    form.demand()
    operations.decide_claims(
        actor=actor, list_id=list_id, resolution=resolution, decisions=decisions, recorded_at=now())
    return list_id


def _rows(
    waiting: Sequence[AgendaLine], typed: Mapping[str, str], refusals: Sequence[Refusal], *, is_new: bool
) -> list[dict[str, object]]:
    """Each claim with what is said of it: first yes to what the rule book grants, nothing where it grants nothing."""
    rows: list[dict[str, object]] = []
    for one in waiting:
        key, granted = str(one.line.id), baht(one.granted_satang) if one.granted_satang else ""
        rows.append({
            "line": one.line, "granted_satang": one.granted_satang,
            "said": ("yes" if granted else "") if is_new else typed.get(f"say-{key}", ""),
            "satang": typed.get(f"satang-{key}", granted), "because": typed.get(f"because-{key}", ""),
            "refusals": [r for r in refusals if _claim_of(r) == key or r.about.endswith(key)]})
    return rows


@desk(*READERS)
def agenda(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list on paper to take to the meeting, with places to write."""
    with reading(actor):
        waiting = queries.agenda(fund_id=actor.fund_id)
    return _paper(actor, f"meeting-{today()}", MeetingPaper(on=today(), lines=[MeetingLine(
        claim_no=claim_number(one.line), member_name=one.line.full_name, village=str(one.line.moo or ""),
        benefit=titled(one.line), happened_on=one.line.happened_on, granted_satang=one.granted_satang)
        for one in waiting]))


@desk(*READERS)
def decided(request: HttpRequest, actor: Actor, list_id: UUID) -> HttpResponse:
    """What a meeting decided on one list."""
    with reading(actor):
        told = queries.decided_list(fund_id=actor.fund_id, list_id=list_id)
    if told is None:
        raise Http404
    return page(request, actor, "committee/meeting_list.html", {
        "told": told, "list_id": list_id, "lines": [(line, told.because.get(line.id, "")) for line in told.lines],
        "total_satang": sum(line.amount_satang or 0 for line in told.lines if line.id not in told.because)})


@desk(*READERS)
def decided_paper(request: HttpRequest, actor: Actor, list_id: UUID) -> HttpResponse:
    """The same on paper, to be signed and kept with the minutes."""
    with reading(actor):
        told = queries.decided_list(fund_id=actor.fund_id, list_id=list_id)
    if told is None:
        raise Http404
    return _paper(actor, f"meeting-{told.committee_no}-{told.meeting_no}", MeetingPaper(
        on=told.met_on, committee_no=told.committee_no, meeting_no=told.meeting_no, signed_by=told.signed_by, lines=[
            MeetingLine(
                claim_no=claim_number(line), member_name=line.full_name, village=str(line.moo or ""),
                benefit=titled(line), happened_on=line.happened_on, granted_satang=line.assessed_satang,
                decided_satang=None if line.id in told.because else line.amount_satang,
                because=told.because.get(line.id, "")) for line in told.lines]))


def _paper(actor: Actor, name: str, written: MeetingPaper) -> HttpResponse:
    return paper.pdf_page(name=name, content=meeting_pdf(
        fund=paper.heading(fund_of(actor)), meeting=written, language=paper.language()))
