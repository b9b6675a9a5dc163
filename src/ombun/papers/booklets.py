"""New lines for the booklet that a member has had for years: nothing but the lines, where the booklet has room."""
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from ombun.funds.rules import Layout
from ombun.papers.heading import FundHeading
from ombun.papers.passbooks import PassbookLine
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class BookletPaper:
    """The new lines of one booklet, oldest first, and the line of the page (from 1) on which the first one goes."""

    lines: Sequence[PassbookLine]
    first_line: int = 1


def booklet_pdf(*, fund: FundHeading, booklet: BookletPaper, layout: Layout, language: Language = "th") -> bytes:
    """The lines on pages of the booklet's size; whatever does not fit goes on at the first line of the next page."""
    return Press("booklet").printed(booklet_contents(fund=fund, booklet=booklet, layout=layout, language=language))


def booklet_contents(*, fund: FundHeading, booklet: BookletPaper, layout: Layout, language: Language) -> Contents:
    """What the template is told: pages of lines, each with its place on the page from 0."""
    say = Wording(language=language)
    placed = [(booklet.first_line - 1 + order, line) for order, line in enumerate(booklet.lines)]
    pages = sorted({place // layout.lines_a_page for place, _ in placed}) or [0]
    return {
        "language": language, "fund": fund.contents(say), "layout": asdict(layout),
        "dated": max((line.day for line in booklet.lines), default=date(2000, 1, 1)).isoformat(),
        "pages": [[{
            "place": place % layout.lines_a_page,
            "day": say.month_short(line.day) if line.is_whole_month else say.day_short(line.day),
            "words": say.digits(line.text), "paper_no": say.digits(line.paper_no),
            "paid": say.amount_or_blank(line.paid_satang), "received": say.amount_or_blank(line.received_satang)}
            for place, line in placed if place // layout.lines_a_page == number] for number in pages]}
