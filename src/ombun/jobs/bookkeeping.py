"""The books from the command line."""
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language, gettext

from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.operations import MonthClosed
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.jobs.plain_text_books import FORMATS, Books
from ombun.ledger import queries
from ombun.ledger.queries import Movement, TrialBalanceRow
from ombun.ledger.rules import TREASURER_CASH, AccountKind
from ombun.meetings import queries as meetings
from ombun.papers.gathering.asking import Asked
from ombun.papers.gathering.books import stated as stated_in
from ombun.papers.gathering.heads import heading
from ombun.papers.naming import language
from ombun.papers.statements import Statement, statement_pdf
from ombun.primitives.days import fiscal_year_from, month_of
from ombun.primitives.ids import uuid7
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import fund_transaction


def balanced(*, code: str, on: date, as_json: bool) -> str:
    """The trial balance at the end of a day: every account that is not zero. Raises CommandRefused when there is no
    such fund."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        rows = queries.trial_balance(fund_id=actor.fund_id, on=on)
    if as_json:
        return json.dumps([{"account": row.account, "name": row.name_th, "debit_satang": row.debit_satang,
                            "credit_satang": row.credit_satang} for row in rows], ensure_ascii=False)
    return "\n".join(_balance_in_words(rows))


def together() -> str:
    """The trial balance of all funds of this computer together, as it is now."""
    return "\n".join(_balance_in_words(queries.trial_balance_together()))


def _balance_in_words(rows: Sequence[TrialBalanceRow]) -> Iterator[str]:
    yield f"{gettext('เดบิต'):>18} {gettext('เครดิต'):>18}"
    for row in rows:
        yield f"{_column(row.debit_satang):>18} {_column(row.credit_satang):>18}  {row.account} {_named(row)}"
    debit, credit = sum(row.debit_satang for row in rows), sum(row.credit_satang for row in rows)
    yield f"{baht(debit):>18} {baht(credit):>18}  {gettext('รวม')}"


def _column(satang: int) -> str:
    return baht(satang) if satang else "-"


def income(*, code: str, from_on: date | None, on: date, as_json: bool) -> str:
    """What came in and what went out, account by account, from a day (or the beginning of the fiscal year) to the end
    of another. Raises CommandRefused."""
    actor, from_on = operating.operator_of(code=code), from_on or fiscal_year_from(on)
    if from_on > on:
        raise CommandRefused(Refusal(code="jobs.ends_before_it_begins", about="from", facts={
            "from_on": from_on, "on": on}))
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        rows = queries.income_and_expenditure(
            fund_id=actor.fund_id, from_on=from_on, until_on=on + timedelta(days=1))
    if as_json:
        return json.dumps({"from": from_on.isoformat(), "on": on.isoformat(), "rows": [{
            "account": row.account, "name": row.name_th, "kind": row.kind, "amount_satang": row.amount_satang}
            for row in rows]}, ensure_ascii=False)
    return "\n".join(_income_in_words(rows))


def _income_in_words(rows: Sequence[Movement]) -> Iterator[str]:
    sums = {kind: sum(row.amount_satang for row in rows if row.kind == kind) for kind in (
        AccountKind.INCOME, AccountKind.EXPENSE)}
    for kind, word in ((AccountKind.INCOME, gettext("รายรับ")), (AccountKind.EXPENSE, gettext("รายจ่าย"))):
        yield f"{baht(sums[kind]):>18}  {word}"
        for row in rows:
            if row.kind == kind:
                yield f"{baht(row.amount_satang):>18}    {row.account} {_named(row)}"
    yield f"{baht(sums[AccountKind.INCOME] - sums[AccountKind.EXPENSE]):>18}  {gettext('รับมากกว่าจ่าย')}"


def stated(
    *, code: str, kind: str, from_on: date | None, to_on: date, as_json: bool, account: str = TREASURER_CASH,
    pdf: Path | None = None
) -> str:
    """Any book or statement of the days from one (or the beginning of the fiscal year) to another, both included: in
    words, for programs, or as a PDF. Raises CommandRefused."""
    actor, from_on = operating.operator_of(code=code), from_on or fiscal_year_from(to_on)
    if from_on > to_on:
        raise CommandRefused(Refusal(code="jobs.ends_before_it_begins", about="from", facts={
            "from_on": from_on, "on": to_on}))
    asked = Asked(from_on=from_on, until_on=to_on + timedelta(days=1), accounts=(account,))
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        if account not in {one.code for one in queries.accounts(fund_id=actor.fund_id)}:
            raise CommandRefused(Refusal(code="ledger.unknown_account", about=account, facts={"account": account}))
        told = stated_in(name=kind, fund_id=actor.fund_id, asked=asked)
        fund = fund_queries.fund_by_id(fund_id=actor.fund_id)
        assert fund is not None
    if pdf is not None:
        return str(operating.written(statement_pdf(
            fund=heading(fund), statement=told, language=language()), file=pdf))
    return _for_programs(kind, told) if as_json else "\n".join(_statement_in_words(told))


def _for_programs(kind: str, told: Statement) -> str:
    return json.dumps({
        "kind": kind, "title": told.title, "from": told.from_on.isoformat() if told.from_on else None,
        "to": told.last_on.isoformat(), "columns": list(told.columns), "lines": [{
            "lead": str(line.lead), "text": line.text, "weight": line.weight, "amounts_satang": list(line.amounts)}
            for line in told.lines]}, ensure_ascii=False)


def _statement_in_words(told: Statement) -> Iterator[str]:
    yield told.title
    yield " ".join(f"{column:>20}" for column in told.columns)
    for line in told.lines:
        amounts = (*line.amounts, *[None] * len(told.columns))[:len(told.columns)]
        yield " ".join([*(f"{_bracketed(one):>20}" for one in amounts), "", str(line.lead), line.text])


def _bracketed(satang: int | None) -> str:
    return "" if not satang else f"({baht(-satang)})" if satang < 0 else baht(satang)


def _named(row: TrialBalanceRow | Movement) -> str:
    return row.name_en if get_language() == "en" else row.name_th


def exported(*, code: str, name: str) -> Iterator[str]:
    """All entries up to today as the lines of a plain text format ("hledger", "beancount")."""
    actor, today = operating.operator_of(code=code), timezone.localdate()
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund = fund_queries.fund_by_id(fund_id=actor.fund_id)
        assert fund is not None
        entries = queries.day_book(fund_id=actor.fund_id, from_on=date.min, until_on=date.max)
        last_on = max([today, *(entry.posted_on for entry in entries)])
        books = Books(
            title=fund.name, accounts=queries.accounts(fund_id=actor.fund_id), entries=entries, last_on=last_on,
            trial_balance=queries.trial_balance(fund_id=actor.fund_id, on=last_on),
            first_on=min([fund.starts_on, *(entry.posted_on for entry in entries)]))
    return FORMATS[name](books)


def close(*, code: str, month: date | None, by: str | None, because: str) -> MonthClosed:
    """Close a month, or the first one that is open, in the name of the treasurer (or the chair, by name); `because`
    says why, where points of the month-end list are not done.

    Raises Refused.
    """
    actor, moment = operating.operator_of(code=code), timezone.now()
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund = fund_queries.fund_by_id(fund_id=actor.fund_id)
        assert fund is not None
        closer = operating.person_in_office(
            fund_id=actor.fund_id, offices={Office.TREASURER, Office.CHAIR} if by else {Office.TREASURER},
            on=timezone.localdate(), named=by)
    return funds.close_month(
        actor=actor, close_id=uuid7(unix_ms=int(moment.timestamp() * 1000)), closed_by=closer,
        month=month_of(month or fund.books_closed_until + timedelta(days=1)),
        closed_on=timezone.localdate(), recorded_at=moment, because=because, still_open=meetings.still_open)
