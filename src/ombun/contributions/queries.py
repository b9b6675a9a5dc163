"""Dues and payments: the sheet of a village, where a member stands, receipts and the passbook."""
from collections import Counter
from collections.abc import Collection as Many
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.contributions import rules
from ombun.contributions.models import Collection, ContributionPlan, ReceiptBook
from ombun.contributions.rules import (
    Alike,
    BookFacts,
    Cancellation,
    Effect,
    Payer,
    Plan,
    Receipt,
    Sheet,
    Standing,
    WrittenSheet,
)
from ombun.funds import queries as funds
from ombun.funds.rules import holds
from ombun.ledger import queries as ledger
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def plans(*, fund_id: int) -> tuple[Plan, ...]:
    """What members pay, by the day from which it holds; without what was taken back."""
    rows = ContributionPlan.objects.filter(fund_id=fund_id, taken_back_on__isnull=True).order_by("from_on")
    return tuple(Plan(amount_satang=row.amount_satang, every_months=row.every_months, from_on=row.from_on)
                 for row in rows)


def plans_to_come(*, fund_id: int, today: date) -> dict[date, UUID]:
    """The plans that have not begun, which may still be taken back: their ids by the day from which they hold."""
    rows = ContributionPlan.objects.filter(fund_id=fund_id, taken_back_on__isnull=True, from_on__gt=today)
    return dict(rows.values_list("from_on", "id"))


@dataclass(frozen=True, kw_only=True)
class JudgedPlan:
    """What the rules say about a plan before it is voted: every reason against it, and what members would owe."""

    plan: Plan
    refusals: tuple[Refusal, ...]
    effect: Effect


def judged_plan(*, fund_id: int, plan: Plan, today: date) -> JudgedPlan:
    """Everything that would refuse this plan if it were voted now, and its effect: until today where it begins in the
    past, else during its first year. Three statements."""
    fund, voted = funds.fund_by_id(fund_id=fund_id), plans(fund_id=fund_id)
    assert fund is not None
    refusals = rules.refusals_to_change(
        plan=plan, plans=voted, starts_on=fund.starts_on, books_closed_until=fund.books_closed_until, today=today)
    on = today if refusals or plan.from_on <= today else add_months(plan.from_on, 12) - timedelta(days=1)
    everybody = [] if refusals else [Alike(dues_from=since, paid_satang=paid, members=count)
                                     for _, since, paid, count in _alike(fund_id, on) if since]
    return JudgedPlan(plan=plan, refusals=tuple(refusals),
                      effect=rules.effect(plan=plan, plans=voted, everybody=everybody, on=on))


# One plain statement a table, joined here: with fresh tables the planner would nest the loops over a whole fund.
_JOINED = """SELECT member_id, min(joined_on) FROM members_membership
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s) AND (left_reason IS NULL OR left_on > %(on)s)
  GROUP BY member_id"""
_OPENING = """SELECT member_id, paid_until FROM contributions_openingstanding
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)"""
_PAST = """SELECT member_id, sum(amount_satang)::bigint, max(month) FROM contributions_pastpayment
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s) GROUP BY member_id"""
_TOLD_SINCE = "(SELECT min(month) FROM contributions_pastpayment WHERE fund_id = %(fund_id)s)"
_PAID_NOW = """SELECT member_id, paid_satang, last_paid_on FROM contributions_paidtotal
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)"""


def standings(*, fund_id: int, member_ids: Many[int], on: date) -> dict[int, Standing]:
    """Where members stand on a day, by everything paid so far: paid up to when, owing what. Seven statements.

    What was paid under an entry that was merged counts for the person. What old books tell counts for those whose
    opening standing nobody wrote down; nobody owes for months before those books.
    """
    whose, voted = members.entries_of(fund_id=fund_id, member_ids=member_ids), plans(fund_id=fund_id)
    joined = _by_person(_JOINED, fund_id, whose, on)
    opening = _by_person(_OPENING, fund_id, whose, on)
    past = _by_person(_PAST, fund_id, whose, on)
    paid = _by_person(_PAID_NOW, fund_id, whose, on)
    (told_since,), = _rows(f"SELECT {_TOLD_SINCE}", fund_id=fund_id)
    found = {}
    for i in member_ids:
        told = past.get(i, [])
        money = paid.get(i, []) + ([] if i in opening else told)
        found[i] = rules.standing(
            member_id=i, joined_on=min((day for day, in joined.get(i, []) if day), default=None),
            opening_paid_until=max((day for day, in opening.get(i, [])), default=None),
            paid_satang=Satang(sum(satang for satang, _ in money)),
            covered_satang=Satang(sum(satang for satang, _ in told) if i in opening else 0),
            last_paid_on=max((day for _, day in money if day), default=None), plans=voted, on=on,
            told_since=told_since)
    return found


