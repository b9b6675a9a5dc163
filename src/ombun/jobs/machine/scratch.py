"""Databases for tests and benchmarks: fresh each time, cloned from a template that carries the current migrations."""
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ombun.jobs.machine import database, leftovers
from ombun.jobs.machine.paths import HOME, PACKAGE, locked
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import Trouble


@contextmanager
def scratch_database(cluster: Cluster, *, purpose: str) -> Iterator[database.Urls]:
    """A fresh database of this process on a running server, dropped at the end. Leftovers of dead processes go too."""
    name = f"ombun_{purpose}_{os.getpid()}"
    with locked(HOME / "scratch.lock"):
        template = _template(cluster)
        leftovers.remove_databases(cluster)
        database.drop_database(cluster, database=name)
        urls = database.make_database(cluster, database=name, template=template)
    try:
        yield urls
    finally:
        database.drop_database(cluster, database=name)


def _template(cluster: Cluster) -> str:
    """A migrated database to clone from, made when the migrations have changed."""
    name = f"ombun_template_{database.migrations_digest()}"
    if name in database.databases(cluster):
        return name
    for old in database.databases(cluster):
        if old.startswith("ombun_template_"):
            database.drop_database(cluster, database=old)
    making = "ombun_template_making"
    database.drop_database(cluster, database=making)
    urls = database.make_database(cluster, database=making)
    if in_a_process_of_its_own(urls, "migrate").returncode:
        raise Trouble("สร้างตารางในฐานข้อมูลใหม่ไม่สำเร็จ", "the tables could not be made in a new database")
    database.rename_databases(cluster, [(making, name)])
    return name


def in_a_process_of_its_own(urls: database.Urls, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours on another database; settings can be read only once in a process."""
    source = os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
    return subprocess.run([sys.executable, "-m", "ombun.jobs", *command], check=False, text=True,
                          stdout=subprocess.PIPE, env=os.environ | urls.variables | {"PYTHONPATH": source})
