"""The settings of a fund: its people in office, its logins, its receipt books, what members pay."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access import operations as access
from ombun.access import queries as logins_of
from ombun.access.door import desk, reading
from ombun.access.operations import NewLogin
from ombun.contributions import operations as contribution_operations
from ombun.contributions import queries as contributions
from ombun.funds import operations as fund_operations
from ombun.funds import queries as funds
from ombun.funds.operations import NewHolder
from ombun.funds.rules import Office
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import thai_day
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed
from ombun.web.words import OFFICES, ROLES

KEEPERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY)
GIVEN_HERE = tuple(role for role in Role if role not in (Role.PROVINCE, Role.MEMBER))
EVERY_MONTHS = {"1": 1, "3": 3, "6": 6, "12": 12}


@desk(*KEEPERS)
def settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What can be set, and how it stands."""
    with reading(actor):
        plans = contributions.plans(fund_id=actor.fund_id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        books = contributions.books_of_centres(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/settings.html", {
        "plan": plans[-1] if plans else None, "people": len({h.person_id for h in holders}), "books": len(books),
        "logins": len({card.user_id for card in logins_of.logins_of_fund(fund_id=actor.fund_id)})})


@desk(*KEEPERS, methods=("GET", "POST"))
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds which office; somebody new is written down here, and a term is ended here."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _end_term(request.POST, actor) if "end" in request.POST else _elect(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:people", fund_of(actor).code)
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        centres = funds.centres(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/people.html", {
        "refusals": refusals, "holders": [(h, OFFICES[h.office]) for h in holders],
        "known": choices.people(holders).items(), "offices": OFFICES.items(),
        "centres": choices.villages(centres),
        "typed": request.POST or {"deed": str(fresh_deed()), "person": str(fresh_deed()),
                                  "from": thai_day(today(), short=True)}},
        status=422 if refusals else 200)


def _elect(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
        names = funds.person_names(fund_id=actor.fund_id)
    deed, from_on = typed.deed_id(), typed.day("from", _("ตั้งแต่วันที่"))
    office = typed.one_of("office", _("ตำแหน่ง"), {str(o): o for o in Office})
    known = {str(key): key for key in names}.get(typed.fields.get("known", ""))
    person_id = known or typed.deed_id("person")
    name = names[known] if known else typed.text("name", _("ชื่อ–สกุล"))
    centre_id = typed.one_of("moo", _("หมู่บ้าน"), centre_ids) if typed.fields.get("moo") else None
    if office in (Office.COLLECTOR, Office.CENTRE_MEMBER) and centre_id is None:
        typed.refuse("web.office_needs_village", "moo")
    typed.demand()
    fund_operations.elect_holders(actor=actor, recorded_at=now(), holders=[NewHolder(
        id=deed, person_id=person_id, name=name, office=office, from_on=from_on, centre_id=centre_id)])


def _end_term(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    holder_id, until_on = typed.deed_id("end"), typed.day("until", _("วันสุดท้าย"))
    typed.demand()
    fund_operations.end_office(actor=actor, holder_id=holder_id, until_on=until_on, recorded_at=now())


@desk(*KEEPERS, methods=("GET", "POST"))
def logins(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who may sign in, and to which desk."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _end_login(request.POST, actor) if "end" in request.POST else _make_login(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:logins", fund_of(actor).code)
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        names = funds.person_names(fund_id=actor.fund_id)
        centres = funds.centres(fund_id=actor.fund_id)
    moos = {c.id: c.moo for c in centres}
    cards = logins_of.logins_of_fund(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/logins.html", {
        "refusals": refusals, "typed": request.POST, "people": choices.people(holders).items(),
        "roles": [(str(role), ROLES[role]) for role in GIVEN_HERE],
        "centres": choices.villages(centres),
        "logins": [{"card": c, "role": ROLES[c.role], "moo": moos.get(c.centre_id) if c.centre_id else None,
                    "name": names.get(c.person_id, "") if c.person_id else "",
                    "is_open": c.until_on is None or c.until_on > today()} for c in cards]},
        status=422 if refusals else 200)


def _make_login(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
        names = funds.person_names(fund_id=actor.fund_id)
    role = typed.one_of("role", _("โต๊ะทำงาน"), {str(role): role for role in GIVEN_HERE})
    person_id = typed.one_of("person", _("ใคร"), {str(key): key for key in names})
    username = typed.text("username", _("ชื่อผู้ใช้"))
    password = typed.fields.get("password", "")
    centre_id: UUID | None = typed.one_of("moo", _("หมู่บ้าน"), centre_ids) if role == Role.COLLECTOR else None
    typed.demand()
    access.create_login(actor=actor, from_on=today(), recorded_at=now(), login=NewLogin(
        username=username, password=password, role=role, display_name=names[person_id], person_id=person_id,
        centre_id=centre_id))


def _end_login(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    user_id = typed.number("end", _("ผู้ใช้"))
    role = typed.one_of("end_role", _("โต๊ะทำงาน"), {str(role): role for role in Role})
    if user_id == actor.user_id:
        typed.refuse("web.cannot_end_own_login", "end")
    typed.demand()
    access.end_grant(actor=actor, user_id=user_id, role=role, until_on=today(), recorded_at=now())


@desk(*KEEPERS, methods=("GET", "POST"))
def receipt_books(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The receipt books of every village: the number they go on from, and how many receipts are left."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _open_book(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:receipt_books", fund_of(actor).code)
    with reading(actor):
        books = contributions.books_of_centres(fund_id=actor.fund_id)
        centres = funds.centres(fund_id=actor.fund_id)
    proposed = {"book_no": str(max((b.book_no for b in books), default=0) + 1), "first": "1", "last": "1000",
                "moo": request.GET.get("moo", "")}
    return page(request, actor, "treasurer/receipt_books.html", {
        "refusals": refusals, "typed": request.POST or proposed,
        "centres": choices.villages(centres),
        "villages": [(c, [(b, b.last_number - b.next_number + 1) for b in books if b.centre_id == c.id])
                     for c in centres]},
        status=422 if refusals else 200)


def _open_book(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
    centre_id = typed.one_of("moo", _("หมู่บ้าน"), centre_ids)
    book_no = typed.number("book_no", _("เล่มที่"))
    first, last = typed.number("first", _("ใบแรกที่จะใช้")), typed.number("last", _("ใบสุดท้ายของเล่ม"))
    typed.demand()
    contribution_operations.open_receipt_book(
        actor=actor, centre_id=centre_id, book_no=book_no, first_number=first, last_number=last, recorded_at=now())


@desk(*KEEPERS, methods=("GET", "POST"))
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What members pay, as the members' meeting voted, and from when."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _vote(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:plan", fund_of(actor).code)
    with reading(actor):
        plans = contributions.plans(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/plan.html", {
        "refusals": refusals, "plans": plans[::-1], "every": list(EVERY_MONTHS),
        "typed": request.POST or {"deed": str(fresh_deed()), "every": "1"}}, status=422 if refusals else 200)


def _vote(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    deed, amount = typed.deed_id(), typed.baht("amount", _("จำนวนเงิน"))
    every, from_on = typed.one_of("every", _("ทุกกี่เดือน"), EVERY_MONTHS), typed.day("from", _("ใช้ตั้งแต่วันที่"))
    if not typed.refusals and amount <= 0:
        typed.refuse("web.not_an_amount", "amount", field=_("จำนวนเงิน"), typed=typed.fields["amount"])
    typed.demand()
    contribution_operations.vote_plan(
        actor=actor, plan_id=deed, amount_satang=amount, every_months=every, from_on=from_on, recorded_at=now())
