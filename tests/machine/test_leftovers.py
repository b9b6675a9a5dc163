"""What a killed command left behind is gone at the next start, but never the only copy of somebody's data."""
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ombun.jobs.machine import database, leftovers, opening
from ombun.jobs.machine.postgres import Cluster
from tests.machine.homes import Home


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    """The server that all tests use."""
    return opening.test_cluster()


@pytest.fixture(scope="module")
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@pytest.fixture
def made(cluster: Cluster, dead: int) -> Iterator[dict[str, str]]:
    """A database of each kind, by what a command calls it."""
    base = f"ombun_test_base{os.getpid()}"
    names = {"base": base, "proof": f"ombun_proof_{dead}", "restore": f"{base}_restore_{dead}",
             "before": f"{base}_before_{dead}", "working": f"ombun_proof_{os.getpid()}"}
    for name in names.values():
        database.make_database(cluster, database=name)
    yield names
    for name in names.values():
        database.drop_database(cluster, database=name)


def left(cluster: Cluster, made: dict[str, str]) -> set[str]:
    there = database.databases(cluster)
    return {what for what, name in made.items() if name in there}


def enter_something(cluster: Cluster, name: str) -> None:
    with database.connected(cluster.url(role="ombun_owner", database=name)) as connection:
        connection.execute("CREATE TABLE entered AS SELECT 1 AS n")


@pytest.fixture
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies lie that are made before a restore."""
    monkeypatch.setattr(leftovers, "HOME", tmp_path)
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def test_databases_of_dead_commands_go_and_those_of_living_ones_stay(cluster: Cluster, made: dict[str, str],
                                                                     backups: Path):
    leftovers.remove_databases(cluster)
    assert left(cluster, made) == {"base", "working"}


def test_what_was_before_goes_only_when_it_lies_in_a_file(cluster: Cluster, made: dict[str, str], dead: int,
                                                          backups: Path, capsys: pytest.CaptureFixture[str]):
    enter_something(cluster, made["before"])
    (backups / f"before-restore-20261126-101010-{dead}9.backup").touch()
    leftovers.remove_databases(cluster)
    assert left(cluster, made) == {"base", "working", "before"}
    assert made["before"] in capsys.readouterr().err
    (backups / f"before-restore-20261126-101010-{dead}.backup").touch()
    leftovers.remove_databases(cluster)
    assert left(cluster, made) == {"base", "working"}


def test_what_was_before_stays_when_nothing_came_in_its_place(cluster: Cluster, made: dict[str, str], backups: Path):
    database.drop_database(cluster, database=made["base"])
    leftovers.remove_databases(cluster)
    assert left(cluster, made) == {"working", "before"}


def test_files_of_dead_commands_are_gone_at_the_next_start(home: Home, dead: int):
    backups = home.folder / "backups"
    backups.mkdir(exist_ok=True)
    gone = [home.folder / f"copy-{dead}-abc", home.folder / f"restore-{dead}.list",
            backups / f"before-restore-20261126-101010-{dead}.backup.part"]
    stay = [home.folder / f"copy-{os.getpid()}-abc", home.folder / f"restore-{os.getpid()}.list",
            backups / f"before-restore-20261126-101010-{dead}.backup"]
    for path in (*gone, *stay):
        path.mkdir() if "copy" in path.name else path.write_text("people")
    (gone[0] / "copy.backup").write_text("people")
    assert home.run("migrate").returncode == 0
    assert [path.exists() for path in (*gone, *stay)] == [False] * 3 + [True] * 3
    stay[0].rmdir()
    for path in stay[1:]:
        path.unlink()
