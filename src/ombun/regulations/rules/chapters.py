"""The chapters of a fund's regulations, and its clauses that are words alone. Pure: no database, no clock."""
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ombun.primitives.refusals import Refusal


class Chapter(StrEnum):
    """The chapters (หมวด) of a fund's regulations, in the order in which they stand. Benefits stand under WELFARE."""

    GENERAL = "general"
    OBJECTIVES = "objectives"
    MEMBERS = "members"
    CONTRIBUTIONS = "contributions"
    COMMITTEE = "committee"
    MEETINGS = "meetings"
    WELFARE = "welfare"
    FINANCE = "finance"
    AMENDMENT = "amendment"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class NewProvision:
    """A clause that is words alone: the name of the fund, who may join, how the regulations are changed."""

    chapter: Chapter
    clause_no: str
    title_th: str
    text_th: str


def refusals_of_provision(*, provision: NewProvision) -> Sequence[Refusal]:
    """Every reason not to write this clause down: its number, its name, its words."""
    no = provision.clause_no
    return [Refusal(code=f"regulations.clause_{name}_missing", about=name, facts={"clause_no": no})
            for name in ("clause_no", "title_th", "text_th") if not getattr(provision, name).strip()]


def in_order(*, clause_no: str) -> tuple[tuple[int, str], ...]:
    """17.2 before 17.10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in clause_no.split("."))
