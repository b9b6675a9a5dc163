"""Two hundred times the program or the database is killed in the middle of writing: nothing that was acknowledged is
lost, nothing is written by half, and whoever sends a deed again after the crash does not book it twice."""
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest

from ombun.jobs.machine import database
from ombun.jobs.machine.paths import PACKAGE, ROOT
from ombun.jobs.machine.postgres import Cluster
from tests.machine.homes import Home
from tests.machine.poster import deed_id

KILLS, LONGEST_SECONDS = 200, 0.05  # after the first deed of a life


class Poster:
    """The process that writes, and what it has said was written."""

    def __init__(self, home: Home, urls: database.Urls) -> None:
        more = urls.variables | {"DJANGO_SETTINGS_MODULE": "ombun.settings",
                                 "PYTHONPATH": f"{PACKAGE.parent}{os.pathsep}{ROOT}"}
        self.process = subprocess.Popen([sys.executable, "-m", "tests.machine.poster"], env=home.environment | more,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.acknowledged: list[int] = []

    def begin(self, **told: object) -> int:
        """Begin a life; gives its process number."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(told).encode() + b"\n")
        self.process.stdin.flush()
        said = self._line()
        while not said.startswith("life"):  # a fast one is founded before its number is told
            self.told, said = said, self._line()
        return int(said.split()[1])

    def founded(self) -> dict[str, object]:
        """What the first life told of the fund that it made."""
        self.told = ""
        self.begin()
        while (said := self.told or self._line()) == "over":
            pass
        if not self.told:
            assert self._line() == "over"
        return dict(json.loads(said))

    def read_one(self) -> None:
        """Wait until one deed of this life is acknowledged."""
        self.acknowledged.append(int(self._line().removeprefix("ok ")))

    def end(self) -> None:
        """Read what was acknowledged to the end of this life."""
        while (said := self._line()) != "over":
            self.acknowledged.append(int(said.removeprefix("ok ")))

    def _line(self) -> str:
        assert self.process.stdout
        said = self.process.stdout.readline().decode().strip()
        assert said, "the poster itself is gone"
        return said


@pytest.fixture
def poster(home: Home):
    """A poster over a server of its own with all tables."""
    assert home.run("migrate").returncode == 0
    cluster = Cluster(home.folder / "postgres")
    with cluster.running():
        started = Poster(home, database.urls_of_cluster(cluster, database=database.REAL))
        yield started, cluster
        started.process.kill()
        started.process.wait()


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(poster, home: Home):
    writing, cluster = poster
    fund, chance, killed = writing.founded(), random.Random(7), Counter[str]()
    while killed.total() < KILLS:
        life = writing.begin(**fund, **{"from": (writing.acknowledged or [-1])[-1] + 1})
        writing.read_one()
        time.sleep(chance.random() * LONGEST_SECONDS)
        if killed.total() % 2:
            killed["program"] += 1
            os.kill(life, signal.SIGKILL)
        else:
            killed["database"] += 1
            assert cluster.pid
            os.kill(cluster.pid, signal.SIGKILL)
        writing.end()
        cluster.start()
    assert killed == {"program": KILLS // 2, "database": KILLS // 2}
    _demand_every_deed_once(cluster, writing.acknowledged)
    checked = home.run("check", "--json", "--real")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, []), checked.stdout


def _demand_every_deed_once(cluster: Cluster, acknowledged: list[int]) -> None:
    """Each acknowledged deed is one entry that balances; one more at most was written and never acknowledged."""
    assert acknowledged == list(range(len(acknowledged))), "deeds are sent one after the other"
    assert len(acknowledged) >= KILLS
    with psycopg.connect(cluster.url(role="postgres", database=database.REAL)) as connection:
        rows = connection.execute("""
            SELECT e.deed_id, count(DISTINCT e.id), sum(l.amount_satang) FROM ledger_entry e
            JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
            WHERE e.deed <> 'ledger.opening' GROUP BY e.deed_id""").fetchall()
    assert all((entries, satang) == (1, 0) for _, entries, satang in rows)
    written, sent = {deed for deed, _, _ in rows}, [deed_id(number) for number in range(len(acknowledged) + 1)]
    assert set(sent[:-1]) <= written <= set(sent)


def test_the_poster_is_the_program_itself():
    """It calls the operations that pages call, and no other way into the tables."""
    words = Path(__file__).with_name("poster.py").read_text("utf-8")
    assert "INSERT" not in words and "record_collection(" in words and "book_receipt_or_payment(" in words
