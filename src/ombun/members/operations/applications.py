"""Applications for membership: filed, certified by the village centre, resolved by the committee."""
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import F, Max

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Application, Certification, Member, Membership
from ombun.members.operations.beneficiaries import NewList, write_lists
from ombun.members.operations.decisions import refusals_of_resolution, write_resolution
from ombun.members.operations.events import first_events, write_events
from ombun.members.operations.register import write_members
from ombun.members.operations.revisions import OF_MEMBER, apply_changes
from ombun.members.queries.applications import kept_person, open_national_ids, person_of
from ombun.members.queries.entries import persons_of
from ombun.members.queries.life import last_happenings, statuses
from ombun.members.queries.people import member_cards, taken
from ombun.members.rules import applications as rules
from ombun.members.rules.applications import Decision, Paper
from ombun.members.rules.life import Stands
from ombun.members.rules.membership import TEXT_MAX, NewMember
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import WAITING, ApplicationState
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class ApplicationRefused(Refused):
    """The application cannot be taken up, certified or resolved so; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class ApplicationFiled:
    """The number of the application, and whether it was filed before."""

    application_no: int
    was_already_recorded: bool


@use_case
def file_application(
    *, actor: Actor, application_id: UUID, new: NewMember, applied_on: date, member_id: int | None = None,
    recorded_at: datetime
) -> ApplicationFiled:
    """Take up an application as the paper form has it. Whoever asks is not a member yet.

    `member_id` names somebody who was a member before; a national ID that the register knows does so too.
    The same id again is the first answer again. Raises ApplicationRefused with every reason.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if (known := Application.objects.filter(fund_id=actor.fund_id, id=application_id).first()) is not None:
        if known.person != kept_person(new=new) or known.applied_on != applied_on:
            raise ApplicationRefused(Refusal(code="members.same_id_other_application", about="deed"))
        return ApplicationFiled(application_no=known.application_no, was_already_recorded=True)
    before = _known_before(actor, member_id, new.national_id)
    found = rules.refusals_to_apply(
        new=new, applied_on=applied_on, founded_on=fund.founded_on, today=day_in_thailand(recorded_at),
        centre_ids={c.id for c in fund_queries.centres(fund_id=actor.fund_id)},
        open_ids=open_national_ids(fund_id=actor.fund_id, states=WAITING),
        before=_stands(actor, [before]).get(before) if before is not None else None)
    if found:
        raise ApplicationRefused(*found)

    # After this point it must succeed.
    assert new.centre_id is not None
    mine = Application.objects.filter(fund_id=actor.fund_id)
    number = (mine.aggregate(last=Max("application_no"))["last"] or 0) + 1
    Application.objects.create(
        id=application_id, fund_id=actor.fund_id, application_no=number, applied_on=applied_on,
        state=ApplicationState.APPLIED, centre_id=new.centre_id, person=kept_person(new=new), member_id=before,
        recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.applied", subject=f"application:{application_id}",
                       facts={"number": number, "member": before}, happened_at=recorded_at)
    return ApplicationFiled(application_no=number, was_already_recorded=False)


def _known_before(actor: Actor, member_id: int | None, national_id: str | None) -> int | None:
    there = Member.objects.filter(fund_id=actor.fund_id, withdrawn_by__isnull=True, merged_into__isnull=True)
    known = there.filter(id=member_id).first() if member_id is not None else None
    if member_id is not None and known is None:
        raise ApplicationRefused(Refusal(code="members.unknown_member", about=str(member_id)))
    if known is not None and known.erased_on is not None:
        raise ApplicationRefused(Refusal(code="members.is_erased", about=str(member_id), facts={
            "number": known.member_no or "–"}))
    if national_id:
        same = Member.objects.filter(fund_id=actor.fund_id, withdrawn_by__isnull=True, national_id=national_id)
        whose = same.order_by(F("merged_into").asc(nulls_first=True)).values_list("merged_into", "id").first()
        return member_id if whose is None else whose[0] or whose[1]
    return member_id


def _stands(actor: Actor, member_ids: Collection[int]) -> dict[int, Stands]:
    """Where people stand who were in the register before: three statements, none for nobody."""
    if not member_ids:
        return {}
    cards = member_cards(fund_id=actor.fund_id, member_ids=member_ids)
    stood = statuses(fund_id=actor.fund_id, member_ids=member_ids, on=date.max)
    last = last_happenings(fund_id=actor.fund_id, member_ids=member_ids)
    return {i: Stands(name=card.full_name, status=stood[i].status,
                      last_on=None if card.left_reason and not card.left_on else last.get(i))
            for i, card in cards.items()}


