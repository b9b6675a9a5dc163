"""What the committee decided about members at a meeting: a list suspended, reinstated, lapsed or expelled."""
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import queries as contributions
from ombun.contributions.rules import Arrears, ArrearsClause, Standing, clause_on, may_be_decided
from ombun.funds import queries as funds
from ombun.members import operations, queries
from ombun.members.queries import MemberCard
from ombun.members.states import LEADS_TO, Happening, MemberStatus
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import arabic_digits, tidy, whole_number
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.meeting_form import RECORDING, proposed_meeting, read_meeting, signers, ticked
from ombun.web.registrar.words import STATUSES
from ombun.web.typed import Typed

SHOWN_MAX, MEMBER_MAX = 200, 2**31 - 1
KINDS = {"suspend": (Happening.SUSPENDED, _("พักสิทธิเพราะขาดส่ง")), "reinstate": (Happening.REINSTATED, _("คืนสิทธิ")),
         "lapse": (Happening.LAPSED, _("พ้นสภาพ")), "expel": (Happening.EXPELLED, _("คณะกรรมการให้ออก"))}
BY_VILLAGE = {Happening.SUSPENDED, Happening.LAPSED}  # lists long enough to be read village by village


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody of whom it can be decided: with what is late, and whether the regulations let the committee do it."""

    card: MemberCard
    standing: Standing
    status: MemberStatus
    late: Arrears | None
    is_reached: bool


@desk(*RECORDING, methods=("GET", "POST"))
def decide(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Choose the members of whom it was decided, and say at which meeting; everybody or nobody is written down."""
    if kind not in KINDS:
        raise Http404
    happening, title = KINDS[kind]
    refusals: tuple[Refusal, ...] = ()
    text, moo = tidy(arabic_digits(request.GET.get("q", ""))), request.GET.get("moo", "")
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        if not text and not moo and centres and happening in BY_VILLAGE:
            moo = str(centres[0].moo)
        people = signers(fund_id=actor.fund_id, on=today())
        clause = clause_on(clauses=contributions.clauses(fund_id=actor.fund_id), day=today())
        typed = {"deed": str(fresh_deed()), **proposed_meeting(fund_id=actor.fund_id, today=today()),
                 **({"clause": clause.clause_no} if clause and happening in BY_VILLAGE else {})}
        chosen = next((c.id for c in centres if str(c.moo) == moo), None)
        found = _candidates(actor, happening, clause, text=text, centre=chosen)
    if request.method == "POST":
        try:
            _decide(Typed(request.POST), actor, happening, people)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:members", fund_of(actor).code)
    return page(request, actor, "registrar/decide.html", {
        "kind": kind, "title": title, "refusals": refusals, "signers": list(people.items()), "are_more":
        len(found) > SHOWN_MAX, "kinds": [(key, name) for key, (_h, name) in KINDS.items()],
        "rows": [(one, STATUSES[one.status], f"member-{one.card.id}" in typed) for one in found[:SHOWN_MAX]],
        "villages": choices.villages(centres),
        "typed": {"q": text, "moo": moo, **typed}},
        status=422 if refusals else 200)


def _decide(form: Typed, actor: Actor, happening: Happening, people: dict[str, str]) -> None:
    deed, meeting = form.deed_id(), read_meeting(form=form, people=people)
    happened_on = form.day("happened_on", _("มีผลตั้งแต่วันที่"))
    because = form.text("because", _("เหตุผล"), is_optional=True)
    clause = form.text("clause", _("ตามระเบียบข้อ"), is_optional=True)
    chosen = [whole_number(one, most=MEMBER_MAX) for one in ticked(form=form, before="member-")]
    form.demand()
    operations.decide_about_members(
        actor=actor, deed_id=deed, kind=happening, member_ids=[i for i in chosen if i], happened_on=happened_on,
        resolution=meeting, clause=clause, because=because, recorded_at=now())


def _candidates(
    actor: Actor, happening: Happening, clause: ArrearsClause | None, *, text: str, centre: UUID | None
) -> Sequence[Candidate]:
    """Of whom it can be decided: whoever was searched for, or whoever owes, those of whom the regulations say so
    first, or is suspended."""
    if not text and happening == Happening.EXPELLED:
        return ()
    if text or centre is None:
        cards = queries.search(fund_id=actor.fund_id, text=text, centre_id=centre) if text else queries.all_members(
            fund_id=actor.fund_id)
    else:
        cards = queries.members_of_centre(fund_id=actor.fund_id, centre_id=centre, on=today())
    stood = queries.statuses(fund_id=actor.fund_id, member_ids=[card.id for card in cards], on=today())
    cards = tuple(card for card in cards if happening in LEADS_TO[stood[card.id].status])
    ids = [card.id for card in cards]
    where = contributions.standings(fund_id=actor.fund_id, member_ids=ids, on=today())
    late = contributions.arrears_of(fund_id=actor.fund_id, member_ids=ids, on=today())
    found = [Candidate(card=card, standing=where[card.id], status=stood[card.id].status, late=late.get(card.id),
                       is_reached=_is_reached(happening, clause, late.get(card.id))) for card in cards]
    if not text:
        found = [one for one in found if one.standing.owed_satang or one.status == MemberStatus.SUSPENDED]
    return sorted(found, key=lambda one: (not one.is_reached, -one.standing.owed_satang))


def _is_reached(happening: Happening, clause: ArrearsClause | None, late: Arrears | None) -> bool:
    """Whoever may lapse may be suspended as well."""
    decided = may_be_decided(clause=clause, late=late)
    return decided == happening or (decided == Happening.LAPSED and happening == Happening.SUSPENDED)
