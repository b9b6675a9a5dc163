"""The next regulations are written clause by clause, and become a version when the members' meeting has voted."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import use_case
from ombun.regulations import models, queries
from ombun.regulations.operations.adopting import RECORDERS, VersionAdopted, write_version
from ombun.regulations.queries import Draft
from ombun.regulations.rules.clauses import NewVersion
from ombun.regulations.rules.drafts import DraftClause, granting, refusals_to_write, worded

DRAFTS_MAX, TITLE_MAX = 20, 200


class DraftRefused(Refused):
    """The draft cannot be written like this; every reason is listed, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class DraftStarted:
    """A draft that was begun, with how many clauses, and whether it was before."""

    draft_id: UUID
    clauses: int
    was_already_started: bool


@dataclass(frozen=True, kw_only=True)
class DraftAdopted:
    """The version that a draft has become."""

    version: VersionAdopted


@use_case
def start_draft(
    *, actor: Actor, draft_id: UUID, title: str, clauses: Sequence[DraftClause], recorded_at: datetime
) -> DraftStarted:
    """Begin a draft of the next regulations: with no clause, or with those of the version in force or of the library.

    The caller made `draft_id`; sent twice, the first answer comes again. Raises DraftRefused with every reason.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = queries.draft(fund_id=actor.fund_id, draft_id=draft_id)
    if known is not None:
        return DraftStarted(draft_id=draft_id, clauses=len(known.clauses), was_already_started=True)
    found = [*_refusals_to_draft(actor), *_refusals_of_title(title)]
    if len(queries.drafts(fund_id=actor.fund_id)) >= DRAFTS_MAX:
        found.append(_refusal("too_many_drafts", "draft", drafts=DRAFTS_MAX))
    for clause in clauses:
        found += refusals_to_write(clause=clause, there=clauses)
    if found:
        raise DraftRefused(*found)

    # After this point it must succeed.
    models.Draft.objects.create(id=draft_id, fund_id=actor.fund_id, title=title.strip(), recorded_by=actor.user_id,
                                recorded_at=recorded_at)
    models.DraftClause.objects.bulk_create([_row(actor, draft_id, clause) for clause in clauses])
    _audit(actor, "draft_started", draft_id, recorded_at, clauses=len(clauses))
    return DraftStarted(draft_id=draft_id, clauses=len(clauses), was_already_started=False)


@use_case
def name_draft(*, actor: Actor, draft_id: UUID, title: str, recorded_at: datetime) -> None:
    """Call a draft something else; it is what the version will be called. Raises DraftRefused."""
    there, found = _there(actor, draft_id), [*_refusals_to_draft(actor), *_refusals_of_title(title)]
    if found:
        raise DraftRefused(*found)
    if there.title != title.strip():
        models.Draft.objects.filter(fund_id=actor.fund_id, id=draft_id).update(title=title.strip())
        _audit(actor, "draft_named", draft_id, recorded_at)


@use_case
def write_clause(
    *, actor: Actor, draft_id: UUID, clause: DraftClause, recorded_at: datetime, seen: str | None = None
) -> None:
    """Write a clause into a draft, or write it anew where its id is there already.

    `seen` is the mark of the clause as whoever writes saw it, empty where it was not there yet; None asks nothing.
    Raises DraftRefused with every reason: somebody else has changed it meanwhile, its number or benefit is taken,
    words are missing, and every fault of its rule with its path.
    """
    there = _there(actor, draft_id)
    if there.clause(clause.id) == clause:
        return
    found = [*_refusals_to_draft(actor), *refusals_to_write(clause=clause, there=there.clauses)]
    known = there.clause(clause.id)
    if seen is not None and seen != (known.mark if known else ""):
        found.append(_refusal("clause_changed_meanwhile", "clause", clause_no=clause.clause_no))
    if any(one.id != draft_id and one.clause(clause.id) for one in queries.drafts(fund_id=actor.fund_id)):
        found.append(_refusal("clause_of_another_draft", "clause"))
    if found:
        raise DraftRefused(*found)

    # After this point it must succeed.
    models.DraftClause.objects.filter(fund_id=actor.fund_id, draft_id=draft_id, id=clause.id).delete()
    models.DraftClause.objects.bulk_create([_row(actor, draft_id, clause)])
    _audit(actor, "draft_clause_written", draft_id, recorded_at, clause_no=clause.clause_no)


@use_case
def drop_clause(*, actor: Actor, draft_id: UUID, clause_id: UUID, recorded_at: datetime) -> None:
    """Take a clause out of a draft; what is not there is out already. Raises DraftRefused."""
    clause = _there(actor, draft_id).clause(clause_id)
    if clause is None:
        return
    if found := _refusals_to_draft(actor):
        raise DraftRefused(*found)
    models.DraftClause.objects.filter(fund_id=actor.fund_id, draft_id=draft_id, id=clause_id).delete()
    _audit(actor, "draft_clause_dropped", draft_id, recorded_at, clause_no=clause.clause_no)


@use_case
def throw_away_draft(*, actor: Actor, draft_id: UUID, recorded_at: datetime) -> None:
    """Throw a draft away with all its clauses. Raises DraftRefused."""
    there = _there(actor, draft_id)
    if found := _refusals_to_draft(actor):
        raise DraftRefused(*found)
    _remove(actor, draft_id)
    _audit(actor, "draft_thrown_away", draft_id, recorded_at, clauses=len(there.clauses))


@use_case
def adopt_draft(
    *, actor: Actor, draft_id: UUID, voted_on: date, meeting: str, resolution: str, in_force_from: date,
    recorded_at: datetime
) -> DraftAdopted:
    """The members' meeting has voted a draft: it becomes the next version, under its id, and can no more be changed.

    Sent twice, the first answer comes again. Raises AdoptionRefused with every reason, as every adoption does.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    there = queries.versions(fund_id=actor.fund_id)
    known = next((version for version in there if version.id == draft_id), None)
    if known is not None and (known.voted_on, known.in_force_from) == (voted_on, in_force_from):
        count = len(queries.clauses_of(fund_id=actor.fund_id, version_id=draft_id))
        return DraftAdopted(version=VersionAdopted(
            version_id=known.id, number=known.number, clauses=count, was_already_recorded=True))
    draft = _there(actor, draft_id)
    adopted = write_version(actor=actor, recorded_at=recorded_at, version=NewVersion(
        id=draft_id, number=max((version.number for version in there), default=0) + 1, title=draft.title,
        voted_on=voted_on, meeting=meeting, resolution=resolution, in_force_from=in_force_from,
        clauses=tuple(granting(clause=one) for one in draft.clauses if one.grants),
        provisions=tuple(worded(clause=one) for one in draft.clauses if not one.grants)))
    _remove(actor, draft_id)
    return DraftAdopted(version=adopted)


