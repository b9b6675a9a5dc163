"""The same clauses for many claims at once: columns in, columns out, to the satang what `assess` answers one by one."""
from ombun.regulations.rules.bulk.claims import Claims, Grants, Reason, UsedBefore, claims_of
from ombun.regulations.rules.bulk.days import NEVER, UNKNOWN, Days, years_of
from ombun.regulations.rules.bulk.granting import NotInBulk, grants, refusals_in_bulk
from ombun.regulations.rules.bulk.replay import (
    Cost,
    Openings,
    Past,
    People,
    cost,
    fiscal_years,
    people,
    replayed,
    reproduced,
)
from ombun.regulations.rules.bulk.sequence import grants_in_sequence, refusals_in_sequence

__all__ = [
    "NEVER", "UNKNOWN", "Claims", "Cost", "Days", "Grants", "NotInBulk", "Openings", "Past", "People", "Reason",
    "UsedBefore", "claims_of", "cost", "fiscal_years", "grants", "grants_in_sequence", "people", "refusals_in_bulk",
    "refusals_in_sequence", "replayed", "reproduced", "years_of",
]
