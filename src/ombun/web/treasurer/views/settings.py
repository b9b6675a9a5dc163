"""The settings of a fund: how everything stands, its receipt books, what members pay."""
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from ombun.access import queries as logins_of
from ombun.access.door import desk, reading
from ombun.contributions import operations as contribution_operations
from ombun.contributions import queries as contributions
from ombun.contributions.queries import JudgedPlan
from ombun.contributions.rules import LAST_DAY, PERIODS_DAYS, PERIODS_MONTHS, Plan
from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.phones import door
from ombun.web.typed import Typed

KEEPERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY)
EVERY = {**{str(n): (n, 0) for n in PERIODS_MONTHS}, **{f"{n}d": (0, n) for n in PERIODS_DAYS}}
EVERY_WORDS = {"1d": _("ทุกวัน"), "7d": _("ทุกสัปดาห์"), "1": _("ทุกเดือน"), "3": _("ทุก 3 เดือน"), "6": _("ทุก 6 เดือน"),
               "12": _("ทุกปี")}
FIRST_MONTH = {str(n): n for n in range(13)}


@desk(*KEEPERS)
def settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What can be set, and how it stands."""
    with reading(actor):
        plans = contributions.plans(fund_id=actor.fund_id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        books = contributions.books_of_centres(fund_id=actor.fund_id)
        villages = len(funds.centres(fund_id=actor.fund_id))
        paying = ledger.paying_account(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/settings.html", {"villages": villages, "paying": paying, "door": door(),
        "plan": plans[-1] if plans else None, "people": len({h.person_id for h in holders}),
        "strangers": len({h.person_id for h in holders if h.member_id is None}), "books": len(books),
        "logins": len({card.user_id for card in logins_of.logins_of_fund(fund_id=actor.fund_id)})})


@desk(*KEEPERS, methods=("GET", "POST"))
def receipt_books(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The receipt books of every village: the number they go on from, and how many receipts are left."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            (_spoil if request.POST.get("what") == "spoil" else _open_book)(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:receipt_books", fund_of(actor).code)
    with reading(actor):
        books = contributions.books_of_centres(fund_id=actor.fund_id)
        centres = funds.centres(fund_id=actor.fund_id)
    last_no = max((b.book_no for b in books if not b.device_id), default=0)
    proposed = {"book_no": str(last_no + 1), "first": "1", "last": "1000", "moo": request.GET.get("moo", "")}
    return page(request, actor, "treasurer/receipt_books.html", {
        "refusals": refusals, "typed": request.POST or proposed,
        "centres": choices.villages(centres), "deed": str(fresh_deed()),
        "villages": [(c, [(b, b.last_number - b.next_number + 1) for b in books if b.centre_id == c.id])
                     for c in centres]},
        status=422 if refusals else 200)


def _open_book(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        centre_ids = {str(c.moo): c.id for c in funds.centres(fund_id=actor.fund_id)}
    centre_id = typed.one_of("moo", _("หมู่บ้าน"), centre_ids)
    book_no = typed.number("book_no", _("เล่มที่"))
    first, last = typed.number("first", _("ใบแรกที่จะใช้")), typed.number("last", _("ใบสุดท้ายของเล่ม"))
    typed.demand()
    contribution_operations.open_receipt_book(
        actor=actor, centre_id=centre_id, book_no=book_no, first_number=first, last_number=last, recorded_at=now())


def _spoil(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    deed, book_no = typed.deed_id(), typed.number("spoiled_book", _("เล่มที่"))
    last, why = typed.number("spoiled_last", _("เลขที่")), typed.text("why", _("เหตุผล"))
    typed.demand()
    contribution_operations.spoil_numbers(
        actor=actor, spoiling_id=deed, book_no=book_no, last_number=last, why=why, recorded_at=now())


@desk(*KEEPERS, methods=("GET", "POST"))
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What members pay, as the members' meeting voted, and from when: first what it would change, then the vote."""
    refusals: Sequence[Refusal] = ()
    judged: JudgedPlan | None = None
    if request.method == "POST":
        try:
            judged = _write_plan(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            if judged is None:
                return redirect("treasurer:plan", fund_of(actor).code)
            refusals = judged.refusals
    with reading(actor):
        plans = contributions.plans(fund_id=actor.fund_id)
        to_come = contributions.plans_to_come(fund_id=actor.fund_id, today=today())
    return page(request, actor, "treasurer/plan.html", {
        "refusals": refusals, "plans": [(one, to_come.get(one.from_on)) for one in plans[::-1]],
        "every": list(EVERY_WORDS.items()), "months": [
            ("0", _("เดือนที่แต่ละคนเข้าเป็นสมาชิก")), *((str(n), name) for n, name in MONTHS.items())],
        "judged": None if refusals else judged,
        "typed": request.POST or {
            "deed": str(fresh_deed()), "every": "1", "first_month": "0", "due_day": str(LAST_DAY)}},
        status=422 if refusals else 200)


def _write_plan(fields: Mapping[str, str], actor: Actor) -> JudgedPlan | None:
    """What a plan would change, while nobody has said that they are sure of it; None when something was written."""
    typed = Typed(fields)
    if "take_back" in fields:
        plan_id = typed.deed_id("take_back")
        typed.demand()
        contribution_operations.take_back_plan(actor=actor, plan_id=plan_id, recorded_at=now())
        return None
    deed, plan = typed.deed_id(), _typed_plan(typed)
    typed.demand()
    if "sure" not in fields:
        with reading(actor):
            return contributions.judged_plan(fund_id=actor.fund_id, plan=plan, today=today())
    contribution_operations.vote_plan(actor=actor, plan_id=deed, plan=plan, recorded_at=now())
    return None


def _typed_plan(typed: Typed) -> Plan:
    """What members pay as typed; mistakes are kept in `typed`."""
    amount, every = typed.baht("amount", _("จำนวนเงิน")), typed.one_of("every", _("ส่งบ่อยเท่าใด"), EVERY)
    months, days = every or (0, 0)
    if not typed.refusals and amount <= 0:
        typed.refuse("web.not_an_amount", "amount", field=_("จำนวนเงิน"), typed=typed.fields["amount"])
    has_entrance = typed.fields.get("entrance", "").strip()
    return Plan(
        amount_satang=amount, every_months=months, every_days=days, from_on=typed.day("from", _("ใช้ตั้งแต่วันที่")),
        first_month=typed.one_of("first_month", _("งวดเริ่มเดือน"), FIRST_MONTH) if months > 1 else 0,
        due_day=typed.number("due_day", _("ส่งภายในวันที่"), most=LAST_DAY),
        entrance_satang=typed.baht("entrance", _("ค่าแรกเข้า")) if has_entrance else Satang(0))
