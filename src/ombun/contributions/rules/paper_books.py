"""Receipts written by hand in a pre-printed book: which number is whose, and which are spoiled. Pure."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ombun.contributions.rules.sheets import BookFacts, Payment
from ombun.primitives.refusals import Refusal

SPOILED_MAX = 200  # more spoiled numbers than that in one sheet were typed by mistake


@dataclass(frozen=True, kw_only=True)
class PaperNumbers:
    """The numbers of a sheet as they stand in a paper book: from which on, which of them are spoiled and why, and those
    that somebody read off beside a name, by member; everybody else has the next free one, in the order of the sheet."""

    book_no: int
    first_number: int
    spoiled: frozenset[int] = frozenset()
    why: str = ""
    by_member: Mapping[int, int] = field(default_factory=dict)

    def last_number(self, receipts: int) -> int:
        """The last number that so many receipts and the spoiled ones take."""
        return self.first_number + receipts + len(self.spoiled) - 1


@dataclass(frozen=True, kw_only=True)
class Run:
    """Numbers in a row that are all receipts, with their payments, or all spoiled, with none."""

    first_number: int
    last_number: int
    payments: tuple[Payment, ...]


def refusals_to_number_on_paper(
    *, payments: Sequence[Payment], numbers: PaperNumbers, book: BookFacts | None
) -> list[Refusal]:
    """Why these numbers cannot be those of the book: not its next ones, one number twice, or numbers left out."""
    if book is None:
        return [Refusal(code="contributions.unknown_book", about="book", facts={"book_no": numbers.book_no})]
    found, last = [], numbers.last_number(len(payments))
    if numbers.first_number != book.next_number:
        found.append(Refusal(code="contributions.not_the_next_receipt", about="first", facts={
            "book_no": book.book_no, "next": book.next_number, "first": numbers.first_number}))
    if last > book.last_number and payments:
        found.append(Refusal(code="contributions.receipt_book_full", about=str(book.book_no), facts={
            "book_no": book.book_no, "left": book.last_number - book.next_number + 1,
            "needed": len(payments) + len(numbers.spoiled)}))
    told = [*sorted(numbers.by_member.items(), key=lambda one: one[1]), *((0, n) for n in sorted(numbers.spoiled))]
    taken: set[int] = set()
    for member_id, number in told:
        about = f"number-{member_id}" if member_id else "spoiled"
        if number in taken:
            found.append(Refusal(code="contributions.number_twice", about=about, facts={"number": number}))
        elif not numbers.first_number <= number <= last:
            found.append(Refusal(code="contributions.numbers_left_out", about=about, facts={
                "number": number, "first": numbers.first_number, "last": last}))
        taken.add(number)
    return found


def runs(*, payments: Sequence[Payment], numbers: PaperNumbers) -> tuple[Run, ...]:
    """The numbers of a sheet in their order, cut where spoiled ones begin and end. Asked of what was not refused."""
    last = numbers.last_number(len(payments))
    own = {numbers.by_member[p.member_id]: p for p in payments if p.member_id in numbers.by_member}
    free = iter([n for n in range(numbers.first_number, last + 1) if n not in own and n not in numbers.spoiled])
    own |= {next(free): p for p in payments if p.member_id not in numbers.by_member}
    found = []
    for _, group in groupby(range(numbers.first_number, last + 1), key=lambda number: number in numbers.spoiled):
        row = list(group)
        found.append(Run(first_number=row[0], last_number=row[-1],
                         payments=tuple(own[number] for number in row if number in own)))
    return tuple(found)