def _by_person(sql: str, fund_id: int, whose: Mapping[int, int], on: date) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of all entries of a person together."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for entry, *facts in _rows(sql, fund_id=fund_id, ids=list(whose), on=on):
        found.setdefault(whose[entry], []).append(tuple(facts))
    return found


_PAID_BY_A_DAY = f"""
SELECT a.member_id, a.day, {_TOLD_SINCE},
  (SELECT min(s.joined_on) FROM members_membership s WHERE s.fund_id = %(fund_id)s AND s.member_id = ANY(a.entries)
    AND (s.left_reason IS NULL OR s.left_on > a.day OR (s.left_on = a.day AND s.left_reason = 'DECEASED'))),
  (SELECT max(o.paid_until) FROM contributions_openingstanding o
    WHERE o.fund_id = %(fund_id)s AND o.member_id = ANY(a.entries)),
  (SELECT coalesce(sum(p.amount_satang), 0)::bigint FROM contributions_contribution p
    WHERE p.fund_id = %(fund_id)s AND p.member_id = ANY(a.entries) AND p.collected_on <= a.day AND NOT EXISTS (
      SELECT 1 FROM contributions_cancelled x WHERE x.fund_id = p.fund_id AND x.member_id = p.member_id
        AND x.collection_id = p.collection_id))
  + (SELECT coalesce(sum(b.amount_satang), 0)::bigint FROM contributions_pastpayment b
    WHERE b.fund_id = %(fund_id)s AND b.member_id = ANY(a.entries) AND b.month <= a.day AND NOT EXISTS (
      SELECT 1 FROM contributions_openingstanding o WHERE o.fund_id = b.fund_id AND o.member_id = ANY(a.entries)))
FROM (SELECT u.member_id, u.day, ARRAY(SELECT e.id FROM members_member e
    WHERE e.fund_id = %(fund_id)s AND (e.id = u.member_id OR e.merged_into = u.member_id)) AS entries
  FROM unnest(%(ids)s::int[], %(days)s::date[]) AS u(member_id, day)) a"""


def paid_until(*, fund_id: int, asked: Many[tuple[int, date]]) -> dict[tuple[int, date], date | None]:
    """Up to which day (not included) members had paid on certain days, by what was received up to each of them.

    Asked by member and day; two statements whatever their number. None where it cannot be told.
    """
    voted = plans(fund_id=fund_id)
    rows = _rows(_PAID_BY_A_DAY, fund_id=fund_id, ids=[i for i, _ in asked], days=[day for _, day in asked])
    return {(i, day): rules.standing(
        member_id=i, joined_on=joined_on, opening_paid_until=opening, told_since=told_since, last_paid_on=None,
        paid_satang=Satang(satang), plans=voted, on=day).paid_until
        for i, day, told_since, joined_on, opening, satang in rows}


def opening_standings(*, fund_id: int, member_ids: Many[int]) -> dict[int, date]:
    """Up to which day (not included) members had paid when the books began here, where it was written down."""
    return dict(_rows(_OPENING, fund_id=fund_id, ids=list(member_ids)))


