"""Receipts that were, or are to be, taken back."""
from collections.abc import Collection as Many
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.rules import (
    Cancellation,
    Receipt,
    WrittenSheet,
)
from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.primitives.actors import Actor, Role
from ombun.primitives.asking import rows
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal


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
    for deed_id, day, why, satang, member_ids, took_all in rows(
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
    heads = rows(_WRITTEN_SHEETS, fund_id=fund_id, deed_ids=list(deed_ids))
    receipts: dict[int, list[Receipt]] = {}
    for sheet_id, member_id, name, number, satang, is_cancelled in rows(
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
