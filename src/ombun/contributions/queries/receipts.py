"""Recorded collection days and their receipts."""
from collections.abc import Collection as Many
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.contributions.models import Collection
from ombun.members import queries as members
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class CollectionCard:
    """A recorded collection day, how much of it was cancelled since, whether its money came through the bank, and
    whether its receipts were written by hand."""

    id: int
    deed_id: UUID
    centre_id: UUID
    moo: int
    collected_on: date
    posted_on: date
    collected_by_id: UUID
    book_no: int
    first_number: int
    last_number: int
    counted_satang: Satang
    entry_id: int
    recorded_at: datetime
    cancelled: int
    cancelled_satang: Satang
    set_aside: int
    set_aside_satang: Satang
    is_by_transfer: bool
    is_by_pen: bool

    @property
    def payments(self) -> int:
        """How many receipts of the sheet stand."""
        return self.last_number - self.first_number + 1 - self.cancelled - self.set_aside

    @property
    def total_satang(self) -> Satang:
        """The sum of the receipts that stand, in satang."""
        return Satang(self.counted_satang - self.cancelled_satang - self.set_aside_satang)

    @property
    def is_cancelled(self) -> bool:
        """Whether the whole day was taken back."""
        return self.payments + self.set_aside == 0


OF_IT_CANCELLED = """
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE c.doubts = '{}')::int AS receipts,
    count(*) FILTER (WHERE c.doubts <> '{}')::int AS aside,
    coalesce(sum(p.amount_satang) FILTER (WHERE c.doubts = '{}'), 0)::bigint AS satang,
    coalesce(sum(p.amount_satang) FILTER (WHERE c.doubts <> '{}'), 0)::bigint AS aside_satang
  FROM contributions_cancelled c JOIN contributions_contribution p
    ON p.fund_id = c.fund_id AND p.member_id = c.member_id AND p.collection_id = c.collection_id
  WHERE c.fund_id = k.fund_id AND c.collection_id = k.id) x ON true"""


_COLLECTIONS = f"""
SELECT k.id, k.deed_id, k.centre_id, c.moo, k.collected_on, e.posted_on, k.collected_by_id, b.book_no,
  k.first_number, k.last_number, k.total_satang, k.entry_id, k.recorded_at, x.receipts, x.satang, x.aside,
  x.aside_satang, EXISTS (SELECT 1 FROM ledger_statementmatch s
    WHERE s.fund_id = k.fund_id AND s.entry_id = k.entry_id AND s.undone_at IS NULL), k.is_by_pen
FROM contributions_collection k
JOIN ledger_entry e ON e.fund_id = k.fund_id AND e.id = k.entry_id
JOIN funds_villagecentre c ON c.fund_id = k.fund_id AND c.id = k.centre_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id {OF_IT_CANCELLED}
WHERE k.fund_id = %(fund_id)s"""


def _collections(where: str, **facts: object) -> tuple[CollectionCard, ...]:
    names = list(CollectionCard.__dataclass_fields__)
    return tuple(CollectionCard(**dict(zip(names, row, strict=True)))
                 for row in rows(f"{_COLLECTIONS} {where}", **facts))


def collection(*, fund_id: int, deed_id: UUID) -> CollectionCard | None:
    """One recorded collection day, or None."""
    found = _collections("AND k.deed_id = %(deed_id)s", fund_id=fund_id, deed_id=deed_id)
    return found[0] if found else None


def collections_in(
    *, fund_id: int, from_on: date, until_on: date, centre_id: UUID | None = None
) -> tuple[CollectionCard, ...]:
    """Recorded collection days in [from_on, until_on), newest first; of one centre where one is named."""
    return _collections(
        """AND k.collected_on >= %(from_on)s AND k.collected_on < %(until_on)s
        AND (%(centre_id)s::uuid IS NULL OR k.centre_id = %(centre_id)s) ORDER BY k.collected_on DESC, k.id DESC""",
        fund_id=fund_id, from_on=from_on, until_on=until_on, centre_id=centre_id)


