"""Applications for membership: taken up from the paper form, certified by the centre, resolved many at a meeting."""
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.members import operations, queries
from ombun.members.queries import ApplicationCard
from ombun.members.rules.applications import CERTIFYING, Decision
from ombun.members.rules.numbers import next_number
from ombun.members.states import WAITING, ApplicationState
from ombun.primitives.actors import Actor
from ombun.primitives.national_id import masked
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import whole_number
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, leaf_asked, now, page, today
from ombun.web.registrar.beneficiary_form import beneficiary_lines, written_beneficiaries
from ombun.web.registrar.meeting_form import RECORDING, proposed_meeting, read_meeting, signers, ticked
from ombun.web.registrar.person_form import read_person, written_person
from ombun.web.registrar.views.members import LEAVES_MAX, READERS
from ombun.web.registrar.words import APPLICATION_STATES, FREE_KINDS, KINDS, NO_ID, SEXES
from ombun.web.typed import Typed

PAPERS_A_LEAF, MEMBER_MAX = 100, 2**31 - 1


@desk(*READERS)
def applications(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every application, the newest first, with where it stands."""
    leaf = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        found = queries.newest_applications(fund_id=actor.fund_id, page=leaf)
        waiting = queries.applications(fund_id=actor.fund_id, states=WAITING)
    return page(request, actor, "registrar/applications.html", {
        "papers": [(card, *APPLICATION_STATES[card.state]) for card in found], "waiting": len(waiting),
        "may_record": actor.role in RECORDING, "next_page": leaf + 1 if len(found) == PAPERS_A_LEAF else None})


@desk(*RECORDING, methods=("GET", "POST"))
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take up an application as the paper form has it; of somebody who was a member before with what is known."""
    refusals: tuple[Refusal, ...] = ()
    typed = {"deed": str(fresh_deed()), "applied_on": day_in_words(today(), short=True)}
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        asked = whole_number(request.GET.get("member", ""), most=MEMBER_MAX)
        before = member_or_404(actor=actor, member_id=asked) if asked else None
        named = queries.beneficiaries_of(fund_id=actor.fund_id, member_ids=[before.id] if before else [])
    if before is not None:
        typed = written_person(person=operations.as_it_stands(card=before), moo=before.moo) | typed
        typed |= written_beneficiaries(named=named.get(before.id, ()))
    if request.method == "POST":
        form = Typed(request.POST)
        deed, applied_on = form.deed_id(), form.day("applied_on", _("วันที่ในใบสมัคร"))
        person = read_person(form=form, centre_of={str(c.moo): c.id for c in centres}, is_applicant=True,
                             kept_number=before.national_id if before else None)
        try:
            form.demand()
            operations.file_application(
                actor=actor, application_id=deed, new=person, applied_on=applied_on,
                member_id=before.id if before else None, recorded_at=now())
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:application", fund_of(actor).code, deed)
    lines, more = beneficiary_lines(typed=typed)
    return page(request, actor, "registrar/apply.html", {
        "beneficiary_lines": lines, "beneficiary_more": more,
        "typed": typed, "refusals": refusals, "before": before, "villages": choices.villages(centres),
        "number_kept": masked(before.national_id) if before and before.national_id else "",
        "kinds": list(FREE_KINDS.items()), "sexes": list(SEXES.items()), "no_ids": list(NO_ID.items()),
        "is_application": True}, status=422 if refusals else 200)


@desk(*READERS, methods=("GET", "POST"))
def one(request: HttpRequest, actor: Actor, application: UUID) -> HttpResponse:
    """One application: who asks, who certified, what was resolved; the centre's certification is written down here."""
    refusals: tuple[Refusal, ...] = ()
    typed = {"certified_on": day_in_words(today(), short=True)}
    if request.method == "POST":
        if actor.role not in RECORDING:
            raise PermissionDenied
        try:
            _certify(Typed(request.POST), actor, application)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:application", fund_of(actor).code, application)
    with reading(actor):
        card = queries.application(fund_id=actor.fund_id, application_id=application)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
    if card is None:
        raise Http404
    people = choices.people([h for h in holders if h.centre_id == card.person.centre_id], offices=CERTIFYING)
    return page(request, actor, "registrar/application.html", {
        "card": card, "person": card.person, "typed": typed, "refusals": refusals,
        "state": APPLICATION_STATES[card.state],
        "kind": KINDS[card.person.kind] if card.person.kind else "", "may_record": actor.role in RECORDING,
        "no_id": NO_ID[card.person.no_id_reason] if card.person.no_id_reason else "",
        "is_applied": card.state == ApplicationState.APPLIED, "is_certified": card.state == ApplicationState.CERTIFIED,
        "certifiers": [(key, name, f"by-{key}" in typed) for key, name in people.items()]},
        status=422 if refusals else 200)


def _certify(form: Typed, actor: Actor, application: UUID) -> None:
    people = [person for key in ticked(form=form, before="by-") if (person := _uuid(form, f"by-{key}", key))]
    day = form.day("certified_on", _("วันที่รับรอง"))
    form.demand()
    operations.certify_application(
        actor=actor, application_id=application, certifiers=people, certified_on=day, recorded_at=now())


def _uuid(form: Typed, name: str, written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        form.refuse("web.page_too_old", name)
        return None


@desk(*RECORDING, methods=("GET", "POST"))
def resolve(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What one meeting resolved about the applications that wait: admitted with a number, or turned down with a why."""
    refusals: tuple[Refusal, ...] = ()
    with reading(actor):
        waiting = queries.applications(fund_id=actor.fund_id, states=WAITING)
        people = signers(fund_id=actor.fund_id, on=today())
        typed = proposed_meeting(fund_id=actor.fund_id, today=today())
        taken = queries.numbers_taken(fund_id=actor.fund_id)
    if request.method == "POST":
        try:
            _resolve(Typed(request.POST), actor, waiting, people)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:applications", fund_of(actor).code)
    return page(request, actor, "registrar/resolve.html", {
        "rows": _rows(waiting, taken, typed), "typed": typed, "refusals": refusals, "signers": list(people.items())},
        status=422 if refusals else 200)


def _resolve(form: Typed, actor: Actor, waiting: tuple[ApplicationCard, ...], people: dict[str, str]) -> None:
    meeting, joined_on = read_meeting(form=form, people=people), form.day("joined_on", _("เป็นสมาชิกตั้งแต่วันที่"))
    decisions = []
    for card in waiting:
        said = form.fields.get(f"say-{card.id}", "")
        if said == "yes":
            decisions.append(Decision(application_id=card.id, member_no=form.text(
                f"number-{card.id}", _("เลขทะเบียนสมาชิก"), is_optional=True)))
        elif said == "no":
            decisions.append(Decision(application_id=card.id, because=form.text(
                f"because-{card.id}", _("เหตุผลที่ไม่รับ"))))
    clause = form.text("clause", _("ตามระเบียบข้อ"), is_optional=True)
    form.demand()
    operations.resolve_applications(actor=actor, decisions=decisions, resolution=meeting, joined_on=joined_on,
                                    clause=clause, recorded_at=now())


def _rows(
    waiting: tuple[ApplicationCard, ...], taken: frozenset[str], typed: dict[str, str]
) -> list[tuple[ApplicationCard, str, str, str]]:
    """Each application with what was said of it, its number (the next free one) and why not."""
    rows, used = [], set(taken)
    for card in waiting:
        number = card.member_no or next_number(taken=used, moo=card.moo)
        used.add(number)
        rows.append((card, typed.get(f"say-{card.id}", ""), typed.get(f"number-{card.id}", number),
                     typed.get(f"because-{card.id}", "")))
    return rows
