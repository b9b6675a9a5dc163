"""A fund's own workbook comes in: read, looked at row by row, taken in, and taken out again."""
import re
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.imports import operations, queries
from ombun.imports.queries import BatchCard, KeptRow
from ombun.imports.rules import keeping
from ombun.imports.rules.bounds import WorkbookRefused
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.register_row import Verdict
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, leaf_asked, now, page, today
from ombun.web.registrar.words import SHEETS, VERDICTS
from ombun.web.typed import Typed

BYTES_MAX = 25_000_000
LEAVES_MAX = 10_000
_DAYS = frozenset({"books_end_on", "day", "founded_on", "joined_on", "left_on", "month"})
_KEPT_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHOWN_FIRST = (Verdict.QUESTIONED, Verdict.REFUSED, Verdict.CREATED, Verdict.UPDATED, Verdict.NOT_DATA)


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def imports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a workbook to read, and see the earlier ones."""
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            return redirect("registrar:import", fund_of(actor).code, _read(request, actor))
        except Refused as refused:
            refusals = refused.refusals
    with reading(actor):
        earlier = queries.imports(fund_id=actor.fund_id)
    return page(request, actor, "registrar/imports.html", {
        "refusals": refusals, "imports": earlier, "deed": fresh_deed()}, status=422 if refusals else 200)


def _read(request: HttpRequest, actor: Actor) -> UUID:
    form = Typed(request.POST)
    deed, files = form.deed_id(), request.FILES.getlist("files")
    if not files:
        form.refuse("web.missing", "files", field=_("แฟ้ม Excel"))
    form.demand()
    if sum(file.size or 0 for file in files) > BYTES_MAX:
        raise WorkbookRefused.because("workbook_too_large", file=str(files[0].name))
    sent = [(str(file.name), file.read()) for file in files]
    with reading(actor):
        mended = queries.mended_in(fund_id=actor.fund_id, files=sent)
    if mended is not None:
        operations.mend_rows(
            actor=actor, batch_id=mended.batch_id, rows=mended.rows, books_end_on=today(), mended_at=now())
        return mended.batch_id
    operations.preview_import(
        actor=actor, batch_id=deed, books_end_on=today(), previewed_at=now(), files=sent)
    return deed


@desk(Role.REGISTRAR, Role.TREASURER)
def batch(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """The verdict on every row, what committing would do, and what can be done now."""
    return _batch(request, actor, batch)


def _batch(request: HttpRequest, actor: Actor, batch_id: UUID, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
    page_no = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        card = import_or_404(actor=actor, batch_id=batch_id)
        totals = queries.import_totals(fund_id=actor.fund_id, batch_id=batch_id)
        chosen = request.GET.get("verdict") or next((one for one in SHOWN_FIRST if totals[one]), Verdict.CREATED)
        verdict = Verdict(chosen) if chosen in set(Verdict) else None
        rows = queries.import_rows(fund_id=actor.fund_id, batch_id=batch_id, verdict=verdict, page=page_no)
        is_out_of_date = queries.is_out_of_date(fund_id=actor.fund_id, batch=card)
    return page(request, actor, "registrar/import.html", {
        "batch": card, "rows": [(row, VERDICTS[Verdict(row.verdict)], reasons_of(row)) for row in rows],
        "verdicts": [(v.value, VERDICTS[v], totals[v.value], v == verdict) for v in Verdict],
        "totals": totals, "verdict": chosen, "refusals": refusals, "is_out_of_date": is_out_of_date,
        "sheets": [(number, sheet, SHEETS[SheetRole(sheet["role"])]) for number, sheet in enumerate(card.sheets, 1)],
        "is_open": card.state == "PREVIEWED" and card.has_files,
        "doubted": totals["questioned"] + totals["refused"],
        "keeps_until": keeping.kept_until(previewed_at=card.previewed_at, committed_at=card.committed_at),
        "next_page": page_no + 1 if len(rows) == queries.PAGE_SIZE_MAX else None}, status=422 if refusals else 200)


def import_or_404(*, actor: Actor, batch_id: UUID) -> BatchCard:
    """An import of the actor's fund."""
    card = queries.one_import(fund_id=actor.fund_id, batch_id=batch_id)
    if card is None:
        raise Http404
    return card


def reasons_of(row: KeptRow) -> list[Refusal]:
    """What is doubted about a row, as sentences say it."""
    return [Refusal(code=f"imports.{reason['code']}", about=f"c-{reason['column']}", facts={
        name: _day_kept(name, told) for name, told in reason["facts"].items()}) for reason in row.reasons]


def _day_kept(name: str, told: object) -> object:
    """A day as sentences say it; it was kept as text. What somebody wrote into a cell stays as it was written."""
    is_day = isinstance(told, str) and name in _DAYS and _KEPT_DAY.fullmatch(told)
    return date.fromisoformat(str(told)) if is_day else told


@desk(Role.REGISTRAR, Role.TREASURER, methods=("POST",))
def again(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """Judge a workbook against the register as it is now."""
    try:
        operations.judge_import_again(actor=actor, batch_id=batch, books_end_on=today(), judged_at=now())
    except Refused as refused:
        return _batch(request, actor, batch, refused.refusals)
    return redirect("registrar:import", fund_of(actor).code, batch)


@desk(Role.REGISTRAR, Role.TREASURER, methods=("POST",))
def commit(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """Take the previewed rows into the register."""
    try:
        operations.commit_import(actor=actor, batch_id=batch, committed_at=now())
    except Refused as refused:
        return _batch(request, actor, batch, refused.refusals)
    return redirect("registrar:import", fund_of(actor).code, batch)


@desk(Role.REGISTRAR, Role.TREASURER, methods=("POST",))
def undo(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """Take them out again, while nothing is built on them."""
    form = Typed(request.POST)
    if "sure" not in request.POST:
        form.refuse("web.missing", "sure", field=_("เข้าใจแล้ว ถอนได้"))
    try:
        form.demand()
        operations.undo_import(actor=actor, batch_id=batch, undone_at=now())
    except Refused as refused:
        return _batch(request, actor, batch, refused.refusals)
    return redirect("registrar:import", fund_of(actor).code, batch)
