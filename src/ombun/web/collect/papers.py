"""Collection day on paper: the receipts of a day, one receipt again as a copy, the sheet for a village."""
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from ombun.access.door import centre_or_404, desk, reading
from ombun.contributions import queries as contributions
from ombun.papers.gathering import receipts_of_day
from ombun.papers.receipts import ReceiptPaper, receipts_pdf
from ombun.papers.sheets import SheetPaper, SheetRow, collection_sheet_pdf
from ombun.primitives.actors import Actor
from ombun.web import paper
from ombun.web.collect.views import COLLECTING, LOOKING, collection_or_404
from ombun.web.page import fund_of, today


@desk(*LOOKING)
def receipts(request: HttpRequest, actor: Actor, deed: UUID) -> HttpResponse:
    """Every receipt of a collection day, one to a page; printed again (`?copy=1`) each says that it is a copy."""
    with reading(actor):
        card = collection_or_404(actor, deed)
        payments = contributions.receipts_of_collection(fund_id=actor.fund_id, collection_id=card.id)
        written = receipts_of_day(
            fund_id=actor.fund_id, card=card, payments=payments, is_copy=request.GET.get("copy") == "1")
    numbers = f"{card.first_number}-{card.last_number}"
    return _receipts_page(request, actor, written, name=f"receipts-{card.book_no}-{numbers}")


@desk(*LOOKING)
def receipt(request: HttpRequest, actor: Actor, deed: UUID, number: int) -> HttpResponse:
    """One receipt of a collection day again: it says that it is a copy."""
    with reading(actor):
        card = collection_or_404(actor, deed)
        payments = contributions.receipts_of_collection(fund_id=actor.fund_id, collection_id=card.id)
        asked = [payment for payment in payments if payment.number == number]
        written = receipts_of_day(fund_id=actor.fund_id, card=card, payments=asked, is_copy=True)
    if not written:
        raise Http404
    return _receipts_page(request, actor, written, name=f"receipt-{card.book_no}-{number}-copy")


def _receipts_page(request: HttpRequest, actor: Actor, written: list[ReceiptPaper], *, name: str) -> HttpResponse:
    return paper.pdf_page(name=name, content=receipts_pdf(
        fund=paper.heading(fund_of(actor)), receipts=written, size=paper.size_asked(request),
        language=paper.language()))


@desk(*COLLECTING)
def sheet(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The sheet of a village to be filled in by pen: everybody with what is due today."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        lines = contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=today())
        book = contributions.book_in_use(fund_id=actor.fund_id, centre_id=centre.id)
    return paper.pdf_page(name=f"sheet-{moo}-{today()}", content=collection_sheet_pdf(
        fund=paper.heading(fund_of(actor)), language=paper.language(), sheet=SheetPaper(
            village=paper.village(centre), as_of=today(), book_no=book.book_no if book else None,
            next_number=book.next_number if book else None, rows=[SheetRow(
                member_no=line.member.member_no, member_name=line.member.full_name,
                due_satang=line.standing.owed_satang, paid_until=line.standing.paid_to)
                for line in lines])))
