"""All data on a USB stick: a copy that the treasurer takes away from the computer."""
from collections.abc import Sequence

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

from ombun.access import operations as access
from ombun.access.door import desk
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import year_be
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fund_of, now, page, today


@desk(Role.TREASURER, methods=("GET", "POST"))
def copy(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What a copy is for, and the button that makes it."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            access.take_copy(actor=actor, is_fiction=settings.OMBUN_IS_DEMO, taken_at=now())
            made = import_string(settings.OMBUN_COPY_FOR_A_PAGE)()
        except Refused as refused:
            refusals = refused.refusals
        else:
            return FileResponse(made, as_attachment=True, filename=_name(actor))
    return page(request, actor, "treasurer/copy.html", {"refusals": refusals, "name": _name(actor)},
                status=422 if refusals else 200)


def _name(actor: Actor) -> str:
    """The file by fund and Thai day, in letters that every stick can keep; by name is also by day."""
    day = today()
    return f"ombun-{fund_of(actor).code}-{year_be(day)}-{day:%m-%d}.backup"
