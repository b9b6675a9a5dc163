"""Every address of the house, whoever knocks. Made from the list of addresses, so that a new page is walked too."""
from uuid import uuid4, uuid5

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.views.i18n import set_language

from ombun.access.cards import card_token
from ombun.access.door import GUARDED, OPEN, desk, open_to_all
from ombun.imports.queries import import_rows
from ombun.papers import printing
from ombun.papers.gathering.books import STATEMENTS
from ombun.papers.printing import Part, Printing
from ombun.primitives.actors import Role
from tests import people
from tests.guards.full_fund import FullFund

SITS_AT = {Role.TREASURER: "somsri", Role.CHAIR: "boonmee", Role.SECRETARY: "wilai", Role.AUDITOR: "udom",
           Role.REGISTRAR: "orathai", Role.COLLECTOR: "boonma", Role.MEMBER: "malee"}
OF_NO_FUND = {"text": "1.NOWHERE.1.1.AAAAAAAAAAAAAAAAAAAAAAAA"}  # what may vary in the address of an open page
OF_DJANGO = {set_language}  # changes the language of whoever asks, nothing else
ANSWERS = {200, 302, 422}
NOTHING_IS_KEPT = "private, no-store"


def addresses(patterns=None, before="", given=()):
    """Every address: how it is written, its view, the names of what varies in it."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route, names = before + str(one.pattern), (*given, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route, names)
        else:
            assert isinstance(one, URLPattern)
            yield route, one.callback, names


def without_a_door(found):
    """Addresses that nobody guards: neither opened on purpose, or open although they belong to a fund or a province."""
    return [route for route, view, names in found if view not in GUARDED
            and ({"fund", "province"} & set(names) or view not in {*OPEN, *OF_DJANGO})]


WALKED = [(route, view, names) for route, view, names in addresses() if view in GUARDED]
OF_A_FUND = [one for one in WALKED if "fund" in one[2]]
OF_A_PROVINCE = [one for one in WALKED if "province" in one[2]]
STANDING_OPEN = [one for one in addresses() if one[1] in OPEN]
walked = pytest.mark.parametrize(("route", "view", "names"), OF_A_FUND, ids=[route for route, *_ in OF_A_FUND])


class Walked(FullFund):
    """A fund in which everything has happened, and the browsers of its people."""

    def __init__(self):
        super().__init__()
        with self.reading():
            self.row = import_rows(fund_id=self.id, batch_id=self.batch)[0].id
        self.there = {
            "fund": self.code, "moo": self.moos[0], "row": self.row, "sheet": 1,
            "deed": self.sheet, "number": 101, "member": self.malee,
            "member_id": self.malee, "claim_id": self.claims["paid"], "entry_id": self.voucher, "batch": self.batch,
            "benefit": "hospital", "way": "in", "application": self.application, "kind": "suspend",
            "household": self.household, "statement": next(iter(STATEMENTS)), "other": self.members[1],
            "merge": self.merge, "token": card_token(fund_id=self.id, member_id=self.malee),
            "printing": self.printed(), "place": 0, "line_id": self.lines[1], "gift": self.gifts[0],
            "list_id": self.list_id, "attachment": self.papers[0].id, "thing": uuid5(self.things, "1"),
            "draft_id": self.draft, "version_id": self.version, "clause_id": uuid5(self.draft, "17.2")}

        self.browsers = {role: self.at(name) for role, name in SITS_AT.items()}

    def printed(self):
        """A printing of the fund's receipts, its first part ready."""
        printing_id = uuid4()
        folder = printing.folder_of(root=settings.OMBUN_PRINTING, fund_id=self.id, printing_id=printing_id)
        printing.begin(folder=folder, printing=Printing(
            title="", size="a5", language="th", is_copy=False, parts=(Part(
                deed=str(self.sheet), moo=4, day="2025-11-05", book_no=4, first_number=101, last_number=101),)))
        printing.work(folder=folder, printed=lambda *_: b"%PDF")
        return printing_id

    def address(self, route, **other):
        """An address with what is there in this fund, or with something else in a place."""
        waits = {"deed": self.arrived, "number": 6} if "/waiting/" in route else {}
        there = self.there | waits | other
        parts = [part if not part.startswith("<") else str(there[part.strip("<>").split(":")[-1]])
                 for part in route.replace(">", ">\0").replace("<", "\0<").split("\0")]
        return "/" + "".join(parts)


@pytest.fixture(scope="module", autouse=True)
def _printed_aside(tmp_path_factory):
    """What is printed here is not this copy's."""
    with override_settings(OMBUN_PRINTING=tmp_path_factory.mktemp("printing")):
        yield


@pytest.fixture(scope="module")
def fund():
    """The fund that is walked."""
    return Walked()


@pytest.fixture(scope="module")
def other():
    """Another fund, in which the same has happened."""
    return Walked()


def roles_of(view):
    """Who may come in, and how."""
    roles, methods = GUARDED[view]
    return roles, ("get" if "GET" in methods else "post")


def test_every_view_is_guarded_or_open_on_purpose():
    assert without_a_door(addresses()) == []
    assert len(OF_A_FUND) > 40 and len(OF_A_PROVINCE) >= 1 and len(STANDING_OPEN) >= 6


def test_a_view_that_somebody_forgot_to_guard_is_caught():
    def forgotten(request, fund):
        return HttpResponse("every name in the register")

    @open_to_all("GET")
    def opened_by_mistake(request, fund):
        return HttpResponse("every name in the register")

    @desk(Role.TREASURER)
    def guarded(request, actor):
        return HttpResponse("the books")

    found = list(addresses([path("f/<slug:fund>/", include([
        path("forgotten/", forgotten), path("opened/", opened_by_mistake), path("guarded/", guarded)]))]))
    assert without_a_door(found) == ["f/<slug:fund>/forgotten/", "f/<slug:fund>/opened/"]


