"""The books as plain text, for two programs that have nothing to do with us: whoever doubts can count again.

Both formats end with what our own trial balance says of every account, so the program itself compares.
"""
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from ombun.ledger.queries import AccountCard, EntryCard, TrialBalanceRow
from ombun.ledger.rules import AccountKind

_KINDS = {AccountKind.ASSET: "Assets", AccountKind.LIABILITY: "Liabilities", AccountKind.FUND: "Equity",
          AccountKind.INCOME: "Income", AccountKind.EXPENSE: "Expenses"}


@dataclass(frozen=True, kw_only=True)
class Books:
    """Everything an export needs: the chart, every entry in order, and the trial balance at the end of the last day."""

    title: str
    accounts: Sequence[AccountCard]
    entries: Sequence[EntryCard]
    trial_balance: Sequence[TrialBalanceRow]
    first_on: date
    last_on: date


def beancount(books: Books) -> Iterator[str]:
    """The books as lines of a beancount file."""
    name = {a.code: f"{_KINDS[a.kind]}:{a.code}" for a in books.accounts}
    yield f'option "title" {_quoted(books.title)}'
    yield 'option "operating_currency" "THB"'
    for account in books.accounts:
        yield f"{books.first_on} open {name[account.code]} THB"
        yield f"  name-th: {_quoted(account.name_th)}"
        yield f"  name-en: {_quoted(account.name_en)}"
    for entry in books.entries:
        yield ""
        yield f"{entry.posted_on} * {_quoted(gettext(entry.deed))} {_quoted(entry.memo)}"
        yield f'  entry: "{entry.id}"'
        yield f"  happened: {entry.happened_on}"
        yield from (f"  {name[side.account_code]}  {_baht(side.amount_satang)} THB" for side in entry.sides)
    yield ""
    ended = {row.account: row.debit_satang - row.credit_satang for row in books.trial_balance}
    for account in books.accounts:
        yield (f"{books.last_on + timedelta(days=1)} balance {name[account.code]}  "
               f"{_baht(ended.get(account.code, 0))} THB")


def hledger(books: Books) -> Iterator[str]:
    """The books as lines of a journal for hledger (and ledger)."""
    name = {a.code: f"{_KINDS[a.kind]}:{a.code} {_plain(a.name_th)}" for a in books.accounts}
    yield f"; {_plain(books.title)}"
    yield "commodity 1000.00 THB"
    yield from (f"account {name[account.code]}" for account in books.accounts)
    for entry in books.entries:
        yield ""
        yield f"{entry.posted_on} * ({entry.id}) {gettext(entry.deed)} | {_plain(entry.memo)}".rstrip(" |")
        yield from (f"    {name[side.account_code]}  {_baht(side.amount_satang)} THB" for side in entry.sides)
    yield ""
    yield f"{books.last_on} * {gettext('งบทดลอง')}"
    ended = {row.account: row.debit_satang - row.credit_satang for row in books.trial_balance}
    yield from (f"    {name[a.code]}  0.00 THB = {_baht(ended.get(a.code, 0))} THB" for a in books.accounts)


FORMATS: dict[str, Callable[[Books], Iterator[str]]] = {"beancount": beancount, "hledger": hledger}


def _baht(satang: int) -> str:
    whole, rest = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{whole}.{rest:02}"


def _plain(text: str) -> str:
    return " ".join(text.replace(";", ",").replace("|", "/").split())


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
