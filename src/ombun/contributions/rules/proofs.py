"""A receipt as the seals hold it: book, number, day and sum, with a salt that only its paper tells."""
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from ombun.ledger.rules import leaf_hash
from ombun.primitives.money import Satang

SALT_BYTES = 15


@dataclass(frozen=True, kw_only=True)
class SealedReceipt:
    """What the seal of a receipt says: no name, no member, no village."""

    book_no: int
    number: int
    collected_on: date
    amount_satang: Satang
    salt: bytes


def salt_of(*, sheet_salt: UUID, number: int) -> bytes:
    """The salt of one receipt, made of its sheet's: who knows it knows nothing of the other receipts of that sheet."""
    return sha256(sheet_salt.bytes + b"|%d" % number).digest()[:SALT_BYTES]


def receipt_hash(*, receipt: SealedReceipt) -> bytes:
    """The hash under which a receipt lies in the tree of its seal."""
    return leaf_hash(leaf=(f"receipt|{receipt.book_no}|{receipt.number}|{receipt.collected_on:%Y-%m-%d}"
                           f"|{receipt.amount_satang}|{receipt.salt.hex()}").encode())
