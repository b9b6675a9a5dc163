"""Who receives on a member's death: named, named anew with the former ones kept, and told."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.members.models import Beneficiary, Member
from ombun.members.queries.beneficiaries import named_of
from ombun.members.rules import beneficiaries as rules
from ombun.members.rules.beneficiaries import Named, NewBeneficiary, ToldHow, with_first
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class BeneficiariesRefused(Refused):
    """The beneficiaries cannot be written down or marked as told so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class BeneficiariesNamed:
    """How many receive now, and whether the list had been written before."""

    beneficiaries: int
    was_already_recorded: bool


@use_case
def name_beneficiaries(
    *, actor: Actor, deed_id: UUID, member_id: int, beneficiaries: Sequence[NewBeneficiary], named_on: date,
    recorded_at: datetime
) -> BeneficiariesNamed:
    """Write down who receives on a member's death from a day on: the whole list, in order, nobody at all included.

    Who is no longer in it stays as history. The same again is the first answer again. Raises BeneficiariesRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if not Member.objects.filter(fund_id=actor.fund_id, id=member_id, withdrawn_by__isnull=True,
                                 merged_into__isnull=True, erased_on__isnull=True).exists():
        raise BeneficiariesRefused(Refusal(code="members.unknown_member", about=str(member_id)))
    there = named_of(rows=Beneficiary.objects.filter(fund_id=actor.fund_id, member_id=member_id)).get(member_id, [])
    answer = BeneficiariesNamed(beneficiaries=len(beneficiaries), was_already_recorded=True)
    if [_said(one) for one in there if one.ended_on is None] == [_said(one) for one in beneficiaries]:
        return answer
    if {one.id for one in there} & set(list_ids(deed_id=deed_id)):
        raise BeneficiariesRefused(Refusal(code="members.same_id_other_beneficiaries", about="deed"))
    found = rules.refusals_to_name(beneficiaries=beneficiaries)
    found += rules.refusals_of_the_day(named_on=named_on, there=there, today=day_in_thailand(recorded_at))
    if found:
        raise BeneficiariesRefused(*found)

    # After this point it must succeed.
    write_lists(actor=actor, recorded_at=recorded_at, lists=[
        NewList(member_id=member_id, beneficiaries=beneficiaries, named_on=named_on, deed_id=deed_id)])
    audit.record_event(actor=actor, action="members.beneficiaries_named", subject=f"member:{member_id}",
                       facts={"beneficiaries": len(beneficiaries)}, happened_at=recorded_at)
    return BeneficiariesNamed(beneficiaries=len(beneficiaries), was_already_recorded=False)


def _said(one: NewBeneficiary) -> tuple[str, str, str, int | None]:
    return one.name, one.relation, one.phone, one.share_percent


def list_ids(*, deed_id: UUID) -> list[UUID]:
    """The ids of everybody whom a deed can name, in their places."""
    return [uuid5(deed_id, str(place)) for place in range(1, rules.BENEFICIARIES_MAX + 1)]


@dataclass(frozen=True, kw_only=True)
class NewList:
    """The whole list of one member as it should stand from a day on; the deed gives everybody new in it an id."""

    member_id: int
    beneficiaries: Sequence[NewBeneficiary]
    named_on: date
    deed_id: UUID


@inside_use_case
def write_lists(*, actor: Actor, lists: Sequence[NewList], recorded_at: datetime) -> None:
    """Let the lists of many members become what they should be: a constant number of statements."""
    mine = Beneficiary.objects.filter(fund_id=actor.fund_id)
    rows = {row.id: row for row in mine.filter(member_id__in=[one.member_id for one in lists])}
    there = named_of(rows=rows.values())
    changes = [(one, rules.list_change(
        there=there.get(one.member_id, []), wanted=one.beneficiaries, named_on=one.named_on,
        ids=list_ids(deed_id=one.deed_id)[:len(one.beneficiaries)])) for one in lists]
    for one, change in changes:
        for i in change.ended:
            rows[i].ended_on = one.named_on
        for i, phone in change.going_on.items():
            rows[i].ended_on, rows[i].phone = None, phone
    ended = [rows[i] for _, change in changes for i in change.ended]
    going_on = [rows[i] for _, change in changes for i in change.going_on]
    mine.filter(id__in=[i for _, change in changes for i in change.mistaken]).delete()
    Beneficiary.objects.bulk_update(ended, ["ended_on"], batch_size=500)
    Beneficiary.objects.bulk_update(going_on, ["ended_on", "phone"], batch_size=500)
    Beneficiary.objects.bulk_create([_row(actor, list_.member_id, one, recorded_at)
                                     for list_, change in changes for one in change.named])


def _row(actor: Actor, member_id: int, one: Named, recorded_at: datetime) -> Beneficiary:
    return Beneficiary(
        id=one.id, fund_id=actor.fund_id, member_id=member_id, place=one.place, name=one.name, relation=one.relation,
        phone=one.phone, share_percent=one.share_percent, named_on=one.named_on, told_on=one.told_on,
        told_how=one.told_how, recorded_by=actor.user_id, recorded_at=recorded_at)


@inside_use_case
def write_first_lists(
    *, actor: Actor, lists: Mapping[int, tuple[UUID, Sequence[NewBeneficiary], date | None]], recorded_at: datetime
) -> None:
    """Write whom new members name, member → (deed, list, since when or nobody knows): one statement."""
    Beneficiary.objects.bulk_create([
        Beneficiary(
            id=uuid5(deed_id, str(place)), fund_id=actor.fund_id, member_id=member_id, place=place, name=one.name,
            relation=one.relation, phone=one.phone, share_percent=one.share_percent, named_on=named_on,
            recorded_by=actor.user_id, recorded_at=recorded_at)
        for member_id, (deed_id, named, named_on) in lists.items() for place, one in enumerate(named, start=1)])


@inside_use_case
def rename_first(
    *, actor: Actor, said: Mapping[int, tuple[str | None, str | None]], deeds: Mapping[int, UUID], recorded_at: datetime
) -> None:
    """Give members another first beneficiary from today on, member → (name, relation; None leaves it as it stands)."""
    current = named_of(rows=Beneficiary.objects.filter(
        fund_id=actor.fund_id, member_id__in=list(said), ended_on__isnull=True))
    write_lists(actor=actor, recorded_at=recorded_at, lists=[NewList(
        member_id=i, named_on=day_in_thailand(recorded_at), deed_id=uuid5(deeds[i], recorded_at.isoformat()),
        beneficiaries=with_first(current=current.get(i, ()), name=name, relation=relation))
        for i, (name, relation) in said.items()])


@use_case
def take_back_telling(*, actor: Actor, member_id: int, beneficiary_id: UUID, recorded_at: datetime) -> None:
    """Write down that a beneficiary of a member was not told after all; whoever was not told stays so.

    Raises BeneficiariesRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    row = Beneficiary.objects.filter(
        fund_id=actor.fund_id, id=beneficiary_id, member_id=member_id, ended_on__isnull=True).first()
    if row is None:
        raise BeneficiariesRefused(Refusal(code="members.unknown_beneficiary", about=str(beneficiary_id)))
    if row.told_on is None:
        return
    Beneficiary.objects.filter(fund_id=actor.fund_id, id=beneficiary_id).update(told_on=None, told_how=None)
    audit.record_event(actor=actor, action="members.telling_taken_back", subject=f"member:{member_id}", facts={
        "beneficiary": str(beneficiary_id), "told_on": row.told_on.isoformat()}, happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class BeneficiariesTold:
    """How many were told, and whether this had been written before."""

    beneficiaries: int
    was_already_recorded: bool


@use_case
def tell_beneficiaries(
    *, actor: Actor, beneficiary_ids: Collection[UUID], told_on: date, told_how: ToldHow, recorded_at: datetime
) -> BeneficiariesTold:
    """Write down that beneficiaries were told that a member named them, many at once: all of them or nobody.

    The same again is the first answer again. Source: PDPA s.25. Raises BeneficiariesRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    rows = list(Beneficiary.objects.filter(fund_id=actor.fund_id, id__in=list(beneficiary_ids)))
    ids = set(beneficiary_ids)
    if ids and len(rows) == len(ids) and all((row.told_on, row.told_how) == (told_on, told_how) for row in rows):
        return BeneficiariesTold(beneficiaries=len(ids), was_already_recorded=True)
    found = rules.refusals_to_tell(
        ids=ids, there={one.id: one for named in named_of(rows=rows).values() for one in named}, told_on=told_on,
        today=day_in_thailand(recorded_at))
    if found:
        raise BeneficiariesRefused(*found)

    # After this point it must succeed.
    Beneficiary.objects.filter(fund_id=actor.fund_id, id__in=list(ids)).update(told_on=told_on, told_how=told_how)
    audit.record_event(actor=actor, action="members.beneficiaries_told", subject=f"fund:{actor.fund_id}", facts={
        "beneficiaries": sorted(str(i) for i in ids), "how": told_how}, happened_at=recorded_at)
    return BeneficiariesTold(beneficiaries=len(ids), was_already_recorded=False)
