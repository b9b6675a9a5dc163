"""Members' passbooks on paper, for the registrar's desk and for the member's own."""
from collections.abc import Sequence

from django.http import HttpResponse

from ombun.funds.queries import FundCard
from ombun.papers.passbooks import PassbookPaper, passbooks_pdf
from ombun.web import paper


def passbooks_page(*, fund: FundCard, written: Sequence[PassbookPaper], name: str) -> HttpResponse:
    """The passbooks as a PDF. Its file name has no name of a person."""
    return paper.pdf_page(name=name, content=passbooks_pdf(
        fund=paper.heading(fund), passbooks=written, language=paper.language()))
