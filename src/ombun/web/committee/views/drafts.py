"""Drafts of the next regulations: begun, looked at, named, voted, thrown away."""
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.papers.regulations import RegulationChapter, RegulationClause, RegulationPaper, regulation_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.days import year_be
from ombun.primitives.refusals import Refusal, Refused
from ombun.regulations import operations, queries
from ombun.regulations.queries import Draft
from ombun.regulations.rules.chapters import Chapter
from ombun.regulations.rules.comparing import Change, compared
from ombun.regulations.rules.doubts import Doubt, Granting, doubts
from ombun.regulations.rules.drafts import DraftClause, drafted
from ombun.regulations.rules.reading import read_rule
from ombun.web import paper
from ombun.web.committee.views.rule_book import READERS, RECORDERS
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

BEGINNINGS = {"in_force": _("จากระเบียบที่ใช้อยู่"), "library": _("จากระเบียบตัวอย่างทั้งฉบับ"), "nothing": _("จากหน้าเปล่า")}


@dataclass(frozen=True, kw_only=True)
class ChapterShown:
    """A chapter of a draft with its clauses and its number among those that have any."""

    number: int
    chapter: Chapter
    clauses: tuple[DraftClause, ...]

    @property
    def title(self) -> str:
        """What the chapter is called."""
        return gettext(f"regulations.chapter_{self.chapter}")


def chapters(clauses: Sequence[DraftClause]) -> list[ChapterShown]:
    """The chapters that have clauses, in the order of the rule book."""
    there = [(one, tuple(c for c in clauses if c.chapter == one)) for one in Chapter]
    return [ChapterShown(number=n, chapter=one, clauses=mine)
            for n, (one, mine) in enumerate((pair for pair in there if pair[1]), start=1)]


def draft_or_404(actor: Actor, draft_id: UUID) -> Draft:
    """A draft of the fund, or 404."""
    with reading(actor):
        found = queries.draft(fund_id=actor.fund_id, draft_id=draft_id)
    if found is None:
        raise Http404
    return found


@desk(*RECORDERS, methods=("GET", "POST"))
def drafts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every draft, and how to begin another."""
    typed: dict[str, str] = {
        "deed": str(fresh_deed()), "from": "in_force",
        "title": gettext("ระเบียบ%(fund)s พ.ศ. %(year)s") % {"fund": fund_of(actor).name, "year": year_be(today())}}
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        version, found = queries.version_on(fund_id=actor.fund_id, day=today()), queries.drafts(fund_id=actor.fund_id)
    if version is None:
        typed["from"] = "library"
    if request.method == "POST":
        try:
            return redirect("committee:draft", fund_of(actor).code, _start(request, actor))
        except Refused as refused:
            typed, refusals = {**typed, **request.POST.dict()}, refused.refusals
    offered = [(key, label) for key, label in BEGINNINGS.items() if version is not None or key != "in_force"]
    return page(request, actor, "committee/drafts.html", {
        "typed": typed, "refusals": refusals, "drafts": found, "beginnings": offered},
        status=422 if refusals else 200)


def _start(request: HttpRequest, actor: Actor) -> UUID:
    form = Typed(request.POST)
    deed, title = form.deed_id(), form.text("title", _("ชื่อระเบียบ"))
    begins = form.one_of("from", _("เริ่มจาก"), {key: key for key in BEGINNINGS})
    form.demand()
    with reading(actor):
        version = queries.version_on(fund_id=actor.fund_id, day=today())
        clauses, provisions = queries.first_rule_book(), queries.ready_provisions()
        if begins != "library":
            clauses, provisions = (), ()
        if begins == "in_force" and version is not None:
            clauses = queries.clauses_as_written(fund_id=actor.fund_id, version_id=version.id)
            provisions = queries.provisions_of(fund_id=actor.fund_id, version_id=version.id)
    return operations.start_draft(
        actor=actor, draft_id=deed, title=title, recorded_at=now(),
        clauses=drafted(draft_id=deed, clauses=clauses, provisions=provisions)).draft_id


@desk(*RECORDERS, methods=("GET", "POST"))
def draft(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponse:
    """A draft chapter by chapter: what may be written, added, dropped; its name; the way to the vote."""
    there, refusals = draft_or_404(actor, draft_id), ()
    typed = {"title": there.title}
    if request.method == "POST":
        try:
            return _changed(request, actor, there)
        except Refused as refused:
            typed, refusals = {**typed, **request.POST.dict()}, refused.refusals  # type: ignore[assignment]
    return page(request, actor, "committee/draft.html", {
        "draft": there, "chapters": chapters(there.clauses), "doubts": _doubts(there), "typed": typed,
        "refusals": refusals, "fresh": fresh_deed(), "all_chapters": [
            (one, gettext(f"regulations.chapter_{one}")) for one in Chapter if one != Chapter.WELFARE]},
        status=422 if refusals else 200)


def _doubts(there: Draft) -> tuple[Doubt, ...]:
    return doubts(on=today(), clauses=[Granting(
        clause_no=one.clause_no, account_code=one.account_code, rule=read_rule(data=one.rule), text_th=one.text_th)
        for one in there.clauses if one.grants])


def _changed(request: HttpRequest, actor: Actor, there: Draft) -> HttpResponse:
    form, code = Typed(request.POST), fund_of(actor).code
    if form.fields.get("step") == "throw_away":
        operations.throw_away_draft(actor=actor, draft_id=there.id, recorded_at=now())
        return redirect("committee:drafts", code)
    title = form.text("title", _("ชื่อระเบียบ"))
    form.demand()
    operations.name_draft(actor=actor, draft_id=there.id, title=title, recorded_at=now())
    return redirect("committee:draft", code, there.id)


@desk(*RECORDERS, methods=("GET", "POST"))
def adopt(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponse:
    """Write down that the members' meeting has voted the draft: it is the regulations from its day on."""
    typed: dict[str, str] = {}
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        there = queries.draft(fund_id=actor.fund_id, draft_id=draft_id)
        was_voted = any(one.id == draft_id for one in queries.versions(fund_id=actor.fund_id))
    if there is None and not was_voted:
        raise Http404
    if request.method == "POST":
        try:
            _adopt(request, actor, draft_id)
            return redirect("committee:rule_book", fund_of(actor).code)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
    return page(request, actor, "committee/draft_adopt.html", {
        "draft": there, "typed": typed, "refusals": refusals}, status=422 if refusals else 200)


