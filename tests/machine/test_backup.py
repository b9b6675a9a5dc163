"""A backup gives back every row and every guard; what is no backup, or was changed by hand, is refused."""
import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import User
from django.test import Client

from ombun.jobs.machine import backup, database, opening, proof
from ombun.jobs.machine.engine import find_programs
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.scratch import in_a_process_of_its_own
from ombun.jobs.machine.words import Trouble
from tests.people import Cast


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    """The server that all tests use."""
    return opening.test_cluster()


@pytest.fixture(scope="module")
def full(cluster: Cluster) -> database.Urls:
    """The database of these tests, with a fund that has collected, so that no table of the main job is empty."""
    cast = Cast(has_logins=True)
    cast.open_books()
    cast.collect()
    for user in User.objects.filter(is_active=True)[:3]:
        Client().force_login(user)
    return database.urls_of_cluster(cluster, database=database.name_in(os.environ["OMBUN_DATABASE_URL"]))


@contextmanager
def new_database(cluster: Cluster, purpose: str) -> Iterator[database.Urls]:
    """A database as a new computer has it: set up, nothing entered."""
    name = f"ombun_test_{purpose}_{os.getpid()}"
    template = next(name for name in database.databases(cluster) if name.startswith("ombun_template_"))
    yield database.make_database(cluster, database=name, template=template)
    database.drop_database(cluster, database=name)


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[database.Urls]:
    """A new database for one test."""
    with new_database(cluster, "empty") as urls:
        yield urls


