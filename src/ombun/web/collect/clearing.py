"""Receipts that were set aside: somebody looks whose money it is, or that there was none."""
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.queries import SetAside
from ombun.funds import queries as funds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web.members_meant import member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

DOUBTS: dict[str, str | Promise] = {
    "contributions.member_not_active": _("ไม่ได้เป็นสมาชิกในวันเก็บเงิน"),
    "contributions.paid_on_another_sheet": _("มีใบเสร็จของวันเดียวกันอีกใบ อาจบันทึกซ้ำสองเครื่อง"),
    "contributions.of_another_village": _("เป็นสมาชิกของหมู่บ้านอื่น"),
    "contributions.not_a_collector": _("คนที่เก็บเงินไม่ได้เป็นผู้เก็บเงินในวันนั้น"),
    "contributions.collected_by_another_centre": _("คนที่เก็บเงินเป็นของศูนย์หมู่บ้านอื่น"),
    "contributions.day_to_come": _("วันที่ในเครื่องยังมาไม่ถึง จึงใช้วันที่ส่งมาถึง"),
    "contributions.numbers_used_before": _("เลขใบเสร็จในเครื่องเคยใช้แล้ว จึงออกเลขใหม่ให้"),
    "contributions.clearing_taken_back": _("เคยตรวจสอบแล้ว แต่ถูกยกเลิก"),
}


@desk(Role.TREASURER)
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every receipt whose money is there and of which nobody has said yet whose it is."""
    with reading(actor):
        aside = contributions.receipts_set_aside(fund_id=actor.fund_id)
        names = funds.person_names(fund_id=actor.fund_id)
    return page(request, actor, "collect/waiting.html", {
        "receipts": [(one, _why(one), names[one.collected_by_id]) for one in aside],
        "satang": sum(one.amount_satang for one in aside)})


def _why(aside: SetAside) -> list[str | Promise]:
    return [DOUBTS[code] for code in aside.doubts]


@desk(Role.TREASURER, methods=("GET", "POST"))
def clear(request: HttpRequest, actor: Actor, deed: UUID, number: int) -> HttpResponse:
    """One such receipt: give it to the member who paid, or say that the money was given back or never there."""
    with reading(actor):
        found = [one for one in contributions.receipts_set_aside(fund_id=actor.fund_id)
                 if (one.deed_id, one.number) == (deed, number)]
        names = funds.person_names(fund_id=actor.fund_id)
        sheets, lines = contributions.versions_of_sheet(fund_id=actor.fund_id, deed_id=deed)
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _clear(request, actor, (deed, number))
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("collect:waiting", fund_of(actor).code)
    if not found:
        raise Http404
    return page(request, actor, "collect/clear.html", {
        "receipt": found[0], "why": _why(found[0]), "collector": names[found[0].collected_by_id], "refusals": refusals,
        "sheets": [(one, names[one.collected_by_id]) for one in sheets], "lines": lines,
        "on_all": sum(one.is_on_all for one in lines),
        "typed": request.POST or {"deed": str(fresh_deed()), "member": found[0].member_no,
                                  "day": day_in_words(today(), short=True)}}, status=422 if refusals else 200)


def _clear(request: HttpRequest, actor: Actor, receipt: tuple[UUID, int]) -> None:
    typed = Typed(request.POST)
    deed = typed.deed_id()
    if request.POST.get("how") == "member":
        with reading(actor):
            member = member_meant(typed, actor, "member")
        if member is None and not typed.refusals:
            typed.refuse("web.missing", "member", field=_("เลขทะเบียนสมาชิก"))
        typed.demand()
        assert member is not None
        operations.give_to_member(
            actor=actor, clearing_id=deed, receipt=receipt, member_id=member.id, recorded_at=now())
        return
    why, day = typed.text("why", _("เหตุผล")), typed.day("day", _("วันที่"))
    typed.demand()
    operations.take_out(
        actor=actor, clearing_id=deed, receipt=receipt, why=why, cleared_on=day, recorded_at=now())
