"""What happens in people's lives and makes them ask for help: births, illness, old age, death, school, a storm."""
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ombun.jobs.demo.neighbours import Neighbour, staying
from ombun.jobs.demo.seed import Calendar, dice
from ombun.jobs.demo.tambon import VILLAGES
from ombun.members.rules.membership import LeftReason
from ombun.primitives.days import full_years

SECOND_RULE_BOOK_MONTH = 26
_STORM_MONTH, _STORM_MOO = 42, 9
_QUIET_DAYS = 40  # what happened in these last days is in `waiting`
_HOSPITALS = ("โรงพยาบาลส่งเสริมสุขภาพตำบล", "โรงพยาบาลอำเภอ", "โรงพยาบาลจังหวัด")
_PAPERS = {
    "birth": ("id_card", "birth_certificate"), "hospital": ("id_card", "medical_certificate"), "elderly": ("id_card",),
    "death": ("death_certificate",), "funeral": ("death_certificate",), "scholarship": ("id_card", "school_report"),
    "disaster": ("id_card", "photograph", "headman_letter"), "ordination": ("id_card", "photograph")}
_COSTS_AT_MOST = {"birth": 100_000, "hospital": 60_000, "elderly": 20_000, "funeral": 100_000, "scholarship": 50_000,
                  "disaster": 200_000, "ordination": 50_000}


@dataclass(frozen=True, kw_only=True)
class Need:
    """One event in a member's life and the days on which the claim went on; None where it still waits."""

    who: Neighbour
    benefit: str
    happened_on: date
    filed_on: date
    certified_on: date | None = None
    decided_on: date | None = None
    paid_on: date | None = None
    units: int | None = None
    details: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells this claim from all others."""
        return f"{self.who.member_no}:{self.benefit}:{self.happened_on}"

    @property
    def payee_name(self) -> str:
        """Who receives the money: the member, or on death the beneficiary."""
        return self.who.beneficiary_name if self.benefit in ("death", "funeral") else self.who.full_name

    @property
    def expected_satang(self) -> int:
        """What it will cost at most, so that enough is in the tin."""
        if self.benefit != "death":
            return _COSTS_AT_MOST[self.benefit]
        return 1_200_000 if full_years(self.who.joined_on, self.happened_on) < 12 else 2_100_000

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that were shown."""
        return _PAPERS[self.benefit]


def needs(people: Sequence[Neighbour], *, signing: Collection[str], calendar: Calendar) -> tuple[Need, ...]:
    """Every claim of the five years, by the day of the event. `signing` are the member numbers of office-holders."""
    asking = [one for one in people if one.member_no not in signing]
    found = [need for one in asking for need in _of_life(one, calendar)]
    found += [*_storm(asking, calendar), *_of_the_passbook(people, calendar)]
    last_on = calendar.today - timedelta(days=_QUIET_DAYS)
    kept: dict[tuple[str, str], Need] = {}
    settled = []
    for need in sorted(found, key=lambda need: (need.happened_on, need.key)):
        same = kept.get((need.who.member_no, need.benefit))
        if need.happened_on <= last_on and (same is None or (need.happened_on - same.happened_on).days > 90):
            kept[need.who.member_no, need.benefit] = need
            settled.append(need)
    busy = {*signing, *(need.who.member_no for need in settled)}
    return (*settled, *_waiting(people, busy, calendar))


def _settled(
    who: Neighbour, benefit: str, on: date, chance: Random, *, units: int | None = None, place: str = ""
) -> Need:
    """A claim that went its way: asked for soon, certified, decided and paid within some days; a death at once."""
    is_urgent = benefit in ("death", "funeral")
    asked = on + timedelta(days=1 if is_urgent else (units or 0) + chance.randint(2, 9))
    certified = asked + timedelta(days=0 if is_urgent else chance.randint(1, 5))
    decided = certified + timedelta(days=0 if is_urgent else chance.randint(1, 4))
    paid = decided + timedelta(days=0 if is_urgent else chance.randint(0, 3))
    return Need(who=who, benefit=benefit, happened_on=on, filed_on=asked, certified_on=certified, decided_on=decided,
                paid_on=paid, units=units, details={"place": place} if place else {})


def _of_life(one: Neighbour, calendar: Calendar) -> Iterator[Need]:
    for year in range(5):
        chance = dice("need", one.member_no, year)
        on = calendar.month(year * 12) + timedelta(days=chance.randrange(365))
        luck = chance.random()
        if one.is_member(on) and one.is_member(on + timedelta(days=8)):
            yield from _in_a_year(one, on, one.age(on), luck, chance,
                                  has_second_book=on >= calendar.month(SECOND_RULE_BOOK_MONTH))
    if one.leaving is not None and one.leaving.reason == LeftReason.DECEASED:
        yield from _at_the_end(one, one.leaving.on, calendar)


