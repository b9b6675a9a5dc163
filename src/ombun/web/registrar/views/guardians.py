"""Who acts for a child: written down, and ended."""
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.members import operations, queries
from ombun.members.rules.guardians import NewGuardian
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web.members_meant import member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def guardians(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Everybody who acts or acted for a member; somebody else is written down here, and a guardianship is ended."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        does = _end if "end" in request.POST else _appoint
        try:
            does(Typed(request.POST), actor, card.id)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("registrar:member", fund_of(actor).code, card.id)
    with reading(actor):
        found = queries.guardians_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
    day = day_in_words(today(), short=True)
    return page(request, actor, "registrar/guardians.html", {
        "card": card, "guardians": [(one, request.POST.get("end") == str(one.id)) for one in found],
        "refusals": refusals,
        "typed": {"deed": str(fresh_deed()), "from_on": day, "until_on": day} | request.POST.dict()},
        status=422 if refusals else 200)


def _appoint(form: Typed, actor: Actor, child_id: int) -> None:
    with reading(actor):
        guardian = member_meant(form, actor, "guardian")
    deed, from_on = form.deed_id(), form.day("from_on", _("ตั้งแต่วันที่"))
    new = NewGuardian(
        guardian_id=guardian.id if guardian else None, name=form.text("name", _("ชื่อผู้ดูแล"), is_optional=True),
        relation=form.text("relation", _("ความเกี่ยวข้อง")), phone=form.text("phone", _("โทรศัพท์"), is_optional=True),
        from_on=from_on)
    form.demand()
    operations.appoint_guardian(actor=actor, guardianship_id=deed, child_id=child_id, new=new, recorded_at=now())


def _end(form: Typed, actor: Actor, child_id: int) -> None:
    guardianship_id, until_on = form.deed_id("end"), form.day("until_on", _("ดูแลถึงก่อนวันที่"))
    form.demand()
    operations.end_guardianship(
        actor=actor, guardianship_id=guardianship_id, child_id=child_id, until_on=until_on, recorded_at=now())
