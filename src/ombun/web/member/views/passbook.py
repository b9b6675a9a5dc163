"""The passbook: what a member has given, receipt by receipt, and what came back when it was needed."""
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.claims import queries as claims
from ombun.contributions import queries as contributions
from ombun.contributions.queries import ReceiptLine
from ombun.papers.gathering import passbooks_of_members
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.privacy.rules.erasing import HandedOutAs
from ombun.web import passbook
from ombun.web.handing_out import handed_out
from ombun.web.page import fund_of, page, today
from ombun.web.typed import Typed


@desk(Role.MEMBER)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The member's own passbook."""
    return _home(request, actor)


def _home(request: HttpRequest, actor: Actor, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    member_id = actor.member_id or 0
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        standing = contributions.standings(fund_id=actor.fund_id, member_ids=[member_id], on=today())[member_id]
        payments = contributions.payments_of_member(fund_id=actor.fund_id, member_id=member_id)
        received = claims.benefits_received(fund_id=actor.fund_id, member_id=member_id)
        told = contributions.past_payments_of_member(fund_id=actor.fund_id, member_id=member_id)
        told_received = claims.past_benefits_of_member(fund_id=actor.fund_id, member_id=member_id)
        opening = contributions.opening_standings(fund_id=actor.fund_id, member_ids=[member_id]).get(member_id)
        things = contributions.things_of_members(fund_id=actor.fund_id, member_ids=[member_id])[member_id]
    return page(request, actor, "member/home.html", {
        "refusals": refusals, "things": things[::-1], "card": card, "standing": standing,
        "opening_to": _last_day(opening),
        "years": _by_year(payments), "told": told[::-1], "told_satang": sum(satang for _, satang in told),
        "received": received[::-1], "told_received": told_received[::-1],
        "received_satang": sum(one.paid_satang for one in received) + sum(one.amount_satang for one in told_received)},
        status=422 if refusals else 200)


@desk(Role.MEMBER)
def printed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same as a PDF."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=actor.member_id or 0)
        written = passbooks_of_members(fund_id=actor.fund_id, cards=[card], on=today())
    return passbook.passbooks_page(fund=fund_of(actor), written=written, name=f"passbook-{today()}")


@desk(Role.MEMBER, methods=("POST",))
def everything(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that the fund knows of me, to be read or for another program."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=actor.member_id or 0)
    shape = form.one_of("as", _("แบบไหน"), {shape.value: shape for shape in HandedOutAs})
    try:
        form.demand()
        return handed_out(actor=actor, card=card, shape=shape)
    except Refused as refused:
        return _home(request, actor, refused.refusals)


def _last_day(until: date | None) -> date | None:
    """The last day that is covered; in the books the end is the first day that is not."""
    return until - timedelta(days=1) if until else None


def _by_year(payments: Sequence[ReceiptLine]) -> list[tuple[int, int, list[ReceiptLine]]]:
    """The receipts year by year, the newest first, with the sum of each year."""
    years = groupby(reversed(payments), key=lambda line: line.collected_on.year)
    told = [(year, list(lines)) for year, lines in years]
    return [(year, sum(line.paid_satang for line in lines), lines) for year, lines in told]
