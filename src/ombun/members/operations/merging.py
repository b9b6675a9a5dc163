"""Two entries of the register that are alike: somebody says whether they are one person or two, and may take it back.

References never change: what was paid, asked for or decided under an entry stays there and counts for the person.
"""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Correction, Member, Merge, NotSamePerson
from ombun.members.operations.beneficiaries import NewList, list_ids, write_lists
from ombun.members.operations.corrections import as_it_stands
from ombun.members.operations.revisions import OF_MEMBER, apply_changes
from ombun.members.queries.beneficiaries import beneficiaries_of
from ombun.members.queries.guardians import guardians_of
from ombun.members.queries.life import statuses
from ombun.members.queries.people import MemberCard, member_cards
from ombun.members.rules import corrections, kept_values, merging
from ombun.members.rules.life import Stands
from ombun.members.rules.membership import NewMember
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class MergeRefused(Refused):
    """It cannot be said so of these two entries; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Whether this had been answered before."""

    was_already_recorded: bool


@use_case
def say_two_persons(*, actor: Actor, answer_id: UUID, one_id: int, other_id: int, recorded_at: datetime) -> Answered:
    """Write down that two entries are two persons, so that nobody is asked about them again.

    The same two again changes nothing, in whichever order. Raises MergeRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    two = {"one_id": min(one_id, other_id), "other_id": max(one_id, other_id)}
    if (known := NotSamePerson.objects.filter(fund_id=actor.fund_id, id=answer_id).first()) is not None:
        if {"one_id": known.one_id, "other_id": known.other_id} != two:
            raise MergeRefused(Refusal(code="members.same_id_other_answer", about="deed"))
        return Answered(was_already_recorded=True)
    _two_of_the_register(actor, one_id, other_id)
    if NotSamePerson.objects.filter(fund_id=actor.fund_id, taken_back_at__isnull=True, **two).exists():
        return Answered(was_already_recorded=True)

    # After this point it must succeed.
    NotSamePerson.objects.create(
        id=answer_id, fund_id=actor.fund_id, recorded_by=actor.user_id, recorded_at=recorded_at, **two)
    audit.record_event(actor=actor, action="members.two_persons", subject=f"member:{two['one_id']}",
                       facts={"other": two["other_id"]}, happened_at=recorded_at)
    return Answered(was_already_recorded=False)


def _two_of_the_register(actor: Actor, one_id: int, other_id: int) -> tuple[MemberCard, MemberCard]:
    """The two people as the register has them; whoever is not in it, or was merged already, is unknown."""
    cards = member_cards(fund_id=actor.fund_id, member_ids=[one_id, other_id])
    found = [Refusal(code="members.unknown_member", about=str(i)) for i in (one_id, other_id)
             if i not in cards or cards[i].is_erased]
    if one_id == other_id:
        found.append(Refusal(code="members.merged_with_itself", about=str(one_id)))
    if found:
        raise MergeRefused(*found)
    return cards[one_id], cards[other_id]


@use_case
def ask_again(*, actor: Actor, answer_id: UUID, recorded_at: datetime) -> Answered:
    """Take back that two entries are two persons: they are asked about again. Twice changes nothing.

    Raises MergeRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = NotSamePerson.objects.filter(fund_id=actor.fund_id, id=answer_id).first()
    if known is None:
        raise MergeRefused(Refusal(code="members.unknown_answer", about=str(answer_id)))
    if known.taken_back_at is not None:
        return Answered(was_already_recorded=True)

    # After this point it must succeed.
    NotSamePerson.objects.filter(fund_id=actor.fund_id, id=answer_id).update(taken_back_at=recorded_at)
    audit.record_event(actor=actor, action="members.asked_again", subject=f"member:{known.one_id}",
                       facts={"other": known.other_id}, happened_at=recorded_at)
    return Answered(was_already_recorded=False)


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Who the person is, which fields have other values now, and whether this had been done before."""

    member_id: int
    fields: tuple[str, ...]
    was_already_recorded: bool


@use_case
def merge_members(
    *, actor: Actor, merge_id: UUID, kept_id: int, merged_id: int, taken_from_merged: Collection[str] = (),
    recorded_at: datetime
) -> Merged:
    """Say that two entries are one person. The kept one stays in the register, the other leads to it from now on.

    `taken_from_merged` names what stands as the merged entry has it (`rules.merging.CHOICES`); what stood there before
    is kept. The same id again is the first answer again. Raises MergeRefused.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    wanted = sorted(set(taken_from_merged))
    if (known := Merge.objects.filter(fund_id=actor.fund_id, id=merge_id).first()) is not None:
        return _first_merge(known, kept_id, merged_id, wanted)
    kept, merged = _two_of_the_register(actor, kept_id, merged_id)
    old = as_it_stands(card=kept)
    found = merging.refusals_to_merge(taken=wanted, is_guardian_of_the_other=any(
        one.guardian_id in (kept_id, merged_id) for acting in guardians_of(
            fund_id=actor.fund_id, member_ids=[kept_id, merged_id]).values() for one in acting),
        **_stands(actor, kept=kept, merged=merged))
    new = old if found else merging.chosen(kept=old, merged=as_it_stands(card=merged), taken=wanted)
    found += _refusals_of_values(actor, old, new, fund.founded_on, day_in_thailand(recorded_at))
    if found:
        raise MergeRefused(*found)

    # After this point it must succeed.
    Merge.objects.create(id=merge_id, fund_id=actor.fund_id, kept_id=kept_id, merged_id=merged_id, taken=wanted,
                         recorded_by=actor.user_id, recorded_at=recorded_at)
    Member.objects.filter(Q(id=merged_id) | Q(merged_into=merged_id), fund_id=actor.fund_id).update(
        merged_into=kept_id)
    changed = corrections.changes(old=old, new=new)
    _hand_over_beneficiaries(actor, merge_id, kept_id, merged_id, recorded_at)
    _write_values(actor, merge_id, kept, changed, recorded_at)
    audit.record_event(actor=actor, action="members.merged", subject=f"member:{kept_id}", happened_at=recorded_at,
                       facts={"merged": merged_id, "fields": sorted(changed)})
    return Merged(member_id=kept_id, fields=tuple(sorted(changed)), was_already_recorded=False)


