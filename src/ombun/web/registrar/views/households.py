"""Households: those of a village, gathered by house number, and one with everybody who lives there."""
from collections.abc import Callable, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.funds.queries import Centre
from ombun.members import operations, queries
from ombun.members.queries import HouseholdCard, ResidentCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.members_meant import member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.meeting_form import ticked
from ombun.web.registrar.views.members import READERS
from ombun.web.registrar.words import REASONS
from ombun.web.typed import Typed

WRITERS = (Role.REGISTRAR, Role.TREASURER)


@desk(*READERS, methods=("GET", "POST"))
def households(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The households of a village; by house number many are gathered at once, and one is written down by itself."""
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        chosen = next((c for c in centres if str(c.moo) == request.GET.get("moo")), centres[0] if centres else None)
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        if actor.role not in WRITERS or chosen is None:
            raise PermissionDenied
        try:
            address = _gather(request, actor, chosen) if "gather" in request.POST else _found(request, actor, chosen)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect(address)
    with reading(actor):
        there = queries.households(fund_id=actor.fund_id, centre_id=chosen.id) if chosen else ()
        suggested = queries.household_suggestions(fund_id=actor.fund_id, centre_id=chosen.id) if chosen else ()
    return page(request, actor, "registrar/households.html", {
        "households": there, "suggestions": [(one, not refusals or f"house-{one.house_no}" in request.POST)
                                             for one in suggested], "chosen": chosen, "refusals": refusals,
        "may_mend": actor.role in WRITERS, "villages": choices.villages(centres),
        "typed": {"deed": str(fresh_deed())} | request.POST.dict() | {"moo": str(chosen.moo) if chosen else ""}},
        status=422 if refusals else 200)


def _of_village(actor: Actor, centre: Centre) -> str:
    return f"{reverse('registrar:households', args=[fund_of(actor).code])}?moo={centre.moo}"


def _gather(request: HttpRequest, actor: Actor, centre: Centre) -> str:
    form = Typed(request.POST)
    deed, house_nos = form.deed_id(), ticked(form=form, before="house-")
    form.demand()
    operations.gather_households(
        actor=actor, deed_id=deed, centre_id=centre.id, house_nos=house_nos, recorded_at=now())
    return _of_village(actor, centre)


def _found(request: HttpRequest, actor: Actor, centre: Centre) -> str:
    form = Typed(request.POST)
    deed, house_no = form.deed_id(), form.text("house_no", _("บ้านเลขที่"))
    form.demand()
    operations.found_household(
        actor=actor, household_id=deed, centre_id=centre.id, house_no=house_no, recorded_at=now())
    return reverse("registrar:household", args=[fund_of(actor).code, deed])


@desk(*READERS, methods=("GET", "POST"))
def household(request: HttpRequest, actor: Actor, household: UUID) -> HttpResponse:
    """One household: who lives there and who did; people move in and out, number and head are mended."""
    card, _people = _there(actor, household)
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        does = _STEPS.get(request.POST.get("step", ""))
        if actor.role not in WRITERS:
            raise PermissionDenied
        try:
            if does is None:
                raise Refused(Refusal(code="web.page_too_old", about="step"))
            does(Typed(request.POST), actor, card)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("registrar:household", fund_of(actor).code, household)
    card, people = _there(actor, household)
    day = day_in_words(today(), short=True)
    return page(request, actor, "registrar/household.html", {
        "card": card, "refusals": refusals, "may_mend": actor.role in WRITERS,
        "people": [(one, REASONS[one.left_reason] if one.left_reason else "", request.POST.get("out") == str(one.id))
                   for one in people if one.until_on is None],
        "former": [one for one in people if one.until_on is not None],
        "heads": [(str(one.member_id), one.full_name) for one in people if one.until_on is None],
        "typed": {"deed": str(fresh_deed()), "until_on": day, "house_no": card.house_no,
                  "head": str(card.head_id or "")} | request.POST.dict()},
        status=422 if refusals else 200)


def _there(actor: Actor, household_id: UUID) -> tuple[HouseholdCard, tuple[ResidentCard, ...]]:
    with reading(actor):
        card = queries.household(fund_id=actor.fund_id, household_id=household_id)
        if card is None:
            raise Http404
        return card, queries.residents(fund_id=actor.fund_id, household_id=household_id)


def _move_in(form: Typed, actor: Actor, card: HouseholdCard) -> None:
    form.text("member", _("เลขทะเบียนสมาชิก"))
    deed = form.deed_id()
    with reading(actor):
        somebody = member_meant(form, actor, "member")
    from_on = form.day("from_on", _("อยู่ตั้งแต่วันที่")) if form.fields.get("from_on", "").strip() else None
    form.demand()
    operations.move_in(actor=actor, deed_id=deed, household_id=card.id, from_on=from_on, recorded_at=now(),
                       member_ids=[somebody.id] if somebody else [])


def _move_out(form: Typed, actor: Actor, card: HouseholdCard) -> None:
    residence, until_on = form.deed_id("out"), form.day("until_on", _("ไม่ได้อยู่แล้วตั้งแต่วันที่"))
    form.demand()
    operations.move_out(
        actor=actor, household_id=card.id, residence_id=residence, until_on=until_on, recorded_at=now())


def _mend(form: Typed, actor: Actor, card: HouseholdCard) -> None:
    with reading(actor):
        heads = {str(one.member_id): one.member_id for one in queries.residents(
            fund_id=actor.fund_id, household_id=card.id)}
    house_no = form.text("house_no", _("บ้านเลขที่"))
    head = form.one_of("head", _("หัวหน้าครัวเรือน"), heads) if form.fields.get("head") else None
    form.demand()
    operations.mend_household(actor=actor, household_id=card.id, house_no=house_no, head_id=head, recorded_at=now())


_STEPS: dict[str, Callable[[Typed, Actor, HouseholdCard], None]] = {"in": _move_in, "out": _move_out, "mend": _mend}