def _paper(row: Application) -> Paper:
    person = person_of(kept=row.person, centre_id=row.centre_id)
    return Paper(
        application_no=row.application_no, name=f"{person.name_title}{person.first_name} {person.last_name}".strip(),
        state=ApplicationState(row.state), centre_id=row.centre_id, applied_on=row.applied_on,
        certified_on=row.certified_on, member_id=row.member_id)


@use_case
def certify_application(
    *, actor: Actor, application_id: UUID, certifiers: Collection[UUID], certified_on: date, recorded_at: datetime
) -> None:
    """Write down who of the village centre certified on paper that an application is true.

    The same people on the same day again changes nothing. Raises ApplicationRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    row = Application.objects.filter(fund_id=actor.fund_id, id=application_id).first()
    if row is None:
        raise ApplicationRefused(Refusal(code="members.unknown_application", about=str(application_id)))
    signed = set(Certification.objects.filter(fund_id=actor.fund_id, application_id=application_id)
                 .values_list("person_id", flat=True))
    if row.certified_on == certified_on and signed == set(certifiers):
        return
    found = rules.refusals_to_certify(
        paper=_paper(row), certifiers=certifiers, certified_on=certified_on, today=day_in_thailand(recorded_at),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise ApplicationRefused(*found)

    # After this point it must succeed.
    Certification.objects.bulk_create([Certification(
        fund_id=actor.fund_id, application_id=application_id, person_id=person, signed_on=certified_on,
        recorded_by=actor.user_id, recorded_at=recorded_at) for person in sorted(set(certifiers))])
    Application.objects.filter(fund_id=actor.fund_id, id=application_id).update(
        state=ApplicationState.CERTIFIED, certified_on=certified_on)
    audit.record_event(actor=actor, action="members.application_certified", subject=f"application:{application_id}",
                       facts={"certifiers": sorted(str(person) for person in certifiers)}, happened_at=recorded_at)


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """How many were admitted and turned down, and whether this very page had been sent before."""

    admitted: int
    turned_down: int
    was_already_recorded: bool


@use_case
def resolve_applications(
    *, actor: Actor, decisions: Sequence[Decision], resolution: NewResolution, joined_on: date, clause: str = "",
    recorded_at: datetime
) -> Resolved:
    """Write down what one meeting of the committee resolved about many applications: all of it, or nothing.

    Who is admitted becomes a member from `joined_on`; somebody who was one before begins a new spell under the old
    number. The same again is the first answer again. Raises ApplicationRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    decided = {decision.application_id: decision for decision in decisions}
    rows = _of_people(actor, Application.objects.filter(fund_id=actor.fund_id, id__in=list(decided)))
    admitted = sum(decision.is_admitted for decision in decided.values())
    if rows and len(rows) == len(decided) and all(_says(row, decided[i]) for i, row in rows.items()):
        return Resolved(admitted=admitted, turned_down=len(rows) - admitted, was_already_recorded=True)
    found = _refusals_to_resolve(actor, decided, rows, resolution, joined_on, clause, day_in_thailand(recorded_at))
    if found:
        raise ApplicationRefused(*found)

    # After this point it must succeed.
    resolution_id = write_resolution(actor=actor, new=resolution, recorded_at=recorded_at)
    _admit(actor=actor, rows=[row for i, row in rows.items() if decided[i].is_admitted], decided=decided,
           joined_on=joined_on, resolution_id=resolution_id, clause=clause, recorded_at=recorded_at)
    for i, row in rows.items():
        row.state = ApplicationState.ADMITTED if decided[i].is_admitted else ApplicationState.TURNED_DOWN
        row.resolution_id, row.clause, row.turned_down_because = resolution_id, clause, decided[i].because
    Application.objects.bulk_update(list(rows.values()), [
        "state", "resolution_id", "clause", "turned_down_because", "member_id", "membership_id"])
    audit.record_event(actor=actor, action="members.applications_resolved", subject=f"resolution:{resolution_id}",
                       facts={"admitted": admitted, "turned_down": len(rows) - admitted}, happened_at=recorded_at)
    return Resolved(admitted=admitted, turned_down=len(rows) - admitted, was_already_recorded=False)


