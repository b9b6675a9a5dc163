"""Where this copy keeps its things: all of it inside the copy, in `.ombun`, unless OMBUN_HOME names another folder."""
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ombun.jobs.machine.words import no_right_to_write

ROOT = Path(__file__).resolve().parents[4]
PACKAGE = ROOT / "src" / "ombun"
HOME = Path(os.environ.get("OMBUN_HOME") or ROOT / ".ombun").absolute()
STATIC_MADE = HOME / "static"
STATIC_ROOT = HOME / "static-root"
COPY = hashlib.sha256(str(HOME).encode()).hexdigest()[:12]


def secret_key() -> str:
    """The secret of this copy, made once and readable by its owner only."""
    path = HOME / "secret"
    with no_right_to_write(path):
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", encoding="ascii", opener=for_owner_only) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return path.read_text("ascii")


def for_owner_only(path: str, flags: int) -> int:
    """How to `open` a file that nobody but its owner may read."""
    return os.open(path, flags, 0o600)


def digest(paths: Iterable[Path]) -> str:
    """One short value that changes when a file among these is changed, added or removed (by name, size and time)."""
    seen = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        seen.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:24]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one process of this copy at a time; the lock ends with the process, however it ends."""
    with no_right_to_write(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
