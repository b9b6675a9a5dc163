"""People join and leave."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.members import operations
from ombun.members.rules.membership import LeftReason
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.beneficiary_form import beneficiary_lines
from ombun.web.registrar.following_numbers import next_numbers, one_number, told
from ombun.web.registrar.person_form import read_person
from ombun.web.registrar.words import FREE_KINDS, NO_ID, REASONS, SEXES
from ombun.web.typed import Typed


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def enrol(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a new member into the register, as the paper form has them."""
    typed: dict[str, str] = {"deed": str(fresh_deed())}
    refusals = ()
    if request.method == "POST":
        try:
            done = _enrol(request, actor)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals  # type: ignore[assignment]
        else:
            return redirect("registrar:member", fund_of(actor).code, done)
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        following = next_numbers(fund_id=actor.fund_id, moos=[c.moo for c in centres])
    lines, more = beneficiary_lines(typed=typed)
    return page(request, actor, "registrar/enrol.html", {
        "beneficiary_lines": lines, "beneficiary_more": more,
        "typed": {"member_no": one_number(following), **typed}, "refusals": refusals, "number_hint": told(following),
        "villages": choices.villages(centres), "kinds": list(FREE_KINDS.items()), "sexes": list(SEXES.items()),
        "no_ids": list(NO_ID.items())}, status=422 if refusals else 200)


def _enrol(request: HttpRequest, actor: Actor) -> int:
    form = Typed(request.POST)
    with reading(actor):
        centre_of = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
    deed, new = form.deed_id(), read_person(form=form, centre_of=centre_of)
    form.demand()
    return operations.enrol_member(
        actor=actor, membership_id=deed, new=new, enrolled_on=today(), recorded_at=now()).member_id


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def leave(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Write down that a member left, when and why. What they paid stays in the books."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    typed: dict[str, str] = {}
    refusals = ()
    if request.method == "POST":
        form = Typed(request.POST)
        left_on = form.day("left_on", _("วันที่"))
        reason = form.one_of("reason", _("เหตุผล"), {key.value: LeftReason(key) for key in REASONS})
        try:
            form.demand()
            operations.end_membership(
                actor=actor, member_id=card.id, left_on=left_on, reason=reason, recorded_at=now())
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals  # type: ignore[assignment]
        else:
            return redirect("registrar:member", fund_of(actor).code, card.id)
    return page(request, actor, "registrar/leave.html", {
        "card": card, "typed": typed, "refusals": refusals, "reasons": list(REASONS.items())},
        status=422 if refusals else 200)
