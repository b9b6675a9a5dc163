"""Our own PostgreSQL lives through kill -9, keeps strangers out, and says clearly what stands in its way."""
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from ombun.jobs.machine import postgres
from ombun.jobs.machine.paths import PACKAGE
from ombun.jobs.machine.postgres import Cluster
from ombun.jobs.machine.words import Trouble
from tests.machine.conftest import MakeCluster
from tests.machine.rows import count_rows, write_rows

LEFT_BEHIND = """
import sys, time
from pathlib import Path
from ombun.jobs.machine.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.pid, flush=True)
time.sleep(600)
"""


def pid_of(cluster: Cluster) -> int:
    assert cluster.pid is not None
    return cluster.pid


def is_gone(pid: int) -> bool:
    """Whether the process ends within seconds (a child of ours may still be listed as a zombie)."""
    status = Path(f"/proc/{pid}/status")
    for _ in range(200):
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False


def test_every_row_is_there_after_the_server_was_killed(cluster: Cluster):
    write_rows(cluster, 1000)
    os.kill(pid_of(cluster), signal.SIGKILL)
    cluster.start()
    assert count_rows(cluster) == 1000


def test_a_server_left_by_a_killed_command_is_taken_over(copy: Path, make_cluster: MakeCluster):
    app = subprocess.Popen([sys.executable, "-c", LEFT_BEHIND, str(copy / "postgres")], stdout=subprocess.PIPE,
                           text=True, env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)})
    assert app.stdout
    server = int(app.stdout.readline())
    cluster = make_cluster(copy / "postgres")
    cluster.start()
    write_rows(cluster, 10)
    app.kill()
    app.wait()
    assert cluster.pid == server
    assert count_rows(cluster) == 10
    cluster.leave()
    assert is_gone(server)
    cluster.start()
    assert count_rows(cluster) == 10


def test_a_killed_server_that_nobody_has_buried_yet_is_in_nobodys_way(cluster: Cluster):
    """Its number still counts as taken, as long as whoever started it has not asked how it ended."""
    write_rows(cluster, 5)
    notes = [cluster.data / "postmaster.pid", cluster.socket_folder / ".s.PGSQL.5432.lock"]
    said = [note.read_text() for note in notes]
    killed = pid_of(cluster)
    os.kill(killed, signal.SIGKILL)
    while cluster.pid:
        time.sleep(0.02)
    for note, text in zip(notes, said, strict=True):
        note.write_text(text.replace(str(killed), str(os.getppid()), 1))
    cluster.start()
    assert count_rows(cluster) == 5


def test_a_watch_brings_the_server_back(cluster: Cluster):
    write_rows(cluster, 5)
    over = threading.Event()
    watch = threading.Thread(target=cluster.keep_alive, kwargs={"until": over, "every_seconds": 0.05})
    watch.start()
    killed = pid_of(cluster)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while cluster.pid in (None, killed) and time.monotonic() < deadline:
        time.sleep(0.05)
    over.set()
    watch.join()
    assert count_rows(cluster) == 5


def test_the_last_command_to_leave_stops_the_server(cluster: Cluster, make_cluster: MakeCluster):
    other = make_cluster(cluster.home)
    other.start()
    server = pid_of(cluster)
    assert other.pid == server
    cluster.leave()
    assert other.pid == server
    other.leave()
    assert is_gone(server)


def test_two_copies_side_by_side_know_nothing_of_each_other(cluster: Cluster, tmp_path: Path,
                                                            make_cluster: MakeCluster):
    other = make_cluster(tmp_path / "copy two" / "postgres")
    other.start()
    write_rows(cluster, 3)
    write_rows(other, 4)
    assert (count_rows(cluster), count_rows(other)) == (3, 4)
    assert cluster.pid != other.pid


def test_a_copied_folder_does_not_touch_the_server_of_the_first(cluster: Cluster, tmp_path: Path,
                                                                make_cluster: MakeCluster):
    write_rows(cluster, 3)
    second = tmp_path / "second"
    shutil.copytree(cluster.home.parent, second, symlinks=True, ignore=shutil.ignore_patterns(".s.PGSQL*"))
    other = make_cluster(second / "postgres")
    other.start()
    assert other.pid != cluster.pid
    write_rows(other, 1)
    assert count_rows(cluster) == 3


def test_a_moved_folder_keeps_its_data(cluster: Cluster, tmp_path: Path, make_cluster: MakeCluster):
    write_rows(cluster, 3)
    cluster.leave()
    moved = tmp_path / "moved"
    cluster.home.parent.rename(moved)
    other = make_cluster(moved / "postgres")
    other.start()
    assert count_rows(other) == 3


def test_an_interrupted_first_start_begins_again(copy: Path, make_cluster: MakeCluster):
    cluster = make_cluster(copy / "postgres")
    (cluster.place / "data.part").mkdir()
    (cluster.place / "data.part" / "half").touch()
    cluster.start()
    write_rows(cluster, 1)
    assert count_rows(cluster) == 1


