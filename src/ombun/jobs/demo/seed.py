"""Chance and ids that are the same every time, so that the demo can go on where it was interrupted."""
from datetime import date, datetime
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from ombun.primitives.days import THAILAND, add_months, month_end, month_of

_SEED = "ombun demo fund 1"
_SPACE = uuid5(NAMESPACE_URL, "ombun:demo")
MONTHS_OF_HISTORY = 60


def fixed_id(*words: object) -> UUID:
    """The id of something in the demo, from what it is."""
    return uuid5(_SPACE, ":".join(map(str, words)))


def dice(*words: object) -> Random:
    """Chance for one question, the same every time."""
    return Random(":".join(map(str, (_SEED, *words))))


def moment(day: date) -> datetime:
    """Ten in the morning of a day in Thailand."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=THAILAND)


class Calendar:
    """The five years of the demo, ending on the day it is made. Months are counted from 0."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.starts_on = add_months(month_of(today), -MONTHS_OF_HISTORY)

    def month(self, index: int) -> date:
        """The first day of a month of the story."""
        return add_months(self.starts_on, index)

    def index(self, day: date) -> int:
        """The month of the story in which a day lies; negative before the beginning."""
        return (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month

    def day(self, index: int, number: int) -> date:
        """A day of a month of the story, at the latest its last one and never after today."""
        month = self.month(index)
        return min(month.replace(day=min(number, month_end(month).day)), self.today)
