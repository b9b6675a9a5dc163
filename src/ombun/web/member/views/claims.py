"""What a member may ask for, what they have asked for, and how far it has come."""
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise

from ombun.access.door import desk, may_see, member_or_404, reading
from ombun.claims import queries
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.assessment import Assessment, Step
from ombun.regulations.rules.vocabulary import Payee
from ombun.web.committee import words
from ombun.web.committee.filing import FilingDesk, file_page
from ombun.web.committee.timeline import stages
from ombun.web.page import page, today

DESK = FilingDesk(form="member/file.html", preview="member/preview.html", filed="member:claim")


@dataclass(frozen=True, kw_only=True)
class Right:
    """A clause as it stands for the member today: what one would get, or what is in the way."""

    clause: ClauseCard
    amount_satang: Satang | None
    each: str | Promise  # "a night" where the clause counts
    in_the_way: tuple[Step | Refusal, ...]
    is_for_family: bool


@desk(Role.MEMBER)
def claims(request: HttpRequest, actor: Actor) -> HttpResponse:
    """My rights by the rule book of today, and my claims."""
    member_id = actor.member_id or 0
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        granted = queries.entitlements(fund_id=actor.fund_id, member_id=member_id, on=today())
        mine = queries.claims_of_member(fund_id=actor.fund_id, member_id=member_id)
    return page(request, actor, "member/claims.html", {
        "card": card, "rights": [_right(clause, assessment) for clause, assessment in granted], "mine": mine})


def _right(clause: ClauseCard, assessment: Assessment) -> Right:
    """The reason why a clause gives nothing stands last in its explanation, before the sum."""
    amount = assessment.amount_satang
    in_the_way: tuple[Step | Refusal, ...] = ()
    if amount is None:
        in_the_way = tuple(words.missing(codes=assessment.missing))
    elif amount == 0:
        in_the_way = assessment.steps[-2:-1]
    return Right(clause=clause, amount_satang=amount, in_the_way=in_the_way,
                 each=words.EACH[clause.rule.unit] if clause.rule.unit else "",
                 is_for_family=clause.rule.payee == Payee.BENEFICIARY)


@desk(Role.MEMBER, methods=("GET", "POST"))
def file(request: HttpRequest, actor: Actor, benefit: str) -> HttpResponse:
    """File a claim for myself."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=actor.member_id or 0)
    return file_page(request=request, actor=actor, card=card, benefit=benefit, at=DESK)


@desk(Role.MEMBER)
def claim(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """One of my claims: how far it has come, and why so much."""
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
    if card is None or not may_see(actor=actor, member_id=card.member_id):
        raise Http404
    return page(request, actor, "member/claim.html", {
        "card": card, "steps": card.steps, "granted_satang": card.assessed_satang,
        "missing": words.missing(codes=card.missing), "kind_word": words.kind_word(rule=card.rule),
        "day_word": words.day_asked(rule=card.rule),
        "stages": stages(card=card, recorders={})})
