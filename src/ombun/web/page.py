"""What every page of a fund has in common: the fund's heading, who sits there, the ways on."""
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ombun.access import queries as access
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.ids import uuid7
from ombun.primitives.thai import whole_number
from ombun.web.navigation import ways


def page(
    request: HttpRequest, actor: Actor, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page of a fund. Everything it shows was read before; a template asks the database nothing."""
    fund = fund_of(actor)
    return render(request, template, {
        "fund": fund, "actor": actor, "today": today(),
        "may_set": actor.role in (Role.TREASURER, Role.CHAIR, Role.SECRETARY),
        "nav": ways(role=actor.role, fund_code=fund.code, path=request.path),
        **(context or {})}, status=status)


def fund_of(actor: Actor) -> FundCard:
    """The card of the actor's fund."""
    fund = funds.fund_by_id(fund_id=actor.fund_id)
    if fund is None:
        raise Http404
    return fund


def today() -> date:
    """Today in Bangkok: pages and jobs are the only places with a clock."""
    return timezone.localdate()


def now() -> datetime:
    """This moment."""
    return timezone.now()


def fresh_deed() -> UUID:
    """The id of a deed, made when its form is shown; it travels as a hidden field."""
    return uuid7(unix_ms=int(now().timestamp() * 1000))


def leaf_asked(request: HttpRequest, *, most: int) -> int | None:
    """Which leaf of a list (`?page=`) the address asks for, from 1 to `most`; None where it names none."""
    return whole_number(request.GET.get("page", ""), most=most) or None


def desks_of(request: HttpRequest) -> tuple[access.Desk, ...]:
    """Every desk of whoever is signed in."""
    return access.desks(user_id=request.user.pk, on=today()) if request.user.is_authenticated else ()
