"""Households are written down, many at once by house number; people move in and out; number and head are mended."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Household, Member, Residence
from ombun.members.queries.entries import entries_of
from ombun.members.queries.households import household_suggestions
from ombun.members.queries.people import member_cards
from ombun.members.rules import households as rules
from ombun.members.rules.households import Living
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class HouseholdRefused(Refused):
    """The household cannot be so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class HouseholdWritten:
    """Whether this had been written down before."""

    was_already_recorded: bool


_WRITTEN, _KNOWN = HouseholdWritten(was_already_recorded=False), HouseholdWritten(was_already_recorded=True)


@use_case
def found_household(
    *, actor: Actor, household_id: UUID, centre_id: UUID, house_no: str, recorded_at: datetime
) -> HouseholdWritten:
    """Write down a household of a village by its house number; who lives there moves in afterwards.

    The same id again is the first answer again. Raises HouseholdRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if (known := Household.objects.filter(fund_id=actor.fund_id, id=household_id).first()) is not None:
        if (known.centre_id, known.house_no) != (centre_id, house_no):
            raise HouseholdRefused(Refusal(code="members.same_id_other_household", about="deed"))
        return _KNOWN
    found = rules.refusals_of_the_number(
        house_no=house_no, is_taken=bool(_by_number(actor, centre_id, [house_no])))
    if centre_id not in {c.id for c in fund_queries.centres(fund_id=actor.fund_id)}:
        found.append(Refusal(code="members.unknown_village", about="moo"))
    if found:
        raise HouseholdRefused(*found)

    # After this point it must succeed.
    _write_households(actor=actor, centre_id=centre_id, ids={house_no: household_id}, recorded_at=recorded_at)
    _audited(actor, "members.household_founded", household_id, recorded_at, members=0)
    return _WRITTEN


def _by_number(actor: Actor, centre_id: UUID, house_nos: Collection[str]) -> dict[str, UUID]:
    return dict(Household.objects.filter(
        fund_id=actor.fund_id, centre_id=centre_id, house_no__in=list(house_nos)).values_list("house_no", "id"))


@inside_use_case
def _write_households(*, actor: Actor, centre_id: UUID, ids: Mapping[str, UUID], recorded_at: datetime) -> None:
    Household.objects.bulk_create([Household(
        id=i, fund_id=actor.fund_id, centre_id=centre_id, house_no=house_no, recorded_by=actor.user_id,
        recorded_at=recorded_at) for house_no, i in ids.items()])


@inside_use_case
def _write_residences(
    *, actor: Actor, deed_id: UUID, lives_in: Mapping[int, UUID], from_on: date | None, recorded_at: datetime
) -> None:
    Residence.objects.bulk_create([Residence(
        id=uuid5(deed_id, str(member_id)), fund_id=actor.fund_id, household_id=household_id, member_id=member_id,
        from_on=from_on, recorded_by=actor.user_id, recorded_at=recorded_at)
        for member_id, household_id in lives_in.items()])


def _audited(actor: Actor, action: str, household_id: UUID, recorded_at: datetime, **facts: object) -> None:
    audit.record_event(actor=actor, action=action, subject=f"household:{household_id}", facts=facts,
                       happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class HouseholdsGathered:
    """How many people live in a household now who did not before, and whether all of them did already."""

    people: int
    was_already_recorded: bool


@use_case
def gather_households(
    *, actor: Actor, deed_id: UUID, centre_id: UUID, house_nos: Collection[str], recorded_at: datetime
) -> HouseholdsGathered:
    """Let the members of a village who share one of these house numbers be households, many at once: where there is one
    already, they live in it. Since when is not known. The number of statements stays the same.

    The same again is the first answer again. Raises HouseholdRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    suggested = household_suggestions(fund_id=actor.fund_id, centre_id=centre_id, house_nos=house_nos)
    there = _by_number(actor, centre_id, house_nos)
    if house_nos and not suggested and set(there) == set(house_nos):
        return HouseholdsGathered(people=0, was_already_recorded=True)
    found = [] if house_nos else [Refusal(code="members.nobody_chosen", about="house_nos")]
    found += [Refusal(code="members.nobody_in_this_house", about="house_nos", facts={"house_no": house_no})
              for house_no in sorted(set(house_nos) - set(there) - {one.house_no for one in suggested})]
    if found:
        raise HouseholdRefused(*found)

    # After this point it must succeed.
    new = {one.house_no: uuid5(deed_id, one.house_no) for one in suggested if one.house_no not in there}
    _write_households(actor=actor, centre_id=centre_id, ids=new, recorded_at=recorded_at)
    lives_in = {i: (there | new)[one.house_no] for one in suggested for i in one.member_ids}
    _write_residences(actor=actor, deed_id=deed_id, lives_in=lives_in, from_on=None, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.households_gathered", subject=f"centre:{centre_id}", facts={
        "households": len(new), "members": sorted(lives_in)}, happened_at=recorded_at)
    return HouseholdsGathered(people=len(lives_in), was_already_recorded=False)


