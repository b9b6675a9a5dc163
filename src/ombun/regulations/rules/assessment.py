"""What a clause grants for an event, and why, line by line. Pure: no database, no clock."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.primitives.money import Satang
from ombun.regulations.rules.conditions import conditions
from ombun.regulations.rules.facts import NOTHING, Event, Facts, MemberFacts, Used
from ombun.regulations.rules.granting import granted
from ombun.regulations.rules.vocabulary import BenefitRule

__all__ = ["Assessment", "Event", "Facts", "MemberFacts", "Step", "Used", "assess", "read_steps", "steps_data"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the explanation: a sentence code, its facts, the clause it comes from. Names of days end in `_on`."""

    code: str
    facts: Facts
    clause_no: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The answer: satang and units granted, why, and what has to be found out first.

    The amount is None while anything is missing.
    """

    amount_satang: Satang | None
    units: int | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...]


def assess(*, rule: BenefitRule, clause_no: str, facts: MemberFacts, event: Event) -> Assessment:
    """What the clause grants this person for this event, in satang, with every line explained.

    Age and length of membership count on the day of the event. A condition that is certainly not met grants 0;
    otherwise a fact that is not known leaves the amount open (None) and is named in `missing`.
    """
    found = [f for f in conditions(rule=rule, facts=facts, event=event) if f.code]
    if any(f.holds is False for f in found):
        in_order = [*(f for f in found if f.holds), *(f for f in found if f.holds is False)]  # the reason stands last
        return _assessment(clause_no, NOTHING, None, [(f.code, f.facts) for f in in_order])
    missing = [f.code for f in found if f.holds is None]
    lines = [(f.code, f.facts) for f in found if f.holds]
    if missing:
        return _assessment(clause_no, None, None, lines, missing)
    amount, units, told = granted(rule=rule, facts=facts, event=event)
    return _assessment(clause_no, amount, units, [*lines, *told])


def _assessment(
    clause_no: str, amount_satang: Satang | None, units: int | None, lines: Sequence[tuple[str, Facts]],
    missing: Sequence[str] = ()
) -> Assessment:
    end = [] if amount_satang is None else [("granted", {"amount_satang": amount_satang})]
    steps = tuple(Step(code=f"regulations.{code}", facts=facts, clause_no=clause_no) for code, facts in [*lines, *end])
    return Assessment(amount_satang=amount_satang, units=units, steps=steps,
                      missing=tuple(f"regulations.{code}" for code in dict.fromkeys(missing)))


def steps_data(*, steps: Sequence[Step]) -> list[dict[str, object]]:
    """The explanation as JSON, to be kept beside a decision; days become ISO text."""
    return [{"code": step.code, "clause_no": step.clause_no, "facts": {
        name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in step.facts.items()}}
        for step in steps]


def read_steps(*, data: Sequence[Mapping[str, object]]) -> tuple[Step, ...]:
    """The explanation as it was kept; facts whose names end in `_on` are days again."""
    return tuple(Step(code=str(row["code"]), clause_no=str(row["clause_no"]), facts=_read_facts(row["facts"]))
                 for row in data)


def _read_facts(data: object) -> Facts:
    assert isinstance(data, Mapping)
    return {str(name): date.fromisoformat(fact) if str(name).endswith("_on") and isinstance(fact, str) else fact
            for name, fact in data.items()}
