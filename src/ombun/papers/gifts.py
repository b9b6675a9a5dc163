"""Papers for somebody who gave: a receipt, and a letter of thanks with the same number."""
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class GiftPaper:
    """A gift as its papers show it; `giver_name` is empty where the giver wants to be named nowhere, `things` where it
    was money, `amount_satang` 0 where it was things."""

    number: int
    given_on: date
    giver_name: str
    what: str
    amount_satang: int
    things: str
    receiver_name: str
    chair_name: str = ""
    is_cancelled: bool = False


def gift_receipt_pdf(*, fund: FundHeading, gift: GiftPaper, language: Language = "th") -> bytes:
    """The receipt on a sheet of A5 lying on its long side."""
    return Press("gift").printed(gift_contents(fund=fund, gift=gift, is_letter=False, language=language))


def thanks_pdf(*, fund: FundHeading, gift: GiftPaper, language: Language = "th") -> bytes:
    """The letter of thanks on a sheet of A4, signed by the chair."""
    return Press("gift").printed(gift_contents(fund=fund, gift=gift, is_letter=True, language=language))


def gift_contents(*, fund: FundHeading, gift: GiftPaper, is_letter: bool, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "dated": gift.given_on.isoformat(), "is_letter": is_letter,
        "number": say.digits(f"{gift.number:04}"), "day": say.day(gift.given_on), "giver": gift.giver_name,
        "what": gift.what, "things": say.digits(gift.things), "receiver": gift.receiver_name, "chair": gift.chair_name,
        "amount": say.amount(gift.amount_satang) if gift.amount_satang else "",
        "in_words": say.amount_in_words(gift.amount_satang) if gift.amount_satang else "",
        "is_cancelled": gift.is_cancelled}
