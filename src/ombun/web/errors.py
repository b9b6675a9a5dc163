"""When something goes wrong: a refusal nobody showed is shown; a fault gets a number, on the page and in the log."""
import logging
import secrets
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path

from ombun.primitives.refusals import Refused

_log = logging.getLogger("ombun.errors")
_PLACES = 8


class EveryRefusalIsShown:
    """A refusal that no page caught becomes a page of its own with every reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of the refusal; nothing for any other exception."""
        if not isinstance(exception, Refused):
            return None
        return render(request, "web/refused.html", {"refusals": exception.refusals}, status=422)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault. It asks neither the database nor the session, which may be what is broken."""
    reference = _reference()
    kind, _, where = sys.exc_info()
    _log.error("%s %s %s %s at %s", reference, request.method, escape_uri_path(request.path),
               kind.__name__ if kind else "fault", _places(where))
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def _reference() -> str:
    """Eight digits, easy to read out on the telephone: 4829-1736."""
    number = f"{secrets.randbelow(10**8):08}"
    return f"{number[:4]}-{number[4:]}"


def _places(where: TracebackType | None) -> str:
    """The lines that led to the fault, innermost first. No values: a log outlives what people may have erased."""
    frames = traceback.extract_tb(where)[-_PLACES:]
    return " < ".join(f"{'/'.join(Path(f.filename).parts[-3:])}:{f.lineno}" for f in reversed(frames))
