"""The register on paper: a member's passbook."""
from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, member_or_404, reading
from ombun.primitives.actors import Actor
from ombun.web import passbook
from ombun.web.page import fund_of, today
from ombun.web.registrar.views.members import READERS


@desk(*READERS)
def printed_passbook(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The passbook of one member as a PDF."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        written = passbook.passbook(fund_id=actor.fund_id, card=card, on=today())
    return passbook.passbook_page(fund=fund_of(actor), written=written)
