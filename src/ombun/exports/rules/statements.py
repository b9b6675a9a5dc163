"""A book or a statement as one sheet: the same lines and columns as on the page."""
import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

from ombun.exports.rules.tables import Column, Table, Value, in_baht, typed_day
from ombun.exports.rules.texts import guarded
from ombun.exports.rules.workbook import write_workbook
from ombun.papers.statements import Statement, StatementLine

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_NAME_MAX = 31  # letters that Excel gives the name of a sheet


def statement_table(*, fund_name: str, statement: Statement) -> Table:
    """The sheet of a statement; above it whose it is and of which days."""
    days = " – ".join(str(typed_day(day=day)) for day in (statement.from_on, statement.last_on) if day)
    return Table(
        name=_NOT_IN_A_NAME.sub(" ", statement.title)[:_NAME_MAX].strip(), rows=_rows(statement),
        columns=(Column(heading=statement.first_column, width=12), Column(heading=statement.title, width=60),
                 *(Column(heading=column, width=18, is_money=True) for column in statement.columns)),
        to_read=f"{fund_name} · {statement.title} · {days}")


def _rows(statement: Statement) -> Iterator[Sequence[Value]]:
    return (_cells(line, len(statement.columns)) for line in statement.lines)


def _cells(line: StatementLine, columns: int) -> list[Value]:
    lead = typed_day(day=line.lead) if isinstance(line.lead, date) else line.lead
    amounts = (*line.amounts, *[None] * columns)[:columns]
    return [lead, line.text, *(in_baht(satang=amount or None) for amount in amounts)]


def statement_workbook(*, fund_name: str, statement: Statement, into: IO[bytes]) -> None:
    """Write the statement as an Excel workbook of one sheet."""
    write_workbook(tables=[statement_table(fund_name=fund_name, statement=statement)], into=into)


def statement_csv(*, statement: Statement) -> bytes:
    """The statement as CSV: UTF-8 that spreadsheets recognise, no text that they take for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([statement.first_column, statement.title, *statement.columns])
    writer.writerows([guarded(cell=cell) for cell in row] for row in _rows(statement))
    return text.getvalue().encode("utf-8-sig")
