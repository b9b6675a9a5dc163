"""The books on paper for checking together: any book or statement is one table with a few columns of money."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording

WIDE = 3  # with so many columns of money the sheet lies on its side


class Weight(StrEnum):
    """How a line stands in the table."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One line: an account number or a day in front, words, and an amount (or None) for every column.

    `opens`: the accounts (codes with commas between), the member ("member:12") or the entry (an id) that a page
    opens from this line; None where there is nothing.
    """

    text: str
    amounts: Sequence[int | None] = ()
    lead: str | date = ""
    weight: Weight = Weight.PLAIN
    opens: str | int | None = None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A book or a statement as of `last_on`, or of the days from `from_on` to `last_on`, both included.

    Every word is in the language of whoever reads it; amounts are in satang, in columns and never with a sign.
    """

    title: str
    first_column: str
    columns: Sequence[str]
    lines: Sequence[StatementLine]
    last_on: date
    from_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Signers:
    """Whose names stand under the places to sign; "" leaves the place open."""

    treasurer: str = ""
    auditor: str = ""
    chair: str = ""


def statement_pdf(
    *, fund: FundHeading, statement: Statement, signers: Signers | None = None, language: Language = "th"
) -> bytes:
    """The statement on A4 sheets, with places for treasurer, auditor and chair to sign."""
    return Press("statement").printed(statement_contents(
        fund=fund, statement=statement, signers=signers or Signers(), language=language))


def statement_contents(*, fund: FundHeading, statement: Statement, signers: Signers, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, s = Wording(language=language), statement
    return {
        "language": language, "fund": fund.contents(say), "dated": s.last_on.isoformat(), "title": say.digits(s.title),
        "first_column": s.first_column, "columns": [say.digits(column) for column in s.columns],
        "is_wide": len(s.columns) >= WIDE, "note": say.digits(s.note),
        "from_on": say.day(s.from_on) if s.from_on else "", "last_on": say.day(s.last_on),
        "lines": [{
            "lead": say.day_short(line.lead) if isinstance(line.lead, date) else say.digits(line.lead),
            "text": say.digits(line.text), "weight": line.weight,
            "amounts": [say.amount_or_blank(amount) for amount in _to_columns(line.amounts, len(s.columns))],
        } for line in s.lines],
        "treasurer": signers.treasurer, "auditor": signers.auditor, "chair": signers.chair,
    }


def _to_columns(amounts: Sequence[int | None], count: int) -> Sequence[int | None]:
    return (*amounts, *[None] * count)[:count]
