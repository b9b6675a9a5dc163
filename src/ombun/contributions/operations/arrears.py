"""The clause about who does not pay, and members from whom the committee asks no dues."""
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import ArrearsClause as Written
from ombun.contributions.models import Exemption
from ombun.contributions.rules import ArrearsClause, Ground
from ombun.funds import operations as funds
from ombun.members import operations as members
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case


class ClauseRefused(Refused):
    """The clause about arrears cannot be written down so; every reason is listed, and nothing was written."""


class ExemptionRefused(Refused):
    """Members cannot be freed of dues so; every reason is listed, and nothing was written."""


@use_case
def vote_arrears_clause(*, actor: Actor, clause_id: UUID, clause: ArrearsClause, recorded_at: datetime) -> None:
    """Write down what the regulations say from a day on about members who do not pay. The same id changes nothing.

    Nobody loses anything by it: it tells the committee of whom it may decide. Raises ClauseRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = Written.objects.filter(fund_id=actor.fund_id, id=clause_id).first()
    if known is not None:
        if any(getattr(known, name) != said for name, said in vars(clause).items()):
            raise ClauseRefused(Refusal(code="contributions.same_id_other_clause", about=str(clause_id)))
        return
    if found := rules.refusals_to_vote_clause(clause=clause, clauses=queries.clauses(fund_id=actor.fund_id)):
        raise ClauseRefused(*found)
    Written.objects.create(id=clause_id, fund_id=actor.fund_id, recorded_by=actor.user_id, recorded_at=recorded_at,
                           **vars(clause))
    audit.record_event(actor=actor, action="contributions.arrears_clause_voted", subject=f"clause:{clause_id}", facts={
        "clause_no": clause.clause_no, "from_on": clause.from_on.isoformat()}, happened_at=recorded_at)


@use_case
def exempt_members(
    *, actor: Actor, deed_id: UUID, member_ids: Collection[int], ground: Ground, from_on: date, until_on: date | None,
    resolution: NewResolution, recorded_at: datetime
) -> None:
    """Free members of dues for all periods that begin on these days [from, until), as the committee resolved: all of
    them or nobody. The same id again changes nothing. Raises ExemptionRefused with every reason."""
    fund, ids = funds.lock_fund(fund_id=actor.fund_id), sorted(set(member_ids))
    known = list(Exemption.objects.filter(fund_id=actor.fund_id, deed_id=deed_id))
    if known:
        if {(row.member_id, row.ground, row.from_on) for row in known} != {(i, ground, from_on) for i in ids}:
            raise ExemptionRefused(Refusal(code="contributions.same_id_other_exemption", about=str(deed_id)))
        return
    found = rules.refusals_to_exempt(
        member_ids=ids, payers=queries.payers(fund_id=actor.fund_id, member_ids=ids), from_on=from_on,
        exempt=_free_already(actor, ids), until_on=until_on or date.max, books_closed_until=fund.books_closed_until)
    found += members.refusals_of_resolution(actor=actor, new=resolution, today=day_in_thailand(recorded_at))
    if found:
        raise ExemptionRefused(*found)

    # After this point it must succeed.
    resolution_id = members.write_resolution(actor=actor, new=resolution, recorded_at=recorded_at)
    Exemption.objects.bulk_create([Exemption(
        id=uuid5(deed_id, str(i)), fund_id=actor.fund_id, member_id=i, ground=ground.value, from_on=from_on,
        until_on=until_on, deed_id=deed_id, resolution_id=resolution_id, recorded_by=actor.user_id,
        recorded_at=recorded_at) for i in ids])
    audit.record_event(actor=actor, action="contributions.exempted", subject=f"resolution:{resolution_id}", facts={
        "members": ids, "ground": ground, "from_on": from_on.isoformat()}, happened_at=recorded_at)


def _free_already(actor: Actor, ids: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    free: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for member_id, since, until in Exemption.objects.filter(fund_id=actor.fund_id, member_id__in=ids).values_list(
            "member_id", "from_on", "until_on"):
        free[member_id].append((since, until or date.max))
    return free


@use_case
def end_exemption(*, actor: Actor, exemption_id: UUID, until_on: date, recorded_at: datetime) -> None:
    """From a day on somebody pays dues again. The same again changes nothing. Raises ExemptionRefused."""
    fund = funds.lock_fund(fund_id=actor.fund_id)
    row = Exemption.objects.filter(fund_id=actor.fund_id, id=exemption_id).first()
    if row is None:
        raise ExemptionRefused(Refusal(code="contributions.unknown_exemption", about=str(exemption_id)))
    if row.until_on == until_on:
        return
    if found := rules.refusals_to_end(from_on=row.from_on, until_on=until_on, was=row.until_on,
                                      books_closed_until=fund.books_closed_until):
        raise ExemptionRefused(*found)
    Exemption.objects.filter(fund_id=actor.fund_id, id=exemption_id).update(until_on=until_on)
    audit.record_event(actor=actor, action="contributions.exemption_ended", subject=f"exemption:{exemption_id}", facts={
        "until_on": until_on.isoformat()}, happened_at=recorded_at)
