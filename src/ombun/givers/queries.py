"""What was given to the fund, by the numbers of its receipts."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.givers.models import Gift
from ombun.givers.rules import GiftKind, GiverKind, NewGift
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class GiftCard:
    """A gift as it was given, its receipt number, who received it, and since when it is cancelled and why."""

    id: UUID
    number: int
    as_given: NewGift
    receiver: str
    entry_id: int | None
    cancelled_on: date | None
    cancelled_because: str


_GIFTS = """
SELECT g.id, g.number, g.kind, g.giver_kind, g.giver_name, g.amount_satang, g.things, g.into_account, g.given_on,
  g.received_by_id, p.name, g.entry_id, g.cancelled_on, g.cancelled_because
FROM givers_gift g JOIN funds_person p ON p.fund_id = g.fund_id AND p.id = g.received_by_id
WHERE g.fund_id = %(fund_id)s AND (%(gift_id)s::uuid IS NULL OR g.id = %(gift_id)s)
  AND (%(number)s::int IS NULL OR g.number = %(number)s)
ORDER BY g.number DESC"""


def gifts(*, fund_id: int, gift_id: UUID | None = None, number: int | None = None) -> tuple[GiftCard, ...]:
    """Everything that was given, the newest receipt first; or the one of this id or number."""
    return tuple(GiftCard(
        id=gift, number=no, receiver=receiver, entry_id=entry_id, cancelled_on=cancelled_on,
        cancelled_because=because, as_given=NewGift(
            kind=GiftKind(kind), giver_kind=GiverKind(giver_kind), giver_name=name, amount_satang=Satang(satang),
            things=things, into_account=into, given_on=given_on, received_by=received_by))
        for gift, no, kind, giver_kind, name, satang, things, into, given_on, received_by, receiver, entry_id,
        cancelled_on, because in rows(_GIFTS, fund_id=fund_id, gift_id=gift_id, number=number))


def gift(*, fund_id: int, gift_id: UUID) -> GiftCard | None:
    """One gift, or None."""
    return next(iter(gifts(fund_id=fund_id, gift_id=gift_id)), None)


def next_number(*, fund_id: int) -> int:
    """The number of the next receipt."""
    last = Gift.objects.filter(fund_id=fund_id).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
