"""What must always hold in the rule book, asked of the tables themselves."""
from itertools import pairwise
from uuid import UUID

from ombun.regulations.models import Clause, RegulationVersion
from ombun.regulations.rules.reading import RuleRefused, read_rule


def clauses_whose_rule_cannot_be_read(*, fund_id: int) -> list[UUID]:
    """Clauses with a rule that this program does not understand."""
    found = []
    for clause_id, rule in Clause.objects.filter(fund_id=fund_id).values_list("id", "rule"):
        try:
            read_rule(rule)
        except RuleRefused:
            found.append(clause_id)
    return found


def versions_that_overlap(*, fund_id: int) -> list[tuple[UUID, UUID]]:
    """Pairs of versions that hold on the same day."""
    versions = list(RegulationVersion.objects.filter(fund_id=fund_id).order_by("in_force_from", "number"))
    return [(earlier.id, later.id) for earlier, later in pairwise(versions)
            if earlier.in_force_until is None or earlier.in_force_until > later.in_force_from]
