"""A gift as its papers show it."""
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.givers.queries import GiftCard
from ombun.papers.gifts import GiftPaper
from ombun.papers.naming import GIFTS


def gift_paper(*, fund_id: int, card: GiftCard) -> GiftPaper:
    """The gift with the name of whoever was the chair on its day, who signs the letter."""
    given = card.as_given
    chair = next((one.name for one in funds.office_holders(fund_id=fund_id, on=given.given_on)
                  if one.office == Office.CHAIR), "")
    return GiftPaper(
        number=card.number, given_on=given.given_on, giver_name=given.giver_name, what=str(GIFTS[given.kind]),
        amount_satang=given.amount_satang, things=given.things, receiver_name=card.receiver, chair_name=chair,
        is_cancelled=card.cancelled_on is not None)
