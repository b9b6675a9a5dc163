"""Our own supervisor: one real PostgreSQL server for this copy, on a private socket, for as long as somebody uses it.

Several commands of one copy share the server; the last one to leave stops it. A server left behind by a killed
command is taken over. Sign-in is by the operating system (peer): nobody else on the machine gets in, and there is
no network port.
"""
import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from ombun.jobs.machine.engine import Account, account_of, dedicated_account, find_programs, programs_for
from ombun.jobs.machine.paths import for_owner_only, locked
from ombun.jobs.machine.words import Trouble, disk_full, no_right_to_write, not_writable, say

SUPERUSER = "postgres"
ROLES = (SUPERUSER, "ombun_owner", "ombun_app", "ombun_loader")
PLACES_OF_ROOT = Path("/var/lib/ombun")
SOCKET_PATH_BYTES_MAX = 107 - len("/.s.PGSQL.5432.lock")
ROOM_TO_WORK_BYTES = 16 * 2**20  # one segment of PostgreSQL's write-ahead log
SAFE = {"shared_buffers": "256MB", "max_wal_size": "2GB", "jit": "off",
        # A log outlives what people may have erased: of the server itself, never a statement or the values in it.
        "log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Cluster:
    """One data folder and the server over it. `is_durable=False` only where the data may be lost (tests)."""

    def __init__(self, home: Path, *, is_durable: bool = True) -> None:
        self.home, self.is_durable = home, is_durable
        self._users: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._last_words = ""
        find_programs()  # without them nothing is made
        with no_right_to_write(home):
            home.parent.mkdir(parents=True, exist_ok=True)
            self.account, self.place = _account_and_place(home)
        self.data, self.log = self.place / "data", self.place / "server.log"
        self.programs, self._major = programs_for(self.account, copies=self.place)

    @property
    def pid(self) -> int | None:
        """The number of the running server process of this data folder, or None."""
        if self._process and self._process.poll() is not None:
            self._process = None
        lines = self._pid_file()
        return int(lines[0]) if lines and _is_server_of(self.data, int(lines[0]), written=lines[1]) else None

    @property
    def socket_folder(self) -> Path:
        """Where the server listens: what a running server wrote down, or where a new one will."""
        lines = self._pid_file()
        return Path(lines[4]) if self.pid and len(lines) > 4 and lines[4] else self._socket_folder_to_be()

    def url(self, *, role: str, database: str) -> str:
        """The address of a database for a role, over the private socket."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    @contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Use the server: it runs inside, and stops afterwards unless another command still uses it."""
        self.start()
        try:
            yield self
        finally:
            self.leave()

    def start(self) -> None:
        """Make sure that the server runs and answers. Raises Trouble with the reason when it cannot."""
        with locked(self._beside("lock")):
            self._join()
            if self._has_lost_its_socket():
                self._stop()
            for _attempt in range(3):  # a server that is just being killed may look alive for a moment
                if self.pid is None:
                    self._initialise()
                    self._launch()
                if self._answers():
                    return
            raise self._why(self._said())

    def leave(self) -> None:
        """Stop using the server; the last one out stops it, cleanly."""
        with locked(self._beside("lock")):
            if self._users is None:
                return
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            except BlockingIOError:
                pass
            finally:
                os.close(self._users)
                self._users = None

    def keep_alive(self, until: threading.Event, *, every_seconds: float = 1) -> None:
        """Start the server again whenever it dies. Runs in a thread of its own until the event is set."""
        told = ""
        while not until.wait(every_seconds):
            if self.pid is not None and not self._has_lost_its_socket():
                continue
            self._last_words = self._said()
            if not told:
                say("ฐานข้อมูลหยุดกะทันหัน กำลังเปิดใหม่", "the database stopped; starting it again")
            try:
                self.start()
                told = ""
            except Trouble as trouble:
                if str(trouble) != told and not until.is_set():
                    say(trouble.thai, trouble.english)
                told = str(trouble)

    def what_went_wrong(self, said: str) -> Trouble:
        """Why a connection broke off in the middle of something, from what it said; the server runs again if it can."""
        said += self._last_words + self._said()
        try:
            self.start()
        except Trouble as trouble:
            return trouble
        if self._has_no_room(said):
            return disk_full(self.place)
        return Trouble("ฐานข้อมูลหยุดกะทันหัน งานที่ทำไม่เสร็จไม่ได้บันทึกไว้: สั่งใหม่อีกครั้ง",
                       "the database stopped in the middle, and what was not finished is not written: "
                       "give the command again")

    def remove(self) -> None:
        """Delete the data folder and all in it, for tests and scratch clusters."""
        self.leave()
        shutil.rmtree(self.place, ignore_errors=True)
        if self.home.is_symlink():
            self.home.unlink()
        for name in ("lock", "users"):
            self._beside(name).unlink(missing_ok=True)

    def _beside(self, name: str) -> Path:
        return self.home.with_name(f"{self.home.name}.{name}")

    def _join(self) -> None:
        if self._users is None:
            with no_right_to_write(self._beside("users")):
                self._users = os.open(self._beside("users"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def _pid_file(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        except PermissionError as error:
            raise not_writable(self.data) from error
        return lines if len(lines) > 1 and lines[0].isdigit() else []

    def _socket_folder_to_be(self) -> Path:
        name = f"ombun-{self.account.uid}-{self.place.stat().st_ino:x}"
        shared = [Path(folder) for folder in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir()) if folder]
        for folder in (self.place / "socket", *(parent / name for parent in shared)):
            if len(os.fsencode(folder)) <= SOCKET_PATH_BYTES_MAX and folder.parent.is_dir():
                return folder
        return Path("/tmp") / name

    def _has_lost_its_socket(self) -> bool:
        """Temporary folders are swept, and end with a sign-in: a server that nobody can reach has to start anew."""
        lines = self._pid_file()
        is_ready = self.pid is not None and len(lines) > 7 and lines[7].startswith("ready")
        return is_ready and not (self.socket_folder / f".s.PGSQL.{lines[3]}").exists()

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text("ascii").strip()
            if found != str(self._major):
                raise Trouble(
                    f"ข้อมูลใน {self.data} เป็นของ PostgreSQL รุ่น {found} แต่โปรแกรมเป็นรุ่น {self._major}: "
                    f"ตั้ง OMBUN_PG_BIN เป็นโปรแกรมรุ่น {found} สำรองข้อมูล แล้วกู้คืนด้วยรุ่นใหม่",
                    f"the data in {self.data} belongs to PostgreSQL {found}, the programs are {self._major}: "
                    f"set OMBUN_PG_BIN to version {found}, back up, then restore with the new version")
            return
        say("สร้างฐานข้อมูลของเครื่องนี้", "making the database of this copy")
        part = self.data.with_name("data.part")
        shutil.rmtree(part, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]  # LC_CTYPE must be UTF-8: in "C" the search by trigrams finds nothing in Thai
        if self._major >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [str(self.programs / "initdb"), "-D", str(part), "-U", SUPERUSER, "-E", "UTF8", *locale, "-A", "peer",
                   "--data-checksums", "--no-instructions"]
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **self.account.to_drop)
        if made.returncode:
            shutil.rmtree(part, ignore_errors=True)
            raise self._why(made.stdout + made.stderr)
        part.rename(self.data)

    def _configure(self) -> Path:
        """Who may sign in: this account and root, as our roles, over the socket. Nobody else, nowhere else."""
        people = dict.fromkeys([self.account.name, account_of(0).name])
        mapping = "".join(f'ombun "{person}" {role}\n' for person in people for role in ROLES)
        with no_right_to_write(self.data):
            for name, text in (("pg_hba.conf", "local all all peer map=ombun\n"), ("pg_ident.conf", mapping)):
                _write(self.data / name, text, self.account)
            folder = self._socket_folder_to_be()
            folder.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(folder, self.account.uid, self.account.gid, follow_symlinks=False)
            status = folder.lstat()
        if status.st_uid != self.account.uid or status.st_mode & 0o077 or folder.is_symlink():
            raise not_writable(folder)
        return folder

    def _launch(self) -> None:
        for _attempt in range(120):
            self._forget_a_dead_server()
            settings = {"listen_addresses": "", "unix_socket_directories": str(self._configure()),
                        "unix_socket_permissions": "0700"} | SAFE | ({} if self.is_durable else FAST)
            command = [str(self.programs / "postgres"), "-D", str(self.data)]
            command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            with no_right_to_write(self.log):
                if self.log.exists():
                    self.log.replace(self.log.with_suffix(".log.before"))
                log = os.fdopen(for_owner_only(str(self.log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb")
            with log:
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                                                 start_new_session=True, **self.account.to_drop)
            while self._process.poll() is None:
                if len(self._pid_file()) > 5:
                    return
                time.sleep(0.02)
            said = self._said()
            if not re.search("shared memory block|lock file", said):  # what a killed server leaves needs a moment
                raise self._why(said)
            time.sleep(0.25)
        raise self._why(said)

    def _forget_a_dead_server(self) -> None:
        """Remove the notes of a server that no longer runs, or that came along when the folder was copied."""
        if self.pid is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for note in self._socket_folder_to_be().glob(".s.PGSQL.*.lock"):  # nobody may have buried the process yet
                note.unlink(missing_ok=True)

    def _answers(self) -> bool:
        """Wait as long as the server lives (recovery after a power cut may take minutes); False when it has died."""
        told, begun = False, time.monotonic()
        while True:
            try:
                psycopg.connect(self.url(role=SUPERUSER, database="postgres"), connect_timeout=10).close()
                return True
            except psycopg.OperationalError as error:
                if self.pid is None:
                    return False
                if re.search("peer authentication failed|Permission denied|no pg_hba", str(error)):
                    raise not_writable(self.data) from error
            if not told and time.monotonic() - begun > 5:
                told = True
                say("ฐานข้อมูลกำลังตรวจซ่อมตัวเอง กรุณารอ", "the database is recovering, please wait")
            time.sleep(0.02)

    def _stop(self) -> None:
        pid = self.pid
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        while self.pid == pid:
            time.sleep(0.02)

    def _said(self) -> str:
        """What the server wrote since it was started last."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def _has_no_room(self, said: str) -> bool:
        """Whether the disk is full: the server wrote so, or could not even write it."""
        return ("No space left on device" in said or "Disk quota exceeded" in said
                or shutil.disk_usage(self.place).free < ROOM_TO_WORK_BYTES)

    def _why(self, said: str) -> Trouble:
        """What the server wrote, as one clear line."""
        if self._has_no_room(said):
            return disk_full(self.place)
        if re.search("Permission denied|Read-only file system|has wrong ownership|Operation not permitted", said):
            return not_writable(self.data)
        lines = said.strip().splitlines()
        reasons = [line for line in lines if re.search("FATAL|PANIC|error", line) and "starting up" not in line]
        last = (reasons or lines or ["?"])[-1]
        return Trouble(f"เปิดฐานข้อมูลไม่ได้: {last.strip()} (ดู {self.log})",
                       f"the database did not start: {last.strip()} (see {self.log})")


def _account_and_place(home: Path) -> tuple[Account, Path]:
    """Who runs the server, and where its data lies: in the copy, or under /var/lib/ombun when root starts it.

    A dropped account cannot enter the home folder of root. The copy holds a link to the place, and the place names
    its copy: a copy that was moved keeps its data, a copy of a copy gets data of its own.
    """
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, exist_ok=True)
        return account_of(os.geteuid()), home
    if (home / "data" / "PG_VERSION").exists() and not home.is_symlink():
        return account_of((home / "data").stat().st_uid), home
    account = dedicated_account()
    place = home.resolve()
    if home.is_symlink() and (place / "copy").exists():
        written = Path((place / "copy").read_text("utf-8"))
        if written == home or not os.path.lexists(written):
            (place / "copy").write_text(str(home), "utf-8")
            return account, place
    place = PLACES_OF_ROOT / secrets.token_hex(6)
    if home.is_symlink():
        home.unlink()
    elif home.is_dir():
        home.rmdir()
    home.symlink_to(place)  # before the place is made: where no link can be, no place stays behind
    PLACES_OF_ROOT.mkdir(mode=0o711, parents=True, exist_ok=True)
    place.mkdir(mode=0o700)
    os.chown(place, account.uid, account.gid)
    (place / "copy").write_text(str(home), "utf-8")
    return account, place


def _write(path: Path, text: str, account: Account) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
        path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, account.uid, account.gid)


def _is_server_of(data: Path, pid: int, *, written: str) -> bool:
    """Whether this process is a living server over this folder; its number may have gone to somebody else meanwhile."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        if b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return False
        return os.path.samefile(f"/proc/{pid}/cwd", data)
    except OSError:
        return written == str(data)
