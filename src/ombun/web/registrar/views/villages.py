"""The village centres with their people: who collects where, how many members and households there are."""
from django.http import HttpRequest, HttpResponse

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.funds.queries import HolderCard
from ombun.funds.rules import Office
from ombun.members import queries
from ombun.primitives.actors import Actor
from ombun.web.page import page, today
from ombun.web.registrar.views.members import READERS


@desk(*READERS)
def villages(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Each village centre: where people meet, who collects and who sits in it, with their telephones."""
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        holders = [one for one in funds.office_holders(fund_id=actor.fund_id, on=today()) if one.centre_id]
        members = queries.members_by_centre(fund_id=actor.fund_id, on=today())
        houses = queries.households_by_centre(fund_id=actor.fund_id)
        cards = queries.member_cards(fund_id=actor.fund_id, member_ids=[h.member_id for h in holders if h.member_id])
    phones = {one.id: cards[one.member_id].phone for one in holders if one.member_id in cards}

    def people(centre_id: object, office: Office) -> list[tuple[HolderCard, str]]:
        return [(one, phones.get(one.id, "")) for one in holders if (one.centre_id, one.office) == (centre_id, office)]

    return page(request, actor, "registrar/villages.html", {"villages": [
        {"centre": one, "members": members.get(one.id, 0), "households": houses.get(one.id, 0),
         "collectors": people(one.id, Office.COLLECTOR), "others": people(one.id, Office.CENTRE_MEMBER)}
        for one in centres]})
