"""A member's passbook: everything they gave and everything they received, day by day."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class PassbookLine:
    """One line of the passbook: what was paid (a receipt) or what was received (a voucher); the other is None."""

    day: date
    text: str
    paper_no: str
    paid_satang: int | None = None
    received_satang: int | None = None


@dataclass(frozen=True, kw_only=True)
class PassbookPaper:
    """Whose passbook it is and its lines, oldest first. `paid_until` is the last day covered, where it is known."""

    member_name: str
    member_no: str
    village: str
    as_of: date
    lines: Sequence[PassbookLine]
    joined_on: date | None = None
    paid_until: date | None = None


def passbook_pdf(*, fund: FundHeading, passbook: PassbookPaper, language: Language = "th") -> bytes:
    """The passbook on A5 sheets, with the totals of both columns at its end."""
    return Press("passbook").printed(passbook_contents(fund=fund, passbook=passbook, language=language))


def passbook_contents(*, fund: FundHeading, passbook: PassbookPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, p = Wording(language=language), passbook
    return {
        "language": language, "fund": fund.contents(say), "dated": p.as_of.isoformat(), "as_of": say.day(p.as_of),
        "member": p.member_name, "member_no": say.digits(p.member_no), "village": say.digits(p.village),
        "joined_on": say.day(p.joined_on) if p.joined_on else "",
        "paid_until": say.day(p.paid_until) if p.paid_until else "",
        "lines": [{"day": say.day_short(line.day), "text": say.digits(line.text), "paper_no": say.digits(line.paper_no),
                   "paid": say.amount_or_blank(line.paid_satang),
                   "received": say.amount_or_blank(line.received_satang)} for line in p.lines],
        "paid": say.amount(sum(line.paid_satang or 0 for line in p.lines)),
        "received": say.amount(sum(line.received_satang or 0 for line in p.lines)),
    }
