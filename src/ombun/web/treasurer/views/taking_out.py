"""Everything the fund has as one file that leaves the program: for reading, and for another program."""
from collections.abc import Sequence
from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext

from ombun.access.door import desk
from ombun.exports import operations
from ombun.exports.operations import Form
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import year_be
from ombun.primitives.refusals import Refusal
from ombun.web.page import fund_of, now, page, today


@desk(Role.TREASURER, Role.CHAIR, methods=("GET", "POST"))
def take_out(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What is in the file and what it is for, and a button for each form."""
    form = request.POST.get("form", "")
    if request.method == "POST" and form in set(Form):
        file = TemporaryFile()  # noqa: SIM115, the response closes it
        operations.take_out(actor=actor, form=Form(form), into=file, taken_at=now())
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=_name(actor, form))
    refusals: Sequence[Refusal] = () if request.method == "GET" else [
        Refusal(code="web.missing", about="form", facts={"field": gettext("รูปแบบแฟ้ม")})]
    return page(request, actor, "treasurer/take_out.html", {"refusals": refusals, "name": _name(actor, Form.XLSX)},
                status=422 if refusals else 200)


def _name(actor: Actor, form: str) -> str:
    """The file by fund and Thai day."""
    day = today()
    return f"ombun-{fund_of(actor).code}-{year_be(day)}-{day:%m-%d}.{form}"
