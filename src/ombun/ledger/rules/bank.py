"""Which account at a bank is the fund's, by whose resolution. Pure."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.ledger.rules.promptpay import DIGITS, PromptPayKind
from ombun.primitives.money import Satang
from ombun.primitives.national_id import has_valid_check_digit
from ombun.primitives.refusals import Refusal

SIGNERS = frozenset({Office.CHAIR, Office.VICE_CHAIR})
NAME_MAX = 200  # letters
LIMIT_MAX = 10**11  # satang: a billion baht is a slip of the pen


@dataclass(frozen=True, kw_only=True)
class NewBankAccount:
    """An account at a bank as a resolution of the committee names it, with PromptPay where members may transfer to it.

    `account_no` and `promptpay_no` are digits alone; `owner_name` is what a bank app shows before the money leaves.
    """

    bank: str
    account_no: str
    owner_name: str
    resolution_no: str
    resolved_on: date
    signed_by: UUID
    promptpay_kind: PromptPayKind | None = None
    promptpay_no: str = ""


def refusals_to_name(
    *, new: NewBankAccount, is_named: bool, holdings: Collection[Holding], names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason not to name a bank account so; `is_named`: one with this number stands already.

    Source: domain §10.2: a code leads into whatever account it names, so only one that the committee approved.
    """
    found = [Refusal(code="ledger.bank_account_says_not_all", about=name)
             for name in ("bank", "owner_name", "resolution_no") if not 0 < len(getattr(new, name)) <= NAME_MAX]
    if not (new.account_no.isdecimal() and 6 <= len(new.account_no) <= 20):
        found.append(Refusal(code="ledger.not_an_account_number", about="account_no"))
    if is_named:
        found.append(Refusal(code="ledger.bank_account_is_named", about="account_no", facts={"no": new.account_no}))
    if not _can_be_paid_to(new):
        found.append(Refusal(code="ledger.not_a_promptpay_number", about="promptpay_no"))
    if new.resolved_on > today:
        found.append(Refusal(code="ledger.day_to_come", about="resolved_on", facts={"day": new.resolved_on}))
    if not holds(holdings=holdings, person_id=new.signed_by, offices=SIGNERS, on=new.resolved_on):
        found.append(Refusal(code="ledger.resolution_not_signed_by_chair", about="signed_by", facts={
            "person": names.get(new.signed_by, "–"), "day": new.resolved_on}))
    return found


def _can_be_paid_to(new: NewBankAccount) -> bool:
    """Whether the PromptPay number can be one of its kind; an account may have none."""
    if new.promptpay_kind is None:
        return not new.promptpay_no
    number = new.promptpay_no
    fits = number.isascii() and number.isdecimal() and len(number) == DIGITS[new.promptpay_kind]
    if new.promptpay_kind == PromptPayKind.MOBILE:
        return fits and number.startswith("0")
    return fits and (new.promptpay_kind != PromptPayKind.NATIONAL_ID or has_valid_check_digit(number))


@dataclass(frozen=True, kw_only=True)
class NewCashLimit:
    """How much cash the committee wants in one hand at most, from the day of its resolution on, in satang."""

    limit_satang: Satang
    resolution_no: str
    from_on: date
    signed_by: UUID


def refusals_to_limit(
    *, new: NewCashLimit, is_set_that_day: bool, holdings: Collection[Holding], names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason not to write down such a limit: no amount, no resolution, a day to come, no chair, set that day."""
    found = []
    if not 0 < new.limit_satang <= LIMIT_MAX:
        found.append(Refusal(code="ledger.amount_not_positive", about="limit"))
    if not 0 < len(new.resolution_no) <= NAME_MAX:
        found.append(Refusal(code="ledger.limit_says_no_resolution", about="limit_resolution"))
    if new.from_on > today:
        found.append(Refusal(code="ledger.day_to_come", about="limit_from", facts={"day": new.from_on}))
    if is_set_that_day:
        found.append(Refusal(code="ledger.limit_set_that_day", about="limit_from", facts={"day": new.from_on}))
    if not holds(holdings=holdings, person_id=new.signed_by, offices=SIGNERS, on=new.from_on):
        found.append(Refusal(code="ledger.resolution_not_signed_by_chair", about="limit_signed_by", facts={
            "person": names.get(new.signed_by, "–"), "day": new.from_on}))
    return found