@pytest.fixture(scope="module")
def copied(full: database.Urls, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the full database."""
    file = tmp_path_factory.mktemp("usb stick") / "กองทุน หนองบัว.backup"
    backup.back_up(file, urls=full, cluster=cluster)
    return file


@pytest.fixture(scope="module")
def restored(copied: Path, cluster: Cluster) -> Iterator[database.Urls]:
    """A new database after the backup was restored into it."""
    with new_database(cluster, "restored") as urls:
        backup.restore(copied, urls=urls, cluster=cluster, replaces=False)
        yield urls


def rows(urls: database.Urls) -> dict[str, tuple[int, int]]:
    with database.connected(urls.loader) as connection:
        return proof.rows(connection)


def guards(urls: database.Urls) -> set[str]:
    with database.connected(urls.loader) as connection:
        return proof.guards(connection)


def test_every_row_and_every_guard_comes_back(full: database.Urls, restored: database.Urls):
    before = rows(full)
    assert rows(restored) == before
    assert all(before[table][0] for table in ("ledger_line", "contributions_contribution", "audit_event", "auth_user"))
    assert guards(restored) == guards(full)
    checked = in_a_process_of_its_own(restored, "check", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])


def test_the_restored_books_are_guarded(restored: database.Urls):
    """Append-only and row security hold after a restore as before."""
    with database.connected(restored.owner) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("DELETE FROM ledger_entry")
    with database.connected(restored.app) as connection:
        assert connection.execute("SELECT count(*) FROM ledger_entry").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE ledger_entry SET id = id")


def test_new_rows_go_on_after_the_last_number(restored: database.Urls):
    with database.connected(restored.loader) as connection:
        last = connection.execute("SELECT max(id) FROM auth_user").fetchone()
        following = connection.execute("SELECT nextval(pg_get_serial_sequence('auth_user', 'id'))").fetchone()
    assert last
    assert following
    assert following[0] > last[0]


def test_the_file_is_for_its_owner_only(copied: Path):
    assert copied.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copied.parent.iterdir()] == [copied.name]


def sessions(urls: database.Urls) -> int:
    """How many browsers are signed in."""
    with database.connected(urls.loader) as connection:
        (count,) = connection.execute("SELECT count(*) FROM django_session").fetchone() or (0,)
    return int(count)


def test_nobody_is_signed_in_by_a_copy(full: database.Urls, copied: Path, restored: database.Urls):
    """A stick that was lost opens no desk, and a restore signs everybody out."""
    assert sessions(full) >= 3
    assert sessions(restored) == 0
    told = subprocess.run([find_programs() / "pg_restore", "--data-only", "--table=django_session", "--file=-", copied],
                          capture_output=True, text=True, check=True).stdout
    assert "PostgreSQL database dump" in told
    assert "COPY public" not in told


def test_sessions_in_a_copy_made_otherwise_are_left_there(full: database.Urls, empty: database.Urls, cluster: Cluster,
                                                          tmp_path: Path):
    file = tmp_path / "otherwise.backup"
    subprocess.run([find_programs() / "pg_dump", "--format=custom", f"--file={file}", full.loader], check=True)
    backup.restore(file, urls=empty, cluster=cluster, replaces=False)
    assert (rows(empty), sessions(empty)) == (rows(full), 0)


def test_a_database_with_data_is_not_overwritten(full: database.Urls, copied: Path, cluster: Cluster):
    before = rows(full)
    with pytest.raises(Trouble, match="--replace"):
        backup.restore(copied, urls=full, cluster=cluster, replaces=False)
    assert rows(full) == before


def test_replacing_copies_what_was_there_first(empty: database.Urls, copied: Path, cluster: Cluster, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backup, "HOME", tmp_path)
    with database.connected(empty.loader) as connection:
        connection.execute("INSERT INTO auth_user (username, password, is_superuser, first_name, last_name, "
                           "email, is_staff, is_active, date_joined) "
                           "VALUES ('kept', '', false, '', '', '', false, true, now())")
    before = rows(empty)
    backup.restore(copied, urls=empty, cluster=cluster, replaces=True)
    assert rows(empty) != before
    (safety,) = (tmp_path / "backups").iterdir()
    backup.restore(safety, urls=empty, cluster=cluster, replaces=True)
    assert rows(empty) == before


def test_while_somebody_works_nothing_is_replaced(empty: database.Urls, copied: Path, cluster: Cluster):
    with database.connected(empty.app), pytest.raises(Trouble, match="another window"):
        backup.restore(copied, urls=empty, cluster=cluster, replaces=False)


def test_whoever_is_just_leaving_is_waited_for(empty: database.Urls, cluster: Cluster) -> None:
    with ThreadPoolExecutor(1) as elsewhere, database.connected(empty.app) as leaving:
        leaving.execute("SELECT 1")
        asked = elsewhere.submit(database.is_in_use, cluster, database=database.name_in(empty.app))
        with pytest.raises(TimeoutError):
            asked.result(timeout=0.3)
        leaving.close()
        assert asked.result(timeout=10) is False


@pytest.mark.parametrize("fault", [
    "ALTER TABLE ledger_line DISABLE TRIGGER USER",
    "ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY",
    "DROP POLICY one_fund ON ledger_entry",
    "GRANT DELETE ON ledger_entry TO ombun_app",
    "ALTER TABLE auth_user DROP CONSTRAINT auth_user_username_key",
])
def test_a_loosened_guard_is_seen(empty: database.Urls, fault: str):
    before = guards(empty)
    with database.connected(empty.owner) as connection, connection.transaction(force_rollback=True):
        connection.execute(fault.encode())
        assert proof.guards(connection) != before
    assert guards(empty) == before


def test_a_copy_with_weaker_guards_is_refused(empty: database.Urls, cluster: Cluster, tmp_path: Path):
    """Somebody loosened the database that the copy was taken from: it does not come back in silence."""
    file = tmp_path / "loose.backup"
    with new_database(cluster, "loose") as loose:
        with database.connected(loose.owner) as connection:
            connection.execute("ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY")
        backup.back_up(file, urls=loose, cluster=cluster)
    before = rows(empty)
    with pytest.raises(Trouble, match="not those of this version"):
        backup.restore(file, urls=empty, cluster=cluster, replaces=False)
    assert rows(empty) == before


@pytest.mark.parametrize(("content", "line"), [
    (b"", "is not a backup"), (b"PK\x03\x04 a workbook", "is not a backup"), (b"PGDMP", "pg_restore failed"),
    (None, "cannot be opened")])
def test_what_is_no_backup_is_one_line_and_changes_nothing(empty: database.Urls, cluster: Cluster, tmp_path: Path,
                                                          content: bytes | None, line: str):
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    before = rows(empty)
    with pytest.raises(Trouble, match=line):
        backup.restore(file, urls=empty, cluster=cluster, replaces=False)
    assert rows(empty) == before


def test_half_a_backup_is_refused(empty: database.Urls, copied: Path, cluster: Cluster, tmp_path: Path):
    """The stick was pulled out too early."""
    half = tmp_path / "half.backup"
    half.write_bytes(copied.read_bytes()[:-20_000])
    before = rows(empty)
    with pytest.raises(Trouble):
        backup.restore(half, urls=empty, cluster=cluster, replaces=False)
    assert rows(empty) == before


def test_a_full_stick_leaves_no_half_file(full: database.Urls, cluster: Cluster, monkeypatch: pytest.MonkeyPatch,
                                          tmp_path: Path):
    """pg_dump fails in the middle: one line, and neither the file nor a part of it stays."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump: error: No space left on device' >&2\nexit 1\n")
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setattr(backup, "find_programs", lambda: programs)
    with pytest.raises(Trouble, match="the disk is full"):
        backup.back_up(tmp_path / "x.backup", urls=full, cluster=cluster)
    assert not list(tmp_path.glob("x.backup*"))


def test_a_missing_folder_is_one_line(full: database.Urls, cluster: Cluster, tmp_path: Path):
    with pytest.raises(Trouble, match="there is no folder"):
        backup.back_up(tmp_path / "no stick" / "x.backup", urls=full, cluster=cluster)
