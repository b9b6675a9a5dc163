"""The seals of a fund reckoned again from its tables, and how one receipt is shown to lie in one of them."""
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hmac import compare_digest
from uuid import UUID

from django.db import connections

from ombun.contributions.rules.proofs import (
    SHORT_HEAD_BYTES,
    Proof,
    ReceiptMark,
    SealedReceipt,
    receipt_hash,
    salt_of,
)
from ombun.ledger import queries as ledger
from ombun.ledger.queries import SealCard
from ombun.ledger.rules import NO_HEAD, first_unlike, head_of, path_in, root_of, tree_of
from ombun.primitives.asking import rows
from ombun.primitives.days import month_of

_BUNDLE = 10_000


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """Where a seal and the tables part: the code of the sentence about it, the month of the seal, and what is meant."""

    code: str
    month: date
    facts: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was looked at, the last head, and the first thing of every seal that does not fit; none is good."""

    seals: int
    entries: int
    receipts: int
    head: bytes | None
    misfits: tuple[Misfit, ...]


@dataclass(kw_only=True)
class _Leaves:
    """What the tables say that a seal holds: entries in their order, receipts by book and number."""

    entries: list[tuple[int, bytes]] = field(default_factory=list)
    receipts: list[tuple[int, int, bytes]] = field(default_factory=list)

    @property
    def hashes(self) -> list[bytes]:
        return [hashed for _, hashed in self.entries] + [hashed for *_, hashed in sorted(self.receipts)]


def verified(*, fund_id: int, using: str = "default") -> Verified:
    """Reckon every seal of a fund again from its entries and receipts, and say what does not fit."""
    seals = ledger.seals(fund_id=fund_id, with_marks=True, using=using)
    leaves = [_Leaves() for _ in seals]
    sealed_in = _which_seal(seals)
    seal_of: dict[int, int] = {}
    for entry_id, posted_on, hashed in ledger.entry_leaves(fund_id=fund_id, using=using):
        place = sealed_in(entry_id, posted_on)
        if place is not None:
            seal_of[entry_id] = place
            leaves[place].entries.append((entry_id, hashed))
    receipts = 0
    for entry_id, receipt in _receipts(fund_id=fund_id, using=using):
        if (place := seal_of.get(entry_id)) is not None:
            leaves[place].receipts.append((receipt.book_no, receipt.number, receipt_hash(receipt=receipt)))
            receipts += 1
    return Verified(
        seals=len(seals), entries=len(seal_of), receipts=receipts, head=seals[-1].head if seals else None,
        misfits=(*_unsealed(fund_id, using), *_misfits(seals, leaves)))


def _which_seal(seals: Sequence[SealCard]) -> Callable[[int, date], int | None]:
    """An entry lies in the first seal whose month has reached it and that was made after it."""
    @cache
    def reaching(month: date) -> tuple[tuple[int, int], ...]:
        return tuple((seal.entries_until, place) for place, seal in enumerate(seals) if seal.month >= month)

    def sealed_in(entry_id: int, posted_on: date) -> int | None:
        return next((place for until, place in reaching(month_of(posted_on)) if entry_id <= until), None)

    return sealed_in


_SHEETS = """
SELECT k.id, k.entry_id, b.book_no, k.salt FROM contributions_collection k
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
WHERE k.fund_id = %(fund_id)s AND (%(ids)s::bigint[] IS NULL OR k.entry_id = ANY(%(ids)s))"""
_RECEIPTS = """
SELECT p.collection_id, p.number, p.collected_on, p.amount_satang FROM contributions_contribution p
WHERE p.fund_id = %(fund_id)s"""


def _receipts(
    *, fund_id: int, entry_ids: Sequence[int] | None = None, using: str = "default"
) -> Iterator[tuple[int, SealedReceipt]]:
    """The receipts of a fund, or those behind these entries, each with its entry."""
    with connections[using].cursor() as cursor:
        cursor.execute(_SHEETS, {"fund_id": fund_id, "ids": None if entry_ids is None else list(entry_ids)})
        sheets: dict[int, tuple[int, int, UUID]] = {sheet: tuple(rest) for sheet, *rest in cursor.fetchall()}
    some = "" if entry_ids is None else "AND p.collection_id = ANY(%(sheets)s)"
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(f"{_RECEIPTS} {some}", {"fund_id": fund_id, "sheets": list(sheets)})
        while found := cursor.fetchmany(_BUNDLE):
            for sheet, number, day, satang in found:
                if sheet in sheets:
                    entry_id, book_no, salt = sheets[sheet]
                    yield entry_id, SealedReceipt(
                        book_no=book_no, number=number, collected_on=day, amount_satang=satang,
                        salt=salt_of(sheet_salt=salt, number=number))


_UNSEALED = """
SELECT k.month FROM funds_monthclose k WHERE k.fund_id = %(fund_id)s AND NOT EXISTS (
  SELECT 1 FROM ledger_seal s WHERE s.fund_id = k.fund_id AND s.close_id = k.id AND s.month = k.month) ORDER BY 1"""


def _unsealed(fund_id: int, using: str) -> tuple[Misfit, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(_UNSEALED, {"fund_id": fund_id})
        return tuple(Misfit(code="contributions.month_without_seal", month=month, facts={"month": month})
                     for month, in cursor.fetchall())


def _misfits(seals: Sequence[SealCard], leaves: Sequence[_Leaves]) -> Iterator[Misfit]:
    """The first thing of every seal that does not fit: a leaf, its root, or its place in the chain of heads."""
    before = NO_HEAD
    for place, (seal, held) in enumerate(zip(seals, leaves, strict=True), start=1):
        hashes = held.hashes
        if (at := first_unlike(marks=seal.marks, hashes=hashes)) is not None:
            yield _about_leaf(seal, held, at)
        elif (len(held.entries), len(held.receipts), root_of(hashes=hashes)) != (
                seal.entry_count, seal.receipt_count, seal.root):
            yield _about_seal(seal)
        elif seal.seal_no != place or head_of(before=before, facts=seal.facts) != seal.head:
            yield Misfit(code="contributions.seal_out_of_chain", month=seal.month, facts={
                "month": seal.month, "number": seal.seal_no})
        before = seal.head


def _about_leaf(seal: SealCard, held: _Leaves, at: int) -> Misfit:
    if at < len(held.entries):
        return Misfit(code="contributions.sealed_entry_does_not_fit", month=seal.month, facts={
            "month": seal.month, "entry": held.entries[at][0]})
    if len(held.entries) == seal.entry_count and at < len(held.entries) + len(held.receipts):
        book_no, number, _ = sorted(held.receipts)[at - len(held.entries)]
        return Misfit(code="contributions.sealed_receipt_does_not_fit", month=seal.month, facts={
            "month": seal.month, "book_no": book_no, "number": number})
    return _about_seal(seal)


def _about_seal(seal: SealCard) -> Misfit:
    return Misfit(code="contributions.seal_does_not_fit", month=seal.month, facts={
        "month": seal.month, "number": seal.seal_no})


@dataclass(frozen=True, kw_only=True)
class FoundReceipt:
    """A receipt as the books have it: what its seal says of it, whether it counts no longer, and in which seal it lies;
    None where its month is not sealed yet."""

    receipt: SealedReceipt
    is_cancelled: bool
    seal: SealCard | None


_FOUND = """
SELECT p.collected_on, p.amount_satang, k.salt, k.entry_id, e.posted_on, EXISTS (
  SELECT 1 FROM contributions_cancelled x
  WHERE x.fund_id = p.fund_id AND x.member_id = p.member_id AND x.collection_id = p.collection_id AND x.doubts = '{}')
