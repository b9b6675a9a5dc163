"""Bank statements from the command line: a file comes in, and the lines that the books do not have yet are listed."""
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext

from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.statements import read_statement
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.ledger import operations, queries
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction


def statement_taken_in(*, code: str, path: str, account: str, columns: list[str]) -> Iterator[str]:
    """Take in a bank statement and tell what is open, a line each. `columns`: "moved_on=heading", where banks name them
    otherwise; they are remembered. The same file again changes nothing. Raises Refused."""
    actor, file = operating.operator_of(code=code), Path(path)
    if not file.is_file():
        raise CommandRefused(Refusal(code="jobs.no_such_file", about=path, facts={"file": path}))
    content, told = file.read_bytes(), dict(one.partition("=")[::2] for one in columns)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        known = queries.last_columns(fund_id=actor.fund_id, account_code=account)
    read = read_statement(sheets=read_workbook(file=file.name, content=content), told=told or known,
                          today=timezone.localdate())
    if read.refusals:
        raise CommandRefused(*read.refusals)
    done = operations.take_in_statement(
        actor=actor, statement_id=uuid4(), account_code=account, digest=sha256(content).hexdigest(),
        columns=read.columns, lines=read.lines, recorded_at=timezone.now())
    yield gettext("ใหม่ %(new)s บรรทัด เคยเข้าแล้ว %(known)s บรรทัด ยังไม่ได้ลงบัญชี:") % vars(done)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        for line in queries.open_lines(fund_id=actor.fund_id):
            yield f"{baht(line.open_satang):>18}  {day_in_words(line.moved_on, short=True)}  {line.words}".rstrip()
