"""Whom a row of the other books means: by number, then by name within the village; other spellings are said."""
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ombun.imports.rules.books import Person
from ombun.imports.rules.cells import Cell, text_of
from ombun.imports.rules.register_row import KnownMember, RowVerdict
from ombun.members.rules import names
from ombun.members.rules.names import NameReading
from ombun.primitives.national_id import digits_of

_ROUND_A_HYPHEN = re.compile(r" ?([-/.]) ?")
_MEN, _WOMEN = {"นาย", "ด.ช.", "พระ"}, {"นาง", "นางสาว", "ด.ญ."}
_TAKEN = {"member_no", "national_id", "name_title", "first_name", "last_name", "moo", "joined_on", "left_on",
          "left_reason"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """Who is meant, or nobody; and the code of what is to be said about it, with its facts."""

    person: Person | None = None
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def people_of(*, rows: Sequence[RowVerdict], known: Sequence[KnownMember]) -> tuple[Person, ...]:
    """Everybody the books can speak of: the register as it is, as the rows of the same files would make it.

    A row left out as a second entry of a person lends them its number, for the grid may use it.
    """
    members = {member.member_id: member for member in known}
    other_numbers: dict[tuple[str, str, int], list[str]] = {}
    for row in rows:
        again = next((found.facts for found in row.reasons if found.code == "duplicate_person"), None)
        if again is not None and "same_row" in again and row.values is not None and row.values.member_no:
            first = (str(again["same_file"]), str(again["same_sheet"]), int(str(again["same_row"])))
            other_numbers.setdefault(first, []).append(row.values.member_no)
    found = []
    for row in rows:
        if row.values is None or not row.is_counted:
            continue
        place, old = (row.file, row.sheet, row.row), members.pop(row.member_id or 0, None)
        values = {name: getattr(row.values, name) or getattr(old, name, None) or getattr(row.values, name)
                  for name in _TAKEN}
        found.append(Person(member_id=row.member_id, place=place, other_numbers=tuple(other_numbers.get(place, ())),
                            **values))
    return (*found, *(Person(member_id=member.member_id, **{name: getattr(member, name) for name in _TAKEN})
                      for member in members.values()))


class People:
    """The people of a fund, found by number and by name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.by_number: dict[str, list[Person]] = {}
        self.by_loose_number: dict[str, list[Person]] = {}
        self.by_id: dict[str, Person] = {}
        self.by_name: dict[tuple[str, str], list[Person]] = {}
        self.by_sound: dict[str, list[Person]] = {}
        self.by_moo: dict[int | None, list[Person]] = {}
        for person in people:
            for number in dict.fromkeys((person.member_no, *person.other_numbers)):
                if number:
                    self.by_number.setdefault(number, []).append(person)
                    self.by_loose_number.setdefault(_loose(number), []).append(person)
            if person.national_id:
                self.by_id[person.national_id] = person
            if person.first_name:
                self.by_name.setdefault((person.first_name, person.last_name), []).append(person)
                self.by_sound.setdefault(_sound(person), []).append(person)
            self.by_moo.setdefault(person.moo, []).append(person)

    def whom(
        self, *, number: Cell, name: NameReading, moo: int | None = None, national_id: Cell = None,
        since: date = date.min, until: date = date.max,
    ) -> Found:
        """Whom a row means that has this number and this name, and stands under this village.

        Of several who fit, those are meant who were members between `since` and `until`. Codes: unknown_member,
        ambiguous_name, name_variant, village_conflict.
        """
        with_id = self.by_id.get(digits_of(text_of(cell=national_id))) if national_id is not None else None
        if with_id is not None:
            return self._said(with_id, name)
        numbered = self._numbered(number)
        if numbered:
            fitting = [one for one in numbered if not name.first_name or not one.first_name or _is_like(one, name)]
            fitting = _same_name(fitting, name) or fitting
            if len(fitting) == 1:
                return self._said(fitting[0], name)
            if len(fitting) > 1:
                return _ambiguous(fitting)
        if not name.first_name:
            return Found(code="unknown_member")
        found = self._named(name, moo, since, until)
        if numbered and found.person is not None:
            return _ambiguous([numbered[0], found.person])
        return _with_other_number(found, number)

    def _numbered(self, number: Cell) -> list[Person]:
        for text in _numbers(number):
            if found := self.by_number.get(text) or self.by_loose_number.get(_loose(text)):
                return found
        return []

    def _said(self, person: Person, name: NameReading) -> Found:
        if not name.first_name or not person.first_name or _has_name(person, name):
            return Found(person=person)
        return Found(person=person, code="name_variant", facts=_whose(person))

    def _named(self, name: NameReading, moo: int | None, since: date, until: date) -> Found:
        exact = self.by_name.get((name.first_name, name.last_name), [])
        sounding = self.by_sound.get(names.sounds(text=f"{name.first_name} {name.last_name}"), [])
        near = [one for one in (*self.by_moo.get(moo, ()), *self.by_moo.get(None, ())) if _is_near(one, name)] \
            if moo is not None and not exact and not sounding else []
        for fitting in (exact, sounding, near):
            here = [one for one in fitting if moo is None or one.moo in (moo, None)]
            here = _narrowed(here, name, since, until)
            if len(here) > 1:
                return _ambiguous(here)
            if here:
                return self._said(here[0], name)
        elsewhere = _narrowed(exact, name, since, until)
        if len(elsewhere) > 1:
            return _ambiguous(elsewhere)
        if elsewhere:
            return Found(person=elsewhere[0], code="village_conflict",
                         facts=_whose(elsewhere[0]) | {"moo": elsewhere[0].moo, "moo_above": moo})
        return Found(code="unknown_member")


def _narrowed(fitting: Sequence[Person], name: NameReading, since: date, until: date) -> list[Person]:
    """Of several who fit the name, those with the same title, then those who were members at the time."""
    found = list(fitting)
    if len(found) > 1:
        found = [one for one in found if one.name_title == name.name_title] or found
    if len(found) > 1:
        found = [one for one in found if (one.left_on is None or one.left_on >= since)
                 and (one.joined_on is None or one.joined_on <= until)] or found
    return found


def _ambiguous(fitting: Sequence[Person]) -> Found:
    return Found(code="ambiguous_name", facts=_whose(fitting[0]) | {
        "other_name": _whose(fitting[1])["same_name"], "other_member_no": _whose(fitting[1])["same_member_no"]})


def _with_other_number(found: Found, number: Cell) -> Found:
    """A person found by name whose own number is another one than the row has: taken, and said."""
    person = found.person
    if person is None or found.code or not person.member_no or isinstance(number, date) or not _numbers(number):
        return found
    return Found(person=person, code="name_variant", facts=_whose(person))


def _whose(person: Person) -> dict[str, object]:
    name = NameReading(name_title=person.name_title, first_name=person.first_name, last_name=person.last_name)
    return {"same_name": name.full_name or "-", "same_member_no": person.member_no or "-"}


def _numbers(number: Cell) -> list[str]:
    """A number as written, or as it was before the spreadsheet turned it into a date."""
    if isinstance(number, date):
        day, month, year = number.day, number.month, number.year % 100
        return [f"{day}-{month}", f"{month}-{day}", f"{month}-{year:02}"]
    text = text_of(cell=number)
    return [] if names.says_nothing(text=text) else [_ROUND_A_HYPHEN.sub(r"\1", text)]


def _loose(number: str) -> str:
    """A number without the zeros before its parts: 01-0001 and 1-1 are one."""
    return re.sub(r"\d+", lambda digits: digits[0].lstrip("0") or "0", re.sub(r"[-/. ]+", "-", number))


def _sound(person: Person) -> str:
    return names.sounds(text=f"{person.first_name} {person.last_name}")


def _has_name(person: Person, name: NameReading) -> bool:
    return (person.first_name, person.last_name) == (name.first_name, name.last_name)


def _same_name(people: Sequence[Person], name: NameReading) -> list[Person]:
    return [one for one in people if _has_name(one, name)]


def _is_like(person: Person, name: NameReading) -> bool:
    """Whether a number may be believed: the names agree, or the first name does (people marry)."""
    return _has_name(person, name) or names.is_alike(one=person.first_name, other=name.first_name) or names.is_alike(
        one=f"{person.first_name} {person.last_name}", other=f"{name.first_name} {name.last_name}")


def _is_near(person: Person, name: NameReading) -> bool:
    """Whether a name alone, misspelt, may be this person's: both parts alike, and no man taken for a woman."""
    one, other = person.name_title, name.name_title
    is_other_sex = (one in _MEN and other in _WOMEN) or (one in _WOMEN and other in _MEN)
    return bool(person.first_name) and not is_other_sex and names.is_alike(
        one=person.first_name, other=name.first_name) and names.is_alike(one=person.last_name, other=name.last_name)
