"""What must still be asked about a member: each question in words, and the fields of the form that answer it."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from ombun.members.queries import MemberCard
from ombun.members.rules.corrections import ANSWERED_BY
from ombun.members.rules.membership import TEXT_FIELDS
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.web.registrar.words import QUESTIONS

_IN_THE_FORM = {"centre_id": ("moo",), "first_name": ("name_title", "first_name", "last_name"),
                "national_id": ("national_id", "no_id_reason")}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One open question: the name of its tick in the form, its name, its words, what the file says and may mean, and
    whether it is ticked."""

    name: str
    title: str | Promise
    words: Refusal
    written: str
    candidates: list[str]
    is_right: bool


def asked_about(
    *, card: MemberCard, doubts: Mapping[str, Mapping[str, Any]], typed: Mapping[str, str]
) -> list[Asked]:
    """Each open question about a member once. `doubts`: what the importer told with each code."""
    nothing = {"same_name": "–", "same_member_no": "–", "written": "", "candidates": []}
    return [Asked(name=f"right-{code}", title=QUESTIONS[code], is_right=f"right-{code}" in typed,
                  written=str(facts["written"]), candidates=[_in_words(one) for one in facts["candidates"]],
                  words=Refusal(code=f"imports.{code}", about=card.member_no, facts=facts))
            for code in card.questioned for facts in [{**nothing, **doubts.get(code, {})}]]


def _in_words(candidate: str) -> str:
    """A day that may be meant as people write it; a number that may be meant as it is."""
    try:
        return day_in_words(date.fromisoformat(candidate), short=True)
    except ValueError:
        return candidate


def settled_in(*, card: MemberCard, typed: Mapping[str, str]) -> list[str]:
    """The questions of which somebody ticked that it is right as it stands."""
    return [code for code in card.questioned if f"right-{code}" in typed]


def fields_asked(*, card: MemberCard) -> frozenset[str]:
    """The fields of the form that answer what is asked about a member; none for a text that was too long."""
    answers = (name for code in card.questioned for name in ANSWERED_BY.get(code, ())
               if ANSWERED_BY[code] != TEXT_FIELDS)
    return frozenset(name for answer in answers if answer != "left_on" or card.left_reason is not None
                     for name in _IN_THE_FORM.get(answer, (answer,)))
