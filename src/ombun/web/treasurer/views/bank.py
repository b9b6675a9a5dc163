"""What the bank says: lines that no entry tells yet, with what each may be; a person says what it is."""
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations as contribution_operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import COLLECTORS, Payment, Speaks, Suggestion
from ombun.funds import queries as funds
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.queries import StatementLineCard
from ombun.ledger.rules import PAID_BY_VOUCHER, RECEIVED_BY_VOUCHER
from ombun.members import queries as members
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import whole_number
from ombun.web import choices
from ombun.web.members_meant import member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.books import READERS, TABS
from ombun.web.typed import Typed
from ombun.web.words import named

PAYERS_MAX = 6  # rows of the form; a transfer for more people comes as several lines or is split by hand
SUGGESTED_MAX = 5
WHY: dict[Speaks, str | Promise] = {
    Speaks.REFERENCE: _("มีรหัสอ้างอิงของสมาชิก"), Speaks.NAME: _("มีชื่อสมาชิก"), Speaks.OWED: _("เท่ากับที่ถึงกำหนด"),
    Speaks.AMOUNT: _("จำนวนเงินตรงกัน"), Speaks.SAME_DAY: _("วันเดียวกัน"), Speaks.NEAR_DAY: _("วันใกล้กัน"),
    Speaks.HOUSEHOLD: _("เท่ากับที่ทั้งครัวเรือนถึงกำหนด"),
    Speaks.SLIP: _("เลขที่ใบของธนาคารตรงกัน"), Speaks.NOTE: _("สมาชิกแจ้งว่าโอนแล้ว")}


@desk(*READERS)
def bank(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every line that the books do not have yet, and the newest that they have; what the bank says is there."""
    with reading(actor):
        lines = ledger.open_lines(fund_id=actor.fund_id)
        found = contributions.suggested(fund_id=actor.fund_id, lines=lines, on=today())
        booked = ledger.booked_lines(fund_id=actor.fund_id)
        notes = contributions.waiting_notes(fund_id=actor.fund_id)
        balances = ledger.bank_balances(fund_id=actor.fund_id, today=today())
    return page(request, actor, "treasurer/bank.html", {
        "tabs": TABS,
        "lines": [(line, WHY[found[line.id][0].why[0]] if found[line.id] else "") for line in lines],
        "booked": booked, "notes": notes, "balances": [(one, one.books_satang - one.told_satang) for one in balances
                                       if one.told_satang is not None]})


@desk(Role.TREASURER, methods=("GET", "POST"))
def line(request: HttpRequest, actor: Actor, line_id: int) -> HttpResponse:
    """One line: what it may be and why; whose dues, which entry of the books, or which account it is."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _say(request, actor, line_id)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:bank", fund_of(actor).code)
    with reading(actor):
        card = ledger.statement_line(fund_id=actor.fund_id, line_id=line_id)
        if card is None:
            raise Http404
        found = _suggestions(actor, card)
        kinds = [(one.code, named(one)) for code in _accounts(card) for one in ledger.accounts(fund_id=actor.fund_id)
                 if one.code == code]
        people = _bookers(actor)
    return page(request, actor, "treasurer/bank_line.html", {
        "line": card, "suggestions": found, "kinds": kinds, "people": people.items(), "refusals": refusals,
        "rows": [(row, *(request.POST.get(f"{name}_{row}", "") for name in ("member", "amount")))
                 for row in range(PAYERS_MAX)],
        "typed": request.POST or {
            "deed": str(fresh_deed()), "booked_by": str(actor.person_id or "")}}, status=422 if refusals else 200)


def _accounts(card: StatementLineCard) -> Sequence[str]:
    return RECEIVED_BY_VOUCHER if card.open_satang > 0 else PAID_BY_VOUCHER


def _bookers(actor: Actor) -> dict[str, str]:
    """Who can have taken members' money in: those who may collect."""
    return choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=COLLECTORS)


def _suggestions(actor: Actor, card: StatementLineCard) -> list[tuple[Suggestion, str, list[str | Promise]]]:
    """What a line may be, each as a person reads it, with what speaks for it."""
    if not card.open_satang:
        return []
    found = contributions.suggested(fund_id=actor.fund_id, lines=[card], on=today())[card.id][:SUGGESTED_MAX]
    people = members.member_cards(
        fund_id=actor.fund_id, member_ids=[paid.member_id for each in found for paid in each.payments])
    entries = {one.entry_id: one for one in ledger.unmatched_entries(fund_id=actor.fund_id)}
    return [(each, ", ".join(f"{people[paid.member_id].member_no} {people[paid.member_id].full_name}"
                             for paid in each.payments) if each.payments else entries[each.entry_id or 0].deed,
             [WHY[why] for why in each.why]) for each in found]


def _say(request: HttpRequest, actor: Actor, line_id: int) -> None:
    """Do what the pressed button says: undo, an entry of the books, a named account, or members' dues."""
    typed, what = Typed(request.POST), request.POST.get("what", "")
    if what == "undo":
        operations.unmatch_line(actor=actor, line_id=line_id, recorded_at=now())
        return
    deed = typed.deed_id()
    if what == "entry":
        entry_id = typed.number("entry", _("รายการที่"))
        typed.demand()
        operations.match_entry(actor=actor, match_id=deed, line_id=line_id, entry_id=entry_id, recorded_at=now())
    elif what == "account":
        kind = typed.one_of("kind", _("เรื่อง"), {code: code for code in (*RECEIVED_BY_VOUCHER, *PAID_BY_VOUCHER)})
        memo = typed.text("memo", _("เพื่ออะไร"))
        typed.demand()
        operations.book_line(actor=actor, match_id=deed, line_id=line_id, account_code=kind, memo=memo,
                             recorded_at=now())
    else:
        with reading(actor):
            payments, people = _payments(typed, actor), _bookers(actor)
        booked_by = typed.one_of("booked_by", _("ผู้ลงรายการ"), {key: UUID(key) for key in people})
        typed.demand()
        contribution_operations.pay_by_transfer(
            actor=actor, match_id=deed, line_id=line_id, payments=payments, booked_by=booked_by, recorded_at=now())


def _payments(typed: Typed, actor: Actor) -> list[Payment]:
    """Who paid and how much: a suggestion as it was pressed, or the rows of the form."""
    told = [part.partition(":")[::2] for part in typed.fields.get("paid", "").split()]
    found = [Payment(member_id=member_id, amount_satang=Satang(satang)) for one, amount in told
             if (member_id := whole_number(one, most=10**9)) and (satang := whole_number(amount, most=10**12))]
    if found:
        return found
    for row in range(PAYERS_MAX):
        if typed.fields.get(f"member_{row}", "").strip() and (card := member_meant(typed, actor, f"member_{row}")):
            found.append(Payment(member_id=card.id, amount_satang=typed.baht(f"amount_{row}", _("จำนวนเงิน"))))
    if not found:
        typed.refuse("web.missing", "member_0", field=_("สมาชิกที่โอน"))
    return found
