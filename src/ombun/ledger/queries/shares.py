"""Money with a purpose: what was earmarked and what is left of it, and what each sub-fund has."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db import connection

from ombun.ledger.models import Share, ShareVote
from ombun.ledger.queries.books import Balances, balances_at
from ombun.ledger.rules import AccountKind, Earmarked, ShareOf, Spent, divided, form, used
from ombun.primitives.money import Satang

_EARMARKS = """
SELECT m.id, m.entry_id, e.posted_on, e.total_satang, m.accounts, m.words FROM ledger_earmark m
JOIN ledger_entry e ON e.fund_id = m.fund_id AND e.id = m.entry_id
WHERE m.fund_id = %(fund_id)s AND e.posted_on < %(until_on)s AND NOT EXISTS (
  SELECT 1 FROM ledger_entry r WHERE r.fund_id = e.fund_id AND r.reverses_id = e.id AND r.posted_on < %(until_on)s)
ORDER BY e.posted_on, e.id"""

_SPENT = """
SELECT a.code, e.posted_on, sum(l.amount_satang)::bigint FROM ledger_account a
JOIN ledger_line l ON l.fund_id = a.fund_id AND l.account_id = a.id AND l.amount_satang > 0
JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id AND e.reverses_id IS NULL
WHERE a.fund_id = %(fund_id)s AND a.code = ANY(%(codes)s) AND e.posted_on >= %(from_on)s
  AND e.posted_on < %(until_on)s AND NOT EXISTS (
    SELECT 1 FROM ledger_entry r WHERE r.fund_id = e.fund_id AND r.reverses_id = e.id)
GROUP BY 1, 2"""


@dataclass(frozen=True, kw_only=True)
class EarmarkCard:
    """An earmark: its entry, for which accounts, in what words; used in some days and before their end, in satang."""

    id: UUID
    entry_id: int
    received_on: date
    amount_satang: Satang
    accounts: tuple[str, ...]
    words: str
    used_satang: Satang
    used_ever_satang: Satang


def earmarks(*, fund_id: int, from_on: date, until_on: date) -> tuple[EarmarkCard, ...]:
    """Every earmark that stands, the oldest first, with what was used of it. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_EARMARKS, {"fund_id": fund_id, "until_on": until_on})
        rows = cursor.fetchall()
        cursor.execute(_SPENT, {
            "fund_id": fund_id, "codes": sorted({code for row in rows for code in row[4]}), "until_on": until_on,
            "from_on": min((row[2] for row in rows), default=until_on)})
        spent = [Spent(account=code, spent_on=day, amount_satang=Satang(satang))
                 for code, day, satang in cursor.fetchall()]
    told = [Earmarked(id=i, received_on=day, amount_satang=Satang(satang), accounts=frozenset(accounts))
            for i, _entry, day, satang, accounts, _words in rows]
    ever = used(earmarks=told, spent=spent)
    before = used(earmarks=told, spent=[one for one in spent if one.spent_on < from_on])
    return tuple(EarmarkCard(
        id=i, entry_id=entry, received_on=day, amount_satang=Satang(satang), accounts=tuple(accounts), words=words,
        used_satang=Satang(ever[i] - before[i]), used_ever_satang=ever[i])
        for i, entry, day, satang, accounts, words in rows)


def earmark_of_entry(*, fund_id: int, entry_id: int, until_on: date) -> EarmarkCard | None:
    """The earmark on money that came in with an entry, or None."""
    return next((one for one in earmarks(fund_id=fund_id, from_on=until_on, until_on=until_on)
                 if one.entry_id == entry_id), None)


@dataclass(frozen=True, kw_only=True)
class SharesCard:
    """How money is divided from a day on, by which resolution."""

    from_on: date
    resolution_no: str
    shares: tuple[ShareOf, ...]


def share_votes(*, fund_id: int) -> tuple[SharesCard, ...]:
    """Every resolution that divided the money, the oldest first. Two statements."""
    parts: dict[UUID, list[ShareOf]] = {}
    for one in Share.objects.filter(fund_id=fund_id).order_by("account", "sub_fund"):
        parts.setdefault(one.vote_id, []).append(
            ShareOf(account=one.account, sub_fund=one.sub_fund, thousandths=one.thousandths))
    return tuple(SharesCard(from_on=row.from_on, resolution_no=row.resolution_no, shares=tuple(parts.get(row.id, ())))
                 for row in ShareVote.objects.filter(fund_id=fund_id).order_by("from_on"))


_BEFORE_ALL = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class SubFund:
    """A sub-fund ("" is what was never divided): what it had, what came in and went out, in satang."""

    name: str
    before_satang: Satang
    in_satang: Satang
    out_satang: Satang

    @property
    def left_satang(self) -> Satang:
        """What it has at the end."""
        return Satang(self.before_satang + self.in_satang - self.out_satang)


def sub_funds(*, fund_id: int, from_on: date, until_on: date) -> tuple[SubFund, ...]:
    """What each sub-fund had before some days, what came in and went out in them; all together are what the fund owns
    beyond what it owes. Three statements: every account's movement is divided by the shares of its days."""
    votes = [vote for vote in share_votes(fund_id=fund_id) if vote.from_on < until_on]
    days = sorted({_BEFORE_ALL, from_on, until_on, *(vote.from_on for vote in votes)})
    rows = balances_at(fund_id=fund_id, ends=days)
    before, until = (_moved(rows, days, votes, end) for end in (from_on, until_on))
    names = sorted({one.sub_fund for vote in votes for one in vote.shares})
    return tuple(SubFund(
        name=name, before_satang=Satang(before[name, True] - before[name, False]),
        in_satang=Satang(until[name, True] - before[name, True]),
        out_satang=Satang(until[name, False] - before[name, False])) for name in (*names, ""))


def _moved(
    rows: Sequence[Balances], days: Sequence[date], votes: Sequence[SharesCard], end: date
) -> Counter[tuple[str, bool]]:
    """What came in (True) and went out (False) before a day, by sub-fund: vote by vote, so that the satang of a part
    are the same whatever days are asked for."""
    sums: Counter[tuple[str, bool]] = Counter()
    edges = [day for day in days if day in {_BEFORE_ALL, *(vote.from_on for vote in votes)} and day < end] + [end]
    for since, until in pairwise(edges):
        shares, first, last = _in_force(votes, since), days.index(since), days.index(until)
        for row in rows:
            if row.kind not in (AccountKind.ASSET, AccountKind.LIABILITY):
                is_in = row.kind != AccountKind.EXPENSE
                moved = row.satang[last] - row.satang[first]
                satang, mine = Satang(-moved if is_in else moved), shares.get(form.chart_code(code=row.code), [])
                for name, part in (divided(satang=satang, shares=mine) if mine else {"": satang}).items():
                    sums[name, is_in] += part
    return sums


def _in_force(votes: Sequence[SharesCard], on: date) -> dict[str, list[ShareOf]]:
    newest = next((vote for vote in reversed(votes) if vote.from_on <= on), None)
    found: dict[str, list[ShareOf]] = {}
    for one in newest.shares if newest else ():
        found.setdefault(one.account, []).append(one)
    return found
