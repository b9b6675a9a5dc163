"""The front door: where signing in leads."""
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ombun.access.door import open_to_all
from ombun.access.queries import has_no_fund_yet
from ombun.web.navigation import first_page
from ombun.web.page import desks_of


@open_to_all("GET")
def front(request: HttpRequest) -> HttpResponse:
    """A new installation starts a fund; a guest signs in; one desk opens at once; of several one is chosen."""
    if has_no_fund_yet():
        return redirect("first_start:start")
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    desks = [(desk, first_page(role=desk.role, fund_code=desk.fund_code) if desk.fund_code
              else reverse("web_network:province", args=[desk.province_code])) for desk in desks_of(request)]
    if len(desks) == 1:
        return redirect(desks[0][1])
    return render(request, "web/desks.html", {"desks": desks})
