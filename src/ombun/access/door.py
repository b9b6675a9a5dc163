"""The door: from a request to an actor, or to a 404 that does not tell missing from forbidden."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone

from ombun.access import queries
from ombun.access.queries import Desk
from ombun.funds import queries as funds
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.transactions import fund_transaction

P = ParamSpec("P")
FundView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
View = Callable[..., HttpResponseBase]

# Every view behind the door, with the roles it answers; and every view that is open on purpose. A test walks both.
GUARDED: dict[Any, tuple[frozenset[Role], frozenset[str]]] = {}
OPEN: dict[Any, frozenset[str]] = {}


def desk(*roles: Role, methods: tuple[str, ...] = ("GET",)) -> Callable[[FundView[P]], View]:
    """Open a page of a fund to these roles. The URL carries `fund` (its code); the page gets the `Actor` in its place.

    Signed out: to the sign-in page. No desk in that fund, or no such fund: 404. Another role: 403. Another method: 405.
    """

    def guard(view: FundView[P]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, fund: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            actor = _actor_at(user_id=request.user.pk, code=fund, roles=roles, on=timezone.localdate())
            if _asks_otherwise(request, methods):
                return HttpResponseNotAllowed(methods)
            return view(request, actor, *args, **kwargs)

        GUARDED[guarded] = (frozenset(roles), frozenset(methods))
        return guarded

    return guard


def province_desk(view: Callable[Concatenate[HttpRequest, int, P], HttpResponseBase]) -> View:
    """Open a page to the people of one province; the URL carries `province` (its code)."""

    @wraps(view)
    def guarded(request: HttpRequest, province: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        mine = queries.desks(user_id=request.user.pk, on=timezone.localdate())
        if province not in {d.province_code for d in mine}:
            raise Http404
        if _asks_otherwise(request, ("GET",)):
            return HttpResponseNotAllowed(["GET"])
        return view(request, province, *args, **kwargs)

    GUARDED[guarded] = (frozenset({Role.PROVINCE}), frozenset({"GET"}))
    return guarded


def open_to_all(*methods: str) -> Callable[[View], View]:
    """Say of a page that it is open on purpose (sign-in, style page, receipt check). Another method: 405."""

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if _asks_otherwise(request, methods):
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        OPEN[opened] = frozenset(methods)
        return opened

    return mark


def _asks_otherwise(request: HttpRequest, methods: tuple[str, ...]) -> bool:
    """Whether a request comes in a way that the page does not answer; HEAD is a GET without the page."""
    return request.method not in methods and not (request.method == "HEAD" and "GET" in methods)


def _actor_at(*, user_id: int, code: str, roles: tuple[Role, ...], on: date) -> Actor:
    here = [d for d in queries.desks(user_id=user_id, on=on) if d.fund_code == code]
    if not here:
        raise Http404
    fitting: list[Desk] = [d for d in here if d.role in roles]
    if not fitting:
        raise PermissionDenied
    actor = fitting[0].actor(user_id=user_id)
    if actor.member_id is None:
        return actor
    with reading(actor):
        whose = members.persons_of(fund_id=actor.fund_id, entries=[actor.member_id])
    return replace(actor, member_id=whose.get(actor.member_id, actor.member_id))


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """A read-only look into the actor's fund and no other. It ends before an operation starts."""
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        yield


@contextmanager
def looking_up(*, code: str) -> Iterator[int | None]:
    """A read-only look into a fund for whoever holds one of its papers and is nobody's actor (the receipt check).

    Gives the fund's id, None where there is no such fund. What the paper itself carries decides what is told.
    """
    fund = funds.fund_by_code(code=code)
    if fund is None:
        yield None
        return
    with fund_transaction(fund_id=fund.id, read_only=True):
        yield fund.id


def member_or_404(*, actor: Actor, member_id: int) -> MemberCard:
    """A member of the actor's fund; for a member only themselves, for a collector only their village.

    The id of an entry that was merged leads to its person, so that old cards and links go on working.
    """
    whose = members.persons_of(fund_id=actor.fund_id, entries=[member_id])
    card = members.member_card(fund_id=actor.fund_id, member_id=whose.get(member_id, member_id))
    if card is None or not may_see(actor=actor, member_id=card.id, centre_id=card.centre_id):
        raise Http404
    return card


def may_see(*, actor: Actor, member_id: int | None = None, centre_id: UUID | None = None) -> bool:
    """Whether an actor may see this member, or this village."""
    if actor.role == Role.MEMBER:
        return member_id == actor.member_id
    if actor.role == Role.COLLECTOR:
        return centre_id == actor.centre_id
    return True


def centre_or_404(*, actor: Actor, moo: int) -> "funds.Centre":
    """A village centre of the actor's fund by its number; for a collector only their own."""
    found = [c for c in funds.centres(fund_id=actor.fund_id) if c.moo == moo]
    if not found or not may_see(actor=actor, centre_id=found[0].id):
        raise Http404
    return found[0]