def _adopt(request: HttpRequest, actor: Actor, draft_id: UUID) -> None:
    form = Typed(request.POST)
    voted_on, from_on = form.day("voted_on", _("วันที่ลงมติ")), form.day("from_on", _("มีผลตั้งแต่วันที่"))
    meeting, resolution = form.text("meeting", _("การประชุม")), form.text("resolution", _("มติที่ประชุม"))
    form.demand()
    operations.adopt_draft(actor=actor, draft_id=draft_id, voted_on=voted_on, meeting=meeting, resolution=resolution,
                           in_force_from=from_on, recorded_at=now())


@desk(*RECORDERS)
def draft_paper(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponse:
    """The whole draft as a PDF, which says on every sheet that it is one."""
    there = draft_or_404(actor, draft_id)
    return _printed(actor, RegulationPaper(title=there.title, printed_on=today(), chapters=_on_paper(there.clauses)))


@desk(*READERS)
def version_paper(request: HttpRequest, actor: Actor, version_id: UUID) -> HttpResponse:
    """The whole of one version as a PDF, with the vote."""
    with reading(actor):
        version = next((one for one in queries.versions(fund_id=actor.fund_id) if one.id == version_id), None)
        clauses = _clauses_of(actor, (), str(version_id)) if version is not None else ()
    if version is None:
        raise Http404
    return _printed(actor, RegulationPaper(
        title=version.title, number=version.number, meeting=version.meeting, resolution=version.resolution,
        voted_on=version.voted_on, in_force_from=version.in_force_from, printed_on=today(),
        chapters=_on_paper(clauses)))


def _on_paper(clauses: Sequence[DraftClause]) -> list[RegulationChapter]:
    return [RegulationChapter(title=one.title, clauses=[
        RegulationClause(clause_no=clause.clause_no, title=clause.title_th, text=clause.text_th)
        for clause in one.clauses]) for one in chapters(clauses)]


def _printed(actor: Actor, regulation: RegulationPaper) -> HttpResponse:
    return paper.pdf_page(name="regulations", content=regulation_pdf(
        fund=paper.heading(fund_of(actor)), regulation=regulation, language=paper.language()))


CHANGES = {Change.ADDED: (_("เพิ่มใหม่"), "done", "plus"), Change.DROPPED: (_("ตัดออก"), "wrong", "x"),
           Change.CHANGED: (_("แก้ไข"), "waits", "pencil")}


@desk(*READERS)
def compare(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Two versions, or a version and a draft, side by side: which clauses came, went, or read otherwise."""
    with reading(actor):
        versions = {str(one.id): one.title for one in queries.versions(fund_id=actor.fund_id)}
        in_writing = queries.drafts(fund_id=actor.fund_id) if actor.role in RECORDERS else ()
        books = versions | {str(one.id): gettext("ร่าง: %(title)s") % {"title": one.title} for one in in_writing}
        typed = _asked(request, list(versions))
        if any(name and name not in books for name in typed.values()):
            raise Http404
        sides = [_clauses_of(actor, in_writing, name) for name in typed.values() if name]
    found = compared(before=sides[0], after=sides[1]) if len(sides) == 2 else ()
    return page(request, actor, "committee/compare.html", {
        "typed": typed, "books": list(books.items()),
        "rows": [(one, *CHANGES[one.change]) for one in found if one.change != Change.SAME],
        "same": [one.after for one in found if one.change == Change.SAME]})


def _asked(request: HttpRequest, versions: Sequence[str]) -> dict[str, str]:
    """Which two are compared: those that were asked for; else a draft with the version in force, that with the last."""
    newest = versions[0] if versions else ""
    after = request.GET.get("after") or newest
    before = versions[1] if after == newest and len(versions) > 1 else newest
    return {"before": request.GET.get("before") or before, "after": after}


def _clauses_of(actor: Actor, drafts_there: Sequence[Draft], name: str) -> Sequence[DraftClause]:
    there = next((one for one in drafts_there if str(one.id) == name), None)
    if there is not None:
        return there.clauses
    version_id = UUID(name)
    return drafted(draft_id=version_id,
                   clauses=queries.clauses_as_written(fund_id=actor.fund_id, version_id=version_id),
                   provisions=queries.provisions_of(fund_id=actor.fund_id, version_id=version_id))
