"""Everything a fund has, sheet by sheet."""
from collections.abc import Iterator
from datetime import date

from ombun.exports.queries.notes import note_tables
from ombun.exports.queries.sheets import sheets_to_import
from ombun.exports.rules.tables import Table


def tables(*, fund_id: int, on: date) -> Iterator[Table]:
    """Every sheet of a fund as of a day, one after another: those that can be imported, then those to be read."""
    yield from sheets_to_import(fund_id=fund_id, on=on)
    yield from note_tables(fund_id=fund_id)
