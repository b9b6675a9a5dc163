"""What the committee resolved about money: which account at a bank is the fund's, how much cash may be in hand."""
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.ledger import queries, rules
from ombun.ledger.models import Account, BankAccount, CashLimit
from ombun.ledger.rules import BANK, AccountKind, HolderKind, NewBankAccount, NewCashLimit
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class BankRefused(Refused):
    """The bank account cannot be named or ended so; every reason is listed."""


@use_case
def name_bank_account(*, actor: Actor, bank_account_id: UUID, new: NewBankAccount, recorded_at: datetime) -> None:
    """Write down which account at a bank the committee resolved to be the fund's, under whose name.

    The first one stands in the books as 1200; every further one gets an account of its own, and keeps it when it is
    named again later. The same id again changes nothing. Raises BankRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = queries.bank_account(fund_id=actor.fund_id, bank_account_id=bank_account_id)
    if known is not None:
        if known.as_named != new:
            raise BankRefused(Refusal(code="ledger.same_id_other_content", about=str(bank_account_id)))
        return
    same = BankAccount.objects.filter(fund_id=actor.fund_id, account_no=new.account_no)
    found = rules.refusals_to_name(
        new=new, is_named=same.filter(ended_on__isnull=True).exists(), today=day_in_thailand(recorded_at),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise BankRefused(*found)

    # After this point it must succeed.
    before = same.first()
    BankAccount.objects.create(
        id=bank_account_id, fund_id=actor.fund_id, recorded_by=actor.user_id, recorded_at=recorded_at,
        account_id=before.account_id if before else _account_for(fund_id=actor.fund_id, new=new),
        **{"signed_by_id" if name == "signed_by" else name: said for name, said in vars(new).items()})
    audit.record_event(
        actor=actor, action="ledger.bank_account_named", subject=f"bank_account:{bank_account_id}", facts={
            "resolution": new.resolution_no, "resolved_on": new.resolved_on.isoformat(),
            "signed_by": str(new.signed_by)}, happened_at=recorded_at)


def _account_for(*, fund_id: int, new: NewBankAccount) -> int:
    """The first account at a bank is the one that every fund begins with; for another one a new one is opened."""
    of_banks = Account.objects.filter(fund_id=fund_id).filter(Q(code=BANK) | Q(code__startswith=f"{BANK}-"))
    if not BankAccount.objects.filter(fund_id=fund_id).exists():
        return of_banks.get(code=BANK).id
    name = f"{new.bank} {new.account_no[-4:]}"
    return Account.objects.create(
        fund_id=fund_id, code=f"{BANK}-{of_banks.count() + 1:02}", kind=AccountKind.ASSET, holder_kind=HolderKind.BANK,
        name_th=f"เงินในบัญชี {name}", name_en=f"Bank account {name}").id


@use_case
def end_bank_account(*, actor: Actor, bank_account_id: UUID, recorded_at: datetime) -> None:
    """Say that from today a bank account is the fund's no longer, or not by this resolution: its code is shown no more.

    The money stays in the books where it is. The same again changes nothing. Raises BankRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = queries.bank_account(fund_id=actor.fund_id, bank_account_id=bank_account_id)
    if known is None:
        raise BankRefused(Refusal(code="ledger.unknown_bank_account", about=str(bank_account_id)))
    if known.ended_on is not None:
        return
    ended_on = day_in_thailand(recorded_at)
    BankAccount.objects.filter(fund_id=actor.fund_id, id=bank_account_id).update(ended_on=ended_on)
    audit.record_event(actor=actor, action="ledger.bank_account_ended", subject=f"bank_account:{bank_account_id}",
                       facts={"ended_on": ended_on.isoformat()}, happened_at=recorded_at)


@use_case
def limit_cash(*, actor: Actor, limit_id: UUID, new: NewCashLimit, recorded_at: datetime) -> None:
    """Write down how much cash the committee wants in one hand at most. Where there is more it is shown; nothing is
    refused for it. The same id again changes nothing. Raises BankRefused with every reason."""
    funds.lock_fund(fund_id=actor.fund_id)
    if CashLimit.objects.filter(fund_id=actor.fund_id, id=limit_id).exists():
        return
    found = rules.refusals_to_limit(
        new=new, is_set_that_day=CashLimit.objects.filter(fund_id=actor.fund_id, from_on=new.from_on).exists(),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), today=day_in_thailand(recorded_at),
        names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise BankRefused(*found)

    # After this point it must succeed.
    CashLimit.objects.create(
        id=limit_id, fund_id=actor.fund_id, from_on=new.from_on, limit_satang=new.limit_satang,
        resolution_no=new.resolution_no, signed_by_id=new.signed_by, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.cash_limited", subject=f"cash_limit:{limit_id}", facts={
        "limit_satang": new.limit_satang, "resolution": new.resolution_no}, happened_at=recorded_at)
