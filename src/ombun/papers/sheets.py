"""The collection sheet for a village without a phone: a line a member, boxes to write in, and room to sign."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording
from ombun.primitives.money import NOTES_SATANG, baht


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A member, what is due in satang, and the last day that is paid for where it is known."""

    member_no: str
    member_name: str
    due_satang: int
    paid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SheetPaper:
    """The sheet of one village as of a day. The receipt book and its next number stand above where there is one."""

    village: str
    as_of: date
    rows: Sequence[SheetRow]
    collector_name: str = ""
    book_no: int | None = None
    next_number: int | None = None


def collection_sheet_pdf(*, fund: FundHeading, sheet: SheetPaper, language: Language = "th") -> bytes:
    """The sheet on A4, to be filled in by pen on the day of collection."""
    return Press("sheet").printed(sheet_contents(fund=fund, sheet=sheet, language=language))


def sheet_contents(*, fund: FundHeading, sheet: SheetPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, s = Wording(language=language), sheet
    has_book = s.book_no is not None and s.next_number is not None
    return {
        "language": language, "fund": fund.contents(say), "dated": s.as_of.isoformat(), "as_of": say.day(s.as_of),
        "village": say.digits(s.village), "collector": s.collector_name, "members": say.digits(len(s.rows)),
        "book_no": say.digits(s.book_no) if has_book else "",
        "number": say.digits(f"{s.next_number:04}") if has_book else "",
        "rows": [{"order": say.digits(order), "member_no": say.digits(row.member_no), "name": row.member_name,
                  "due": say.amount_or_blank(row.due_satang), "paid_until": say.day_short(row.paid_until)}
                 for order, row in enumerate(s.rows, start=1)],
        "notes": [say.digits(baht(note).removesuffix(".00")) for note in NOTES_SATANG],
        "due": say.amount(sum(row.due_satang for row in s.rows)),
    }
