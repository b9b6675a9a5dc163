"""The same clauses for many claims at once: columns in, columns out, to the satang what `assess` answers one by one."""
from ombun.regulations.rules.bulk.claims import Claims, Grants, Reason, UsedBefore, claims_of
from ombun.regulations.rules.bulk.days import NEVER, UNKNOWN, years_of
from ombun.regulations.rules.bulk.granting import grants, refusals_in_bulk
from ombun.regulations.rules.bulk.sequence import grants_in_sequence

__all__ = [
    "NEVER", "UNKNOWN", "Claims", "Grants", "Reason", "UsedBefore", "claims_of", "grants", "grants_in_sequence",
    "refusals_in_bulk", "years_of",
]
