"""The books on paper: the same figures as on the pages, with places for three to sign."""
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.ledger import queries as ledger
from ombun.ledger.queries import CashHolder, EntryCard, Movement
from ombun.ledger.rules import INVESTED, AccountKind
from ombun.papers.statements import StatementKind, StatementLine, StatementPaper, Weight, statement_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months, month_end, month_of
from ombun.primitives.sentences import day_in_words
from ombun.web import paper
from ombun.web.page import fund_of, today
from ombun.web.treasurer.views.books import READERS, asked_day, asked_period
from ombun.web.words import named


@desk(*READERS)
def statement(request: HttpRequest, actor: Actor, statement: str) -> HttpResponse:
    """A statement as a PDF. A day that cannot be read leads back to the page, which says so."""
    if statement not in STATEMENTS:
        raise Http404
    address, made = STATEMENTS[statement]
    with reading(actor):
        written = made(request, actor)
        signed = _signed(actor, written) if written else None
    if signed is None:
        return redirect(f"{reverse(address, args=[fund_of(actor).code])}?{request.GET.urlencode()}")
    content = statement_pdf(fund=paper.heading(fund_of(actor)), statement=signed, language=paper.language())
    return paper.pdf_page(content, name=f"{statement}-{signed.last_on}")


def _signed(actor: Actor, written: StatementPaper) -> StatementPaper:
    """With the names of who holds the offices today, each where it is one person; otherwise the line stays open."""
    holders = funds.office_holders(fund_id=actor.fund_id, on=today())

    def only(office: Office) -> str:
        names = {holder.name for holder in holders if holder.office == office}
        return names.pop() if len(names) == 1 else ""

    return replace(written, treasurer=only(Office.TREASURER), auditor=only(Office.AUDITOR), chair=only(Office.CHAIR))


def _total(text: str, *amounts: int) -> StatementLine:
    return StatementLine(text=text, amounts=amounts, weight=Weight.TOTAL)


def _trial_balance(request: HttpRequest, actor: Actor) -> StatementPaper | None:
    on, refusals = asked_day(request, "on", today())
    rows = ledger.trial_balance(fund_id=actor.fund_id, on=on)
    lines = [StatementLine(lead=row.account, text=named(row), amounts=(row.debit_satang, row.credit_satang))
             for row in rows]
    total = _total(gettext("รวม"), sum(row.debit_satang for row in rows), sum(row.credit_satang for row in rows))
    return None if refusals else StatementPaper(
        kind=StatementKind.TRIAL_BALANCE, last_on=on, lines=[*lines, total] if lines else [])


def _income(request: HttpRequest, actor: Actor) -> StatementPaper | None:
    from_on, until_on, _, refusals = asked_period(request)
    rows = ledger.income_and_expenditure(fund_id=actor.fund_id, from_on=from_on, until_on=until_on)
    received = [row for row in rows if row.kind == AccountKind.INCOME]
    spent = [row for row in rows if row.kind == AccountKind.EXPENSE]
    left = sum(row.amount_satang for row in received) - sum(row.amount_satang for row in spent)
    lines = [*_group(gettext("รายรับ"), received, gettext("รวมรายรับ")),
             *_group(gettext("รายจ่าย"), spent, gettext("รวมรายจ่าย")),
             _total(gettext("รับมากกว่าจ่าย") if left >= 0 else gettext("จ่ายมากกว่ารับ"), left)]
    return None if refusals else StatementPaper(
        kind=StatementKind.INCOME, from_on=from_on, last_on=until_on - timedelta(days=1),
        lines=lines if rows else [])


def _group(title: str, rows: Sequence[Movement], total: str) -> list[StatementLine]:
    lines = [StatementLine(lead=row.account, text=named(row), amounts=(row.amount_satang,)) for row in rows]
    return [StatementLine(text=title, weight=Weight.GROUP), *lines,
            _total(total, sum(row.amount_satang for row in rows))]


def _cash(request: HttpRequest, actor: Actor) -> StatementPaper:
    holders = [h for h in ledger.cash_holders(fund_id=actor.fund_id) if h.balance_satang]
    invested, since = ledger.invested(fund_id=actor.fund_id), ledger.held_since(fund_id=actor.fund_id)
    lines = [StatementLine(lead=h.code, text=_waiting(h, since.get(h.code)), amounts=(h.balance_satang,))
             for h in holders]
    if invested:
        lines.append(StatementLine(lead=INVESTED, text=gettext("เงินลงทุนอื่น"), amounts=(invested,)))
    total = _total(gettext("รวม"), invested + sum(h.balance_satang for h in holders))
    return StatementPaper(kind=StatementKind.CASH, last_on=today(), lines=[*lines, total] if lines else [])


def _waiting(holder: CashHolder, since_on: date | None) -> str:
    waits = gettext("ถือไว้ตั้งแต่ %(day)s") % {"day": day_in_words(since_on, short=True)} if since_on else ""
    return " · ".join(filter(None, (named(holder), waits)))


def _day_book(request: HttpRequest, actor: Actor) -> StatementPaper | None:
    day, refusals = asked_day(request, "month", today())
    month = month_of(day)
    entries = ledger.day_book(fund_id=actor.fund_id, from_on=month, until_on=add_months(month, 1))
    both = sum(entry.total_satang for entry in entries)
    lines = [line for entry in entries for line in _entry(entry)]
    return None if refusals else StatementPaper(
        kind=StatementKind.DAY_BOOK, from_on=month, last_on=month_end(month),
        lines=[*lines, _total(gettext("รวม"), both, both)] if lines else [])


def _entry(entry: EntryCard) -> list[StatementLine]:
    title = " · ".join(filter(None, (gettext(entry.deed), entry.memo)))
    sides = [StatementLine(text=named(side), amounts=(max(side.amount_satang, 0), max(-side.amount_satang, 0)))
             for side in entry.sides]
    return [StatementLine(lead=entry.posted_on, text=title, weight=Weight.GROUP), *sides]


STATEMENTS: dict[str, tuple[str, Callable[[HttpRequest, Actor], StatementPaper | None]]] = {
    "trial-balance": ("treasurer:books", _trial_balance), "income": ("treasurer:income", _income),
    "cash": ("treasurer:cash", _cash), "day-book": ("treasurer:day_book", _day_book)}
