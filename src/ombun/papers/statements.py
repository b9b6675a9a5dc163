"""The books on paper for checking together: trial balance, income and expenditure, where the money is, day book."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


class StatementKind(StrEnum):
    """What is shown."""

    TRIAL_BALANCE = "trial_balance"
    INCOME = "income"
    CASH = "cash"
    DAY_BOOK = "day_book"


COLUMNS: dict[StatementKind, tuple[str, ...]] = {
    StatementKind.TRIAL_BALANCE: ("debit", "credit"), StatementKind.INCOME: ("amount",),
    StatementKind.CASH: ("amount",), StatementKind.DAY_BOOK: ("debit", "credit")}
FIRST_COLUMN: dict[StatementKind, str] = {
    StatementKind.TRIAL_BALANCE: "account_no", StatementKind.INCOME: "account_no", StatementKind.CASH: "account_no",
    StatementKind.DAY_BOOK: "date"}


class Weight(StrEnum):
    """How a line stands in the table."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One line: an account number or a day in front, words, and an amount (or None) for every column of the kind."""

    text: str
    amounts: Sequence[int | None] = ()
    lead: str | date = ""
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, kw_only=True)
class StatementPaper:
    """A statement as of `last_on`, or of the days from `from_on` to `last_on`, both included; and who signs."""

    kind: StatementKind
    last_on: date
    lines: Sequence[StatementLine]
    from_on: date | None = None
    treasurer: str = ""
    auditor: str = ""
    chair: str = ""


def statement_pdf(*, fund: FundHeading, statement: StatementPaper, language: Language = "th") -> bytes:
    """The statement on A4 sheets, with places for treasurer, auditor and chair to sign."""
    return Press("statement").printed(statement_contents(fund=fund, statement=statement, language=language))


def statement_contents(*, fund: FundHeading, statement: StatementPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, s = Wording(language=language), statement
    columns = COLUMNS[s.kind]
    return {
        "language": language, "fund": fund.contents(say), "dated": s.last_on.isoformat(), "kind": s.kind,
        "first_column": FIRST_COLUMN[s.kind], "columns": columns,
        "from_on": say.day(s.from_on) if s.from_on else "", "last_on": say.day(s.last_on),
        "lines": [{
            "lead": say.day_short(line.lead) if isinstance(line.lead, date) else say.digits(line.lead),
            "text": say.digits(line.text), "weight": line.weight,
            "amounts": [say.amount_or_blank(amount) for amount in _to_columns(line.amounts, len(columns))],
        } for line in s.lines],
        "treasurer": s.treasurer, "auditor": s.auditor, "chair": s.chair,
    }


def _to_columns(amounts: Sequence[int | None], count: int) -> Sequence[int | None]:
    return (*amounts, *[None] * count)[:count]
