"""The fund on the phones of those who collect, in the same network as this computer."""
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from ombun.access.door import desk
from ombun.papers.codes import picture
from ombun.primitives.actors import Actor
from ombun.web.page import page
from ombun.web.phones import door
from ombun.web.treasurer.views.settings import KEEPERS


@desk(*KEEPERS)
def phones(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A code that phones look at to come in; or what is to be started before they can."""
    opened = door()
    return page(request, actor, "treasurer/phones.html", {
        "door": opened, "code": mark_safe(picture(code=opened.trust_address)) if opened else "",
        "start": f"./ombun {'demo' if settings.OMBUN_IS_DEMO else 'serve'} --lan"})
