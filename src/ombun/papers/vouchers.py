"""The payment voucher of a welfare claim: who received what, why the rule book grants it, and who stands for it."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording

CERTIFIERS_ON_PAPER = 3


@dataclass(frozen=True, kw_only=True)
class ReckoningLine:
    """One line of the reckoning in a sentence, and the number of its clause (empty where there is none)."""

    text: str
    clause_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signed, when and as what (empty: chair or treasurer); without a name the place stays open for a pen."""

    name: str = ""
    signed_on: date | None = None
    office: str = ""


@dataclass(frozen=True, kw_only=True)
class VoucherPaper:
    """A paid claim. Numbers are written with their year ("12/2570"); fewer than three certifiers leave open lines."""

    voucher_no: str
    claim_no: str
    paid_on: date
    payee_name: str
    member_name: str
    member_no: str
    village: str
    benefit: str
    happened_on: date
    reckoning: Sequence[ReckoningLine]
    amount_satang: int
    certifiers: Sequence[Signer]
    chair: Signer
    treasurer: Signer
    paid_from: str = ""  # bank and account number of a transfer; nothing for cash
    is_copy: bool = False


def voucher_pdf(*, fund: FundHeading, voucher: VoucherPaper, language: Language = "th") -> bytes:
    """One voucher on A4, with the reckoning line by line and a place for every signature."""
    return Press("voucher").printed(voucher_contents(fund=fund, voucher=voucher, language=language))


def voucher_contents(*, fund: FundHeading, voucher: VoucherPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, v = Wording(language=language), voucher
    certifiers = [*v.certifiers, *[Signer()] * (CERTIFIERS_ON_PAPER - len(v.certifiers))]
    return {
        "language": language, "fund": fund.contents(say), "dated": v.paid_on.isoformat(), "is_copy": v.is_copy,
        "voucher_no": say.digits(v.voucher_no), "claim_no": say.digits(v.claim_no), "paid_on": say.day(v.paid_on),
        "paid_from": say.digits(v.paid_from),
        "payee": v.payee_name, "member": v.member_name, "member_no": say.digits(v.member_no),
        "village": say.digits(v.village), "benefit": say.digits(v.benefit), "happened_on": say.day(v.happened_on),
        "lines": [{"order": say.digits(order), "text": say.digits(line.text), "clause": say.digits(line.clause_no)}
                  for order, line in enumerate(v.reckoning, start=1)],
        "amount": say.amount(v.amount_satang), "amount_in_words": say.amount_in_words(v.amount_satang),
        "certifiers": [_signer(signer, say) for signer in certifiers],
        "chair": _signer(v.chair, say), "treasurer": _signer(v.treasurer, say),
    }


def _signer(signer: Signer, say: Wording) -> Contents:
    return {"name": signer.name, "office": signer.office, "day": say.day_short(signer.signed_on)}
