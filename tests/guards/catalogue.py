"""What the database itself says it guards, read from its catalogue, and a way to leave one guard standing alone."""
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import psycopg
from django.db import IntegrityError, connections, transaction

ROOMS = "access audit claims contributions funds givers imports ledger members network places regulations".split()
OURS = f"c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^({'|'.join(ROOMS)})_'"
_CONSTRAINTS = f"""
SELECT c.relname, k.conname, k.contype::text, pg_get_constraintdef(k.oid),
  ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, i)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n ORDER BY u.i), k.confrelid::regclass::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE {OURS} AND k.contype <> 'n'
UNION ALL
SELECT c.relname, i.indexrelid::regclass::text, 'i', pg_get_expr(i.indpred, i.indrelid),
  ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int[]) n
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n), '-'
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE {OURS} AND i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY 1, 2"""
_TRIGGERS = f"""
SELECT c.relname, t.tgname, t.tgtype, t.tgenabled::text, p.proname, p.prosrc, encode(t.tgargs, 'escape'),
  ARRAY(SELECT a.attname::text FROM unnest(t.tgattr::int[]) n
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND {OURS} ORDER BY 1, 2"""
_COLUMNS = f"""
SELECT c.relname, a.attname, a.attnotnull, a.attgenerated::text, a.atttypid::regtype::text FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE {OURS} ORDER BY 1, a.attnum"""
_EVENTS = {8: "DELETE", 16: "UPDATE", 32: "TRUNCATE"}


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A constraint or a unique index."""

    table: str
    name: str
    kind: str  # p primary key, u unique, i unique index, x exclusion, f foreign key, c check
    definition: str | None
    columns: tuple[str, ...]
    to: str


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A trigger and the names under which it refuses."""

    table: str
    name: str
    function: str
    enabled: str
    refuses_as: tuple[str, ...]
    events: tuple[str, ...]
    of_columns: tuple[str, ...]


def _asked(sql: str) -> list[tuple]:
    """Rows of the catalogue; tests are collected before Django's connections are open."""
    with psycopg.connect(os.environ["OMBUN_DATABASE_OWNER_URL"]) as connection:
        return connection.execute(sql.encode()).fetchall()


@cache
def guards() -> tuple[Guard, ...]:
    """Every constraint and unique index of our tables."""
    return tuple(Guard(table=table, name=name, kind=kind, definition=definition, columns=tuple(columns), to=to)
                 for table, name, kind, definition, columns, to in _asked(_CONSTRAINTS))


@cache
def triggers() -> tuple[Trigger, ...]:
    """Every trigger of our tables."""
    return tuple(Trigger(
        table=table, name=name, function=function, enabled=enabled, of_columns=tuple(columns),
        events=tuple(event for bit, event in _EVENTS.items() if kind & bit),
        refuses_as=(arguments.partition(r"\000")[0],) if function.startswith("refuse_")  # what follows is no name
        else tuple(re.findall(r"CONSTRAINT = '(\w+)'", source)))
        for table, name, kind, enabled, function, source, arguments, columns in _asked(_TRIGGERS))


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that can be written: its type, and whether it must say something."""

    type: str
    must: bool


@cache
def columns() -> dict[str, dict[str, Column]]:
    """The columns of every table, without those that the database works out itself."""
    found: dict[str, dict[str, Column]] = {}
    for table, name, must, generated, kind in _asked(_COLUMNS):
        if not generated:
            found.setdefault(table, {})[name] = Column(type=kind, must=must)
    return found


@contextmanager
def alone(*, table: str, keeps: str = "", trigger: str = "") -> Iterator[None]:
    """As owner of a table from which every guard is taken away but one; all is as before afterwards."""
    kept = {g.name for g in guards() if g.name == keeps or (g.kind == "p" and _points_to_itself(table, keeps))}
    mine = sorted((g for g in guards() if g.table == table and g.name not in kept), key=lambda g: g.kind in "pu")
    taken = [f"DROP INDEX {g.name}" if g.kind == "i" else
             f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {g.name} CASCADE" for g in mine]
    taken += [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    if trigger:
        taken.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
    with transaction.atomic(using="loader"), connections["loader"].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ombun_owner")
        cursor.execute("; ".join(taken))
        yield
        transaction.set_rollback(True, using="loader")


def _points_to_itself(table: str, name: str) -> bool:
    return any(g.name == name and g.kind == "f" and g.table == g.to == table for g in guards())


def run(*statements: str) -> str:
    """The name of what refuses these statements, or "none". Inside `alone`."""
    try:
        with transaction.atomic(using="loader"), connections["loader"].cursor() as cursor:
            for statement in (*statements, "SET CONSTRAINTS ALL IMMEDIATE"):
                cursor.execute(statement)
    except IntegrityError as error:
        diagnosis = error.__cause__.diag  # type: ignore[union-attr]
        return str(diagnosis.constraint_name or f"{diagnosis.column_name} is null")
    return "none"


def copied(*, table: str, fund_id: int, where: str = "true", instead: Mapping[str, str] = MappingProxyType({})) -> str:
    """A statement that writes a row of a fund once more, with other values in some columns."""
    names = list(columns()[table])
    key = "id" if table == "funds_fund" else "fund_id"
    mine = f"{key} = {fund_id} AND " if key in names else ""
    written = ", ".join(f'"{name}"' for name in names)
    read = ", ".join(instead.get(name, f'"{name}"') for name in names)
    return f"INSERT INTO {table} ({written}) SELECT {read} FROM {table} WHERE {mine}({where}) LIMIT 1"
