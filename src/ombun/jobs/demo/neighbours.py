"""The people of the tambon: who they are, when they joined, how they pay, and who has left or died since."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from stdnum.th import pin

from ombun.jobs.demo.names import family_name, first_name
from ombun.jobs.demo.seed import Calendar, dice
from ombun.jobs.demo.tambon import FOUNDED_ON, VILLAGES, Village
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind
from ombun.primitives.days import full_years

_SIGNED_FIRST = 6  # in every village, on the founding day: village 4 has 0019 to 0024, whenever the demo is made
_AGES = ((0, 14, 9), (15, 29, 12), (30, 44, 18), (45, 59, 29), (60, 74, 24), (75, 89, 8))  # from, to, per cent
_REASONS = (LeftReason.DECEASED, LeftReason.DECEASED, LeftReason.MOVED, LeftReason.DECEASED, LeftReason.RESIGNED,
            LeftReason.LAPSED, LeftReason.DECEASED, LeftReason.RESIGNED, LeftReason.DECEASED, LeftReason.LAPSED,
            LeftReason.MOVED)


class Habit(StrEnum):
    """How somebody pays."""

    STEADY = "steady"  # every month
    YEARLY = "yearly"  # a whole year at once
    LATE = "late"  # misses a month now and then and makes up for it
    STOPPED = "stopped"  # has not paid for some months


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Why and on which day somebody ceased to be a member."""

    on: date
    reason: LeftReason


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """One person of the tambon who is or was a member. Months are those of the story; `paid_months` may be negative."""

    member_no: str
    moo: int
    house_no: str
    is_woman: bool
    name_title: str
    first_name: str
    last_name: str
    born_on: date
    birth_precision: BirthPrecision
    kind: MemberKind
    national_id: str
    phone: str
    joined_on: date
    beneficiary_name: str
    beneficiary_relation: str
    leaving: Leaving | None
    habit: Habit
    stops_in_month: int
    paid_months: int  # the first month not yet paid when the story begins

    @property
    def full_name(self) -> str:
        """As the register writes it."""
        return f"{self.name_title}{self.first_name} {self.last_name}"

    def age(self, on: date) -> int:
        """Full years on a day."""
        return full_years(self.born_on, on)

    def is_member(self, on: date) -> bool:
        """Whether somebody is a member on a day."""
        return self.joined_on <= on and (self.leaving is None or on < self.leaving.on)


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """Somebody before the member numbers are given out."""

    moo: int
    house_no: str
    last_name: str
    is_woman: bool
    born_on: date
    joined_on: date
    leaving: Leaving | None
    place: int  # in the village, to make everybody's chance their own


def neighbours(calendar: Calendar) -> tuple[Neighbour, ...]:
    """Everybody who is or was a member, numbered in the order of joining."""
    drafts = [draft for village in VILLAGES for draft in _of_village(village, calendar)]
    drafts.sort(key=lambda draft: (draft.joined_on, draft.moo, draft.place))
    return tuple(_finished(draft, number, calendar) for number, draft in enumerate(drafts, start=1))


def _signed_first(village: Village, calendar: Calendar) -> Iterator[_Draft]:
    """Those whom documents may name: the same people with the same numbers, whatever day the demo is made."""
    for place in range(_SIGNED_FIRST):
        chance = dice("signed first", village.moo, place)
        yield _Draft(
            moo=village.moo, house_no=str(place + 1), last_name=family_name(chance), place=place,
            is_woman=chance.random() < 0.53, joined_on=FOUNDED_ON, leaving=None,
            born_on=calendar.today - timedelta(days=chance.randint(46 * 365, 62 * 365)))


def _of_village(village: Village, calendar: Calendar) -> Iterator[_Draft]:
    first = tuple(_signed_first(village, calendar))
    yield from first
    chance = dice("village", village.moo)
    fates: list[LeftReason | None] = [None] * (village.members - len(first))
    fates += [_REASONS[i % len(_REASONS)] for i in range(village.left)]
    chance.shuffle(fates)
    house, free, family = 0, 0, ""
    for place, reason in enumerate(fates, start=len(first)):
        if not free:
            house, free, family = house + 1, chance.choice((1, 2, 2, 3, 3, 4, 5)), family_name(chance)
            if house <= len(first):
                family = first[house - 1].last_name
        free -= 1
        born_on = calendar.today - timedelta(days=int(_age(chance, reason) * 365.25) + chance.randrange(365))
        yield _Draft(
            moo=village.moo, house_no=str(house), last_name=family, place=place, is_woman=chance.random() < 0.53,
            born_on=born_on, joined_on=_joined(chance, calendar, born_on, has_left=reason is not None),
            leaving=None if reason is None else _leaving(chance, calendar, reason))


def _age(chance: Random, reason: LeftReason | None) -> int:
    if reason == LeftReason.DECEASED:
        return chance.randint(62, 92) if chance.random() < 0.85 else chance.randint(35, 61)
    if reason is not None:
        return chance.randint(24, 58)
    low, high, _ = chance.choices(_AGES, weights=[weight for *_, weight in _AGES])[0]
    return chance.randint(low, high)


