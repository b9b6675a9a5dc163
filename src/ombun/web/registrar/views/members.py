"""One member's page."""
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.claims.queries import asked_since_leaving, past_benefits_of_member
from ombun.contributions import queries as contributions
from ombun.members import operations, queries
from ombun.members.queries import MemberCard
from ombun.members.rules.consents import Purpose
from ombun.members.rules.guardians import is_minor
from ombun.members.rules.membership import MemberKind
from ombun.members.rules.people import age_on, tenure_on
from ombun.members.states import LEADS_TO, Happening, MemberStatus
from ombun.primitives.actors import Actor, Role
from ombun.primitives.national_id import masked
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fund_of, now, page, today
from ombun.web.registrar.timeline import timeline
from ombun.web.registrar.words import KINDS, NO_ID, SEXES, STATUSES
from ombun.web.typed import Typed

READERS = (Role.TREASURER, Role.REGISTRAR, Role.CHAIR, Role.SECRETARY, Role.AUDITOR)
LEAVES_MAX = 1000


@desk(*READERS)
def member(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """One member: who they are, where they stand, every payment."""
    return member_page(request, actor, member)


def member_page(
    request: HttpRequest, actor: Actor, member_id: int, refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    """The page of one member, perhaps with what cannot be done. The number of an entry that was merged leads there."""
    typed = Typed(request.GET.dict())
    asked_on = typed.day("on", _("วันที่")) if "on" in request.GET else None
    refusals = (*refusals, *typed.refusals)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        stood = queries.statuses(
            fund_id=actor.fund_id, member_ids=[card.id], on=asked_on)[card.id] if asked_on else None
        standing = contributions.standings(fund_id=actor.fund_id, member_ids=[card.id], on=today())[card.id]
        payments = contributions.payments_of_member(fund_id=actor.fund_id, member_id=card.id)
        things = contributions.things_of_members(fund_id=actor.fund_id, member_ids=[card.id])[card.id]
        past = (contributions.past_payments_of_member(fund_id=actor.fund_id, member_id=card.id),
                past_benefits_of_member(fund_id=actor.fund_id, member_id=card.id))
        happened = queries.life(fund_id=actor.fund_id, member_id=card.id)
        named = queries.beneficiaries_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        acting = queries.guardians_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        lives_in = queries.household_of(fund_id=actor.fund_id, member_id=card.id)
        stands = queries.statuses(fund_id=actor.fund_id, member_ids=[card.id], on=today())[card.id]
        merges = queries.merges_of(fund_id=actor.fund_id, member_id=card.id)
        agrees = queries.agreeing(fund_id=actor.fund_id, member_ids=[card.id], purpose=Purpose.DISABILITY)
    age = age_on(born_on=card.born_on, precision=card.birth_precision, day=today())
    return page(request, actor, "registrar/member.html", {
        "typed": request.GET.dict(), "asked_on": asked_on, "stood": STATUSES[stood.status] if stood else "",
        "card": card, "standing": standing, "past": past, "told_satang": sum(satang for _, satang in past[0]),
        "payments": payments[::-1], "things": things[::-1], "merges": merges,
        "beneficiaries": named, "has_untold": any(one.told_on is None for one in named),
        "may_mend": actor.role in (Role.REGISTRAR, Role.TREASURER),
        "is_active": card.is_active_on(today()),
        "age": age, "guardians": [one for one in acting if one.acts_on(today())],
        "household": lives_in, "is_minor": is_minor(age=age),
        "tenure": tenure_on(joined_on=card.joined_on, left_on=card.left_on, day=today()),
        "status": STATUSES[stands.status], "is_suspended": stands.status == MemberStatus.SUSPENDED,
        "may_return": not card.is_erased and actor.role != Role.AUDITOR and stands.status != MemberStatus.NOT_YET
        and Happening.JOINED in LEADS_TO[stands.status],
        "sex": SEXES[card.sex] if card.sex else "", "kind": _kind(card, card.id in agrees),
        "no_id": NO_ID[card.no_id_reason] if card.no_id_reason else "", "life": timeline(events=happened),
        "national_id": masked(card.national_id) if card.national_id else "", "refusals": refusals},
        status=422 if refusals else 200)


def _kind(card: MemberCard, agrees: bool) -> str | Promise:
    """What kind of member somebody is. What they have not agreed to is not shown."""
    if card.kind == MemberKind.DISABLED and not agrees:
        return _("ปิดไว้ ยังไม่มีใบยินยอม")
    return KINDS[card.kind] if card.kind else ""


@desk(Role.REGISTRAR, Role.TREASURER, methods=("POST",))
def take_back_leaving(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Strike out a leaving that was a mistake, while nobody has asked for anything because of it."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    try:
        operations.take_back_leaving(
            actor=actor, member_id=card.id, recorded_at=now(), asked_since=asked_since_leaving)
    except Refused as refused:
        return member_page(request, actor, card.id, refused.refusals)
    return redirect("registrar:member", fund_of(actor).code, card.id)
