"""A fund row by row, as the database has it."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from ombun.access import queries as access
from ombun.exports.rules.tables import Table
from ombun.exports.rules.whole import whole_table
from ombun.funds import queries as funds

REMADE = frozenset({"ledger_balance", "ledger_total", "contributions_paidtotal"})
"""Sums that the database keeps by itself from the other tables."""
_LEFT_OUT = REMADE | {"imports_keptfile"}  # a workbook as it was sent is kept for some weeks only
BY_USERS = ("recorded_by", "filed_by", "user_id")
"""The columns that tell which login wrote something down."""
_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum),
  array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
  (SELECT string_agg(b.attname, ', ' ORDER BY array_position(k.conkey, b.attnum)) FROM pg_constraint k
   JOIN pg_attribute b ON b.attrelid = k.conrelid AND b.attnum = ANY(k.conkey)
   WHERE k.conrelid = c.oid AND k.contype = 'p'), bool_or(a.attidentity <> '')
FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'one_fund'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace GROUP BY c.oid, c.relname ORDER BY c.relname"""
_BUNDLE = 2000


@dataclass(frozen=True, kw_only=True)
class FundTable:
    """A table with rows of funds: the columns that are written, their types, and by what its rows are in order."""

    name: str
    columns: Sequence[str]
    types: Sequence[str]
    order: str
    is_numbered: bool  # by the database, over all funds


def tables_of_a_fund() -> tuple[FundTable, ...]:
    """Every table with rows of funds that are not reckoned from others, by name. The catalogue of the database says."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return tuple(FundTable(name=name, columns=columns, types=types, order=order, is_numbered=is_numbered)
                     for name, columns, types, order, is_numbered in cursor.fetchall() if name not in _LEFT_OUT)


def shape(*, tables: Sequence[FundTable]) -> str:
    """A mark that changes with the tables of a fund and their columns: whoever has another one is another version."""
    said = "\n".join(f"{table.name} {column} {kind}" for table in tables
                     for column, kind in zip(table.columns, table.types, strict=True))
    return sha256(said.encode()).hexdigest()[:16]


def whole_fund(*, fund_id: int) -> Table:
    """The sheet of which another Ombun makes the very same fund: all its rows, and its logins without passwords."""
    fund, tables = funds.fund_by_id(fund_id=fund_id), tables_of_a_fund()
    assert fund is not None
    logins = access.logins_of_fund(fund_id=fund_id)
    users = {login.user_id for login in logins} | _users(fund_id, tables)
    return whole_table(tables=((table.name, _rows(fund_id, table)) for table in tables), head={
        "shape": shape(tables=tables), "code": fund.code, "name": fund.name, "tambon": fund.tambon_code,
        "founded_on": fund.founded_on, "starts_on": fund.starts_on, "logins": [vars(login) for login in logins],
        "users": access.usernames(user_ids=users)})


def _users(fund_id: int, tables: Sequence[FundTable]) -> set[int]:
    """Who has written anything down."""
    wrote = " UNION ".join(f"SELECT {column}::bigint FROM {table.name} WHERE fund_id = %(fund_id)s"
                           for table in tables for column in table.columns if column in BY_USERS)
    with connection.cursor() as cursor:
        cursor.execute(wrote, {"fund_id": fund_id})
        return {row[0] for row in cursor.fetchall()}


def _rows(fund_id: int, table: FundTable) -> Iterator[str]:
    """Every row as a JSON object, in the order of its key."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT (to_jsonb(t) - 'fund_id')::text FROM {table.name} t WHERE t.fund_id = %(fund_id)s "
                       f"ORDER BY {table.order}", {"fund_id": fund_id})
        while rows := cursor.fetchmany(_BUNDLE):
            yield from (row[0] for row in rows)
