"""What things and labour count toward dues, as the fund resolved."""
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import Rate, rates_on
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.meeting_form import proposed_meeting, read_meeting, signers
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed


@desk(*KEEPERS, methods=("GET", "POST"))
def exchange_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list in force, what is to come, and a form for one line more by a resolution."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        people = signers(fund_id=actor.fund_id, on=today())
        typed = {"deed": str(fresh_deed()), "from_on": "", **proposed_meeting(fund_id=actor.fund_id, today=today())}
    if request.method == "POST":
        try:
            _vote(request.POST, actor, people)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("treasurer:exchange_list", fund_of(actor).code)
    with reading(actor):
        voted = contributions.exchange_rates(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/exchange_list.html", {
        "refusals": refusals, "listed": rates_on(rates=voted, day=today()), "typed": typed,
        "to_come": [one for one in voted if one.from_on > today()], "signers": list(people.items())},
        status=422 if refusals else 200)


def _vote(fields: Mapping[str, str], actor: Actor, people: Mapping[str, str]) -> None:
    typed = Typed(fields)
    worth = typed.baht("worth", _("นับหน่วยละ"), is_optional=True)
    rate = Rate(id=typed.deed_id(), item=typed.text("item", _("สิ่งที่ให้")), unit=typed.text("unit", _("หน่วยนับ")),
                worth_satang=worth if fields.get("worth", "").strip() else None, is_kept="is_kept" in fields,
                from_on=typed.day("from_on", _("ใช้ตั้งแต่วันที่")))
    meeting = read_meeting(form=typed, people=people)
    typed.demand()
    operations.vote_exchange_rate(actor=actor, rate=rate, resolution=meeting, recorded_at=now())
