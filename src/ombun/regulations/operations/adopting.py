"""A meeting votes a new version of the regulations."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case
from ombun.regulations import queries
from ombun.regulations.models import Clause, Provision, RegulationVersion
from ombun.regulations.rules import clauses
from ombun.regulations.rules.clauses import InForce, NewVersion

RECORDERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.TREASURER})


class AdoptionRefused(Refused):
    """The version cannot be adopted as written; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class VersionAdopted:
    """A version of the rule book that is written down, with how many clauses, and whether it was before."""

    version_id: UUID
    number: int
    clauses: int
    was_already_recorded: bool


@use_case
def adopt_version(*, actor: Actor, version: NewVersion, recorded_at: datetime) -> VersionAdopted:
    """Write down the regulations as the members' meeting voted them; the version before ends when this one begins.

    The caller made `version.id`; sent twice, the first answer comes again. Raises AdoptionRefused with every reason:
    days that overlap, and every rule that cannot be read, with its path.
    """
    return write_version(actor=actor, version=version, recorded_at=recorded_at)


@inside_use_case
def write_version(*, actor: Actor, version: NewVersion, recorded_at: datetime) -> VersionAdopted:
    """The same inside another verb of this room."""
    funds.lock_fund(fund_id=actor.fund_id)
    fingerprint = clauses.digest(version=version)
    known = RegulationVersion.objects.filter(fund_id=actor.fund_id, id=version.id).first()
    if known is not None and known.digest == fingerprint:
        return VersionAdopted(
            version_id=known.id, number=known.number, clauses=len(version.clauses), was_already_recorded=True)
    if known is not None:
        raise AdoptionRefused(Refusal(code="regulations.same_id_other_version", about=str(version.id)))
    there = [InForce(id=v.id, number=v.number, in_force_from=v.in_force_from, in_force_until=v.in_force_until)
             for v in queries.versions(fund_id=actor.fund_id)]
    found = [*clauses.refusals_to_adopt(version=version, there=there, today=day_in_thailand(recorded_at))]
    if actor.role not in RECORDERS:
        found.append(Refusal(code="regulations.may_not_record", about=actor.role))
    if found:
        raise AdoptionRefused(*found)

    # After this point it must succeed.
    before = clauses.superseded(version=version, there=there)
    if before is not None:
        RegulationVersion.objects.filter(fund_id=actor.fund_id, id=before.id).update(
            in_force_until=version.in_force_from)
    _write(actor=actor, version=version, fingerprint=fingerprint, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="regulations.version_adopted", subject=f"regulations:{version.id}", facts={
        "number": version.number, "clauses": len(version.clauses), "in_force_from": version.in_force_from.isoformat(),
        "ended": str(before.id) if before else None}, happened_at=recorded_at)
    return VersionAdopted(
        version_id=version.id, number=version.number, clauses=len(version.clauses), was_already_recorded=False)


def _write(*, actor: Actor, version: NewVersion, fingerprint: str, recorded_at: datetime) -> None:
    RegulationVersion.objects.create(
        id=version.id, fund_id=actor.fund_id, number=version.number, title=version.title, voted_on=version.voted_on,
        meeting=version.meeting, resolution=version.resolution, in_force_from=version.in_force_from,
        in_force_until=version.in_force_until, digest=fingerprint, recorded_by=actor.user_id, recorded_at=recorded_at)
    Clause.objects.bulk_create([Clause(
        id=uuid5(version.id, clause.clause_no), fund_id=actor.fund_id, version_id=version.id,
        clause_no=clause.clause_no, benefit=clause.benefit, title_th=clause.title_th, title_en=clause.title_en,
        text_th=clause.text_th, rule=dict(clause.rule), account_code=clause.account_code)
        for clause in version.clauses])
    Provision.objects.bulk_create([Provision(
        id=uuid5(version.id, one.clause_no), fund_id=actor.fund_id, version_id=version.id, chapter=one.chapter,
        clause_no=one.clause_no, title_th=one.title_th, text_th=one.text_th) for one in version.provisions])
