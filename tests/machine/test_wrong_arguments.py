"""What cannot be is one line in both languages, at once: before a server runs or anything is made."""
import errno
import os
import socket
from pathlib import Path

import pytest

from ombun.jobs.machine import commands, database, opening, server
from ombun.jobs.machine.words import Trouble
from tests.machine.homes import Home


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The line with which a command ends where nothing may be opened."""
    monkeypatch.setattr(commands, "opened", lambda *_, **__: pytest.fail("a database was opened"))

    def run(*arguments: str) -> str:
        said = []
        for language in ("th", "en"):
            monkeypatch.setenv("OMBUN_LANG", language)
            assert commands.run([*arguments]) == 2
            said.append(capsys.readouterr().err)
        assert [line.count("\n") for line in said] == [1, 1], said
        assert any("ก" <= letter <= "๛" for letter in said[0]), said
        return said[1]

    return run


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["99999", "-1", "web", "65536"])
def test_a_port_that_is_none(refused, command: str, port: str):
    assert refused(command, "--port", port) == (
        f"ombun: {port} is not a port: give a number from 1024 to 65535\n")


def test_a_port_that_only_root_may_open(refused, monkeypatch: pytest.MonkeyPatch):
    def may_not(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", may_not)
    assert "no right to open port 80: choose one from 1024" in refused("serve", "--port", "80")


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x" * 70])
def test_an_address_that_is_not_of_this_machine(refused, host: str):
    assert f"this machine has no address {host}" in refused("serve", "--host", host)


def test_a_folder_in_the_place_of_a_file(refused, tmp_path: Path):
    assert refused("backup", str(tmp_path)) == f"ombun: {tmp_path} is a folder: name a file in it\n"
    assert not list(tmp_path.iterdir())


def test_a_place_where_no_file_can_be(refused):
    assert "the file /proc/x cannot be written (No such file or directory)" in refused("backup", "/proc/x", "--demo")


@pytest.mark.parametrize("variable", database.VARIABLES)
@pytest.mark.parametrize("arguments", [("check", "--json"), ("serve", "--no-browser"), ("help",)])
def test_an_address_of_a_database_that_is_none(home: Home, variable: str, arguments: tuple[str, ...]):
    given = {"OMBUN_DATABASE_URL": "postgresql://ombun_app@127.0.0.1:1/ombun"}
    done = home.run(*arguments, **given | {variable: "garbage"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ombun: {variable} is no address of a database"), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("said", [
    'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'
    "\tIs the server running on that host and accepting TCP/IP connections?",
    "Multiple connection attempts failed. All failures were:\n- host: 'a', port: 1, hostaddr: '::1': Network is down\n"
    "- host: 'a', port: 1, hostaddr: '127.0.0.1': connection failed: Connection refused\n"
    "\tIs the server running on that host and accepting TCP/IP connections?"])
def test_a_server_that_does_not_answer_says_why(said: str):
    told = database.unreachable(said).english
    assert "Connection refused" in told and "Is the server" not in told and "\n" not in told


def test_a_server_that_does_not_answer_is_one_line(home: Home):
    done = home.run("check", "--json", OMBUN_DATABASE_URL="postgresql://ombun_app@127.0.0.1:1/ombun")
    assert done.returncode == 2
    assert "Connection refused" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(("role", "why"), [("postgres", "SUPERUSER"), ("ombun_loader", "BYPASSRLS"),
                                           ("ombun_owner", "OWNER")])
def test_a_role_for_whom_funds_are_not_kept_apart_does_not_serve(role: str, why: str):
    cluster = opening.test_cluster()
    name = database.name_in(os.environ["OMBUN_DATABASE_URL"])
    ours = database.urls_of_cluster(cluster, database=name)
    database.demand_a_role_that_owns_nothing(ours)
    above = database.Urls(app=cluster.url(role=role, database=name), owner=ours.owner, loader=ours.loader)
    with pytest.raises(Trouble, match=f"signs in as {role}, a role that is {why}"):
        database.demand_a_role_that_owns_nothing(above)


def test_no_command_works_above_the_guards(home: Home):
    cluster = opening.test_cluster()
    url = cluster.url(role="postgres", database=database.name_in(os.environ["OMBUN_DATABASE_URL"]))
    done = home.run("check", "--json", OMBUN_DATABASE_URL=url)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "signs in as postgres" in done.stderr


def test_a_port_may_be_typed_in_thai_digits():
    assert server.port_number("๘๐๘๐") == 8080
