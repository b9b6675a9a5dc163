"""A receipt as the seals hold it, and what its paper carries to prove it.

That is book, number, day and sum, with a salt that only the paper tells, and after sealing the way to the head. Never a
name, a member or a village. A paper's code is a text of capital letters, digits, dots and hyphens, which makes the
smallest picture: it begins with 1 where it only names the receipt, and with 2 where it proves it.
"""
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from ombun.ledger.rules import HASH_BYTES, SealFacts, head_of, leaf_hash, root_by_path
from ombun.primitives.money import Satang

SALT_BYTES, SHORT_HEAD_BYTES = 15, 8
PLAIN = "ombun:"
PROOF_LETTERS_MAX = 4_000  # a path of a hundred hashes, more than any tree has
_MARK, _PROOF = "1", "2"
_DIGITS_MAX = 15


@dataclass(frozen=True, kw_only=True)
class SealedReceipt:
    """What the seal of a receipt says: no name, no member, no village."""

    book_no: int
    number: int
    collected_on: date
    amount_satang: Satang
    salt: bytes


@dataclass(frozen=True, kw_only=True)
class ReceiptMark:
    """What a receipt's paper carries from its first day: of which fund it is, book, number and salt."""

    fund_code: str
    book_no: int
    number: int
    salt: bytes


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A receipt with its way to the head of its seal: `place` counts entries and receipts together, `before` is the
    head before, `short_head` the first bytes of the head as it was when the paper was printed."""

    fund_code: str
    receipt: SealedReceipt
    seal_no: int
    month: date
    entry_count: int
    receipt_count: int
    place: int
    short_head: bytes
    before: bytes
    path: tuple[bytes, ...]

    @property
    def mark(self) -> ReceiptMark:
        """What names the receipt."""
        return ReceiptMark(fund_code=self.fund_code, book_no=self.receipt.book_no, number=self.receipt.number,
                           salt=self.receipt.salt)


def salt_of(*, sheet_salt: UUID, number: int) -> bytes:
    """The salt of one receipt, made of its sheet's: who knows it knows nothing of the other receipts of that sheet."""
    return sha256(sheet_salt.bytes + b"|%d" % number).digest()[:SALT_BYTES]


def receipt_hash(*, receipt: SealedReceipt) -> bytes:
    """The hash under which a receipt lies in the tree of its seal."""
    return leaf_hash(leaf=(f"receipt|{receipt.book_no}|{receipt.number}|{receipt.collected_on:%Y-%m-%d}"
                           f"|{receipt.amount_satang}|{receipt.salt.hex()}").encode())


def head_by_proof(*, proof: Proof) -> bytes | None:
    """The head that a proof leads to, or None where it does not hold: its path leads nowhere, or to another head than
    the one it names. Whether the head is the fund's own is another question: compare it with the month's report."""
    root = root_by_path(hashed=receipt_hash(receipt=proof.receipt), place=proof.place,
                        count=proof.entry_count + proof.receipt_count, path=proof.path)
    if root is None or proof.place < proof.entry_count:
        return None
    head = head_of(before=proof.before, facts=SealFacts(
        seal_no=proof.seal_no, month=proof.month, entry_count=proof.entry_count, receipt_count=proof.receipt_count,
        root=root))
    return head if head[:SHORT_HEAD_BYTES] == proof.short_head else None


def as_text(*, code: ReceiptMark | Proof) -> str:
    """What a paper's code says, without the address before it."""
    if isinstance(code, ReceiptMark):
        return ".".join((_MARK, code.fund_code.upper(), str(code.book_no), str(code.number), _letters(code.salt)))
    receipt = code.receipt
    return ".".join((
        _PROOF, code.fund_code.upper(), str(receipt.book_no), str(receipt.number), f"{receipt.collected_on:%Y%m%d}",
        str(receipt.amount_satang), _letters(receipt.salt), str(code.seal_no), f"{code.month:%Y%m}",
        str(code.entry_count), str(code.receipt_count), str(code.place), _letters(code.short_head),
        _letters(code.before), _letters(b"".join(code.path))))


def as_paper_text(*, code: ReceiptMark | Proof) -> str:
    """The code as a phone reads it from paper: plain text that the check page of any Ombun reads."""
    return f"{PLAIN.upper()}{as_text(code=code)}"


def read_code(*, text: str) -> ReceiptMark | Proof | None:
    """What a code says, as it was scanned or typed: with or without the address before it; None where it says nothing
    that we know."""
    parts = "".join(text.split()).upper().rpartition("/")[2].removeprefix(PLAIN.upper()).split(".")
    if len(text) > PROOF_LETTERS_MAX:
        return None
    try:
        match parts:
            case ["1", code, book, number, salt]:
                return ReceiptMark(fund_code=code.lower(), book_no=_number(book), number=_number(number),
                                   salt=_bytes(salt, SALT_BYTES))
            case ["2", code, *rest] if len(rest) == 13:
                return _proof(code, rest)
    except ValueError:
        pass
    return None


def _proof(code: str, rest: list[str]) -> Proof:
    book, number, day, satang, salt, seal_no, month, entries, receipts, place, short, before, path = rest
    steps = _bytes(path)
    if len(steps) % HASH_BYTES:
        raise ValueError(path)
    return Proof(
        fund_code=code.lower(), seal_no=_number(seal_no), month=_day(f"{month}01"), entry_count=_number(entries),
        receipt_count=_number(receipts), place=_number(place), short_head=_bytes(short, SHORT_HEAD_BYTES),
        before=_bytes(before, HASH_BYTES),
        path=tuple(steps[start:start + HASH_BYTES] for start in range(0, len(steps), HASH_BYTES)),
        receipt=SealedReceipt(
            book_no=_number(book), number=_number(number), collected_on=_day(day),
            amount_satang=Satang(_number(satang)), salt=_bytes(salt, SALT_BYTES)))


def _letters(some: bytes) -> str:
    return b32encode(some).decode().rstrip("=")


def _bytes(letters: str, length: int | None = None) -> bytes:
    some = b32decode(letters + "=" * (-len(letters) % 8))
    if length not in (None, len(some)) or _letters(some) != letters:
        raise ValueError(letters)
    return some


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS_MAX):
        raise ValueError(digits)
    return int(digits)


def _day(digits: str) -> date:
    if len(digits) != 8:
        raise ValueError(digits)
    return date(_number(digits[:4]), _number(digits[4:6]), _number(digits[6:]))
