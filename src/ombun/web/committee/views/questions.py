"""The auditor's questions about claims: what may be worth a second look, and what was seen."""
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.claims import operations, queries
from ombun.claims.rules import Question
from ombun.claims.states import QuestionKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed


@desk(Role.AUDITOR, methods=("GET", "POST"))
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every question that nobody has looked at yet; the auditor writes down here what was seen."""
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _look(Typed(request.POST), actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("committee:questions", fund_of(actor).code)
    with reading(actor):
        cards = queries.question_cards(fund_id=actor.fund_id, on=today())
        seen = queries.looks(fund_id=actor.fund_id)
    return page(request, actor, "committee/questions.html", {
        "cards": [(card, str(fresh_deed())) for card in cards], "seen": seen, "refusals": refusals},
        status=422 if refusals else 200)


def _look(form: Typed, actor: Actor) -> None:
    deed, because = form.deed_id(), form.text("because", _("ดูแล้วเป็นอย่างไร"))
    question = Question(
        kind=form.one_of("kind", _("คำถาม"), {kind.value: kind for kind in QuestionKind}),
        claim_id=_id(form, "claim"), other_id=_id(form, "other"))
    form.demand()
    operations.look_at(actor=actor, look_id=deed, question=question, because=because, recorded_at=now())


def _id(form: Typed, name: str) -> UUID:
    return form.deed_id(name)
