"""Reading the books: balances, the trial balance, income and expenditure, one entry."""
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, connections

from ombun.audit import queries as audit
from ombun.ledger.rules import CASH_SHORT, AccountKind, HolderKind
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class CashHolder:
    """Money in somebody's hands (or at the bank) now."""

    code: str
    name_th: str
    name_en: str
    holder_kind: HolderKind
    holder_id: UUID | None
    balance_satang: Satang


@dataclass(frozen=True, kw_only=True)
class AccountCard:
    """An account of the chart; `holder_kind` says that it is money in somebody's hands or at the bank."""

    code: str
    name_th: str
    name_en: str
    kind: AccountKind
    holder_kind: HolderKind | None


@dataclass(frozen=True, kw_only=True)
class TrialBalanceRow:
    """One account on a day; one of the two columns is zero."""

    account: str
    name_th: str
    name_en: str
    kind: AccountKind
    debit_satang: Satang
    credit_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What an account took in or gave out in a period, in its natural direction (income and expense positive)."""

    account: str
    name_th: str
    name_en: str
    kind: AccountKind
    amount_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Balances:
    """An account at several moments, in satang, debit positive."""

    code: str
    name_th: str
    name_en: str
    kind: AccountKind
    holder_kind: HolderKind | None
    holder_id: UUID | None
    satang: tuple[Satang, ...]


@dataclass(frozen=True, kw_only=True)
class BookLine:
    """An entry as one account sees it: how much (debit positive), and the accounts on the other side."""

    entry_id: int
    deed: str
    posted_on: date
    memo: str
    amount_satang: Satang
    others_th: tuple[str, ...]
    others_en: tuple[str, ...]
    is_taken_back: bool


@dataclass(frozen=True, kw_only=True)
class Side:
    """One line of an entry: the account and the amount in satang, a debit above zero, a credit below."""

    account_code: str
    name_th: str
    name_en: str
    amount_satang: Satang


@dataclass(frozen=True, kw_only=True)
class EntryCard:
    """An entry of the books with all its lines, and what reverses it or is reversed by it."""

    id: int
    deed: str
    deed_id: UUID
    happened_on: date
    posted_on: date
    memo: str
    reverses_id: int | None
    sides: tuple[Side, ...]
    reversed_by_id: int | None = None

    @property
    def total_satang(self) -> Satang:
        """The sum of one column in satang; both columns have it."""
        return Satang(sum(side.amount_satang for side in self.sides if side.amount_satang > 0))


_NOW = """
SELECT a.code, a.name_th, a.name_en, a.holder_kind, a.holder_id,
  coalesce(sum(b.debit_satang - b.credit_satang), 0)::bigint
FROM ledger_account a LEFT JOIN ledger_balance b ON b.fund_id = a.fund_id AND b.account_id = a.id
WHERE a.fund_id = %(fund_id)s AND a.holder_kind IS NOT NULL
GROUP BY a.id, a.code, a.name_th, a.name_en, a.holder_kind, a.holder_id ORDER BY a.code COLLATE "C"
"""

_HELD_SINCE = """
WITH come AS (
  SELECT l.account_id, e.posted_on, sum(l.amount_satang) AS satang
  FROM ledger_line l JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
  LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses_id = e.id
  WHERE l.fund_id = %(fund_id)s AND l.amount_satang > 0 AND e.reverses_id IS NULL AND r.id IS NULL
  GROUP BY 1, 2),
since AS (
  SELECT account_id, posted_on, satang,
    sum(satang) OVER (PARTITION BY account_id ORDER BY posted_on DESC) AS come_from_then_on FROM come),
held AS (
  SELECT a.id, a.code, sum(b.debit_satang - b.credit_satang) AS satang
  FROM ledger_account a JOIN ledger_balance b ON b.fund_id = a.fund_id AND b.account_id = a.id
  WHERE a.fund_id = %(fund_id)s AND a.holder_kind IN ('COLLECTOR', 'CENTRE') GROUP BY a.id, a.code)
SELECT h.code, min(s.posted_on) FROM held h JOIN since s ON s.account_id = h.id
WHERE h.satang > 0 AND s.come_from_then_on - s.satang < h.satang GROUP BY h.code
"""

_FREE = """
WITH later AS (
  SELECT l.account_id, e.posted_on, sum(l.amount_satang) AS satang
  FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
  WHERE e.fund_id = %(fund_id)s AND e.posted_on > %(on)s GROUP BY 1, 2),
