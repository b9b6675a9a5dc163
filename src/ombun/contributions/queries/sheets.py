"""The sheet of a village before it is recorded: who is on it, what the rules say, which receipt book."""
from collections.abc import Collection as Many
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from ombun.contributions import rules
from ombun.contributions.models import ReceiptBook
from ombun.contributions.queries.dues import standings
from ombun.contributions.rules import (
    BookFacts,
    PaperNumbers,
    Payer,
    Sheet,
    Standing,
)
from ombun.funds import queries as funds
from ombun.funds.rules import holds
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.asking import array, rows
from ombun.primitives.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of the collection sheet: a member and what is due."""

    member: MemberCard
    standing: Standing


def collection_sheet(*, fund_id: int, centre_id: UUID, on: date) -> tuple[SheetLine, ...]:
    """Everybody of a village in Thai order with what is due on the day (in satang)."""
    cards = members.members_of_centre(fund_id=fund_id, centre_id=centre_id, on=on)
    where = standings(fund_id=fund_id, member_ids=[c.id for c in cards], on=on)
    return tuple(SheetLine(member=card, standing=where[card.id]) for card in cards)


_NAMES = """SELECT e.id, m.id, m.full_name FROM members_member e
  JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
  WHERE e.fund_id = %(fund_id)s AND e.id = ANY(%(ids)s::int[]) AND e.withdrawn_by IS NULL AND m.withdrawn_by IS NULL
    AND (%(centre_id)s::uuid IS NULL OR %(centre_id)s IN (e.centre_id, m.centre_id))"""


_SPELLS = """SELECT coalesce(m.merged_into, m.id), s.joined_on, s.left_on
  FROM members_membership s JOIN members_member m ON m.fund_id = s.fund_id AND m.id = s.member_id
  WHERE s.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s::int[]) OR m.merged_into = ANY(%(ids)s::int[]))
    AND (s.left_reason IS NULL OR s.left_on IS NOT NULL)"""


def payers(*, fund_id: int, member_ids: Many[int], centre_id: UUID | None = None) -> dict[int, Payer]:
    """What the rules need to know about everybody on a sheet, in two statements; of one village where it is named.

    A spell that ended on an unknown day does not make a payer. An entry that was merged since the sheet was taken along
    pays as its person.
    """
    names = rows(_NAMES, fund_id=fund_id, ids=array(member_ids), centre_id=centre_id)
    spells: dict[int, list[tuple[date | None, date | None]]] = {}
    for person, joined_on, left_on in rows(_SPELLS, fund_id=fund_id, ids=array(person for _, person, _ in names)):
        spells.setdefault(person, []).append((joined_on, left_on))
    return {i: Payer(name=name, spells=tuple(spells.get(person, ()))) for i, person, name in names}


def book_in_use(*, fund_id: int, centre_id: UUID) -> BookFacts | None:
    """The centre's receipt book that still has free numbers (the one with the smallest number), or the last one; not
    those that devices number."""
    books = list(ReceiptBook.objects.filter(
        fund_id=fund_id, centre_id=centre_id, device_id__isnull=True).order_by("book_no"))
    free = [b for b in books if b.next_number <= b.last_number] or books[-1:]
    return book_facts(book=free[0]) if free else None


def book_facts(*, book: ReceiptBook) -> BookFacts:
    """A receipt book as the rules want it."""
    return BookFacts(id=book.id, book_no=book.book_no, next_number=book.next_number, last_number=book.last_number)


@dataclass(frozen=True, kw_only=True)
class JudgedSheet:
    """What the rules say about a sheet before it is written: every reason against it, and its receipt book."""

    refusals: tuple[Refusal, ...]
    book: BookFacts | None


def paper_books(*, fund_id: int, centre_id: UUID) -> tuple[BookFacts, ...]:
    """The centre's receipt books on paper that still have free numbers, by number."""
    books = ReceiptBook.objects.filter(
        fund_id=fund_id, centre_id=centre_id, device_id__isnull=True, next_number__lte=F("last_number"))
    return tuple(book_facts(book=book) for book in books.order_by("book_no"))


def judged_sheet(
    *, actor: Actor, sheet: Sheet, today: date, numbers: PaperNumbers | None = None
) -> JudgedSheet:
    """Everything that would refuse this sheet if it were recorded now; `numbers` where its receipts were written by
    hand.

    For a collector only the people of their own village are there: anybody else is as unknown as nobody.
    """
    book = book_in_use(fund_id=actor.fund_id, centre_id=sheet.centre_id)
    on_paper: list[Refusal] = []
    if numbers is not None:
        own = paper_books(fund_id=actor.fund_id, centre_id=sheet.centre_id)
        written = next((one for one in own if one.book_no == numbers.book_no), None)
        on_paper = rules.refusals_to_number_on_paper(payments=sheet.payments, numbers=numbers, book=written)
        book = written or book
    holdings = funds.holdings(fund_id=actor.fund_id)
    refusals = rules.refusals_to_record(
        sheet=sheet, book=book, today=today,
        payers=payers(fund_id=actor.fund_id, member_ids={p.member_id for p in sheet.payments},
                      centre_id=actor.centre_id if actor.role == Role.COLLECTOR else None),
        is_collector=holds(holdings=holdings, person_id=sheet.collected_by, offices=rules.COLLECTORS,
                           on=sheet.collected_on))
    at_desk = rules.refusals_of_the_desk(actor=actor, sheet=sheet, holdings=holdings)
    told = {refusal.code for refusal in on_paper}
    return JudgedSheet(refusals=(*(one for one in refusals if one.code not in told), *at_desk, *on_paper), book=book)


def books_of_centres(*, fund_id: int) -> Sequence[ReceiptBook]:
    """Every receipt book of the fund, by centre and number."""
    return list(ReceiptBook.objects.filter(fund_id=fund_id).order_by("book_no"))
