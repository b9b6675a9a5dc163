"""The log of the pages, for the owner of the copy alone."""
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

from ombun.jobs.machine.paths import for_owner_only


class OwnersLog(RotatingFileHandler):
    """A log file that rotates and that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors=self.errors, opener=for_owner_only)