come_since AS (
  SELECT account_id, max(satang) AS satang FROM (
    SELECT account_id, sum(satang) OVER (PARTITION BY account_id ORDER BY posted_on DESC) AS satang FROM later) days
  GROUP BY account_id)
SELECT a.code, (coalesce((SELECT sum(b.debit_satang - b.credit_satang) FROM ledger_balance b
    WHERE b.fund_id = a.fund_id AND b.account_id = a.id), 0) - greatest(0, coalesce(c.satang, 0)))::bigint
FROM ledger_account a LEFT JOIN come_since c ON c.account_id = a.id
WHERE a.fund_id = %(fund_id)s AND a.holder_kind IS NOT NULL
"""

_AT_ENDS = """
WITH ends AS (
  SELECT n, until_on, date_trunc('month', until_on)::date AS month
  FROM unnest(%(ends)s::date[]) WITH ORDINALITY AS e(until_on, n)),
moved AS (
  SELECT e.n, b.account_id, sum(b.debit_satang - b.credit_satang) AS satang
  FROM ends e JOIN ledger_balance b ON b.fund_id = %(fund_id)s AND b.month < e.month GROUP BY 1, 2
  UNION ALL
  SELECT e.n, l.account_id, sum(l.amount_satang)
  FROM ends e JOIN ledger_entry h ON h.fund_id = %(fund_id)s AND h.posted_on >= e.month AND h.posted_on < e.until_on
  JOIN ledger_line l ON l.fund_id = h.fund_id AND l.entry_id = h.id GROUP BY 1, 2)
SELECT a.code, a.name_th, a.name_en, a.kind, a.holder_kind, a.holder_id,
  array_agg(coalesce(m.satang, 0)::bigint ORDER BY e.n)
FROM ledger_account a CROSS JOIN ends e
LEFT JOIN (SELECT n, account_id, sum(satang) AS satang FROM moved GROUP BY 1, 2) m
  ON m.n = e.n AND m.account_id = a.id
WHERE a.fund_id = %(fund_id)s
GROUP BY a.code, a.name_th, a.name_en, a.kind, a.holder_kind, a.holder_id ORDER BY a.code COLLATE "C"
"""

_TOGETHER = """
SELECT split_part(a.code, '-', 1) AS account, min(a.name_th), min(a.name_en), a.kind,
  sum(t.debit_satang - t.credit_satang)::bigint
FROM ledger_total t JOIN ledger_account a ON a.fund_id = t.fund_id AND a.id = t.account_id
GROUP BY 1, a.kind HAVING sum(t.debit_satang - t.credit_satang) <> 0 ORDER BY 1
"""

_ACCOUNT_BOOK = """
SELECT e.id, e.deed, e.posted_on, e.memo, e.reverses_id, r.id, sum(l.amount_satang)::bigint,
  array(SELECT o.name_th FROM ledger_line x JOIN ledger_account o ON o.fund_id = x.fund_id AND o.id = x.account_id
        WHERE x.fund_id = e.fund_id AND x.entry_id = e.id AND o.code <> ALL(%(codes)s) ORDER BY x.line_no),
  array(SELECT o.name_en FROM ledger_line x JOIN ledger_account o ON o.fund_id = x.fund_id AND o.id = x.account_id
        WHERE x.fund_id = e.fund_id AND x.entry_id = e.id AND o.code <> ALL(%(codes)s) ORDER BY x.line_no)
FROM ledger_account a JOIN ledger_line l ON l.fund_id = a.fund_id AND l.account_id = a.id
JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
  AND e.posted_on >= %(from_on)s AND e.posted_on < %(until_on)s
LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses_id = e.id
WHERE a.fund_id = %(fund_id)s AND a.code = ANY(%(codes)s)
GROUP BY e.fund_id, e.id, e.deed, e.posted_on, e.memo, e.reverses_id, r.id ORDER BY e.posted_on, e.id
"""

_BY_MONTH = """
SELECT b.month, a.kind, sum(b.debit_satang - b.credit_satang)::bigint
FROM ledger_balance b JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id
WHERE b.fund_id = %(fund_id)s AND a.kind IN ('INCOME', 'EXPENSE') AND b.month >= %(from_on)s AND b.month < %(until_on)s
GROUP BY 1, 2
"""

_ENTRIES = """
SELECT e.id, e.deed, e.deed_id, e.happened_on, e.posted_on, e.memo, e.reverses_id, r.id, l.line_no,
  a.code, a.name_th, a.name_en, l.amount_satang
FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses_id = e.id
"""


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def cash_holders(*, fund_id: int) -> tuple[CashHolder, ...]:
    """Where the fund's money is now: the treasurer, each centre, each collector, the bank. From the kept balances."""
    return tuple(
        CashHolder(code=code, name_th=th, name_en=en, holder_kind=HolderKind(kind), holder_id=holder,
                   balance_satang=Satang(satang))
        for code, th, en, kind, holder, satang in _rows(_NOW, fund_id=fund_id))


def invested(*, fund_id: int) -> Satang:
    """What the fund owns beside cash and bank now: other investments, in satang. From the kept balances."""
    rows = _rows("""SELECT coalesce(sum(b.debit_satang - b.credit_satang), 0)::bigint
      FROM ledger_account a JOIN ledger_balance b ON b.fund_id = a.fund_id AND b.account_id = a.id
      WHERE a.fund_id = %(fund_id)s AND a.kind = 'ASSET' AND a.holder_kind IS NULL
        AND a.code <> '1400'""", fund_id=fund_id)
    return Satang(rows[0][0])


def cash_held(*, fund_id: int, on: date) -> tuple[CashHolder, ...]:
    """Where the fund's money was at the end of a day: the treasurer, each centre, each collector, the bank."""
    return tuple(
        CashHolder(code=a.code, name_th=a.name_th, name_en=a.name_en, holder_kind=a.holder_kind, holder_id=a.holder_id,
                   balance_satang=a.satang[0])
        for a in balances_at(fund_id=fund_id, ends=[on + timedelta(days=1)]) if a.holder_kind is not None)


def held_since(*, fund_id: int) -> dict[str, date]:
    """Since when collectors and village centres hold what they have not handed over, by account: what came in first is
    handed over first.

    What was booked by mistake and taken back counts neither way.
    """
    return dict(_rows(_HELD_SINCE, fund_id=fund_id))


def cash_free(*, fund_id: int, on: date) -> dict[str, Satang]:
    """What may leave each holder's hands on a day, in satang by account: the least that was there on any evening since.

    Money that came in later cannot have been handed on earlier.
    """
    return {code: Satang(satang) for code, satang in _rows(_FREE, fund_id=fund_id, on=on)}


def accounts(*, fund_id: int) -> tuple[AccountCard, ...]:
    """Every account of a fund's books, by its number."""
    rows = _rows("""SELECT code, name_th, name_en, kind, holder_kind FROM ledger_account WHERE fund_id = %(fund_id)s
      ORDER BY code COLLATE "C" """, fund_id=fund_id)
    return tuple(AccountCard(code=code, name_th=th, name_en=en, kind=AccountKind(kind),
                             holder_kind=HolderKind(holder) if holder else None) for code, th, en, kind, holder in rows)


def trial_balance(*, fund_id: int, on: date) -> tuple[TrialBalanceRow, ...]:
    """Every account that is not zero at the end of a day, debit or credit; the two columns have the same total."""
    return tuple(
        TrialBalanceRow(account=a.code, name_th=a.name_th, name_en=a.name_en, kind=a.kind,
                        debit_satang=Satang(max(a.satang[0], 0)), credit_satang=Satang(max(-a.satang[0], 0)))
        for a in balances_at(fund_id=fund_id, ends=[on + timedelta(days=1)]) if a.satang[0])


def trial_balance_together() -> tuple[TrialBalanceRow, ...]:
    """Every account of the chart over all funds of this computer as it is now; what one person or centre holds stands
    with its kind (1130-02 with 1130). From the totals that the posting keeps: as quick after ten years as after one."""
    with connections["loader"].cursor() as cursor:
        cursor.execute(_TOGETHER)
        return tuple(
            TrialBalanceRow(account=code, name_th=th, name_en=en, kind=AccountKind(kind),
                            debit_satang=Satang(max(satang, 0)), credit_satang=Satang(max(-satang, 0)))
            for code, th, en, kind, satang in cursor.fetchall())


