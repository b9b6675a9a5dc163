"""The demo as a newcomer meets it, in a home of its own: how long it takes, how fast and how heavy its pages are."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from crawling import Visitor
from figures import Figure

from ombun.jobs.demo.sign_ins import PASSWORD, SIGN_INS
from ombun.jobs.machine.paths import PACKAGE
from ombun.jobs.machine.postgres import Cluster

ROUNDS = 7


def run() -> Iterator[Figure]:
    """All figures of this file."""
    with _home() as home:
        with _demo(home) as (_, seconds):
            yield Figure(name="demo_first_start", figure=round(seconds, 1), unit="s", goal="<=120", n=1)
        with _demo(home) as (address, seconds):
            yield Figure(name="demo_second_start_to_first_page", figure=round(seconds, 2), unit="s", goal="<=10", n=1)
            yield from _weights(address)
            yield from _pages(address)


@contextmanager
def _home() -> Iterator[Path]:
    """A folder as of a fresh copy, with nothing made in it; removed with its database afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ombun-bench-"))
    try:
        yield folder
    finally:
        Cluster(folder / "postgres").remove()
        shutil.rmtree(folder)


@contextmanager
def _demo(home: Path) -> Iterator[tuple[str, float]]:
    """`./ombun demo` in that home. Gives its address, and the seconds until the first page was there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OMBUN_")}
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ombun.jobs", "demo", "--no-browser", "--port", address.rstrip("/").rsplit(":")[-1]],
        env=kept | {"OMBUN_HOME": str(home), "PYTHONPATH": str(PACKAGE.parent)}, text=True, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        assert any(line.startswith("ready ") for line in process.stdout), "the demo did not start"
        Visitor(address).get("/")
        yield address, perf_counter() - start
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _weights(address: str) -> Iterator[Figure]:
    """With styles, scripts and both weights of the font, nothing in the browser's cache."""
    visitor = Visitor(address)
    first, home = visitor.bytes_with_parts("/"), visitor.sign_in("treasurer", PASSWORD)
    for name, weight in (("demo_first_page_weight", first), ("demo_home_page_weight", visitor.bytes_with_parts(home))):
        yield Figure(name=name, figure=round(weight / 1000, 1), unit="kB", goal="<=80", n=1)


def _pages(address: str) -> Iterator[Figure]:
    """Every page that links lead to from any desk: the median of several rounds, then the median of all pages."""
    times: dict[str, list[float]] = {}
    papers: set[str] = set()  # set in type on the spot; they have goals of their own
    for one in SIGN_INS:
        visitor = Visitor(address)
        for view, paths in visitor.pages(visitor.sign_in(one.username, PASSWORD)).items():
            times.setdefault(view, []).extend(
                median(visitor.milliseconds(path) for _ in range(ROUNDS)) for path in paths)
        papers |= visitor.papers
    pages = {view: found for view, found in times.items() if view not in papers}
    for view, found in sorted(times.items(), key=lambda item: -median(item[1])):
        name, goal = (f"demo_page {view}", "<=50") if view in pages else (f"demo_paper {view}", None)
        yield Figure(name=name, figure=round(median(found), 1), unit="ms", goal=goal, n=len(found))
    yield Figure(name="demo_pages", figure=round(median(t for found in pages.values() for t in found), 1), unit="ms",
                 goal="<=50", n=len(pages))
