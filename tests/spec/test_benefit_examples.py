"""The worked examples of the manual about benefits, one line each, against the first rule book."""
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from ombun.claims.queries import member_facts
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.money import Satang, read_baht
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.assessment import Event, Used, assess
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import year_of

BOOK = {clause.benefit: clause for clause in first_rule_book()}
TEXT = (Path(__file__).parent / "benefits.txt").read_text("utf-8")
LINES = [[part.strip() for part in line.split("|")] for line in TEXT.splitlines() if line.startswith("    ")]


def _day(text: str | None) -> date | None:
    return None if text in (None, "?") else date.fromisoformat(text)


def _words(text: str, *, flags: tuple[str, ...] = ()) -> dict[str, str]:
    """Words in pairs, and flags that stand alone: "joined 2020-01-01 behind nights 3"."""
    parts, found = text.split(), {}
    while parts:
        word = parts.pop(0)
        found[word] = "yes" if word in flags else parts.pop(0)
    return found


def _card(said: dict[str, str]) -> SimpleNamespace:
    left = "died" if "died" in said else "resigned"
    return SimpleNamespace(
        joined_on=_day(said["joined"]), left_on=_day(said.get(left)),
        left_reason={"died": LeftReason.DECEASED, "resigned": LeftReason.RESIGNED}[left] if left in said else None,
        born_on=date(int(said["born-in"]), 1, 1) if "born-in" in said else _day(said.get("born")),
        sex=None, kind=None, moo=None, birth_precision=BirthPrecision.YEAR if "born-in" in said else BirthPrecision.DAY)


@pytest.mark.parametrize("line", LINES, ids=lambda line: " | ".join(line))
def test_benefits(line):
    benefit, happened, had, answer = line
    said, used = _words(happened, flags=("behind", "unknown-dues")), _words(had)
    clause, on = BOOK[benefit], date.fromisoformat(said["on"])
    rule = read_rule(data=clause.rule)
    year = year_of(rule=rule, day=on)
    counts = year[0] <= date.fromisoformat(used.get("in", str(on))) < year[1]
    paid_until = None if "unknown-dues" in said else on + timedelta(days=-90 if "behind" in said else 30)
    facts = member_facts(
        card=_card(said), paid_until=paid_until, is_paid_up=None if paid_until is None else paid_until > on,
        used_so_far=Used(times_this_year=int(used.get("times", 0)) * counts,
                         satang_this_year=Satang(read_baht(used.get("baht", "0")) * counts)))
    found = assess(rule=rule, clause_no=clause.clause_no, facts=facts,
                   event=Event(happened_on=on, units=int(said["nights"]) if "nights" in said else None))
    if answer.startswith("missing "):
        assert (found.amount_satang, found.missing) == (None, (f"regulations.{answer.replace(' ', '_')}",))
    else:
        assert (found.amount_satang, found.missing) == (read_baht(answer), ())
        assert all(step.clause_no == clause.clause_no for step in found.steps)
