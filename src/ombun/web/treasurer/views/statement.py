"""A bank statement comes in: read from a workbook, shown as understood, taken in once somebody says that it is so."""
import base64
import binascii
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.imports.rules.bounds import WorkbookRefused
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.statements import MONEY, StatementRead, read_statement
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.rules import HolderKind, oldest_first, refusals_to_take_in
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed
from ombun.web.words import named

BYTES_MAX = 1_000_000  # a year of a small fund is a tenth of it; the file travels with the page until it is taken in
SHOWN = 8
MEANINGS = {"moved_on": _("วันที่"), "came_in": _("เงินเข้า"), "went_out": _("เงินออก"),
            "amount": _("จำนวนเงิน (ช่องเดียว ลบคือเงินออก)"), "balance": _("คงเหลือ"), "words": _("ข้อความของธนาคาร")}


@desk(Role.TREASURER, methods=("GET", "POST"))
def statement(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a file; see what it says, and tell its columns where that is wrong; take it in."""
    if request.method != "POST":
        return _page(request, actor, {"deed": str(fresh_deed())}, None, ())
    typed, read = Typed(request.POST), None
    try:
        content, name = _content(request, typed)
        with reading(actor):
            account = typed.one_of("account", _("บัญชีธนาคาร"), {code: code for code in _banks(actor)})
            typed.demand()
            told = _told(request) or ledger.last_columns(fund_id=actor.fund_id, account_code=account)
        read = read_statement(sheets=read_workbook(file=name, content=content), told=told, today=today())
        found = (*read.refusals, *(() if read.refusals else refusals_to_take_in(
            lines=oldest_first(lines=read.lines), today=today())))
        if not found and "sure" in request.POST:
            operations.take_in_statement(
                actor=actor, statement_id=typed.deed_id(), account_code=account, digest=sha256(content).hexdigest(),
                columns=read.columns, lines=read.lines, recorded_at=now())
            return redirect("treasurer:bank", fund_of(actor).code)
        return _page(request, actor, request.POST.dict() | {
            "content": base64.b64encode(content).decode(), "name": name}, read, found)
    except Refused as refused:
        return _page(request, actor, request.POST.dict(), read, refused.refusals)


def _banks(actor: Actor) -> dict[str, str]:
    return {one.code: named(one) for one in ledger.accounts(fund_id=actor.fund_id)
            if one.holder_kind == HolderKind.BANK}


def _content(request: HttpRequest, typed: Typed) -> tuple[bytes, str]:
    """The file as it was chosen just now, or as it came back with the page. Raises TypedWrongly, WorkbookRefused."""
    sent = request.FILES.get("file")
    if sent is not None:
        if (sent.size or 0) > BYTES_MAX:
            raise WorkbookRefused.because("workbook_too_large", file=str(sent.name))
        return sent.read(), str(sent.name)
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except binascii.Error:
        content = b""
    if not content:
        typed.refuse("web.missing", "file", field=_("แฟ้มรายการเดินบัญชี"))
    typed.demand()
    return content, request.POST.get("name", "")


def _told(request: HttpRequest) -> dict[str, object]:
    """What a person said of the columns; nothing before they were asked."""
    if "column_moved_on" not in request.POST:
        return {}
    return {**{name: request.POST.get(f"column_{name}", "") for name in ("moved_on", *MONEY)},
            "words": [one for one in request.POST.getlist("column_words") if one]}


def _page(
    request: HttpRequest, actor: Actor, typed: dict[str, str], read: StatementRead | None,
    refusals: tuple[Refusal, ...]
) -> HttpResponse:
    with reading(actor):
        banks = _banks(actor)
    lines = oldest_first(lines=read.lines) if read else ()
    return page(request, actor, "treasurer/bank_statement.html", {
        "typed": {"account": next(iter(banks), "")} | typed, "refusals": refusals, "banks": banks.items(),
        "read": read, "shown": lines[:SHOWN], "lines": len(lines),
        "came_satang": sum(one.amount_satang for one in lines if one.amount_satang > 0),
        "went_satang": -sum(one.amount_satang for one in lines if one.amount_satang < 0),
        "columns": [(name, label, _chosen(read, name)) for name, label in MEANINGS.items()] if read else (),
        "headings": read.headings if read else ()}, status=422 if refusals else 200)


def _chosen(read: StatementRead, name: str) -> list[str]:
    """The headings that a column was read by."""
    said = read.columns.get(name, [])
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]
