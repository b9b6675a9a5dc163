"""The booklet that a member has had for years: only its new lines are printed, where its pages have room for them."""
import re
from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.funds.operations import measure_booklet
from ombun.funds.rules import Layout
from ombun.papers.booklets import BookletPaper, booklet_pdf
from ombun.papers.gathering import passbooks_of_members
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import arabic_digits, whole_number
from ombun.web import paper
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.views.members import READERS
from ombun.web.typed import Typed

SHOWN_LINES = 40  # the newest; whoever is further behind prints a whole passbook
MEASURES: dict[str, str | Promise] = {
    "page_width": _("หน้าสมุดกว้าง"), "page_height": _("หน้าสมุดสูง"), "first_line": _("ขอบบนถึงบรรทัดแรก"),
    "line_height": _("ระยะบรรทัด"), "day_left": _("ช่องวันที่"), "words_left": _("ช่องรายการ"),
    "paper_no_left": _("ช่องเลขที่ใบเสร็จ"), "paid_left": _("ช่องเงินสมทบ"),
    "received_left": _("ช่องรับสวัสดิการ")}
_MM = re.compile(r"(\d{1,3})(?:\.(\d))?")


@desk(*READERS)
def booklet(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Which lines are new, and on which line of the page the first one goes."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        written, = passbooks_of_members(fund_id=actor.fund_id, cards=[card], on=today())
        layout = funds.booklet_layout(fund_id=actor.fund_id)
    lines = list(enumerate(written.lines))[-SHOWN_LINES:]
    return page(request, actor, "registrar/booklet.html", {
        "card": card, "lines": lines, "newest": len(written.lines) - 1, "layout": layout,
        "places": range(1, layout.lines_a_page + 1), "may_measure": actor.role in (Role.TREASURER, Role.REGISTRAR)})


@desk(*READERS)
def printed_booklet(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The lines from `?from=` on (counted from 0, oldest first), the first on line `?line=` of the page."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        written, = passbooks_of_members(fund_id=actor.fund_id, cards=[card], on=today())
        layout = funds.booklet_layout(fund_id=actor.fund_id)
    first = whole_number(request.GET.get("from", ""), most=len(written.lines))
    place = whole_number(request.GET.get("line", ""), most=layout.lines_a_page)
    return paper.pdf_page(name=f"booklet-{today()}", content=booklet_pdf(
        fund=paper.heading(fund_of(actor)), layout=layout, language=paper.language(), booklet=BookletPaper(
            first_line=place or 1,
            lines=written.lines[max(len(written.lines) - (SHOWN_LINES if first is not None else 1), first or 0, 0):])))


@desk(Role.TREASURER, Role.REGISTRAR, methods=("GET", "POST"))
def layout(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where lines stand in the fund's booklets, measured with a ruler."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _measure(request, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("registrar:booklet_layout", fund_of(actor).code)
    with reading(actor):
        known = funds.booklet_layout(fund_id=actor.fund_id)
    typed = request.POST or {
        "deed": str(fresh_deed()), "lines_a_page": str(known.lines_a_page),
        **{name: f"{tenths // 10}.{tenths % 10}".removesuffix(".0") for name, tenths in asdict(known).items()
           if name in MEASURES}}
    return page(request, actor, "registrar/booklet_layout.html", {
        "typed": typed, "refusals": refusals, "measures": MEASURES.items()}, status=422 if refusals else 200)


def _measure(request: HttpRequest, actor: Actor) -> None:
    typed = Typed(request.POST)
    deed = typed.deed_id()
    lines = typed.number("lines_a_page", _("จำนวนบรรทัดในหน้า"), most=200)
    measured = {name: _tenths(typed, name, label) for name, label in MEASURES.items()}
    typed.demand()
    measure_booklet(actor=actor, layout_id=deed, recorded_at=now(), layout=Layout(lines_a_page=lines, **measured))


def _tenths(typed: Typed, name: str, label: str | Promise) -> int:
    """Millimetres with at most one decimal, as tenths."""
    written = typed.text(name, label)
    match = _MM.fullmatch(arabic_digits(written))
    if match is None:
        if written:
            typed.refuse("web.not_a_number", name, field=label, typed=written)
        return 0
    return int(match[1]) * 10 + int(match[2] or 0)
