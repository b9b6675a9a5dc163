"""Copies of all data in one file, and bringing them back. A copy that was never restored is not called a backup.

The file is PostgreSQL's own portable format (pg_dump -Fc). Restoring makes tables first, then rows, then every
constraint, which the database tests against every row; then the guards (triggers, policies, rights) are compared
with those of a fresh database, and all checks run.
"""
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ombun.jobs.machine import database, mark, proof
from ombun.jobs.machine.engine import find_programs
from ombun.jobs.machine.paths import HOME
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.scratch import in_a_process_of_its_own
from ombun.jobs.machine.words import Trouble, disk_full, no_right_to_write, say

MAGIC = b"PGDMP"
# These are there before: they come with the empty database. And nobody is signed in after a restore.
NOT_OURS = (" EXTENSION ", " SCHEMA ", " DEFAULT ACL ", f" TABLE DATA public {proof.SESSIONS} ")


def demand_room_for(file: Path) -> None:
    """A copy can be written to this file: said before anything is copied. Raises Trouble."""
    _begin(file).unlink()


def _begin(file: Path) -> Path:
    """The file beside, empty and for its owner only, that becomes the copy when it is proved."""
    if file.is_dir():
        raise Trouble(f"{file} เป็นโฟลเดอร์: ใส่ชื่อแฟ้มด้วย", f"{file} is a folder: name a file in it")
    if not file.parent.is_dir():
        raise Trouble(f"ไม่มีโฟลเดอร์ {file.parent}", f"there is no folder {file.parent}")
    part = file.with_name(f"{file.name}.part")
    try:
        with no_right_to_write(file):
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise Trouble(f"เขียนแฟ้ม {file} ไม่ได้: เลือกที่อื่น",
                      f"the file {file} cannot be written ({error.strerror}): choose another place") from error
    return part


def back_up(file: Path, *, urls: database.Urls, cluster: Cluster | None) -> None:
    """Write the open database to a file that only its owner can read. Raises Trouble, and leaves no file."""
    part = _begin(file)
    say(f"สำรองข้อมูลลง {file}", f"copying all data to {file}")
    try:
        with psycopg.connect(urls.loader) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            _run("pg_dump", "--format=custom", f"--exclude-table-data={proof.SESSIONS}", f"--snapshot={snapshot}",
                 f"--file={part}", url=urls.loader)
            written = proof.rows(connection)
        if cluster:
            _prove(part, cluster=cluster, written=written)
        with no_right_to_write(file), part.open("rb") as written_file:
            os.fsync(written_file.fileno())  # on a stick it must be there before we say so: it is pulled out at once
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    total = sum(count for name, (count, _) in written.items() if not name.startswith("sequence "))
    if cluster:
        say(f"ลองกู้คืนแล้วครบ {total:,} แถว", f"restored into scratch and compared: {total:,} rows")
    else:
        say(f"สำรองแล้ว {total:,} แถว ยังไม่ได้ลองกู้คืน: ลองกู้คืนในฐานข้อมูลว่าง",
            f"{total:,} rows copied, not yet proved: restore the file into an empty database")


def restore(
    file: Path, *, urls: database.Urls, cluster: Cluster | None, replaces: bool, is_demo: bool = False
) -> None:
    """Put the data of a copy in the place of the open database, which must be empty unless `replaces`.

    What was there is copied to a file first. Raises Trouble, and then nothing has changed.
    """
    _refuse_what_is_no_copy(file)
    mark.refuse_the_other_kind(file, is_demo=is_demo, rows_of_the_mark=_run(
        "pg_restore", "--data-only", f"--table={mark.TABLE}", "--file=-", str(file)))
    if cluster is None:
        _restore_on_server(file, urls=urls)
        return
    with database.connected(urls.loader) as connection:
        name, is_empty, guards = connection.info.dbname, proof.is_empty(connection), proof.guards(connection)
    if not is_empty and not replaces:
        raise Trouble("ฐานข้อมูลนี้มีข้อมูลอยู่แล้ว: ถ้าต้องการแทนที่ให้เติม --replace (ของเดิมจะถูกสำรองก่อน)",
                      "this database holds data already: to replace it add --replace (what is there is copied first)")
    if database.is_in_use(cluster, database=name):
        raise Trouble("มีหน้าต่างอื่นกำลังใช้ข้อมูลนี้: ปิด ./ombun serve หรือ demo ก่อน",
                      "another window uses this data: stop ./ombun serve or demo first")
    if not is_empty:
        moment = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        before = HOME / "backups" / f"before-restore-{moment}-{os.getpid()}.backup"
        with no_right_to_write(before):
            before.parent.mkdir(mode=0o700, exist_ok=True)
        back_up(before, urls=urls, cluster=cluster)
    say(f"กู้คืนจาก {file}", f"restoring from {file}")
    fresh, old = f"{name}_restore_{os.getpid()}", f"{name}_before_{os.getpid()}"
    try:
        restored = _poured(file, cluster=cluster, name=fresh)
        _refuse_other_guards(restored, guards)
        findings = _findings(restored)
        database.rename_databases(cluster, [(name, old), (fresh, name)])
        database.make_database(cluster, database=name)
    finally:
        database.drop_database(cluster, database=fresh)
    database.drop_database(cluster, database=old)
    _tell_what_was_found(findings)


