"""Whatever a command does, its database is watched: it starts again, and what broke off is told in one line."""
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ombun.jobs.machine import database, opening, postgres
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import Trouble
from tests.machine.conftest import MakeCluster
from tests.machine.rows import count_rows, write_rows


@pytest.fixture
def watched(copy: Path, make_cluster: MakeCluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The commands find their server in the folder of this test."""
    monkeypatch.setattr(opening, "HOME", copy)
    yield
    make_cluster(copy / "postgres")


def killed(cluster: Cluster) -> None:
    """The server is gone at once."""
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)


def asks_while_the_server_dies(cluster: Cluster) -> None:
    """One connection that goes on asking, until the processes of the killed server have noticed."""
    with psycopg.connect(cluster.url(role="postgres", database="postgres")) as connection:
        killed(cluster)
        for _ in range(200):
            connection.execute("SELECT 1")
            time.sleep(0.05)


def knocks_when_nobody_is_there(cluster: Cluster) -> None:
    """A new connection to a server that is gone."""
    killed(cluster)
    for _ in range(200):
        with database.connected(cluster.url(role="postgres", database="postgres")):
            pass


def writes_on_a_full_disk(cluster: Cluster) -> None:
    """The server lives on and says so."""
    raise psycopg.errors.DiskFull("could not extend file: No space left on device")


def under_a_command(deed: Callable[[Cluster], None]) -> None:
    """Do something as a command does it."""
    with opening.own_server() as cluster:
        deed(cluster)


def answers(cluster: Cluster) -> bool:
    """Whether rows can be asked for."""
    try:
        return count_rows(cluster) == 5
    except psycopg.OperationalError:
        return False


def test_a_server_that_dies_while_a_command_thinks_is_there_when_it_is_asked_again(watched: None):
    with opening.own_server() as cluster:
        write_rows(cluster, 5)
        before = cluster.pid
        killed(cluster)
        deadline = time.monotonic() + 60
        while (cluster.pid == before or not answers(cluster)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert answers(cluster)
    assert cluster.pid is None
    assert "database" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("deed", [asks_while_the_server_dies, knocks_when_nobody_is_there])
def test_a_server_that_dies_under_a_command_is_one_line(watched: None, deed: Callable[[Cluster], None]):
    with pytest.raises(Trouble, match="give the command again") as told:
        under_a_command(deed)
    assert "\n" not in str(told.value)


def test_a_full_disk_under_a_command_is_one_line(watched: None):
    with pytest.raises(Trouble, match="the disk is full"):
        under_a_command(writes_on_a_full_disk)


def test_a_disk_too_full_to_write_down_why_is_seen(watched: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "ROOM_TO_WORK_BYTES", 2**80)
    with pytest.raises(Trouble, match="the disk is full"):
        under_a_command(asks_while_the_server_dies)


def test_a_fault_of_ours_stays_a_fault(watched: None):
    for fault in (psycopg.errors.DeadlockDetected("deadlock detected"), psycopg.errors.UniqueViolation("twice")):
        with pytest.raises(type(fault)), opening.own_server():
            raise fault
