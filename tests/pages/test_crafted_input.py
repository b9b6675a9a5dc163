"""Values that no form of ours sends, to every page: an answer or a refusal, never a fault."""
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from ombun.access.door import GUARDED, OPEN
from ombun.primitives.actors import Role
from ombun.web.first_start import application, views
from tests.pages.forms import Form
from tests.pages.house import text_of
from tests.pages.test_doors import OF_A_FUND, OF_DJANGO, Walked, addresses

WEB = Path(views.__file__).parents[1]
CRAFTED = ("a\0", "9" * 5000)
LARGE = (2**31, 2**63, "9" * 5000)
IN_THE_ADDRESS = {"q", "from", "to", *(name for file in WEB.rglob("*.py") for name in re.findall(
    r'(?:request\.GET(?:\.get\(|\[)|asked_day\(request, )"(\w+)"', file.read_text()))}
MADE_UP_NAMES = {"by-xyz": "on", "pay-xyz": "on", "pay-\0": "on", f"pay-{'9' * 5000}": "on", "pay-999999999": "on",
                 "payments": f"1:{'9' * 5000} {'9' * 5000}:1 x:y", "held-xyz": "1", "month-xyz": "1", "a\0": "a\0"}
walked = pytest.mark.parametrize(("route", "view", "names"), OF_A_FUND, ids=[route for route, *_ in OF_A_FUND])


@pytest.fixture(scope="module")
def fund():
    """A fund of which the walk may leave nothing as it was."""
    return Walked()


def crafted(form):
    """The form once for each kind of field and each crafted value in it, and once with names that nobody made."""
    kinds = {re.sub(r"[0-9a-f-]{9,}|\d+", "", name): name for name in form.fields}
    for sent in form.presses():
        again = [name for name in ("deed", "person") if name in sent]
        yield from (sent | {name: str(uuid4()) for name in again} | {name: value}  # each a deed of its own
                    for name in kinds.values() for value in CRAFTED)
        yield sent | MADE_UP_NAMES


def is_answered(response):
    """Whether a desk answered, neither with a fault nor by asking to sign in."""
    return response.status_code < 500 and not response.get("Location", "").startswith("/sign-in/")


def who(fund, view):
    """Somebody who may come in: the treasurer, or else the first of those who may."""
    return fund.browsers[Role.TREASURER if Role.TREASURER in GUARDED[view][0] else min(GUARDED[view][0])]


def forms(fund, route, browser):
    """The forms of an address: those of a claim in each of its states, of cash from the treasurer."""
    for claim in fund.claims.values() if "claim_id" in route else [None]:
        address = fund.address(route, claim_id=claim)
        page = browser.get(f"{address}?from=1110&to=1200")
        yield address, Form(text_of(page) if page.status_code == 200 else "")


def test_the_names_in_addresses_are_found():
    assert {"q", "page", "month", "period", "verdict", "size"} <= IN_THE_ADDRESS


@walked
def test_an_address_may_ask_for_anything(fund, route, view, names):
    for value in CRAFTED:
        assert is_answered(who(fund, view).get(fund.address(route), dict.fromkeys(IN_THE_ADDRESS, value)))
    for name in re.findall(r"<int:(\w+)>", route):
        for value in LARGE:
            address = fund.address(route, **{name: value})
            assert who(fund, view).get(address).status_code in (404, 405)


@walked
def test_a_form_may_be_sent_with_anything(fund, route, view, names):
    if "POST" not in GUARDED[view][1]:
        return
    browser = who(fund, view)
    for address, form in forms(fund, route, browser):
        for sent in crafted(form):
            assert is_answered(browser.post(address, sent))


@pytest.mark.parametrize("route", [route for route, view, _ in addresses() if view in {*OPEN, *OF_DJANGO}])
def test_a_guest_may_send_anything(route):
    page = Client().get(f"/{route}")
    for value in CRAFTED:
        assert Client().get(f"/{route}", {"next": value, "q": value}).status_code < 500
    for sent in crafted(Form(text_of(page) if page.status_code == 200 else "")):
        assert Client().post(f"/{route}", sent | {"next": "a\0"}).status_code < 500


@pytest.mark.parametrize("at", ["1", "2", "3"])
def test_the_first_start_may_be_sent_anything(monkeypatch, at):
    monkeypatch.setattr(views, "has_no_fund_yet", lambda: True)
    every = [name for names in application.FIELDS.values() for name in names]
    every += ["moo-0", "village-0", "treasurer-name", "chair-username", "chair-password", "at", "go"]
    for value in CRAFTED:
        for go in ("next", "back", "search", "more"):
            assert Client().post("/start/", dict.fromkeys(every, value) | {"at": at, "go": go}).status_code < 500
        for name in every:
            assert Client().post("/start/", {name: value, "at": at}).status_code < 500
