"""Collecting without a signal: the page that stays on the device, the villages it takes along, the sheets it sends."""
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from ombun.access.door import centre_or_404, desk, may_see, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import Payment, Sheet
from ombun.funds import queries as funds
from ombun.primitives.actors import Actor
from ombun.primitives.money import SATANG_MAX, Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words, sentence, through
from ombun.web.collect.sheet import rows
from ombun.web.collect.views import COLLECTING, collectors_of, usual_collector
from ombun.web.page import fund_of, now, page, today
from ombun.web.typed import TypedWrongly

MEMBER_MAX, BYTES_MAX = 2**31 - 1, 1_000_000


@desk(*COLLECTING)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page that stays on the device. It tells nothing of anybody: people come with the villages."""
    with reading(actor):
        centres = [c for c in funds.centres(fund_id=actor.fund_id) if may_see(actor=actor, centre_id=c.id)]
    return page(request, actor, "collect/offline.html", {"centres": centres})


@desk(*COLLECTING)
def worker(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The script that lets the browser open the page without a signal."""
    text = render_to_string("collect/offline_worker.js", {"fund": fund_of(actor)}, request)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@desk(*COLLECTING)
def signed_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whether the device may send, and the token that it sends with; tells the day as well, for a wrong clock."""
    return JsonResponse({"token": get_token(request), "today": today().isoformat()})


@desk(*COLLECTING)
def village(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """A village as a device takes it along: who there is and what each usually pays, no more of anybody than that."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        lines = contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=today())
        plans = contributions.plans(fund_id=actor.fund_id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
    return JsonResponse({
        "moo": centre.moo, "centre": str(centre.id), "name": centre.name, "on": today().isoformat(),
        "on_words": day_in_words(today(), short=True), "collector": usual_collector(actor, holders, centre.id),
        "collectors": list(collectors_of(actor, holders, centre.id).items()),
        "people": [{"id": row.line.member.id, "no": row.line.member.member_no, "name": row.line.member.full_name,
                    "house": row.line.member.house_no, "amount": row.amount, "ticked": row.is_ticked,
                    "behind": row.periods_behind, "ahead": row.is_ahead}
                   for row in rows(lines, plans=plans, on=today(), typed=None)]})


@desk(*COLLECTING, methods=("POST",))
def sheets(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in one sheet from a device. Its id was made there: sent again, it gets the first answer again."""
    try:
        sent = _read(request.body)
        done = operations.record_collection(
            actor=actor, collection_id=sent.collection_id, centre_id=sent.centre_id, collected_on=sent.collected_on,
            collected_by=sent.collected_by, payments=sent.payments, received_on=today(), recorded_at=now())
    except UnreadablePostError:  # the line broke on the way: nobody is there to hear an answer, the device asks again
        return HttpResponse(status=400)
    except Refused as refused:
        return JsonResponse({"reasons": [sentence(one) for one in refused.refusals]}, status=422)
    with reading(actor):
        that_day = contributions.collections_in(
            fund_id=actor.fund_id, from_on=sent.collected_on, until_on=sent.collected_on + timedelta(days=1),
            centre_id=sent.centre_id)
    return JsonResponse({
        "book": done.book_no, "numbers": through(done.first_number, done.last_number),
        "others": sum(card.deed_id != sent.collection_id and not card.is_cancelled for card in that_day)})


def _read(body: bytes) -> Sheet:
    """The sheet in what a device sent. Raises TypedWrongly when it is none."""
    try:
        told: dict[str, Any] = json.loads(body[:BYTES_MAX])
        return Sheet(
            collection_id=UUID(told["id"]), centre_id=UUID(told["centre"]),
            collected_on=date.fromisoformat(told["collected_on"]), collected_by=UUID(told["collected_by"]),
            payments=tuple(Payment(member_id=_whole(member, MEMBER_MAX), amount_satang=Satang(_whole(paid, SATANG_MAX)))
                           for member, paid in told["payments"]))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise TypedWrongly(Refusal(code="web.unreadable_sheet", about="sheet")) from wrong


def _whole(number: object, most: int) -> int:
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError(number)
    return number