def _first_merge(known: Merge, kept_id: int, merged_id: int, wanted: list[str]) -> Merged:
    if (known.kept_id, known.merged_id, known.taken) != (kept_id, merged_id, wanted):
        raise MergeRefused(Refusal(code="members.same_id_other_merge", about="deed"))
    correction = _values_of(known)
    return Merged(member_id=kept_id, fields=tuple(sorted(correction.changes if correction else ())),
                  was_already_recorded=True)


def _values_of(merge: Merge) -> Correction | None:
    """What the merge wrote into the entry that stays; None where nothing was, or the person was erased."""
    return Correction.objects.filter(fund_id=merge.fund_id, id=merging.values_id(merge_id=merge.id)).first()


def _stands(actor: Actor, **cards: MemberCard) -> dict[str, Stands]:
    stood = statuses(fund_id=actor.fund_id, member_ids=[card.id for card in cards.values()], on=date.max)
    return {which: Stands(name=card.full_name, status=stood[card.id].status, last_on=None)
            for which, card in cards.items()}


def _refusals_of_values(actor: Actor, old: NewMember, new: NewMember, founded_on: date, today: date) -> list[Refusal]:
    """What is wrong with the chosen values and was not wrong before."""
    centre_ids = {c.id for c in fund_queries.centres(fund_id=actor.fund_id)}
    before, after = (corrections.refusals_to_correct(
        old=old, new=entry, founded_on=founded_on, centre_ids=centre_ids, taken_numbers=(), taken_ids=(), today=today,
        agrees=True)
        for entry in (old, new))
    return [refusal for refusal in after if refusal not in before]


@inside_use_case
def _write_values(
    actor: Actor, merge_id: UUID, kept: MemberCard, changed: Mapping[str, tuple[object, object]], recorded_at: datetime
) -> None:
    """Write the values that were chosen, keep what stood there, close the questions that this answers."""
    if not changed:
        return
    left = corrections.questions_left(questioned=kept.questioned, changed=changed, settled=())
    apply_changes(actor=actor, recorded_at=recorded_at,
                  changes={kept.id: {name: new for name, (_old, new) in changed.items()}})
    Member.objects.filter(fund_id=actor.fund_id, id=kept.id).update(questioned=list(left))
    Correction.objects.create(
        id=merging.values_id(merge_id=merge_id), fund_id=actor.fund_id, member_id=kept.id, recorded_by=actor.user_id,
        recorded_at=recorded_at, settled=sorted(set(kept.questioned) - set(left)),
        changes={name: [kept_values.kept(value=value) for value in pair] for name, pair in changed.items()})


@inside_use_case
def _hand_over_beneficiaries(actor: Actor, deed_id: UUID, kept_id: int, merged_id: int, recorded_at: datetime) -> None:
    """Who was named under the merged entry alone receives from the person from now on."""
    named = beneficiaries_of(fund_id=actor.fund_id, member_ids=[kept_id, merged_id])
    if merged_id in named and kept_id not in named:
        write_lists(actor=actor, recorded_at=recorded_at, lists=[NewList(
            member_id=kept_id, beneficiaries=named[merged_id], named_on=day_in_thailand(recorded_at), deed_id=deed_id)])


