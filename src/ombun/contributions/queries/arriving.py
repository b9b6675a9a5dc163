"""Sheets from devices: what the rules say of one that arrives, what waits to be looked at, which devices there are."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.models import Device, ReceiptBook
from ombun.contributions.queries.sheets import book_facts, payers
from ombun.contributions.rules import Arrival, BookFacts, JudgedArrival
from ombun.funds import queries as funds
from ombun.funds.rules import holds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.asking import array, rows
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

_PAID_ALREADY = """
SELECT p.member_id FROM contributions_contribution p
LEFT JOIN contributions_cancelled x USING (fund_id, member_id, collection_id)
WHERE p.fund_id = %(fund_id)s AND p.member_id = ANY(%(ids)s::int[]) AND p.collected_on = %(on)s
  AND x.entry_id IS NULL"""
_OF_ANOTHER_VILLAGE = """
SELECT e.id FROM members_member e
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
WHERE e.fund_id = %(fund_id)s AND e.id = ANY(%(ids)s::int[])
  AND %(centre_id)s IS DISTINCT FROM e.centre_id AND %(centre_id)s IS DISTINCT FROM m.centre_id"""


def judged_arrival(*, actor: Actor, arrival: Arrival, today: date) -> JudgedArrival:
    """What a sheet from a device is worth, in a constant number of statements: reasons that keep it out, and doubts."""
    sheet, book = rules.on_a_day_that_was(sheet=arrival.sheet, today=today), _lent_book(actor, arrival)
    about = {"fund_id": actor.fund_id, "ids": array(payment.member_id for payment in sheet.payments)}
    known = payers(
        fund_id=actor.fund_id, member_ids=[payment.member_id for payment in sheet.payments])
    holdings = funds.holdings(fund_id=actor.fund_id)
    found = [
        *rules.refusals_to_record(
            sheet=sheet, book=book or _no_book(arrival), today=today, payers=known, is_collector=holds(
                holdings=holdings, person_id=sheet.collected_by, offices=rules.COLLECTORS, on=sheet.collected_on)),
        *rules.refusals_of_the_desk(actor=actor, sheet=sheet, holdings=holdings),
        *rules.refusals_to_number(arrival=arrival, book=book)]
    if sheet.collected_by not in {holding.person_id for holding in holdings}:
        found.append(Refusal(code="contributions.unknown_collector", about="by"))
    paid_already = [i for i, in rows(_PAID_ALREADY, **about, on=sheet.collected_on)]
    elsewhere = rows(_OF_ANOTHER_VILLAGE, **about, centre_id=actor.centre_id) if actor.role == Role.COLLECTOR else []
    return JudgedArrival(
        sheet=sheet, book=book, refusals=tuple(one for one in found if one.code not in rules.TO_LOOK_AT),
        doubts=rules.doubts(arrival=arrival, sheet=sheet, book=book, found=found, paid_already=paid_already,
                            elsewhere=[i for i, in elsewhere]))


def _lent_book(actor: Actor, arrival: Arrival) -> BookFacts | None:
    lent = ReceiptBook.objects.filter(
        fund_id=actor.fund_id, device_id=arrival.device_id, book_no=arrival.book_no,
        centre_id=arrival.sheet.centre_id).first()
    return book_facts(book=lent) if lent else None


def _no_book(arrival: Arrival) -> BookFacts:
    """Stands in where the book is not the device's, which is its own reason."""
    return BookFacts(id=0, book_no=arrival.book_no, next_number=1, last_number=rules.NUMBER_MAX)


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A receipt that waits for somebody to look: what it says, why it waits, in whose hands the money is (account), and
    the numbers of the member's other receipts of the same day."""

    collection_id: int
    deed_id: UUID
    member_id: int
    member_no: str
    full_name: str
    centre_id: UUID
    moo: int
    collected_on: date
    collected_by_id: UUID
    book_no: int
    number: int
    amount_satang: Satang
    doubts: tuple[str, ...]
    hand: str
    others: tuple[str, ...]


