"""Opening the house: the server runs, the settings know the database, Django is set up, the tables are up to date."""
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from ombun.jobs.machine import database, leftovers, mark, setup
from ombun.jobs.machine.paths import HOME
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import Trouble


@dataclass(frozen=True, kw_only=True)
class House:
    """An open house: the addresses of its database, and our own server (None on a server that the user named)."""

    urls: database.Urls
    cluster: Cluster | None


_opened: list[House] = []


@contextmanager
def own_server() -> Iterator[Cluster]:
    """The server of this copy, with the real database and the demo beside each other; should it die, it starts again.

    Raises Trouble when the database goes away in the middle of something.
    """
    with Cluster(HOME / "postgres").running() as cluster:
        over = threading.Event()
        watch = threading.Thread(target=cluster.keep_alive, args=[over], name="database", daemon=True)
        watch.start()
        try:
            with _told_in_a_line(cluster.what_went_wrong):
                yield cluster
        except database.Unreachable as trouble:
            raise cluster.what_went_wrong(trouble.english) from trouble
        finally:
            over.set()
            watch.join()


def test_cluster() -> Cluster:
    """The server that tests use: fast, and its data may be lost."""
    return Cluster(HOME / "postgres-test", is_durable=False)


@contextmanager
def opened(name: str, *, migrates: bool = True) -> Iterator[House]:
    """Open the house on the real database or on the demo."""
    if given := os.environ.get("OMBUN_DATABASE_URL"):
        house = House(urls=database.urls_of_server(given), cluster=None)
        if name == database.DEMO and not database.name_in(given).endswith("demo"):
            raise Trouble("ข้อมูลตัวอย่างต้องอยู่ในฐานข้อมูลของตัวเอง: ชื่อฐานข้อมูลใน OMBUN_DATABASE_URL ต้องลงท้ายด้วย demo",
                          "the demo needs a database of its own: its name in OMBUN_DATABASE_URL must end in demo")
        database.demand_a_role_that_owns_nothing(house.urls)
        with _told_in_a_line(database.unreachable):
            yield _set_up(house, wants_demo=name == database.DEMO, migrates=migrates)
        return
    with own_server() as cluster:
        leftovers.remove_files()
        leftovers.remove_databases(cluster)
        house = House(urls=database.make_database(cluster, database=name), cluster=cluster)
        try:
            yield _set_up(house, wants_demo=name == database.DEMO, migrates=migrates)
        finally:
            close_connections()


@contextmanager
def _told_in_a_line(why: Callable[[str], Trouble]) -> Iterator[None]:
    """When the database goes away or has no room, that is a trouble of the machine; all else stays a fault of ours."""
    from django.db.utils import InterfaceError, OperationalError

    try:
        yield
    except (InterfaceError, OperationalError, psycopg.InterfaceError, psycopg.OperationalError) as error:
        state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
        if state is None or state.startswith(("08", "53", "57P")):  # connection, resources, shutdown
            raise why(str(error)) from error
        raise


def open_house() -> House:
    """The house that this process has opened last; in a test, the database that the settings know."""
    return _opened[-1] if _opened else House(urls=database.Urls.from_environment(), cluster=None)


def _set_up(house: House, *, wants_demo: bool, migrates: bool) -> House:
    """What is marked as the demo is the demo, under whatever name it was opened."""
    _opened.append(house)
    urls = house.urls
    is_marked = mark.is_demo(urls)
    os.environ["OMBUN_IS_DEMO"] = "1" if wants_demo or is_marked else ""
    urls.put_into_environment()
    set_up_django()
    setup.prepare_files()
    if migrates:
        database.migrate(urls)
        if wants_demo and not is_marked:
            mark.mark_as_demo(urls)
    return house


def set_up_django() -> None:
    """Read the settings. Whatever the settings take from the environment must be there before."""
    import django

    database.demand_addresses()
    setup.prepare_words()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombun.settings")
    django.setup()


def close_connections() -> None:
    """Give every connection back and end the pool, so that the server can stop and databases can be dropped."""
    from django.conf import settings
    from django.db import connections

    for connection in connections.all(initialized_only=True) if settings.configured else ():
        connection.close()
        if connection.settings_dict.get("OPTIONS", {}).get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]
