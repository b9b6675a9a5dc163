"""Filing a claim, one question a page: who, for what, when; then the amount line by line before it is written."""
from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, member_or_404, reading
from ombun.claims import queries
from ombun.members import queries as members
from ombun.primitives.actors import Actor, Role
from ombun.primitives.thai import arabic_digits, tidy
from ombun.regulations import queries as rule_book
from ombun.web.committee.filing import FilingDesk, file_page
from ombun.web.committee.views.claims import FILING
from ombun.web.page import page, today

DESK = FilingDesk(form="committee/file.html", preview="committee/preview.html", filed="committee:claim")
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
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
    return file_page(request=request, actor=actor, card=card, benefit=benefit, at=DESK)
