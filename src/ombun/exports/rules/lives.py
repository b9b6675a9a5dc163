"""All spells of membership of a person, in order, as one cell can tell them."""
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from ombun.imports.rules.told_life import life_in_words
from ombun.members.rules.life import Event, Told, ToldSpell, spells, standing
from ombun.members.states import PAUSING, Happening


def spells_of(*, events: Collection[Event]) -> list[ToldSpell]:
    """The spells that happenings make, in order. Those of merged entries that overlap are one spell."""
    hold = sorted((e for e in standing(events=events) if e.kind in PAUSING and e.happened_on),
                  key=lambda e: (e.happened_on or date.min, e.id))
    told = [ToldSpell(joined_on=spell.joined_on, left_on=spell.left_on, left_reason=spell.left_reason, pauses=tuple(
        (e.kind, e.happened_on) for e in hold if e.membership_id == i and e.happened_on))
        for i, spell in spells(events=events).items()]
    found: list[ToldSpell] = []
    for spell in sorted(told, key=lambda spell: (spell.joined_on or date.min, spell.left_on or date.max)):
        if found and _overlap(found[-1], spell):
            found[-1] = _joined(found[-1], spell)
        else:
            found.append(spell)
    return [replace(spell, pauses=_in_turn(spell.pauses)) for spell in found]


def _overlap(one: ToldSpell, later: ToldSpell) -> bool:
    return one.left_on is None or later.joined_on is None or later.joined_on < one.left_on


def _joined(one: ToldSpell, later: ToldSpell) -> ToldSpell:
    goes_on = one.left_reason is None or later.left_reason is None
    last = max((one, later), key=lambda spell: spell.left_on or date.min)
    return ToldSpell(joined_on=one.joined_on, left_on=None if goes_on else last.left_on,
                     left_reason=None if goes_on else last.left_reason,
                     pauses=tuple(sorted((*one.pauses, *later.pauses), key=lambda pause: pause[1])))


def _in_turn(pauses: Sequence[tuple[Happening, date]]) -> tuple[tuple[Happening, date], ...]:
    """Suspended, reinstated, suspended …: what says the same again is left out."""
    found: list[tuple[Happening, date]] = []
    for kind, day in pauses:
        if kind is not (found[-1][0] if found else Happening.REINSTATED):
            found.append((kind, day))
    return tuple(found)


def in_words(*, told: Sequence[ToldSpell]) -> str:
    """The cell of the history: empty where joining and leaving say everything."""
    if len(told) < 2 and not any(spell.pauses for spell in told):
        return ""
    life: list[Told] = []
    for spell in told:
        life += [(Happening.JOINED, spell.joined_on), *spell.pauses]
        life += [(Happening(spell.left_reason), spell.left_on)] if spell.left_reason else []
    return life_in_words(life=tuple(life))