FROM contributions_receiptbook b
JOIN contributions_collection k ON k.fund_id = b.fund_id AND k.book_id = b.id
  AND %(number)s BETWEEN k.first_number AND k.last_number
JOIN contributions_contribution p ON p.fund_id = k.fund_id AND p.collection_id = k.id AND p.number = %(number)s
JOIN ledger_entry e ON e.fund_id = k.fund_id AND e.id = k.entry_id
WHERE b.fund_id = %(fund_id)s AND b.book_no = %(book_no)s"""


def found_receipt(*, fund_id: int, mark: ReceiptMark) -> FoundReceipt | None:
    """The receipt that a paper names; None where there is none, or where its salt is another."""
    for day, satang, sheet_salt, entry_id, posted_on, is_cancelled in rows(
            _FOUND, fund_id=fund_id, book_no=mark.book_no, number=mark.number):
        salt = salt_of(sheet_salt=sheet_salt, number=mark.number)
        if compare_digest(salt, mark.salt):
            seals = ledger.seals(fund_id=fund_id)
            place = _which_seal(seals)(entry_id, posted_on)
            return FoundReceipt(is_cancelled=is_cancelled, seal=None if place is None else seals[place],
                                receipt=SealedReceipt(book_no=mark.book_no, number=mark.number, collected_on=day,
                                                      amount_satang=satang, salt=salt))
    return None


def proofs_in(*, fund_id: int, fund_code: str, seal: SealCard) -> dict[tuple[int, int], Proof]:
    """The proof of every receipt of a seal, by book and number, reckoned from the tables. Empty where they no longer
    give the seal's root: nothing is proved then."""
    entry_ids = ledger.entries_in_seal(fund_id=fund_id, seal=seal)
    held = _Leaves(entries=[(entry_id, hashed) for entry_id, _, hashed in
                            ledger.entry_leaves(fund_id=fund_id, ids=entry_ids)])
    receipts = {}
    for _, receipt in _receipts(fund_id=fund_id, entry_ids=entry_ids):
        receipts[receipt.book_no, receipt.number] = receipt
        held.receipts.append((receipt.book_no, receipt.number, receipt_hash(receipt=receipt)))
    tree = tree_of(hashes=held.hashes)
    if not receipts or tree[-1][0] != seal.root:
        return {}
    before = next((one.head for one in ledger.seals(fund_id=fund_id) if one.seal_no == seal.seal_no - 1), NO_HEAD)
    return {(book_no, number): Proof(
        fund_code=fund_code, receipt=receipts[book_no, number], seal_no=seal.seal_no, month=seal.month,
        entry_count=seal.entry_count, receipt_count=seal.receipt_count, place=place,
        short_head=seal.head[:SHORT_HEAD_BYTES], before=before, path=path_in(tree=tree, place=place))
        for place, (book_no, number, _) in enumerate(sorted(held.receipts), start=len(held.entries))}


