"""What a killed command left behind: databases and files under its process number, with data of people in them."""
import os
import re
import shutil

from ombun.jobs.machine import database, proof
from ombun.jobs.machine.paths import HOME
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import say

_BEFORE = "_before_"  # a database in whose place a copy was put
_DATABASE = re.compile(r"ombun\w*_(\d{1,10})")
_FILE = re.compile(r"(?:copy-(\d+)-\w+|restore-(\d+)\.list|before-restore-[\d-]+-(\d+)\.backup\.part)")


def remove_files() -> None:
    """Copies for pages and copies before a restore that were not finished."""
    for path in [*HOME.glob("*"), *(HOME / "backups").glob("*.part")]:
        match = _FILE.fullmatch(path.name)
        if match and _is_dead(int(next(filter(None, match.groups())))):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def remove_databases(cluster: Cluster) -> None:
    """Databases of commands that run no more; what may be the only copy of somebody's data stays, and is told."""
    there = database.databases(cluster)
    for name in there:
        match = _DATABASE.fullmatch(name)
        if match is None or not _is_dead(int(match[1])):
            continue
        if _BEFORE not in name or (name.split(_BEFORE)[0] in there and _is_nothing_lost(cluster, name, match[1])):
            database.drop_database(cluster, database=name)
        else:
            say(f"ข้อมูลเดิมก่อนกู้คืนครั้งที่ถูกตัดไปยังอยู่ในฐานข้อมูล {name}",
                f"what was there before a restore that was cut off is still in the database {name}")


def _is_nothing_lost(cluster: Cluster, name: str, pid: str) -> bool:
    """What was there before was copied to a file first, and proved; or nothing was there."""
    if list((HOME / "backups").glob(f"before-restore-*-{pid}.backup")):
        return True
    with database.connected(cluster.url(role=database.LOADER, database=name)) as connection:
        return proof.is_empty(connection)


def _is_dead(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass
    return False
