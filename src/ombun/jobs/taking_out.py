"""Taking a whole fund away from the command line, and bringing it back."""
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext

from ombun.exports import operations
from ombun.exports.operations import Form
from ombun.jobs import operating
from ombun.jobs.machine.paths import for_owner_only
from ombun.jobs.operating import CommandRefused
from ombun.primitives.refusals import Refusal


def taken_out(*, code: str, out: str) -> str:
    """Write everything that a fund has into a file that is not there yet; gives what to print. Raises Refused."""
    path, actor = Path(out), operating.operator_of(code=code)
    found = []
    if path.suffix.lower().lstrip(".") not in set(Form):
        found.append(Refusal(code="jobs.no_such_form", about="out", facts={"file": out}))
    if path.exists():
        found.append(Refusal(code="jobs.file_is_there", about="out", facts={"file": out}))
    if not path.absolute().parent.is_dir():
        found.append(Refusal(code="jobs.no_such_folder", about="out", facts={"folder": str(path.absolute().parent)}))
    if found:
        raise CommandRefused(*found)
    half = path.with_name(f"{path.name}.part")
    try:
        with open(half, "wb", opener=for_owner_only) as file:
            written = operations.take_out(actor=actor, form=Form(path.suffix.lower().lstrip(".")), into=file,
                                          taken_at=timezone.now())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return gettext("เอาข้อมูลออกแล้ว %(sheets)s แผ่น %(rows)s แถว: %(file)s") % {
        "sheets": written.sheets, "rows": f"{written.rows:,}", "file": out}


def brought_in(*, file: str, code: str) -> str:
    """Make the same fund again of a file in which it was taken away; gives what to print. Raises Refused."""
    path = Path(file)
    if not path.is_file():
        raise CommandRefused(Refusal(code="jobs.no_such_file", about="file", facts={"file": file}))
    with path.open("rb") as content:
        brought = operations.bring_in(file=content, name=path.name, code=code, brought_at=timezone.now())
    return "\n".join((
        gettext("ตั้งกองทุน %(code)s เหมือนเดิมแล้ว %(rows)s แถว") % {"code": code, "rows": f"{brought.rows:,}"},
        gettext("ชื่อผู้ใช้มาด้วยแต่ไม่มีรหัสผ่าน ตั้งให้ทีละคน: ./ombun user list แล้ว ./ombun user reset ชื่อ")))
