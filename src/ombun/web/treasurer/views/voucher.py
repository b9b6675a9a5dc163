"""Money that no other page brings: a grant, bank interest, travel, stationery. Chosen in words, booked on two sides."""
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.givers.rules import ACCOUNT_OF
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.queries import EntryCard
from ombun.ledger.rules import (
    ATTACHMENT_MAX,
    BANK,
    PAID_BY_VOUCHER,
    RECEIVED_BY_VOUCHER,
    SECONDS,
    TREASURER_CASH,
    NewAttachment,
    Posting,
)
from ombun.papers.gathering.cash_vouchers import voucher_paper
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.books import READERS
from ombun.web.treasurer.views.handover import signers
from ombun.web.typed import Typed
from ombun.web.words import named

COMMON_KINDS = 5
GIVEN = frozenset(ACCOUNT_OF.values())  # comes with a receipt, on the page of givers
WAYS = {"in": tuple(code for code in RECEIVED_BY_VOUCHER if code not in GIVEN), "out": PAID_BY_VOUCHER}


@desk(Role.TREASURER, methods=("GET", "POST"))
def voucher(request: HttpRequest, actor: Actor, way: str) -> HttpResponse:
    """Book a receipt (`in`) or a payment (`out`): what kind, how much, cash or bank, which day, what for."""
    if way not in WAYS:
        raise Http404
    if request.method == "POST":
        try:
            done = _book(request, actor, way)
        except Refused as refused:
            return _form(request, actor, way, request.POST, refused.refusals)
        return redirect("treasurer:entry", fund_of(actor).code, done)
    return _form(request, actor, way, {
        "deed": str(fresh_deed()), "day": day_in_words(today(), short=True), "through": TREASURER_CASH})


def _book(request: HttpRequest, actor: Actor, way: str) -> int:
    typed = Typed(request.POST)
    deed = typed.deed_id()
    kind = typed.one_of("kind", _("เรื่อง"), {code: code for code in WAYS[way]})
    through = typed.one_of("through", _("เงินสดหรือธนาคาร"), {TREASURER_CASH: TREASURER_CASH, BANK: BANK})
    amount, day = typed.baht("amount", _("จำนวนเงิน")), typed.day("day", _("วันที่"))
    memo = typed.text("memo", _("รายละเอียด"))
    with reading(actor):
        seconds = {key: UUID(key) for key in _seconds(actor)}
    second = typed.one_of("second", _("ผู้เห็นชอบอีกคน"), seconds) if request.POST.get("second") else None
    typed.demand()
    debit, credit = (through, kind) if way == "in" else (kind, through)
    return operations.book_receipt_or_payment(
        actor=actor, deed_id=deed, happened_on=day, memo=memo, recorded_at=now(), second=second,
        attachments=sent_papers(request, deed=deed), postings=[
            Posting(account_code=debit, amount_satang=amount),
            Posting(account_code=credit, amount_satang=Satang(-amount))]).entry_id


def sent_papers(request: HttpRequest, *, deed: UUID) -> tuple[NewAttachment, ...]:
    """The pictures and PDFs that came with a form, each with an id that is the same when it is sent again."""
    sent = [one for one in request.FILES.getlist("papers") if one.size]
    return tuple(NewAttachment(id=uuid5(deed, f"paper {n}"), content=one.read(ATTACHMENT_MAX + 1))
                 for n, one in enumerate(sent))


def _seconds(actor: Actor) -> dict[str, str]:
    """Who may agree to a payment beside whoever sits at this desk, by the page's own key."""
    people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=SECONDS)
    return {key: name for key, name in people.items() if key != str(actor.person_id)}


