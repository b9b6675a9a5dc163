"""The papers behind an entry: looked at, attached, taken off; and the voucher to be signed, as a PDF."""
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, reading
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.rules import Media
from ombun.papers.cash_vouchers import cash_voucher_pdf
from ombun.papers.gathering.cash_vouchers import voucher_paper
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import BE_MINUS_CE, fiscal_year_be
from ombun.primitives.refusals import Refused
from ombun.primitives.thai import whole_number
from ombun.web import paper
from ombun.web.page import fund_of, now, today
from ombun.web.treasurer.views.books import READERS, books_page
from ombun.web.treasurer.views.voucher import entry_page, sent_papers
from ombun.web.typed import Typed

ENDINGS = {Media.JPEG: "jpg", Media.PNG: "png", Media.WEBP: "webp", Media.PDF: "pdf"}


@desk(*READERS)
def attachment(request: HttpRequest, actor: Actor, attachment: UUID) -> HttpResponse:
    """One paper. A picture is shown, a PDF is kept as a file; neither can run anything on our pages."""
    with reading(actor):
        found = ledger.attachment(fund_id=actor.fund_id, attachment_id=attachment)
    if found is None:
        raise Http404
    media, content = found
    way = "attachment" if media == Media.PDF else "inline"
    return HttpResponse(content, content_type=media, headers={
        "Content-Disposition": f'{way}; filename="{attachment}.{ENDINGS[media]}"',
        "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"})


@desk(Role.TREASURER, methods=("POST",))
def attach(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """Keep a picture or a PDF with an entry."""
    try:
        typed = Typed(request.POST)
        deed = typed.deed_id()
        typed.demand()
        with reading(actor):
            if ledger.entry(fund_id=actor.fund_id, entry_id=entry_id) is None:
                raise Http404
        for one in sent_papers(request, deed=deed):
            operations.attach_to_entry(actor=actor, entry_id=entry_id, new=one, recorded_at=now())
    except Refused as refused:
        return entry_page(request, actor, entry_id, refused.refusals)
    return redirect("treasurer:entry", fund_of(actor).code, entry_id)


@desk(Role.TREASURER, methods=("POST",))
def take_off(request: HttpRequest, actor: Actor, attachment: UUID) -> HttpResponse:
    """Take a paper off that was attached by mistake; that it was there stays written."""
    try:
        entry_id = operations.take_off_attachment(actor=actor, attachment_id=attachment, recorded_at=now())
    except Refused:
        raise Http404 from None
    return redirect("treasurer:entry", fund_of(actor).code, entry_id)


@desk(*READERS)
def vouchers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The vouchers of a fiscal year: this one, or the one that the address names by its Buddhist year."""
    this_year = fiscal_year_be(today())
    year = whole_number(request.GET.get("year", ""), most=this_year) or this_year
    with reading(actor):
        told = ledger.vouchers_of_year(fund_id=actor.fund_id, year=max(year - BE_MINUS_CE, 1))
    return books_page(request, actor, "treasurer/vouchers.html", {
        "year": year, "before": year - 1, "after": year + 1 if year < this_year else None, "vouchers": told})


@desk(*READERS)
def voucher_pdf(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """The voucher of a receipt or a payment, with places to sign."""
    with reading(actor):
        card = ledger.entry(fund_id=actor.fund_id, entry_id=entry_id)
        told = voucher_paper(fund_id=actor.fund_id, card=card) if card else None
    if told is None:
        raise Http404
    content = cash_voucher_pdf(fund=paper.heading(fund_of(actor)), voucher=told, language=paper.language())
    return paper.pdf_page(content, name=f"voucher-{told.number.replace('/', '-')}")
