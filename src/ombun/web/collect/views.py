"""Collection day: the villages of the month, the sheet of one, and the receipts of a day that was recorded."""
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import centre_or_404, desk, may_see, reading
from ombun.contributions import operations, rules
from ombun.contributions import queries as contributions
from ombun.contributions.queries import CollectionCard
from ombun.contributions.rules import COLLECTORS, PaperNumbers, Sheet
from ombun.funds import queries as funds
from ombun.funds.queries import Centre, HolderCard
from ombun.funds.rules import Office, first_open_day
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, day_in_thailand, month_of
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.collect import by_pen
from ombun.web.collect.sheet import counted_again, packed, rows, typed_sheet, unpacked
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

COLLECTING = (Role.TREASURER, Role.COLLECTOR)
LOOKING = (*COLLECTING, Role.CHAIR, Role.SECRETARY, Role.AUDITOR)


@desk(*LOOKING)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The villages with what came in this month and what is still due."""
    month = month_of(today())
    with reading(actor):
        dues = contributions.dues_by_centre(
            fund_id=actor.fund_id, from_on=month, until_on=add_months(month, 1), on=today())
        recorded = contributions.collections_in(
            fund_id=actor.fund_id, from_on=add_months(month, -1), until_on=add_months(month, 1),
            centre_id=actor.centre_id)
        set_aside = contributions.receipts_to_clear(fund_id=actor.fund_id) if actor.role == Role.TREASURER else 0
    mine = [d for d in dues if may_see(actor=actor, centre_id=d.centre_id)]
    return page(request, actor, "collect/home.html", {
        "month": month, "villages": mine, "recorded": recorded[:24], "set_aside": set_aside,
        "paid_satang": sum(d.paid_this_month_satang for d in mine), "owed_satang": sum(d.owed_satang for d in mine)})


@desk(*COLLECTING, methods=("GET", "POST"))
def sheet(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The sheet of a village: fill in, look over, record."""
    return _sheet(request, actor, moo)


