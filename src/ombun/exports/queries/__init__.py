"""Everything a fund has, sheet by sheet."""
from collections.abc import Iterator
from datetime import date

from ombun.exports.queries.notes import note_tables
from ombun.exports.queries.sheets import sheets_to_import
from ombun.exports.queries.whole import whole_fund
from ombun.exports.rules.tables import Table


def tables(*, fund_id: int, on: date) -> Iterator[Table]:
    """Every sheet of a fund as of a day, one after another: those that can be imported, those to be read, and the one
    of which another Ombun makes the same fund."""
    yield from sheets_to_import(fund_id=fund_id, on=on)
    yield from note_tables(fund_id=fund_id)
    yield whole_fund(fund_id=fund_id)
