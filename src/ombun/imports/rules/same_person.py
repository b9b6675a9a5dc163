"""Whether two entries are one person, and which of two was written second."""
from collections.abc import Iterable, Sequence

from ombun.imports.rules.register_row import RegisterRow
from ombun.members.rules import names
from ombun.members.rules.membership import BirthPrecision


def is_same_with_one_id(*, one: RegisterRow, other: RegisterRow) -> bool:
    """Two entries with one valid ID number are one person, unless both name and birth say they are two.

    People marry, move and are misspelt; a whole other first name with another birth date is somebody else's card.
    """
    if not one.first_name or not other.first_name or _is_same_birth(one, other):
        return True
    return names.is_alike(one=one.first_name, other=other.first_name)


def is_same_with_one_number(*, one: RegisterRow, other: RegisterRow) -> bool:
    """Two entries with one member number are one person if their names agree and their IDs do not contradict it."""
    if _has_other_id(one, other):
        return _is_same_name(one, other) and _is_same_birth(one, other)
    if not one.first_name or not other.first_name:
        return not _has_other_birth(one, other)
    return names.is_alike(one=_full(one), other=_full(other)) or (
        _is_same_birth(one, other) and names.is_alike(one=one.first_name, other=other.first_name))


def is_same_by_name(*, one: RegisterRow, other: RegisterRow) -> bool:
    """Two entries of one name, where an ID is missing, are one person if their births agree.

    Where no birth is known, house and joining day must agree. Only names that sound the same pass: twins share birth,
    surname and house.
    """
    if not one.first_name or not _is_same_name(one, other) or (one.national_id and other.national_id):
        return False
    if _is_same_birth(one, other):
        return True
    is_one_house = bool(one.house_no) and one.house_no == other.house_no
    is_one_joining = one.joined_on is not None and one.joined_on == other.joined_on
    return (one.born_on is None or other.born_on is None) and is_one_house and is_one_joining


def name_keys(*, row: RegisterRow) -> Iterable[str]:
    """What `is_same_by_name` needs two entries to share; nothing for an entry without a name."""
    return (names.sounds(text=_full(row)),) if row.first_name else ()


def written_after(*, joined: Sequence[str]) -> list[str]:
    """For each row of a sheet, a day on which it cannot have been written before: the latest joining day down to it.

    A register is filled from the top; a row that stands below people who joined later was written after them.
    Days are ISO texts, "" where unknown.
    """
    latest, found = "", []
    for day in joined:
        latest = max(latest, day)
        found.append(latest)
    return found


def _full(row: RegisterRow) -> str:
    return f"{row.first_name} {row.last_name}"


def _is_same_name(one: RegisterRow, other: RegisterRow) -> bool:
    return names.sounds(text=_full(one)) == names.sounds(text=_full(other))


def _has_other_id(one: RegisterRow, other: RegisterRow) -> bool:
    return bool(one.national_id and other.national_id and one.national_id != other.national_id)


def _is_same_birth(one: RegisterRow, other: RegisterRow) -> bool:
    return one.born_on is not None and one.born_on == other.born_on and \
        one.birth_precision is other.birth_precision is BirthPrecision.DAY


def _has_other_birth(one: RegisterRow, other: RegisterRow) -> bool:
    return one.birth_precision is other.birth_precision is BirthPrecision.DAY and one.born_on != other.born_on