def test_nobody_else_gets_in(cluster: Cluster):
    """No network port, a private folder, and the operating system says who signs in."""
    assert cluster.socket_folder.stat().st_mode & 0o077 == 0
    assert cluster.data.stat().st_mode & 0o077 == 0
    with psycopg.connect(cluster.url(role="postgres", database="postgres")) as connection:
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("local", "peer")]
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        mapped = connection.execute("SELECT DISTINCT sys_name FROM pg_ident_file_mappings ORDER BY 1").fetchall()
    assert {name for name, in mapped} == {cluster.account.name, "root"}
    assert cluster.account.uid != 0


def test_the_log_keeps_no_values_and_is_for_its_owner_only(cluster: Cluster):
    """What people may have erased, and what they never typed for a log, is not found there."""
    write_rows(cluster, 1)
    with psycopg.connect(cluster.url(role="postgres", database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE written (name text PRIMARY KEY, hash text NOT NULL, n int)")
        connection.execute("INSERT INTO written VALUES ('Malee', 'pbkdf2$secret', 1)")
        for fault in ("INSERT INTO written VALUES ('Malee', 'pbkdf2$secret', 1)",
                      "INSERT INTO written VALUES ('Malee', NULL, 1)",
                      "INSERT INTO written VALUES ('Nok', 'pbkdf2$secret', 'Malee'::text::int)"):
            with pytest.raises(psycopg.Error):
                connection.execute(fault.encode())
    said = cluster.log.read_text("utf-8")
    assert "ready to accept connections" in said
    assert "Malee" not in said
    assert "pbkdf2" not in said
    assert cluster.log.stat().st_mode & 0o777 == 0o600


def test_a_long_path_gets_a_short_socket(tmp_path: Path, make_cluster: MakeCluster):
    """Socket paths end at 107 bytes, and a Thai letter has three."""
    cluster = make_cluster(tmp_path / ("ตำบล" * 10) / "postgres")
    with cluster.running():
        assert len(os.fsencode(cluster.socket_folder)) < 90


def test_data_of_another_version_is_left_alone(cluster: Cluster):
    cluster.leave()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(Trouble, match=r"PostgreSQL รุ่น 12.*PostgreSQL 12") as trouble:
        cluster.start()
    assert "\n" not in str(trouble.value)


def test_a_folder_without_the_right_to_write(tmp_path: Path):
    """Root may write everywhere but in the folders of the kernel."""
    closed = Path("/sys/kernel") if os.geteuid() == 0 else tmp_path / "closed"
    if os.geteuid():
        closed.mkdir(mode=0o500)
    with pytest.raises(Trouble, match=r"ไม่มีสิทธิ์เขียน.*no right to write"):
        Cluster(closed / "ombun" / "postgres")


def test_where_the_copy_cannot_be_written_no_place_elsewhere_stays_behind(monkeypatch: pytest.MonkeyPatch,
                                                                          tmp_path: Path):
    """As on a read-only disk; the line names the copy, not the folder in which root would keep the data."""
    monkeypatch.setattr(postgres, "PLACES_OF_ROOT", tmp_path / "places")
    closed = Path("/sys/kernel") if os.geteuid() == 0 else tmp_path / "closed"
    if os.geteuid():
        closed.mkdir(mode=0o500)
    with pytest.raises(Trouble, match=f"no right to write to {closed / 'postgres'}"):
        Cluster(closed / "postgres")
    assert not (tmp_path / "places").exists()


def test_data_of_another_owner(cluster: Cluster, make_cluster: MakeCluster):
    """A server whose configuration cannot be read, as after files changed hands, says so in one line."""
    cluster.leave()
    cluster.data.chmod(0o755)
    with pytest.raises(Trouble, match=r"ไม่มีสิทธิ์|เปิดฐานข้อมูลไม่ได้") as trouble:
        cluster.start()
    assert "\n" not in str(trouble.value)


def programs_that_say(folder: Path, said: str) -> Path:
    """PostgreSQL programs that only print what a real one prints on a machine in trouble."""
    folder.mkdir()
    folder.parent.chmod(0o755)
    for name, script in (("postgres", "echo 'postgres (PostgreSQL) 18.6'"), ("pg_dump", ""),
                         ("initdb", f"echo '{said}' >&2; exit 1")):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(("said", "line"), [
    ('initdb: error: could not write to file "base/1/1255": No space left on device', r"ดิสก์เต็ม.*the disk is full"),
    ('initdb: error: could not create directory "data": Permission denied', r"ไม่มีสิทธิ์เขียน.*no right to write"),
    ("initdb: error: something quite new", r"เปิดฐานข้อมูลไม่ได้.*something quite new"),
])
def test_what_the_programs_say_becomes_one_line(copy: Path, tmp_path: Path, make_cluster: MakeCluster,
                                                monkeypatch: pytest.MonkeyPatch, said: str, line: str):
    monkeypatch.setenv("OMBUN_PG_BIN", str(programs_that_say(tmp_path / "programs", said)))
    cluster = make_cluster(copy / "postgres")
    with pytest.raises(Trouble, match=line) as trouble:
        cluster.start()
    assert "\n" not in str(trouble.value)


def test_missing_programs(copy: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OMBUN_PG_BIN", "/nowhere")
    with pytest.raises(Trouble, match=r"ไม่พบโปรแกรม PostgreSQL.*OMBUN_PG_BIN"):
        Cluster(copy / "postgres")