def _in_a_year(
    one: Neighbour, on: date, age: int, luck: float, chance: Random, *, has_second_book: bool
) -> Iterator[Need]:
    """At most one need a year: the older, the more often in hospital; then what belongs to each age."""
    in_hospital = 0.018 if age < 60 else 0.045 if age < 70 else 0.08
    if luck < in_hospital:
        yield _settled(one, "hospital", on, chance, units=chance.choice((1, 2, 2, 3, 3, 4, 6)),
                       place=chance.choice(_HOSPITALS))
    elif luck < in_hospital + 0.07 and age >= 60 and (on - one.joined_on).days > 3 * 366:
        yield _settled(one, "elderly", on, chance)
    elif luck < in_hospital + 0.055 and one.is_woman and 20 <= age <= 38:
        yield _settled(one, "birth", on, chance, place=chance.choice(_HOSPITALS[1:]))
    elif has_second_book and luck < in_hospital + 0.06 and 12 <= age <= 18:
        yield _settled(one, "scholarship", on, chance)
    elif has_second_book and luck < in_hospital + 0.02 and not one.is_woman and 20 <= age <= 27:
        yield _settled(one, "ordination", on, chance)


def _at_the_end(one: Neighbour, on: date, calendar: Calendar) -> Iterator[Need]:
    chance = dice("end", one.member_no)
    yield _settled(one, "death", on, chance)
    if on >= calendar.month(SECOND_RULE_BOOK_MONTH):
        yield _settled(one, "funeral", on, chance)


def _storm(asking: Sequence[Neighbour], calendar: Calendar) -> Iterator[Need]:
    """A storm took roofs of one village: one claim a house."""
    on, houses = calendar.day(_STORM_MONTH, 12), set[str]()
    for one in asking:
        if one.moo == _STORM_MOO and len(houses) < 7 and one.house_no not in houses and 25 <= one.age(on) <= 75 \
                and one.leaving is None and (on - one.joined_on).days > 400:
            houses.add(one.house_no)
            yield _settled(one, "disaster", on, dice("storm", one.member_no), place="วาตภัย หลังคาบ้านเสียหาย")


def _of_the_passbook(people: Sequence[Neighbour], calendar: Calendar) -> Iterator[Need]:
    """The member who signs in has something in the passbook: three nights in hospital some months ago."""
    who = member_who_signs_in(people, calendar)
    on = calendar.today - timedelta(days=200)
    yield _settled(who, "hospital", on, dice("passbook"), units=3, place=_HOSPITALS[1])


def member_who_signs_in(people: Sequence[Neighbour], calendar: Calendar) -> Neighbour:
    """The member of village 4 who has a sign-in: one that one can count on, and in no office."""
    return staying(people, moo=4, calendar=calendar)[-1]


def _waiting(people: Sequence[Neighbour], busy: Collection[str], calendar: Calendar) -> Iterator[Need]:
    """Claims of the last days: some wait for the centre, some for the chair, some for the treasurer."""
    def ago(days: int) -> date:
        return calendar.today - timedelta(days=days)

    ready = {village.moo: next(one for one in staying(people, moo=village.moo, calendar=calendar)
                               if one.member_no not in busy) for village in VILLAGES}
    yield Need(who=ready[4], benefit="hospital", happened_on=ago(8), filed_on=ago(3), units=3,
               details={"place": _HOSPITALS[1]})
    yield Need(who=ready[7], benefit="hospital", happened_on=ago(6), filed_on=ago(2), units=2,
               details={"place": _HOSPITALS[2]})
    yield Need(who=ready[12], benefit="disaster", happened_on=ago(9), filed_on=ago(1),
               details={"place": "อัคคีภัย ครัวไฟไหม้"})
    yield Need(who=ready[2], benefit="hospital", happened_on=ago(12), filed_on=ago(7), certified_on=ago(4), units=2,
               details={"place": _HOSPITALS[1]})
    yield Need(who=ready[11], benefit="disaster", happened_on=ago(14), filed_on=ago(9), certified_on=ago(5),
               details={"place": "วาตภัย ต้นไม้ล้มทับบ้าน"})
    yield Need(who=ready[8], benefit="hospital", happened_on=ago(15), filed_on=ago(9), certified_on=ago(6),
               decided_on=ago(1), units=5, details={"place": _HOSPITALS[2]})
    yield Need(who=ready[3], benefit="hospital", happened_on=ago(16), filed_on=ago(11), certified_on=ago(8),
               decided_on=ago(2), units=1, details={"place": _HOSPITALS[0]})


