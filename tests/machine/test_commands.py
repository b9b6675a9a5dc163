"""The commands keep their shape: what they print, where, and how they end. Each runs in a home of its own."""
import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from ombun.jobs.machine import database, opening, proof
from ombun.jobs.machine.paths import HOME, ROOT
from ombun.jobs.machine.postgres import Cluster
from tests.machine.homes import Home, Served


@pytest.mark.parametrize("arguments", [("help",), ("database", "sql")])
def test_a_command_whose_reader_has_read_enough_ends_without_a_word(home: Home, arguments: tuple[str, ...]):
    cut = subprocess.Popen(home.command(*arguments), env=home.environment, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True)
    assert cut.stdout and cut.stderr
    cut.stdout.close()
    assert ("Error" in cut.stderr.read(), cut.wait(60)) == (False, 128 + signal.SIGPIPE)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_the_pages_answer_when_the_ready_line_comes_and_survive_the_database(home: Home, command: str):
    served = Served(home, command, "--port", "0", "--no-browser")
    try:
        assert re.fullmatch(r"ready http://127\.0\.0\.1:\d+/\n", served.ready)
        assert served.status() == 200
        cluster = Cluster(home.folder / "postgres")
        server = cluster.pid
        assert server
        os.kill(server, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while cluster.pid in (None, server) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        assert served.status() == 200
    finally:
        code = served.stop()
    assert code == 0
    assert cluster.pid is None


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_one_line_at_once(home: Home, command: str):
    """Before the database is made or the demo fund is told: not after a minute."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused = home.run(command, "--port", str(other.getsockname()[1]), "--no-browser")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert re.fullmatch(r"ombun: port \d+ is taken by another program: .+\n", refused.stderr)


def test_the_checks_answer_with_a_list(home: Home):
    checked = home.run("check", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, []), checked.stderr


def test_the_log_of_the_pages_is_for_its_owner_only(home: Home):
    home.run("manage", "shell", "-v0", "-c", "import logging; logging.error('something went wrong')")
    log = home.folder / "ombun.log"
    assert "something went wrong" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_help_names_every_command_in_both_languages(home: Home):
    told = home.run("help", OMBUN_LANG="th").stdout
    for name in ("demo", "serve", "test", "lint", "check", "bench", "backup", "restore", "user", "database", "books"):
        line = re.search(rf"^  \./ombun {name}\b.* · \S.*$", told, re.MULTILINE)
        assert line, name
        assert re.search("[ก-๛]", line[0]), name


def test_an_unknown_command_is_one_line(home: Home):
    refused = home.run("sing")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "ombun: there is no command sing: see ./ombun help\n"


def test_an_address_that_does_not_answer_is_one_line(home: Home):
    refused = home.run("check", "--json", OMBUN_DATABASE_URL="postgresql://ombun_app@127.0.0.1:1/ombun")
    assert refused.returncode == 2
    assert "the database cannot be reached" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_demo_never_goes_into_a_real_database(home: Home):
    refused = home.run("demo", "--no-browser", OMBUN_DATABASE_URL="postgresql:///ombun?host=/nowhere")
    assert refused.returncode == 2
    assert "must end in demo" in refused.stderr


def test_what_an_administrator_runs_once_makes_a_database_that_works(home: Home, tmp_path: Path):
    """The printed SQL, run on a server that has nothing yet, is enough for OMBUN_DATABASE_URL, and for a restore."""
    printed = home.run("database", "sql").stdout
    cluster = Cluster(home.folder / "server" / "postgres")
    try:
        with cluster.running():
            url = cluster.url(role="postgres", database="postgres")
            psql = subprocess.run([str(cluster.programs / "psql"), "-X", "-v", "ON_ERROR_STOP=1", "-d", url],
                                  input=printed, text=True, capture_output=True, check=False)
            assert psql.returncode == 0, psql.stderr
            given = {"OMBUN_DATABASE_URL": cluster.url(role="ombun_app", database="ombun")}
            file = str(tmp_path / "of our own.backup")
            assert home.run("backup", file).returncode == 0
            restored = home.run("restore", file, **given)
            assert restored.returncode == 0, restored.stderr
            checked = home.run("check", "--json", **given)
            assert (checked.returncode, checked.stdout.strip()) == (0, "[]"), checked.stderr
            again = home.run("restore", file, **given)
            assert (again.returncode, "has tables already" in again.stderr) == (2, True)
            assert guards_of(cluster) == guards_of(Cluster(home.folder / "postgres"))
    finally:
        cluster.remove()


def guards_of(cluster: Cluster) -> set[str]:
    """What guards the rows of the real database of a server."""
    with cluster.running(), database.connected(cluster.url(role="ombun_loader", database="ombun")) as connection:
        return proof.guards(connection)


def test_the_continuous_check_calls_the_test_command():
    assert (ROOT / ".ci" / "run").read_text().endswith('exec ./ombun test "$@"\n')
    assert "./ombun test" in (ROOT / "README.md").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_tests_never_touch_the_real_database():
    assert opening.test_cluster().home == HOME / "postgres-test"
    assert "ombun_test_" in os.environ["OMBUN_DATABASE_URL"]
