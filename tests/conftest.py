"""Tests run against a real PostgreSQL of our own, as the application's role, with real commits.

No test is wrapped in a transaction and nothing is flushed (the books refuse it): every test makes a fund of its own.
"""
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from ombun.jobs.machine import browser, database, opening, setup
from ombun.jobs.machine.scratch import scratch_database
from ombun.jobs.machine.words import Trouble, in_words

_open = ExitStack()
# A planted fault switches a guard off as owner and is looked at as loader, in one transaction. Becoming the owner is
# a step of its own (SET ROLE): the loader's own rights stay what they are.
_MAY_BECOME_OWNER = """
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 160000 THEN
    EXECUTE 'GRANT ombun_owner TO ombun_loader WITH INHERIT FALSE';
  ELSE
    ALTER ROLE ombun_loader NOINHERIT;
    GRANT ombun_owner TO ombun_loader;
  END IF;
END $$"""
_left_out: list[str] = []


def _open_scratch_database() -> None:
    for variable in ("OMBUN_DATABASE_URL", "OMBUN_DATABASE_OWNER_URL", "OMBUN_DATABASE_LOADER_URL"):
        os.environ.pop(variable, None)  # a test never touches a database that the user named
    cluster = _open.enter_context(opening.test_cluster().running())
    urls = _open.enter_context(scratch_database(cluster, purpose="test"))
    database.superuser_runs(cluster, database="postgres", statement=_MAY_BECOME_OWNER)
    urls.put_into_environment()
    opening.set_up_django()
    PBKDF2PasswordHasher.iterations = 1  # tests sign in hundreds of times; the settings know no such thing
    setup.prepare_files()
    _open.callback(opening.close_connections)


_open_scratch_database()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Stop with one line before the first test when there is no browser for the tests that need one."""
    if any(item.get_closest_marker("browser") for item in session.items) and not session.config.option.collectonly:
        try:
            browser.chromium()
        except Trouble as trouble:
            pytest.exit(in_words(trouble.thai, trouble.english), returncode=2)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember the browser tests that were left out."""
    _left_out.extend(item.nodeid for item in items if item.get_closest_marker("browser"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name them at the end: what was not tested must be seen."""
    if _left_out:
        terminalreporter.write_sep("=", in_words(f"ไม่ได้ทดสอบด้วยเบราว์เซอร์ {len(_left_out)} ข้อ",
                                                 f"{len(_left_out)} browser tests were left out"))
        for name in _left_out:
            terminalreporter.write_line(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser walks come last: they change the demo fund that other tests look at as it was made."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop the scratch database and leave the server."""
    _open.close()


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """pytest-django makes no database of its own: ours is there already."""


@pytest.fixture(scope="session", autouse=True)
def _database_is_open(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_check_is_empty_in_the_end(_database_is_open: None) -> Iterator[None]:
    """Whatever the tests did, through our own verbs nothing ends up as it must not be, in no fund."""
    yield
    from django.db import connections

    from ombun.jobs.checking import everything_found

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself, but sooner: checks join whole tables
    found = everything_found()
    assert not found, "\n".join(map(str, found))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Our pages on a free port of this machine, served as in production."""
    from ombun.jobs.machine.server import serving, wait_until_it_answers
    from ombun.wsgi import application

    with serving(application, ports=[0]) as port:
        wait_until_it_answers(port)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def demo(_database_is_open: None) -> int:
    """The demo fund of `./ombun demo` in the scratch database, made once though killed twice. Gives its id."""
    from django.utils import timezone

    from tests.demo.killed import build_though_killed

    return build_though_killed(today=timezone.localdate())


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return browser.chromium()


@pytest.fixture
def fund():
    """A fund of its own for one test: six members, three office-holders a centre, nothing in the books."""
    from tests.people import Cast

    return Cast()


@pytest.fixture
def other_fund():
    """Another fund, whose people must never see or touch the first."""
    from tests.people import Cast

    return Cast(members=2)


@pytest.fixture
def somsri(fund):
    """The treasurer, as an actor."""
    return fund.somsri


@pytest.fixture
def boonmee(fund):
    """The chair, as an actor."""
    from ombun.primitives.actors import Role

    return fund.actor("boonmee", Role.CHAIR)


@pytest.fixture
def malee(fund):
    """A member at her own page, as an actor."""
    from ombun.primitives.actors import Role

    return fund.actor("malee", Role.MEMBER, member_id=fund.malee)


@pytest.fixture
def anan(other_fund):
    """The treasurer of ANOTHER fund, as an actor."""
    return other_fund.somsri


@pytest.fixture(scope="session")
def nok():
    """The one who looks in from the province, as a user."""
    from tests import people

    return people.nok()


@pytest.fixture(scope="session")
def stranger():
    """Somebody with a login and no desk, as a user."""
    from tests import people

    return people.stranger()