def _there(actor: Actor, draft_id: UUID) -> Draft:
    funds.lock_fund(fund_id=actor.fund_id)
    draft = queries.draft(fund_id=actor.fund_id, draft_id=draft_id)
    if draft is None:
        raise DraftRefused(_refusal("no_such_draft", "draft"))
    return draft


def _refusals_to_draft(actor: Actor) -> Sequence[Refusal]:
    return [] if actor.role in RECORDERS else [_refusal("may_not_record", actor.role)]


def _refusals_of_title(title: str) -> Sequence[Refusal]:
    if not title.strip():
        return [_refusal("title_missing", "title")]
    return [_refusal("title_too_long", "title", letters=TITLE_MAX)] if len(title) > TITLE_MAX else []


def _row(actor: Actor, draft_id: UUID, clause: DraftClause) -> models.DraftClause:
    return models.DraftClause(
        id=clause.id, fund_id=actor.fund_id, draft_id=draft_id, chapter=clause.chapter, clause_no=clause.clause_no,
        benefit=clause.benefit, title_th=clause.title_th, title_en=clause.title_en, text_th=clause.text_th,
        rule=None if clause.rule is None else dict(clause.rule), account_code=clause.account_code)


def _remove(actor: Actor, draft_id: UUID) -> None:
    models.DraftClause.objects.filter(fund_id=actor.fund_id, draft_id=draft_id).delete()
    models.Draft.objects.filter(fund_id=actor.fund_id, id=draft_id).delete()


def _audit(actor: Actor, action: str, draft_id: UUID, recorded_at: datetime, **facts: object) -> None:
    audit.record_event(actor=actor, action=f"regulations.{action}", subject=f"draft:{draft_id}", facts=facts,
                       happened_at=recorded_at)


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"regulations.{code}", about=about, facts=facts)
