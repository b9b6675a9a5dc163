"""What is known of vouchers: their numbers, who stands for them, the papers behind them, what one may pay alone."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from ombun.ledger.models import Attachment, PaymentLimit, Voucher
from ombun.ledger.queries.bank import CashLimitCard
from ombun.ledger.rules import Media, Way
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class VoucherCard:
    """The voucher of an entry: its number in its fiscal year (of the common era), and who stands for it."""

    way: Way
    year: int
    number: int
    first_id: UUID | None
    second_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class AttachmentCard:
    """A paper kept with an entry, without its content."""

    id: UUID
    media: Media
    digest: str
    recorded_at: datetime
    removed_at: datetime | None


def voucher_of_entry(*, fund_id: int, entry_id: int) -> VoucherCard | None:
    """The voucher of an entry, or None where another deed brought it."""
    row = Voucher.objects.filter(fund_id=fund_id, entry_id=entry_id).first()
    return None if row is None else VoucherCard(
        way=Way(row.way), year=row.year, number=row.number, first_id=row.first_id, second_id=row.second_id)


def attachments_of_entry(*, fund_id: int, entry_id: int) -> tuple[AttachmentCard, ...]:
    """The papers of an entry in the order in which they came, those that were taken off too."""
    rows = Attachment.objects.filter(fund_id=fund_id, entry_id=entry_id).order_by("recorded_at", "id").values(
        "id", "media", "digest", "recorded_at", "removed_at")
    return tuple(AttachmentCard(
        id=row["id"], media=Media(row["media"]), digest=row["digest"], recorded_at=row["recorded_at"],
        removed_at=row["removed_at"]) for row in rows)


def attachment(*, fund_id: int, attachment_id: UUID) -> tuple[Media, bytes] | None:
    """What a paper is and its content, or None where there is none or it was taken off."""
    row = Attachment.objects.filter(fund_id=fund_id, id=attachment_id, removed_at__isnull=True).first()
    return None if row is None else (Media(row.media), bytes(row.content))


def payment_limit(*, fund_id: int, on: date) -> CashLimitCard | None:
    """Up to how much one person may pay alone on a day, or None where the committee set nothing."""
    row = PaymentLimit.objects.filter(fund_id=fund_id, from_on__lte=on).order_by("-from_on").first()
    return None if row is None else CashLimitCard(
        from_on=row.from_on, limit_satang=row.limit_satang, resolution_no=row.resolution_no)


@dataclass(frozen=True, kw_only=True)
class VoucherLine:
    """A voucher in the list of a year: its entry, what for, how much in satang, and the papers that are there."""

    way: Way
    number: int
    entry_id: int
    happened_on: date
    memo: str
    amount_satang: Satang
    is_taken_back: bool
    has_second: bool
    papers: tuple[UUID, ...]


_VOUCHERS = """
SELECT v.way, v.number, v.entry_id, e.happened_on, e.memo, e.total_satang, r.id IS NOT NULL, v.second_id IS NOT NULL,
  array(SELECT t.id FROM ledger_attachment t WHERE t.fund_id = v.fund_id AND t.entry_id = v.entry_id
        AND t.removed_at IS NULL ORDER BY t.recorded_at, t.id)
FROM ledger_voucher v JOIN ledger_entry e ON e.fund_id = v.fund_id AND e.id = v.entry_id
LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses_id = e.id
WHERE v.fund_id = %(fund_id)s AND v.year = %(year)s ORDER BY e.happened_on DESC, v.recorded_at DESC, v.number DESC
"""


def vouchers_of_year(*, fund_id: int, year: int) -> tuple[VoucherLine, ...]:
    """Every voucher of a fiscal year (of the common era), the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_VOUCHERS, {"fund_id": fund_id, "year": year})
        return tuple(VoucherLine(
            way=Way(way), number=number, entry_id=entry, happened_on=day, memo=memo, amount_satang=Satang(satang),
            is_taken_back=taken_back, has_second=second, papers=tuple(papers))
            for way, number, entry, day, memo, satang, taken_back, second, papers in cursor.fetchall())