def balances_at(*, fund_id: int, ends: Sequence[date]) -> tuple[Balances, ...]:
    """Every account of a fund at several moments at once: before the morning of each of the days. In one statement,
    from the balances kept month by month; only of the last, begun month the entries are read."""
    return tuple(Balances(code=code, name_th=th, name_en=en, kind=AccountKind(kind), holder_id=holder,
                          holder_kind=HolderKind(held) if held else None, satang=tuple(map(Satang, satang)))
                 for code, th, en, kind, held, holder, satang in _rows(_AT_ENDS, fund_id=fund_id, ends=list(ends)))


def income_and_expenditure(*, fund_id: int, from_on: date, until_on: date) -> tuple[Movement, ...]:
    """What came in and what went out in [from_on, until_on), account by account, in satang."""
    moved = ((a, a.satang[1] - a.satang[0]) for a in balances_at(fund_id=fund_id, ends=[from_on, until_on]))
    return tuple(
        Movement(account=a.code, name_th=a.name_th, name_en=a.name_en, kind=a.kind,
                 amount_satang=Satang(-satang if a.kind == AccountKind.INCOME else satang))
        for a, satang in moved if satang and a.kind in (AccountKind.INCOME, AccountKind.EXPENSE))


def account_book(
    *, fund_id: int, codes: Collection[str], from_on: date, until_on: date
) -> tuple[BookLine, ...]:
    """Every entry of one account, or of several together, in [from_on, until_on), by day. What they began with, tells
    `balances_at`."""
    return tuple(
        BookLine(entry_id=i, deed=deed, posted_on=posted, memo=memo, is_taken_back=bool(reverses or reversed_by),
                 amount_satang=Satang(satang), others_th=tuple(dict.fromkeys(th)), others_en=tuple(dict.fromkeys(en)))
        for i, deed, posted, memo, reverses, reversed_by, satang, th, en in _rows(
            _ACCOUNT_BOOK, fund_id=fund_id, codes=list(codes), from_on=from_on, until_on=until_on))


def months_at_a_glance(*, fund_id: int, from_on: date, until_on: date) -> dict[date, tuple[Satang, Satang]]:
    """Income and expenditure of each month in [from_on, until_on), from the kept balances: month → (in, out) satang."""
    months: dict[date, tuple[Satang, Satang]] = {}
    for month, kind, satang in _rows(_BY_MONTH, fund_id=fund_id, from_on=from_on, until_on=until_on):
        income, spent = months.get(month, (Satang(0), Satang(0)))
        months[month] = (Satang(-satang), spent) if kind == AccountKind.INCOME else (income, Satang(satang))
    return months


def entry_of(*, deed: str, deed_id: UUID) -> EntryCard | None:
    """The entry that a deed posted, or None. Sees only the fund of the transaction."""
    cards = _entry_cards(_rows(_ENTRIES + "WHERE e.deed = %(deed)s AND e.deed_id = %(deed_id)s ORDER BY l.line_no",
                               deed=deed, deed_id=deed_id))
    return cards[0] if cards else None


def entries_of(*, fund_id: int, deed: str, deed_ids: Collection[UUID]) -> tuple[EntryCard, ...]:
    """The entries that deeds of one kind posted."""
    return _entry_cards(_rows(
        _ENTRIES + """WHERE e.fund_id = %(fund_id)s AND e.deed = %(deed)s AND e.deed_id = ANY(%(ids)s)
        ORDER BY e.posted_on, e.id, l.line_no""", fund_id=fund_id, deed=deed, ids=list(deed_ids)))


def standing_of_deed(*, fund_id: int, deed: str) -> tuple[EntryCard, ...]:
    """The entries of a kind of deed that nobody took back, without the mirrors of those that were."""
    return _entry_cards(_rows(
        _ENTRIES + """WHERE e.fund_id = %(fund_id)s AND e.deed = %(deed)s AND e.reverses_id IS NULL AND r.id IS NULL
        ORDER BY e.posted_on, e.id, l.line_no""", fund_id=fund_id, deed=deed))


