"""The payment voucher of a claim that was paid."""
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from ombun.access.door import desk, may_see, reading
from ombun.claims import queries
from ombun.papers.gathering import voucher_of_claim
from ombun.papers.naming import voucher_number
from ombun.papers.vouchers import voucher_pdf
from ombun.primitives.actors import Actor
from ombun.web import paper
from ombun.web.committee.views.claims import LOOKING
from ombun.web.page import fund_of


@desk(*LOOKING)
def voucher(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """The voucher as a PDF; there is none before the claim is paid."""
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
        if card is None or not may_see(actor=actor, member_id=card.member_id, centre_id=card.centre_id):
            raise Http404
        written = voucher_of_claim(fund_id=actor.fund_id, card=card)
    if written is None:
        raise Http404
    return paper.pdf_page(name=f"voucher-{voucher_number(card).replace('/', '-')}", content=voucher_pdf(
        fund=paper.heading(fund_of(actor)), voucher=written, language=paper.language()))
