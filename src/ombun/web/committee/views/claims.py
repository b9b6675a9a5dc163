"""The claims of the fund: who waits for whom, the newest, and the search."""
from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, reading
from ombun.claims import queries
from ombun.claims.rules import RECORDERS
from ombun.claims.states import ClaimState
from ombun.primitives.actors import Actor, Role
from ombun.primitives.thai import arabic_digits, tidy
from ombun.web.committee.words import STATES
from ombun.web.page import leaf_asked, page, today

FILING = (Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.REGISTRAR, Role.COLLECTOR)
LOOKING = (*FILING, Role.AUDITOR)
WAITING = (ClaimState.FILED, ClaimState.CERTIFIED, ClaimState.APPROVED)
NEWEST = 40
LATE_DAYS = 7  # so long one waits before the list says so in red
LEAVES_MAX = 100_000


@desk(*LOOKING)
def claims(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for the centre, the chair and the treasurer; then the newest claims, or those that were searched.

    `?page=` leafs through all of them.
    """
    text, leaf = arabic_digits(tidy(request.GET.get("q", ""))), leaf_asked(request, most=LEAVES_MAX)
    centre_id = actor.centre_id if actor.role == Role.COLLECTOR else None
    with reading(actor):
        waiting = queries.claims(fund_id=actor.fund_id, centre_id=centre_id)
        newest = queries.newest_claims(fund_id=actor.fund_id, centre_id=centre_id, text=text, page=leaf or 1)
        helped = queries.helped_and_open(fund_id=actor.fund_id) if centre_id is None else ()
        owed = queries.open_recoveries(fund_id=actor.fund_id) if centre_id is None else ()
    shown = newest if text or leaf else newest[:NEWEST]
    return page(request, actor, "committee/claims.html", {
        "waiting": [(STATES[state][0], [line for line in waiting if line.state == state]) for state in WAITING],
        "late_days": LATE_DAYS, "waits_at_all": bool(waiting), "owed": owed,
        "helped": [(line, one, (today() - one.helped_on).days) for line, one in helped], "newest": shown,
        "typed": {"q": request.GET.get("q", "")}, "searched": text,
        "may_file": actor.role in FILING, "may_record": actor.role in RECORDERS, "newer": (leaf or 1) - 1,
        "older": (leaf or 1) + 1 if len(shown) == queries.PAGE_SIZE_MAX else 1 if len(shown) < len(newest) else 0})
