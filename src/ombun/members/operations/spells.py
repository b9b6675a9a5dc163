"""The spells of membership that a verb is about: those of a person, under whichever of their entries they stand."""
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ombun.members.models import Membership
from ombun.members.queries.entries import entries_of


def spells_of(*, fund_id: int, member_ids: Collection[int]) -> dict[int, list[Membership]]:
    """All spells of these people, the newest first: person → spells, two statements; nothing for whom nobody knows."""
    whose = entries_of(fund_id=fund_id, member_ids=member_ids)
    found: dict[int, list[Membership]] = {}
    for spell in Membership.objects.filter(fund_id=fund_id, member_id__in=list(whose)):
        found.setdefault(whose[spell.member_id], []).append(spell)
    for spells in found.values():
        spells.sort(key=lambda spell: (spell.joined_on or date.min, spell.left_reason is None, spell.id), reverse=True)
    return found


def latest(*, spells: Sequence[Membership]) -> list[Membership]:
    """The spells that go on, one an entry, the longest first, whose days stand on the person's card; where none does,
    the last one that ended, under every entry that says so."""
    going_on = [spell for spell in spells if spell.left_reason is None]
    last = spells[0]
    return sorted(going_on, key=lambda spell: spell.joined_on or date.max) or [
        spell for spell in spells if (spell.left_on, spell.left_reason) == (last.left_on, last.left_reason)]


def latest_spells(*, fund_id: int, member_ids: Collection[int]) -> Mapping[int, list[Membership]]:
    """The same of many people, a constant number of statements. Of an entry that was merged its own."""
    found = spells_of(fund_id=fund_id, member_ids=member_ids)
    if missing := set(member_ids) - set(found):
        for spell in Membership.objects.filter(fund_id=fund_id, member_id__in=missing).order_by("-joined_on"):
            found.setdefault(spell.member_id, []).append(spell)
    return {i: latest(spells=spells) for i, spells in found.items()}
