"""Bringing workbooks in from the command line: a dry run that only tells, or the whole way."""
import json
from pathlib import Path
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext

from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.members import operations, queries
from ombun.primitives.actors import Role
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import fund_transaction


def import_workbooks(*, code: str, paths: list[str], is_dry_run: bool, as_json: bool) -> str:
    """Preview workbooks and, unless it is a dry run, commit them. Gives what to print: every row's verdict, or totals.

    Raises Refused: no such fund, no such file, and everything workbooks can be refused for.
    """
    actor = operating.operator_of(code=code, role=Role.REGISTRAR)
    if missing := [path for path in paths if not Path(path).is_file()]:
        raise CommandRefused(*(Refusal(code="jobs.no_such_file", about=path, facts={"file": path}) for path in missing))
    files = [(Path(path).name, Path(path).read_bytes()) for path in paths]
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        preview = queries.judged(fund_id=actor.fund_id, files=files, books_end_on=timezone.localdate())
    if not is_dry_run:
        batch_id, moment = uuid4(), timezone.now()
        operations.preview_import(
            actor=actor, batch_id=batch_id, files=files, books_end_on=timezone.localdate(), previewed_at=moment)
        operations.commit_import(actor=actor, batch_id=batch_id, committed_at=moment)
    if as_json:
        rows = [{"file": row.file, "sheet": row.sheet, "row": row.row, "verdict": row.verdict.value,
                 "reasons": [reason.code for reason in row.reasons],
                 "member": row.values.member_no if row.values else None} for row in preview.rows]
        return json.dumps({"rows": rows, "totals": dict(preview.totals)}, ensure_ascii=False)
    done = gettext("ลองอ่านเท่านั้น ยังไม่ได้บันทึก") if is_dry_run else gettext("บันทึกเข้าทะเบียนแล้ว")
    return "\n".join([*(f"{name:>12} {number:>8,}" for name, number in preview.totals.items()), done])
