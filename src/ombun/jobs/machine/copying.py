"""A copy of all data for a page: made and proved like any backup, then handed out and forgotten."""
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import get_language

from ombun.jobs.machine import backup, opening
from ombun.jobs.machine.paths import HOME, locked
from ombun.jobs.machine.words import Trouble
from ombun.primitives.refusals import Refusal, Refused


class CopyFailed(Refused):
    """The machine could not make the copy; the reason is one line."""


def copy_for_a_page() -> BinaryIO:
    """A copy of the open database, open for reading; the file is gone when it is closed. Raises CopyFailed."""
    house = opening.open_house()
    try:
        with locked(HOME / "copy.lock"), tempfile.TemporaryDirectory(
                dir=HOME, prefix=f"copy-{os.getpid()}-") as folder:
            file = Path(folder) / "copy.backup"
            backup.back_up(file, urls=house.urls, cluster=house.cluster)
            return file.open("rb")
    except Trouble as trouble:
        reason = trouble.english if get_language() == "en" else trouble.thai
        raise CopyFailed(Refusal(code="jobs.copy_failed", about="copy", facts={"reason": reason})) from trouble
