"""Receipts of the whole fund: one piece of work in the background, a bar that says how far it is, a file a village."""
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds.queries import FundCard
from ombun.papers import printing as press
from ombun.papers.gathering import parts_of_days, printed_part
from ombun.papers.printing import Part, Printing
from ombun.papers.receipts import PaperSize
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import paper
from ombun.web.page import fresh_deed, fund_of, page, today
from ombun.web.typed import Typed

SIZES: dict[str, str | Promise] = {
    PaperSize.A4: _("สองใบต่อแผ่น A4 แล้วตัด"), PaperSize.A5: _("A5 ใบละแผ่น"), PaperSize.A6: _("A6 ขนาดเล็ก"),
    PaperSize.ROLL: _("ม้วนกระดาษ 80 มม.")}


@desk(Role.TREASURER, methods=("GET", "POST"))
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which days and which paper; and what was printed in the last days."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            return redirect("collect:printing", fund_of(actor).code, _begin(request, actor))
        except Refused as refused:
            refusals = refused.refusals
    own = settings.OMBUN_PRINTING / str(actor.fund_id)
    known = [(folder.name, told) for folder in sorted(own.glob("*-*"), reverse=True)
             if (told := press.printing_in(folder=folder))] if own.exists() else []
    return page(request, actor, "collect/printings.html", {
        "refusals": refusals, "sizes": SIZES.items(), "known": known, "typed": request.POST or {
            "deed": str(fresh_deed()), "from": day_in_words(today().replace(day=1), short=True),
            "until": day_in_words(today(), short=True), "size": str(PaperSize.A4)}}, status=422 if refusals else 200)


def _begin(request: HttpRequest, actor: Actor) -> UUID:
    typed = Typed(request.POST)
    printing_id = typed.deed_id()
    from_on, until_on = typed.day("from", _("ตั้งแต่วันที่")), typed.day("until", _("ถึงวันที่"))
    size = typed.one_of("size", _("กระดาษ"), {key: key for key in SIZES})
    typed.demand()
    with reading(actor):
        parts = parts_of_days(
            fund_id=actor.fund_id, from_on=from_on, until_on=min(until_on, today()) + timedelta(days=1))
    if not parts:
        typed.refuse("web.no_receipts_then", "from", first=from_on, last=until_on)
    typed.demand()
    folder = _folder(actor, printing_id)
    press.begin(folder=folder, printing=Printing(
        title=f"{day_in_words(from_on, short=True)} – {day_in_words(until_on, short=True)}", size=size,
        language=paper.language(), is_copy="copy" in request.POST, parts=parts))
    _go_on(fund_of(actor), folder)
    return printing_id


def _folder(actor: Actor, printing_id: UUID) -> Path:
    return press.folder_of(root=settings.OMBUN_PRINTING, fund_id=actor.fund_id, printing_id=printing_id)


def _go_on(fund: FundCard, folder: Path) -> None:
    """In the background: the page answers at once and tells how far it has come."""
    Thread(target=_work, args=[fund, folder], name="printing", daemon=True).start()


def _work(fund: FundCard, folder: Path) -> None:
    def printed(printing: Printing, part: Part) -> bytes:
        with translation.override(printing.language):
            return printed_part(fund=fund, printing=printing, part=part)

    try:
        press.work(folder=folder, printed=printed)
    finally:
        connections.close_all()


def _printing_or_404(actor: Actor, printing_id: UUID) -> tuple[Path, Printing]:
    folder = _folder(actor, printing_id)
    told = press.printing_in(folder=folder)
    if told is None:
        raise Http404
    return folder, told


@desk(Role.TREASURER, methods=("GET", "POST"))
def shown(request: HttpRequest, actor: Actor, printing: UUID) -> HttpResponse:
    """How far a printing has come, with its files; one that was interrupted goes on from there."""
    folder, told = _printing_or_404(actor, printing)
    if request.method == "POST":
        _go_on(fund_of(actor), folder)
        return redirect("collect:printing", fund_of(actor).code, printing)
    how_far = press.progress(folder=folder, printing=told)
    return page(request, actor, "collect/printing.html", {
        "printing": told, "printing_id": printing, "progress": how_far, "size": SIZES[told.size],
        "kept_days": press.KEPT_DAYS, "parts": list(zip(told.parts, how_far.ready, strict=True))})


@desk(Role.TREASURER)
def part(request: HttpRequest, actor: Actor, printing: UUID, place: int) -> HttpResponse:
    """One file of a printing, once it is ready."""
    folder, told = _printing_or_404(actor, printing)
    file = press.part_file(folder=folder, place=place)
    if place >= len(told.parts) or not file.exists():
        raise Http404
    one = told.parts[place]
    name = f"receipts-{one.moo}-{one.book_no}-{one.first_number}-{one.last_number}"
    return paper.pdf_page(file.read_bytes(), name=name)
