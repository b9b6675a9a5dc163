"""What a page offers to choose from: the value that travels and the words that people read."""
from collections.abc import Collection, Iterable

from django.utils.translation import gettext

from ombun.funds.queries import Centre, HolderCard
from ombun.funds.rules import Office
from ombun.papers.naming import OFFICES


def people(holders: Iterable[HolderCard], *, offices: Collection[Office] = tuple(Office)) -> dict[str, str]:
    """Everybody who holds one of these offices, once, with what they are: "นางสมศรี ใจบุญ (เหรัญญิก)"."""
    told: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for holder in holders:
        if holder.office in offices:
            key = str(holder.person_id)
            names[key] = holder.name
            told.setdefault(key, []).append(_office(holder))
    return {key: f"{names[key]} ({', '.join(words)})" for key, words in told.items()}


def _office(holder: HolderCard) -> str:
    if not holder.moo:
        return str(OFFICES[holder.office])
    return gettext("%(office)s ม.%(moo)s") % {"office": OFFICES[holder.office], "moo": holder.moo}


def villages(centres: Iterable[Centre]) -> list[tuple[str, str]]:
    """The villages by number: what travels is the number."""
    return [(str(c.moo), gettext("หมู่ %(moo)s %(name)s") % {"moo": c.moo, "name": c.name}) for c in centres]
