"""No fund sees or touches another's rows, whoever writes the SQL: the database keeps them apart, not the pages."""
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from ombun.primitives.transactions import fund_transaction, use_case
from tests.guards.catalogue import ROOMS, columns, guards

ONE_FUND = "(fund_id = (NULLIF(current_setting('app.fund_id'::text, true), ''::text))::bigint)"
OPEN = {
    "access_grant": "read before a fund is chosen: which desks has this login?",
    "regulations_publishedclause": "clauses that a fund shows to all others; written only from inside the fund",
    "network_fundmonth": "figures without names, added up over all funds; only the roll-up writes them",
}
REFUSED = ("permission denied", "stay as they are", "kept by what they sum")
TABLES = sorted(table for table, found in columns().items() if "fund_id" in found and table not in OPEN)


def asked(sql, using="owner"):
    """Rows of an answer."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def rows_seen(table):
    """How many rows of a table the application sees now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_there_are_many_tables_and_few_exceptions():
    assert len(TABLES) > 20 and set(OPEN) < set(columns())
    assert {table.split("_")[0] for table in TABLES} <= set(ROOMS)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_a_fund_shows_one_fund_only_even_to_its_owner(table):
    forced = asked(f"SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = '{table}'")
    assert forced == [(True, True)]
    assert asked(f"SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies "
                 f"WHERE tablename = '{table}'") == [
                     ("one_fund", "PERMISSIVE", "{public}", "ALL", ONE_FUND, ONE_FUND)]


@pytest.mark.parametrize("table", TABLES)
def test_its_keys_and_references_name_the_fund_first(table):
    for guard in guards():
        if guard.table == table and guard.kind in "pui":
            assert guard.columns[0] == "fund_id", guard
        if guard.table == table and guard.kind == "x":
            assert str(guard.definition).startswith("EXCLUDE USING gist (fund_id WITH =,"), guard
        if guard.table == table and guard.kind == "f" and guard.to in TABLES:
            assert guard.columns[0] == "fund_id" and "(fund_id, " in str(guard.definition).split("REFERENCES")[1], guard


def test_no_function_and_no_view_looks_past_the_wall():
    as_owner = asked("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef")
    assert as_owner == [("fresh_statistics",), ("numbers_go_on",)]  # tell the planner and the counters, and nobody else
    views = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    assert asked(views) == []
    assert asked("SELECT rolname FROM pg_roles WHERE rolname LIKE 'ombun%' AND rolbypassrls") == [("ombun_loader",)]


@pytest.mark.parametrize("table", TABLES)
def test_without_a_fund_nothing_is_seen(full_fund, table):
    assert rows_seen(table) == 0
    with transaction.atomic():
        assert rows_seen(table) == 0


@pytest.mark.parametrize("table", TABLES)
def test_from_another_fund_nothing_is_seen_and_nothing_changes(full_fund, another_fund, table):
    theirs = f"FROM {table} WHERE fund_id = {full_fund.id}"
    assert asked(f"SELECT count(*) > 0 {theirs}", using="loader") == [(True,)]
    first = next(iter(columns()[table]))
    with fund_transaction(fund_id=another_fund.id), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {theirs}")
        assert cursor.fetchone() == (0,)
        assert rows_seen(table) > 0
        for statement in (f'UPDATE {table} SET "{first}" = "{first}" WHERE fund_id = {full_fund.id}',
                          f"DELETE {theirs}"):
            changed, told = 0, ""
            try:
                with transaction.atomic():
                    cursor.execute(statement)
                    changed = cursor.rowcount
            except DatabaseError as refused:  # a table whose rows stay refuses whatever the rows are
                told = str(refused)
            assert changed == 0
            assert not told or any(why in told for why in REFUSED), told


@pytest.mark.parametrize("fund_id", ["another", "none"])
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_written_into_another_fund(full_fund, another_fund, table, fund_id):
    names = ", ".join(f'"{name}"' for name in columns()[table])
    with connections["loader"].cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(r)::text FROM {table} r WHERE fund_id = {full_fund.id} LIMIT 1")
        row, = cursor.fetchone()
    with transaction.atomic(), connection.cursor() as cursor:
        if fund_id == "another":
            cursor.execute(f"SET LOCAL app.fund_id = '{another_fund.id}'")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM "
                           f"jsonb_populate_record(NULL::{table}, %s)", [row])


def test_the_directory_is_read_by_all_and_changed_only_from_inside(full_fund, another_fund):
    rename = f"UPDATE funds_fund SET name = 'x' WHERE id = {full_fund.id}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM funds_fund WHERE id = {full_fund.id}")
        assert cursor.fetchone() == (1,)
        cursor.execute(rename)
        assert cursor.rowcount == 0
    with fund_transaction(fund_id=another_fund.id), connection.cursor() as cursor:
        cursor.execute(rename)
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(f"DELETE FROM funds_fund WHERE id = {full_fund.id}")


def test_the_figures_of_all_funds_are_written_by_the_roll_up_alone(full_fund):
    for statement in ("UPDATE network_fundmonth SET members_ever = 0", "DELETE FROM network_fundmonth"):
        with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute(statement)


def fund_now():
    """Which fund the connection looks into."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('app.fund_id', true), '')")
        return cursor.fetchone()[0]


def test_the_fund_is_forgotten_with_the_transaction(full_fund):
    with fund_transaction(fund_id=full_fund.id, read_only=True):
        assert fund_now() == str(full_fund.id)
    assert fund_now() is None and rows_seen("members_member") == 0
    with pytest.raises(ZeroDivisionError), fund_transaction(fund_id=full_fund.id):
        raise ZeroDivisionError
    assert fund_now() is None and rows_seen("members_member") == 0


def test_nothing_leaks_through_the_pool(full_fund, another_fund):
    """Forty looks into two funds and into none, on connections that go round."""
    def look(turn):
        fund = (full_fund, another_fund, None)[turn % 3]
        try:
            if fund is None:
                return fund_now() is None and rows_seen("members_member") == 0
            with fund_transaction(fund_id=fund.id, read_only=True), connection.cursor() as cursor:
                cursor.execute("SELECT DISTINCT fund_id FROM members_member")
                return cursor.fetchall() == [(fund.id,)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, range(40))) == [True] * 40


def test_one_verb_looks_into_one_fund(full_fund, another_fund):
    @use_case
    def nested(*, actor):
        with fund_transaction(fund_id=another_fund.id):
            pass

    with pytest.raises(RuntimeError, match="durable"):
        nested(actor=full_fund.somsri)


def test_a_look_cannot_write(full_fund):
    with pytest.raises(Exception, match="read-only transaction"), full_fund.reading(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE funds_fund SET name = name WHERE id = {full_fund.id}")
