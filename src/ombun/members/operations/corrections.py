"""What the register says of a person is mended, with both versions kept until the person is erased."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members import queries
from ombun.members.models import Correction, Member
from ombun.members.operations.revisions import apply_changes
from ombun.members.queries import MemberCard
from ombun.members.queries.consents import agreeing
from ombun.members.queries.people import taken
from ombun.members.rules import corrections, kept_values
from ombun.members.rules.consents import Purpose
from ombun.members.rules.membership import NewMember
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class CorrectionRefused(Refused):
    """The register cannot say this of the person; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """Which fields changed, and which questions about the person stay open."""

    fields: tuple[str, ...]
    questions_left: tuple[str, ...]
    was_already_recorded: bool


@use_case
def correct_member(
    *, actor: Actor, correction_id: UUID, member_id: int, person: NewMember, settled: Collection[str] = (),
    corrected_on: date, recorded_at: datetime
) -> Corrected:
    """Write a person down as they really are, and close the questions that this answers.

    `person` is the whole entry as it should stand; `settled` are questions about cells that are right as they are.
    The same id again is the first answer again. Raises CorrectionRefused; then nothing changes.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    card = queries.member_card(fund_id=actor.fund_id, member_id=member_id)
    if card is None:
        raise CorrectionRefused(Refusal(code="members.unknown_member", about=str(member_id)))
    if (known := Correction.objects.filter(fund_id=actor.fund_id, id=correction_id).first()) is not None:
        return _first_answer(known, card, person)
    if card.is_erased:
        raise CorrectionRefused(Refusal(code="members.is_erased", about=str(member_id), facts={
            "number": card.member_no or "–"}))
    old = as_it_stands(card=card)
    numbers, ids = taken(fund_id=actor.fund_id, member_nos=[person.member_no],
                         national_ids=[person.national_id or ""], besides=member_id)
    found = corrections.refusals_to_correct(
        old=old, new=person, founded_on=fund.founded_on, today=corrected_on, taken_numbers=numbers, taken_ids=ids,
        agrees=member_id in agreeing(fund_id=actor.fund_id, member_ids=[member_id], purpose=Purpose.DISABILITY),
        centre_ids={c.id for c in fund_queries.centres(fund_id=actor.fund_id)})
    if found:
        raise CorrectionRefused(*found)

    # After this point it must succeed.
    changed = corrections.changes(old=old, new=person)
    left = corrections.questions_left(questioned=card.questioned, changed=changed, settled=settled)
    apply_changes(actor=actor, changes={member_id: {name: pair[1] for name, pair in changed.items()}},
                  recorded_at=recorded_at)
    Member.objects.filter(fund_id=actor.fund_id, id=member_id).update(questioned=list(left))
    Correction.objects.create(
        id=correction_id, fund_id=actor.fund_id, member_id=member_id, recorded_by=actor.user_id,
        recorded_at=recorded_at, settled=sorted(set(settled) & set(card.questioned)),
        changes={name: [kept_values.kept(value=value) for value in pair] for name, pair in changed.items()})
    audit.record_event(actor=actor, action="members.corrected", subject=f"member:{member_id}", happened_at=recorded_at,
                       facts={"fields": sorted(changed), "questions_left": len(left)})
    return Corrected(fields=tuple(sorted(changed)), questions_left=left, was_already_recorded=False)


@inside_use_case
def close_questions(*, actor: Actor, changed: Mapping[int, Collection[str]]) -> None:
    """Close the questions about people which new values of their fields answer: member id → fields. Two statements."""
    asked = list(Member.objects.filter(fund_id=actor.fund_id, id__in=list(changed)).exclude(questioned=[]))
    for member in asked:
        member.questioned = list(corrections.questions_left(
            questioned=member.questioned, changed=changed[member.id], settled=()))
    Member.objects.bulk_update(asked, ["questioned"], batch_size=500)


@inside_use_case
def reopen_questions(
    *, actor: Actor, asked: Mapping[int, Collection[str]], changed: Mapping[int, Collection[str]]
) -> None:
    """Open those questions again that fields answered which now have their old values back. Two statements.

    `asked`: member id → whatever was asked about them; `changed`: member id → fields.
    """
    people = list(Member.objects.filter(fund_id=actor.fund_id, id__in=list(changed)))
    for member in people:
        answered = [code for code in asked.get(member.id, ()) if code in corrections.ANSWERED_BY
                    and set(corrections.ANSWERED_BY[code]) & set(changed[member.id])]
        member.questioned = list(dict.fromkeys((*member.questioned, *answered)))
    Member.objects.bulk_update(people, ["questioned"], batch_size=500)


@inside_use_case
def ask_about(*, actor: Actor, doubts: Mapping[int, Collection[str]]) -> Mapping[int, Sequence[str]]:
    """Ask a person about members known already, where the register has nothing that answers a doubt: member id → codes
    of doubts. Returns what is asked anew. Three statements."""
    cards = queries.member_cards(fund_id=actor.fund_id, member_ids=doubts)
    asked = {card.id: corrections.to_be_asked(
        doubts=doubts[card.id], questioned=card.questioned,
        empty=[name for name in NewMember.__dataclass_fields__ if getattr(card, name, None) in (None, "")])
        for card in cards.values() if not card.is_erased}
    asked = {member_id: codes for member_id, codes in asked.items() if codes}
    people = list(Member.objects.filter(fund_id=actor.fund_id, id__in=list(asked)))
    for member in people:
        member.questioned = [*member.questioned, *asked[member.id]]
    Member.objects.bulk_update(people, ["questioned"], batch_size=500)
    return asked


@inside_use_case
def ask_no_more(*, actor: Actor, asked: Mapping[int, Collection[str]]) -> None:
    """Take questions about people back that nobody has answered: member id → codes. Two statements."""
    people = list(Member.objects.filter(fund_id=actor.fund_id, id__in=list(asked)))
    for member in people:
        member.questioned = [code for code in member.questioned if code not in asked[member.id]]
    Member.objects.bulk_update(people, ["questioned"], batch_size=500)


def as_it_stands(*, card: MemberCard) -> NewMember:
    """A member's entry as the register has it now; whom they named is a list of its own."""
    return NewMember(**{name: getattr(card, name) for name in NewMember.__dataclass_fields__
                        if name != "beneficiaries"})


def _first_answer(known: Correction, card: MemberCard, person: NewMember) -> Corrected:
    if known.member_id != card.id or any(
            pair[1] != kept_values.kept(value=getattr(person, name)) for name, pair in known.changes.items()):
        raise CorrectionRefused(Refusal(code="members.same_id_other_correction", about=str(known.id)))
    return Corrected(fields=tuple(sorted(known.changes)), questions_left=card.questioned, was_already_recorded=True)