def members_with_opening(*, fund_id: int) -> dict[UUID, int]:
    """How many members of each village have their opening standing written down."""
    return dict(_rows("""SELECT m.centre_id, count(*) FROM contributions_openingstanding o
      JOIN members_member m ON m.fund_id = o.fund_id AND m.id = o.member_id
      WHERE o.fund_id = %(fund_id)s AND m.centre_id IS NOT NULL GROUP BY m.centre_id""", fund_id=fund_id))


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of the collection sheet: a member and what is due."""

    member: MemberCard
    standing: Standing


def collection_sheet(*, fund_id: int, centre_id: UUID, on: date) -> tuple[SheetLine, ...]:
    """Everybody of a village in Thai order with what is due on the day (in satang)."""
    cards = members.members_of_centre(fund_id=fund_id, centre_id=centre_id, on=on)
    where = standings(fund_id=fund_id, member_ids=[c.id for c in cards], on=on)
    return tuple(SheetLine(member=card, standing=where[card.id]) for card in cards)


_NAMES = """SELECT e.id, m.id, m.full_name FROM members_member e
  JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
  WHERE e.fund_id = %(fund_id)s AND e.id = ANY(%(ids)s) AND e.withdrawn_by IS NULL AND m.withdrawn_by IS NULL
    AND (%(centre_id)s::uuid IS NULL OR %(centre_id)s IN (e.centre_id, m.centre_id))"""
_SPELLS = """SELECT coalesce(m.merged_into, m.id), s.joined_on, s.left_on
  FROM members_membership s JOIN members_member m ON m.fund_id = s.fund_id AND m.id = s.member_id
  WHERE s.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))
    AND (s.left_reason IS NULL OR s.left_on IS NOT NULL)"""


def payers(*, fund_id: int, member_ids: Many[int], centre_id: UUID | None = None) -> dict[int, Payer]:
    """What the rules need to know about everybody on a sheet, in two statements; of one village where it is named.

    A spell that ended on an unknown day does not make a payer. An entry that was merged since the sheet was taken along
    pays as its person.
    """
    names = _rows(_NAMES, fund_id=fund_id, ids=list(member_ids), centre_id=centre_id)
    spells: dict[int, list[tuple[date | None, date | None]]] = {}
    for person, joined_on, left_on in _rows(_SPELLS, fund_id=fund_id, ids=[person for _, person, _ in names]):
        spells.setdefault(person, []).append((joined_on, left_on))
    return {i: Payer(name=name, spells=tuple(spells.get(person, ()))) for i, person, name in names}


def book_in_use(*, fund_id: int, centre_id: UUID) -> BookFacts | None:
    """The centre's receipt book that still has free numbers (the one with the smallest number), or the last one."""
    books = list(ReceiptBook.objects.filter(fund_id=fund_id, centre_id=centre_id).order_by("book_no"))
    free = [b for b in books if b.next_number <= b.last_number] or books[-1:]
    return BookFacts(id=free[0].id, book_no=free[0].book_no, next_number=free[0].next_number,
                     last_number=free[0].last_number) if free else None


@dataclass(frozen=True, kw_only=True)
class JudgedSheet:
    """What the rules say about a sheet before it is written: every reason against it, and its receipt book."""

    refusals: tuple[Refusal, ...]
    book: BookFacts | None


def judged_sheet(*, actor: Actor, sheet: Sheet, today: date) -> JudgedSheet:
    """Everything that would refuse this sheet if it were recorded now.

    For a collector only the people of their own village are there: anybody else is as unknown as nobody.
    """
    book = book_in_use(fund_id=actor.fund_id, centre_id=sheet.centre_id)
    holdings = funds.holdings(fund_id=actor.fund_id)
    refusals = rules.refusals_to_record(
        sheet=sheet, book=book, today=today,
        payers=payers(fund_id=actor.fund_id, member_ids={p.member_id for p in sheet.payments},
                      centre_id=actor.centre_id if actor.role == Role.COLLECTOR else None),
        is_collector=holds(holdings=holdings, person_id=sheet.collected_by, offices=rules.COLLECTORS,
                           on=sheet.collected_on))
    at_desk = rules.refusals_of_the_desk(actor=actor, sheet=sheet, holdings=holdings)
    return JudgedSheet(refusals=(*refusals, *at_desk), book=book)


@dataclass(frozen=True, kw_only=True)
class CollectionCard:
    """A recorded collection day, and how much of it was cancelled since."""

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

    @property
    def payments(self) -> int:
        """How many receipts of the sheet stand."""
        return self.last_number - self.first_number + 1 - self.cancelled

    @property
    def total_satang(self) -> Satang:
        """The sum of the receipts that stand, in satang."""
        return Satang(self.counted_satang - self.cancelled_satang)

    @property
    def is_cancelled(self) -> bool:
        """Whether the whole day was taken back."""
        return self.payments == 0


_OF_IT_CANCELLED = """
LEFT JOIN LATERAL (
  SELECT count(*)::int AS receipts, coalesce(sum(p.amount_satang), 0)::bigint AS satang
  FROM contributions_cancelled c JOIN contributions_contribution p
    ON p.fund_id = c.fund_id AND p.member_id = c.member_id AND p.collection_id = c.collection_id
  WHERE c.fund_id = k.fund_id AND c.collection_id = k.id) x ON true"""


