"""What a benchmark says: one figure with its unit and goal. The runner adds the machine and the commit."""
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`goal` is written ">=5000" or "<=10", or None where there is none; `n` says how many things were measured."""

    name: str
    figure: float
    unit: str
    goal: str | None
    n: int


def median_seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    """How long some work takes: the median of so many rounds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)
