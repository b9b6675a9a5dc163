"""What can happen to the rule book: it is drafted, and a meeting votes a new version."""
from ombun.regulations.operations.adopting import AdoptionRefused, VersionAdopted, adopt_version
from ombun.regulations.operations.drafting import (
    DraftAdopted,
    DraftRefused,
    DraftStarted,
    adopt_draft,
    drop_clause,
    name_draft,
    start_draft,
    throw_away_draft,
    write_clause,
)
from ombun.regulations.operations.publishing import PublishingRefused, publish_clauses, withdraw_clauses

__all__ = [
    "AdoptionRefused", "DraftAdopted", "DraftRefused", "DraftStarted", "PublishingRefused", "VersionAdopted",
    "adopt_draft", "adopt_version", "drop_clause", "name_draft", "publish_clauses", "start_draft", "throw_away_draft",
    "withdraw_clauses", "write_clause",
]
