"""The doubts a row of a workbook can raise, and how grave each is. Source: README of the sample workbooks."""
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ombun.imports.rules.cells import Cell, text_of
from ombun.imports.rules.headings import Field
from ombun.imports.rules.register_row import Reason, Severity, Verdict
from ombun.imports.rules.register_sheet import SheetRow
from ombun.members.rules.membership import TEXT_MAX

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(("bad_check_digit", "truncated_id", "missing_name", "duplicate_person"), Severity.REFUSE)
    | dict.fromkeys((
        "missing_id", "missing_join_date", "duplicate_id", "duplicate_member_no", "ambiguous_year", "two_digit_year",
        "birth_after_join", "joined_before_founding", "future_date", "impossible_date", "unknown_village",
        "village_conflict", "member_no_as_date", "status_undated", "text_too_long", "unclear_life"), Severity.QUESTION)
    | dict.fromkeys(("missing_birth", "be_year_in_date_cell", "house_no_as_date", "unclear_kind"), Severity.NOTE))
BOOK_SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(("duplicate_row", "duplicate_payment"), Severity.REFUSE)
    | dict.fromkeys((
        "unclear_cell", "odd_amount", "unknown_member", "ambiguous_name", "paid_after_leaving", "wrong_total",
        "missing_amount", "benefit_after_death", "benefit_before_join", "unclear_kind", "impossible_date",
        "village_conflict", "unknown_year", "opening_mismatch", "books_mismatch"), Severity.QUESTION)
    | dict.fromkeys(("name_variant", "be_year_in_date_cell", "in_own_books"), Severity.NOTE))
_GRAVEST_FIRST = (Severity.REFUSE, Severity.QUESTION, Severity.NOTE)


def reason(*, code: str, row: SheetRow, field: Field | None = None, **facts: object) -> Reason:
    """A doubt about a row, or about one of its cells: with the cell's name (E23), its heading and what is written."""
    column = row.columns.get(field) if field else None
    written = text_of(cell=row.cells.get(field))[:TEXT_MAX] if field else ""
    place = {"cell": f"{_letters(column)}{row.row}" if column else str(row.row), "field": field.value if field else "",
             "heading": row.headings.get(field, "") if field else "", "written": written}
    return Reason(code=code, severity=SEVERITIES[code], column=column, written=written, facts=place | facts)


def book_reason(
    *, code: str, row: int, column: int | None = None, heading: str = "", written: Cell = None, **facts: object
) -> Reason:
    """A doubt about a row of the other books, or about its cell in a column (from 1)."""
    text = text_of(cell=written)
    place = {"cell": f"{_letters(column)}{row}" if column else str(row), "heading": heading, "written": text}
    return Reason(code=code, severity=BOOK_SEVERITIES[code], column=column, written=text, facts=place | facts)


def gravest_first(*, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons in the order a person should read them."""
    return tuple(sorted(reasons, key=lambda found: _GRAVEST_FIRST.index(found.severity)))


def word_of(*, reasons: Iterable[Reason], is_known: bool, has_changes: bool, is_counted: bool) -> Verdict:
    """The verdict on a row: the gravest doubt, unless the row is known and would change nothing."""
    severities = {found.severity for found in reasons}
    if is_known and not has_changes and is_counted:
        return Verdict.UNCHANGED
    if Severity.REFUSE in severities:
        return Verdict.REFUSED
    if Severity.QUESTION in severities:
        return Verdict.QUESTIONED
    return Verdict.UPDATED if is_known else Verdict.CREATED


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
