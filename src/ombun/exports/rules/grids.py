"""What members paid, a sheet for each fiscal year: a member a row, a month a column, as the importer reads grids."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.exports.rules.register import with_hyphens
from ombun.exports.rules.tables import Column, Table, Value, in_baht
from ombun.imports.rules.headings import WRITTEN, Field
from ombun.primitives.days import BE_MINUS_CE, MONTHS_SHORT, add_months, year_be

_WHOSE = (Field.SEQUENCE, Field.MEMBER_NO, Field.NATIONAL_ID, Field.NAME, Field.MOO)
_WIDTHS = {Field.SEQUENCE: 7, Field.NAME: 30, Field.NATIONAL_ID: 21, Field.MOO: 6}
_OF_THE_FULL_NAME = "ชื่อ - สกุล"
TOTAL = "รวม"


@dataclass(frozen=True, kw_only=True)
class Payer:
    """Whose row it is. The ID stands only where there is no number to know a member by."""

    member_no: str
    full_name: str
    national_id: str | None = None
    moo: int | None = None


def months_of_year(*, fiscal_year_be: int) -> list[date]:
    """The first days of the months of a fiscal year, October to September."""
    first = date(fiscal_year_be - BE_MINUS_CE - 1, 10, 1)
    return [add_months(first, n) for n in range(12)]


def month_headings(*, fiscal_year_be: int) -> list[str]:
    """The months of a fiscal year as headings whose year is certain: ต.ค. 2567."""
    return [f"{MONTHS_SHORT[month.month - 1]} {year_be(month)}" for month in months_of_year(
        fiscal_year_be=fiscal_year_be)]


def grid_table(*, fiscal_year_be: int, rows: Iterable[tuple[Payer, Mapping[date, int]]]) -> Table:
    """The sheet of one fiscal year. `rows`: who, and month → satang."""
    columns = [Column(heading=_OF_THE_FULL_NAME if field is Field.NAME else WRITTEN[field],
                      width=_WIDTHS.get(field, 12)) for field in _WHOSE]
    money = [Column(heading=heading, is_money=True) for heading in [*month_headings(
        fiscal_year_be=fiscal_year_be), TOTAL]]
    return Table(name=f"ส่งเงิน {fiscal_year_be}", columns=[*columns, *money], frozen_columns=len(columns),
                 rows=_rows(months_of_year(fiscal_year_be=fiscal_year_be), rows))


def _rows(months: Sequence[date], rows: Iterable[tuple[Payer, Mapping[date, int]]]) -> Iterator[Sequence[Value]]:
    for order, (payer, paid) in enumerate(rows, start=1):
        yield (order, payer.member_no, with_hyphens(number=payer.national_id), payer.full_name,
               str(payer.moo) if payer.moo is not None else None,
               *(in_baht(satang=paid.get(month)) for month in months), in_baht(satang=sum(paid.values())))