_COLLECTIONS = f"""
SELECT k.id, k.deed_id, k.centre_id, c.moo, k.collected_on, e.posted_on, k.collected_by_id, b.book_no,
  k.first_number, k.last_number, k.total_satang, k.entry_id, k.recorded_at, x.receipts, x.satang
FROM contributions_collection k
JOIN ledger_entry e ON e.fund_id = k.fund_id AND e.id = k.entry_id
JOIN funds_villagecentre c ON c.fund_id = k.fund_id AND c.id = k.centre_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id {_OF_IT_CANCELLED}
WHERE k.fund_id = %(fund_id)s"""


def _collections(where: str, **facts: object) -> tuple[CollectionCard, ...]:
    names = list(CollectionCard.__dataclass_fields__)
    rows = _rows(f"{_COLLECTIONS} {where}", **facts)
    return tuple(CollectionCard(**dict(zip(names, row, strict=True))) for row in rows)


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

    @property
    def is_cancelled(self) -> bool:
        """Whether it was taken back."""
        return self.cancelled_on is not None

    @property
    def paid_satang(self) -> Satang:
        """What counts as paid, in satang: nothing when it was cancelled."""
        return Satang(0) if self.is_cancelled else self.amount_satang


_RECEIPTS = """
SELECT b.book_no, p.number, p.collected_on, k.collected_by_id, k.deed_id, p.amount_satang, m.id, m.member_no,
  m.full_name, c.moo, e.happened_on, e.memo
FROM contributions_contribution p
JOIN contributions_collection k ON k.fund_id = p.fund_id AND k.id = p.collection_id
JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
JOIN funds_villagecentre c ON c.fund_id = k.fund_id AND c.id = k.centre_id
JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
LEFT JOIN contributions_cancelled x
  ON x.fund_id = p.fund_id AND x.member_id = p.member_id AND x.collection_id = p.collection_id
LEFT JOIN ledger_entry e ON e.fund_id = x.fund_id AND e.id = x.entry_id
WHERE p.fund_id = %(fund_id)s"""


def _receipts(where: str, **facts: object) -> tuple[ReceiptLine, ...]:
    names = list(ReceiptLine.__dataclass_fields__)
    return tuple(ReceiptLine(**dict(zip(names, row, strict=True))) for row in _rows(f"{_RECEIPTS} {where}", **facts))


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


def past_payments_of_members(
    *, fund_id: int, member_ids: Many[int]
) -> dict[int, tuple[tuple[date, Satang], ...]]:
    """What the old books tell that members paid: by month, oldest first, in satang; one statement."""
    told: dict[int, list[tuple[date, Satang]]] = {i: [] for i in member_ids}
    for member_id, month, satang in _rows(
            """SELECT coalesce(m.merged_into, m.id), p.month, sum(p.amount_satang)::bigint
            FROM contributions_pastpayment p JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
            WHERE p.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))
            GROUP BY 1, 2 ORDER BY 1, 2""", fund_id=fund_id, ids=list(member_ids)):
        told[member_id].append((month, Satang(satang)))
    return {i: tuple(lines) for i, lines in told.items()}


def past_payments_of_member(*, fund_id: int, member_id: int) -> tuple[tuple[date, Satang], ...]:
    """What the old books tell that a member paid: by month, oldest first, in satang."""
    return past_payments_of_members(fund_id=fund_id, member_ids=[member_id])[member_id]


@dataclass(frozen=True, kw_only=True)
class KnownCancellation:
    """Receipts that were taken back together: of which day, whose, when and why; whether that was all that stood."""

    collection_id: UUID
    cancelled_on: date
    why: str
    total_satang: Satang
    member_ids: frozenset[int]
    took_all: bool


_CANCELLATION = """
SELECT k.deed_id, e.happened_on, e.memo, e.total_satang, array_agg(x.member_id),
  k.last_number - k.first_number + 1 = (SELECT count(*) FROM contributions_cancelled c
    WHERE c.fund_id = k.fund_id AND c.collection_id = k.id AND c.entry_id <= e.id)
FROM contributions_cancelled x
JOIN contributions_collection k ON k.fund_id = x.fund_id AND k.id = x.collection_id
JOIN ledger_entry e ON e.fund_id = x.fund_id AND e.id = x.entry_id
WHERE x.fund_id = %(fund_id)s AND x.cancellation_id = %(cancellation_id)s
GROUP BY k.fund_id, k.id, e.fund_id, e.id"""


