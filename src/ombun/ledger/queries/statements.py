"""What the bank says beside what the books say: lines of statements, and entries that no line tells yet."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ombun.ledger.models import Statement, StatementMatch
from ombun.ledger.queries.bank import bank_account_ids
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class StatementLineCard:
    """A line of a bank statement, how much of it the books have, and the entries that a person matched with it."""

    id: int
    account_code: str
    name_th: str
    name_en: str
    moved_on: date
    amount_satang: Satang
    balance_satang: Satang | None
    words: str
    booked_satang: Satang
    entry_ids: tuple[int, ...]

    @property
    def open_satang(self) -> Satang:
        """What the books do not have yet, in satang; below zero where money went out."""
        return Satang(self.amount_satang - self.booked_satang)


@dataclass(frozen=True, kw_only=True)
class BankEntry:
    """An entry that moved money at a bank and that no line tells yet; `memo` names the bank's slip too."""

    entry_id: int
    account_code: str
    deed: str
    happened_on: date
    amount_satang: Satang
    memo: str


@dataclass(frozen=True, kw_only=True)
class BankBalance:
    """The last balance that the bank tells of an account, and what the books have on the evening of that day."""

    code: str
    name_th: str
    name_en: str
    told_on: date | None
    told_satang: Satang | None
    books_satang: Satang


_LINES = """
SELECT l.id, a.code, a.name_th, a.name_en, l.moved_on, l.amount_satang, l.balance_satang, l.words,
  booked_for_line(l.fund_id, l.id), ARRAY(
    SELECT x.entry_id FROM ledger_statementmatch x
    LEFT JOIN ledger_entry r ON r.fund_id = x.fund_id AND r.reverses_id = x.entry_id
    WHERE x.fund_id = l.fund_id AND x.line_id = l.id AND x.undone_at IS NULL AND r.id IS NULL ORDER BY x.entry_id)
FROM ledger_statementline l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
WHERE l.fund_id = %(fund_id)s """

_UNMATCHED = """
SELECT e.id, a.code, e.deed, e.happened_on, l.amount_satang, trim(e.memo || ' ' || coalesce(s.slip_no, ''))
FROM ledger_account a
JOIN ledger_line l ON l.fund_id = a.fund_id AND l.account_id = a.id
JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses_id = e.id
LEFT JOIN ledger_statementmatch x ON x.fund_id = e.fund_id AND x.entry_id = e.id AND x.undone_at IS NULL
LEFT JOIN ledger_bankslip s ON s.fund_id = e.fund_id AND s.entry_id = e.id
WHERE a.fund_id = %(fund_id)s AND a.holder_kind = 'BANK' AND e.reverses_id IS NULL AND r.id IS NULL AND x.id IS NULL
  AND e.deed <> 'ledger.opening' AND e.deed NOT LIKE '%%.history' ORDER BY e.happened_on, e.id"""

_BALANCES = """
SELECT a.code, a.name_th, a.name_en, s.moved_on, s.balance_satang, coalesce((
    SELECT sum(l.amount_satang) FROM ledger_line l JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
    WHERE l.fund_id = a.fund_id AND l.account_id = a.id
      AND e.happened_on <= coalesce(s.moved_on, %(today)s)), 0)::bigint
FROM ledger_account a LEFT JOIN LATERAL (
  SELECT moved_on, balance_satang FROM ledger_statementline WHERE fund_id = a.fund_id AND account_id = a.id
    AND balance_satang IS NOT NULL ORDER BY moved_on DESC, id DESC LIMIT 1) s ON true
WHERE a.fund_id = %(fund_id)s AND a.holder_kind = 'BANK' ORDER BY a.code COLLATE "C" """


def _lines(rest: str, **facts: Any) -> tuple[StatementLineCard, ...]:
    names = list(StatementLineCard.__dataclass_fields__)
    told = (dict(zip(names, row, strict=True)) for row in rows(_LINES + rest, **facts))
    return tuple(StatementLineCard(**one | {"entry_ids": tuple(one["entry_ids"])}) for one in told)


def open_lines(*, fund_id: int) -> tuple[StatementLineCard, ...]:
    """Every line for which the books have nothing yet, or not all, the oldest first."""
    return _lines("AND booked_for_line(l.fund_id, l.id) <> l.amount_satang ORDER BY l.moved_on, l.id", fund_id=fund_id)


