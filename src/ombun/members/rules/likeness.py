"""Whether two entries of the register may be one person, how surely, and why. Pure: no database, no clock."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from ombun.members.rules.membership import BirthPrecision
from ombun.members.rules.sound import sound_key

SURE, NEARLY_SURE, LIKELY = 100, 85, 60  # what is less than likely is not asked about


class Sign(StrEnum):
    """One thing that speaks for one person, or against."""

    SAME_ID = "same_id"
    ID_TWISTED = "id_twisted"
    SAME_NAME = "same_name"
    NAME_SOUNDS_ALIKE = "name_sounds_alike"
    FIRST_NAME_ALIKE = "first_name_alike"
    SAME_BIRTH = "same_birth"
    SAME_BIRTH_YEAR = "same_birth_year"
    SAME_HOUSE = "same_house"
    SAME_PHONE = "same_phone"
    OTHER_VILLAGE = "other_village"
    TWO_SPELLS = "two_spells"
    OTHER_ID = "other_id"
    OTHER_BIRTH = "other_birth"
    OTHER_FIRST_NAME = "other_first_name"


WEIGHTS = {
    Sign.SAME_ID: 90, Sign.ID_TWISTED: 35, Sign.SAME_NAME: 45, Sign.NAME_SOUNDS_ALIKE: 35, Sign.FIRST_NAME_ALIKE: 15,
    Sign.SAME_BIRTH: 40, Sign.SAME_BIRTH_YEAR: 15, Sign.SAME_HOUSE: 15, Sign.SAME_PHONE: 25, Sign.OTHER_VILLAGE: 0,
    Sign.TWO_SPELLS: 0, Sign.OTHER_ID: -60, Sign.OTHER_BIRTH: -40, Sign.OTHER_FIRST_NAME: -40}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an entry says of a person, as far as two entries can be compared by it."""

    first_name: str
    last_name: str
    national_id: str | None = None
    born_on: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.NONE
    house_no: str = ""
    phone: str = ""
    moo: int | None = None
    has_left: bool = False

    @cached_property
    def sounds(self) -> tuple[str, str]:
        """First and last name as they are heard."""
        return sound_key(text=self.first_name), sound_key(text=self.last_name)


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How sure it is (0 to 100) that two entries are one person, and every sign, the weightiest first."""

    score: int
    signs: tuple[Sign, ...]

    @property
    def is_nearly_sure(self) -> bool:
        """Whether it would be a wonder if they were two."""
        return self.score >= NEARLY_SURE

    @property
    def is_worth_asking(self) -> bool:
        """Whether a person should look at the two."""
        return self.score >= LIKELY


def likeness(*, one: Entry, other: Entry) -> Likeness:
    """How alike two entries are; the order of the two does not matter.

    Twins share birth, surname and house: a whole other first name speaks against. Two ID numbers that differ by one
    digit, or by two that changed places, may be one that was mistyped.
    """
    signs = [*_of_name(one, other), *_of_id(one, other), *_of_birth(one, other), *_of_place(one, other)]
    score = max(0, min(SURE, sum(WEIGHTS[sign] for sign in signs)))
    return Likeness(score=score, signs=tuple(sorted(signs, key=lambda sign: -abs(WEIGHTS[sign]))))


def _of_name(one: Entry, other: Entry) -> Sequence[Sign]:
    a, b = (one.first_name, one.last_name), (other.first_name, other.last_name)
    if not one.first_name or not other.first_name:
        return ()
    if a == b:
        return (Sign.SAME_NAME,)
    first, other_first = one.sounds[0], other.sounds[0]
    if one.sounds == other.sounds:
        return (Sign.NAME_SOUNDS_ALIKE,)
    if first == other_first or _nearly(first, other_first):
        return (Sign.FIRST_NAME_ALIKE,)
    return (Sign.OTHER_FIRST_NAME,)


def _nearly(a: str, b: str) -> bool:
    """A quarter of the letters may differ."""
    blocks = SequenceMatcher(None, min(a, b), max(a, b), autojunk=False).get_matching_blocks()
    return 8 * sum(block.size for block in blocks) >= 3 * (len(a) + len(b))


def _of_id(one: Entry, other: Entry) -> Sequence[Sign]:
    a, b = one.national_id, other.national_id
    if not a or not b:
        return ()
    if a == b:
        return (Sign.SAME_ID,)
    places = [place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    swapped = len(places) == 2 and places[1] - places[0] == 1 and a[places[0]] == b[places[1]] and \
        a[places[1]] == b[places[0]]
    return (Sign.ID_TWISTED,) if len(a) == len(b) and (len(places) == 1 or swapped) else (Sign.OTHER_ID,)


def _of_birth(one: Entry, other: Entry) -> Sequence[Sign]:
    if one.born_on is None or other.born_on is None:
        return ()
    if one.birth_precision == other.birth_precision == BirthPrecision.DAY:
        return (Sign.SAME_BIRTH if one.born_on == other.born_on else Sign.OTHER_BIRTH,)
    return (Sign.SAME_BIRTH_YEAR if one.born_on.year == other.born_on.year else Sign.OTHER_BIRTH,)


def _of_place(one: Entry, other: Entry) -> Sequence[Sign]:
    found = []
    is_one_village = one.moo is None or other.moo is None or one.moo == other.moo
    if not is_one_village:
        found.append(Sign.OTHER_VILLAGE)
    elif one.house_no and one.house_no == other.house_no:
        found.append(Sign.SAME_HOUSE)
    if one.phone and one.phone == other.phone:
        found.append(Sign.SAME_PHONE)
    if one.has_left != other.has_left:
        found.append(Sign.TWO_SPELLS)
    return found
