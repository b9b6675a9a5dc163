"""What the register still lacks about families: children nobody acts for, beneficiaries nobody has told."""
from collections import Counter

from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.members import queries
from ombun.members.rules.people import age_on
from ombun.primitives.actors import Actor, Role
from ombun.web.page import page, today

SHOWN_MAX = 60


@desk(Role.REGISTRAR, Role.TREASURER)
def gaps(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Children without a guardian, by village, and how many beneficiaries of each village have to be told."""
    with reading(actor):
        children = queries.children_without_guardian(fund_id=actor.fund_id, on=today())
        waiting = Counter(one.moo for one in queries.untold_beneficiaries(fund_id=actor.fund_id))
        centres = funds.centres(fund_id=actor.fund_id)
    return page(request, actor, "registrar/gaps.html", {
        "children": [(card, age_on(born_on=card.born_on, precision=card.birth_precision, day=today()))
                     for card in children[:SHOWN_MAX]], "count": len(children),
        "villages": [(centre, waiting[centre.moo]) for centre in centres if waiting[centre.moo]],
        "elsewhere": waiting[None]})
