"""The demo's password is known to everybody: its copies stay out of real databases, and the other way round."""
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ombun.jobs.machine import backup, database, mark, opening, proof
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import Trouble
from tests.machine.homes import Home


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    """The server that all tests use."""
    return opening.test_cluster()


@contextmanager
def new_database(cluster: Cluster, purpose: str, *, is_demo: bool = False) -> Iterator[database.Urls]:
    """A database as a new computer has it."""
    name = f"ombun_test_{purpose}_{os.getpid()}"
    template = next(name for name in database.databases(cluster) if name.startswith("ombun_template_"))
    urls = database.make_database(cluster, database=name, template=template)
    with database.connected(urls.owner) as connection:
        connection.execute("UPDATE access_demomark SET is_demo = %s", [is_demo])
    yield urls
    database.drop_database(cluster, database=name)


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_copy_comes_back_only_where_it_came_from(cluster: Cluster, tmp_path: Path, *, is_demo: bool):
    file = tmp_path / "x.backup"
    with new_database(cluster, "from", is_demo=is_demo) as urls:
        backup.back_up(file, urls=urls, cluster=cluster)
    with new_database(cluster, "other", is_demo=not is_demo) as other:
        with pytest.raises(Trouble, match="the demo") as refused:
            backup.restore(file, urls=other, cluster=cluster, replaces=True, is_demo=not is_demo)
        assert "\n" not in str(refused.value)
        assert mark.is_demo(other) is not is_demo
    with new_database(cluster, "same", is_demo=is_demo) as same:
        backup.restore(file, urls=same, cluster=cluster, replaces=False, is_demo=is_demo)
        assert mark.is_demo(same) is is_demo


def test_a_mark_alone_is_no_data_and_is_written_by_the_owner_alone(cluster: Cluster):
    with new_database(cluster, "marked", is_demo=True) as urls:
        with database.connected(urls.loader) as connection:
            assert proof.is_empty(connection)
        for url in (urls.app, urls.loader):
            with pytest.raises(Exception, match="permission denied"), database.connected(url) as connection:
                connection.execute("UPDATE access_demomark SET is_demo = false")


def test_the_commands_refuse_a_crossed_restore_and_leave_the_real_fund_alone(home: Home, tmp_path: Path):
    demo, real = str(tmp_path / "demo.backup"), str(tmp_path / "real.backup")
    assert home.run("backup", demo, "--demo").returncode == 0
    assert home.run("backup", real).returncode == 0
    for crossed, line in (((demo,), "restore it with --demo"), ((real, "--demo"), "without --demo")):
        refused = home.run("restore", *crossed)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert line in refused.stderr.splitlines()[-1] and "Traceback" not in refused.stderr
    restored = home.run("restore", demo, "--demo", "--replace")
    assert restored.returncode == 0, restored.stderr


def test_the_demo_is_not_made_where_somebody_has_entered_something(home: Home):
    fund = ("fund", "new", "--code", "hall", "--name", "กองทุนสวัสดิการชุมชนตำบลโสน", "--tambon", "330505", "--founded",
            "2005-01-01", "--starts", "1/10/2567", "--villages", "4 บ้านหนองบัว", "--treasurer", "นางสมศรี ใจบุญ")
    server = Cluster(home.folder / "another" / "postgres")
    try:
        with server.running():
            urls = database.make_database(server, database="not_yet_demo")
            given = {"OMBUN_DATABASE_URL": urls.app}
            assert home.run(*fund, **given).returncode == 0
            refused = home.run("migrate", "--demo", **given)
            assert (refused.returncode, "is not the demo's" in refused.stderr) == (2, True), refused.stderr
            assert not mark.is_demo(urls)
    finally:
        server.remove()


def test_the_real_fund_is_not_served_from_the_demos_database(home: Home):
    server = Cluster(home.folder / "yet another" / "postgres")
    try:
        with server.running():
            given = {"OMBUN_DATABASE_URL": database.make_database(server, database="the_demo").app}
            assert home.run("migrate", "--demo", **given).returncode == 0
            refused = home.run("serve", "--no-browser", "--port", "0", **given)
            assert (refused.returncode, "open it with ./ombun demo" in refused.stderr) == (2, True), refused.stderr
    finally:
        server.remove()