@use_case
def move_in(
    *, actor: Actor, deed_id: UUID, household_id: UUID, member_ids: Collection[int], from_on: date | None,
    recorded_at: datetime
) -> HouseholdWritten:
    """Write down who lives in a household from a day on (None: nobody knows since when).

    The same id again is the first answer again. Raises HouseholdRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    _known_household(actor, household_id)
    written = {row.id: row for row in Residence.objects.filter(
        fund_id=actor.fund_id, id__in=[uuid5(deed_id, str(i)) for i in member_ids])}
    if written:
        if len(written) < len(set(member_ids)) or {(row.household_id, row.from_on) for row in written.values()} != {
                (household_id, from_on)}:
            raise HouseholdRefused(Refusal(code="members.same_id_other_household", about="deed"))
        return _KNOWN
    cards = member_cards(fund_id=actor.fund_id, member_ids=member_ids)
    entries = entries_of(fund_id=actor.fund_id, member_ids=member_ids)
    there = [replace(_living(row), member_id=entries[row.member_id])
             for row in Residence.objects.filter(fund_id=actor.fund_id, member_id__in=list(entries))]
    found = [Refusal(code="members.unknown_member", about=str(i)) for i in member_ids if i not in cards]
    found += rules.refusals_to_move_in(
        names={i: card.full_name for i, card in cards.items()}, there=there, from_on=from_on,
        today=day_in_thailand(recorded_at)) if cards or not member_ids else []
    if found:
        raise HouseholdRefused(*found)

    # After this point it must succeed.
    _write_residences(actor=actor, deed_id=deed_id, lives_in=dict.fromkeys(cards, household_id), from_on=from_on,
                      recorded_at=recorded_at)
    _audited(actor, "members.moved_in", household_id, recorded_at, members=sorted(cards))
    return _WRITTEN


def _known_household(actor: Actor, household_id: UUID) -> Household:
    row = Household.objects.filter(fund_id=actor.fund_id, id=household_id).first()
    if row is None:
        raise HouseholdRefused(Refusal(code="members.unknown_household", about=str(household_id)))
    return row


def _living(row: Residence) -> Living:
    return Living(household_id=row.household_id, member_id=row.member_id, from_on=row.from_on, until_on=row.until_on)


@use_case
def move_out(
    *, actor: Actor, household_id: UUID, residence_id: UUID, until_on: date, recorded_at: datetime
) -> HouseholdWritten:
    """Write down that somebody no longer lives in a household: `until_on` is the first day without them.

    The first day itself takes a mistake back; a head who moves out heads it no more. The same again is the first answer
    again. Raises HouseholdRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    row = Residence.objects.filter(fund_id=actor.fund_id, id=residence_id, household_id=household_id).first()
    if row is None:
        raise HouseholdRefused(Refusal(code="members.lives_elsewhere", about="until_on"))
    if row.until_on == until_on:
        return _KNOWN
    found = rules.refusals_to_move_out(one=_living(row), until_on=until_on, today=day_in_thailand(recorded_at))
    if found:
        raise HouseholdRefused(*found)

    # After this point it must succeed.
    Residence.objects.filter(fund_id=actor.fund_id, id=residence_id).update(until_on=until_on)
    Household.objects.filter(fund_id=actor.fund_id, id=household_id, head_id__in=[
        row.member_id, *Member.objects.filter(fund_id=actor.fund_id, id=row.member_id, merged_into__isnull=False)
        .values_list("merged_into", flat=True)]).update(head_id=None)
    _audited(actor, "members.moved_out", household_id, recorded_at, member=row.member_id)
    return _WRITTEN


@use_case
def mend_household(
    *, actor: Actor, household_id: UUID, house_no: str, head_id: int | None, recorded_at: datetime
) -> HouseholdWritten:
    """Write down the right house number of a household, and who heads it: somebody who lives there, or nobody.

    The same again changes nothing. Raises HouseholdRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    row = _known_household(actor, household_id)
    if (row.house_no, row.head_id) == (house_no, head_id):
        return _KNOWN
    others = set(_by_number(actor, row.centre_id, [house_no]).values()) - {household_id}
    found = rules.refusals_of_the_number(house_no=house_no, is_taken=bool(others))
    heads = [] if head_id is None else list(entries_of(fund_id=actor.fund_id, member_ids=[head_id]))
    if head_id is not None and not Residence.objects.filter(
            fund_id=actor.fund_id, household_id=household_id, member_id__in=heads, until_on__isnull=True).exists():
        found.append(Refusal(code="members.head_lives_elsewhere", about="head"))
    if found:
        raise HouseholdRefused(*found)

    # After this point it must succeed.
    Household.objects.filter(fund_id=actor.fund_id, id=household_id).update(house_no=house_no, head_id=head_id)
    _audited(actor, "members.household_mended", household_id, recorded_at, head=head_id)
    return _WRITTEN
