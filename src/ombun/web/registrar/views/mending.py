"""While a workbook is looked at: a row is mended, a sheet explained, the doubted rows taken away as a workbook."""
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.imports import operations, queries
from ombun.imports.queries import BatchCard, KeptRow, KeptSheets
from ombun.imports.rules.cells import Cell, Sheet
from ombun.imports.rules.meanings import HEADINGS, MEANINGS, Column, Meanings, columns_of, likely_headings, plain_name
from ombun.imports.rules.reason_workbook import Doubted, reason_workbook, reference_of
from ombun.imports.rules.register_row import RowKind, Verdict
from ombun.imports.rules.rewritten import as_typed
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import sentence
from ombun.primitives.thai import whole_number
from ombun.web.page import fund_of, now, page, today
from ombun.web.registrar.views.imports import import_or_404, reasons_of
from ombun.web.registrar.words import COLUMNS, SHEETS, VERDICTS
from ombun.web.typed import Typed

DESKS = (Role.REGISTRAR, Role.TREASURER)
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OFFERED = 12
ANSWERS = {"": "", **{meaning: meaning for words in COLUMNS.values() for meaning in words}}


@desk(*DESKS, methods=("GET", "POST"))
def row(request: HttpRequest, actor: Actor, batch: UUID, row: int) -> HttpResponse:
    """Write the cells of one row anew; the whole workbook is then judged again."""
    with reading(actor):
        card = import_or_404(actor=actor, batch_id=batch)
        kept = queries.one_row(fund_id=actor.fund_id, batch_id=batch, row_id=row)
        sheets = queries.kept_sheets(fund_id=actor.fund_id, batch_id=batch)
        told = queries.meanings(fund_id=actor.fund_id)
    if kept is None:
        raise Http404
    sheet = sheets.sheet(kept.file, kept.sheet)
    if sheet is None or not _is_open(card):
        return redirect("registrar:import", fund_of(actor).code, batch)
    columns = _columns(sheet, sheets, kept, told)
    stands = {f"c-{column.column}": as_typed(cell=_cell(sheet, kept.row, column.column)) for column in columns}
    typed, refusals = stands, tuple[Refusal, ...]()
    if request.method == "POST":
        form = Typed(request.POST)
        new = {name: form.text(name, column.heading, is_optional=True)
               for name, column in zip(stands, columns, strict=True)}
        changed = {int(name[2:]): text for name, text in new.items() if text != stands[name]}
        try:
            form.demand()
            operations.mend_rows(actor=actor, batch_id=batch, books_end_on=today(), mended_at=now(),
                                 rows={kept.id: changed} if changed else {})
            return redirect("registrar:import", fund_of(actor).code, batch)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
    return page(request, actor, "registrar/import_row.html", {
        "batch": card, "row": kept, "verdict": VERDICTS[Verdict(kept.verdict)], "reasons": reasons_of(kept),
        "typed": typed, "refusals": refusals, "about": refusals or reasons_of(kept),
        "columns": [(f"c-{one.column}", one.heading or _unnamed(one)) for one in columns]},
        status=422 if refusals else 200)


def _is_open(card: BatchCard) -> bool:
    """Whether an import is still looked at, and its workbooks are kept."""
    return card.state == "PREVIEWED" and card.has_files


def _columns(sheet: Sheet, sheets: KeptSheets, kept: KeptRow, told: Meanings) -> tuple[Column, ...]:
    """The columns of the sheet of a row, with the headings in force there."""
    kinds = sheets.kinds[sheet.file, sheet.name]
    above = [number for number, kind in kinds.items() if number < kept.row
             and kind in (RowKind.HEADER, RowKind.REPEATED_HEADER)]
    if plain_name(name=sheet.name) in told.columns:
        return tuple(replace(one, heading=HEADINGS.get(one.told, ""))
                     for one in columns_of(sheet=sheet, rows=[0], meanings=told))
    return columns_of(sheet=sheet, rows=_together(above) or [max(1, kept.row - 1)], meanings=Meanings())


def _together(rows: Sequence[int]) -> list[int]:
    """The last rows of headings that stand directly below one another."""
    found: list[int] = []
    for number in sorted(rows, reverse=True):
        if not found or found[-1] == number + 1:
            found.append(number)
    return found


def _cell(sheet: Sheet, number: int, column: int) -> Cell:
    cells = sheet.rows[number - 1]
    return cells[column - 1] if column <= len(cells) else None


def _unnamed(column: Column) -> str:
    return gettext("ช่องที่ %(n)s (ไม่มีหัว)") % {"n": column.column}


