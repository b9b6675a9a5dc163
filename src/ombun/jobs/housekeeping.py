"""What Ombun does by itself while it is open: figures for the provinces every hour, every room's checks once a day,
and workbooks that were sent long ago are erased."""
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone, translation

from ombun.access.operations import operator
from ombun.contributions.operations import forget_photos
from ombun.funds import queries as funds
from ombun.imports.operations import forget_cells, forget_workbooks
from ombun.imports.rules import keeping
from ombun.jobs import checking
from ombun.members.operations import forget_turned_down
from ombun.network.operations import roll_up
from ombun.papers import printing

FIRST_AFTER_SECONDS = 60  # the first pages come first
EVERY_SECONDS = 3600
JOINED_WITHIN_SECONDS = 10
PRINTED_KEPT = timedelta(days=printing.KEPT_DAYS)

_log = logging.getLogger("ombun.housekeeping")


@contextmanager
def keeping_house(*, stopped: threading.Event) -> Iterator[None]:
    """Keep house in the background for as long as the pages are open."""
    thread = threading.Thread(target=_keep_house, args=[stopped], name="housekeeping", daemon=True)
    thread.start()
    yield
    stopped.set()
    thread.join(JOINED_WITHIN_SECONDS)


def _keep_house(stopped: threading.Event) -> None:
    """Do what is due, again and again; what the database refuses now is tried again an hour later."""
    checked_on, pause = None, FIRST_AFTER_SECONDS
    while not stopped.wait(pause):
        pause = EVERY_SECONDS
        try:
            checked_on = do_what_is_due(checked_on=checked_on)
        except DatabaseError:
            _log.exception("left undone for an hour")
        finally:
            connections.close_all()


def do_what_is_due(*, checked_on: date | None) -> date:
    """Roll every fund up for its province; forget what is old and ask all checks too, unless that was done today.

    Returns today.
    """
    today = timezone.localdate()
    roll_up(on=today)
    forget_workbooks(sent_before=keeping.files_before(now=timezone.now()))
    printing.forget(folders=settings.OMBUN_PRINTING.glob("*/*-*"),
                    begun_before=(timezone.now() - PRINTED_KEPT).timestamp())
    if checked_on != today:
        forget_what_is_old()
        log_findings()
    return today


def forget_what_is_old() -> None:
    """Forget what is kept of workbooks, of people who were turned down and photos of things, in every fund, once its
    time is over."""
    for fund in funds.directory():
        if (actor := operator(code=fund.code)) is not None:
            forget_cells(actor=actor, forgotten_at=timezone.now())
            forget_turned_down(actor=actor, forgotten_at=timezone.now())
            forget_photos(actor=actor, forgotten_at=timezone.now())


def log_findings() -> None:
    """Ask all checks and write a line into the log for everything that they find: numbers and places, no names."""
    if found := checking.everything_found():
        with translation.override("th"):
            for line in checking.in_words(found):
                _log.warning("%s", line)
