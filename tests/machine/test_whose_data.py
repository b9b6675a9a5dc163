"""Every command about all data says whose data it is: a newcomer with the demo alone is not left in the dark."""
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ombun.jobs.machine import bench, commands
from ombun.jobs.machine.postgres import Cluster
from tests.machine.homes import Home


def test_the_checks_say_what_they_looked_at_and_nothing_twice(home: Home):
    assert home.run("migrate").returncode == home.run("migrate", "--demo").returncode == 0
    checked = home.run("check")
    lines = checked.stdout.splitlines()
    heads = [line for line in lines if line.startswith(("real data", "data of the demo"))]
    assert (checked.returncode, len(heads), len(set(heads))) == (0, 2, 2), checked.stdout
    assert lines.index(heads[0]) == 0 and len(lines) == 4


def test_a_copy_says_whose_data_it_took_and_is_written_over_only_when_asked(home: Home, tmp_path: Path):
    file = tmp_path / "x.backup"
    first = home.run("backup", str(file))
    assert (first.returncode, "real data" in first.stderr.splitlines()[-1]) == (0, True), first.stderr
    written = file.read_bytes()
    refused = home.run("backup", str(file), "--demo")
    assert refused.returncode == 2 and "is there already" in refused.stderr and "--replace" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1 and file.read_bytes() == written
    again = home.run("backup", str(file), "--demo", "--replace")
    assert (again.returncode, "data of the demo" in again.stderr.splitlines()[-1]) == (0, True), again.stderr


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Home]:
    """A home in which nothing was entered yet."""
    home = Home(tmp_path)
    assert home.run("migrate").returncode == home.run("migrate", "--demo").returncode == 0
    yield home
    Cluster(tmp_path / "postgres").remove()


def test_users_are_looked_for_in_data_that_is_named(newcomer: Home):
    listed = newcomer.run("user", "list")
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, "", "real data, no fund yet\n")
    assert "data of the demo" in newcomer.run("user", "list", "--demo").stderr
    unknown = newcomer.run("user", "reset", "treasurer")
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (1, 1)
    assert "treasurer (real data, no fund yet)" in unknown.stderr and "--demo" in unknown.stderr
    nameless = newcomer.run("user", "reset")
    assert (nameless.returncode, nameless.stderr) == (
        1, "Say which user: user reset treasurer. See the names with user list.\n")
    assert "--demo" in newcomer.run("user", "--help").stdout
    assert "--demo means the demo's" in newcomer.run("help").stdout


def test_benchmarks_are_listed_and_say_before_how_long_they_take(capsys: pytest.CaptureFixture[str],
                                                                monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OMBUN_LANG", "en")
    monkeypatch.setattr(commands.opening, "own_server", lambda: pytest.fail("a server was started"))
    assert sorted(bench.USUAL_MINUTES) == bench.names()
    for words in (["bench", "help"], ["bench", "--help"]):
        assert commands.run(words) == 0
        told = capsys.readouterr().out
        assert [name for name in bench.names() if f"    {name} " not in told] == []
    for language in ("th", "en"):
        monkeypatch.setenv("OMBUN_LANG", language)
        for line in bench.described():
            assert bool(re.search("[ก-๛]", line)) == (language == "th") and line.endswith("min)"), line
    assert commands.run(["bench", "speed"]) == 2
    assert f"there are {', '.join(bench.names())}" in capsys.readouterr().err
    bench.say_how_long([])
    assert f"about {sum(bench.USUAL_MINUTES.values())} minutes" in capsys.readouterr().err
