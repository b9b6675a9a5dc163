"""Seals of a fund's books, and the leaves of its entries."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections

from ombun.ledger.rules import SealFacts, leaf_hash
from ombun.primitives.asking import rows

_BUNDLE = 5000


@dataclass(frozen=True, kw_only=True)
class SealCard:
    """One seal of a fund: which closing made it, what it holds, its head, and a few bytes of each leaf."""

    seal_no: int
    close_id: UUID
    month: date
    entries_until: int
    entry_count: int
    receipt_count: int
    root: bytes
    head: bytes
    marks: bytes
    is_supplement: bool = False

    @property
    def facts(self) -> SealFacts:
        """What its head is reckoned from, beside the head before it."""
        return SealFacts(seal_no=self.seal_no, month=self.month, entry_count=self.entry_count,
                         receipt_count=self.receipt_count, root=self.root)


_SEALS = """
SELECT s.seal_no, s.close_id, s.month, s.entries_until, s.entry_count, s.receipt_count, s.root, s.head,
  CASE WHEN %(with_marks)s THEN s.marks ELSE '' END, EXISTS (
    SELECT 1 FROM ledger_seal b WHERE b.fund_id = s.fund_id AND b.seal_no < s.seal_no AND b.month >= s.month)
FROM ledger_seal s WHERE s.fund_id = %(fund_id)s ORDER BY s.seal_no"""


def seals(*, fund_id: int, with_marks: bool = False, using: str = "default") -> tuple[SealCard, ...]:
    """Every seal of a fund, the first one first. A supplement seals what came into a month that had been sealed."""
    names = list(SealCard.__dataclass_fields__)
    with connections[using].cursor() as cursor:
        cursor.execute(_SEALS, {"fund_id": fund_id, "with_marks": with_marks})
        return tuple(SealCard(**dict(zip(names, map(_plain, row), strict=True))) for row in cursor.fetchall())


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


_LEAVES = """
SELECT e.id, e.posted_on, concat_ws('|', 'entry', e.deed, e.deed_id, to_char(e.happened_on, 'YYYY-MM-DD'),
  to_char(e.posted_on, 'YYYY-MM-DD'), to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
  coalesce(r.deed || ' ' || r.deed_id, '-'), s.sides, e.memo)
FROM ledger_entry e LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.id = e.reverses_id
LEFT JOIN (
  SELECT l.entry_id, string_agg(a.code || ' ' || l.amount_satang, ',' ORDER BY l.line_no) AS sides
  FROM ledger_line l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
  WHERE l.fund_id = %(fund_id)s AND (%(ids)s::bigint[] IS NULL OR l.entry_id = ANY(%(ids)s)) GROUP BY 1) s
  ON s.entry_id = e.id
WHERE e.fund_id = %(fund_id)s AND (%(ids)s::bigint[] IS NULL OR e.id = ANY(%(ids)s)) ORDER BY e.id"""


def entry_leaves(
    *, fund_id: int, ids: Sequence[int] | None = None, using: str = "default"
) -> Iterator[tuple[int, date, bytes]]:
    """The entries of a fund, or these, in the order in which they were written: id, day, and the hash of the leaf."""
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(_LEAVES, {"fund_id": fund_id, "ids": None if ids is None else list(ids)})
        while found := cursor.fetchmany(_BUNDLE):
            for entry_id, posted_on, said in found:
                yield entry_id, posted_on, leaf_hash(leaf=said.encode())


def entries_in_seal(*, fund_id: int, seal: SealCard) -> tuple[int, ...]:
    """The ids of the entries that a seal holds, in the order of their leaves."""
    return tuple(one for one, in rows(
        "SELECT entries_to_seal(%(fund_id)s, %(no)s, %(month)s, %(until)s)", fund_id=fund_id, no=seal.seal_no,
        month=seal.month, until=seal.entries_until))
