"""What funds show to one another: the clauses that they voted, with the name of the fund and nothing of any person."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.regulations import models


@dataclass(frozen=True, kw_only=True)
class PublishedClause:
    """A clause that another fund shows, and which fund."""

    id: UUID
    fund_name: str
    clause_no: str
    benefit: str
    title_th: str
    title_en: str
    text_th: str
    rule: Mapping[str, object]
    account_code: str
    published_on: date


def published_clauses(*, without_fund_id: int) -> tuple[PublishedClause, ...]:
    """Every clause that the other funds show, by fund and number: one statement."""
    names = [name for name in PublishedClause.__dataclass_fields__ if name != "fund_name"]
    rows = models.PublishedClause.objects.exclude(fund_id=without_fund_id).order_by("fund__name", "clause_no")
    return tuple(PublishedClause(fund_name=row.pop("fund__name"), **row) for row in rows.values(*names, "fund__name"))


def shown_since(*, fund_id: int) -> date | None:
    """Since when a fund shows its clauses, or None."""
    return models.PublishedClause.objects.filter(fund_id=fund_id).values_list("published_on", flat=True).first()
