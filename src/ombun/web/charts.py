"""Bars drawn on the server: where every bar stands and what it is called. The template only writes the SVG."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.primitives.sentences import month_in_words

WIDTH, HEIGHT, BOTTOM, TOP = 372, 216, 28, 10
DIGIT, BESIDE = 8, 10  # how wide a digit of a label is, and the air beside it
_STEPS = (1, 2, 5)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar in the picture's own units."""

    x: int
    y: int
    width: int
    height: int

    @property
    def after(self) -> int:
        """Where words beside a lying bar begin."""
        return self.x + self.width + 6


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of the picture: two bars, a label, and the numbers in satang."""

    name: str
    label: str
    label_x: int
    income: Bar
    spent: Bar
    in_satang: int
    out_satang: int
    is_last: bool
    is_between: bool  # every other month, counted from the last; a phone has no room for its label


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The whole picture; a line is its height and the baht it stands for."""

    width: int
    height: int
    left: int
    base: int
    months: Sequence[Month]
    has_any: bool
    lines: Sequence[tuple[int, int]]


def bars(months: Sequence[tuple[date, int, int]]) -> Chart:
    """Place the bars of some months (income and expenditure in satang); the scale ends at a round number."""
    highest_satang = max([100, *(max(income, spent) for _, income, spent in months)])
    step = _round_step(-(-highest_satang // 100))
    scale = -(-highest_satang // (step * 100)) * step * 100
    left = len(f"{scale // 100:,}") * DIGIT + BESIDE
    base, slot = HEIGHT - BOTTOM, (WIDTH - left) // max(1, len(months))
    room, thick = base - TOP, slot * 3 // 8

    def bar(index: int, satang: int, offset: int) -> Bar:
        height = room * max(0, satang) // scale
        return Bar(x=left + slot * index + offset, y=base - height, width=thick, height=height)

    placed = [Month(
        name=month_in_words(month), label=month_in_words(month, short=True).split()[0],
        label_x=left + slot * i + slot // 2, income=bar(i, income, slot // 8), spent=bar(i, spent, slot // 8 + thick),
        in_satang=income, out_satang=spent, is_last=i == len(months) - 1,
        is_between=(len(months) - i) % 2 == 0)
        for i, (month, income, spent) in enumerate(months)]
    return Chart(
        width=WIDTH, height=HEIGHT, left=left, base=base, months=placed,
        has_any=any(income or spent for _, income, spent in months),
        lines=[(base - room * baht * 100 // scale, baht) for baht in range(0, scale // 100 + 1, step)])


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two bars one under the other, solid and hatched, with their name before them and the amounts after them."""

    name: str
    y: int
    bars: Sequence[tuple[str, Bar, int]]  # how it is filled, where it lies, how many satang


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of bars from top to bottom in one picture."""

    width: int
    height: int
    pairs: Sequence[Pair]


def pairs(rows: Sequence[tuple[str, int, int]]) -> Pairs:
    """Place two amounts (in satang) under each name; the longest bar fills the room that names and amounts leave."""
    name_width, amount_width, thick, apart = 52, 92, 16, 48
    room = WIDTH - name_width - amount_width
    longest = max([1, *(max(solid, hatched) for _, solid, hatched in rows)])

    def bar(index: int, satang: int, offset: int) -> Bar:
        return Bar(x=name_width, y=apart * index + offset, width=room * satang // longest, height=thick)

    placed = [
        Pair(name=name, y=apart * index + 20, bars=[
            ("in", bar(index, solid, 4), solid), ("out", bar(index, hatched, 6 + thick), hatched)])
        for index, (name, solid, hatched) in enumerate(rows)]
    return Pairs(width=WIDTH, height=apart * len(rows), pairs=placed)


def _round_step(highest: int) -> int:
    """A round step so that three to five of them reach the highest bar."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size * 5 >= highest:
                return step * size
        size *= 10


def percents(parts: Sequence[int]) -> list[int]:
    """Each part in whole per cent; together they are a hundred: what is left after rounding down goes to the largest
    remainders. Where there is nothing at all, 0 each."""
    whole = sum(parts)
    if whole <= 0:
        return [0] * len(parts)
    shares = [part * 100 // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] * 100 % whole))
    for i in by_remainder[:100 - sum(shares)]:
        shares[i] += 1
    return shares
