"""Devices on which people collect without a signal: what has arrived from each, wiping from afar, files they saved."""
import json
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.operations import SheetTakenIn
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.collect.offline import UNREADABLE, read_arrival
from ombun.web.collect.views import COLLECTING
from ombun.web.page import fund_of, now, page, today
from ombun.web.typed import Typed, TypedWrongly

FILE_BYTES_MAX = 10_000_000


@desk(Role.TREASURER, methods=("GET", "POST"))
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every device with a receipt book, and what has arrived from it; one that is lost is told to forget its people."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            operations.wipe_device(actor=actor, device_id=Typed(request.POST).deed_id("device"), recorded_at=now())
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("collect:devices", fund_of(actor).code)
    with reading(actor):
        known = contributions.devices(fund_id=actor.fund_id)
    return page(request, actor, "collect/devices.html", {"devices": known, "refusals": refusals},
                status=422 if refusals else 200)


@desk(*COLLECTING, methods=("GET", "POST"))
def rescued(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in the sheets of a file that a device saved: each once, whether it had arrived before or not."""
    refusals: list[Refusal] = []
    arrived: list[SheetTakenIn] = []
    if request.method == "POST":
        try:
            for told in _sheets(request):
                arrived.append(operations.take_in_sheet(
                    actor=actor, arrival=read_arrival(told), received_on=today(), recorded_at=now()))
        except Refused as refused:
            refusals += refused.refusals
    return page(request, actor, "collect/rescued.html", {"refusals": refusals, "arrived": arrived},
                status=422 if refusals else 200)


def _sheets(request: HttpRequest) -> list[dict[str, object]]:
    """The sheets in the file that was sent, by their numbers. Raises TypedWrongly when it is no such file."""
    file = request.FILES.get("file")
    if file is None:
        raise TypedWrongly(Refusal(code="web.missing", about="file", facts={"field": _("แฟ้มสำรอง")}))
    try:
        sheets = json.loads(file.read(FILE_BYTES_MAX))["sheets"]
        return sorted(sheets, key=lambda one: (one["book"], one["first"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise TypedWrongly(UNREADABLE) from wrong
