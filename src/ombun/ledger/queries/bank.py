"""Which accounts at banks are the fund's, and into which one members may transfer."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.ledger.models import Account, BankAccount, BankSlip, CashLimit
from ombun.ledger.queries.books import cash_holders
from ombun.ledger.rules import HolderKind, NewBankAccount, PromptPayKind
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class BankAccountCard:
    """An account at a bank as it was named, the account of the books in which its money stands, and when it ended."""

    id: UUID
    code: str
    as_named: NewBankAccount
    ended_on: date | None

    @property
    def can_be_paid_to(self) -> bool:
        """Whether members may transfer to it: it stands, and has PromptPay."""
        return self.ended_on is None and self.as_named.promptpay_kind is not None


def bank_account_ids(*, fund_id: int) -> dict[str, int]:
    """The accounts of the books that stand for money at a bank: code → id."""
    return dict(Account.objects.filter(fund_id=fund_id, holder_kind=HolderKind.BANK).values_list("code", "id"))


def bank_accounts(*, fund_id: int) -> tuple[BankAccountCard, ...]:
    """Every account at a bank that a resolution named, the newest first."""
    codes = {account_id: code for code, account_id in bank_account_ids(fund_id=fund_id).items()}
    return tuple(BankAccountCard(
        id=row.id, code=codes[row.account_id], ended_on=row.ended_on, as_named=NewBankAccount(
            bank=row.bank, account_no=row.account_no, owner_name=row.owner_name, resolution_no=row.resolution_no,
            resolved_on=row.resolved_on, signed_by=row.signed_by_id, promptpay_no=row.promptpay_no,
            promptpay_kind=PromptPayKind(row.promptpay_kind) if row.promptpay_kind else None))
        for row in BankAccount.objects.filter(fund_id=fund_id).order_by("-resolved_on", "-recorded_at"))


def bank_account(*, fund_id: int, bank_account_id: UUID) -> BankAccountCard | None:
    """One of them, or None."""
    return next((one for one in bank_accounts(fund_id=fund_id) if one.id == bank_account_id), None)


def paying_account(*, fund_id: int) -> BankAccountCard | None:
    """The account into which members may transfer: the one that stands by the newest resolution; None without one."""
    return next((one for one in bank_accounts(fund_id=fund_id) if one.can_be_paid_to), None)


def slip_is_used(*, fund_id: int, account_id: int, slip_no: str) -> bool:
    """Whether a hand-over that stands names this slip of the bank."""
    return BankSlip.objects.filter(
        fund_id=fund_id, account_id=account_id, slip_no=slip_no, void_at__isnull=True).exists()


def slip_of_entry(*, fund_id: int, entry_id: int) -> str:
    """The number of the bank's slip behind an entry, or nothing."""
    return BankSlip.objects.filter(fund_id=fund_id, entry_id=entry_id).values_list("slip_no", flat=True).first() or ""


@dataclass(frozen=True, kw_only=True)
class CashLimitCard:
    """How much cash may be in one hand by a resolution, from a day on, in satang."""

    from_on: date
    limit_satang: Satang
    resolution_no: str


def cash_limit(*, fund_id: int, on: date) -> CashLimitCard | None:
    """The limit on cash in hand on a day, or None where the committee set none."""
    row = CashLimit.objects.filter(fund_id=fund_id, from_on__lte=on).order_by("-from_on").first()
    return None if row is None else CashLimitCard(
        from_on=row.from_on, limit_satang=row.limit_satang, resolution_no=row.resolution_no)


def hands_over_limit(*, fund_id: int, on: date) -> frozenset[str]:
    """The accounts of those in whose hands is more cash now than the limit of a day allows; never the bank."""
    limit = cash_limit(fund_id=fund_id, on=on)
    return frozenset() if limit is None else frozenset(
        one.code for one in cash_holders(fund_id=fund_id)
        if one.holder_kind != HolderKind.BANK and one.balance_satang > limit.limit_satang)
