"""Counting cash: whose, then note by note with two names; what differs from the books is asked once and booked."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.queries import CashHolder
from ombun.ledger.rules import PIECES, PIECES_MAX, TREASURER_CASH, Count, HolderKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import whole_number
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.books import READERS
from ombun.web.typed import Typed

NOTES = 5  # the first five of PIECES are paper, the others metal
COUNTS_SHOWN = 24


@desk(*READERS)
def counts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whose cash was counted when, and what differed."""
    with reading(actor):
        holders, done = _hands(actor), ledger.cash_counts(fund_id=actor.fund_id)
    last = {one.account_code: one for one in reversed(done)}
    return page(request, actor, "treasurer/counts.html", {
        "hands": [(hand, last.get(hand.code)) for hand in holders
                  if hand.balance_satang or hand.code == TREASURER_CASH],
        "counts": done[:COUNTS_SHOWN], "counted": [one for one in done if str(one.id) == request.GET.get("counted")]})


@desk(Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.AUDITOR, methods=("GET", "POST"))
def count(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Count somebody's cash."""
    if request.method == "POST":
        try:
            counted = _count(request, actor)
        except Refused as refused:
            return _form(request, actor, request.POST, refused.refusals)
        return redirect(f"{reverse('treasurer:counts', args=[fund_of(actor).code])}?counted={counted}")
    return _form(request, actor, {
        "deed": str(fresh_deed()), "account": request.GET.get("account", TREASURER_CASH),
        "day": day_in_words(today(), short=True), "counted_by": str(actor.person_id or "")})


def _hands(actor: Actor) -> list[CashHolder]:
    return [one for one in ledger.cash_holders(fund_id=actor.fund_id) if one.holder_kind != HolderKind.BANK]


def _count(request: HttpRequest, actor: Actor) -> UUID:
    typed = Typed(request.POST)
    with reading(actor):
        hands = {one.code: one.code for one in _hands(actor)}
        people = {key: UUID(key) for key in choices.people(
            funds.office_holders(fund_id=actor.fund_id, on=today()))}
    deed, account = typed.deed_id(), typed.one_of("account", _("เงินของใคร"), hands)
    day = typed.day("day", _("วันที่นับ"))
    pieces = tuple(_pieces(typed, worth) for worth in PIECES)
    counted_by = typed.one_of("counted_by", _("คนนับ"), people)
    witnessed_by = typed.one_of("witnessed_by", _("คนที่นับด้วย"), people)
    because = typed.text("because", _("เหตุผล"), is_optional=True)
    typed.demand()
    operations.count_cash(actor=actor, count_id=deed, recorded_at=now(), count=Count(
        account_code=account, counted_on=day, pieces=pieces, counted_by=counted_by, witnessed_by=witnessed_by,
        because=because))
    return deed


def _pieces(typed: Typed, worth: int) -> int:
    """How many of one note or coin; an empty field is none."""
    written = typed.fields.get(f"of_{worth}", "").strip()
    number = whole_number(written, most=PIECES_MAX) if written else 0
    if number is None:
        typed.refuse("ledger.pieces_not_counted", f"of_{worth}", most=PIECES_MAX)
    return number or 0


def _form(
    request: HttpRequest, actor: Actor, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        hands = _hands(actor)
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()))
    kinds = [(f"of_{worth}", baht(worth).removesuffix(".00"), typed.get(f"of_{worth}", "")) for worth in PIECES]
    return page(request, actor, "treasurer/count.html", {
        "typed": typed, "refusals": refusals, "people": people.items(), "notes": kinds[:NOTES],
        "coins": kinds[NOTES:], "hands": [(one.code, one) for one in hands],
        "hand": next((one for one in hands if one.code == typed.get("account")), None),
        "differs": any(one.code == "ledger.count_differs_and_says_not_why" for one in refusals)
        or bool(typed.get("because"))}, status=422 if refusals else 200)