def known_cancellation(*, fund_id: int, cancellation_id: UUID) -> KnownCancellation | None:
    """What was taken back under this id, or None if it is new to us."""
    for deed_id, day, why, satang, member_ids, took_all in _rows(
            _CANCELLATION, fund_id=fund_id, cancellation_id=cancellation_id):
        return KnownCancellation(collection_id=deed_id, cancelled_on=day, why=why, total_satang=Satang(satang),
                                 member_ids=frozenset(member_ids), took_all=took_all)
    return None


_WRITTEN_SHEETS = """
SELECT k.deed_id, k.id, k.centre_id, k.collected_on, k.collected_by_id, k.recorded_at, k.entry_id,
  k.total_satang, a.code
FROM contributions_collection k
JOIN ledger_line l ON l.fund_id = k.fund_id AND l.entry_id = k.entry_id AND l.amount_satang > 0
JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
WHERE k.fund_id = %(fund_id)s AND k.deed_id = ANY(%(deed_ids)s)"""
_WRITTEN_RECEIPTS = """
SELECT p.collection_id, p.member_id, m.full_name, p.number, p.amount_satang, x.entry_id IS NOT NULL
FROM contributions_contribution p
JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
LEFT JOIN contributions_cancelled x
  ON x.fund_id = p.fund_id AND x.member_id = p.member_id AND x.collection_id = p.collection_id
WHERE p.fund_id = %(fund_id)s AND p.collection_id = ANY(%(ids)s) ORDER BY p.number"""


def written_sheets(*, fund_id: int, deed_ids: Many[UUID]) -> dict[UUID, WrittenSheet]:
    """Recorded collection days with their receipts, as the rules want them to take receipts back. Two statements."""
    heads = _rows(_WRITTEN_SHEETS, fund_id=fund_id, deed_ids=list(deed_ids))
    receipts: dict[int, list[Receipt]] = {}
    for sheet_id, member_id, name, number, satang, is_cancelled in _rows(
            _WRITTEN_RECEIPTS, fund_id=fund_id, ids=[head[1] for head in heads]):
        receipts.setdefault(sheet_id, []).append(Receipt(
            member_id=member_id, name=name, number=number, amount_satang=satang, is_cancelled=is_cancelled))
    return {deed_id: WrittenSheet(
        id=i, centre_id=centre_id, collected_on=day, collected_by=person, recorded_on=day_in_thailand(recorded_at),
        entry_id=entry_id, total_satang=satang, hand=hand, receipts=tuple(receipts[i]))
        for deed_id, i, centre_id, day, person, recorded_at, entry_id, satang, hand in heads}


@dataclass(frozen=True, kw_only=True)
class JudgedCancellations:
    """What the rules say about receipts before they are taken back: every reason against it, and their sheets."""

    refusals: tuple[Refusal, ...]
    sheets: Mapping[UUID, WrittenSheet]


def judged_cancellations(
    *, actor: Actor, cancellations: Sequence[Cancellation], cancelled_on: date, why: str, today: date
) -> JudgedCancellations:
    """Everything that would refuse to take these receipts back on a day, in a constant number of statements.

    For a collector only the days of their own village are there.
    """
    fund = funds.fund_by_id(fund_id=actor.fund_id)
    assert fund is not None
    sheets = written_sheets(fund_id=actor.fund_id, deed_ids={one.collection_id for one in cancellations})
    if actor.role == Role.COLLECTOR:
        sheets = {deed_id: sheet for deed_id, sheet in sheets.items() if sheet.centre_id == actor.centre_id}
    refusals = rules.refusals_to_cancel(
        cancellations=cancellations, sheets=sheets, free=ledger.cash_free(fund_id=actor.fund_id, on=cancelled_on),
        cancelled_on=cancelled_on, why=why, books_closed_until=fund.books_closed_until, today=today)
    at_desk = rules.refusals_of_the_desk_to_cancel(
        actor=actor, sheets=sheets.values(), cancelled_on=cancelled_on, today=today)
    return JudgedCancellations(refusals=(*refusals, *at_desk), sheets=sheets)


@dataclass(frozen=True, kw_only=True)
class CentreDues:
    """What a village owes on a day and has paid in a period."""

    centre_id: UUID
    moo: int
    name: str
    members: int
    paid_this_month_satang: Satang
    receipts: int
    owed_satang: Satang
    owing: int


