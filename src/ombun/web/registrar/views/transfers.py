"""Transfers into the account that the committee named: one member's code, and the slips of a whole village."""
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import centre_or_404, desk, member_or_404, reading
from ombun.ledger import queries as ledger
from ombun.members import queries
from ombun.papers.transfers import transfers_pdf
from ombun.primitives.actors import Actor, Role
from ombun.web import paper, transfers
from ombun.web.page import fund_of, page, today
from ombun.web.registrar.views.members import READERS


@desk(*READERS, methods=("GET", "POST"))
def transfer(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """What one member would transfer today, and into which account; whoever keeps the register or the money writes down
    that the member says they did."""
    may_say = actor.role in (Role.TREASURER, Role.REGISTRAR)
    if request.method == "POST" and not may_say:
        raise PermissionDenied
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    refusals = transfers.say(request=request, actor=actor, card=card) if request.method == "POST" else ()
    if request.method == "POST" and not refusals:
        return redirect("registrar:transfer", fund_of(actor).code, card.id)
    with reading(actor):
        found = transfers.transfer_of(actor=actor, card=card)
    return page(request, actor, "registrar/transfer.html", {
        "card": card, "transfer": found, "may_say": may_say, "refusals": refusals,
        "typed": request.POST or transfers.proposed(transfer=found)}, status=422 if refusals else 200)


@desk(*READERS)
def village_transfers(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The transfer slips of everybody in a village, in Thai order; without a resolution there are none."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        to = ledger.paying_account(fund_id=actor.fund_id)
        if to is None:
            return redirect("registrar:papers", fund_of(actor).code)
        cards = queries.members_of_centre(fund_id=actor.fund_id, centre_id=centre.id, on=today())
        paid_to, slips = transfers.slips(actor=actor, to=to, cards=list(cards), village=paper.village(centre))
    return paper.pdf_page(name=f"transfers-{moo}-{today()}", content=transfers_pdf(
        fund=paper.heading(fund_of(actor)), to=paid_to, slips=slips, as_of=today(), language=paper.language()))