def booked_lines(*, fund_id: int, count: int = 30) -> tuple[StatementLineCard, ...]:
    """The newest lines that the books have, the newest first."""
    return _lines("AND booked_for_line(l.fund_id, l.id) = l.amount_satang ORDER BY l.moved_on DESC, l.id DESC "
                  "LIMIT %(count)s", fund_id=fund_id, count=count)


def statement_line(*, fund_id: int, line_id: int) -> StatementLineCard | None:
    """One line, or None."""
    return next(iter(_lines("AND l.id = %(line_id)s", fund_id=fund_id, line_id=line_id)), None)


def unmatched_entries(*, fund_id: int) -> tuple[BankEntry, ...]:
    """Every entry that moved money at a bank and that no line tells yet, the oldest first."""
    names = list(BankEntry.__dataclass_fields__)
    return tuple(BankEntry(**dict(zip(names, row, strict=True))) for row in rows(_UNMATCHED, fund_id=fund_id))


def bank_balances(*, fund_id: int, today: date) -> tuple[BankBalance, ...]:
    """Of each account at a bank: the last balance that the bank tells, and what the books have of that day."""
    names = list(BankBalance.__dataclass_fields__)
    return tuple(BankBalance(**dict(zip(names, row, strict=True)))
                 for row in rows(_BALANCES, fund_id=fund_id, today=today))


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """An account at a bank beside the books: what each says of an evening, and what only one of them has, in satang."""

    code: str
    name_th: str
    name_en: str
    told_on: date
    told_satang: Satang
    books_satang: Satang
    not_in_books: tuple[StatementLineCard, ...]
    not_at_bank: tuple[BankEntry, ...]

    @property
    def unexplained_satang(self) -> Satang:
        """What is left when everything that only one side has is counted; nothing, where all is explained."""
        return Satang(self.books_satang - self.told_satang - sum(one.amount_satang for one in self.not_at_bank)
                      + sum(one.open_satang for one in self.not_in_books))


_TOLD = """
SELECT a.code, a.name_th, a.name_en, (SELECT min(moved_on) FROM ledger_statementline
    WHERE fund_id = a.fund_id AND account_id = a.id), s.moved_on, s.balance_satang, coalesce((
    SELECT sum(l.amount_satang) FROM ledger_line l JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
    WHERE l.fund_id = a.fund_id AND l.account_id = a.id AND e.happened_on <= s.moved_on), 0)::bigint
FROM ledger_account a JOIN LATERAL (
  SELECT moved_on, balance_satang FROM ledger_statementline WHERE fund_id = a.fund_id AND account_id = a.id
    AND balance_satang IS NOT NULL AND moved_on <= %(on)s ORDER BY moved_on DESC, id DESC LIMIT 1) s ON true
WHERE a.fund_id = %(fund_id)s AND a.holder_kind = 'BANK' ORDER BY a.code COLLATE "C" """


def reconciliations(*, fund_id: int, on: date) -> tuple[Reconciliation, ...]:
    """Each account at a bank beside the books, on the last day up to `on` of which the bank told a balance.

    What moved before the first line of its statements is not asked for: nobody took those statements in.
    """
    lines, entries = open_lines(fund_id=fund_id), unmatched_entries(fund_id=fund_id)
    return tuple(Reconciliation(
        code=code, name_th=th, name_en=en, told_on=told_on, told_satang=told, books_satang=books,
        not_in_books=tuple(one for one in lines if one.account_code == code and one.moved_on <= told_on),
        not_at_bank=tuple(one for one in entries if one.account_code == code and first <= one.happened_on <= told_on))
        for code, th, en, first, told_on, told, books in rows(_TOLD, fund_id=fund_id, on=on))


def last_columns(*, fund_id: int, account_code: str) -> Mapping[str, Any]:
    """What the columns of the last statement of an account meant; nothing where none came in yet."""
    found = Statement.objects.filter(
        fund_id=fund_id, account_id=bank_account_ids(fund_id=fund_id).get(account_code, 0)).order_by(
        "-recorded_at").values_list("columns", flat=True).first()
    return found or {}


def is_matched(*, fund_id: int, match_id: UUID) -> bool:
    """Whether a line was matched under this id."""
    return StatementMatch.objects.filter(fund_id=fund_id, match_id=match_id).exists()