_THIS_MONTH = f"""
SELECT c.id, c.moo, c.name, coalesce(sum(k.total_satang - x.satang), 0)::bigint,
  coalesce(sum(k.last_number - k.first_number + 1 - x.receipts), 0)::bigint
FROM funds_villagecentre c
LEFT JOIN contributions_collection k ON k.fund_id = c.fund_id AND k.centre_id = c.id
  AND k.collected_on >= %(from_on)s AND k.collected_on < %(until_on)s {_OF_IT_CANCELLED}
WHERE c.fund_id = %(fund_id)s GROUP BY c.id, c.moo, c.name ORDER BY c.moo"""


_ALIKE = f"""
SELECT centre_id, joined_month, paid_until, {_TOLD_SINCE}, paid_satang, count(*) FROM (
  SELECT m.centre_id, date_trunc('month', d.joined_on)::date AS joined_month, d.paid_until,
    (d.paid_satang + CASE WHEN d.paid_until IS NULL THEN d.told_satang ELSE 0 END)::bigint AS paid_satang
  FROM members_member m JOIN (
    SELECT coalesce(e.merged_into, e.id) AS person, min(s.joined_on) AS joined_on, bool_or(s.is_there) AS is_there,
      max(o.paid_until) AS paid_until, coalesce(sum(t.paid_satang), 0) AS paid_satang,
      coalesce(sum(b.satang), 0) AS told_satang
    FROM members_member e
    LEFT JOIN (SELECT member_id, min(joined_on) AS joined_on, true AS is_there FROM members_membership
      WHERE fund_id = %(fund_id)s AND (joined_on IS NULL OR joined_on <= %(on)s)
        AND (left_reason IS NULL OR left_on > %(on)s) GROUP BY member_id) s ON s.member_id = e.id
    LEFT JOIN contributions_openingstanding o ON o.fund_id = e.fund_id AND o.member_id = e.id
    LEFT JOIN contributions_paidtotal t ON t.fund_id = e.fund_id AND t.member_id = e.id
    LEFT JOIN (SELECT member_id, sum(amount_satang)::bigint AS satang FROM contributions_pastpayment
      WHERE fund_id = %(fund_id)s GROUP BY member_id) b ON b.member_id = e.id
    WHERE e.fund_id = %(fund_id)s AND e.withdrawn_by IS NULL GROUP BY 1) d ON d.person = m.id AND d.is_there
  WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND m.centre_id IS NOT NULL
) everybody
GROUP BY centre_id, joined_month, paid_until, paid_satang"""


def _alike(fund_id: int, on: date) -> Iterator[tuple[UUID, date | None, Satang, int]]:
    """Of each village: since when dues run, what was paid, and how many members stand just so."""
    for centre_id, joined_month, opening, told_since, satang, count in _rows(_ALIKE, fund_id=fund_id, on=on):
        since = rules.dues_from(joined_on=joined_month, opening_paid_until=opening, told_since=told_since)
        yield centre_id, since, Satang(satang), count


def dues_by_centre(*, fund_id: int, from_on: date, until_on: date, on: date) -> tuple[CentreDues, ...]:
    """Village by village: members, what came in during [from_on, until_on) on how many receipts, and what is still
    owed on the day by how many. Three statements; members who stand alike are reckoned once."""
    voted = plans(fund_id=fund_id)
    sizes, owing, owed = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    for centre_id, since, paid_satang, count in _alike(fund_id, on):
        owes = 0 if since is None or not voted else max(
            0, rules.owed(dues_from=since, paid_satang=paid_satang, plans=voted, on=on))
        sizes[centre_id] += count
        owing[centre_id] += count if owes else 0
        owed[centre_id] += count * owes
    return tuple(
        CentreDues(centre_id=i, moo=moo, name=name, members=sizes[i], paid_this_month_satang=Satang(satang),
                   receipts=receipts, owed_satang=Satang(owed[i]), owing=owing[i])
        for i, moo, name, satang, receipts in _rows(_THIS_MONTH, fund_id=fund_id, from_on=from_on, until_on=until_on))


def books_of_centres(*, fund_id: int) -> Sequence[ReceiptBook]:
    """Every receipt book of the fund, by centre and number."""
    return list(ReceiptBook.objects.filter(fund_id=fund_id).order_by("book_no"))
