"""The books as everybody may check them: trial balance, income and expenditure, the cash, the day book."""
from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.ledger import queries as ledger
from ombun.ledger.rules import AccountKind, HolderKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, fiscal_year_from, month_of
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.web.page import page, today
from ombun.web.typed import Typed, TypedWrongly

TABS = (("treasurer:books", _("งบทดลอง")), ("treasurer:income", _("รับ–จ่าย")),
        ("treasurer:cash", _("เงินอยู่ที่ใคร")), ("treasurer:bank", _("ธนาคาร")),
        ("treasurer:day_book", _("รายวัน")), ("treasurer:all_books", _("งบและสมุด")))
PERIODS = (("year", _("ปีงบประมาณนี้")), ("last_year", _("ปีงบประมาณก่อน")), ("month", _("เดือนนี้")),
           ("last_month", _("เดือนก่อน")))
READERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.AUDITOR)


def books_page(
    request: HttpRequest, actor: Actor, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page among the books, with the ways to all others above it."""
    return page(request, actor, template, {"tabs": TABS, "query": request.GET.urlencode(), **context}, status=status)


@desk(*READERS)
def trial_balance(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every account on a day; the two columns have the same total."""
    on, refusals = asked_day(request, "on", today())
    with reading(actor):
        rows = ledger.trial_balance(fund_id=actor.fund_id, on=on)
    return books_page(request, actor, "treasurer/trial_balance.html", {
        "on": on, "on_typed": day_in_words(on, short=True), "rows": rows, "refusals": refusals,
        "debit_satang": sum(r.debit_satang for r in rows),
        "credit_satang": sum(r.credit_satang for r in rows)}, status=422 if refusals else 200)


@desk(*READERS)
def income(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What came in and what went out: this fiscal year, this month, or between two days."""
    from_on, until_on, chosen, refusals = asked_period(request)
    with reading(actor):
        rows = ledger.income_and_expenditure(fund_id=actor.fund_id, from_on=from_on, until_on=until_on)
    received = [r for r in rows if r.kind == AccountKind.INCOME]
    spent = [r for r in rows if r.kind == AccountKind.EXPENSE]
    received_satang, spent_satang = sum(r.amount_satang for r in received), sum(r.amount_satang for r in spent)
    return books_page(request, actor, "treasurer/income.html", {
        "from_on": from_on, "last_on": until_on - timedelta(days=1), "first_typed": day_in_words(from_on, short=True),
        "last_typed": day_in_words(until_on - timedelta(days=1), short=True), "chosen": chosen, "periods": PERIODS,
        "received": received, "spent": spent,
        "received_satang": received_satang, "spent_satang": spent_satang, "left_satang": received_satang - spent_satang,
        "refusals": refusals}, status=422 if refusals else 200)


@desk(*READERS)
def cash(request: HttpRequest, actor: Actor) -> HttpResponse:
    """In whose hands the fund's money is now."""
    with reading(actor):
        holders, invested = ledger.cash_holders(fund_id=actor.fund_id), ledger.invested(fund_id=actor.fund_id)
        since = ledger.held_since(fund_id=actor.fund_id)
        limit = ledger.cash_limit(fund_id=actor.fund_id, on=today())
        over = ledger.hands_over_limit(fund_id=actor.fund_id, on=today())
        handovers = ledger.latest_of_deed(fund_id=actor.fund_id, deed="ledger.handover", count=12)
    return books_page(request, actor, "treasurer/cash.html", {
        "holders": [(h, since.get(h.code)) for h in holders
                    if h.balance_satang or h.holder_kind not in (HolderKind.COLLECTOR, HolderKind.CENTRE)],
        "invested_satang": invested, "total_satang": invested + sum(h.balance_satang for h in holders),
        "handovers": handovers, "limit": limit, "over": over})


@desk(*READERS)
def day_book(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every entry of a month in the order of days, with both its sides."""
    month, refusals = asked_day(request, "month", today())
    month = month_of(month)
    with reading(actor):
        entries = ledger.day_book(fund_id=actor.fund_id, from_on=month, until_on=add_months(month, 1))
    return books_page(request, actor, "treasurer/day_book.html", {
        "month": month, "before": add_months(month, -1), "after": add_months(month, 1), "entries": entries,
        "refusals": refusals}, status=422 if refusals else 200)


def asked_day(request: HttpRequest, name: str, otherwise: date) -> tuple[date, tuple[Refusal, ...]]:
    """The day that the address asks for, or another one with what is wrong with it."""
    if not request.GET.get(name):
        return otherwise, ()
    typed = Typed(request.GET)
    day = typed.day(name, _("วันที่"))
    return (otherwise, tuple(typed.refusals)) if typed.refusals else (day, ())


def asked_period(request: HttpRequest) -> tuple[date, date, str, tuple[Refusal, ...]]:
    """The period [from, until) that the address asks for, its name, and what is wrong with it."""
    month, year = month_of(today()), fiscal_year_from(today())
    kinds = {"year": (year, add_months(year, 12)), "last_year": (add_months(year, -12), year),
             "month": (month, add_months(month, 1)), "last_month": (add_months(month, -1), month)}
    chosen = request.GET.get("period", "year")
    if chosen in kinds:
        return *kinds[chosen], chosen, ()
    typed = Typed(request.GET)
    from_on, last_on = typed.day("from", _("ตั้งแต่วันที่")), typed.day("to", _("ถึงวันที่"))
    if not typed.refusals and last_on < from_on:
        typed.refuse("web.ends_before_it_begins", "to")
    try:
        typed.demand()
    except TypedWrongly as refused:
        return *kinds["year"], "days", refused.refusals
    return from_on, last_on + timedelta(days=1), "days", ()
