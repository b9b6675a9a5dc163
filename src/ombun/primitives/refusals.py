"""How the system says no to a person: politely, completely, and in a form code can read."""
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One reason. The Thai and English sentences live in the locale files, keyed by `code`, and may name the facts."""

    code: str
    about: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """The fund's rules do not allow it. Expected; shown to the person; never logged as a fault."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(", ".join(f"{r.code}({r.about})" for r in refusals))
