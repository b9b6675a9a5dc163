"""A transfer: the code for a bank app, into the account that the committee named."""
from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, member_or_404, reading
from ombun.primitives.actors import Actor, Role
from ombun.web.page import page
from ombun.web.transfers import transfer_of


@desk(Role.MEMBER)
def transfer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What I would transfer today, and into which account."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=actor.member_id or 0)
        found = transfer_of(actor=actor, card=card)
    return page(request, actor, "member/transfer.html", {"card": card, "transfer": found})
