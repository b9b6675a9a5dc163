"""Collecting without a signal: the page that stays on the device, the villages it takes along, the sheets it sends."""
import json
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from ombun.access.door import centre_or_404, desk, may_see, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import AMOUNT_MAX, NUMBER_MAX, Arrival, Payment, Sheet
from ombun.funds import queries as funds
from ombun.primitives.actors import Actor
from ombun.primitives.money import SATANG_MAX, Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words, sentence
from ombun.web.collect.sheet import rows
from ombun.web.collect.views import COLLECTING, collectors_of, usual_collector
from ombun.web.page import fund_of, now, page, today
from ombun.web.typed import TypedWrongly

MEMBER_MAX, BYTES_MAX = 2**31 - 1, 1_000_000
UNREADABLE = Refusal(code="web.unreadable_sheet", about="sheet")


@desk(*COLLECTING)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page that stays on the device. It tells nothing of anybody: people come with the villages."""
    with reading(actor):
        centres = [c for c in funds.centres(fund_id=actor.fund_id) if may_see(actor=actor, centre_id=c.id)]
    return page(request, actor, "collect/offline.html", {"centres": centres, "most_satang": AMOUNT_MAX})


@desk(*COLLECTING)
def worker(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The script that lets the browser open the page without a signal."""
    text = render_to_string("collect/offline_worker.js", {"fund": fund_of(actor)}, request)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@desk(*COLLECTING)
def signed_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whether the device may send, and the token that it sends with; tells the day as well, for a wrong clock, and
    whether the device is to forget its people."""
    with reading(actor):
        wiped = contributions.is_wiped(fund_id=actor.fund_id, device_id=request.GET.get("device", ""))
    return JsonResponse({"token": get_token(request), "today": today().isoformat(), "wiped": wiped})


@desk(*COLLECTING, methods=("POST",))
def village(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """A village as a device takes it along: who there is and what each usually pays, no more of anybody than that; and
    a receipt book that only this device numbers."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
    try:
        book = operations.lend_receipt_book(
            actor=actor, device_id=UUID(json.loads(request.body[:BYTES_MAX])["device"]), centre_id=centre.id,
            recorded_at=now())
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"reasons": [sentence(UNREADABLE)]}, status=422)
    except Refused as refused:
        return JsonResponse({"reasons": [sentence(one) for one in refused.refusals]}, status=422)
    with reading(actor):
        lines = contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=today())
        plans = contributions.plans(fund_id=actor.fund_id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
    return JsonResponse({
        "book": {"moo": centre.moo, "no": book.book_no, "next": book.next_number, "last": book.last_number},
        "moo": centre.moo, "centre": str(centre.id), "name": centre.name, "on": today().isoformat(),
        "on_words": day_in_words(today(), short=True), "collector": usual_collector(actor, holders, centre.id),
        "collectors": list(collectors_of(actor, holders, centre.id).items()),
        "people": [{"id": row.line.member.id, "no": row.line.member.member_no, "name": row.line.member.full_name,
                    "house": row.line.member.house_no, "amount": row.amount, "ticked": row.is_ticked,
                    "behind": row.periods_behind, "ahead": row.is_ahead,
                    "free": row.line.standing.is_free}
                   for row in rows(lines, plans=plans, on=today(), typed=None)]})


@desk(*COLLECTING, methods=("POST",))
def sheets(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in one sheet from a device. Its id was made there: sent again, it gets the first answer again."""
    try:
        done = operations.take_in_sheet(actor=actor, arrival=read_arrival(json.loads(request.body[:BYTES_MAX])),
                                        received_on=today(), recorded_at=now())
    except UnreadablePostError:  # the line broke on the way: nobody is there to hear an answer, the device asks again
        return HttpResponse(status=400)
    except ValueError:
        return JsonResponse({"reasons": [sentence(UNREADABLE)]}, status=422)
    except Refused as refused:
        waits = [one.code for one in refused.refusals] == ["contributions.numbers_before_are_missing"]
        return JsonResponse({"reasons": [sentence(one) for one in refused.refusals]}, status=409 if waits else 422)
    return JsonResponse({"book": done.book_no, "first": done.first_number, "last": done.last_number,
                         "set_aside": done.set_aside})


def read_arrival(told: dict[str, Any]) -> Arrival:
    """The sheet in what a device sent or saved. Raises TypedWrongly when it is none."""
    try:
        return Arrival(device_id=UUID(told["device"]), book_no=_whole(told["book"], NUMBER_MAX),
                       first_number=_whole(told["first"], NUMBER_MAX), sheet=Sheet(
            collection_id=UUID(told["id"]), centre_id=UUID(told["centre"]),
            collected_on=date.fromisoformat(told["collected_on"]), collected_by=UUID(told["collected_by"]),
            payments=tuple(Payment(member_id=_whole(member, MEMBER_MAX), amount_satang=Satang(_whole(paid, SATANG_MAX)))
                           for member, paid in told["payments"])))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise TypedWrongly(UNREADABLE) from wrong


def _whole(number: object, most: int) -> int:
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError(number)
    return number
