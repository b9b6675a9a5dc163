"""Closing a month: the list of what has to be done first, who closes; and opening the last one again."""
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import operations
from ombun.funds import queries as funds
from ombun.funds.rules import COMMITTEE, Office
from ombun.ledger import queries as ledger
from ombun.meetings import queries as meetings
from ombun.meetings.rules import MonthEnd
from ombun.papers.naming import MONTH_END
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import month_end, month_of
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
    closed_by = typed.one_of("closed_by", _("ผู้ปิดบัญชี"), people)
    because = typed.text("because", _("เหตุผล"), is_optional=True)
    typed.demand()
    operations.close_month(
        actor=actor, close_id=deed, month=month, closed_by=closed_by, closed_on=today(), because=because,
        still_open=meetings.still_open, recorded_at=now())


def _page(
    request: HttpRequest, actor: Actor, month: date, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        held = [h for h in ledger.cash_held(fund_id=actor.fund_id, on=month_end(month)) if h.balance_satang]
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=CLOSERS)
        points = meetings.month_end_list(fund_id=actor.fund_id, month=month)
        closings = funds.closings(fund_id=actor.fund_id)
    closed = [(one, month_end(one.month), [MONTH_END[MonthEnd(point)] for point in one.left_open]) for one in closings]
    standing = [one for one in closings if one.reopened_on is None]
    return page(request, actor, "treasurer/close.html", {
        "month": month, "is_over": month_end(month) < today(), "typed": typed, "refusals": refusals,
        "last_on": month_end(month), "people": people.items(), "held": held, "points": points,
        "is_ready": all(point.is_done for point in points), "closed": closed[:24],
        "last_closed": standing[0].month if standing else None,
        "just_closed": [(one.month, last) for one, last, _ in closed[:1]
                        if one.month.isoformat() == request.GET.get("closed")]}, status=422 if refusals else 200)


@desk(Role.TREASURER, Role.CHAIR, methods=("GET", "POST"))
def reopen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open the last closed month again: two of the committee say why, and it stays written."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=COMMITTEE)
        months = funds.closed_months(fund_id=actor.fund_id)
    if request.method == "POST":
        try:
            _reopen(request, actor, people)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:close", fund_of(actor).code)
    return page(request, actor, "treasurer/reopen.html", {
        "month": months[0] if months else None, "people": people.items(), "refusals": refusals,
        "typed": request.POST or {"deed": str(fresh_deed()), "month": months[0].isoformat() if months else "",
                                  "first_by": str(actor.person_id or "")}}, status=422 if refusals else 200)


def _reopen(request: HttpRequest, actor: Actor, people: Mapping[str, str]) -> None:
    typed, ids = Typed(request.POST), {key: UUID(key) for key in people}
    deed, month = typed.deed_id(), typed.day("month", _("เดือน"))
    first_by = typed.one_of("first_by", _("กรรมการคนที่หนึ่ง"), ids)
    second_by = typed.one_of("second_by", _("กรรมการคนที่สอง"), ids)
    reason = typed.text("reason", _("เหตุผล"))
    typed.demand()
    operations.reopen_month(
        actor=actor, reopening_id=deed, month=month, first_by=first_by, second_by=second_by, reason=reason,
        reopened_on=today(), recorded_at=now())
