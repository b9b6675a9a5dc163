"""Members' passbooks: everything they gave and everything they received, day by day."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class PassbookLine:
    """One line of the passbook: what was paid (a receipt) or what was received (a voucher); the other is None.

    Of what the old books tell only the month may be known: `day` is then its first day.
    """

    day: date
    text: str
    paper_no: str
    paid_satang: int | None = None
    received_satang: int | None = None
    is_whole_month: bool = False


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


def passbooks_pdf(*, fund: FundHeading, passbooks: Sequence[PassbookPaper], language: Language = "th") -> bytes:
    """The passbooks on A5 sheets, each with pages of its own and the totals of both columns at its end."""
    return Press("passbook").printed(passbook_contents(fund=fund, passbooks=passbooks, language=language))


def passbook_contents(*, fund: FundHeading, passbooks: Sequence[PassbookPaper], language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say),
        "dated": max((p.as_of for p in passbooks), default=date(2000, 1, 1)).isoformat(),
        "passbooks": [_contents(passbook, say) for passbook in passbooks]}


def _contents(passbook: PassbookPaper, say: Wording) -> Contents:
    p = passbook
    return {
        "as_of": say.day(p.as_of),
        "member": p.member_name, "member_no": say.digits(p.member_no), "village": say.digits(p.village),
        "joined_on": say.day(p.joined_on) if p.joined_on else "",
        "paid_until": say.day(p.paid_until) if p.paid_until else "",
        "lines": [{"day": say.month_short(line.day) if line.is_whole_month else say.day_short(line.day),
                   "text": say.digits(line.text), "paper_no": say.digits(line.paper_no),
                   "paid": say.amount_or_blank(line.paid_satang),
                   "received": say.amount_or_blank(line.received_satang)} for line in p.lines],
        "paid": say.amount(sum(line.paid_satang or 0 for line in p.lines)),
        "received": say.amount(sum(line.received_satang or 0 for line in p.lines)),
    }
