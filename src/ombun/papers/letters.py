"""The letter that goes with a benefit: condolence, joy, or good wishes, in words that one keeps."""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


class LetterKind(StrEnum):
    """What happened in the family."""

    DEATH = "death"
    BIRTH = "birth"
    ILLNESS = "illness"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class LetterPaper:
    """One letter: to whom, about which member, with what sum; signed by the chair."""

    kind: LetterKind
    on: date
    to: str
    member_name: str
    benefit: str
    amount_satang: int
    chair: str = ""


def letter_pdf(*, fund: FundHeading, letter: LetterPaper, language: Language = "th") -> bytes:
    """The letter on A5, to be handed over with the money."""
    return Press("letter").printed(letter_contents(fund=fund, letter=letter, language=language))


def letter_contents(*, fund: FundHeading, letter: LetterPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, one = Wording(language=language), letter
    return {
        "language": language, "fund": fund.contents(say), "dated": one.on.isoformat(), "day": say.day(one.on),
        "kind": one.kind, "to": one.to, "member": one.member_name, "benefit": say.digits(one.benefit),
        "amount": say.amount(one.amount_satang), "amount_in_words": say.amount_in_words(one.amount_satang),
        "chair": one.chair}
