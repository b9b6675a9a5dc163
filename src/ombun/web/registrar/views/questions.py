"""What must still be asked about people in the register, by village and question; answered on the spot."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, member_or_404, reading
from ombun.funds import queries as funds
from ombun.funds.queries import Centre
from ombun.imports.queries import doubts_of_members
from ombun.members import operations, queries
from ombun.members.queries import MemberCard, OpenQuestions
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import whole_number
from ombun.web import choices
from ombun.web.page import fresh_deed, leaf_asked, now, page, today
from ombun.web.registrar.asking import Asked, asked_about, fields_asked, settled_in
from ombun.web.registrar.person_form import read_person, written_person
from ombun.web.registrar.views.members import LEAVES_MAX
from ombun.web.registrar.words import NO_ID, QUESTIONS
from ombun.web.typed import Typed

LEAF_SIZE, MEMBER_MAX = 20, 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Line:
    """Somebody about whom something must be asked, with the form as typed and the reasons against it."""

    card: MemberCard
    questions: list[Asked]
    fields: frozenset[str]
    typed: Mapping[str, str]
    refusals: tuple[Refusal, ...] = field(default=())


@desk(Role.REGISTRAR, Role.TREASURER, methods=("GET", "POST"))
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List everybody about whom something must be asked; an answer is written down and the list stays where it was."""
    refused: tuple[int, tuple[Refusal, ...]] | None = None
    if request.method == "POST":
        member_id = whole_number(request.POST.get("member", ""), most=MEMBER_MAX)
        if not member_id:
            raise Http404
        try:
            _answer(request, actor, member_id)
            return redirect(request.get_full_path())
        except Refused as found:
            refused = member_id, found.refusals
    moo, code = request.GET.get("moo", ""), request.GET.get("code", "")
    leaf = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        there = queries.open_questions(fund_id=actor.fund_id)
        cards = queries.people_asked_about(
            fund_id=actor.fund_id, code=code if code in there.by_code else None, page=leaf, page_size=LEAF_SIZE,
            centre_id=next((c.id for c in centres if str(c.moo) == moo), None))
        doubts = doubts_of_members(fund_id=actor.fund_id, member_ids=[card.id for card in cards])
    return page(request, actor, "registrar/questions.html", {
        "lines": [_line(card, doubts[card.id], request, refused) for card in cards], "people": there.people,
        "typed": {"moo": moo, "code": code}, "villages": _villages(centres, there), "codes": _codes(there),
        "centres": choices.villages(centres), "no_ids": list(NO_ID.items()),
        "next_page": leaf + 1 if len(cards) == LEAF_SIZE else None}, status=422 if refused else 200)


def _answer(request: HttpRequest, actor: Actor, member_id: int) -> None:
    """Write down what was asked of a member; fields that the form did not show stay as they are."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        centres = funds.centres(fund_id=actor.fund_id)
    person = operations.as_it_stands(card=card)
    form = Typed(written_person(person=person, moo=card.moo) | request.POST.dict())
    new = read_person(form=form, centre_of={str(c.moo): c.id for c in centres}, known=person,
                      kept_number=person.national_id)
    deed = form.deed_id()
    form.demand()
    operations.correct_member(
        actor=actor, correction_id=deed, member_id=card.id, person=new, corrected_on=today(), recorded_at=now(),
        settled=settled_in(card=card, typed=request.POST))


def _line(
    card: MemberCard, doubts: Mapping[str, Mapping[str, object]], request: HttpRequest,
    refused: tuple[int, tuple[Refusal, ...]] | None
) -> Line:
    typed = written_person(person=operations.as_it_stands(card=card), moo=card.moo) | {"deed": str(fresh_deed())}
    refusals: tuple[Refusal, ...] = ()
    if refused is not None and refused[0] == card.id:
        typed, refusals = typed | request.POST.dict(), refused[1]
    return Line(card=card, typed=typed, refusals=refusals, fields=fields_asked(card=card),
                questions=asked_about(card=card, doubts=doubts, typed=typed))


def _villages(centres: tuple[Centre, ...], there: OpenQuestions) -> list[tuple[str, str]]:
    """The villages in which something must be asked, each with how many people that concerns."""
    left: Mapping[UUID | None, int] = there.by_centre
    return [(moo, f"{name} ({left[centre.id]:,})") for centre, (moo, name) in
            zip(centres, choices.villages(centres), strict=True) if centre.id in left]


def _codes(there: OpenQuestions) -> list[tuple[str, str]]:
    return [(code, f"{QUESTIONS[code]} ({there.by_code[code]:,})") for code in QUESTIONS if code in there.by_code]
