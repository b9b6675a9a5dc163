"""Who holds which office: three people at every village centre, a collector, and the committee of the fund."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.funds.rules import Office
from ombun.jobs.demo.neighbours import Neighbour, staying
from ombun.jobs.demo.seed import Calendar
from ombun.jobs.demo.tambon import VILLAGES
from ombun.primitives.days import add_months

_FUND_WIDE = (
    ("chair", Office.CHAIR, 1), ("vice-chair", Office.VICE_CHAIR, 2), ("secretary", Office.SECRETARY, 3),
    ("treasurer", Office.TREASURER, 6), ("registrar", Office.REGISTRAR, 7), ("auditor", Office.AUDITOR, 8),
    ("auditor-2", Office.AUDITOR, 9), ("committee-1", Office.COMMITTEE, 11), ("committee-2", Office.COMMITTEE, 12),
    ("adviser", Office.ADVISER, 10))
_CHANGED = {"secretary": 5, "auditor-2": 4}  # somebody else, from this village, held it in the first term


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One term of one person in one office; `key` is the person's name in the story."""

    key: str
    office: Office
    moo: int | None
    who: Neighbour
    from_on: date
    until_on: date


def seats(people: Sequence[Neighbour], calendar: Calendar) -> tuple[Seat, ...]:
    """Every term of every office-holder: two terms of four years, nearly everybody elected again."""
    first, second = add_months(calendar.starts_on, -22), add_months(calendar.starts_on, 26)
    terms = ((first, second), (second, add_months(second, 48)))
    found = []
    for village in VILLAGES:
        ready = staying(people, moo=village.moo, calendar=calendar)
        posts = [(f"centre:{village.moo}:{n}", Office.CENTRE_MEMBER) for n in (1, 2, 3)]
        for (key, office), who in zip([*posts, (collector(village.moo), Office.COLLECTOR)], ready, strict=False):
            found += [Seat(key=key, office=office, moo=village.moo, who=who, from_on=start, until_on=end)
                      for start, end in terms]
        for key, office, moo in _FUND_WIDE:
            if moo == village.moo:
                kept = terms[1:] if key in _CHANGED else terms
                found += [Seat(key=key, office=office, moo=None, who=ready[4], from_on=start, until_on=end)
                          for start, end in kept]
            if _CHANGED.get(key) == village.moo:
                found.append(Seat(key=f"former-{key}", office=office, moo=None, who=ready[4], from_on=first,
                                  until_on=second))
    return tuple(found)


def collector(moo: int) -> str:
    """The key of a village's collector."""
    return f"collector:{moo}"