def _joined(chance: Random, calendar: Calendar, born_on: date, *, has_left: bool) -> date:
    """A fifth founded it, some joined before the story begins, some since; nobody before being born."""
    when = chance.random() * (0.62 if has_left else 1)
    if when < 0.2:
        on = FOUNDED_ON + timedelta(days=1 + chance.randrange(59))
    elif when < 0.62:
        on = FOUNDED_ON + timedelta(days=60 + chance.randrange((calendar.starts_on - FOUNDED_ON).days - 60))
    else:
        on = calendar.starts_on + timedelta(days=chance.randrange((calendar.today - calendar.starts_on).days - 5))
    earliest = born_on + timedelta(days=10)
    return on if on >= earliest else min(earliest + timedelta(days=chance.randrange(400)), calendar.today)


def _leaving(chance: Random, calendar: Calendar, reason: LeftReason) -> Leaving:
    days = (calendar.today - calendar.starts_on).days
    return Leaving(on=calendar.starts_on + timedelta(days=45 + chance.randrange(days - 95)), reason=reason)


def _finished(draft: _Draft, number: int, calendar: Calendar) -> Neighbour:
    chance = dice("neighbour", draft.moo, draft.place)
    age = full_years(draft.born_on, calendar.today)
    habit, stops_in_month, paid_months = _paying(chance, draft, calendar)
    knows_year_only = age >= 65 and chance.random() < 0.03
    return Neighbour(
        member_no=f"{number:04}", moo=draft.moo, house_no=draft.house_no, is_woman=draft.is_woman,
        name_title=_title(chance, age, draft.is_woman), last_name=draft.last_name,
        first_name=first_name(chance, is_woman=draft.is_woman, born_year=draft.born_on.year),
        born_on=draft.born_on.replace(month=1, day=1) if knows_year_only else draft.born_on,
        birth_precision=BirthPrecision.YEAR if knows_year_only else BirthPrecision.DAY,
        kind=_kind(chance, age), national_id=_national_id(chance, number),
        phone=f"060-000-{number:04}" if age >= 15 and chance.random() < (0.6 if age >= 70 else 0.93) else "",
        joined_on=draft.joined_on, leaving=draft.leaving, habit=habit, stops_in_month=stops_in_month,
        paid_months=paid_months, **_beneficiary(chance, age, draft))


def _title(chance: Random, age: int, is_woman: bool) -> str:
    if age < 15:
        return "ด.ญ." if is_woman else "ด.ช."
    if not is_woman:
        return "นาย"
    return "นางสาว" if age < 28 or chance.random() < 0.15 else "นาง"


def _kind(chance: Random, age: int) -> MemberKind:
    if chance.random() < 0.04:
        return chance.choice((MemberKind.DISABLED, MemberKind.DISADVANTAGED))
    if age >= 60:
        return MemberKind.ELDERLY
    return MemberKind.YOUTH if age <= 18 else MemberKind.GENERAL


def _national_id(chance: Random, number: int) -> str:
    """Thirteen digits that begin with 9, which no real person's number does, and end in the right check digit."""
    digits = f"9{chance.randrange(10_000):04}{number:07}"
    return digits + str(pin.calc_check_digit(digits))


def _beneficiary(chance: Random, age: int, draft: _Draft) -> dict[str, str]:
    relation = "บุตร" if age >= 50 else "คู่สมรส" if age >= 25 else "มารดา"
    is_woman = {"บุตร": chance.random() < 0.5, "คู่สมรส": not draft.is_woman, "มารดา": True}[relation]
    name = first_name(chance, is_woman=is_woman, born_year=1985)
    return {"beneficiary_name": f"{'นาง' if is_woman else 'นาย'}{name} {draft.last_name}",
            "beneficiary_relation": relation}


def _paying(chance: Random, draft: _Draft, calendar: Calendar) -> tuple[Habit, int, int]:
    """How somebody pays, the month in which one who stops does so, and the first month not paid at the beginning."""
    never, joined_in = calendar.index(calendar.today) + 1, calendar.index(draft.joined_on)
    luck, was_there = chance.random(), draft.joined_on < calendar.starts_on
    if draft.joined_on == FOUNDED_ON:
        return Habit.STEADY, never, 0
    if draft.leaving is not None:
        if draft.leaving.reason == LeftReason.LAPSED:
            return Habit.STOPPED, calendar.index(draft.leaving.on) - 5, 0
        return Habit.STEADY, never, 0
    if luck < 0.03 and joined_in < never - 12:
        return Habit.STOPPED, never - chance.randint(3, 8), 0 if was_there else joined_in
    if luck < 0.1:
        return Habit.YEARLY, never, chance.randint(0, 11) if was_there else joined_in
    if luck < 0.19:
        return Habit.LATE, never, chance.choice((0, 0, -1, -2)) if was_there else joined_in
    return Habit.STEADY, never, 0 if was_there else joined_in


def staying(people: Sequence[Neighbour], *, moo: int, calendar: Calendar) -> list[Neighbour]:
    """The people of a village one can count on: grown up, long there, paying every month.

    Those who signed first come first, the others in an order of chance.
    """
    settled = [one for one in people if one.moo == moo and one.leaving is None and one.habit == Habit.STEADY
               and one.joined_on < calendar.starts_on and 32 <= one.age(calendar.today) <= 70]
    later = [one for one in settled if one.joined_on > FOUNDED_ON]
    dice("staying", moo).shuffle(later)
    return [*(one for one in settled if one.joined_on == FOUNDED_ON), *later]
