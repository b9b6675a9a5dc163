"""What an auditor may want to look at once more: questions about claims, never accusations. Pure."""
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from ombun.claims.rules.steps import TEXT_MAX
from ombun.claims.states import QuestionKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.vocabulary import BenefitRule, Unit

SOON_DAYS = 30  # after joining, or after the waiting period
JUST_BELOW_PERCENT = 90


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A claim that was approved, as the questions look at it. `logins` wrote down its steps, one for each."""

    claim_id: UUID
    member_id: int
    happened_on: date
    units: int | None
    place: str
    approved_satang: Satang
    joined_on: date | None
    rule: BenefitRule
    logins: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something to look at: one claim, or (`other_id` differs) two of them."""

    kind: QuestionKind
    claim_id: UUID
    other_id: UUID

    @property
    def code(self) -> str:
        """Its sentence in the locale files."""
        return f"claims.asks_{self.kind.lower()}"

    @property
    def facts(self) -> dict[str, object]:
        """The sentence stands for itself."""
        return {}


def questions(*, claims: Collection[Asked]) -> tuple[Question, ...]:
    """Everything worth a second look, in the order of the kinds. Every one of them may well have a good answer."""
    found = [*_same_papers(claims), *_overlaps(claims)]
    for one in claims:
        if _is_just_below(one):
            found.append(_about(QuestionKind.JUST_BELOW_A_LIMIT, one))
        if len(one.logins) >= 4 and len(set(one.logins)) == 1:
            found.append(_about(QuestionKind.ONE_PAIR_OF_HANDS, one))
        if _is_soon(one):
            found.append(_about(QuestionKind.SOON_AFTER_JOINING, one))
    return tuple(sorted(found, key=lambda q: (list(QuestionKind).index(q.kind), str(q.claim_id), str(q.other_id))))


def _about(kind: QuestionKind, one: Asked, other: Asked | None = None) -> Question:
    ids = sorted((one.claim_id, (other or one).claim_id))
    return Question(kind=kind, claim_id=ids[0], other_id=ids[1])


def _same_papers(claims: Iterable[Asked]) -> Iterator[Question]:
    """Two claims that tell the same place, day and number of units may rest on one receipt."""
    alike = defaultdict(list)
    for one in claims:
        if one.place.strip() and one.units:
            alike["".join(one.place.split()), one.happened_on, one.units].append(one)
    for same in alike.values():
        yield from (_about(QuestionKind.SAME_PAPER, one, other) for one, other in combinations(same, 2))


def _overlaps(claims: Iterable[Asked]) -> Iterator[Question]:
    """Nights of one member of which some are counted twice."""
    nights = defaultdict(list)
    for one in claims:
        if one.rule.unit == Unit.NIGHT and one.units:
            nights[one.member_id].append(one)
    for mine in nights.values():
        for one, other in combinations(sorted(mine, key=lambda c: (c.happened_on, str(c.claim_id))), 2):
            if other.happened_on < one.happened_on + timedelta(days=one.units or 0):
                yield _about(QuestionKind.NIGHTS_OVERLAP, one, other)


def _is_just_below(one: Asked) -> bool:
    """A sum just under what the chair may approve alone."""
    limit = one.rule.chair_up_to_satang
    return limit is not None and limit * JUST_BELOW_PERCENT <= one.approved_satang * 100 <= limit * 100


def _is_soon(one: Asked) -> bool:
    if one.joined_on is None:
        return False
    since = (one.happened_on - one.joined_on).days - one.rule.waiting_days
    return 0 <= since < SOON_DAYS


def refusals_to_look(
    *, actor: Actor, question: Question, known: Collection[Question], because: str, is_looked_at: bool
) -> list[Refusal]:
    """Every reason not to write down that something was looked at: an auditor does it, of a question, saying why."""
    found = [] if actor.role == Role.AUDITOR else [Refusal(code="claims.only_the_auditor_looks", about=actor.role)]
    if is_looked_at:
        found.append(Refusal(code="claims.looked_at_already", about="question"))
    elif question not in known:
        found.append(Refusal(code="claims.no_such_question", about="question"))
    if not because.strip():
        found.append(Refusal(code="claims.says_not_what_was_seen", about="because"))
    if len(because) > TEXT_MAX:
        found.append(Refusal(code="claims.text_too_long", about="because", facts={"length_max": TEXT_MAX}))
    return found
