"""The page that shows every piece of the design, so that a desk builds with what is there."""
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ombun.access.door import open_to_all
from ombun.primitives.days import add_months
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.assessment import Step

_FIRST = date(2026, 1, 1)
_STEPS = (
    Step(code="regulations.has_waited", facts={"joined_on": _FIRST, "tenure_months": 10, "waiting_days": 180},
         clause_no="5"),
    Step(code="regulations.per_night", facts={"units": 3, "rate_satang": 10_000, "amount_satang": 30_000},
         clause_no="12.3"),
    Step(code="regulations.granted", facts={"amount_satang": 30_000}, clause_no=""))


@open_to_all("GET")
def style(request: HttpRequest) -> HttpResponse:
    """Type, buttons, forms, refusals, lists, tables, charts, empty states: each once, with its name."""
    return render(request, "web/style.html", {
        "typed": {"amount": "สามสิบ", "day": "25 พ.ย. 2569", "who": "2", "agreed": "on", "words": "น้ำใจของพี่น้อง"},
        "steps": _STEPS, "list_page": Paginator(range(60), 20).get_page(2),
        "people": [("1", "นางมาลี ใจบุญ"), ("2", "นายบุญมี มั่นคง")],
        "refusals": [Refusal(code="web.not_an_amount", about="amount", facts={"field": "จำนวนเงิน", "typed": "สามสิบ"})],
        "months": [(add_months(_FIRST, n), 3_000_000 + n * 150_000, 900_000 + n * n * 25_000) for n in range(12)]})
