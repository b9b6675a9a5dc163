"""Receipts taken back: one of them or a whole day, because of a mistake, with the reason."""
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.funds import queries as funds
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web.collect.views import COLLECTING, collection_or_404
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

ALL = "all"


@desk(*COLLECTING, methods=("GET", "POST"))
def cancel(request: HttpRequest, actor: Actor, deed: UUID) -> HttpResponse:
    """Take back one receipt of a day (its number stands in the address) or all that stand."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        card = collection_or_404(actor, deed)
        receipts = contributions.receipts_of_collection(fund_id=actor.fund_id, collection_id=card.id)
        names = funds.person_names(fund_id=actor.fund_id)
    which = request.POST.get("receipt", "") if request.method == "POST" else request.GET.get("receipt", ALL)
    asked = [line for line in receipts if which in (ALL, str(line.number))]
    if not asked:
        raise Http404
    if request.method == "POST":
        try:
            _cancel(request, actor, deed, member_ids=None if which == ALL else [line.member_id for line in asked])
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("collect:day", fund_of(actor).code, deed)
    chosen = [line for line in asked if not line.is_cancelled]
    if not chosen and not refusals:
        return redirect("collect:day", fund_of(actor).code, deed)
    return page(request, actor, "collect/cancel.html", {
        "card": card, "chosen": chosen, "which": which, "is_whole": which == ALL, "refusals": refusals,
        "satang": sum(line.amount_satang for line in chosen), "holder": names[card.collected_by_id],
        "typed": request.POST or {"deed": str(fresh_deed()), "day": day_in_words(today(), short=True)}},
        status=422 if refusals else 200)


def _cancel(request: HttpRequest, actor: Actor, deed: UUID, *, member_ids: Sequence[int] | None) -> None:
    typed = Typed(request.POST)
    cancellation, day, why = typed.deed_id(), typed.day("day", _("วันที่ยกเลิก")), typed.text("why", _("เหตุผล"))
    typed.demand()
    operations.cancel_receipts(
        actor=actor, cancellation_id=cancellation, collection_id=deed, member_ids=member_ids, cancelled_on=day,
        why=why, recorded_at=now())
