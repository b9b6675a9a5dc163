"""Tests run against a real PostgreSQL of our own, as the application's role, with real commits.

No test is wrapped in a transaction and nothing is flushed (the books refuse it): every test makes a fund of its own.
"""
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ombun.jobs.machine import database, opening, setup
from ombun.jobs.machine.scratch import scratch_database

_open = ExitStack()


def _open_scratch_database() -> None:
    for variable in ("OMBUN_DATABASE_URL", "OMBUN_DATABASE_OWNER_URL", "OMBUN_DATABASE_LOADER_URL"):
        os.environ.pop(variable, None)  # a test never touches a database that the user named
    cluster = _open.enter_context(opening.test_cluster().running())
    urls = _open.enter_context(scratch_database(cluster, purpose="test"))
    database.superuser_runs(cluster, database="postgres", statement="GRANT ombun_owner TO ombun_loader")
    os.environ["OMBUN_FAST_PASSWORDS"] = "1"
    urls.put_into_environment()
    opening.set_up_django()
    setup.prepare_files()
    _open.callback(opening.close_connections)


_open_scratch_database()


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
