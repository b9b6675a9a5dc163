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

__all__ = [
    "AdoptionRefused", "DraftAdopted", "DraftRefused", "DraftStarted", "VersionAdopted", "adopt_draft",
    "adopt_version", "drop_clause", "name_draft", "start_draft", "throw_away_draft", "write_clause",
]
