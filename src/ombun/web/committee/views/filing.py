"""Filing a claim, one question a page: who, for what, when; then the amount line by line before it is written."""
from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ombun.access.door import desk, member_or_404, reading
from ombun.claims import queries
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import arabic_digits, tidy
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import ClauseCard
from ombun.web.committee import filing as forms
from ombun.web.committee.views.claims import FILING
from ombun.web.committee.words import kind_word
from ombun.web.page import fund_of, page, today
from ombun.web.typed import Typed

FOUND_MOST = 50


@desk(*FILING)
def who(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose the member: search by name, number or house."""
    text = arabic_digits(tidy(request.GET.get("q", "")))
    near = actor.centre_id if actor.role == Role.COLLECTOR else None
    with reading(actor):
        found = members.search(fund_id=actor.fund_id, text=text, centre_id=near) if text or near else ()
    return page(request, actor, "committee/who.html", {
        "typed": {"q": request.GET.get("q", "")}, "searched": text, "found": found[:FOUND_MOST],
        "are_more": len(found) > FOUND_MOST})


@desk(*FILING)
def which(request: HttpRequest, actor: Actor, member_id: int) -> HttpResponse:
    """Choose the benefit among the clauses in force."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        clauses = rule_book.clauses_on(fund_id=actor.fund_id, day=today())
        mine = queries.claims_of_member(fund_id=actor.fund_id, member_id=member_id)
    return page(request, actor, "committee/which.html", {"card": card, "clauses": clauses, "mine": mine[:5]})


@desk(*FILING, methods=("GET", "POST"))
def file(request: HttpRequest, actor: Actor, member_id: int, benefit: str) -> HttpResponse:
    """The form of one benefit, its preview, and the filing."""
    fields = request.POST.dict() or forms.fresh_form()
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        clause = rule_book.clause_on(fund_id=actor.fund_id, benefit=benefit, day=forms.day_of_form(fields)) or \
            rule_book.clause_on(fund_id=actor.fund_id, benefit=benefit, day=today())
    if clause is None:
        raise Http404
    step = request.POST.get("step")
    if step == "check":
        return _check(request, actor, card, clause)
    if step == "file":
        return _file(request, actor, card, clause)
    return _form(request, actor, card, clause, fields)


def _form(
    request: HttpRequest, actor: Actor, card: MemberCard, clause: ClauseCard, typed: Mapping[str, str],
    refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    return page(request, actor, "committee/file.html", {
        "card": card, "clause": clause, "typed": typed, "refusals": refusals,
        "asked": forms.asked(rule=clause.rule, typed=typed)}, status=422 if refusals else 200)


def _check(request: HttpRequest, actor: Actor, card: MemberCard, clause: ClauseCard) -> HttpResponse:
    """What the rule book grants, line by line with its clause, before anything is written."""
    typed = Typed(request.POST)
    typed.deed_id()
    filing = forms.typed_filing(typed=typed, member_id=card.id, clause=clause)
    if typed.refusals:
        return _form(request, actor, card, clause, request.POST, typed.refusals)
    with reading(actor):
        judged = queries.judged_filing(actor=actor, filing=filing, today=today())
    if judged.refusals or judged.assessment is None:
        return _form(request, actor, card, clause, request.POST, judged.refusals)
    return page(request, actor, "committee/preview.html", {
        "card": card, "clause": clause, "filing": filing, "typed": request.POST, "assessment": judged.assessment,
        "missing": [Refusal(code=code, about="assessment") for code in judged.assessment.missing],
        "asked": forms.asked(rule=clause.rule, typed=request.POST), "kind_word": kind_word(rule=clause.rule),
        "carried": [(name, value) for name, value in request.POST.items()
                    if name not in ("csrfmiddlewaretoken", "step")]})


def _file(request: HttpRequest, actor: Actor, card: MemberCard, clause: ClauseCard) -> HttpResponse:
    typed = Typed(request.POST)
    deed = typed.deed_id()
    filing = forms.typed_filing(typed=typed, member_id=card.id, clause=clause)
    try:
        typed.demand()
        forms.file_typed(actor=actor, deed=deed, filing=filing)
    except Refused as refused:
        return _form(request, actor, card, clause, request.POST, refused.refusals)
    return redirect("committee:claim", fund_of(actor).code, deed)
