"""The seals of a fund reckoned again from its tables, and how one receipt is shown to lie in one of them."""
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connections

from ombun.contributions.rules.proofs import SealedReceipt, receipt_hash, salt_of
from ombun.ledger import queries as ledger
from ombun.ledger.queries import SealCard
from ombun.ledger.rules import NO_HEAD, first_unlike, head_of, root_of
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
    for entry_id, book_no, number, hashed in _receipt_leaves(fund_id=fund_id, using=using):
        if (place := seal_of.get(entry_id)) is not None:
            leaves[place].receipts.append((book_no, number, hashed))
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


def _receipt_leaves(
    *, fund_id: int, entry_ids: Sequence[int] | None = None, using: str = "default"
) -> Iterator[tuple[int, int, int, bytes]]:
    """The receipts of a fund, or those behind these entries: entry, book, number, and the hash of the leaf."""
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
                    yield entry_id, book_no, number, receipt_hash(receipt=SealedReceipt(
                        book_no=book_no, number=number, collected_on=day, amount_satang=satang,
                        salt=salt_of(sheet_salt=salt, number=number)))


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
