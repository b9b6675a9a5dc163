"""The voucher of a receipt or a payment that no other paper stands for: what for, from where, and who stands for it."""
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class CashVoucherPaper:
    """A voucher. `number` has its year ("12/2570"); `through` says by which hand or bank; names may be empty, then the
    place stays open for a pen. `reversed_on` is the day on which it was taken back."""

    number: str
    is_payment: bool
    happened_on: date
    kind: str
    memo: str
    through: str
    amount_satang: int
    first: str = ""
    second: str = ""
    needs_second: bool = False
    papers: int = 0
    reversed_on: date | None = None


def cash_voucher_pdf(*, fund: FundHeading, voucher: CashVoucherPaper, language: Language = "th") -> bytes:
    """The voucher on half a sheet, A5 lying, with a place for every signature."""
    return Press("cash_voucher").printed(cash_voucher_contents(fund=fund, voucher=voucher, language=language))


def cash_voucher_contents(*, fund: FundHeading, voucher: CashVoucherPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, v = Wording(language=language), voucher
    return {
        "language": language, "fund": fund.contents(say), "dated": v.happened_on.isoformat(),
        "number": say.digits(v.number), "is_payment": v.is_payment, "happened_on": say.day(v.happened_on),
        "kind": say.digits(v.kind), "memo": say.digits(v.memo), "through": say.digits(v.through),
        "amount": say.amount(v.amount_satang), "amount_in_words": say.amount_in_words(v.amount_satang),
        "first": v.first, "second": v.second, "has_second": v.needs_second or v.second != "",
        "papers": say.digits(v.papers), "is_cancelled": v.reversed_on is not None,
        "cancelled_on": say.day(v.reversed_on) if v.reversed_on else ""}
