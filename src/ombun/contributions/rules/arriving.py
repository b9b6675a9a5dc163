"""What a sheet from a device is worth. Receipts given and cash taken are facts. Pure: no database, no clock."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ombun.contributions.rules.sheets import BookFacts, Sheet
from ombun.primitives.refusals import Refusal

DEVICE_BOOKS_FROM = 9_001  # books on devices are numbered apart from those on paper
DEVICE_BOOK_NUMBERS = 9_999
DEVICE_BOOK_LEFT_MIN = 1_000  # with fewer numbers left, a device gets its next book
TO_LOOK_AT = frozenset({  # what refuses a sheet at a desk, and is a doubt about one that was collected already
    "contributions.day_to_come", "contributions.not_a_collector", "contributions.member_not_active",
    "contributions.collected_by_another_centre"})


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A sheet as a device sends it, its receipts numbered on the way by the book that was lent to the device."""

    sheet: Sheet
    device_id: UUID
    book_no: int
    first_number: int


@dataclass(frozen=True, kw_only=True)
class JudgedArrival:
    """What the rules say about a sheet that arrives: reasons that keep it out, and doubts by member, which do not."""

    sheet: Sheet
    book: BookFacts | None
    refusals: tuple[Refusal, ...]
    doubts: Mapping[int, tuple[str, ...]]


def on_a_day_that_was(*, sheet: Sheet, today: date) -> Sheet:
    """The sheet as it can be booked: a device whose clock runs ahead collected at the latest today."""
    return sheet if sheet.collected_on <= today else replace(sheet, collected_on=today, told_on=sheet.collected_on)


def refusals_to_number(*, arrival: Arrival, book: BookFacts | None) -> list[Refusal]:
    """Why a device cannot have numbered these receipts: not its book, or numbers before them have not arrived."""
    if book is None:
        return [Refusal(code="contributions.not_the_devices_book", about="book", facts={"book_no": arrival.book_no})]
    if arrival.first_number > book.next_number:
        return [Refusal(code="contributions.numbers_before_are_missing", about="numbers", facts={
            "book_no": book.book_no, "first": book.next_number, "last": arrival.first_number - 1})]
    return []


def doubts(
    *, arrival: Arrival, sheet: Sheet, book: BookFacts | None, found: Sequence[Refusal],
    elsewhere: Collection[int], paid_already: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """What a person has to look at, as codes of refusals by member; whatever is about the whole sheet is about each.

    `elsewhere` are people of other villages, `paid_already` those with a receipt of the same day on another sheet.
    """
    members = [payment.member_id for payment in sheet.payments]
    whole = [one.code for one in found if one.code in TO_LOOK_AT and one.about not in map(str, members)]
    if sheet.told_on:
        whole.append("contributions.day_to_come")
    if book is not None and arrival.first_number < book.next_number:
        whole.append("contributions.numbers_used_before")
    own: dict[int, list[str]] = {member_id: list(whole) for member_id in members}
    for one in found:
        if one.code in TO_LOOK_AT and one.about.isdigit() and int(one.about) in own:
            own[int(one.about)].append(one.code)
    for code, whose in (("contributions.of_another_village", elsewhere),
                        ("contributions.paid_on_another_sheet", paid_already)):
        for member_id in own.keys() & set(whose):
            own[member_id].append(code)
    return {member_id: tuple(sorted(set(codes))) for member_id, codes in own.items() if codes}