def moved_by_month(*, fund_id: int, accounts: Collection[str], before: date) -> Counter[tuple[str, date]]:
    """What moved in some accounts in each month before a day, debit positive, in satang: account and month → satang."""
    return Counter({(code, month): satang for code, month, satang in _rows(
        """SELECT a.code, b.month, (b.debit_satang - b.credit_satang)::bigint FROM ledger_balance b
        JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id
        WHERE b.fund_id = %(fund_id)s AND a.code = ANY(%(accounts)s) AND b.month < %(before)s""",
        fund_id=fund_id, accounts=list(accounts), before=before)})


def entry(*, fund_id: int, entry_id: int) -> EntryCard | None:
    """One entry of this fund with its sides, or None."""
    cards = _entry_cards(_rows(_ENTRIES + "WHERE e.fund_id = %(fund_id)s AND e.id = %(entry_id)s ORDER BY l.line_no",
                               fund_id=fund_id, entry_id=entry_id))
    return cards[0] if cards else None


def hands(*, fund_id: int, entry: EntryCard) -> tuple[UUID, UUID] | None:
    """Who gave and who received where cash changed hands, or came back, in an entry; None where nobody signs for it."""
    subjects = {"ledger.handover": f"handover:{entry.deed_id}", "ledger.reversal": f"entry:{entry.reverses_id}"}
    told = audit.history(fund_id=fund_id, subject=subjects[entry.deed]) if entry.deed in subjects else ()
    signed = [(str(line.facts["given_by"]), str(line.facts["received_by"])) for line in told
              if line.facts.get("given_by") and line.facts.get("received_by")]
    return (UUID(signed[-1][0]), UUID(signed[-1][1])) if signed else None


def way_of(*, fund_id: int, entry: EntryCard) -> tuple[str, str]:
    """The accounts between which cash changed hands: into which, out of which; also where nothing was found."""
    taking, giving = (side.account_code for side in entry.sides[:2])  # a difference stands behind them
    if taking == CASH_SHORT:
        told = audit.history(fund_id=fund_id, subject=f"handover:{entry.deed_id}")
        taking = next((str(one.facts["to"]) for one in told if "to" in one.facts), taking)
    return taking, giving


def opening_entry(*, fund_id: int) -> EntryCard | None:
    """The opening position as it stands (one that was reversed counts no more), or None."""
    cards = _entry_cards(_rows(
        _ENTRIES + "WHERE e.fund_id = %(fund_id)s AND e.deed = 'ledger.opening' AND r.id IS NULL ORDER BY l.line_no",
        fund_id=fund_id))
    return cards[0] if cards else None


def latest_of_deed(*, fund_id: int, deed: str, count: int = 20) -> tuple[EntryCard, ...]:
    """The newest entries of one kind of deed ("ledger.handover", "ledger.voucher") with their sides, newest first."""
    return _entry_cards(_rows(
        _ENTRIES + """WHERE e.fund_id = %(fund_id)s AND e.id IN (
          SELECT id FROM ledger_entry WHERE fund_id = %(fund_id)s AND deed = %(deed)s
          ORDER BY posted_on DESC, id DESC LIMIT %(count)s)
        ORDER BY e.posted_on DESC, e.id DESC, l.line_no""", fund_id=fund_id, deed=deed, count=count))


def day_book(*, fund_id: int, from_on: date, until_on: date) -> tuple[EntryCard, ...]:
    """Every entry posted in [from_on, until_on) with its sides, in the order of days."""
    return _entry_cards(_rows(
        _ENTRIES + """WHERE e.fund_id = %(fund_id)s AND e.posted_on >= %(from_on)s AND e.posted_on < %(until_on)s
        ORDER BY e.posted_on, e.id, l.line_no""", fund_id=fund_id, from_on=from_on, until_on=until_on))


def _entry_cards(rows: list[tuple[Any, ...]]) -> tuple[EntryCard, ...]:
    heads: dict[int, tuple[Any, ...]] = {}
    sides: dict[int, list[Side]] = {}
    for row in rows:
        heads.setdefault(row[0], row[:8])
        sides.setdefault(row[0], []).append(
            Side(account_code=row[9], name_th=row[10], name_en=row[11], amount_satang=Satang(row[12])))
    return tuple(
        EntryCard(id=i, deed=deed, deed_id=deed_id, happened_on=happened, posted_on=posted, memo=memo,
                  reverses_id=reverses, reversed_by_id=reversed_by, sides=tuple(sides[i]))
        for i, deed, deed_id, happened, posted, memo, reverses, reversed_by in heads.values())