@desk(*DESKS, methods=("GET", "POST"))
def sheet(request: HttpRequest, actor: Actor, batch: UUID, sheet: int) -> HttpResponse:
    """Say what a sheet is and what its columns hold; the fund remembers it, and the workbook is judged again."""
    with reading(actor):
        card = import_or_404(actor=actor, batch_id=batch)
        if not 1 <= sheet <= len(card.sheets):
            raise Http404
        seen = card.sheets[sheet - 1]
        sheets = queries.kept_sheets(fund_id=actor.fund_id, batch_id=batch)
        told = queries.meanings(fund_id=actor.fund_id)
    found = sheets.sheet(seen["file"], seen["sheet"])
    if found is None or not seen["may_be_told"] or not _is_open(card):
        return redirect("registrar:import", fund_of(actor).code, batch)
    rows = likely_headings(sheet=found)[:ROWS_OFFERED]
    chosen = _chosen_rows(request, sheets.kinds[found.file, found.name], [row for row, _ in rows],
                          has_none=plain_name(name=found.name) in told.columns)
    columns = columns_of(sheet=found, rows=chosen, meanings=told)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _tell(request, actor, batch, found, columns, max(chosen))
            return redirect("registrar:import", fund_of(actor).code, batch)
        except Refused as refused:
            refusals = refused.refusals
    typed = {"role": seen["role"], "row": str(max(chosen))} | {
        f"m-{one.column}": one.told for one in columns} | request.POST.dict()
    return page(request, actor, "registrar/import_sheet.html", {
        "batch": card, "seen": seen, "typed": typed, "refusals": refusals, "columns": _offered(columns, typed),
        "roles": [(role.value, SHEETS[role]) for role in MEANINGS], "is_chosen": len(chosen) == 1,
        "rows": [("0", _("แผ่นนี้ไม่มีหัวตาราง")), *((str(row), f"{row}: {text[:80]}") for row, text in sorted(rows))],
        "meanings": [(group, list(words.items())) for group, words in COLUMNS.items()]},
        status=422 if refusals else 200)


def _chosen_rows(
    request: HttpRequest, kinds: Mapping[int, RowKind], likely: Sequence[int], *, has_none: bool
) -> list[int]:
    """The rows of headings: the one that somebody chose (0: none at all), else what they told before, else those that
    were recognised, else the likeliest."""
    asked = whole_number(request.POST.get("row", request.GET.get("row", "")), most=10**6)
    known = [number for number, kind in kinds.items() if kind is RowKind.HEADER]
    first = [number for number in known if number - min(known) < len(known)]
    if asked == 0 or (asked is None and has_none):
        return [0]
    if asked is not None and asked in kinds and asked not in first:
        return [asked]
    return first or [likely[0]]


def _offered(columns: Sequence[Column], typed: Mapping[str, str]) -> list[tuple[Column, str, str, str]]:
    """Each column with the name of its choice in the form, its heading, and what is chosen."""
    return [(one, name, one.heading or _unnamed(one), typed[name])
            for one in columns for name in [f"m-{one.column}"]]


def _tell(
    request: HttpRequest, actor: Actor, batch_id: UUID, sheet: Sheet, columns: Sequence[Column], heading_row: int
) -> None:
    form = Typed(request.POST)
    role = form.one_of("role", _("แผ่นงานนี้คือ"), {role.value: role for role in MEANINGS})
    told = {one: form.one_of(f"m-{one.column}", one.heading or _unnamed(one), ANSWERS)
             for one in columns if not one.is_known}
    form.demand()
    operations.tell_sheet(
        actor=actor, batch_id=batch_id, file=sheet.file, sheet=sheet.name, role=role, heading_row=heading_row,
        headings={one.own: meaning for one, meaning in told.items() if one.own},
        unnamed={one.column: meaning for one, meaning in told.items() if meaning and not one.own},
        books_end_on=today(), told_at=now())


@desk(*DESKS)
def doubted(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """The questioned and refused rows as a workbook, each with its reasons, to be mended and sent again."""
    with reading(actor):
        card = import_or_404(actor=actor, batch_id=batch)
        rows = queries.doubted_rows(fund_id=actor.fund_id, batch=card)
        sheets = queries.kept_sheets(fund_id=actor.fund_id, batch_id=batch)
    if not rows or not card.has_files:
        raise Http404
    told: dict[tuple[str, str], dict[int, Doubted]] = {}
    for one in rows:
        told.setdefault((one.file, one.sheet), {})[one.row] = Doubted(
            reference=reference_of(batch_id=batch, row_id=one.id),
            said="\n".join(_said(reason) for reason in reasons_of(one)),
            columns=frozenset(reason["column"] for reason in one.reasons if reason["column"]))
    content = reason_workbook(sheets=sheets.sheets, kinds=sheets.kinds, doubted=told)
    answer = HttpResponse(content, content_type=WORKBOOK_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="to-mend.xlsx"'
    return answer


def _said(reason: Refusal) -> str:
    heading = str(reason.facts.get("heading") or "")
    return f"{heading}: {sentence(reason)}" if heading else sentence(reason)
