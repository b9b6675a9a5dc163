"""Members from whom the committee asks no dues: who they are, and a list more by a resolution."""
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import Ground
from ombun.funds import queries as funds
from ombun.members import queries
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor
from ombun.primitives.days import full_years
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import arabic_digits, tidy, whole_number
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.meeting_form import RECORDING, proposed_meeting, read_meeting, signers, ticked
from ombun.web.registrar.views.deciding import MEMBER_MAX, SHOWN_MAX
from ombun.web.typed import Typed

GROUNDS = {Ground.CHILD: _("เด็ก"), Ground.ELDERLY: _("ผู้สูงอายุ"), Ground.MONK: _("พระ เณร แม่ชี"),
           Ground.HARDSHIP: _("ยากลำบาก"), Ground.OTHER: _("อื่น ๆ")}
CHILD_YEARS_MAX, ELDERLY_YEARS_MIN = 18, 60  # as the form of the welfare funds divides them; the committee chooses
_ORDAINED = ("พระ", "สามเณร", "เณร", "แม่ชี", "เจ้าอธิการ")


@desk(*RECORDING, methods=("GET", "POST"))
def exempt(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who pays no dues and since when; choose more, and say at which meeting; all of them or nobody is written down."""
    refusals: tuple[Refusal, ...] = ()
    text, moo = tidy(arabic_digits(request.GET.get("q", ""))), request.GET.get("moo", "")
    ground = request.GET.get("ground", "")
    with reading(actor):
        people = signers(fund_id=actor.fund_id, on=today())
        typed = {"deed": str(fresh_deed()), **proposed_meeting(fund_id=actor.fund_id, today=today())}
        centres = funds.centres(fund_id=actor.fund_id)
        free = contributions.exemptions(fund_id=actor.fund_id, on=today())
        chosen = next((c.id for c in centres if str(c.moo) == moo), None)
        found = [card for card in _candidates(actor, text=text, centre=chosen, ground=ground)
                 if card.is_active_on(today()) and card.id not in {one.member_id for one in free}]
    if request.method == "POST":
        try:
            (_end if "end" in request.POST else _write)(Typed(request.POST), actor, people)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:exempt", fund_of(actor).code)
    return page(request, actor, "registrar/exempt.html", {
        "refusals": refusals, "free": [(one, GROUNDS[one.ground]) for one in free], "signers": list(people.items()),
        "grounds": list(GROUNDS.items()), "villages": choices.villages(centres), "are_more": len(found) > SHOWN_MAX,
        "rows": [(card, f"member-{card.id}" in typed) for card in found[:SHOWN_MAX]],
        "typed": {"q": text, "moo": moo, "ground": ground, **typed}}, status=422 if refusals else 200)


def _write(form: Typed, actor: Actor, people: dict[str, str]) -> None:
    deed, meeting = form.deed_id(), read_meeting(form=form, people=people)
    ground = form.one_of("ground", _("เพราะเป็น"), {one.value: one for one in GROUNDS})
    from_on = form.day("happened_on", _("มีผลตั้งแต่วันที่"))
    until_on = form.day("until", _("ถึงวันที่ (ไม่รวมวันนี้)")) if form.fields.get("until", "").strip() else None
    chosen = [whole_number(one, most=MEMBER_MAX) for one in ticked(form=form, before="member-")]
    form.demand()
    operations.exempt_members(
        actor=actor, deed_id=deed, member_ids=[i for i in chosen if i], ground=ground, from_on=from_on,
        until_on=until_on, resolution=meeting, recorded_at=now())


def _end(form: Typed, actor: Actor, people: dict[str, str]) -> None:
    exemption: UUID = form.deed_id("end")
    form.demand()
    operations.end_exemption(actor=actor, exemption_id=exemption, until_on=today(), recorded_at=now())


def _candidates(actor: Actor, *, text: str, centre: UUID | None, ground: str) -> tuple[MemberCard, ...]:
    """Whoever was searched for; or everybody, of one village or all, whom the ground fits by age or title."""
    if text:
        return queries.search(fund_id=actor.fund_id, text=text, centre_id=centre)
    if ground not in (Ground.CHILD, Ground.ELDERLY, Ground.MONK):
        return ()
    return tuple(card for card in queries.all_members(fund_id=actor.fund_id)
                 if centre in (None, card.centre_id) and _fits(card, Ground(ground)))


def _fits(card: MemberCard, ground: Ground) -> bool:
    if ground == Ground.MONK:
        return card.name_title.startswith(_ORDAINED)
    years = full_years(card.born_on, today()) if card.born_on else None
    return years is not None and (years <= CHILD_YEARS_MAX if ground == Ground.CHILD else years >= ELDERLY_YEARS_MIN)
