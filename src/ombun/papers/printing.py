"""Receipts of a whole fund as one piece of work: printed part by part into a folder, in the memory of one part.

A part is done when its file is there, so that what was interrupted goes on where it ended and a page can say how far it
has come. One worker at a time works in a folder; the lock ends with the process, however it ends.
"""
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

PART_RECEIPTS = 200  # at most so many in one file: what a printer takes without choking, and the memory that it needs
KEPT_DAYS = 7
_TOLD, _LOCK = "printing.json", "at-work"


@dataclass(frozen=True, kw_only=True)
class Part:
    """Receipts of one collection day in one file: from which village, of which book, with which numbers."""

    deed: str
    moo: int
    day: str
    book_no: int
    first_number: int
    last_number: int

    @property
    def receipts(self) -> int:
        """How many receipts it has."""
        return self.last_number - self.first_number + 1

    @property
    def collected_on(self) -> date:
        """The collection day."""
        return date.fromisoformat(self.day)


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What is printed: its parts in their order, on which paper, in which language, and whether all are copies."""

    title: str
    size: str
    language: str
    is_copy: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a printing has come: which parts are ready, in receipts, and whether somebody is at work on it."""

    ready: tuple[bool, ...]
    receipts: int
    receipts_done: int
    is_at_work: bool

    @property
    def is_done(self) -> bool:
        """Whether every part is ready."""
        return all(self.ready)


def begin(*, folder: Path, printing: Printing) -> None:
    """Write down what is to be printed; the same again changes nothing. The folder is for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.joinpath(_TOLD).exists():
        _write(folder.joinpath(_TOLD), json.dumps(asdict(printing), ensure_ascii=False).encode())


def printing_in(*, folder: Path) -> Printing | None:
    """What is printed in a folder, or None where nothing is."""
    try:
        told = json.loads(folder.joinpath(_TOLD).read_bytes())
    except FileNotFoundError:
        return None
    return Printing(**told | {"parts": tuple(Part(**part) for part in told["parts"])})


def progress(*, folder: Path, printing: Printing) -> Progress:
    """How far it has come."""
    ready = tuple(part_file(folder=folder, place=place).exists() for place in range(len(printing.parts)))
    done = sum(part.receipts for part, is_ready in zip(printing.parts, ready, strict=True) if is_ready)
    return Progress(ready=ready, receipts=sum(part.receipts for part in printing.parts), receipts_done=done,
                    is_at_work=not all(ready) and _is_at_work(folder))


def part_file(*, folder: Path, place: int) -> Path:
    """Where a part lies once it is ready."""
    return folder.joinpath(f"{place:04}.pdf")


def work(*, folder: Path, printed: Callable[[Printing, Part], bytes]) -> None:
    """Print every part that is not ready yet; where somebody is at it already, wait for them first."""
    with open(folder.joinpath(_LOCK), "a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        printing = printing_in(folder=folder)
        for place, part in enumerate(printing.parts if printing else ()):
            page = part_file(folder=folder, place=place)
            if printing and not page.exists():
                _write(page, printed(printing, part))


def forget(*, folders: Iterable[Path], begun_before: float) -> None:
    """Erase what was printed long ago (seconds since 1970): it can be printed again, marked as copies."""
    for folder in folders:
        if folder.stat().st_mtime < begun_before:
            shutil.rmtree(folder, ignore_errors=True)


def folder_of(*, root: Path, fund_id: int, printing_id: UUID) -> Path:
    """Where a fund's printing lies."""
    return root.joinpath(str(fund_id), str(printing_id))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, for its owner alone."""
    half = path.with_suffix(".half")
    with open(half, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
    half.replace(path)


def _is_at_work(folder: Path) -> bool:
    with open(folder.joinpath(_LOCK), "a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
