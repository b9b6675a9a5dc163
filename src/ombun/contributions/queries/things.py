"""Contributions that are not money: the exchange list, and what members gave."""
from collections.abc import Collection as Many
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.contributions.models import ExchangeRate, GivenPhoto
from ombun.contributions.rules import Rate
from ombun.members import queries as members
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


def exchange_rates(*, fund_id: int) -> tuple[Rate, ...]:
    """Everything that the fund voted about what things and labour count, by thing and day."""
    return tuple(Rate(id=row.id, item=row.item, unit=row.unit, is_kept=row.is_kept, from_on=row.from_on,
                      worth_satang=None if row.worth_satang is None else Satang(row.worth_satang))
                 for row in ExchangeRate.objects.filter(fund_id=fund_id).order_by("item", "unit", "from_on"))


@dataclass(frozen=True, kw_only=True)
class ThingGiven:
    """What a member gave that is not money: how much in thousandths of its unit, what it counts, who saw it, the mark
    of its photo and whether that is still kept."""

    id: UUID
    deed_id: UUID
    member_id: int
    member_no: str
    full_name: str
    rate_id: UUID
    item: str
    unit: str
    thousandths: int
    credit_satang: Satang
    received_on: date
    witness_id: UUID | None
    witness: str | None
    photo_digest: str | None
    has_photo: bool
    centre_id: UUID | None
    is_kept: bool
    is_taken_back: bool
    recorded_at: datetime

    @property
    def quantity(self) -> str:
        """How much, as people write it: "2.5", "3"."""
        whole, part = divmod(self.thousandths, 1000)
        return f"{whole:,}.{part:03}".rstrip("0") if part else f"{whole:,}"


_GIVEN = """
SELECT i.id, i.deed_id, m.id, m.member_no, m.full_name, i.rate_id, r.item, r.unit, i.thousandths, i.credit_satang,
  i.received_on, i.witness_id, p.name, i.photo_digest, f.given_id IS NOT NULL, m.centre_id, r.is_kept,
  b.id IS NOT NULL, i.recorded_at
FROM contributions_inkindcontribution i
JOIN contributions_exchangerate r ON r.fund_id = i.fund_id AND r.id = i.rate_id
JOIN members_member m ON m.fund_id = i.fund_id AND m.id = i.member_id
LEFT JOIN funds_person p ON p.fund_id = i.fund_id AND p.id = i.witness_id
LEFT JOIN contributions_givenphoto f ON f.fund_id = i.fund_id AND f.given_id = i.id
LEFT JOIN contributions_inkindcontribution b ON b.fund_id = i.fund_id AND b.reverses_id = i.id
WHERE i.fund_id = %(fund_id)s AND i.reverses_id IS NULL"""


def _given(where: str, **facts: object) -> tuple[ThingGiven, ...]:
    names = list(ThingGiven.__dataclass_fields__)
    return tuple(ThingGiven(**dict(zip(names, row, strict=True))) for row in rows(f"{_GIVEN} {where}", **facts))


def things_of_members(*, fund_id: int, member_ids: Many[int]) -> dict[int, tuple[ThingGiven, ...]]:
    """What members gave that is not money and was not taken back, oldest first. Two statements."""
    whose = members.entries_of(fund_id=fund_id, member_ids=member_ids)
    told: dict[int, list[ThingGiven]] = {i: [] for i in member_ids}
    for one in _given("AND i.member_id = ANY(%(ids)s) AND b.id IS NULL ORDER BY i.received_on, i.recorded_at, i.id",
                      fund_id=fund_id, ids=list(whose)):
        told[whose[one.member_id]].append(one)
    return {i: tuple(lines) for i, lines in told.items()}


def things_given_since(*, fund_id: int, from_on: date, centre_id: UUID | None) -> tuple[ThingGiven, ...]:
    """What was given from a day on by members of a village, the newest first; of all where none is named."""
    return _given("""AND i.received_on >= %(from_on)s AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
      ORDER BY i.received_on DESC, i.recorded_at DESC, i.id""", fund_id=fund_id, from_on=from_on, centre_id=centre_id)


def thing_given(*, fund_id: int, thing_id: UUID) -> ThingGiven | None:
    """One of them, or None."""
    found = _given("AND i.id = %(thing_id)s", fund_id=fund_id, thing_id=thing_id)
    return found[0] if found else None


def things_of_deed(*, fund_id: int, deed_id: UUID) -> tuple[ThingGiven, ...]:
    """What was written down at once under one id."""
    return _given("AND i.deed_id = %(deed_id)s", fund_id=fund_id, deed_id=deed_id)


def photo_of(*, fund_id: int, thing_id: UUID) -> bytes | None:
    """The photo of something given, a JPEG; None where there is none or it is kept no longer."""
    found = GivenPhoto.objects.filter(fund_id=fund_id, given_id=thing_id).values_list("content", flat=True).first()
    return None if found is None else bytes(found)