_SET_ASIDE = """
SELECT k.id, k.deed_id, m.id, m.member_no, m.full_name, k.centre_id, c.moo, k.collected_on, k.collected_by_id,
  b.book_no, p.number, p.amount_satang, x.doubts, a.code, ARRAY(
    SELECT ob.book_no || '/' || o.number FROM contributions_contribution o
    JOIN contributions_collection ok ON ok.fund_id = o.fund_id AND ok.id = o.collection_id
    JOIN contributions_receiptbook ob ON ob.fund_id = ok.fund_id AND ob.id = ok.book_id
    LEFT JOIN contributions_cancelled ox
      ON ox.fund_id = o.fund_id AND ox.member_id = o.member_id AND ox.collection_id = o.collection_id
    WHERE o.fund_id = p.fund_id AND o.member_id = p.member_id AND o.collected_on = p.collected_on
      AND o.collection_id <> p.collection_id AND ox.entry_id IS NULL ORDER BY ob.book_no, o.number)
FROM contributions_cancelled x
JOIN contributions_contribution p USING (fund_id, collection_id, member_id)
JOIN contributions_collection k ON k.fund_id = x.fund_id AND k.id = x.collection_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
JOIN funds_villagecentre c ON c.fund_id = k.fund_id AND c.id = k.centre_id
JOIN members_member m ON m.fund_id = x.fund_id AND m.id = x.member_id
JOIN ledger_line l ON l.fund_id = k.fund_id AND l.entry_id = k.entry_id AND l.amount_satang > 0
JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
WHERE x.fund_id = %(fund_id)s AND x.doubts <> '{}' AND NOT EXISTS (
  SELECT 1 FROM contributions_clearing z
  WHERE z.fund_id = x.fund_id AND z.collection_id = x.collection_id AND z.member_id = x.member_id)
ORDER BY k.collected_on, b.book_no, p.number"""


def receipts_set_aside(*, fund_id: int) -> tuple[SetAside, ...]:
    """Every receipt that waits for somebody to look, the oldest first; one statement."""
    names = list(SetAside.__dataclass_fields__)
    told = (dict(zip(names, row, strict=True)) for row in rows(_SET_ASIDE, fund_id=fund_id))
    return tuple(SetAside(**one | {"doubts": tuple(one["doubts"]), "others": tuple(one["others"])}) for one in told)


def receipts_to_clear(*, fund_id: int) -> int:
    """How many receipts wait for somebody to look."""
    (count,), = rows("""SELECT count(*) FROM contributions_cancelled x WHERE x.fund_id = %(fund_id)s
      AND x.doubts <> '{}' AND NOT EXISTS (SELECT 1 FROM contributions_clearing z WHERE z.fund_id = x.fund_id
        AND z.collection_id = x.collection_id AND z.member_id = x.member_id)""", fund_id=fund_id)
    return int(count)


def receipt_cleared(*, fund_id: int, clearing_id: UUID) -> tuple[UUID, int] | None:
    """Which receipt (collection, number) was cleared under this id, or None if it is new to us."""
    found = rows("""SELECT k.deed_id, p.number FROM contributions_clearing z
      JOIN contributions_contribution p USING (fund_id, collection_id, member_id)
      JOIN contributions_collection k ON k.fund_id = z.fund_id AND k.id = z.collection_id
      WHERE z.fund_id = %(fund_id)s AND z.clearing_id = %(clearing_id)s""", fund_id=fund_id, clearing_id=clearing_id)
    return found[0] if found else None


@dataclass(frozen=True, kw_only=True)
class DeviceCard:
    """A device and its receipt books: whose, since when, what has arrived from it; and whether it was wiped."""

    id: UUID
    person_name: str | None
    known_since: datetime
    wiped_at: datetime | None
    villages: tuple[int, ...]
    receipts: int
    last_arrived_at: datetime | None


_DEVICES = """
SELECT d.id, p.name, d.known_since, d.wiped_at, array_agg(DISTINCT c.moo ORDER BY c.moo),
  coalesce(sum(k.last_number - k.first_number + 1), 0)::bigint, max(k.recorded_at)
FROM contributions_device d
LEFT JOIN funds_person p ON p.fund_id = d.fund_id AND p.id = d.person_id
JOIN contributions_receiptbook b ON b.fund_id = d.fund_id AND b.device_id = d.id
JOIN funds_villagecentre c ON c.fund_id = b.fund_id AND c.id = b.centre_id
LEFT JOIN contributions_collection k ON k.fund_id = b.fund_id AND k.book_id = b.id
WHERE d.fund_id = %(fund_id)s GROUP BY d.fund_id, d.id, p.name ORDER BY d.known_since DESC"""


def devices(*, fund_id: int) -> tuple[DeviceCard, ...]:
    """Every device that a receipt book was lent to, the newest first."""
    names = list(DeviceCard.__dataclass_fields__)
    told = (dict(zip(names, row, strict=True)) for row in rows(_DEVICES, fund_id=fund_id))
    return tuple(DeviceCard(**one | {"villages": tuple(one["villages"])}) for one in told)


def is_wiped(*, fund_id: int, device_id: str) -> bool:
    """Whether a device, by the id that it tells, is to forget what it has of people."""
    wiped = Device.objects.filter(fund_id=fund_id, wiped_at__isnull=False).values_list("id", flat=True)
    return device_id in set(map(str, wiped))
