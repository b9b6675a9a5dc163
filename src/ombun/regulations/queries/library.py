"""The library of ready clauses: our own words, with figures that every fund changes to its own."""
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ombun.regulations.rules.chapters import Chapter, NewProvision

LIBRARY = Path(__file__).parents[1].joinpath("library.json")


@dataclass(frozen=True, kw_only=True)
class ReadyClause:
    """A ready clause that grants something. `national_kind` is its line of CODI Form 1 §5, from 1 to 16."""

    benefit: str
    national_kind: int
    account_code: str
    title_th: str
    title_en: str
    text_th: str
    text_en: str
    rule: Mapping[str, object]


def library() -> tuple[ReadyClause, ...]:
    """Every ready clause that grants something, by the national kinds."""
    return tuple(ReadyClause(**one) for one in _written()["clauses"])


def ready_clause(*, benefit: str) -> ReadyClause | None:
    """The ready clause of a benefit, or None."""
    return next((one for one in library() if one.benefit == benefit), None)


def ready_provisions() -> tuple[NewProvision, ...]:
    """The ready clauses that are words alone: name, members, committee, money, how the regulations are changed."""
    return tuple(NewProvision(chapter=Chapter(one["chapter"]), clause_no=one["clause_no"], title_th=one["title_th"],
                              text_th=one["text_th"]) for one in _written()["provisions"])


@cache
def _written() -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(LIBRARY.read_text("utf-8"))
    return read
