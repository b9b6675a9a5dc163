"""All books and statements of the fund for any days; every figure opens what it is made of."""
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.ledger import queries as ledger
from ombun.ledger.rules import SEED, SEED_MAX, SIZE, SIZE_MAX, TREASURER_CASH
from ombun.papers.gathering.asking import Asked
from ombun.papers.gathering.books import AS_OF_A_DAY, stated
from ombun.papers.statements import Statement, StatementLine
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months, month_of
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import tidy, whole_number
from ombun.web.page import fund_of, today
from ombun.web.treasurer.views.books import PERIODS, READERS, asked_day, asked_period, books_page
from ombun.web.words import named

LISTED: tuple[tuple[str | Promise, tuple[tuple[str, str | Promise, str | Promise], ...]], ...] = (
    (_("งบของกองทุน"), (
        ("income", _("รายรับและรายจ่าย"), _("ช่วงนี้เทียบกับปีก่อน")),
        ("position", _("งบแสดงฐานะการเงิน"), _("กองทุนมีอะไร ค้างใคร เหลือเท่าไร")),
        ("legs", _("เงินจากสามขา"), _("ชุมชน ท้องถิ่น ส่วนกลาง มาจากไหนร้อยละเท่าไร")),
        ("benefits", _("สวัสดิการแยกตามเรื่อง"), _("จ่ายเรื่องละเท่าไร ให้กี่คน")),
        ("centres", _("แยกตามหมู่บ้าน"), _("แต่ละหมู่ส่งและรับเท่าไร")),
        ("earmarks", _("เงินที่ระบุวัตถุประสงค์"), _("ได้รับมาเพื่อเรื่องใด ใช้ไปแล้วเท่าไร")),
        ("sub-funds", _("กองย่อยตามมติ"), _("แต่ละกองมีเท่าไร")))),
    (_("ตามแบบแสดงสถานะกองทุน"), (
        ("sources", _("ข้อ 10 แหล่งเงินและการใช้เงิน"), _("สะสมตั้งแต่ก่อตั้ง สองด้านเท่ากัน")),
        ("origins", _("ข้อ 4.3 ที่มาของเงิน"), _("สะสมตั้งแต่ก่อตั้ง")))),
    (_("สมุดบัญชี"), (
        ("day-book", _("สมุดรายวัน"), _("ทุกรายการตามวัน")),
        ("account", _("สมุดเงินสดและสมุดแยกประเภท"), _("ทีละบัญชี ทีละผู้ถือเงิน")),
        ("members", _("สมุดรายสมาชิก"), _("แต่ละคนส่งและรับเท่าไร")),
        ("trial-balance", _("งบทดลอง"), _("ทุกบัญชี ณ วันหนึ่ง")))),
    (_("สำหรับผู้ตรวจสอบ"), (
        ("reconciliation", _("งบพิสูจน์ยอดเงินฝากธนาคาร"), _("ธนาคารกับบัญชีต่างกันเพราะอะไร")),
        ("sample", _("รายการสุ่มตรวจ"), _("สุ่มใบสำคัญมาตรวจ สุ่มซ้ำได้รายการเดิม")))))
_TITLES: Mapping[str, str | Promise] = {name: title for _group, some in LISTED for name, title, _about in some}


@desk(*READERS)
def all_books(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that can be read, printed and taken as a workbook."""
    return books_page(request, actor, "treasurer/all_books.html", {"groups": LISTED})


@desk(*READERS)
def book(request: HttpRequest, actor: Actor, statement: str) -> HttpResponse:
    """One book or statement on the screen."""
    if statement not in _TITLES:
        raise Http404
    with reading(actor):
        asked, refusals = asked_for(request, actor, statement)
        told = stated(name=statement, fund_id=actor.fund_id, asked=asked)
        accounts = ledger.accounts(fund_id=actor.fund_id) if statement == "account" else ()
    code = fund_of(actor).code
    return books_page(request, actor, "treasurer/book.html", {
        "statement": statement, "name": _TITLES[statement], "told": told,
        "lines": [(line, _opens(code, line, asked), _cells(line, told)) for line in told.lines],
        "asked": asked, "refusals": refusals,
        "is_of_a_day": statement in AS_OF_A_DAY, "accounts": [(a.code, f"{a.code} {named(a)}") for a in accounts],
        "chosen": request.GET.get("period", "year"), "periods": PERIODS,
        "first_typed": day_in_words(asked.from_on, short=True), "last_typed": day_in_words(asked.last_on, short=True)},
        status=422 if refusals else 200)


def _opens(code: str, line: StatementLine, asked: Asked) -> str:
    """Where a line of a statement leads: a number to its entry, accounts to their book of the same days."""
    if line.opens is None or isinstance(line.opens, int):
        return reverse("treasurer:entry", args=[code, line.opens]) if line.opens else ""
    kind, _sep, member = line.opens.partition(":")
    if kind == "member":
        return reverse("registrar:member", args=[code, int(member)])
    return f"{reverse('treasurer:book', args=[code, 'account'])}?" + urlencode({
        "account": line.opens, "period": "days", "from": asked.from_on, "to": asked.last_on})


def _cells(line: StatementLine, told: Statement) -> list[tuple[int | None, str]]:
    """What a line has for each column; nothing at all for a heading."""
    return list(zip((*line.amounts, *[None] * len(told.columns)), told.columns, strict=False)) if line.amounts else []


def asked_for(request: HttpRequest, actor: Actor, statement: str) -> tuple[Asked, tuple[Refusal, ...]]:
    """Which days and which accounts an address asks for, and what is wrong with it. An account that is not there is not
    found."""
    accounts = tuple(request.GET.get("account", TREASURER_CASH).split(",")) if statement == "account" else ()
    if set(accounts) - {one.code for one in ledger.accounts(fund_id=actor.fund_id)}:
        raise Http404
    if statement in AS_OF_A_DAY:
        on, refusals = asked_day(request, "on", today())
        return Asked(from_on=month_of(on), until_on=on + timedelta(days=1)), refusals
    if request.GET.get("month"):
        day, refusals = asked_day(request, "month", today())
        return Asked(from_on=month_of(day), until_on=add_months(month_of(day), 1), accounts=accounts), refusals
    from_on, until_on, _chosen, refusals = asked_period(request)
    return Asked(
        from_on=from_on, until_on=until_on, accounts=accounts,
        seed=tidy(request.GET.get("seed", ""))[:SEED_MAX] or SEED,
        size=whole_number(request.GET.get("size", ""), most=SIZE_MAX) or SIZE), refusals


OWN_PAGES = {"trial-balance": "treasurer:books", "income": "treasurer:income", "day-book": "treasurer:day_book",
             "cash": "treasurer:cash"}


def own_page(statement: str) -> tuple[str, tuple[str, ...]]:
    """The name of the page on which a statement stands, and what its address needs beside the fund."""
    return (OWN_PAGES[statement], ()) if statement in OWN_PAGES else ("treasurer:book", (statement,))
