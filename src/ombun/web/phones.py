"""Phones in the same network: what they trust and how, and that everything else travels sealed."""
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string

from ombun.access.door import open_to_all

OPEN_WITHOUT_A_SEAL = ("/trust/", "/static/", "/i18n/")

KINDS = {"Android": "android", "iPhone": "iphone", "iPad": "iphone", "Windows": "windows"}


def door() -> Any:
    """Where phones come in (its `address`, `trust_address`, `port` and `file`), or None when they cannot."""
    return import_string(settings.OMBUN_DOOR_FOR_PHONES)()


class SealedOnTheNetwork:
    """Whoever comes over the network without a seal sees what to trust and nothing else; at this computer all is open.

    Cookies that were given under a seal travel under one only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the sealed page."""
        opened = door()
        if opened is None:
            return self.get_response(request)
        if not (request.is_secure() or _is_at_this_computer(request) or request.path.startswith(OPEN_WITHOUT_A_SEAL)):
            return redirect(f"https://{request.get_host().partition(':')[0]}:{opened.port}{request.get_full_path()}")
        response = self.get_response(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


def _is_at_this_computer(request: HttpRequest) -> bool:
    return ip_address(request.META["REMOTE_ADDR"]).is_loopback


@open_to_all("GET")
def trust(request: HttpRequest) -> HttpResponse:
    """What a phone is to trust, step by step for each kind of phone, and the way in afterwards."""
    if (opened := door()) is None:
        raise Http404
    browser = request.headers.get("user-agent", "")
    return render(request, "web/trust.html", {
        "door": opened, "kind": next((kind for word, kind in KINDS.items() if word in browser), "")})


@open_to_all("GET")
def certificate(request: HttpRequest) -> HttpResponse:
    """The file that phones and computers take in. It vouches for this computer and holds nothing secret."""
    if (opened := door()) is None:
        raise Http404
    return HttpResponse(opened.file, content_type="application/x-x509-ca-cert",
                        headers={"Content-Disposition": 'attachment; filename="ombun.crt"'})

