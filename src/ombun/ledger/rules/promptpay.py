"""The code that a phone's bank app reads: PromptPay, the Thai shape of EMVCo merchant-presented codes. Pure."""
import re
from enum import StrEnum

from ombun.ledger.rules.marked import checked, marked
from ombun.primitives.money import Satang


class PromptPayKind(StrEnum):
    """What a PromptPay number is; a biller's is given by a bank to those who collect bills."""

    MOBILE = "MOBILE"
    NATIONAL_ID = "NATIONAL_ID"
    EWALLET = "EWALLET"
    BILLER = "BILLER"


DIGITS = {PromptPayKind.MOBILE: 10, PromptPayKind.NATIONAL_ID: 13, PromptPayKind.EWALLET: 15, PromptPayKind.BILLER: 15}
REFERENCE_MAX = 20  # letters; what every bank keeps of it

_CREDIT_TRANSFER, _BILL_PAYMENT = "A000000677010111", "A000000677010112"
_SUB_TAGS = {PromptPayKind.MOBILE: "01", PromptPayKind.NATIONAL_ID: "02", PromptPayKind.EWALLET: "03"}
_NO_LETTER = re.compile(r"[^0-9A-Z]")


def promptpay_code(
    *, kind: PromptPayKind, number: str, amount_satang: Satang | None = None, reference: str = ""
) -> str:
    """The text of a code by which money is transferred to a number; without an amount the payer types it.

    `number`: digits alone, as many as `DIGITS` says; `amount_satang` above zero; `reference`: at most 20 letters A–Z
    and digits. Source: domain §10.2 (tags 29 and 30, CRC-16/CCITT-FALSE).
    """
    if kind == PromptPayKind.BILLER:
        to = marked(parts=[("00", _BILL_PAYMENT), ("01", number), ("02", reference or "0")])
    else:
        receiver = f"0066{number[1:]}" if kind == PromptPayKind.MOBILE else number
        to = marked(parts=[("00", _CREDIT_TRANSFER), (_SUB_TAGS[kind], receiver)])
    amount = "" if amount_satang is None else f"{amount_satang // 100}.{amount_satang % 100:02}"
    more = marked(parts=[("05", reference)]) if reference and kind != PromptPayKind.BILLER else ""
    return checked(parts=[
        ("00", "01"), ("01", "12" if amount else "11"), ("30" if kind == PromptPayKind.BILLER else "29", to),
        ("53", "764"), ("54", amount), ("58", "TH"), ("62", more)], tag="63")


def transfer_reference(*, member_no: str) -> str:
    """What stands in the code so that the money is known on the statement: M and the member number ("M0023"); nothing
    where the number has no letter that a bank keeps."""
    kept = _NO_LETTER.sub("", member_no.upper())[:REFERENCE_MAX - 1]
    return f"M{kept}" if kept else ""
