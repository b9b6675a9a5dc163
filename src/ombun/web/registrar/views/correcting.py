"""What the register says of a person is mended here, and the importer's open questions are answered."""
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.imports import queries
from ombun.members import operations
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.registrar.person_form import read_person, written_person
from ombun.web.registrar.words import KINDS, NO_ID, SEXES
from ombun.web.typed import Typed


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def correct(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Mend a member's entry; each open question is answered by its field or by "it is right as it is"."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        centres = funds.centres(fund_id=actor.fund_id)
        doubts = queries.doubts_of_member(fund_id=actor.fund_id, member_id=card.id)
    person = operations.as_it_stands(card=card)
    typed = written_person(person=person, moo=card.moo) | {"deed": str(fresh_deed())}
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        form = Typed(request.POST)
        new = read_person(form=form, centre_of={str(c.moo): c.id for c in centres}, known=person)
        deed = form.deed_id()
        try:
            form.demand()
            operations.correct_member(
                actor=actor, correction_id=deed, member_id=card.id, person=new,
                settled=[code for code in card.questioned if f"right-{code}" in request.POST], corrected_on=today(),
                recorded_at=now())
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:member", fund_of(actor).code, card.id)
    return page(request, actor, "registrar/correct.html", {
        "card": card, "typed": typed, "refusals": refusals, "villages": choices.villages(centres),
        "kinds": list(KINDS.items()),
        "sexes": list(SEXES.items()), "no_ids": list(NO_ID.items()),
        "questions": _questions(card, doubts, typed)}, status=422 if refusals else 200)


def _questions(
    card: MemberCard, doubts: Mapping[str, Mapping[str, Any]], typed: Mapping[str, str]
) -> list[tuple[str, Refusal, str, bool]]:
    """Each open question once: its name in the form, its words, what the file says, whether it is ticked as right."""
    asked = {code: {"same_name": "–", "same_member_no": "–", "written": "", **doubts.get(code, {})}
             for code in card.questioned}
    return [(f"right-{code}", Refusal(code=f"imports.{code}", about=card.member_no, facts=facts),
             str(facts["written"]), f"right-{code}" in typed) for code, facts in asked.items()]
