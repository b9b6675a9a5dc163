"""When whose cash was counted, by whom, and what differed."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class CountCard:
    """A count of somebody's cash: pieces as in `rules.PIECES`, money in satang."""

    id: UUID
    account_code: str
    name_th: str
    name_en: str
    counted_on: date
    pieces: tuple[int, ...]
    counted_satang: Satang
    books_satang: Satang
    because: str
    entry_id: int | None
    counted_by: str
    witnessed_by: str

    @property
    def more_satang(self) -> Satang:
        """What was counted beyond the books; below zero where something was missing."""
        return Satang(self.counted_satang - self.books_satang)


_COUNTS = """
SELECT c.id, a.code, a.name_th, a.name_en, c.counted_on, c.pieces, c.counted_satang, c.books_satang, c.because,
  c.entry_id, p.name, w.name
FROM ledger_cashcount c JOIN ledger_account a ON a.fund_id = c.fund_id AND a.id = c.account_id
JOIN funds_person p ON p.fund_id = c.fund_id AND p.id = c.counted_by_id
JOIN funds_person w ON w.fund_id = c.fund_id AND w.id = c.witnessed_by_id
WHERE c.fund_id = %(fund_id)s AND c.counted_on >= %(from_on)s
ORDER BY c.counted_on DESC, c.recorded_at DESC, c.id"""


def cash_counts(*, fund_id: int, from_on: date = date.min) -> tuple[CountCard, ...]:
    """Every count of cash from a day on, the newest first."""
    names = list(CountCard.__dataclass_fields__)
    told = (dict(zip(names, row, strict=True)) for row in rows(_COUNTS, fund_id=fund_id, from_on=from_on))
    return tuple(CountCard(**one | {"pieces": tuple(one["pieces"])}) for one in told)
