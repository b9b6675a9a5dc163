"""Who receives on a member's death: named, named anew, and told that the fund has their name."""
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import centre_or_404, desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.members import operations, queries
from ombun.members.queries import Untold
from ombun.members.rules.beneficiaries import ToldHow
from ombun.papers.notices import NoticePaper, notices_pdf
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices, paper
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.beneficiary_form import beneficiary_lines, read_beneficiaries, written_beneficiaries
from ombun.web.registrar.meeting_form import ticked
from ombun.web.registrar.views.members import READERS
from ombun.web.registrar.words import TOLD_HOW
from ombun.web.typed import Typed

SHOWN_MAX = 200


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def beneficiaries(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The list of a member as it should stand from a day on, and everybody who stood in it before."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        entries = queries.entries_of(fund_id=actor.fund_id, member_ids=[card.id])
        current = queries.beneficiaries_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        former = queries.former_beneficiaries(fund_id=actor.fund_id, member_ids=entries)
    typed = {"deed": str(fresh_deed()), "named_on": day_in_words(today(), short=True),
             **written_beneficiaries(named=current)}
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        form = Typed(request.POST)
        named, named_on, deed = read_beneficiaries(form=form), form.day("named_on", _("วันที่")), form.deed_id()
        try:
            form.demand()
            operations.name_beneficiaries(
                actor=actor, deed_id=deed, member_id=card.id, beneficiaries=named, named_on=named_on, recorded_at=now())
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
            if not form.refusals:
                typed |= written_beneficiaries(named=named)
        else:
            return redirect("registrar:member", fund_of(actor).code, card.id)
    lines, more = beneficiary_lines(typed=typed)
    return page(request, actor, "registrar/beneficiaries.html", {
        "card": card, "typed": typed, "refusals": refusals, "beneficiary_lines": lines, "beneficiary_more": more,
        "former": former, "told": [one for one in current if one.told_on]}, status=422 if refusals else 200)


@desk(Role.REGISTRAR, Role.TREASURER, methods=("POST",))
def take_back_telling(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Strike out that a beneficiary was told; whoever is not in the list any more is left alone."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    form = Typed(request.POST)
    beneficiary_id = form.deed_id("beneficiary")
    with suppress(Refused):
        form.demand()
        operations.take_back_telling(
            actor=actor, member_id=card.id, beneficiary_id=beneficiary_id, recorded_at=now())
    return redirect("registrar:beneficiaries", fund_of(actor).code, card.id)


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def untold(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody who was named and not told yet, of one village where it is chosen; ticked when they were told."""
    moo = request.GET.get("moo", "")
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        chosen = next((c for c in centres if str(c.moo) == moo), None)
        found = queries.untold_beneficiaries(fund_id=actor.fund_id, centre_id=chosen.id if chosen else None)
    typed = {"told_on": day_in_words(today(), short=True)}
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _tell(Typed(request.POST), actor, found)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect(request.get_full_path())
    return page(request, actor, "registrar/untold.html", {
        "rows": [(one, f"tell-{one.id}" in typed, one.tell_until < today()) for one in found[:SHOWN_MAX]],
        "count": len(found), "are_more": len(found) > SHOWN_MAX, "chosen": chosen, "typed": typed | {"moo": moo},
        "refusals": refusals, "villages": choices.villages(centres), "ways": list(TOLD_HOW.items())},
        status=422 if refusals else 200)


def _tell(form: Typed, actor: Actor, found: Sequence[Untold]) -> None:
    told_on = form.day("told_on", _("บอกเมื่อวันที่"))
    told_how = form.one_of("told_how", _("บอกอย่างไร"), {how.value: how for how in ToldHow})
    chosen = [one.id for one in found] if form.fields.get("everybody") else [
        i for key in ticked(form=form, before="tell-") if (i := _uuid(form, f"tell-{key}", key))]
    form.demand()
    operations.tell_beneficiaries(
        actor=actor, beneficiary_ids=chosen, told_on=told_on, told_how=told_how, recorded_at=now())


def _uuid(form: Typed, name: str, written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        form.refuse("web.page_too_old", name)
        return None


@desk(*READERS)
def village_notices(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The notices to everybody of a village who was named and not told yet, in the order of the members' names."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        found = queries.untold_beneficiaries(fund_id=actor.fund_id, centre_id=centre.id)
    return _notices_page(actor, name=f"notices-{moo}", notices=[NoticePaper(
        name=one.name, relation=one.relation, phone=one.phone, member_name=one.member_name,
        village=paper.village(centre)) for one in found])


@desk(*READERS)
def member_notices(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The notices to everybody whom one member has named, told or not: a paper can be lost."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        named = queries.beneficiaries_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        centre = next((c for c in funds.centres(fund_id=actor.fund_id) if c.id == card.centre_id), None)
    return _notices_page(actor, name="notice", notices=[NoticePaper(
        name=one.name, relation=one.relation, phone=one.phone, member_name=card.full_name,
        village=paper.village(centre) if centre else "") for one in named])


def _notices_page(actor: Actor, *, name: str, notices: Sequence[NoticePaper]) -> HttpResponse:
    return paper.pdf_page(name=f"{name}-{today()}", content=notices_pdf(
        fund=paper.heading(fund_of(actor)), printed_on=today(), language=paper.language(), notices=notices))
