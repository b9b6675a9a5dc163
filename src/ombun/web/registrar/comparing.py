"""Two entries of the register side by side: what each says, what speaks for one person, what somebody has to choose."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ombun.contributions.rules import Standing
from ombun.members.operations import as_it_stands
from ombun.members.queries import MemberCard
from ombun.members.rules import merging
from ombun.members.rules.likeness import WEIGHTS, Likeness
from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.members.states import MemberStatus
from ombun.primitives.national_id import masked
from ombun.primitives.sentences import day_in_words, month_in_words
from ombun.web.registrar.words import CHOICES, KINDS, NO_ID, SEXES, SIGNS, STATUSES

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two: the entry, where the person stands by it, what was paid under it."""

    card: MemberCard
    person: NewMember
    status: MemberStatus
    status_word: Words
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that the two say differently: its name, and of each entry the id, its words, whether it is right."""

    name: str
    label: Words
    options: Sequence[tuple[str, str, bool]]


def side(card: MemberCard, status: MemberStatus, standing: Standing) -> Side:
    """An entry as the page shows it."""
    return Side(card=card, person=as_it_stands(card=card), status=status, status_word=STATUSES[status],
                standing=standing)


def signs(likeness: Likeness) -> list[tuple[Words, str, str]]:
    """Every sign in words, with its badge and picture: for one person, against it, or neither."""
    return [(SIGNS[sign], *(("done", "check") if WEIGHTS[sign] > 0 else ("wrong", "x") if WEIGHTS[sign] < 0
                            else ("plain", "info"))) for sign in likeness.signs]


def choices_between(*, sides: Sequence[Side], typed: Mapping[str, str]) -> dict[str, object]:
    """What has to be chosen: which entry stays (who is a member goes first), and which of two values is right."""
    one, other = sides
    stays = other if other.status == MemberStatus.ACTIVE and one.status != MemberStatus.ACTIVE else one
    kept = typed.get("kept") or str(stays.card.id)
    return {"kept": kept, "choices": [Choice(name=choice, label=CHOICES[choice], options=[
        (str(mine.card.id), _said(mine, choice, against=theirs), str(mine.card.id) == (typed.get(choice) or kept))
        for mine, theirs in ((one, other), (other, one))])
        for choice in merging.disputed(one=one.person, other=other.person)]}


def _said(one: Side, choice: str, *, against: Side) -> str:
    """What an entry says, in words; nothing is said as a dash."""
    card = one.card
    words = {
        "name": card.full_name, "national_id": _number(card, against.card), "birth": birth_in_words(card),
        "sex": SEXES[card.sex] if card.sex else "", "kind": KINDS[card.kind] if card.kind else "",
        "village": _("หมู่ %(moo)s") % {"moo": card.moo} if card.moo else "", "house": card.house_no,
        "phone": card.phone}[choice]
    return str(words) or "–"


def birth_in_words(card: MemberCard) -> str:
    """As much of a birth date as is known."""
    if card.born_on is None:
        return ""
    return {BirthPrecision.DAY: day_in_words, BirthPrecision.MONTH: month_in_words}.get(
        card.birth_precision, lambda day: month_in_words(day).split()[-1])(card.born_on)


def _number(card: MemberCard, other: MemberCard) -> str:
    """A national ID as the task needs it: masked, but for the places where the two differ."""
    if not card.national_id:
        return str(NO_ID[card.no_id_reason]) if card.no_id_reason else ""
    places = [place for place, mark in enumerate(masked(card.national_id)) if mark != "-"]
    shown = list(masked(card.national_id))
    for place, digit, theirs in zip(places, card.national_id, other.national_id or card.national_id, strict=True):
        if digit != theirs:
            shown[place] = digit
    return "".join(shown)
