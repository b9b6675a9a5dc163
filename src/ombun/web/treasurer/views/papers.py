"""The books on paper and as a workbook: the same tables as on the pages; on paper with places for three to sign."""
from collections.abc import Callable
from tempfile import SpooledTemporaryFile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ombun.access.door import desk, reading
from ombun.exports.rules.statements import statement_csv, statement_workbook
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.papers.gathering.books import STATEMENTS, stated
from ombun.papers.statements import Signers, Statement, statement_pdf
from ombun.primitives.actors import Actor
from ombun.web import paper
from ombun.web.page import fund_of, today
from ombun.web.treasurer.views.all_books import asked_for, own_page
from ombun.web.treasurer.views.books import READERS

_KEPT_IN_MEMORY = 1_000_000  # bytes


@desk(*READERS)
def statement(request: HttpRequest, actor: Actor, statement: str) -> HttpResponse:
    """A book or statement as a PDF. A day that cannot be read leads back to the page, which says so."""
    def printed(told: Statement) -> HttpResponse:
        return paper.pdf_page(statement_pdf(
            fund=paper.heading(fund_of(actor)), statement=told, signers=_signers(actor), language=paper.language()),
            name=f"{statement}-{told.last_on}")

    return _made(request, actor, statement, printed)


@desk(*READERS)
def statement_sheet(request: HttpRequest, actor: Actor, statement: str) -> HttpResponse:
    """A book or statement as an Excel workbook."""
    def sheet(told: Statement) -> HttpResponse:
        with SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as file:
            statement_workbook(fund_name=fund_of(actor).name, statement=told, into=file)
            file.seek(0)
            return _attached(file.read(), f"{statement}-{told.last_on}.xlsx",
                             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    return _made(request, actor, statement, sheet)


@desk(*READERS)
def statement_text(request: HttpRequest, actor: Actor, statement: str) -> HttpResponse:
    """A book or statement as CSV, as every spreadsheet reads it."""
    return _made(request, actor, statement, lambda told: _attached(
        statement_csv(statement=told), f"{statement}-{told.last_on}.csv", "text/csv; charset=utf-8"))


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _made(
    request: HttpRequest, actor: Actor, statement: str, made: Callable[[Statement], HttpResponse]
) -> HttpResponse:
    if statement not in STATEMENTS:
        raise Http404
    with reading(actor):
        asked, refusals = asked_for(request, actor, statement)
        told = stated(name=statement, fund_id=actor.fund_id, asked=asked)
    if refusals:
        name, given = own_page(statement)
        return redirect(f"{reverse(name, args=[fund_of(actor).code, *given])}?{request.GET.urlencode()}")
    return made(told)


def _signers(actor: Actor) -> Signers:
    """The names of who holds the offices today, each where it is one person; otherwise the line stays open."""
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())

    def only(office: Office) -> str:
        names = {holder.name for holder in holders if holder.office == office}
        return names.pop() if len(names) == 1 else ""

    return Signers(treasurer=only(Office.TREASURER), auditor=only(Office.AUDITOR), chair=only(Office.CHAIR))
