"""Mending what the register says of a person, and which open questions that answers."""
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from uuid import UUID

from ombun.members.rules.membership import TEXT_FIELDS, MemberKind, NewMember, refusals_to_enrol
from ombun.primitives.refusals import Refusal

_NUMBER, _ID = ("member_no",), ("national_id",)
ANSWERED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "bad_check_digit": _ID, "truncated_id": _ID, "missing_id": _ID, "duplicate_id": _ID,
    "member_no_as_date": _NUMBER, "duplicate_member_no": _NUMBER, "missing_name": ("first_name",),
    "missing_join_date": ("joined_on",), "joined_before_founding": ("joined_on",),
    "ambiguous_year": ("born_on",), "two_digit_year": ("born_on",), "birth_after_join": ("born_on", "joined_on"),
    "impossible_date": ("born_on", "joined_on", "left_on"), "future_date": ("born_on", "joined_on", "left_on"),
    "unknown_village": ("centre_id",), "village_conflict": ("centre_id",), "status_undated": ("left_on",),
    "unclear_life": ("joined_on", "left_on"), "text_too_long": TEXT_FIELDS, "duplicate_person": ()})
"""Which fields answer a question of the importer; one whose fields stay as they are is settled by a person's word."""
_STILL_UNKNOWN = {"missing_name": "first_name", "missing_member_no": "member_no", "unknown_village": "centre_id",
                  "missing_join_date": "joined_on"}
_MAKES_NEWBORN = ("no_id_reason", "born_on", "birth_precision", "joined_on")


def changes(*, old: NewMember, new: NewMember) -> dict[str, tuple[object, object]]:
    """What would be written anew: field → (as it stands, as it should be)."""
    return {name: (getattr(old, name), getattr(new, name)) for name in old.__dataclass_fields__
            if getattr(old, name) != getattr(new, name)}


def questions_left(
    *, questioned: Sequence[str], changed: Collection[str], settled: Collection[str]
) -> tuple[str, ...]:
    """The questions that stay open after some fields changed and somebody said of others that they are right."""
    return tuple(code for code in questioned
                 if code not in settled and not set(ANSWERED_BY.get(code, ())) & set(changed))


def to_be_asked(*, doubts: Collection[str], questioned: Collection[str], empty: Collection[str]) -> tuple[str, ...]:
    """The doubts about somebody known that a person should answer: not asked already, and what would answer them is
    `empty` in the register. That somebody has not left is no gap where another day would answer too."""
    found = []
    for code in doubts:
        fields = set(ANSWERED_BY.get(code, ()))
        if code not in questioned and (fields - {"left_on"} or fields) & set(empty):
            found.append(code)
    return tuple(found)


def refusals_to_correct(
    *, old: NewMember, new: NewMember, founded_on: date, centre_ids: Collection[UUID],
    taken_numbers: Collection[str], taken_ids: Collection[str], today: date, agrees: bool = False
) -> list[Refusal]:
    """Every reason not to write this person down so. What was never known may stay unknown, but nothing is emptied.

    `agrees`: whether a disability may be said of them.
    """
    found = refusals_to_enrol(new=new, founded_on=founded_on, centre_ids=centre_ids, taken_numbers=taken_numbers,
                              taken_ids=taken_ids, today=today,
                              may_say_disabled=agrees or old.kind == MemberKind.DISABLED)
    unknown = {f"members.{code}" for code, field in _STILL_UNKNOWN.items()
               if not getattr(new, field) and not getattr(old, field)}
    if all(getattr(old, told) == getattr(new, told) for told in _MAKES_NEWBORN):
        unknown.add("members.not_newborn")  # it was true when it was written
    found = [refusal for refusal in found if refusal.code not in unknown]
    about = new.member_no or new.first_name
    if new.left_on is not None and new.left_on > today:
        found.append(Refusal(code="members.future_date", about=about, facts={"day": new.left_on}))
    if new.left_on is not None and new.joined_on is not None and new.left_on < new.joined_on:
        found.append(Refusal(code="members.left_before_joining", about=about, facts={"day": new.left_on}))
    if old.left_on is not None and new.left_on is None:
        found.append(Refusal(code="members.leaving_day_emptied", about=about))
    return found
