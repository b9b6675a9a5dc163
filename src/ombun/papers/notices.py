"""The notice to somebody whom a member named as beneficiary: what the fund wrote down, what for, what they may ask."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class NoticePaper:
    """One notice: who is told, and which member of which village named them; what is empty was not written down."""

    name: str
    relation: str
    phone: str
    member_name: str
    village: str


def notices_pdf(
    *, fund: FundHeading, notices: Sequence[NoticePaper], printed_on: date, language: Language = "th"
) -> bytes:
    """The notices in the order given, one on a sheet of A5, with a slip for the signature. Source: PDPA s.25, s.23."""
    return Press("notice").printed(notice_contents(
        fund=fund, notices=notices, printed_on=printed_on, language=language))


def notice_contents(
    *, fund: FundHeading, notices: Sequence[NoticePaper], printed_on: date, language: Language
) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "dated": printed_on.isoformat(), "day": say.day(printed_on),
        "notices": [{"name": one.name, "relation": one.relation, "phone": say.digits(one.phone),
                     "member": one.member_name, "village": say.digits(one.village)} for one in notices]}
