"""A fund shows the clauses that it voted to all other funds, or shows them no more."""
from datetime import date, datetime

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case
from ombun.regulations import queries
from ombun.regulations.models import Clause, PublishedClause
from ombun.regulations.operations.adopting import RECORDERS


class PublishingRefused(Refused):
    """The clauses cannot be shown; every reason is listed, and nothing was written."""


@use_case
def publish_clauses(*, actor: Actor, on: date, recorded_at: datetime) -> int:
    """Show the clauses of the version in force to all funds, in the place of those shown before; how many they are.

    Raises PublishingRefused: no version is in force, or the role may not.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    version = queries.version_on(fund_id=actor.fund_id, day=on)
    found = [] if actor.role in RECORDERS else [Refusal(code="regulations.may_not_record", about=actor.role)]
    if version is None:
        found.append(Refusal(code="regulations.nothing_in_force", about="version", facts={"on": on}))
    if found or version is None:
        raise PublishingRefused(*found)
    PublishedClause.objects.filter(fund_id=actor.fund_id).delete()
    names = ("fund_id", "id", "clause_no", "benefit", "title_th", "title_en", "text_th", "rule", "account_code")
    rows = Clause.objects.filter(fund_id=actor.fund_id, version_id=version.id).values(*names)
    written = PublishedClause.objects.bulk_create([PublishedClause(**row, published_on=on) for row in rows])
    audit.record_event(actor=actor, action="regulations.clauses_published", subject=f"regulations:{version.id}",
                       facts={"clauses": len(written)}, happened_at=recorded_at)
    return len(written)


@use_case
def withdraw_clauses(*, actor: Actor, recorded_at: datetime) -> None:
    """Show no clause to other funds any more. What they have copied is theirs. Raises PublishingRefused."""
    funds.lock_fund(fund_id=actor.fund_id)
    if actor.role not in RECORDERS:
        raise PublishingRefused(Refusal(code="regulations.may_not_record", about=actor.role))
    gone, _ = PublishedClause.objects.filter(fund_id=actor.fund_id).delete()
    if gone:
        audit.record_event(actor=actor, action="regulations.clauses_withdrawn", subject=f"fund:{actor.fund_id}",
                           facts={"clauses": gone}, happened_at=recorded_at)
