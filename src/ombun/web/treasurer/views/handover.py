"""Money changes hands: from a collector to the treasurer, from the treasurer to the bank and back. Two persons sign."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.queries import CashHolder
from ombun.ledger.rules import BANK, TREASURER_CASH, HolderKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed
from ombun.web.words import named


@desk(Role.TREASURER, methods=("GET", "POST"))
def handover(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose whose money it is, then say how much, to whom, on which day, and who gave and who received."""
    if "open_tin" in request.POST:
        return _tin(request, actor)
    if request.method == "POST":
        try:
            done = _hand_over(request, actor)
        except Refused as refused:
            return _form(request, actor, request.POST, refused.refusals)
        return redirect("treasurer:entry", fund_of(actor).code, done)
    if "from" in request.GET:
        return _form(request, actor, _proposed(request, actor))
    with reading(actor):
        holders, since = ledger.cash_holders(fund_id=actor.fund_id), ledger.held_since(fund_id=actor.fund_id)
        over = ledger.hands_over_limit(fund_id=actor.fund_id, on=today())
        centres = funds.centres(fund_id=actor.fund_id)
    tins = [h for h in holders if h.holder_kind == HolderKind.CENTRE]
    return page(request, actor, "treasurer/handover_choice.html", {
        "tins": [(h, since.get(h.code)) for h in tins], "over": over,
        "without_tin": [one for one in centres if one.id not in {h.holder_id for h in tins}],
        "collectors": [(h, since.get(h.code)) for h in holders
                       if h.holder_kind == HolderKind.COLLECTOR and h.balance_satang > 0],
        "treasurer": _holder(holders, TREASURER_CASH),
        "banks": [h for h in holders if h.holder_kind == HolderKind.BANK]})


def _tin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a village centre a tin of its own."""
    with reading(actor):
        centres = {str(one.moo): one.id for one in funds.centres(fund_id=actor.fund_id)}
    typed = Typed(request.POST)
    centre_id = typed.one_of("open_tin", _("หมู่บ้าน"), centres)
    if not typed.refusals:
        operations.open_centre_tin(actor=actor, centre_id=centre_id, recorded_at=now())
    return redirect("treasurer:handover", fund_of(actor).code)


def signers(fund_id: int) -> dict[str, str]:
    """Who can sign that money changes hands: everybody in office, and whoever still holds some after their term."""
    names = funds.person_names(fund_id=fund_id)
    late = {str(h.holder_id): names[h.holder_id] for h in ledger.cash_holders(fund_id=fund_id)
            if h.holder_id in names and h.balance_satang}
    return late | choices.people(funds.office_holders(fund_id=fund_id, on=today()))


def _holder(holders: Sequence[CashHolder], code: str) -> CashHolder | None:
    return next((h for h in holders if h.code == code), None)


def _proposed(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """What the form says before anybody types: everything that is there, to the next hand, today."""
    with reading(actor):
        giver = _holder(ledger.cash_holders(fund_id=actor.fund_id), request.GET["from"])
    to = request.GET.get("to", TREASURER_CASH)
    carried = giver is not None and giver.holder_kind in (HolderKind.COLLECTOR, HolderKind.CENTRE)
    collector = giver.holder_id if giver is not None and giver.holder_kind == HolderKind.COLLECTOR else None
    me = str(actor.person_id or "")
    return {
        "deed": str(fresh_deed()), "from": request.GET["from"], "to": to, "day": day_in_words(today(), short=True),
        "amount": baht(giver.balance_satang) if giver is not None and carried else "",
        "given_by": str(collector or "") if giver is None or giver.code != TREASURER_CASH else me, "slip_no": "",
        "received_by": me if to == TREASURER_CASH else ""}


def _hand_over(request: HttpRequest, actor: Actor) -> int:
    typed = Typed(request.POST)
    with reading(actor):
        codes = {h.code: h.code for h in ledger.cash_holders(fund_id=actor.fund_id)}
        people = {key: UUID(key) for key in signers(actor.fund_id)}
    deed = typed.deed_id()
    giver, taker = typed.one_of("from", _("จาก"), codes), typed.one_of("to", _("ไปที่"), codes)
    amount, day = typed.baht("amount", _("จำนวนเงินที่นับได้")), typed.day("day", _("วันที่"))
    expected = typed.baht("expected", _("ที่ควรได้"), is_optional=True)
    memo = typed.text("memo", _("หมายเหตุ"), is_optional=True)
    slip_no = typed.text("slip_no", _("เลขที่ใบของธนาคาร"), is_optional=True)
    given_by = typed.one_of("given_by", _("ผู้ส่งเงิน"), people)
    received_by = typed.one_of("received_by", _("ผู้รับเงิน"), people)
    typed.demand()
    return operations.hand_over_cash(
        actor=actor, handover_id=deed, from_account=giver, to_account=taker, amount_satang=amount, handed_on=day,
        given_by=given_by, received_by=received_by, recorded_at=now(), memo=memo, slip_no=slip_no,
        expected_satang=expected if request.POST.get("expected", "").strip() else None).entry_id


def _form(
    request: HttpRequest, actor: Actor, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        holders, people = ledger.cash_holders(fund_id=actor.fund_id), signers(actor.fund_id)
    return page(request, actor, "treasurer/handover.html", {
        "typed": typed, "refusals": refusals, "people": people.items(),
        "giver": _holder(holders, typed.get("from", "")), "taker": _holder(holders, typed.get("to", "")),
        "takers": [(h.code, named(h)) for h in holders if h.code != typed.get("from")
                   and h.holder_kind != HolderKind.COLLECTOR],
        "from_bank": typed.get("from", "").startswith(BANK), "to_bank": typed.get("to", "").startswith(BANK)},
        status=422 if refusals else 200)
