"""What everybody pays on the collection days of five years."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.jobs.demo.neighbours import Habit, Neighbour
from ombun.jobs.demo.seed import MONTHS_OF_HISTORY, Calendar, dice
from ombun.jobs.demo.tambon import VILLAGES, Village
from ombun.primitives.money import Satang

DUES = Satang(3000)


@dataclass(frozen=True, kw_only=True)
class CollectionDay:
    """One collection day of one village: who paid how much."""

    moo: int
    month: int
    collected_on: date
    payments: tuple[tuple[str, Satang], ...]

    @property
    def total_satang(self) -> Satang:
        """All that was paid."""
        return Satang(sum(satang for _, satang in self.payments))


def collection_days(people: Sequence[Neighbour], calendar: Calendar) -> tuple[CollectionDay, ...]:
    """Every collection day in the order of months. In the month that runs some villages have not collected yet."""
    unpaid_from = {one.member_no: one.paid_months for one in people}
    of_village = {village.moo: [one for one in people if one.moo == village.moo] for village in VILLAGES}
    found = []
    for month in range(MONTHS_OF_HISTORY + 1):
        for village in VILLAGES:
            if month < MONTHS_OF_HISTORY or village.has_collected_this_month:
                day = _collected(village, month, of_village[village.moo], unpaid_from, calendar)
                found += [day] if day.payments else []
    return tuple(found)


def _collected(
    village: Village, month: int, people: Sequence[Neighbour], unpaid_from: dict[str, int], calendar: Calendar
) -> CollectionDay:
    on = calendar.day(month, village.collects_on)
    chance = dice("collection", village.moo, month)
    payments = []
    for one in people:
        months = _months_paid(one, month, unpaid_from[one.member_no], is_away=chance.random() < 0.3)
        if months and one.is_member(on):
            unpaid_from[one.member_no] += months
            payments.append((one.member_no, Satang(months * DUES)))
    return CollectionDay(moo=village.moo, month=month, collected_on=on, payments=tuple(payments))


def _months_paid(one: Neighbour, month: int, unpaid_from: int, *, is_away: bool) -> int:
    """For how many months somebody pays on a collection day: the oldest first, nothing where nothing is due."""
    due = month - unpaid_from + 1
    has_stopped = one.habit == Habit.STOPPED and month >= one.stops_in_month
    if due <= 0 or has_stopped or (one.habit == Habit.LATE and is_away):
        return 0
    return 12 if one.habit == Habit.YEARLY else due
