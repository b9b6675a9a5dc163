"""The village centres of a fund: a village is added here, and called as it is called now."""
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import operations
from ombun.funds import queries as funds
from ombun.funds.operations import NewCentre
from ombun.funds.rules import MOO_MAX
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, now, page
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed


@desk(*KEEPERS, methods=("GET", "POST"))
def villages(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every village with its centre; one is renamed in its own line, a new one is added below."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _write(Typed(request.POST), actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:villages", fund_of(actor).code)
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
    is_new = request.POST.get("what") == "new"
    return page(request, actor, "treasurer/villages.html", {
        "refusals": refusals, "rows": [_row(centre, request.POST.dict(), is_open=bool(refusals) and not is_new)
                                       for centre in centres],
        "typed": (request.POST.dict() if is_new else {}) | {"deed": str(fresh_deed())}},
        status=422 if refusals else 200)


def _row(centre: funds.Centre, typed: dict[str, str], *, is_open: bool) -> dict[str, object]:
    """A village as the list shows it, with what was typed of it where it could not be taken."""
    is_typed = is_open and typed.get("moo") == str(centre.moo)
    name, address = (typed.get("name", ""), typed.get("address", "")) if is_typed else (centre.name, centre.address)
    return {"centre": centre, "name": name, "address": address, "is_open": is_typed}


def _write(typed: Typed, actor: Actor) -> None:
    is_new = typed.fields.get("what") == "new"
    deed, moo = typed.deed_id() if is_new else fresh_deed(), typed.number("moo", _("หมู่ที่"), most=MOO_MAX)
    name, address = typed.text("name", _("ชื่อหมู่บ้าน")), typed.text("address", _("ที่พบกัน"), is_optional=True)
    if is_new:
        with reading(actor):
            is_there = moo in {centre.moo for centre in funds.centres(fund_id=actor.fund_id) if centre.id != deed}
        if is_there:
            typed.refuse("web.village_is_there", "moo", moo=moo)
    typed.demand()
    operations.write_village(
        actor=actor, centre=NewCentre(id=deed, moo=moo, name=name, address=address), recorded_at=now())
