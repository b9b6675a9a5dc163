"""Two phones that collected the same village on the same day: what stands on the sheet of each."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class SheetVersion:
    """One of the sheets: who collected, when it arrived, its book, what was collected."""

    deed_id: UUID
    collected_by_id: UUID
    book_no: int
    recorded_at: datetime
    total_satang: Satang


@dataclass(frozen=True, kw_only=True)
class OnASheet:
    """A receipt on one of the sheets; it does not count where it was set aside or cancelled."""

    number: int
    amount_satang: Satang
    counts: bool


@dataclass(frozen=True, kw_only=True)
class ComparedMember:
    """A member on any of the sheets, and the receipt on each of them: None where there is none."""

    member_no: str
    full_name: str
    receipts: tuple[OnASheet | None, ...]

    @property
    def is_on_all(self) -> bool:
        """Whether every sheet has the member: then one of them is too many, or the member paid twice."""
        return None not in self.receipts


_VERSIONS = """
WITH this AS (
  SELECT id, collected_on FROM contributions_collection WHERE fund_id = %(fund_id)s AND deed_id = %(deed_id)s),
sheets AS (
  SELECT DISTINCT o.collection_id FROM this
  JOIN contributions_contribution p ON p.fund_id = %(fund_id)s AND p.collection_id = this.id
  JOIN contributions_contribution o
    ON o.fund_id = p.fund_id AND o.member_id = p.member_id AND o.collected_on = this.collected_on)
SELECT k.deed_id, k.collected_by_id, b.book_no, k.recorded_at, m.id, m.member_no, m.full_name,
  p.number, p.amount_satang, x.entry_id IS NULL
FROM sheets s
JOIN contributions_collection k ON k.fund_id = %(fund_id)s AND k.id = s.collection_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
JOIN contributions_contribution p ON p.fund_id = k.fund_id AND p.collection_id = k.id
JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
LEFT JOIN contributions_cancelled x
  ON x.fund_id = p.fund_id AND x.member_id = p.member_id AND x.collection_id = p.collection_id
ORDER BY k.id, m.member_no"""


def versions_of_sheet(
    *, fund_id: int, deed_id: UUID
) -> tuple[tuple[SheetVersion, ...], tuple[ComparedMember, ...]]:
    """The sheet and every other one of the same day with somebody of it, in the order of their arrival, and all members
    on them: those on every sheet first. One statement; a single sheet where there is no other."""
    sheets: dict[UUID, SheetVersion] = {}
    found: dict[int, tuple[str, str, dict[UUID, OnASheet]]] = {}
    for deed, by, book_no, at, member, no, name, number, satang, counts in rows(
            _VERSIONS, fund_id=fund_id, deed_id=deed_id):
        before = sheets[deed].total_satang if deed in sheets else 0
        sheets[deed] = SheetVersion(deed_id=deed, collected_by_id=by, book_no=book_no, recorded_at=at,
                                    total_satang=Satang(before + satang))
        found.setdefault(member, (no, name, {}))[2][deed] = OnASheet(
            number=number, amount_satang=satang, counts=counts)
    compared = [ComparedMember(member_no=no, full_name=name, receipts=tuple(map(on.get, sheets)))
                for no, name, on in found.values()]
    return tuple(sheets.values()), tuple(sorted(compared, key=lambda one: (not one.is_on_all, one.member_no)))
