"""The life of a claim, as a table. The database keeps the same table (`sql/guards.sql`); a test compares them."""
from enum import StrEnum


class ClaimState(StrEnum):
    """Where a claim stands."""

    FILED = "FILED"
    CERTIFIED = "CERTIFIED"
    APPROVED = "APPROVED"
    PAID = "PAID"
    REJECTED = "REJECTED"


class Act(StrEnum):
    """What a person signs on a claim."""

    CERTIFY = "CERTIFY"
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    PAY = "PAY"


class QuestionKind(StrEnum):
    """What an auditor may ask about claims."""

    SAME_PAPER = "SAME_PAPER"
    NIGHTS_OVERLAP = "NIGHTS_OVERLAP"
    JUST_BELOW_A_LIMIT = "JUST_BELOW_A_LIMIT"
    ONE_PAIR_OF_HANDS = "ONE_PAIR_OF_HANDS"
    SOON_AFTER_JOINING = "SOON_AFTER_JOINING"


NEXT: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.FILED: frozenset({ClaimState.CERTIFIED, ClaimState.REJECTED}),
    ClaimState.CERTIFIED: frozenset({ClaimState.APPROVED, ClaimState.REJECTED}),
    ClaimState.APPROVED: frozenset({ClaimState.PAID}),
    ClaimState.PAID: frozenset(),
    ClaimState.REJECTED: frozenset(),
}

# Claims of these states count against the limits of a year and of a life.
COUNTED = frozenset({ClaimState.APPROVED, ClaimState.PAID})
OPEN = frozenset({ClaimState.FILED, ClaimState.CERTIFIED, ClaimState.APPROVED})
