"""What a commit asks about people whom the register knew already, and an undo asks no more."""
from collections.abc import Mapping, Sequence

from ombun.imports import queries
from ombun.imports.models import Row
from ombun.imports.operations.rows import keep_queued
from ombun.members import operations as members
from ombun.members import queries as register
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case


@inside_use_case
def ask_about_known(*, actor: Actor, rows: Sequence[Row]) -> None:
    """Queue the doubts that rows raise about people whom the register knew already, where nothing known answers them
    and no import that stands asked the same before. Beside each row stays what it asked."""
    doubts = {row: [r["code"] for r in row.reasons if r["severity"] != "note"] for row in rows}
    doubted = [(row, row.member_id) for row, codes in doubts.items() if codes and row.member_id is not None]
    if not doubted:
        return
    whose = _whose(actor, [entry for _, entry in doubted])
    before = queries.asked_before(fund_id=actor.fund_id, member_ids={*whose, *whose.values()})
    asked_of: dict[int, list[str]] = {}
    for row, entry in doubted:
        known = {*before.get(entry, ()), *before.get(whose[entry], ())}
        asked_of.setdefault(whose[entry], []).extend(code for code in doubts[row] if code not in known)
    left = {i: list(codes) for i, codes in members.ask_about(actor=actor, doubts={
        i: tuple(dict.fromkeys(codes)) for i, codes in asked_of.items()}).items()}
    queued: dict[int, list[str]] = {}
    for row, entry in doubted:
        asked = left.get(whose[entry], [])
        if mine := [code for code in doubts[row] if code in asked]:
            queued[row.id] = mine
            left[whose[entry]] = [code for code in asked if code not in mine]
    keep_queued(fund_id=actor.fund_id, queued=queued)


@inside_use_case
def ask_no_more_of_known(*, actor: Actor, rows: Sequence[Row]) -> None:
    """Take back what rows asked about people known before and nobody has answered yet."""
    told = [(row, row.member_id) for row in rows if row.queued and row.member_id is not None]
    whose, asked = _whose(actor, [entry for _, entry in told]), dict[int, set[str]]()
    for row, entry in told:
        asked.setdefault(whose[entry], set()).update(row.queued)
    members.ask_no_more(actor=actor, asked=asked)


def _whose(actor: Actor, entries: Sequence[int]) -> Mapping[int, int]:
    persons = register.persons_of(fund_id=actor.fund_id, entries=entries)
    return {entry: persons.get(entry, entry) for entry in entries}
