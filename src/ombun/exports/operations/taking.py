"""Taking everything away again."""
from datetime import datetime
from enum import StrEnum
from typing import IO

from ombun.audit import operations as audit
from ombun.exports import queries
from ombun.exports.rules.tables import Written
from ombun.exports.rules.texts import write_texts
from ombun.exports.rules.workbook import write_workbook
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case

MAY_TAKE_OUT = frozenset({Role.TREASURER, Role.CHAIR})


class Form(StrEnum):
    """As what a fund can be taken away: one workbook, or a zip of CSV files. The ending of the file's name."""

    XLSX = "xlsx"
    ZIP = "zip"


class TakingRefused(Refused):
    """The fund's data cannot be taken away from this desk."""


@use_case
def take_out(*, actor: Actor, form: Form, into: IO[bytes], taken_at: datetime) -> Written:
    """Write everything that a fund has into a file, as of one moment, and write down who took it away.

    Nobody writes into the fund meanwhile. `into` is an open file. Raises TakingRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if actor.role not in MAY_TAKE_OUT:
        raise TakingRefused(Refusal(code="exports.may_not_take_out", about=actor.role))

    # After this point it must succeed.
    write = write_workbook if form is Form.XLSX else write_texts
    written = write(tables=queries.tables(fund_id=actor.fund_id, on=day_in_thailand(taken_at)), into=into)
    audit.record_event(actor=actor, action="exports.taken_out", subject=f"fund:{actor.fund_id}",
                       facts={"form": form, "sheets": written.sheets, "rows": written.rows}, happened_at=taken_at)
    return written
