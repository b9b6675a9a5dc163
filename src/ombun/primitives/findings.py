"""What a check found: something that must never be, and where. An empty answer is the good one."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that should not be: which check found it, in which fund, where, and the figures that do not agree."""

    check: str
    fund_id: int
    about: str
    facts: Mapping[str, object]


def findings(*, check: str, sql: str, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Ask one question across all funds (or of one) past row level security; ids and figures only, no names.

    `sql` selects `fund_id`, `about` and then the facts, each under its own name.
    """
    of_fund = "" if fund_id is None else f"WHERE fund_id = {int(fund_id)}"
    with connections["loader"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) AS found {of_fund} ORDER BY fund_id, about")
        names = [column.name for column in cursor.description][2:]
        return tuple(Finding(check=check, fund_id=fund, about=about,
                             facts=plain(facts=dict(zip(names, facts, strict=True))))
                     for fund, about, *facts in cursor.fetchall())


def plain(*, facts: Mapping[str, Any]) -> dict[str, object]:
    """Facts that any program can read: sums as whole numbers, days and ids as text."""
    return {name: int(value) if name.endswith("_satang") and value is not None
            else value if value is None or isinstance(value, (int, str, bool, list)) else str(value)
            for name, value in facts.items()}
