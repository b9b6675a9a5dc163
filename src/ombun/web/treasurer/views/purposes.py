"""What money is for: a letter that says for what it came, and how the meeting divides it among sub-funds."""
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.rules import SIGNERS, NewShares, ShareOf, Way, form
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed
from ombun.web.words import named

SUB_FUNDS = range(1, 5)
DIVIDED: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {  # what is divided together, and its accounts
    "members": (_("รับ: เงินสมทบจากสมาชิก"), ("4100", "4150", "4190")),
    "local": (_("รับ: จาก อปท."), ("4400",)),
    "state": (_("รับ: จากรัฐบาลและ พอช."), ("4200", "4300", "4500")),
    "other": (_("รับ: อื่น ๆ"), ("4600", "4700", "4800", "4910", "4980", "4990")),
    "start": (_("เงินกองทุนยกมา"), ("3100",)),
    "help": (_("จ่าย: สวัสดิการ"), form.BENEFITS),
    "costs": (_("จ่าย: ค่าใช้จ่าย"), ("5200", "5310", "5320", "5330", "5340", "5350", "5360", "5380", "5390"))}


@desk(Role.TREASURER, methods=("GET", "POST"))
def earmark(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """Say for which kinds of help money came in, as the letter of the giver does."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        card = ledger.entry(fund_id=actor.fund_id, entry_id=entry_id)
        voucher = ledger.voucher_of_entry(fund_id=actor.fund_id, entry_id=entry_id)
        kinds = [(a.code, named(a)) for a in ledger.accounts(fund_id=actor.fund_id) if a.code in form.BENEFITS]
    if card is None:
        raise Http404
    if request.method == "POST":
        try:
            typed = Typed(request.POST)
            deed, words = typed.deed_id(), typed.text("words", _("หนังสือว่าอย่างไร"))
            typed.demand()
            operations.earmark_receipt(actor=actor, earmark_id=deed, entry_id=entry_id, words=words,
                                       accounts=request.POST.getlist("accounts"), recorded_at=now())
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:entry", fund_of(actor).code, entry_id)
    elif voucher is None or voucher.way != Way.IN:
        return redirect("treasurer:entry", fund_of(actor).code, entry_id)
    return page(request, actor, "treasurer/earmark.html", {
        "entry": card, "kinds": kinds, "refusals": refusals, "chosen": request.POST.getlist("accounts"),
        "typed": request.POST or {"deed": str(fresh_deed())}}, status=422 if refusals else 200)


@desk(*KEEPERS, methods=("GET", "POST"))
def shares(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How the meeting divides what comes in and goes out; another resolution is written down."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _vote(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:shares", fund_of(actor).code)
    typed = request.POST or {"deed": str(fresh_deed())}
    with reading(actor):
        votes, told = ledger.share_votes(fund_id=actor.fund_id), ledger.sub_funds(
            fund_id=actor.fund_id, from_on=today(), until_on=today() + timedelta(days=1))
        signers = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=SIGNERS)
    return page(request, actor, "treasurer/shares.html", {
        "refusals": refusals, "votes": votes, "told": told, "signers": signers.items(), "typed": typed,
        "names": [(n, typed.get(f"name-{n}", "")) for n in SUB_FUNDS],
        "rows": [(label, [(f"{key}-{n}", typed.get(f"{key}-{n}", "")) for n in SUB_FUNDS])
                 for key, (label, _codes) in DIVIDED.items()]}, status=422 if refusals else 200)


def _vote(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        people = {key: UUID(key) for key in choices.people(
            funds.office_holders(fund_id=actor.fund_id, on=today()), offices=SIGNERS)}
    deed, found = typed.deed_id(), []
    for key, (label, codes) in DIVIDED.items():
        for n in SUB_FUNDS:
            if fields.get(f"{key}-{n}", "").strip():
                percent = typed.number(f"{key}-{n}", label, most=100)
                found += [ShareOf(account=code, sub_fund=fields.get(f"name-{n}", "").strip(), thousandths=percent * 10)
                          for code in codes if percent]
    new = NewShares(
        from_on=typed.day("from_on", _("ใช้ตั้งแต่วันที่")), resolution_no=typed.text("resolution_no", _("มติครั้งที่")),
        signed_by=typed.one_of("signed_by", _("ผู้ลงนาม"), people), shares=tuple(found))
    typed.demand()
    operations.vote_shares(actor=actor, vote_id=deed, new=new, recorded_at=now())
