"""Who may sign in, and at which desk: a desk of the committee for whoever holds the office, a member's for a member."""
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access import operations
from ombun.access import queries as logins_of
from ombun.access.door import desk, reading
from ombun.access.operations import NewLogin
from ombun.access.rules import NewDesk, stands_on_an_office
from ombun.funds import queries as funds
from ombun.members import queries as members
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.members_meant import member_meant
from ombun.web.page import fund_of, now, page, today
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed
from ombun.web.words import ROLES

GIVEN_HERE = tuple(role for role in Role if role != Role.PROVINCE)


@desk(*KEEPERS, methods=("GET", "POST"))
def logins(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who may sign in, and to which desk."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            (_end_login if "end" in request.POST else _give)(Typed(request.POST), actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:logins", fund_of(actor).code)
    cards = logins_of.logins_of_fund(fund_id=actor.fund_id)
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        holdings = funds.holdings(fund_id=actor.fund_id)
        centres = funds.centres(fund_id=actor.fund_id)
        names = _names(actor, cards)
    moos = {c.id: c.moo for c in centres}
    return page(request, actor, "treasurer/logins.html", {
        "refusals": refusals, "typed": request.POST, "people": choices.people(holders).items(),
        "roles": [(str(role), ROLES[role]) for role in GIVEN_HERE], "centres": choices.villages(centres),
        "usernames": sorted({(c.username, c.username) for c in cards}),
        "logins": [{"card": c, "role": ROLES[c.role], "moo": moos.get(c.centre_id) if c.centre_id else None,
                    "name": names.get(c.person_id or c.member_id, ""),
                    "is_open": c.until_on is None or c.until_on > today(),
                    "is_in_office": stands_on_an_office(
                        desk=logins_of.as_desk(grant=c), holdings=holdings, on=today())} for c in cards]},
        status=422 if refusals else 200)


def _names(actor: Actor, cards: Sequence[logins_of.LoginCard]) -> Mapping[object, str]:
    """The names behind the logins: of office-holders by person, of members by member."""
    found = members.cards_of_entries(fund_id=actor.fund_id, entries=[c.member_id for c in cards if c.member_id])
    names: dict[object, str] = {key: card.full_name for key, card in found.items()}
    return names | funds.person_names(fund_id=actor.fund_id)


def _give(typed: Typed, actor: Actor) -> None:
    role = typed.one_of("role", _("โต๊ะทำงาน"), {str(role): role for role in GIVEN_HERE})
    with reading(actor):
        given, name = (_of_a_member if role == Role.MEMBER else _of_an_office)(typed, actor, role)
    if typed.fields.get("known"):
        typed.demand()
        operations.give_desk(
            actor=actor, username=typed.fields["known"], desk=given, from_on=today(), recorded_at=now())
        return
    username, password = typed.text("username", _("ชื่อผู้ใช้")), typed.fields.get("password", "")
    typed.demand()
    operations.create_login(actor=actor, from_on=today(), recorded_at=now(), login=NewLogin(
        username=username, password=password, role=role, display_name=name, person_id=given.person_id,
        centre_id=given.centre_id, member_id=given.member_id))


def _of_a_member(typed: Typed, actor: Actor, role: Role) -> tuple[NewDesk, str]:
    if not typed.fields.get("member"):
        typed.refuse("web.missing", "member", field=_("เลขทะเบียนสมาชิก"))
    card = member_meant(typed, actor, "member")
    return NewDesk(role=role, member_id=card.id if card else None), card.full_name if card else ""


def _of_an_office(typed: Typed, actor: Actor, role: Role) -> tuple[NewDesk, str]:
    names = funds.person_names(fund_id=actor.fund_id)
    centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
    person_id = typed.one_of("person", _("ใคร"), {str(key): key for key in names})
    centre_id = typed.one_of("moo", _("หมู่บ้าน"), centre_ids) if role == Role.COLLECTOR else None
    return NewDesk(role=role, person_id=person_id, centre_id=centre_id), names.get(person_id, "")


def _end_login(typed: Typed, actor: Actor) -> None:
    user_id = typed.number("end", _("ผู้ใช้"))
    role = typed.one_of("end_role", _("โต๊ะทำงาน"), {str(role): role for role in Role})
    if user_id == actor.user_id:
        typed.refuse("web.cannot_end_own_login", "end")
    typed.demand()
    operations.end_grant(actor=actor, user_id=user_id, role=role, until_on=today(), recorded_at=now())
