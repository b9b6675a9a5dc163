"""People join and leave."""
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.members import operations
from ombun.members.rules.membership import BirthPrecision, LeftReason, NewMember
from ombun.primitives.actors import Actor, Role
from ombun.primitives.national_id import digits_of
from ombun.primitives.refusals import Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.words import KINDS, REASONS
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
    return page(request, actor, "registrar/enrol.html", {
        "typed": typed, "refusals": refusals, "villages": choices.villages(centres), "kinds": list(KINDS.items())},
        status=422 if refusals else 200)


def _enrol(request: HttpRequest, actor: Actor) -> int:
    form = Typed(request.POST)
    with reading(actor):
        centre_of = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
    deed, first_name = form.deed_id(), form.text("first_name", _("ชื่อ"))
    member_no, last_name = form.text("member_no", _("เลขทะเบียนสมาชิก")), form.text("last_name", _("นามสกุล"))
    joined_on, centre_id = form.day("joined_on", _("วันเข้าเป็นสมาชิก")), form.one_of("moo", _("หมู่บ้าน"), centre_of)
    kind = form.one_of("kind", _("ประเภทสมาชิก"), {key.value: key for key in KINDS})
    born_on: date | None = form.day("born_on", _("วันเกิด")) if request.POST.get("born_on", "").strip() else None
    form.demand()
    new = NewMember(
        member_no=member_no, name_title=form.text("name_title", _("คำนำหน้า"), is_optional=True), first_name=first_name,
        last_name=last_name, joined_on=joined_on, centre_id=centre_id, kind=kind, born_on=born_on,
        birth_precision=BirthPrecision.DAY if born_on else BirthPrecision.NONE,
        national_id=digits_of(form.text("national_id", "", is_optional=True)) or None,
        house_no=form.text("house_no", _("บ้านเลขที่"), is_optional=True),
        phone=form.text("phone", _("โทรศัพท์"), is_optional=True),
        beneficiary_name=form.text("beneficiary_name", _("ผู้รับผลประโยชน์"), is_optional=True),
        beneficiary_relation=form.text("beneficiary_relation", _("ความเกี่ยวข้อง"), is_optional=True))
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