def _tell_what_was_found(findings: list[object]) -> None:
    say("กู้คืนแล้ว", "restored")
    if findings:
        say(f"การตรวจพบ {len(findings)} เรื่อง: ดูด้วย ./ombun check",
            f"the checks found {len(findings)} things: see ./ombun check")


def _restore_on_server(file: Path, *, urls: database.Urls) -> None:
    """Into a database that an administrator made and that has no tables yet: all in one transaction, or nothing."""
    with database.connected(urls.owner) as connection:
        if proof.tables(connection):
            raise Trouble("ฐานข้อมูลบนเครื่องแม่ข่ายมีตารางอยู่แล้ว: ให้ผู้ดูแลสร้างฐานข้อมูลว่างใหม่ (ดู docs/server.md)",
                          "the database on the server has tables already: have a new one made (see docs/server.md)")
        say(f"กู้คืนจาก {file}", f"restoring from {file}")
        connection.execute(database.NO_RIGHTS_SQL.encode())
        try:
            _pour(file, into=urls.owner)
        finally:
            connection.execute(database.RIGHTS_SQL.encode())
    _migrate(urls)
    _tell_what_was_found(_findings(urls))


def _prove(file: Path, *, cluster: Cluster, written: dict[str, tuple[int, int]]) -> None:
    scratch = f"ombun_proof_{os.getpid()}"
    try:
        urls = _poured(file, cluster=cluster, name=scratch, migrates=False)
        with database.connected(urls.loader) as connection:
            found = proof.rows(connection)
        if found != written:
            lost = sorted(name for name in found.keys() | written if found.get(name) != written.get(name))
            raise Trouble(f"ลองกู้คืนแล้วไม่ตรงกับของเดิม: {', '.join(lost)}",
                          f"the copy does not give back the same rows: {', '.join(lost)}")
    finally:
        database.drop_database(cluster, database=scratch)


def _poured(file: Path, *, cluster: Cluster, name: str, migrates: bool = True) -> database.Urls:
    """A new database filled from the copy in one transaction: tables, rows, then constraints, policies and triggers."""
    database.drop_database(cluster, database=name)
    urls = database.make_database(cluster, database=name, grants_rights=False)
    _pour(file, into=urls.owner)
    database.grant_rights(cluster, database=name)
    if migrates:
        _migrate(urls)
    return urls


def _pour(file: Path, *, into: str) -> None:
    contents = _run("pg_restore", "--list", str(file))
    wanted = [line for line in contents.splitlines() if not any(kind in line for kind in NOT_OURS)]
    listed = HOME / f"restore-{os.getpid()}.list"
    with no_right_to_write(listed):
        listed.write_text("\n".join(wanted), "utf-8")
    try:
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-comments",
             f"--use-list={listed}", str(file), url=into)
    finally:
        listed.unlink()


def _migrate(urls: database.Urls) -> None:
    if in_a_process_of_its_own(urls, "migrate").returncode:
        raise Trouble("ข้อมูลในแฟ้มปรับเป็นรุ่นปัจจุบันไม่ได้", "the data cannot be brought up to date")


def _findings(urls: database.Urls) -> list[object]:
    checked = in_a_process_of_its_own(urls, "check", "--json")
    if checked.returncode not in (0, 1):
        raise Trouble("ตรวจข้อมูลที่กู้คืนไม่ได้", "the restored data could not be checked")
    return list(json.loads(checked.stdout))


def _refuse_other_guards(urls: database.Urls, expected: set[str]) -> None:
    """A copy whose tables are guarded otherwise than ours was made by another version or changed by hand."""
    with database.connected(urls.loader) as connection:
        differ = sorted(proof.guards(connection) ^ expected)
    if differ:
        raise Trouble(f"ตารางในแฟ้มไม่ตรงกับโปรแกรมรุ่นนี้: {differ[0][:120]}",
                      f"the tables in the file are not those of this version: {differ[0][:120]}")


def _refuse_what_is_no_copy(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            is_ours = opened.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise Trouble(f"เปิดแฟ้ม {file} ไม่ได้", f"the file {file} cannot be opened ({error.strerror})") from error
    if not is_ours:
        raise Trouble(f"{file} ไม่ใช่แฟ้มสำรองของออมบุญ", f"{file} is not a backup of Ombun")


def _run(program: str, *arguments: str, url: str | None = None) -> str:
    """Run one of PostgreSQL's own programs; a password goes by the environment, where other users cannot see it."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url or "").items()}
    environment = os.environ | ({"PGPASSWORD": parts.pop("password")} if "password" in parts else {})
    where = ["--dbname", make_conninfo(**parts)] if url else []
    done = subprocess.run([str(find_programs() / program), *where, *arguments], env=environment, capture_output=True,
                          text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode == 0:
        return done.stdout
    if "No space left" in done.stderr:
        raise disk_full(arguments[-1])
    print(done.stderr, file=sys.stderr)
    last = (done.stderr.strip().splitlines() or [program])[-1]
    raise Trouble(f"{program} ไม่สำเร็จ: {last}", f"{program} failed: {last}")