def _of_people(actor: Actor, rows: Iterable[Application]) -> dict[UUID, Application]:
    """Applications by id. Who comes again under an entry that was merged since is the person."""
    found = {row.id: row for row in rows}
    whose = persons_of(fund_id=actor.fund_id, entries=[row.member_id for row in found.values() if row.member_id])
    for row in found.values():
        row.member_id = whose.get(row.member_id or 0, row.member_id)
    return found


def _says(row: Application, decision: Decision) -> bool:
    state = ApplicationState.ADMITTED if decision.is_admitted else ApplicationState.TURNED_DOWN
    return (row.state, row.turned_down_because) == (state, decision.because)


def _refusals_to_resolve(
    actor: Actor, decided: Mapping[UUID, Decision], rows: Mapping[UUID, Application], resolution: NewResolution,
    joined_on: date, clause: str, today: date
) -> list[Refusal]:
    if not decided:
        return [Refusal(code="members.nobody_chosen", about="decisions")]
    found = [Refusal(code="members.unknown_application", about=str(i)) for i in decided if i not in rows]
    found += [Refusal(code="members.text_too_long", about=about, facts={"length_max": TEXT_MAX})
              for about, text in [("clause", clause), *((str(i), d.because + d.member_no) for i, d in decided.items())]
              if len(text) > TEXT_MAX]
    numbers = [decision.member_no for decision in decided.values() if decision.member_no]
    ids = {i: row.person.get("national_id") for i, row in rows.items()}
    used, known = taken(fund_id=actor.fund_id, member_nos=numbers, national_ids=[one for one in ids.values() if one])
    twice = {no for no in numbers if numbers.count(no) > 1}
    stands = _stands(actor, [row.member_id for row in rows.values() if row.member_id is not None])
    for i, row in rows.items():
        found += rules.refusals_to_admit(
            decision=decided[i], paper=_paper(row), met_on=resolution.met_on, joined_on=joined_on,
            taken_numbers=used | twice, today=today, is_known_by_now=ids[i] in known,
            stands=stands.get(row.member_id) if row.member_id is not None else None)
    return found + refusals_of_resolution(actor=actor, new=resolution, today=today)


@inside_use_case
def _admit(
    *, actor: Actor, rows: Sequence[Application], decided: Mapping[UUID, Decision], joined_on: date,
    resolution_id: UUID, clause: str, recorded_at: datetime
) -> None:
    """New people are written into the register, those who come again get a new spell; statements do not grow."""
    for row in rows:
        row.membership_id = uuid5(row.id, "membership")
    newcomers = [row for row in rows if row.member_id is None]
    people = [(uuid5(row.id, "membership"), replace(
        person_of(kept=row.person, centre_id=row.centre_id), member_no=decided[row.id].member_no, joined_on=joined_on))
        for row in newcomers]
    ids = write_members(actor=actor, rows=people, resolution_id=resolution_id, clause=clause, recorded_at=recorded_at,
                        applied_on={uuid5(row.id, "membership"): row.applied_on for row in newcomers})
    again = [row for row in rows if row.member_id is not None]
    for row, member_id in zip(newcomers, ids, strict=True):
        row.member_id = member_id
    apply_changes(actor=actor, recorded_at=recorded_at, changes={
        row.member_id: _said_anew(row) for row in again if row.member_id is not None})
    write_lists(actor=actor, recorded_at=recorded_at, lists=[
        NewList(member_id=row.member_id, beneficiaries=named, named_on=row.applied_on, deed_id=row.id) for row in again
        if row.member_id and (named := person_of(kept=row.person, centre_id=row.centre_id).beneficiaries)])
    spells = Membership.objects.bulk_create([Membership(
        id=uuid5(row.id, "membership"), fund_id=actor.fund_id, member_id=row.member_id or 0, joined_on=joined_on)
        for row in again])
    write_events(actor=actor, recorded_at=recorded_at, events=[
        event for spell in spells for event in first_events(spell=spell, resolution_id=resolution_id, clause=clause)])


def _said_anew(row: Application) -> dict[str, object]:
    """What the form says of somebody whom the register knows; what it leaves out stays as it was."""
    person = person_of(kept=row.person, centre_id=row.centre_id)
    said = {name: getattr(person, name) for name in OF_MEMBER if getattr(person, name)}
    return said if person.born_on else {name: value for name, value in said.items() if name != "birth_precision"}
