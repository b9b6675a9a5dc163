"""The code on a slip that a bank app shows after a transfer: from which bank, under which number. Pure.

It says only that a bank made such a slip; whether the money came, the statement alone tells.
"""
import re
from dataclasses import dataclass

from ombun.ledger.rules.marked import checksum, parts_of

_SLIP_TAG, _COUNTRY_TAG, _SUM_TAG = "00", "51", "91"
_BANK, _NUMBER = re.compile(r"\d{3}"), re.compile(r"[0-9A-Za-z]{6,30}")


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A transfer as its slip tells it: the code of the sending bank (three digits) and the bank's number for it."""

    bank: str
    number: str


def slip_of(*, text: str) -> Slip | None:
    """The slip behind the text of its code, or None where the form or the checksum is wrong.

    Source: the banks' code for checking slips: part 00 with 01 sending bank and 02 transaction reference, 51 country,
    91 CRC-16/CCITT-FALSE over everything before it.
    """
    text = text.strip()
    parts = parts_of(text=text)
    if parts is None or list(parts) != [_SLIP_TAG, _COUNTRY_TAG, _SUM_TAG] or parts[_COUNTRY_TAG] != "TH":
        return None
    told = parts_of(text=parts[_SLIP_TAG]) or {}
    bank, number = told.get("01", ""), told.get("02", "")
    if parts[_SUM_TAG].upper() != checksum(text=text[:-4]) or not (_BANK.fullmatch(bank) and _NUMBER.fullmatch(number)):
        return None
    return Slip(bank=bank, number=number)