@walked
def test_whoever_may_come_in_finds_it_there_and_nobody_else_of_the_fund_does(fund, route, view, names):
    roles, method = roles_of(view)
    for role in SITS_AT:
        response = getattr(fund.browsers[role], method)(fund.address(route))
        assert (response.status_code in ANSWERS) if role in roles else response.status_code == 403, (
            role, response.status_code)
        assert response["Cache-Control"] == NOTHING_IS_KEPT
        if role not in roles:
            assert fund.browsers[role].post(fund.address(route)).status_code == 403, role


@pytest.fixture(scope="module")
def outsiders(other, nok, stranger):
    """Everybody of the other fund, the province, and somebody without a desk."""
    return [*other.browsers.values(), people.signed_in(nok), people.signed_in(stranger)]


@walked
def test_the_people_of_another_fund_and_of_none_find_nothing(fund, outsiders, route, view, names):
    address = fund.address(route)
    for browser in outsiders:
        for method in ("get", "post", "put"):
            assert getattr(browser, method)(address).status_code == 404


@walked
def test_whoever_is_not_signed_in_is_asked_to(fund, route, view, names):
    for method in ("get", "post"):
        response = getattr(Client(), method)(fund.address(route))
        assert response.status_code == 302 and response.url.startswith("/sign-in/login/"), response


@walked
def test_another_way_of_asking_is_refused(fund, route, view, names):
    roles, methods = GUARDED[view]
    for role in roles:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            assert getattr(fund.browsers[role], method.lower())(fund.address(route)).status_code == 405, (role, method)


@walked
def test_what_belongs_to_another_fund_is_not_there_in_ones_own(fund, other, route, view, names):
    """Each part of an address in turn leads to something of the other fund, or to nothing at all."""
    roles, method = roles_of(view)
    for name in set(names) - {"fund"}:
        for wrong in {"moo": [99], "number": [0, 999_999], "benefit": ["holiday"], "way": ["up"], "statement": ["wish"],
                      "kind": ["praise"], "row": [other.row, 0], "sheet": [0, 99],
                      "member": [other.malee, 0], "member_id": [other.malee, 0], "entry_id": [other.voucher, 0],
                      "other": [other.malee, 0], "merge": [other.merge, uuid4()],
                      "deed": [other.sheet, uuid4()], "claim_id": [other.claims["paid"], uuid4()],
                      "printing": [other.there["printing"], uuid4()], "place": [99],
                      "line_id": [other.there["line_id"], 0], "gift": [other.gifts[0], uuid4()],
                      "attachment": [other.papers[0].id, uuid4()],
                      "batch": [other.batch, uuid4()], "token": [other.there["token"], f"{fund.malee}-guessed", "0"],
                      "household": [other.household, uuid4()], "list_id": [other.list_id, uuid4()],
                      "thing": [other.there["thing"], uuid4()],
                      "draft_id": [other.draft, uuid4()], "version_id": [other.version, uuid4()],
                      "clause_id": [other.there["clause_id"], uuid4()],
                      "application": [other.there["application"], uuid4()]}[name]:
            for role in roles:
                response = getattr(fund.browsers[role], method)(fund.address(route, **{name: wrong}))
                assert response.status_code == 404, (role, name, wrong, response.status_code)


def test_a_member_sees_their_own_claims_only_and_a_collector_their_own_village(fund):
    other_members = fund.claims["rejected"]
    assert fund.browsers[Role.MEMBER].get(f"/f/{fund.code}/me/claims/{other_members}/").status_code == 404
    assert fund.browsers[Role.TREASURER].get(f"/f/{fund.code}/committee/claims/{other_members}/").status_code == 200
    assert fund.browsers[Role.COLLECTOR].get(f"/f/{fund.code}/collect/{fund.moos[1]}/").status_code == 404
    assert fund.browsers[Role.TREASURER].get(f"/f/{fund.code}/collect/{fund.moos[1]}/").status_code == 200


@pytest.mark.parametrize(("route", "view", "names"), OF_A_PROVINCE, ids=[route for route, *_ in OF_A_PROVINCE])
def test_a_province_is_shown_to_its_own_people(fund, nok, stranger, route, view, names):
    here, elsewhere = fund.address(route, province=44), fund.address(route, province=45)
    shown = people.signed_in(nok).get(here)
    assert (shown.status_code, shown["Cache-Control"]) == (200, NOTHING_IS_KEPT)
    assert people.signed_in(nok).post(here).status_code == 405
    assert people.signed_in(nok).get(elsewhere).status_code == 404
    for browser in (*fund.browsers.values(), people.signed_in(stranger)):
        assert browser.get(here).status_code == 404
    assert Client().get(here).status_code == 302


@pytest.mark.parametrize(("route", "view", "names"), STANDING_OPEN, ids=[route or "/" for route, *_ in STANDING_OPEN])
def test_an_open_page_answers_everybody_in_its_own_ways(fund, route, view, names):
    assert set(names) <= set(OF_NO_FUND)
    for name, value in OF_NO_FUND.items():
        route = route.replace(f"<str:{name}>", value)
    method = "get" if "GET" in OPEN[view] else "post"
    for browser in (Client(), fund.browsers[Role.MEMBER]):
        response = getattr(browser, method)(f"/{route}")
        assert response.status_code in ANSWERS | {404}
        assert response["Cache-Control"] == NOTHING_IS_KEPT
    for method in {"PUT", "DELETE", "PATCH"} - OPEN[view]:
        assert getattr(Client(), method.lower())(f"/{route}").status_code == 405
