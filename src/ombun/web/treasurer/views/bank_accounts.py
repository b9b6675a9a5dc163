"""Which accounts at banks are the fund's, by which resolution; into one of them members may transfer."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.rules import SIGNERS, NewBankAccount, NewCashLimit, PromptPayKind
from ombun.primitives.actors import Actor
from ombun.primitives.national_id import digits_of
from ombun.primitives.refusals import Refusal, Refused
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed

KINDS = {PromptPayKind.MOBILE: _("หมายเลขโทรศัพท์ 10 หลัก"), PromptPayKind.NATIONAL_ID: _("เลขประจำตัว 13 หลัก"),
         PromptPayKind.EWALLET: _("กระเป๋าเงินในโทรศัพท์ 15 หลัก"), PromptPayKind.BILLER: _("รหัสรับชำระเงินจากธนาคาร 15 หลัก")}


@desk(*KEEPERS, methods=("GET", "POST"))
def bank_accounts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The accounts that resolutions named; another is named, or one is ended."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _WRITES[next((name for name in _WRITES if name in request.POST), "name")](request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:bank_accounts", fund_of(actor).code)
    with reading(actor):
        accounts = ledger.bank_accounts(fund_id=actor.fund_id)
        paying = ledger.paying_account(fund_id=actor.fund_id)
        signers, limit = _signers(actor), ledger.cash_limit(fund_id=actor.fund_id, on=today())
        alone = ledger.payment_limit(fund_id=actor.fund_id, on=today())
    return page(request, actor, "treasurer/bank_accounts.html", {
        "refusals": refusals, "accounts": accounts, "paying": paying, "kinds": KINDS.items(),
        "signers": signers.items(), "limit": limit, "alone": alone,
        "typed": request.POST or {"deed": str(fresh_deed())}},
        status=422 if refusals else 200)


def _signers(actor: Actor) -> dict[str, str]:
    return choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()), offices=SIGNERS)


def _name(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    with reading(actor):
        people = {key: UUID(key) for key in _signers(actor)}
    deed, kind = typed.deed_id(), fields.get("promptpay_kind", "")
    new = NewBankAccount(
        bank=typed.text("bank", _("ธนาคาร")), account_no=digits_of(typed.text("account_no", _("เลขที่บัญชี"))),
        owner_name=typed.text("owner_name", _("ชื่อบัญชี")),
        resolution_no=typed.text("resolution_no", _("มติครั้งที่")), resolved_on=typed.day("resolved_on", _("วันประชุม")),
        signed_by=typed.one_of("signed_by", _("ผู้ลงนาม"), people),
        promptpay_kind=typed.one_of("promptpay_kind", _("พร้อมเพย์"), {str(k): k for k in KINDS}) if kind else None,
        promptpay_no=digits_of(typed.text("promptpay_no", _("หมายเลขพร้อมเพย์"), is_optional=not kind)))
    typed.demand()
    operations.name_bank_account(actor=actor, bank_account_id=deed, new=new, recorded_at=now())


def _end(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)
    bank_account_id = typed.deed_id("end")
    typed.demand()
    operations.end_bank_account(actor=actor, bank_account_id=bank_account_id, recorded_at=now())


def _limit(fields: Mapping[str, str], actor: Actor) -> None:
    deed, new = _new_limit(fields, actor, "limit", _("คนละไม่เกินกี่บาท"))
    operations.limit_cash(actor=actor, limit_id=deed, new=new, recorded_at=now())


def _limit_alone(fields: Mapping[str, str], actor: Actor) -> None:
    deed, new = _new_limit(fields, actor, "alone", _("คนเดียวจ่ายได้ไม่เกินกี่บาท"))
    operations.limit_payments(actor=actor, limit_id=deed, new=new, recorded_at=now())


def _new_limit(
    fields: Mapping[str, str], actor: Actor, name: str, asked: str | Promise
) -> tuple[UUID, NewCashLimit]:
    typed = Typed(fields)
    with reading(actor):
        people = {key: UUID(key) for key in _signers(actor)}
    deed, limit = typed.deed_id(), typed.baht(name, asked)
    new = NewCashLimit(
        limit_satang=limit, resolution_no=typed.text(f"{name}_resolution", _("มติครั้งที่")),
        from_on=typed.day(f"{name}_from", _("วันประชุม")),
        signed_by=typed.one_of(f"{name}_signed_by", _("ผู้ลงนาม"), people))
    typed.demand()
    return deed, new


_WRITES = {"end": _end, "alone": _limit_alone, "limit": _limit, "name": _name}  # by the button or field that is sent
