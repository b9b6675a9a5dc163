"""Receipts of a whole fund as one piece of work: how long it takes, how much memory, and how long pages wait for it."""
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from bench_collections import DAY, MOMENT, Village
from figures import Figure

from ombun.contributions.operations import record_history
from ombun.funds import queries as funds
from ombun.papers import printing
from ombun.papers.gathering import parts_of_days, printed_part
from ombun.papers.printing import Part, Printing
from ombun.primitives.transactions import fund_transaction

MEMBERS, DAYS = 3000, 15  # as many collection days as a large fund has villages
EACH = MEMBERS // DAYS
TICK_SECONDS = .005


def run() -> Iterator[Figure]:
    """All figures of this file."""
    village = Village(MEMBERS)
    record_history(actor=village.actor, received_on=DAY + timedelta(days=DAYS), recorded_at=MOMENT, sheets=[
        replace(sheet, payments=sheet.payments[day * EACH:(day + 1) * EACH])
        for day in range(DAYS) for sheet in [village.sheet(DAY + timedelta(days=day), MEMBERS)]])
    fund_id = village.actor.fund_id
    with fund_transaction(fund_id=fund_id, read_only=True):
        parts = parts_of_days(fund_id=fund_id, from_on=DAY, until_on=DAY + timedelta(days=DAYS))
        fund = funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    memory, held = _Watch(), list[int]()

    def printed(told: Printing, part: Part) -> bytes:
        held.append(_megabytes())
        return printed_part(fund=fund, printing=told, part=part)

    with tempfile.TemporaryDirectory() as root:
        folder = printing.folder_of(root=Path(root), fund_id=fund_id, printing_id=uuid4())
        printing.begin(folder=folder, printing=Printing(
            title="", size="a5", language="th", is_copy=False, parts=parts))
        start = time.perf_counter()
        with memory:
            printing.work(folder=folder, printed=printed)
        seconds = time.perf_counter() - start
    yield Figure(name="receipts_job", figure=round(seconds, 2), unit="s", goal=None, n=MEMBERS)
    yield Figure(name="receipts_job_memory_above_start", figure=memory.most - memory.before, unit="MB", goal="<=300",
                 n=MEMBERS)
    yield Figure(name="receipts_job_memory_grown_after_third_part", figure=held[-1] - held[3], unit="MB", goal="<=30",
                 n=len(parts))
    yield Figure(name="receipts_job_longest_wait_of_others", figure=round(memory.longest_wait * 1000), unit="ms",
                 goal="<=500", n=MEMBERS)


def _megabytes() -> int:
    """What this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 2**20


class _Watch:
    """Looks every few milliseconds, beside the work: at the memory, and at how long it had to wait for its turn."""

    def __init__(self) -> None:
        self.before = self.most = _megabytes()
        self.longest_wait = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        last = time.perf_counter()
        while not self._ended.wait(TICK_SECONDS):
            now = time.perf_counter()
            self.longest_wait = max(self.longest_wait, now - last - TICK_SECONDS)
            self.most = max(self.most, _megabytes())
            last = now
