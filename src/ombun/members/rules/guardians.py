"""Who acts for a child: until when somebody is one, and who may be appointed. Pure."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import TEXT_MAX
from ombun.members.rules.people import Age
from ombun.primitives.refusals import Refusal

OF_AGE_YEARS = 20  # Source: Civil and Commercial Code s.19


@dataclass(frozen=True, kw_only=True)
class NewGuardian:
    """Somebody who acts for a child from a day on: a member of the register, or by name a person outside it."""

    guardian_id: int | None = None
    name: str = ""
    relation: str
    phone: str = ""
    from_on: date


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Somebody who acts or acted for a child, [from_on, until_on)."""

    id: UUID
    guardian_id: int | None
    name: str
    from_on: date
    until_on: date | None


def is_minor(*, age: Age | None) -> bool:
    """Whether somebody certainly is not yet of age; without a birth date nobody is."""
    return age is not None and age.most < OF_AGE_YEARS


def refusals_to_appoint(
    *, new: NewGuardian, child_id: int, guardian_age: Age | None, there: Collection[Acting], today: date
) -> list[Refusal]:
    """Every reason why somebody cannot act for this child so."""
    found = []
    if new.guardian_id is None and not new.name.strip():
        found.append(Refusal(code="members.guardian_not_named", about="name"))
    if new.guardian_id is not None and new.name:
        found.append(Refusal(code="members.guardian_named_in_two_ways", about="name"))
    if new.guardian_id == child_id:
        found.append(Refusal(code="members.guardian_is_the_child", about="guardian"))
    elif is_minor(age=guardian_age):
        found.append(Refusal(code="members.guardian_is_a_minor", about="guardian", facts={"years": OF_AGE_YEARS}))
    if not new.relation.strip():
        found.append(Refusal(code="members.guardian_without_relation", about="relation"))
    if new.from_on > today:
        found.append(Refusal(code="members.future_date", about="from_on", facts={"day": new.from_on}))
    if any((one.guardian_id, one.name) == (new.guardian_id, new.name)
           and (one.until_on is None or one.until_on > new.from_on) for one in there):
        found.append(Refusal(code="members.guardian_acts_already", about="guardian"))
    return found + [Refusal(code="members.text_too_long", about=field, facts={"length_max": TEXT_MAX})
                    for field in ("name", "relation", "phone") if len(getattr(new, field)) > TEXT_MAX]


def refusals_to_end(*, one: Acting, until_on: date, today: date) -> list[Refusal]:
    """Every reason why somebody cannot have ceased to act on this day. The first day itself: it was a mistake."""
    found = []
    if one.until_on is not None:
        found.append(Refusal(code="members.guardian_ended_already", about="until_on", facts={"day": one.until_on}))
    if until_on < one.from_on:
        found.append(Refusal(code="members.ended_before_it_began", about="until_on", facts={"day": one.from_on}))
    if until_on > today:
        found.append(Refusal(code="members.future_date", about="until_on", facts={"day": until_on}))
    return found
