"""Bringing workbooks in from the command line: a dry run that only tells, or the whole way."""
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.imports import operations, queries
from ombun.imports.rules.register_row import Reason, Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.primitives.actors import Role
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import sentence
from ombun.primitives.transactions import fund_transaction

COUNTED: dict[str, str | Promise] = {
    "rows": _("ทุกแถว"), Verdict.CREATED: _("รับเข้าใหม่"), Verdict.UPDATED: _("แก้ข้อมูลเดิม"),
    Verdict.UNCHANGED: _("เหมือนเดิม"), Verdict.QUESTIONED: _("ต้องถามเพิ่ม"), Verdict.REFUSED: _("มีช่องที่รับไม่ได้"),
    Verdict.NOT_DATA: _("ไม่ใช่แถวรายชื่อ")}


def import_workbooks(*, code: str, paths: list[str], is_dry_run: bool, as_json: bool) -> str:
    """Preview workbooks and, unless it is a dry run, commit them. Gives what to print.

    For programs every row's verdict; for people the rows that somebody has to look at, then how many there are of each
    kind. Raises Refused: no such fund, no such file, and everything workbooks can be refused for.
    """
    actor = operating.operator_of(code=code, role=Role.REGISTRAR)
    if missing := [path for path in paths if not Path(path).is_file()]:
        raise CommandRefused(*(Refusal(code="jobs.no_such_file", about=path, facts={"file": path}) for path in missing))
    if not paths:
        raise CommandRefused(Refusal(code="jobs.no_such_file", about="files", facts={"file": "–"}))
    files = [(Path(path).name, Path(path).read_bytes()) for path in paths]
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        preview = queries.judged(fund_id=actor.fund_id, files=files, books_end_on=timezone.localdate())
    if preview.refusals:
        raise CommandRefused(*preview.refusals)
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
    return "\n".join([*in_words(preview), done])


def undo_last_import(*, code: str) -> str:
    """Take out again what was imported last and still stands. Gives what to print. Raises Refused: nothing was
    imported, and everything an undo can be refused for."""
    actor = operating.operator_of(code=code, role=Role.REGISTRAR)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        standing = [one for one in queries.imports(fund_id=actor.fund_id) if one.state == "COMMITTED"]
    if not standing:
        raise CommandRefused(Refusal(code="jobs.nothing_imported", about=code))
    last = max(standing, key=lambda one: one.committed_at or one.previewed_at)
    done = operations.undo_import(actor=actor, batch_id=last.id, undone_at=timezone.now())
    return gettext("ถอนแล้ว: %(files)s คนที่ถูกถอน %(people)s คน คืนค่าเดิม %(given_back)s คน") % {
        "files": ", ".join(last.file_names), "people": f"{done.withdrawn:,}", "given_back": f"{done.given_back:,}"}


def in_words(preview: Preview) -> Iterator[str]:
    """Every row that somebody has to look at, with its place and the reasons; then how many rows of each kind."""
    for row in preview.rows:
        if row.verdict in (Verdict.QUESTIONED, Verdict.REFUSED):
            place = gettext("%(file)s แผ่นงาน %(sheet)s แถว %(row)s") % {
                "file": row.file, "sheet": row.sheet, "row": row.row}
            yield f"{place}: {COUNTED[row.verdict]}"
            yield from (f"    {_said(reason)}" for reason in row.reasons)
    yield from (f"{number:>8,}  {COUNTED[name]}" for name, number in preview.totals.items())


def _said(reason: Reason) -> str:
    """The cell and what is written there, where the doubt is about one, and what is the matter."""
    cell = f"{reason.facts['cell']} “{reason.written}”: " if reason.column else ""
    return cell + sentence(Refusal(code=f"imports.{reason.code}", about=str(reason.column), facts=reason.facts))
