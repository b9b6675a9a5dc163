"""Everything that happens in five years, in the order of days."""
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ombun.jobs.demo.committee import Seat
from ombun.jobs.demo.dues import CollectionDay, collection_days
from ombun.jobs.demo.ground import Ground
from ombun.jobs.demo.money import vouchers
from ombun.jobs.demo.needs import Need, needs
from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.rule_book import second_version
from ombun.jobs.demo.seed import MONTHS_OF_HISTORY, Calendar
from ombun.primitives.days import month_end

_HANDED_OVER_ON, _TO_THE_BANK_ON, _CLOSED_ON = 15, 16, 20
_STILL_IN_THEIR_HANDS = (5, 7, 9)  # collectors who have not brought this month's money yet
_HELP_ON = 13  # after the collection days, before the spare money goes to the bank
_FIRST, _SHEETS, _HANDOVERS, _BOOKED, _BANK, _FILED, _CERTIFIED, _DECIDED, _PAID, _CLOSED = range(10)


class Deed(NamedTuple):
    """One thing that happens: the day, its turn on that day, the verb of `Ground` that does it, and to what."""

    on: date
    rank: int
    does: Callable[..., None]
    about: object

    @property
    def closes_until(self) -> date | None:
        """The day up to which the books are closed by this deed, where it is a closing."""
        return month_end(self.about) if self.does is Ground.close and isinstance(self.about, date) else None


def story(people: Sequence[Neighbour], seats: Sequence[Seat], calendar: Calendar) -> list[Deed]:
    """Every deed by day; on one day people leave first, then money comes in, then it goes out."""
    signing = {seat.who.member_no for seat in seats}
    second = second_version(calendar)
    deeds = [
        Deed(second.voted_on, _FIRST, Ground.vote, second),
        *(Deed(one.leaving.on, _FIRST, Ground.see_off, one) for one in people if one.leaving is not None),
        *_collections(collection_days(people, calendar), calendar),
        *(Deed(voucher.on, _BOOKED, Ground.book, voucher) for voucher in vouchers(people, calendar)),
        *_claims(needs(people, signing=signing, calendar=calendar), calendar),
        *_closings(calendar)]
    return sorted(deeds, key=lambda deed: (deed.on, deed.rank))


def _collections(days: Sequence[CollectionDay], calendar: Calendar) -> Iterator[Deed]:
    for month, of_month in groupby(days, key=lambda day: day.month):
        sheets = tuple(of_month)
        yield Deed(max(sheet.collected_on for sheet in sheets), _SHEETS, Ground.collect, sheets)
        for sheet in sheets:
            if month < MONTHS_OF_HISTORY or sheet.moo not in _STILL_IN_THEIR_HANDS:
                yield Deed(calendar.day(month, _HANDED_OVER_ON), _HANDOVERS, Ground.hand_over, sheet)
        if month < MONTHS_OF_HISTORY:
            yield Deed(calendar.day(month, _TO_THE_BANK_ON), _BANK, Ground.bring_to_the_bank, month)


def _claims(asked: Sequence[Need], calendar: Calendar) -> Iterator[Deed]:
    """Claims paid in a month that is closed by now come all at once; those of the open months step by step."""
    past: dict[int, list[Need]] = {}
    for need in asked:
        if need.paid_on is not None and (month := calendar.index(need.paid_on)) < MONTHS_OF_HISTORY - 1:
            past.setdefault(month, []).append(need)
        else:
            yield from _claim(need)
    for month, needs_of_month in past.items():
        yield Deed(calendar.day(month, _HELP_ON), _PAID, Ground.help_in_a_month, needs_of_month)


def _claim(need: Need) -> Iterator[Deed]:
    steps = ((need.filed_on, _FILED, Ground.file), (need.certified_on, _CERTIFIED, Ground.certify),
             (need.decided_on, _DECIDED, Ground.decide), (need.paid_on, _PAID, Ground.pay))
    yield from (Deed(on, rank, does, need) for on, rank, does in steps if on is not None)
    if need.benefit == "disaster" and need.certified_on is None:
        yield Deed(need.filed_on, _CERTIFIED, Ground.help_at_once, need)


def _closings(calendar: Calendar) -> Iterator[Deed]:
    """Each month is closed on the 20th of the next one; last month is not closed yet."""
    for index in range(MONTHS_OF_HISTORY - 1):
        yield Deed(calendar.day(index + 1, _CLOSED_ON), _CLOSED, Ground.close, calendar.month(index))
