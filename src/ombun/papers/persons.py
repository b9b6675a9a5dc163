"""Everything that the fund knows of one person, on paper for them to read and keep."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class Section:
    """What is known under one heading: lines of a day or a name, and what there is to say."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PersonPaper:
    """Whose paper it is, and what is known, section by section."""

    full_name: str
    member_no: str
    sections: Sequence[Section]


def person_pdf(*, fund: FundHeading, person: PersonPaper, printed_on: date, language: Language = "th") -> bytes:
    """The paper on A4 sheets."""
    return Press("person").printed(person_contents(
        fund=fund, person=person, printed_on=printed_on, language=language))


def person_contents(*, fund: FundHeading, person: PersonPaper, printed_on: date, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "dated": printed_on.isoformat(),
        "printed_on": say.day(printed_on), "full_name": person.full_name, "member_no": say.digits(person.member_no),
        "sections": [{"title": section.title, "lines": [
            {"lead": say.digits(lead), "text": say.digits(text)} for lead, text in section.lines]}
            for section in person.sections]}
