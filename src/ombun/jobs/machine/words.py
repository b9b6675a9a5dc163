"""What the machine says to the person at the keyboard: Thai with English beside it, or English alone."""
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Trouble(Exception):
    """Something on this machine stands in the way. One line, in Thai and English, that says what to do."""

    def __init__(self, thai: str, english: str) -> None:
        self.thai, self.english = thai, english
        super().__init__(f"{thai} · {english}")


def in_words(thai: str, english: str) -> str:
    """The line in the language of the terminal: both, or English alone when OMBUN_LANG=en."""
    return english if os.environ.get("OMBUN_LANG") == "en" else f"{thai} · {english}"


def say(thai: str, english: str) -> None:
    """Tell what is going on. Goes to standard error, so that standard output holds only results."""
    print(f"  {in_words(thai, english)}", file=sys.stderr, flush=True)


def disk_full(path: Path | str) -> Trouble:
    """The disk has no room left."""
    return Trouble(f"ดิสก์เต็ม: ลบแฟ้มที่ไม่ใช้บนดิสก์ของ {path} แล้วสั่งใหม่",
                   f"the disk is full: free some room on the disk of {path} and try again")


def not_writable(path: Path | str) -> Trouble:
    """The files belong to somebody else, or the disk is read-only."""
    return Trouble(f"ไม่มีสิทธิ์เขียนที่ {path}: ใช้ผู้ใช้เครื่องคนเดิมที่เป็นเจ้าของแฟ้ม",
                   f"no right to write to {path}: run as the user who owns these files")


@contextmanager
def no_right_to_write(path: Path | str) -> Iterator[None]:
    """Turn what the operating system says about files into one clear line."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or path  # of a link or a new name: the one that was to be made
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise not_writable(where) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(where) from error
        raise