def digest_of(*, fund_id: int, deed_id: UUID) -> str | None:
    """The fingerprint of a collection already recorded under this id, or None if it is new to us."""
    return Collection.objects.filter(fund_id=fund_id, deed_id=deed_id).values_list("digest", flat=True).first()


def known_collections(*, fund_id: int, deed_ids: Many[UUID]) -> frozenset[UUID]:
    """Which of these collection days are recorded already."""
    rows = Collection.objects.filter(fund_id=fund_id, deed_id__in=deed_ids)
    return frozenset(rows.values_list("deed_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One receipt: book and number, member, amount in satang, the day; a cancelled one keeps what was written."""

    book_no: int
    number: int
    collected_on: date
    collected_by_id: UUID
    deed_id: UUID
    amount_satang: Satang
    member_id: int
    member_no: str
    full_name: str
    moo: int
    cancelled_on: date | None
    cancelled_because: str | None
    doubts: tuple[str, ...] | None
    is_cleared: bool

    @property
    def is_cancelled(self) -> bool:
        """Whether it counts no longer: taken back, or set aside."""
        return self.cancelled_on is not None

    @property
    def is_set_aside(self) -> bool:
        """Whether its money is there and somebody still has to look whose it is."""
        return bool(self.doubts) and not self.is_cleared

    @property
    def paid_satang(self) -> Satang:
        """What counts as paid, in satang: nothing when it was cancelled."""
        return Satang(0) if self.is_cancelled else self.amount_satang


_RECEIPTS = """
SELECT b.book_no, p.number, p.collected_on, k.collected_by_id, k.deed_id, p.amount_satang, m.id, m.member_no,
  m.full_name, c.moo, e.happened_on, e.memo, x.doubts, z.entry_id IS NOT NULL
FROM contributions_contribution p
JOIN contributions_collection k ON k.fund_id = p.fund_id AND k.id = p.collection_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
JOIN funds_villagecentre c ON c.fund_id = k.fund_id AND c.id = k.centre_id
JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
LEFT JOIN contributions_cancelled x
  ON x.fund_id = p.fund_id AND x.member_id = p.member_id AND x.collection_id = p.collection_id
LEFT JOIN ledger_entry e ON e.fund_id = x.fund_id AND e.id = x.entry_id
LEFT JOIN contributions_clearing z
  ON z.fund_id = x.fund_id AND z.member_id = x.member_id AND z.collection_id = x.collection_id
WHERE p.fund_id = %(fund_id)s"""


def _receipts(where: str, **facts: object) -> tuple[ReceiptLine, ...]:
    names = list(ReceiptLine.__dataclass_fields__)
    return tuple(ReceiptLine(**dict(zip(names, row, strict=True))) for row in rows(f"{_RECEIPTS} {where}", **facts))


def receipts_of_collection(*, fund_id: int, collection_id: int) -> tuple[ReceiptLine, ...]:
    """The receipts of one collection day in the order of their numbers, cancelled ones among them."""
    return _receipts("AND p.collection_id = %(collection_id)s ORDER BY p.number",
                     fund_id=fund_id, collection_id=collection_id)


def payments_of_members(*, fund_id: int, member_ids: Many[int]) -> dict[int, tuple[ReceiptLine, ...]]:
    """Everything that members have paid, oldest first, in two statements: the left side of their passbooks; cancelled
    receipts among it, for whoever holds the paper."""
    whose = members.entries_of(fund_id=fund_id, member_ids=member_ids)
    told: dict[int, list[ReceiptLine]] = {i: [] for i in member_ids}
    for line in _receipts("AND p.member_id = ANY(%(ids)s) ORDER BY p.collected_on, p.collection_id",
                          fund_id=fund_id, ids=list(whose)):
        told[whose[line.member_id]].append(line)
    return {i: tuple(lines) for i, lines in told.items()}


def payments_of_member(*, fund_id: int, member_id: int) -> tuple[ReceiptLine, ...]:
    """Everything a member has paid, oldest first."""
    return payments_of_members(fund_id=fund_id, member_ids=[member_id])[member_id]
