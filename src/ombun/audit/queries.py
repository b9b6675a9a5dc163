"""What was done to a thing, oldest first."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ombun.audit.models import Event

_FACTS = ("happened_at", "user_id", "role", "action", "subject", "facts")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the audit trail: when, which login at which desk, what was done, to what."""

    happened_at: datetime
    user_id: int
    role: str
    action: str
    subject: str
    facts: Mapping[str, object]


def history(*, fund_id: int, subject: str) -> tuple[Happening, ...]:
    """Everything written down about one thing (a claim, a collection, a member), oldest first."""
    rows = Event.objects.filter(fund_id=fund_id, subject=subject).order_by("id")
    return tuple(Happening(**row) for row in rows.values(*_FACTS))


def latest(*, fund_id: int, count: int = 50) -> tuple[Happening, ...]:
    """The newest lines of the audit trail, newest first."""
    rows = Event.objects.filter(fund_id=fund_id).order_by("-id")[:count]
    return tuple(Happening(**row) for row in rows.values(*_FACTS))


def of_actions(*, fund_id: int, actions: Collection[str], first: int = 0, count: int = 50) -> tuple[Happening, ...]:
    """What was done of these kinds, newest first: so many lines after the first so many."""
    rows = Event.objects.filter(fund_id=fund_id, action__in=list(actions)).order_by("-id")[first:first + count]
    return tuple(Happening(**row) for row in rows.values(*_FACTS))
