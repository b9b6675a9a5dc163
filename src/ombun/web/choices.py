"""What a page offers to choose from: the value that travels and the words that people read."""
from collections.abc import Collection, Iterable

from ombun.funds.queries import HolderCard
from ombun.funds.rules import Office
from ombun.web.words import OFFICES


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
    return f"{OFFICES[holder.office]} ม.{holder.moo}" if holder.moo else str(OFFICES[holder.office])
