"""Closing a month: a short look at what is still open, who closes, and from then on nothing can be posted into it."""
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import queries as contributions
from ombun.funds import operations
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.ledger import queries as ledger
from ombun.ledger.rules import TREASURER_CASH, HolderKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, month_end, month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

CLOSERS = (Office.TREASURER, Office.CHAIR)


@desk(Role.TREASURER, Role.CHAIR, methods=("GET", "POST"))
def close(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Close the oldest open month."""
    fund = fund_of(actor)
    month = month_of(fund.books_closed_until + timedelta(days=1))
    if request.method == "POST":
        try:
            _close(request, actor)
        except Refused as refused:
            return _page(request, actor, month, request.POST, refused.refusals)
        return redirect(f"{reverse('treasurer:close', args=[fund.code])}?closed={month.isoformat()}")
    return _page(request, actor, month, {
        "deed": str(fresh_deed()), "month": month.isoformat(), "closed_by": str(actor.person_id or "")})


def _close(request: HttpRequest, actor: Actor) -> None:
    typed = Typed(request.POST)
    deed, month = typed.deed_id(), typed.day("month", _("เดือน"))
    with reading(actor):
        people = {key: UUID(key) for key in choices.people(
            funds.office_holders(fund_id=actor.fund_id, on=today()), offices=CLOSERS)}
        books = _treasurers_cash(actor, month)
    closed_by = typed.one_of("closed_by", _("ผู้ปิดบัญชี"), people)
    counted = typed.baht("counted", _("เงินสดที่นับได้"))
    if not typed.refusals and counted != books and "differs" not in typed.fields:
        typed.refuse("web.count_differs", "counted", counted_satang=counted, books_satang=books)
    typed.demand()
    operations.close_month(
        actor=actor, close_id=deed, month=month, closed_by=closed_by, closed_on=today(), counted_satang=counted,
        recorded_at=now())


def _treasurers_cash(actor: Actor, month: date) -> Satang:
    return next((h.balance_satang for h in ledger.cash_held(fund_id=actor.fund_id, on=month_end(month))
                 if h.code == TREASURER_CASH), Satang(0))


def _page(
    request: HttpRequest, actor: Actor, month: date, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        held = [h for h in ledger.cash_held(fund_id=actor.fund_id, on=month_end(month)) if h.balance_satang]
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=CLOSERS)
        collected = {c.moo for c in contributions.collections_in(
            fund_id=actor.fund_id, from_on=month, until_on=add_months(month, 1)) if not c.is_cancelled}
        centres = funds.centres(fund_id=actor.fund_id)
        closed = [(one, month_end(one)) for one in funds.closed_months(fund_id=actor.fund_id)]
    return page(request, actor, "treasurer/close.html", {
        "month": month, "is_over": month_end(month) < today(), "typed": typed, "refusals": refusals,
        "last_on": month_end(month), "people": people.items(), "held": held,
        "books_satang": next((h.balance_satang for h in held if h.code == TREASURER_CASH), Satang(0)),
        "with_collectors": any(h.holder_kind == HolderKind.COLLECTOR for h in held),
        "closed": closed[:24],
        "just_closed": [one for one in closed if one[0].isoformat() == request.GET.get("closed")],
        "not_collected": [c for c in centres if c.moo not in collected],
        "differs": any(r.code == "web.count_differs" for r in refusals) or "differs" in typed},
        status=422 if refusals else 200)
