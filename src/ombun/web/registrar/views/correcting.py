"""What the register says of a person is mended here, and the importer's open questions are answered."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.imports import queries
from ombun.members import operations
from ombun.members import queries as members
from ombun.members.rules.consents import Purpose
from ombun.members.rules.membership import MemberKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.national_id import masked
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.asking import asked_about, settled_in
from ombun.web.registrar.person_form import read_person, written_person
from ombun.web.registrar.words import FREE_KINDS, KINDS, NO_ID, SEXES
from ombun.web.typed import Typed


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def correct(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Mend a member's entry; each open question is answered by its field or by "it is right as it is"."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        centres = funds.centres(fund_id=actor.fund_id)
        doubts = queries.doubts_of_members(fund_id=actor.fund_id, member_ids=[card.id])[card.id]
        agrees = members.agreeing(fund_id=actor.fund_id, member_ids=[card.id], purpose=Purpose.DISABILITY)
    person = operations.as_it_stands(card=card)
    kinds = list(KINDS.items()) if agrees or card.kind == MemberKind.DISABLED else list(FREE_KINDS.items())
    typed = written_person(person=person, moo=card.moo) | {"deed": str(fresh_deed())}
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        form = Typed(request.POST)
        new = read_person(form=form, centre_of={str(c.moo): c.id for c in centres}, known=person,
                          kept_number=person.national_id)
        deed = form.deed_id()
        try:
            form.demand()
            operations.correct_member(
                actor=actor, correction_id=deed, member_id=card.id, person=new,
                settled=settled_in(card=card, typed=request.POST), corrected_on=today(), recorded_at=now())
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:member", fund_of(actor).code, card.id)
    return page(request, actor, "registrar/correct.html", {
        "card": card, "typed": typed, "refusals": refusals, "villages": choices.villages(centres),
        "kinds": kinds, "number_kept": masked(card.national_id) if card.national_id else "",
        "sexes": list(SEXES.items()), "no_ids": list(NO_ID.items()),
        "questions": asked_about(card=card, doubts=doubts, typed=typed)}, status=422 if refusals else 200)

