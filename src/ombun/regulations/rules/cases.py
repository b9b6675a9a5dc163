"""Examples to try a rule book with: a person, an event, what was had before; each a line of JSON. Pure.

The words of a case are told in `docs/reference/trying-rules.md`.
"""
from dataclasses import dataclass
from datetime import date

from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.reading import Reader, RuleRefused, read_shape
from ombun.regulations.rules.vocabulary import Kind, Sex

# The word of a case that tells what an assessment misses.
TELLS = {"born_on": "born_on", "joined_on": "joined_on", "left_on": "left_on", "paid_until_on": "paid_up_to",
         "units": "units", "sex": "sex", "kind": "kind", "village": "moo", "grade": "grade_hundredths",
         "asked_on": "asked_on", "household": "household_earlier", "earmark": "earmark_left_satang",
         **dict.fromkeys(("mother", "father", "spouse", "child"), "is_relative_member")}


@dataclass(frozen=True, kw_only=True)
class CasePerson:
    """Who asks. `paid_up_to` is the last day that is paid for; `left_on` the first on which they were no member.

    Where nobody knows the birthday, it lies between `born_on` and `born_latest_on`.
    """

    joined_on: date | None = None
    born_on: date | None = None
    born_latest_on: date | None = None
    sex: Sex | None = None
    kind: Kind | None = None
    moo: int | None = None
    paid_up_to: date | None = None
    left_on: date | None = None
    is_member: bool = True


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Something that was granted before."""

    benefit: str
    event_on: date
    amount_satang: Satang
    units: int | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One example. `earlier` is what the person had; the house's and the fund's are what others had besides."""

    benefit: str
    event_on: date
    member: CasePerson
    units: int | None = None
    asked_on: date | None = None
    is_lateness_excused: bool = False
    grade_hundredths: int | None = None
    is_relative_member: bool | None = None
    earlier: tuple[Earlier, ...] = ()
    household_earlier: tuple[Earlier, ...] | None = None
    fund_earlier: tuple[Earlier, ...] = ()
    earmark_left_satang: Satang | None = None


def read_case(*, data: object) -> Case:
    """Read an example from its JSON; `case`, its name, may be anything. Raises RuleRefused with every fault."""
    found: list[Refusal] = []
    reader = Reader(data, "case", found)
    reader.left.pop("case", None)
    case = read_shape(reader=reader, shape=Case)
    if found:
        raise RuleRefused(*found)
    return case