@inside_use_case
def _take_back_beneficiaries(actor: Actor, merge: Merge, recorded_at: datetime) -> None:
    """Nobody receives any more because of a merge, unless the list was changed since."""
    ids = {one.id for one in beneficiaries_of(fund_id=actor.fund_id, member_ids=[merge.kept_id]).get(merge.kept_id, ())}
    if ids and ids <= set(list_ids(deed_id=merge.id)):
        write_lists(actor=actor, recorded_at=recorded_at, lists=[NewList(
            member_id=merge.kept_id, beneficiaries=(), named_on=day_in_thailand(recorded_at), deed_id=merge.id)])


@dataclass(frozen=True, kw_only=True)
class Unmerged:
    """Which fields stand again as they did before, and whether this had been done before."""

    fields: tuple[str, ...]
    was_already_recorded: bool


@use_case
def undo_merge(*, actor: Actor, merge_id: UUID, recorded_at: datetime) -> Unmerged:
    """Take a merge back: two entries again, each with everything that was ever written under it.

    A value that the merge wrote is given back where nobody changed it since. Twice changes nothing. Raises
    MergeRefused: no such merge, or an ID that two people would have.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    merge = Merge.objects.filter(fund_id=actor.fund_id, id=merge_id).first()
    if merge is None:
        raise MergeRefused(Refusal(code="members.unknown_merge", about=str(merge_id)))
    if merge.undone_at is not None:
        return Unmerged(fields=(), was_already_recorded=True)
    correction, now = _values_of(merge), _written(actor, merge.kept_id)
    back = {name: kept_values.restored(name=name, value=old)
            for name, (old, new) in (correction.changes if correction else {}).items()
            if kept_values.kept(value=now[name]) == new}
    found = _ids_of_two(actor, merge, (now | back)["national_id"])
    if found:
        raise MergeRefused(*found)

    # After this point it must succeed.
    if correction is not None and back:
        apply_changes(actor=actor, changes={merge.kept_id: back}, recorded_at=recorded_at)
        asked = Member.objects.get(fund_id=actor.fund_id, id=merge.kept_id).questioned
        Member.objects.filter(fund_id=actor.fund_id, id=merge.kept_id).update(
            questioned=[*asked, *(code for code in correction.settled if code not in asked)])
    _take_back_beneficiaries(actor, merge, recorded_at)
    Merge.objects.filter(fund_id=actor.fund_id, id=merge_id).update(undone_at=recorded_at)
    _set_apart(actor, merge)
    audit.record_event(actor=actor, action="members.merge_undone", subject=f"member:{merge.kept_id}",
                       facts={"merged": merge.merged_id, "fields": sorted(back)}, happened_at=recorded_at)
    return Unmerged(fields=tuple(sorted(back)), was_already_recorded=False)


def _written(actor: Actor, member_id: int) -> dict[str, object]:
    """What an entry itself says, also one that was merged since."""
    row = Member.objects.get(fund_id=actor.fund_id, id=member_id)
    return {name: getattr(row, name) for name in OF_MEMBER}


def _ids_of_two(actor: Actor, merge: Merge, kept_would_have: object) -> list[Refusal]:
    """The national ID of the entry that comes back, and of the one that stays, must be nobody else's by now."""
    freed = Member.objects.get(fund_id=actor.fund_id, id=merge.merged_id).national_id
    ids = [str(one) for one in (freed, kept_would_have) if one]
    others = Member.objects.filter(fund_id=actor.fund_id, withdrawn_by__isnull=True, merged_into__isnull=True,
                                   national_id__in=ids).exclude(id=merge.kept_id)
    return [Refusal(code="members.national_id_taken", about="national_id")] if (
        len(set(ids)) < len(ids) or others.exists()) else []


@inside_use_case
def _set_apart(actor: Actor, merge: Merge) -> None:
    """The entry leads to itself again, and so do those that had been merged into it before."""
    standing = dict(Merge.objects.filter(fund_id=actor.fund_id, undone_at__isnull=True).values_list(
        "merged_id", "kept_id"))
    whose = merging.persons(merges=standing)
    Member.objects.filter(fund_id=actor.fund_id, id=merge.merged_id).update(merged_into=whose.get(merge.merged_id))
    Member.objects.filter(fund_id=actor.fund_id, id__in=[
        entry for entry, person in whose.items() if person == merge.merged_id]).update(merged_into=merge.merged_id)
