"""Two entries of the register that are one person: which values stand, what speaks against it, who is whom. Pure."""
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID, uuid5

from ombun.members.rules.life import Stands
from ombun.members.rules.membership import NewMember
from ombun.members.states import MemberStatus
from ombun.primitives.refusals import Refusal

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "name": ("first_name", "last_name", "name_title"), "national_id": ("national_id", "no_id_reason"),
    "birth": ("born_on", "birth_precision"), "sex": ("stated_sex",), "kind": ("kind",), "village": ("centre_id",),
    "house": ("house_no",), "phone": ("phone",)})
"""What somebody chooses from two entries, and the fields that go together, the main one first. A member number stays
with its entry."""


def values_id(*, merge_id: UUID) -> UUID:
    """The id of the correction that keeps what stood on an entry before a merge."""
    return uuid5(merge_id, "values")


def disputed(*, one: NewMember, other: NewMember) -> tuple[str, ...]:
    """What somebody has to choose: where both entries say something, and not the same."""
    return tuple(choice for choice in CHOICES if _knows(one, choice) and _knows(other, choice)
                 and _said(one, choice) != _said(other, choice))


def known_to_one(*, kept: NewMember, merged: NewMember) -> tuple[str, ...]:
    """What the entry that stays does not know and the other one does."""
    return tuple(choice for choice in CHOICES if _knows(merged, choice) and not _knows(kept, choice))


def chosen(*, kept: NewMember, merged: NewMember, taken: Collection[str]) -> NewMember:
    """The entry that stays, with the other one's values where they were taken."""
    return replace(kept, **{name: getattr(merged, name) for choice in taken for name in CHOICES[choice]})


def _knows(entry: NewMember, choice: str) -> bool:
    return bool(getattr(entry, CHOICES[choice][0]))


def _said(entry: NewMember, choice: str) -> tuple[object, ...]:
    return tuple(getattr(entry, name) or None for name in CHOICES[choice])


def refusals_to_merge(
    *, kept: Stands, merged: Stands, taken: Collection[str], is_guardian_of_the_other: bool
) -> list[Refusal]:
    """Every reason why two entries cannot be one person as they stand: nobody is dead and a member, nor acts for
    themselves as for a child."""
    found = [Refusal(code="members.unknown_choice", about=choice) for choice in sorted(taken) if choice not in CHOICES]
    dead = [one for one in (kept, merged) if one.status == MemberStatus.DECEASED]
    alive = [one for one in (kept, merged) if one.status in (MemberStatus.ACTIVE, MemberStatus.SUSPENDED)]
    if dead and alive:
        found.append(Refusal(code="members.one_died_one_lives", about="members", facts={
            "dead": dead[0].name, "alive": alive[0].name}))
    if is_guardian_of_the_other:
        found.append(Refusal(code="members.guardian_of_the_other", about="members"))
    return found


def persons(*, merges: Mapping[int, int]) -> dict[int, int]:
    """Whose each merged entry is: entry → the entry at the end of its merges (merged → kept)."""
    found = {}
    for entry in merges:
        person = merges[entry]
        while person in merges:
            person = merges[person]
        found[entry] = person
    return found
