"""The next regulations while they are being written."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ombun.regulations import models
from ombun.regulations.rules.chapters import Chapter
from ombun.regulations.rules.drafts import DraftClause, sorted_clauses


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft with its clauses, in the order of the rule book."""

    id: UUID
    title: str
    recorded_at: datetime
    clauses: tuple[DraftClause, ...]

    def clause(self, clause_id: UUID) -> DraftClause | None:
        """One clause of it, or None."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)


def drafts(*, fund_id: int) -> tuple[Draft, ...]:
    """Every draft of a fund, the newest first: two statements."""
    rows: dict[UUID, list[DraftClause]] = {}
    for row in models.DraftClause.objects.filter(fund_id=fund_id):
        rows.setdefault(row.draft_id, []).append(_card(row))
    return tuple(Draft(id=one.id, title=one.title, recorded_at=one.recorded_at,
                       clauses=sorted_clauses(clauses=rows.get(one.id, ())))
                 for one in models.Draft.objects.filter(fund_id=fund_id).order_by("-recorded_at", "id"))


def draft(*, fund_id: int, draft_id: UUID) -> Draft | None:
    """One draft with its clauses, or None."""
    return next((one for one in drafts(fund_id=fund_id) if one.id == draft_id), None)


def _card(row: models.DraftClause) -> DraftClause:
    return DraftClause(
        id=row.id, chapter=Chapter(row.chapter), clause_no=row.clause_no, benefit=row.benefit, title_th=row.title_th,
        title_en=row.title_en, text_th=row.text_th, rule=row.rule, account_code=row.account_code)
