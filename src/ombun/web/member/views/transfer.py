"""A transfer: the code for a bank app, into the account that the committee named; and what the member says of it."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, member_or_404, reading
from ombun.primitives.actors import Actor, Role
from ombun.web import transfers
from ombun.web.page import fund_of, page


@desk(Role.MEMBER, methods=("GET", "POST"))
def transfer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What I would transfer today, and into which account; I say that I did, and it waits until the bank tells it."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=actor.member_id or 0)
    refusals = transfers.say(request=request, actor=actor, card=card) if request.method == "POST" else ()
    if request.method == "POST" and not refusals:
        return redirect("member:transfer", fund_of(actor).code)
    with reading(actor):
        found = transfers.transfer_of(actor=actor, card=card)
    return page(request, actor, "member/transfer.html", {
        "card": card, "transfer": found, "may_say": True, "refusals": refusals,
        "typed": request.POST or transfers.proposed(transfer=found)}, status=422 if refusals else 200)
