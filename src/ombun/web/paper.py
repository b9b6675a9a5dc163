"""What every printed page has in common: whose paper it is, in which language, and how it travels to the browser."""
from django.http import HttpRequest, HttpResponse

from ombun.papers.gathering import heading as heading
from ombun.papers.gathering import village as village
from ombun.papers.naming import language as language
from ombun.papers.receipts import PaperSize


def size_asked(request: HttpRequest) -> PaperSize:
    """`?size=a6` is the small receipt, `?size=a4` two usual ones on a sheet to be cut, `?size=roll` a roll of 80 mm;
    anything else the usual one."""
    asked = request.GET.get("size")
    return PaperSize(asked) if asked in set(PaperSize) else PaperSize.A5


def pdf_page(content: bytes, *, name: str) -> HttpResponse:
    """A PDF that opens in the browser; `name` is what it is called when it is saved."""
    return HttpResponse(content, content_type="application/pdf", headers={
        "Content-Disposition": f'inline; filename="{name}.pdf"'})