def _form(
    request: HttpRequest, actor: Actor, way: str, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        accounts = {a.code: a for a in ledger.accounts(fund_id=actor.fund_id)}
        holders = {h.code: h.balance_satang for h in ledger.cash_holders(fund_id=actor.fund_id)}
        limit, seconds = ledger.payment_limit(fund_id=actor.fund_id, on=today()), _seconds(actor)
    kinds = [(code, named(accounts[code])) for code in WAYS[way] if code in accounts]
    rare = kinds[COMMON_KINDS:]
    return page(request, actor, "treasurer/voucher.html", {
        "way": way, "typed": typed, "refusals": refusals, "common": kinds[:COMMON_KINDS], "rare": rare,
        "limit": limit if way == "out" else None, "seconds": seconds.items() if limit and way == "out" else (),
        "kind_is_rare": typed.get("kind", "") in dict(rare),
        "cash_satang": holders.get(TREASURER_CASH, 0), "bank_satang": holders.get(BANK, 0)},
        status=422 if refusals else 200)


WHERE_MENDED = {  # what cannot be taken back on its own page, and what to do instead
    "contributions.collection": _("มีใบเสร็จผูกอยู่ หากเก็บผิด ให้ยกเลิกใบเสร็จที่หน้าวันเก็บเงิน"),
    "contributions.cancellation": _("ใบเสร็จที่ยกเลิกแล้วนำกลับมาไม่ได้ หากยกเลิกผิด ให้บันทึกวันเก็บเงินอีกครั้ง"),
    "claims.payment": _("มีใบสำคัญจ่ายผูกอยู่ จึงยกเลิกที่หน้านี้ไม่ได้ "
                        "หากจ่ายผิด ให้บันทึกข้อตกลงส่งคืนที่หน้าคำขอนั้น"),
    "claims.first_help": _("เงินช่วยทันทีผูกอยู่กับคำขอ จึงยกเลิกที่หน้านี้ไม่ได้"),
    "claims.recovery": _("ข้อตกลงส่งคืนผูกอยู่กับคำขอ จึงยกเลิกที่หน้านี้ไม่ได้"),
    "claims.repayment": _("เงินส่งคืนผูกอยู่กับคำขอ จึงยกเลิกที่หน้านี้ไม่ได้"),
    "givers.gift": _("มีใบเสร็จผู้ให้ผูกอยู่ หากบันทึกผิด ให้ยกเลิกที่หน้าผู้ให้"),
    "contributions.in_kind": _("หากบันทึกผิด ให้กดบันทึกผิดที่หน้ารับสิ่งของของหมู่บ้าน"),
    "ledger.reversal": _("รายการที่ยกเลิกแล้วนำกลับมาไม่ได้ หากยกเลิกผิด ให้ลงรายการใหม่")}


@desk(*READERS)
def entry(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """One entry of the books with both its sides, its papers, and who signed for it; from here a mistake is taken
    back."""
    return entry_page(request, actor, entry_id)


def entry_page(
    request: HttpRequest, actor: Actor, entry_id: int, refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    """The page of an entry, with what was wrong with a paper that somebody wanted to attach."""
    tomorrow = today() + timedelta(days=1)
    with reading(actor):
        card = ledger.entry(fund_id=actor.fund_id, entry_id=entry_id)
        if card is None:
            raise Http404
        hands = ledger.hands(fund_id=actor.fund_id, entry=card)
        names = funds.person_names(fund_id=actor.fund_id) if hands else {}
        slip_no = ledger.slip_of_entry(fund_id=actor.fund_id, entry_id=entry_id)
        paper = voucher_paper(fund_id=actor.fund_id, card=card)
        attachments = ledger.attachments_of_entry(fund_id=actor.fund_id, entry_id=entry_id)
        earmark = ledger.earmark_of_entry(fund_id=actor.fund_id, entry_id=entry_id, until_on=tomorrow)
    return page(request, actor, "treasurer/entry.html", {
        "entry": card, "hands": _signed(card, [names.get(person, "–") for person in hands or ()]),
        "slip_no": slip_no, "voucher": paper, "attachments": attachments,
        "earmark": earmark, "deed": fresh_deed(), "refusals": refusals,
        "may_earmark": actor.role == Role.TREASURER and paper is not None and not paper.is_payment
        and earmark is None and card.reversed_by_id is None,
        "where_mended": WHERE_MENDED.get(card.deed, ""), "may_take_back": _may_take_back(actor, card)},
        status=422 if refusals else 200)


def _signed(card: EntryCard, names: Sequence[str]) -> list[tuple[str | Promise, str]]:
    """The names with what each signed for; where the bank gives or takes, somebody bears witness."""
    bank = next((side.amount_satang for side in card.sides if side.account_code.startswith(BANK)), 0)
    giver, taker = _("ผู้ส่งเงิน"), _("ผู้รับเงิน")
    witness = _("ผู้รู้เห็นอีกคน")
    return list(zip((witness if bank < 0 else giver, witness if bank > 0 else taker), names, strict=False))


def _may_take_back(actor: Actor, card: EntryCard) -> bool:
    return actor.role == Role.TREASURER and card.deed in operations.REVERSIBLE and card.reversed_by_id is None


@desk(Role.TREASURER, methods=("GET", "POST"))
def take_back(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """Take a mistaken entry back with a second one that names it: nothing in the books is wiped out.

    What cannot be taken back leads to its own page, which says what to do instead.
    """
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        names = signers(actor.fund_id)
        card = ledger.entry(fund_id=actor.fund_id, entry_id=entry_id)
    if card is None:
        raise Http404
    if request.method == "POST":
        try:
            done = _take_back(request, actor, card, {key: UUID(key) for key in names})
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:entry", fund_of(actor).code, done)
    elif not _may_take_back(actor, card):
        return redirect("treasurer:entry", fund_of(actor).code, entry_id)
    proposed = today() if card.deed != "ledger.opening" else card.posted_on
    return page(request, actor, "treasurer/take_back.html", {
        "entry": card, "refusals": refusals, "people": names.items() if card.deed == "ledger.handover" else (),
        "may_take_back": _may_take_back(actor, card),
        "typed": request.POST or {
            "deed": str(fresh_deed()), "day": day_in_words(max(card.posted_on, proposed), short=True)}},
        status=422 if refusals else 200)


def _take_back(request: HttpRequest, actor: Actor, card: EntryCard, people: Mapping[str, UUID]) -> int:
    typed = Typed(request.POST)
    deed, day, why = typed.deed_id(), typed.day("day", _("วันที่")), typed.text("why", _("เหตุผล"))
    given, received = (people.get(request.POST.get(name, "")) for name in ("given_by", "received_by"))
    typed.demand()
    return operations.reverse_entry(
        actor=actor, reversal_id=deed, entry_id=card.id, reversed_on=day, why=why, recorded_at=now(),
        given_back_by=given, received_back_by=received).entry_id
