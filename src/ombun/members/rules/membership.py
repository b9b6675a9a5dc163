"""Kinds of members, why a membership ends, and what makes an enrolment acceptable."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ombun.members.rules.beneficiaries import NewBeneficiary, refusals_to_name
from ombun.primitives.days import full_years, month_end
from ombun.primitives.national_id import has_valid_check_digit
from ombun.primitives.refusals import Refusal

TEXT_MAX = 200  # letters in a name, a number, an address: longer is a slip of the hand
TEXT_FIELDS = ("member_no", "name_title", "first_name", "last_name", "house_no", "phone")


class MemberKind(StrEnum):
    """The kinds of CODI Form 1 §3.3."""

    GENERAL = "GENERAL"
    YOUTH = "YOUTH"
    ELDERLY = "ELDERLY"
    DISADVANTAGED = "DISADVANTAGED"
    DISABLED = "DISABLED"
    ORPHAN = "ORPHAN"
    OTHER = "OTHER"


class LeftReason(StrEnum):
    """Why a spell of membership ended. Money is never returned (CODI's form)."""

    RESIGNED = "RESIGNED"
    MOVED = "MOVED"
    LAPSED = "LAPSED"
    EXPELLED = "EXPELLED"
    DECEASED = "DECEASED"


class BirthPrecision(StrEnum):
    """How much of a birth date is known. Old cards carry only a year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class Sex(StrEnum):
    """What the titles tell; whoever has another title may say it, or not."""

    MALE = "MALE"
    FEMALE = "FEMALE"


class NoIdReason(StrEnum):
    """Why somebody is in the register without a national ID number. The first digit is never a reason."""

    NEWBORN = "NEWBORN"
    NO_STATUS = "NO_STATUS"
    NOT_SEEN = "NOT_SEEN"


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """One person as the application form has them."""

    member_no: str
    name_title: str
    first_name: str
    last_name: str
    joined_on: date | None
    centre_id: UUID | None
    national_id: str | None = None
    born_on: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.NONE
    stated_sex: Sex | None = None
    no_id_reason: NoIdReason | None = None
    kind: MemberKind | None = None
    house_no: str = ""
    phone: str = ""
    left_on: date | None = None
    left_reason: LeftReason | None = None
    beneficiaries: tuple[NewBeneficiary, ...] = ()


def latest_birth(*, born_on: date, precision: BirthPrecision) -> date:
    """The last day on which somebody may have been born; a birth date of a month or a year is kept as its first day."""
    return {BirthPrecision.MONTH: month_end(born_on), BirthPrecision.YEAR: date(born_on.year, 12, 31)}.get(
        precision, born_on)


def is_newborn(*, born_on: date | None, precision: BirthPrecision, joined_on: date | None) -> bool:
    """Whether a child may have been without an ID number on joining because the birth was not registered yet: within
    the first year, for a birth is to be registered within fifteen days (Civil Registration Act, section 18). True where
    it cannot be told."""
    return born_on is None or joined_on is None or full_years(
        min(latest_birth(born_on=born_on, precision=precision), joined_on), joined_on) < 1


def refusals_to_enrol(
    *, new: NewMember, founded_on: date, centre_ids: Collection[UUID], taken_numbers: Collection[str],
    taken_ids: Collection[str], today: date, may_say_disabled: bool = False
) -> list[Refusal]:
    """Every reason not to enrol this person as written. That somebody is disabled is said with their consent only."""
    found = []

    def refuse(code: str, **facts: object) -> None:
        found.append(Refusal(code=f"members.{code}", about=new.member_no or new.first_name, facts=facts))

    for field in TEXT_FIELDS:
        if len(getattr(new, field)) > TEXT_MAX:
            found.append(Refusal(code="members.text_too_long", about=field, facts={"length_max": TEXT_MAX}))
    if not new.first_name.strip():
        refuse("missing_name")
    if not new.member_no.strip():
        refuse("missing_member_no")
    elif new.member_no in taken_numbers:
        refuse("member_no_taken", member_no=new.member_no)
    if new.national_id and not has_valid_check_digit(new.national_id):
        refuse("bad_check_digit")
    elif new.national_id and new.national_id in taken_ids:
        refuse("national_id_taken")
    if new.national_id and new.no_id_reason is not None:
        refuse("has_an_id_after_all")
    if new.no_id_reason is NoIdReason.NEWBORN and not is_newborn(
            born_on=new.born_on, precision=new.birth_precision, joined_on=new.joined_on):
        refuse("not_newborn")
    if new.centre_id is None or new.centre_id not in centre_ids:
        refuse("unknown_village")
    if new.joined_on is None:
        refuse("missing_join_date")
    elif new.joined_on < founded_on:
        refuse("joined_before_founding", day=new.joined_on, founded_on=founded_on)
    elif new.joined_on > today:
        refuse("future_date", day=new.joined_on)
    if new.born_on is not None and new.joined_on is not None and new.born_on > new.joined_on:
        refuse("birth_after_join", day=new.born_on)
    if new.kind == MemberKind.DISABLED and not may_say_disabled:
        found.append(Refusal(code="members.disability_needs_consent", about="kind"))
    return found + refusals_to_name(beneficiaries=new.beneficiaries)


def refusals_to_leave(
    *, about: str, left_on: date, because: str, joined_on: date | None, last_on: date | None, today: date
) -> list[Refusal]:
    """Every reason not to write down that somebody left on a day. `last_on`: when the last thing happened to them."""
    found = []
    if joined_on is not None and left_on < joined_on:
        found.append(Refusal(code="members.left_before_joining", about=about, facts={"day": left_on}))
    elif last_on is not None and left_on < last_on:
        found.append(Refusal(code="members.left_before_the_last_event", about="left_on", facts={
            "day": left_on, "last_on": last_on}))
    if left_on > today:
        found.append(Refusal(code="members.future_date", about="left_on", facts={"day": left_on}))
    if len(because) > TEXT_MAX:
        found.append(Refusal(code="members.text_too_long", about="because", facts={"length_max": TEXT_MAX}))
    return found
