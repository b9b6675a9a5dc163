"""The first start of an installation: three short steps, then the fund is there and its treasurer is signed in."""
from collections.abc import Mapping, Sequence

from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ombun.access.door import open_to_all
from ombun.access.operations import start_fund
from ombun.access.queries import has_no_fund_yet
from ombun.places.queries import tambon, tambons_named
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import tidy, whole_number
from ombun.web.first_start.application import EVERY, FIELDS, STEPS, application, tambon_code, villages
from ombun.web.page import now, today
from ombun.web.typed import Typed

ROWS_AT_FIRST, ROWS_MORE, ROWS_MAX = 6, 4, 60


@open_to_all("GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """Ask step by step: the fund and its tambon, dues and villages, two people. Closed once there is a fund."""
    if not has_no_fund_yet():
        if request.method == "POST":
            return redirect("front")  # perhaps a second click; which funds there are is told to nobody
        raise Http404
    if request.method != "POST":
        return _page(request, 1, {"starts_on": day_in_words(today(), short=True), "dues": "30", "every": "1"})
    at = int(request.POST["at"]) if request.POST.get("at") in ("1", "2", "3") else 1
    go = request.POST.get("go", "next")
    if go == "back":
        return _page(request, max(1, at - 1), request.POST)
    if go in ("search", "more"):
        return _page(request, at, request.POST, adds_rows=go == "more")
    return _onward(request, at)


def _onward(request: HttpRequest, at: int) -> HttpResponse:
    """The next step when this one can be read; after the last one everything is read once more and the fund starts."""
    typed = Typed(request.POST)
    if at < len(STEPS):
        STEPS[at](typed)
        return _page(request, at if typed.refusals else at + 1, request.POST, typed.refusals)
    new, logins = application(typed)
    try:
        typed.demand()
        start_fund(new=new, logins=logins, recorded_at=now())
    except Refused as refused:
        return _page(request, _first_step_of(refused.refusals), request.POST, refused.refusals)
    user = authenticate(request, username=logins[0].username, password=logins[0].password)
    if user is not None:
        login(request, user)
    return redirect("treasurer:home", new.code)


def _first_step_of(refusals: Sequence[Refusal]) -> int:
    """The earliest step with a field that has to be mended."""
    steps = [step for step, fields in FIELDS.items() for r in refusals if r.about.split("-")[0] in fields]
    return min(steps, default=len(STEPS))


def _page(
    request: HttpRequest, step: int, typed: Mapping[str, str], refusals: Sequence[Refusal] = (), *,
    adds_rows: bool = False
) -> HttpResponse:
    rows = whole_number(typed.get("rows", ""), most=ROWS_MAX) or ROWS_AT_FIRST
    rows = min(ROWS_MAX, rows + ROWS_MORE if adds_rows else rows)
    chosen = tambon(code=tambon_code(typed))
    searches = step == 1 and bool(typed.get("place")) and (chosen is None or request.POST.get("go") == "search")
    places = tambons_named(text=tidy(typed["place"])) if searches else ()
    return render(request, f"first_start/step_{step}.html", {
        "step": step, "steps": len(STEPS), "typed": typed, "refusals": refusals, "chosen": chosen, "places": places,
        "has_searched": searches, "every": list(EVERY), "rows": villages(typed, rows=rows), "rows_count": rows,
        "carried": [(name, value) for name, value in typed.items() if _is_carried(name, step)]},
        status=422 if refusals else 200)


def _is_carried(name: str, step: int) -> bool:
    """Whether a field of another step travels through this one, hidden. Passwords never do."""
    if name.endswith("-password") or name in ("csrfmiddlewaretoken", "at", "go"):
        return False
    return name.split("-")[0] not in FIELDS[step]
