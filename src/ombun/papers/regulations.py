"""The whole regulations on paper: chapter by chapter, clause by clause, as they were voted or are drafted."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class RegulationClause:
    """A clause as it stands on paper."""

    clause_no: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RegulationChapter:
    """A chapter with its clauses, by what it is called."""

    title: str
    clauses: Sequence[RegulationClause]


@dataclass(frozen=True, kw_only=True)
class RegulationPaper:
    """A version with its vote, or a draft without one (`voted_on` is None), as printed on a day."""

    title: str
    chapters: Sequence[RegulationChapter]
    printed_on: date
    number: int = 0
    meeting: str = ""
    resolution: str = ""
    voted_on: date | None = None
    in_force_from: date | None = None


def regulation_pdf(*, fund: FundHeading, regulation: RegulationPaper, language: Language = "th") -> bytes:
    """The regulations on A4, with a place for the chair and the secretary to sign; a draft says on every sheet that it
    is one."""
    return Press("regulation").printed(regulation_contents(fund=fund, regulation=regulation, language=language))


def regulation_contents(*, fund: FundHeading, regulation: RegulationPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, r = Wording(language=language), regulation
    thai = Wording(language="th")  # the words that were voted are Thai, and so are their figures
    return {
        "language": language, "fund": fund.contents(say), "dated": r.printed_on.isoformat(),
        "on": say.day(r.printed_on), "title": thai.digits(r.title), "is_voted": r.voted_on is not None,
        "number": say.digits(r.number), "meeting": say.digits(r.meeting), "resolution": say.digits(r.resolution),
        "voted_on": say.day(r.voted_on) if r.voted_on else "",
        "from_on": say.day(r.in_force_from) if r.in_force_from else "",
        "chapters": [{
            "number": say.digits(number), "title": chapter.title, "clauses": [{
                "no": thai.digits(one.clause_no), "title": one.title, "text": thai.digits(one.text)}
                for one in chapter.clauses]} for number, chapter in enumerate(r.chapters, start=1)]}
