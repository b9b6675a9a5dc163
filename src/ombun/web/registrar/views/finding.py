"""The register: finding somebody, and what one line tells of each."""
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from ombun.access.door import desk, reading
from ombun.claims.queries import benefits_open
from ombun.contributions import queries as contributions
from ombun.contributions.rules import Standing
from ombun.funds import queries as funds
from ombun.members import queries
from ombun.members.queries import MemberCard
from ombun.members.states import MemberStatus
from ombun.primitives.actors import Actor, Role
from ombun.primitives.thai import arabic_digits, tidy
from ombun.web import choices
from ombun.web.page import leaf_asked, page, today
from ombun.web.registrar.meeting_form import RECORDING
from ombun.web.registrar.views.members import LEAVES_MAX, READERS
from ombun.web.registrar.words import STATUSES

LEAF_SIZE = 15


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list: who it is, where they stand, up to when they paid, how many benefits they may ask for."""

    card: MemberCard
    status: MemberStatus
    status_word: str | Promise
    standing: Standing
    benefits: int


@desk(*READERS)
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Find members by part of a name, number or phone, by house or ID, by village; in Thai order."""
    text, moo = tidy(arabic_digits(request.GET.get("q", ""))), request.GET.get("moo", "")
    page_no = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        chosen = next((c.id for c in centres if str(c.moo) == moo), None)
        found = queries.search(
            fund_id=actor.fund_id, text=text, centre_id=chosen, page=page_no, page_size=LEAF_SIZE)
        lines = _lines(actor, found)
        is_first = not (text or chosen or page_no > 1)
        counts = queries.counts(fund_id=actor.fund_id, on=today()) if is_first else None
        asked = queries.open_questions(fund_id=actor.fund_id).people if is_first else 0
    return page(request, actor, "registrar/members.html", {
        "lines": lines, "counts": counts, "asked": asked, "typed": {"q": text, "moo": moo},
        "villages": choices.villages(centres), "may_write": actor.role in (Role.REGISTRAR, Role.TREASURER),
        "may_decide": actor.role in RECORDING,
        "next_page": page_no + 1 if len(found) == LEAF_SIZE else None})


def _lines(actor: Actor, found: tuple[MemberCard, ...]) -> list[Line]:
    ids = [card.id for card in found]
    stand = queries.statuses(fund_id=actor.fund_id, member_ids=ids, on=today())
    paid = contributions.standings(fund_id=actor.fund_id, member_ids=ids, on=today())
    may_ask = benefits_open(fund_id=actor.fund_id, cards=found, on=today(),
                            paid_until={i: standing.paid_until for i, standing in paid.items()})
    return [Line(card=card, status=stand[card.id].status, status_word=STATUSES[stand[card.id].status],
                 standing=paid[card.id], benefits=len(may_ask[card.id])) for card in found]
