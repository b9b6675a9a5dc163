"""Many claims decided at one meeting of the committee. Pure."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

_SAID_OF_THE_MEETING = frozenset({"claims.not_chair", "claims.day_to_come", "claims.may_not_record"})


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the meeting said to one claim: yes to a sum, or (None) no, with a reason that the member can read."""

    claim_id: UUID
    approved_satang: Satang | None
    because: str = ""


def refusals_of_list(*, decisions: Sequence[Decision]) -> list[Refusal]:
    """Every reason why this is no list of decisions: nothing is on it, or one claim stands on it twice."""
    if not decisions:
        return [Refusal(code="claims.nothing_to_decide", about="list")]
    times = Counter(one.claim_id for one in decisions)
    return [Refusal(code="claims.twice_on_the_list", about=str(i)) for i, n in times.items() if n > 1]


def refusals_of_one(*, claim_id: UUID, refusals: Sequence[Refusal]) -> list[Refusal]:
    """What stands against one claim of the list. What is said of the meeting itself is said once, not for each claim;
    `about` begins with the claim's id."""
    return [replace(one, about=f"{claim_id} {one.about}") for one in refusals if one.code not in _SAID_OF_THE_MEETING]
