"""Who holds which office, and which member of the register that is: nobody signs their own claim, under any name."""
from collections.abc import Collection, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.claims.queries import days_signed
from ombun.funds import operations
from ombun.funds import queries as funds
from ombun.funds.operations import NewHolder
from ombun.funds.queries import HolderCard
from ombun.funds.rules import Office, Somebody
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.members.rules.names import without_title
from ombun.papers.naming import OFFICES
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.members_meant import in_words, member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed

ASKS_WHETHER_ANOTHER = frozenset({"web.same_name_in_office", "web.name_in_register"})


@desk(*KEEPERS, methods=("GET", "POST"))
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds which office; somebody new is written down here, linked to the register, and a term is ended."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        does = _end_term if "end" in request.POST else _link if "link" in request.POST else _elect
        try:
            does(Typed(request.POST), actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:people", fund_of(actor).code)
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        centres = funds.centres(fund_id=actor.fund_id)
        cards = members.cards_of_entries(fund_id=actor.fund_id, entries=[h.member_id for h in holders if h.member_id])
        called = members.members_named(
            fund_id=actor.fund_id, names={h.name for h in holders if h.member_id is None})
    fresh = {"deed": str(fresh_deed()), "person": str(fresh_deed()), "from": day_in_words(today(), short=True)}
    return page(request, actor, "treasurer/people.html", {
        "refusals": refusals, "holders": [_row(h, cards, called, request.POST) for h in holders],
        "known": choices.people(holders).items(), "offices": OFFICES.items(), "centres": choices.villages(centres),
        "asks_whether_another": "another" in request.POST or any(r.code in ASKS_WHETHER_ANOTHER for r in refusals),
        "typed": fresh | request.POST.dict()}, status=422 if refusals else 200)


def _row(
    holder: HolderCard, cards: Mapping[int, MemberCard], called: Mapping[str, Sequence[MemberCard]],
    typed: Mapping[str, str]
) -> dict[str, object]:
    """An office-holder as the list shows them: the member behind them, or whom the register calls by that name."""
    card = cards.get(holder.member_id or 0)
    alike = called.get(holder.name, ())
    proposed = card.member_no if card else alike[0].member_no if len(alike) == 1 else ""
    is_typed = typed.get("link") == str(holder.person_id)
    return {"holder": holder, "moo": holder.moo, "office": OFFICES[holder.office], "member": card, "alike": alike,
            "member_no": typed.get("member_no", "") if is_typed else proposed, "is_open": is_typed}


def _elect(typed: Typed, actor: Actor) -> None:
    with reading(actor):
        centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
        there = funds.people(fund_id=actor.fund_id)
        member = member_meant(typed, actor, "member")
    deed, from_on = typed.deed_id(), typed.day("from", _("ตั้งแต่วันที่"))
    office = typed.one_of("office", _("ตำแหน่ง"), {str(o): o for o in Office})
    known = next((one for one in there if str(one.person_id) == typed.fields.get("known")), None)
    somebody = known or Somebody(person_id=typed.deed_id("person"), name=typed.text("name", _("ชื่อ–สกุล")))
    centre_id = typed.one_of("moo", _("หมู่บ้าน"), centre_ids) if typed.fields.get("moo") else None
    if office in (Office.COLLECTOR, Office.CENTRE_MEMBER) and centre_id is None:
        typed.refuse("web.office_needs_village", "moo")
    if "another" not in typed.fields:
        _ask_whether_another(typed, actor, somebody, member, there)
    typed.demand()
    operations.elect_holders(actor=actor, recorded_at=now(), holders=[NewHolder(
        id=deed, person_id=somebody.person_id, name=somebody.name, office=office, from_on=from_on, centre_id=centre_id,
        member_id=member.id if member else None)])


def _ask_whether_another(
    typed: Typed, actor: Actor, somebody: Somebody, member: MemberCard | None, there: Collection[Somebody]
) -> None:
    """One human in two entries could sign twice: before a name is written a second time, ask."""
    names = {without_title(written=name) for name in (somebody.name, member.full_name if member else "") if name}
    is_new = somebody.person_id not in {one.person_id for one in there}
    for one in there:
        if is_new and without_title(written=one.name) in names and (member is None or one.member_id != member.id):
            typed.refuse("web.same_name_in_office", "known", name=one.name)
    if member is None and somebody.member_id is None and somebody.name:
        with reading(actor):
            alike = members.members_named(fund_id=actor.fund_id, names=[somebody.name])[somebody.name]
        if alike:
            typed.refuse("web.name_in_register", "member", name=somebody.name, members=in_words(alike))


def _link(typed: Typed, actor: Actor) -> None:
    person_id = typed.deed_id("link")
    with reading(actor):
        member = member_meant(typed, actor, "member_no")
    typed.demand()
    operations.link_person_to_member(
        actor=actor, person_id=person_id, member_id=member.id if member else None, recorded_at=now())


def _end_term(typed: Typed, actor: Actor) -> None:
    holder_id, until_on = typed.deed_id("end"), typed.day("until", _("วันสุดท้าย"))
    typed.demand()
    operations.end_office(
        actor=actor, holder_id=holder_id, until_on=until_on, recorded_at=now(), signed=days_signed)
