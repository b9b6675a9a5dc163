"""Member cards: the size of a bank card, eight on a sheet of A4, to be cut. Their code tells a stranger nothing."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.codes import picture
from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class CardPaper:
    """One member's card. `code` is what a phone reads from it; it must hold nothing of the person."""

    member_name: str
    member_no: str
    village: str
    code: str


def cards_pdf(
    *, fund: FundHeading, cards: Sequence[CardPaper], as_of: date, language: Language = "th"
) -> bytes:
    """The cards in the order given, eight on a sheet with marks for cutting."""
    return Press("cards").printed(card_contents(fund=fund, cards=cards, as_of=as_of, language=language))


def card_contents(*, fund: FundHeading, cards: Sequence[CardPaper], as_of: date, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed, the code as a picture."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "dated": as_of.isoformat(), "as_of": say.day(as_of),
        "cards": [{"name": card.member_name, "member_no": say.digits(card.member_no),
                   "village": say.digits(card.village), "code": picture(code=card.code)} for card in cards]}
