"""What old books say beside the register: contributions, benefits, receipts and payments by month. Shapes only."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from ombun.members.rules.membership import LeftReason

MONTH_SATANG = 30_00
MARK = "#"


class BenefitKind(StrEnum):
    """The kinds of benefits that funds give, as the books of all funds can be told apart. Source: CODI's list."""

    BIRTH = "BIRTH"
    HOSPITAL = "HOSPITAL"
    SICK_VISIT = "SICK_VISIT"
    ELDERLY = "ELDERLY"
    DEATH = "DEATH"
    FUNERAL = "FUNERAL"
    DISADVANTAGED = "DISADVANTAGED"
    OCCUPATION = "OCCUPATION"
    EDUCATION = "EDUCATION"
    TRADITION = "TRADITION"
    HOUSING = "HOUSING"
    DISASTER = "DISASTER"
    CALVING = "CALVING"
    CONSCRIPTION = "CONSCRIPTION"
    UNCLEAR = "UNCLEAR"


class AccountItem(StrEnum):
    """What a line of receipts and payments is about, whatever the fund calls it."""

    MEMBER = "member"
    ENTRANCE_FEE = "entrance_fee"
    LAO = "lao"
    STATE = "state"
    INTEREST = "interest"
    DONATION = "donation"
    SAVINGS_GROUP_PROFIT = "savings_group_profit"
    TO_BE_CLARIFIED = "to_be_clarified"
    OTHER_RECEIPT = "other_receipt"
    WELFARE = "welfare"
    TRAVEL = "travel"
    DOCUMENTS = "documents"
    MEETINGS = "meetings"
    CLARIFIED = "clarified"
    OTHER_PAYMENT = "other_payment"


PAID_OUT = frozenset({AccountItem.WELFARE, AccountItem.TRAVEL, AccountItem.DOCUMENTS, AccountItem.MEETINGS,
                      AccountItem.CLARIFIED, AccountItem.OTHER_PAYMENT})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody the books can speak of: a member of the register, or one whom a register row of the same files brings.

    `place` is file, sheet and row of that register row; `other_numbers` are those of further rows of the same person.
    """

    member_id: int | None = None
    place: tuple[str, str, int] | None = None
    member_no: str | None = None
    other_numbers: tuple[str, ...] = ()
    national_id: str | None = None
    name_title: str = ""
    first_name: str = ""
    last_name: str = ""
    moo: int | None = None
    joined_on: date | None = None
    left_on: date | None = None
    left_reason: LeftReason | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What earlier imports brought of the other books, so that the same file sent twice changes nothing.

    `payments`: (payer, month) → satang; `benefits`: (payer, day or month, kind, satang); `accounts`: (month, item,
    word) → satang. A payer is a member's id, or the mark of the number and name as written where nobody fitted.
    """

    payments: Mapping[tuple[int | str, date], int] = field(default_factory=dict)
    benefits: Collection[tuple[int | str, date | None, BenefitKind, int]] = frozenset()
    accounts: Mapping[tuple[date, AccountItem, str], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Money in one cell of a grid, in the month it was handed over; `months` is how many the column stands for."""

    month: date
    months: int
    satang: int
    column: int
    person: Person | None


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """A row of a contribution grid. `person` is None where nobody fits, or where the row is a month of many people."""

    person: Person | None
    payments: tuple[Payment, ...]
    written_no: str = ""
    written_name: str = ""
    moo: int | None = None


@dataclass(frozen=True, kw_only=True)
class BenefitRow:
    """A benefit paid. `paid_on` is None where the day cannot be; `month` may still be known from the rows around it."""

    person: Person | None
    paid_on: date | None
    month: date | None
    fiscal_year_be: int | None
    kind: BenefitKind
    word: str
    nights: int
    satang: int | None
    receiver: str = ""
    written_no: str = ""
    written_name: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitRows:
    """The benefits of one row that has a column for every kind."""

    benefits: tuple[BenefitRow, ...]


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """Money of one month under one heading of the books, with the fund's own word for it."""

    month: date
    item: AccountItem
    word: str
    satang: int
    column: int


@dataclass(frozen=True, kw_only=True)
class AccountsRow:
    """A row of receipts and payments: a month of many items, or an item of many months."""

    lines: tuple[AccountLine, ...]


@dataclass(frozen=True, kw_only=True)
class AccountsMonth:
    """A month of the books: item → satang, and what lay in cash and in the bank at its end (None: not written)."""

    month: date
    receipts: Mapping[AccountItem, int] = field(default_factory=dict)
    payments: Mapping[AccountItem, int] = field(default_factory=dict)
    cash_satang: int | None = None
    bank_satang: int | None = None


@dataclass(frozen=True, kw_only=True)
class AccountsYear:
    """One sheet of receipts and payments. Of an opening balance that is not last year's closing one, the latter holds.

    `opening_*` are None where no balance is known at all.
    """

    file: str
    sheet: str
    fiscal_year_be: int
    opening_cash_satang: int | None
    opening_bank_satang: int | None
    months: tuple[AccountsMonth, ...]


def payer(*, person: Person | None, written_no: str, written_name: str) -> int | str:
    """Who paid or was paid, as `Recorded` keeps it: a member's id, or the mark of the number and name as written."""
    if person is not None and person.member_id is not None:
        return person.member_id
    return mark_of(written=f"{written_no} {written_name}".strip())


def mark_of(*, written: str) -> str:
    """A mark of somebody whom the register does not know: the same for the same number and name, which it hides.

    It is what is left of them once a workbook is forgotten; the mark of a mark is itself.
    """
    return written if written.startswith(MARK) else MARK + sha256(written.encode()).hexdigest()[:24]


def paid_months(*, satang: int) -> int:
    """How many months a year's money covers: baht ÷ 30, rounded down; 360 and 365 are 12. Source: sample README."""
    return satang // MONTH_SATANG
