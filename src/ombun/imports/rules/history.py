"""How old books stand in the fund's own: which account a line belongs to, and what is left over between two lists."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from ombun.imports.rules.books import AccountItem, AccountsRow, BenefitKind, BenefitRow, BenefitRows, GridRow
from ombun.imports.rules.kept_books import ToldLine
from ombun.imports.rules.reasons import book_reason
from ombun.imports.rules.register_row import RowVerdict
from ombun.ledger.rules import (
    ENTRANCE_FEES,
    FUND_AT_START,
    LOCAL_MATCHING,
    PAST_BENEFITS,
    PAST_CONTRIBUTIONS,
    PAST_MONEY,
    STATE_MATCHING,
    TO_BE_CLARIFIED,
    Posting,
)
from ombun.primitives.money import Satang

BENEFIT_ACCOUNTS: Mapping[BenefitKind, str] = MappingProxyType({
    BenefitKind.BIRTH: "5101", BenefitKind.HOSPITAL: "5102", BenefitKind.SICK_VISIT: "5102",
    BenefitKind.ELDERLY: "5103", BenefitKind.DEATH: "5104", BenefitKind.FUNERAL: "5105",
    BenefitKind.DISADVANTAGED: "5106", BenefitKind.OCCUPATION: "5107", BenefitKind.EDUCATION: "5108",
    BenefitKind.TRADITION: "5109", BenefitKind.HOUSING: "5110", BenefitKind.DISASTER: "5111",
    BenefitKind.CALVING: "5107", BenefitKind.CONSCRIPTION: "5190", BenefitKind.UNCLEAR: "5190"})
RECEIPTS = {
    AccountItem.ENTRANCE_FEE: ENTRANCE_FEES, AccountItem.LAO: LOCAL_MATCHING, AccountItem.STATE: STATE_MATCHING,
    AccountItem.INTEREST: "4910", AccountItem.DONATION: "4800", AccountItem.SAVINGS_GROUP_PROFIT: "4600",
    AccountItem.TO_BE_CLARIFIED: TO_BE_CLARIFIED, AccountItem.OTHER_RECEIPT: "4990"}
PAYMENTS = {AccountItem.TRAVEL: "5320", AccountItem.DOCUMENTS: "5330", AccountItem.MEETINGS: "5340",
             AccountItem.CLARIFIED: TO_BE_CLARIFIED, AccountItem.OTHER_PAYMENT: "5390"}


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """What the accounts have of a month beyond the lists of members, in satang: to be told apart later."""

    month: date
    contributions: int
    benefits: int


def postings_of_month(*, lines: Iterable[ToldLine]) -> tuple[Posting, ...]:
    """The sides of one month of old accounts, but for members' money and benefits, which their own lists tell."""
    sums: dict[str, int] = {}
    for line in lines:
        if code := RECEIPTS.get(line.item):
            sums[code] = sums.get(code, 0) - line.satang
        elif code := PAYMENTS.get(line.item):
            sums[code] = sums.get(code, 0) + line.satang
    return tuple(against_past_money(sides=[
        Posting(account_code=code, amount_satang=Satang(satang)) for code, satang in sorted(sums.items()) if satang]))


def against_past_money(*, sides: list[Posting]) -> list[Posting]:
    """Sides and, against them, the money by the old books."""
    total = sum(side.amount_satang for side in sides)
    return [*sides, Posting(account_code=PAST_MONEY, amount_satang=Satang(-total))] if total else sides


def leftovers(
    *, accounts: Mapping[date, Mapping[AccountItem, int]], paid: Mapping[date, int], received: Mapping[date, int]
) -> list[Leftover]:
    """Month by month what the accounts have beyond the lists; nothing where the accounts do not speak of a month."""
    return [Leftover(month=month, contributions=items.get(AccountItem.MEMBER, 0) - paid.get(month, 0),
                     benefits=items.get(AccountItem.WELFARE, 0) - received.get(month, 0))
            for month, items in sorted(accounts.items())]


def postings_of_leftover(*, contributions: int, benefits: int) -> tuple[Posting, ...]:
    """The sides that make a month of the books agree with its accounts."""
    sides = [Posting(account_code=code, amount_satang=Satang(satang))
             for code, satang in ((PAST_CONTRIBUTIONS, -contributions), (PAST_BENEFITS, benefits)) if satang]
    return tuple(against_past_money(sides=sides))


def postings_of_opening(*, satang: int) -> tuple[Posting, ...]:
    """The money that the oldest accounts begin with."""
    return (Posting(account_code=PAST_MONEY, amount_satang=Satang(satang)),
            Posting(account_code=FUND_AT_START, amount_satang=Satang(-satang)))


def before_own_books(*, row: RowVerdict, own_from: date) -> RowVerdict:
    """A row of old books without the months that stand in the fund's own ones; it says so where any was left out."""
    booked = row.booked
    told: GridRow | AccountsRow | BenefitRow | BenefitRows
    if isinstance(booked, GridRow):
        told = replace(booked, payments=tuple(p for p in booked.payments if p.month < own_from))
        is_empty, is_whole = not told.payments, len(told.payments) == len(booked.payments)
    elif isinstance(booked, AccountsRow):
        told = replace(booked, lines=tuple(line for line in booked.lines if line.month < own_from))
        is_empty, is_whole = not told.lines, len(told.lines) == len(booked.lines)
    elif isinstance(booked, BenefitRow):
        told, is_empty, is_whole = booked, True, _is_before(booked, own_from)
    elif isinstance(booked, BenefitRows):
        told = replace(booked, benefits=tuple(one for one in booked.benefits if _is_before(one, own_from)))
        is_empty, is_whole = not told.benefits, len(told.benefits) == len(booked.benefits)
    else:
        return row
    if is_whole:
        return row
    why = book_reason(code="in_own_books", row=row.row, month=own_from)
    return replace(row, booked=told, reasons=(*row.reasons, why), is_counted=row.is_counted and not is_empty)


def _is_before(benefit: BenefitRow, own_from: date) -> bool:
    day = benefit.paid_on or benefit.month
    return day is None or day < own_from
