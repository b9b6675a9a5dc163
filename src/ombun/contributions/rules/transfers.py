"""Whose dues a line of the bank is: what speaks for it, and when it can be booked so. Pure."""
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ombun.contributions.rules.sheets import AMOUNT_MAX, Payment
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

DAYS_APART_MAX = 7  # between what a person said or wrote in the books and what the bank tells
_MARKED = re.compile(r"[0-9A-Z]+")
_PARTS = re.compile(r"[^\s,;/|]+")


class Speaks(StrEnum):
    """What speaks for a suggestion."""

    REFERENCE = "REFERENCE"  # the reference of the member's code stands in the bank's words
    NAME = "NAME"  # the member's whole name stands there
    OWED = "OWED"  # it is just what they owe
    AMOUNT = "AMOUNT"  # the books have just this amount
    SAME_DAY = "SAME_DAY"
    NEAR_DAY = "NEAR_DAY"
    SLIP = "SLIP"  # the number of a slip stands in the bank's words
    HOUSEHOLD = "HOUSEHOLD"  # it is just what everybody of their household owes together
    NOTE = "NOTE"  # somebody said that the member transferred just this


@dataclass(frozen=True, kw_only=True)
class OnStatement:
    """A line of the bank that is not booked yet: the money in satang, below zero where it went out, and its words."""

    moved_on: date
    amount_satang: Satang
    words: str


@dataclass(frozen=True, kw_only=True)
class MayHavePaid:
    """Somebody whose transfer it may be: the reference of their code, their name without a title, what they owe, and
    the household in which they live."""

    member_id: int
    reference: str
    name: str
    owed_satang: Satang
    household_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """Somebody said that a member transferred so much on a day; the number of the slip where they had it."""

    member_id: int
    amount_satang: Satang
    transferred_on: date
    slip_number: str = ""


@dataclass(frozen=True, kw_only=True)
class InTheBooks:
    """An entry that moved money at the bank and that no line tells yet; `memo` may name the bank's slip."""

    entry_id: int
    happened_on: date
    amount_satang: Satang
    memo: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a line may be, and why: an entry that stands in the books, or the dues of a member. A person decides."""

    why: tuple[Speaks, ...]
    entry_id: int | None = None
    payments: tuple[Payment, ...] = ()


def suggestions(
    *, line: OnStatement, people: Collection[MayHavePaid], entries: Collection[InTheBooks],
    notes: Collection[Said] = ()
) -> tuple[Suggestion, ...]:
    """What a line of the bank may be, the likeliest first; an amount alone never says whose dues it is.

    A reference that two members share speaks for neither.
    """
    found = [Suggestion(entry_id=entry.entry_id, why=why) for entry in entries if (why := _same_money(line, entry))]
    if line.amount_satang > 0:
        found += _payers(line, people, notes)
    return tuple(sorted(found, key=lambda one: -sum(_WEIGHT[each] for each in one.why)))


_WEIGHT = {Speaks.REFERENCE: 8, Speaks.SLIP: 8, Speaks.NAME: 5, Speaks.OWED: 2, Speaks.AMOUNT: 3, Speaks.SAME_DAY: 2,
           Speaks.NEAR_DAY: 1, Speaks.NOTE: 4, Speaks.HOUSEHOLD: 3}


def _same_money(line: OnStatement, entry: InTheBooks) -> tuple[Speaks, ...]:
    apart = abs((line.moved_on - entry.happened_on).days)
    if line.amount_satang != entry.amount_satang or apart > DAYS_APART_MAX:
        return ()
    why = [Speaks.AMOUNT, Speaks.NEAR_DAY if apart else Speaks.SAME_DAY]
    numbers = {part for part in _PARTS.findall(entry.memo) if any(map(str.isdigit, part))}
    return (*why, Speaks.SLIP) if numbers & set(_PARTS.findall(line.words)) else tuple(why)


def _payers(line: OnStatement, people: Collection[MayHavePaid], notes: Collection[Said]) -> list[Suggestion]:
    marked = set(_MARKED.findall(line.words.upper()))
    named = [one for one in people if one.reference and one.reference in marked]
    found = {one.member_id: [Speaks.REFERENCE] for one in named if len(named) == 1}
    for one in people:
        if one.name and one.name in line.words:
            found.setdefault(one.member_id, []).append(Speaks.NAME)
    for note in notes:
        apart = abs((line.moved_on - note.transferred_on).days)
        if note.amount_satang == line.amount_satang and apart <= DAYS_APART_MAX:
            why = found.setdefault(note.member_id, [])
            why += [Speaks.NOTE, Speaks.NEAR_DAY if apart else Speaks.SAME_DAY]
            if note.slip_number and note.slip_number in line.words:
                why.append(Speaks.SLIP)
    payers = {one.member_id: one for one in people}
    return [each for member_id, why in found.items() for each in _one_or_the_house(line, member_id, why, payers)]


def _one_or_the_house(
    line: OnStatement, member_id: int, why: Sequence[Speaks], payers: Mapping[int, MayHavePaid]
) -> list[Suggestion]:
    """The whole as one member's; and before it everybody's of the house, where it is just what they owe together."""
    payer = payers.get(member_id)
    owes_it = payer is not None and payer.owed_satang == line.amount_satang
    found = [Suggestion(why=(*why, Speaks.OWED) if owes_it else tuple(why),
                        payments=(Payment(member_id=member_id, amount_satang=line.amount_satang),))]
    house = [one for one in payers.values() if payer is not None and one.household_id is not None
             and one.household_id == payer.household_id and one.owed_satang > 0]
    if len(house) > 1 and sum(one.owed_satang for one in house) == line.amount_satang:
        found.insert(0, Suggestion(why=(*why, Speaks.HOUSEHOLD), payments=tuple(
            Payment(member_id=one.member_id, amount_satang=one.owed_satang) for one in house)))
    return found


def refusals_to_pay(
    *, open_satang: Satang, payments: Sequence[Payment], villages: Mapping[int, UUID | None]
) -> list[Refusal]:
    """Every reason not to book a line of the bank as the dues of these members: together they are just the line.

    `villages`: of each member, None for somebody without one, whom no receipt book is for.
    """
    found = []
    if open_satang <= 0:
        found.append(Refusal(code="contributions.money_went_out", about="line"))
    together = sum(payment.amount_satang for payment in payments)
    if together != open_satang:
        found.append(Refusal(code="contributions.differs_from_the_bank", about="payments", facts={
            "amount_satang": together, "bank_satang": open_satang}))
    return found + [Refusal(code="contributions.payer_without_village", about=str(one.member_id))
                    for one in payments if villages.get(one.member_id, UUID(int=0)) is None]


def refusals_to_say(*, amount_satang: Satang, transferred_on: date, slip_is_known: bool, today: date) -> list[Refusal]:
    """Every reason not to keep what somebody says of a transfer; `slip_is_known`: this slip was told before."""
    found = []
    if not 0 < amount_satang <= AMOUNT_MAX:
        found.append(Refusal(code="contributions.transfer_amount_out_of_range", about="amount"))
    if transferred_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="day", facts={"day": transferred_on}))
    if slip_is_known:
        found.append(Refusal(code="contributions.slip_told_before", about="slip"))
    return found
