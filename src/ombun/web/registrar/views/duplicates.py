"""Entries of the register that are alike: a list to work through, two side by side, one person or two."""
from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.contributions import queries as contributions
from ombun.members import operations, queries
from ombun.members.queries import MemberCard
from ombun.members.rules import merging
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, leaf_asked, now, page, today
from ombun.web.registrar.comparing import Side, choices_between, side, signs
from ombun.web.registrar.views.members import member_page
from ombun.web.registrar.words import SURENESS
from ombun.web.typed import Typed

LEAF_SIZE, LEAVES_MAX, ANSWERS_SHOWN = 20, 1000, 20
WRITING = (Role.REGISTRAR, Role.TREASURER)


@desk(*WRITING)
def duplicates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every two entries that may be one person, the surest first; and what was answered "two persons"."""
    leaf = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        found = queries.alike(fund_id=actor.fund_id)
        answers = queries.two_persons(fund_id=actor.fund_id)[:ANSWERS_SHOWN]
        shown = found[(leaf - 1) * LEAF_SIZE:leaf * LEAF_SIZE]
        cards = queries.member_cards(fund_id=actor.fund_id, member_ids={
            *(i for two in shown for i in (two.one_id, two.other_id)),
            *(i for two in answers for i in (two.one_id, two.other_id))})
    return page(request, actor, "registrar/duplicates.html", {
        "waiting": len(found), "pairs": [
            (cards[two.one_id], cards[two.other_id], signs(two.likeness), SURENESS[two.likeness.is_nearly_sure])
            for two in shown],
        "next_page": leaf + 1 if len(found) > leaf * LEAF_SIZE else None,
        "answers": [(cards[one.one_id], cards[one.other_id], one) for one in answers
                    if one.one_id in cards and one.other_id in cards and one.one_id != one.other_id]})


@desk(*WRITING, methods=("GET", "POST"))
def compare(request: HttpRequest, actor: Actor, member: int, other: int) -> HttpResponse:
    """Two entries side by side. Whoever sees that they are one person says which stays, and what of each is right."""
    with reading(actor):
        cards = [member_or_404(actor=actor, member_id=i) for i in (member, other)]
    if cards[0].id == cards[1].id:
        return redirect("registrar:member", fund_of(actor).code, cards[0].id)
    refusals: tuple[Refusal, ...] = ()
    typed: Mapping[str, str] = {"deed": str(fresh_deed())}
    if request.method == "POST":
        try:
            kept = _merge(request, actor, cards)
        except Refused as refused:
            typed, refusals = request.POST.dict(), refused.refusals
        else:
            return redirect("registrar:member", fund_of(actor).code, kept)
    return _compared(request, actor, cards, typed, refusals)


def _merge(request: HttpRequest, actor: Actor, cards: list[MemberCard]) -> int:
    """The form names for each dispute the entry that is right; what only one of the two knows is taken."""
    form = Typed(request.POST)
    deed, of_two = form.deed_id(), {str(card.id): card for card in cards}
    kept = form.one_of("kept", _("รายการที่ให้อยู่ต่อ"), of_two)
    form.demand()
    merged = next(card for card in cards if card.id != kept.id)
    two = {"kept": operations.as_it_stands(card=kept), "merged": operations.as_it_stands(card=merged)}
    taken = [*merging.known_to_one(**two), *(choice for choice in merging.disputed(one=two["kept"], other=two["merged"])
                                             if form.fields.get(choice) == str(merged.id))]
    return operations.merge_members(
        actor=actor, merge_id=deed, kept_id=kept.id, merged_id=merged.id, taken_from_merged=taken,
        recorded_at=now()).member_id


def _compared(
    request: HttpRequest, actor: Actor, cards: list[MemberCard], typed: Mapping[str, str],
    refusals: tuple[Refusal, ...]
) -> HttpResponse:
    with reading(actor):
        ids = [card.id for card in cards]
        stood = queries.statuses(fund_id=actor.fund_id, member_ids=ids, on=today())
        paid = contributions.standings(fund_id=actor.fund_id, member_ids=ids, on=today())
        alike = queries.compared(fund_id=actor.fund_id, one_id=ids[0], other_id=ids[1])
        answer = next((one for one in queries.two_persons(fund_id=actor.fund_id)
                       if (one.one_id, one.other_id) == (min(ids), max(ids))), None)
    sides: list[Side] = [side(card, stood[card.id].status, paid[card.id]) for card in cards]
    return page(request, actor, "registrar/compare.html", {
        "sides": sides, "signs": signs(alike), "refusals": refusals,
        "typed": typed, "answer": answer, "one": cards[0], "other": cards[1],
        **choices_between(sides=sides, typed=typed)}, status=422 if refusals else 200)


@desk(*WRITING, methods=("POST",))
def two_persons(request: HttpRequest, actor: Actor, member: int, other: int) -> HttpResponse:
    """Two persons: nobody is asked about them again."""
    with reading(actor):
        one, two = (member_or_404(actor=actor, member_id=i) for i in (member, other))
    try:
        form = Typed(request.POST)
        deed = form.deed_id()
        form.demand()
        operations.say_two_persons(
            actor=actor, answer_id=deed, one_id=one.id, other_id=two.id, recorded_at=now())
    except Refused as refused:
        return _compared(request, actor, [one, two], {"deed": str(fresh_deed())}, refused.refusals)
    return redirect("registrar:duplicates", fund_of(actor).code)


@desk(*WRITING, methods=("POST",))
def ask_again(request: HttpRequest, actor: Actor, member: int, other: int) -> HttpResponse:
    """Take back that two entries are two persons."""
    with reading(actor):
        ids = sorted(member_or_404(actor=actor, member_id=i).id for i in (member, other))
        answers = [one.id for one in queries.two_persons(fund_id=actor.fund_id) if [one.one_id, one.other_id] == ids]
    for answer in answers:
        operations.ask_again(actor=actor, answer_id=answer, recorded_at=now())
    return redirect("registrar:compare", fund_of(actor).code, *ids)


@desk(*WRITING, methods=("POST",))
def undo_merge(request: HttpRequest, actor: Actor, merge: UUID) -> HttpResponse:
    """Take a merge back, from the page of the member who stayed."""
    with reading(actor):
        person = queries.person_of_merge(fund_id=actor.fund_id, merge_id=merge)
    if person is None:
        raise Http404
    try:
        operations.undo_merge(actor=actor, merge_id=merge, recorded_at=now())
    except Refused as refused:
        return member_page(request, actor, person, refused.refusals)
    return redirect("registrar:member", fund_of(actor).code, person)