def codes_of_sheet(*, fund_id: int, fund_code: str, collection_id: int) -> dict[int, ReceiptMark | Proof]:
    """What the paper of each receipt of a collection day carries, by its number: what names it, and once its month is
    sealed what proves it."""
    (book_no, sheet_salt, entry_id, posted_on, first, last), = rows(_SHEET, fund_id=fund_id, id=collection_id)
    codes: dict[int, ReceiptMark | Proof] = {number: ReceiptMark(
        fund_code=fund_code, book_no=book_no, number=number, salt=salt_of(sheet_salt=sheet_salt, number=number))
        for number in range(first, last + 1)}
    seals = ledger.seals(fund_id=fund_id)
    if (place := _which_seal(seals)(entry_id, posted_on)) is not None:
        proofs = proofs_in(fund_id=fund_id, fund_code=fund_code, seal=seals[place])
        codes |= {number: proofs[book_no, number] for number in codes if (book_no, number) in proofs}
    return codes


_SHEET = """
SELECT b.book_no, k.salt, k.entry_id, e.posted_on, k.first_number, k.last_number FROM contributions_collection k
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
JOIN ledger_entry e ON e.fund_id = k.fund_id AND e.id = k.entry_id
WHERE k.fund_id = %(fund_id)s AND k.id = %(id)s"""
