"""Who receives on a member's death: what a list may say, how one list becomes the next, who has to be told. Pure."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ombun.funds.rules import TEXT_MAX
from ombun.primitives.refusals import Refusal

BENEFICIARIES_MAX = 6
WHOLE_PERCENT = 100
TELL_WITHIN_DAYS = 30  # Source: PDPA s.25(1), whose data came from somebody else is told within thirty days
LAW_SINCE = date(2022, 6, 1)  # Source: the day on which the duties of the PDPA came into force


class ToldHow(StrEnum):
    """How a beneficiary was told that a member named them."""

    IN_PERSON = "IN_PERSON"
    PAPER = "PAPER"
    PHONE = "PHONE"


@dataclass(frozen=True, kw_only=True)
class NewBeneficiary:
    """Somebody who receives, as a member names them. A share is a whole percent; empty where the order counts."""

    name: str
    relation: str = ""
    phone: str = ""
    share_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class Named(NewBeneficiary):
    """Somebody who stands or stood in a list, [named_on, ended_on); when and how they were told of it."""

    id: UUID
    place: int
    named_on: date | None
    ended_on: date | None
    told_on: date | None
    told_how: ToldHow | None


def refusals_to_name(*, beneficiaries: Sequence[NewBeneficiary]) -> list[Refusal]:
    """Every reason not to write down this list. Shares are given to all or to nobody, and are the whole together."""
    found = []
    if len(beneficiaries) > BENEFICIARIES_MAX:
        found.append(Refusal(code="members.too_many_beneficiaries", about="beneficiaries", facts={
            "most": BENEFICIARIES_MAX}))
    for place, one in enumerate(beneficiaries, start=1):
        if not one.name.strip():
            found.append(Refusal(code="members.beneficiary_without_name", about=f"beneficiary_{place}_name", facts={
                "place": place}))
        found += [Refusal(code="members.text_too_long", about=f"beneficiary_{place}_{field}", facts={
            "length_max": TEXT_MAX}) for field in ("name", "relation", "phone") if len(getattr(one, field)) > TEXT_MAX]
    names = [one.name for one in beneficiaries if one.name.strip()]
    found += [Refusal(code="members.beneficiary_named_twice", about=f"beneficiary_{names.index(name) + 1}_name", facts={
        "beneficiary": name}) for name in dict.fromkeys(names) if names.count(name) > 1]
    return found + _refusals_of_shares([one.share_percent for one in beneficiaries])


def _refusals_of_shares(shares: Sequence[int | None]) -> list[Refusal]:
    given = [share for share in shares if share is not None]
    if not given:
        return []
    if len(given) < len(shares):
        return [Refusal(code="members.some_shares_missing", about=f"beneficiary_{shares.index(None) + 1}_share")]
    if sum(given) != WHOLE_PERCENT or min(given) < 1:
        return [Refusal(code="members.shares_are_not_the_whole", about="beneficiary_1_share", facts={
            "percent": sum(given)})]
    return []


def refusals_of_the_day(*, named_on: date, there: Collection[Named], today: date) -> list[Refusal]:
    """Every reason why a list cannot have changed on this day."""
    found = []
    if named_on > today:
        found.append(Refusal(code="members.future_date", about="named_on", facts={"day": named_on}))
    last_on = max((one.named_on for one in there if one.ended_on is None and one.named_on), default=None)
    if last_on is not None and named_on < last_on:
        found.append(Refusal(code="members.beneficiaries_changed_later", about="named_on", facts={"day": last_on}))
    return found


@dataclass(frozen=True, kw_only=True)
class ListChange:
    """What turns one list into the next: who ends, who was a slip of that very day, who goes on, who is new."""

    ended: tuple[UUID, ...] = ()
    mistaken: tuple[UUID, ...] = ()
    going_on: Mapping[UUID, str]  # with the telephone number they have now
    named: tuple[Named, ...] = ()


def list_change(
    *, there: Sequence[Named], wanted: Sequence[NewBeneficiary], named_on: date, ids: Sequence[UUID]
) -> ListChange:
    """How the list of a member becomes the one that is wanted from a day on; a list named later than that stands.

    Whoever keeps place, name, relation and share goes on; whoever was told once need not be told again.
    """
    current = [one for one in there if one.ended_on is None]
    if any(one.named_on is not None and one.named_on > named_on for one in current):
        return ListChange(going_on={})
    again = {_said(one, one.place): one for one in (*(one for one in there if one.ended_on == named_on), *current)}
    told = {one.name: one for one in sorted(there, key=lambda one: one.told_on or date.min)}
    going_on, named = {}, []
    for place, (one, new_id) in enumerate(zip(wanted, ids, strict=True), start=1):
        known = again.get(_said(one, place))
        if known is not None:
            going_on[known.id] = one.phone
            continue
        before = told.get(one.name)
        named.append(Named(
            id=new_id, place=place, name=one.name, relation=one.relation, phone=one.phone,
            share_percent=one.share_percent, named_on=named_on, ended_on=None,
            told_on=before.told_on if before else None, told_how=before.told_how if before else None))
    gone = [one for one in current if one.id not in going_on]
    return ListChange(
        ended=tuple(one.id for one in gone if one.named_on != named_on),
        mistaken=tuple(one.id for one in gone if one.named_on == named_on), going_on=going_on, named=tuple(named))


def _said(one: NewBeneficiary, place: int) -> tuple[int, str, str, int | None]:
    return place, one.name, one.relation, one.share_percent


def with_first(
    *, current: Sequence[NewBeneficiary], name: str | None, relation: str | None
) -> tuple[NewBeneficiary, ...]:
    """A list whose first has another name or relation (None: as it stands); without a name the next moves up.

    This is what a workbook can say, which knows one beneficiary a member.
    """
    first, rest = (current[0], current[1:]) if current else (NewBeneficiary(name=""), ())
    called = first.name if name is None else name
    if not called:
        return tuple(NewBeneficiary(name=one.name, relation=one.relation, phone=one.phone) for one in rest)
    return (NewBeneficiary(
        name=called, relation=first.relation if relation is None else relation, share_percent=first.share_percent,
        phone=first.phone if called == first.name else ""), *rest)


def refusals_to_tell(
    *, ids: Collection[UUID], there: Mapping[UUID, Named], told_on: date, today: date
) -> list[Refusal]:
    """Every reason not to write down that these beneficiaries were told on a day."""
    if not ids:
        return [Refusal(code="members.nobody_chosen", about="beneficiaries")]
    found = [Refusal(code="members.unknown_beneficiary", about=str(i)) for i in ids if i not in there]
    if told_on > today:
        found.append(Refusal(code="members.future_date", about="told_on", facts={"day": told_on}))
    for one in there.values():
        if one.told_on is not None:
            found.append(Refusal(code="members.told_already", about=str(one.id), facts={
                "beneficiary": one.name, "day": one.told_on}))
        elif one.named_on is not None and told_on < one.named_on:
            found.append(Refusal(code="members.told_before_named", about="told_on", facts={
                "beneficiary": one.name, "day": one.named_on}))
    return found