@desk(*COLLECTING, methods=("GET", "POST"))
def typed_in(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The same sheet for what was filled in by pen: with the numbers of the receipts in a book of paper."""
    return _sheet(request, actor, moo)


def _sheet(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
    step = request.POST.get("step")
    if step == "day":
        return _for_the_day(request, actor, centre)
    if step == "check":
        return _check(request, actor, centre)
    if step == "record":
        return _record(request, actor, centre)
    if step == "edit":
        filled = {**request.POST.dict(), **unpacked(request.POST.get("payments", ""))}
        return _sheet_page(request, actor, centre, filled)
    return _sheet_page(request, actor, centre, None)


def _is_by_pen(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name == "typed_in"


def _sheet_page(
    request: HttpRequest, actor: Actor, centre: Centre, typed: Mapping[str, str] | None,
    refusals: Sequence[Refusal] = (), *, is_counted_again: bool = False
) -> HttpResponse:
    """The sheet with what is due on its day: today, or the day for which it was counted."""
    month, on = month_of(today()), _day_of(typed)
    with reading(actor):
        lines = contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=on)
        plans = contributions.plans(fund_id=actor.fund_id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        this_month = contributions.collections_in(
            fund_id=actor.fund_id, from_on=month, until_on=add_months(month, 1), centre_id=centre.id)
        book = contributions.book_in_use(fund_id=actor.fund_id, centre_id=centre.id)
        books = contributions.paper_books(fund_id=actor.fund_id, centre_id=centre.id)
    collectors, wrong = collectors_of(actor, holders, centre.id), {refusal.about for refusal in refusals}
    head = typed or {"deed": str(fresh_deed()), "on": day_in_words(on, short=True),
                     "by": usual_collector(actor, holders, centre.id),
                     **({"book": str(books[0].book_no), "first": str(books[0].next_number)} if books else {})}
    filled = rows(lines, plans=plans, on=on, typed=typed, wrong=wrong)
    return page(request, actor, "collect/sheet.html", {
        "centre": centre, "rows": filled, "doubtful": sum(row.is_doubtful for row in filled), "refusals": refusals,
        "book": book, "head_is_wrong": bool(wrong & {"on", "by"}), "due_on": on, "is_counted_again": is_counted_again,
        "by_pen": _is_by_pen(request), "books": [(str(one.book_no), str(one.book_no)) for one in books],
        "notes": by_pen.notes_typed(typed or {}),
        "typed": head, "collectors": collectors.items(), "collector": collectors.get(head.get("by", ""), ""),
        "this_month": [one for one in this_month if not one.is_cancelled]}, status=422 if refusals else 200)


def _day_of(fields: Mapping[str, str] | None) -> date:
    """The day for which a sheet that was filled in was counted, or today."""
    try:
        return min(date.fromisoformat((fields or {}).get("due_on", "")), today())
    except ValueError:
        return today()


def _for_the_day(request: HttpRequest, actor: Actor, centre: Centre) -> HttpResponse:
    """The sheet again with what was due on another day; who is unticked stays so, amounts are counted anew."""
    typed = Typed(request.POST)
    on = typed.day("on", _("วันที่เก็บเงิน"))
    if not typed.refusals and on > today():
        typed.refuse("contributions.day_to_come", "on", day=on)
    if typed.refusals:
        return _sheet_page(request, actor, centre, request.POST, typed.refusals)
    was_on = _day_of(request.POST)
    with reading(actor):
        was, due = (contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=day)
                    for day in (was_on, on))
        plans = contributions.plans(fund_id=actor.fund_id)
    kept = counted_again(request.POST.dict(), before=rows(was, plans=plans, on=was_on, typed=None),
                         due=rows(due, plans=plans, on=on, typed=None))
    return _sheet_page(request, actor, centre, kept | {"due_on": on.isoformat()}, is_counted_again=True)


def collectors_of(actor: Actor, holders: Sequence[HolderCard], centre_id: UUID) -> dict[str, str]:
    """Who may have collected here: the people of this centre first, then, unless a collector asks, the treasurer."""
    near = [h for h in holders if h.centre_id == centre_id]
    near.sort(key=lambda h: h.office != Office.COLLECTOR)
    others = [] if actor.role == Role.COLLECTOR else holders
    return choices.people(near, offices=COLLECTORS) | choices.people(others, offices={Office.TREASURER})


def usual_collector(actor: Actor, holders: Sequence[HolderCard], centre_id: UUID) -> str:
    """Who collects here as a rule: the collector who asks, or the one of the centre."""
    here = [h.person_id for h in holders if h.centre_id == centre_id and h.office == Office.COLLECTOR]
    return str(actor.person_id if actor.role == Role.COLLECTOR else here[0] if here else actor.person_id or "")


def _check(request: HttpRequest, actor: Actor, centre: Centre) -> HttpResponse:
    """The confirmation page: how many, how much, who is absent, which receipt numbers will come."""
    typed = Typed(request.POST)
    if Typed(request.POST).day("on", "") not in (_day_of(request.POST), date.min):
        return _for_the_day(request, actor, centre)
    with reading(actor):
        lines = contributions.collection_sheet(fund_id=actor.fund_id, centre_id=centre.id, on=_day_of(request.POST))
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        collectors = collectors_of(actor, holders, centre.id)
        filled = typed_sheet(typed, centre_id=centre.id, collectors={key: UUID(key) for key in collectors},
                             names={line.member.id: line.member.full_name for line in lines})
        numbers = _numbers(request, typed, filled)
        judged = None if typed.refusals else contributions.judged_sheet(
            actor=actor, sheet=filled, today=today(), numbers=numbers)
    refusals = typed.refusals if judged is None else judged.refusals
    if refusals or judged is None or judged.book is None:
        return _sheet_page(request, actor, centre, request.POST, refusals)
    paying = {p.member_id for p in filled.payments}
    runs = rules.runs(payments=filled.payments, numbers=numbers or PaperNumbers(
        book_no=judged.book.book_no, first_number=judged.book.next_number))
    return page(request, actor, "collect/confirm.html", {
        "centre": centre, "sheet": filled, "typed": request.POST, "book": judged.book,
        "packed": packed(filled.payments, numbers.by_member if numbers else None),
        "numbers": by_pen.in_words(runs, spoiled=False), "spoiled": by_pen.in_words(runs, spoiled=True),
        "counted": by_pen.counted(request.POST, sheet_satang=filled.total_satang),
        "carried": [(name, value) for name, value in request.POST.items()
                    if name.startswith("note-") or name in ("book", "first", "spoiled", "why")],
        "collector": collectors[request.POST["by"]],
        "absent": [line for line in lines if line.member.id not in paying and line.standing.owed_satang],
        "not_due": [line for line in lines if line.member.id not in paying and not line.standing.owed_satang],
        "is_month_past": month_of(filled.collected_on) != month_of(today()),
        "posted_on": first_open_day(
            happened_on=filled.collected_on, books_closed_until=fund_of(actor).books_closed_until)})


def _record(request: HttpRequest, actor: Actor, centre: Centre) -> HttpResponse:
    """Record it. The id was made when the sheet was shown: a second click gives the first answer."""
    fields = {**request.POST.dict(), **unpacked(request.POST.get("payments", ""))}
    typed = Typed(fields)
    with reading(actor):
        collectors = collectors_of(actor, funds.office_holders(fund_id=actor.fund_id, on=today()), centre.id)
    filled = typed_sheet(typed, centre_id=centre.id, collectors={key: UUID(key) for key in collectors}, names={})
    numbers = _numbers(request, typed, filled)
    try:
        typed.demand()
        if numbers is not None:
            operations.type_in_sheet(
                actor=actor, sheet=filled, numbers=numbers, received_on=today(), recorded_at=now())
        else:
            operations.record_collection(
                actor=actor, collection_id=filled.collection_id, centre_id=centre.id, collected_on=filled.collected_on,
                collected_by=filled.collected_by, payments=filled.payments, received_on=today(), recorded_at=now())
    except Refused as refused:
        return _sheet_page(request, actor, centre, fields, refused.refusals)
    return redirect("collect:day", fund_of(actor).code, filled.collection_id)


def _numbers(request: HttpRequest, typed: Typed, filled: Sheet) -> PaperNumbers | None:
    """The numbers of the paper book where the sheet was filled in by pen."""
    if not _is_by_pen(request):
        return None
    return by_pen.typed_numbers(typed, members=[p.member_id for p in filled.payments])


def collection_or_404(actor: Actor, deed: UUID) -> CollectionCard:
    """A recorded collection day of the actor's fund; for a collector only of their own village."""
    card = contributions.collection(fund_id=actor.fund_id, deed_id=deed)
    if card is None or not may_see(actor=actor, centre_id=card.centre_id):
        raise Http404
    return card


@desk(*LOOKING)
def day(request: HttpRequest, actor: Actor, deed: UUID) -> HttpResponse:
    """A recorded collection day with its receipts."""
    with reading(actor):
        card = collection_or_404(actor, deed)
        receipts = contributions.receipts_of_collection(fund_id=actor.fund_id, collection_id=card.id)
        names = funds.person_names(fund_id=actor.fund_id)
        centre = next(c for c in funds.centres(fund_id=actor.fund_id) if c.id == card.centre_id)
    return page(request, actor, "collect/day.html", {
        "card": card, "centre": centre, "receipts": receipts, "collector": names[card.collected_by_id],
        "may_cancel": not card.is_cancelled and _may_cancel(actor, card)})


def _may_cancel(actor: Actor, card: CollectionCard) -> bool:
    """Whether it makes sense to offer it: to the treasurer, and on the day of recording to whoever has the money."""
    return actor.role == Role.TREASURER or (
        actor.role == Role.COLLECTOR and card.collected_by_id == actor.person_id
        and day_in_thailand(card.recorded_at) == today())
