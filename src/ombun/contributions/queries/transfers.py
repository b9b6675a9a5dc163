"""Transfers: whose dues a line of the bank may be, and the sheets that it would be booked as."""
from collections.abc import Collection as Many
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from ombun.contributions import rules
from ombun.contributions.queries.dues import standings
from ombun.contributions.rules import InTheBooks, MayHavePaid, OnStatement, Payment, Said, Sheet, Suggestion
from ombun.ledger import queries as ledger
from ombun.ledger.queries import StatementLineCard
from ombun.ledger.rules import transfer_reference
from ombun.members import queries as members
from ombun.primitives.asking import array, rows
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A line of the bank as sheets, one for each village of those who paid, and everybody's village."""

    sheets: tuple[Sheet, ...]
    villages: Mapping[int, UUID | None]


def transfer(
    *, fund_id: int, match_id: UUID, line_id: int, payments: Sequence[Payment], booked_by: UUID
) -> Transfer:
    """What a line would be booked as; no sheets where there is no such line."""
    line = ledger.statement_line(fund_id=fund_id, line_id=line_id)
    villages: dict[int, UUID | None] = dict(rows(
        "SELECT id, centre_id FROM members_member WHERE fund_id = %(fund_id)s AND id = ANY(%(ids)s::int[])",
        fund_id=fund_id, ids=array({payment.member_id for payment in payments})))
    of_village: dict[UUID, list[Payment]] = {}
    for payment in payments:
        if (centre := villages.get(payment.member_id, UUID(int=0))) is not None:
            of_village.setdefault(centre, []).append(payment)
    return Transfer(villages=villages, sheets=() if line is None else tuple(Sheet(
        collection_id=uuid5(match_id, str(centre)), centre_id=centre, collected_on=line.moved_on,
        collected_by=booked_by, payments=tuple(paid)) for centre, paid in sorted(of_village.items(), key=str)))


def lines_paid_by(*, fund_id: int, member_ids: Many[int]) -> list[int]:
    """The lines of bank statements that were ever booked as dues of these members."""
    return [i for i, in rows("""SELECT DISTINCT x.line_id FROM contributions_contribution p
      JOIN contributions_collection k ON k.fund_id = p.fund_id AND k.id = p.collection_id
      JOIN ledger_statementmatch x ON x.fund_id = k.fund_id AND x.entry_id = k.entry_id
      WHERE p.fund_id = %(fund_id)s AND p.member_id = ANY(%(ids)s::int[])""", fund_id=fund_id, ids=array(member_ids))]


@dataclass(frozen=True, kw_only=True)
class NoteCard:
    """What somebody said of a member's transfer; whether a line of the bank has told it since."""

    id: UUID
    member_id: int
    member_no: str
    full_name: str
    amount_satang: Satang
    transferred_on: date
    slip: str | None
    is_told: bool


_NOTES = """
SELECT n.id, m.id, coalesce(m.member_no, ''), m.full_name, n.amount_satang, n.transferred_on, n.slip, EXISTS (
    SELECT 1 FROM ledger_statementmatch x
    LEFT JOIN ledger_entry r ON r.fund_id = x.fund_id AND r.reverses_id = x.entry_id
    WHERE x.fund_id = n.fund_id AND x.match_id = n.match_id AND x.undone_at IS NULL AND r.id IS NULL)
FROM contributions_transfernote n JOIN members_member e ON e.fund_id = n.fund_id AND e.id = n.member_id
JOIN members_member m ON m.fund_id = e.fund_id AND m.id = coalesce(e.merged_into, e.id)
WHERE n.fund_id = %(fund_id)s AND n.taken_back_at IS NULL
  AND (%(member_id)s::int IS NULL OR m.id = %(member_id)s) ORDER BY n.transferred_on DESC, n.recorded_at DESC"""


def notes(*, fund_id: int, member_id: int | None = None) -> tuple[NoteCard, ...]:
    """What was said of transfers, of everybody or of one member, the newest first; without what was taken back."""
    names = list(NoteCard.__dataclass_fields__)
    return tuple(NoteCard(**dict(zip(names, row, strict=True)))
                 for row in rows(_NOTES, fund_id=fund_id, member_id=member_id))


def waiting_notes(*, fund_id: int) -> tuple[NoteCard, ...]:
    """What was said of transfers and no line of the bank tells yet."""
    return tuple(note for note in notes(fund_id=fund_id) if not note.is_told)


def suggested(
    *, fund_id: int, lines: Sequence[StatementLineCard], on: date
) -> dict[int, tuple[Suggestion, ...]]:
    """What each line of the bank may be, the likeliest first; a constant number of statements for any number of lines.

    What members owe is as of a day.
    """
    cards = [card for card in members.all_members(fund_id=fund_id) if card.is_active_on(on)]
    owed = standings(fund_id=fund_id, member_ids=[card.id for card in cards], on=on) if lines else {}
    houses = dict(rows("""SELECT coalesce(m.merged_into, m.id), r.household_id FROM members_residence r
      JOIN members_member m ON m.fund_id = r.fund_id AND m.id = r.member_id
      WHERE r.fund_id = %(fund_id)s AND (r.until_on IS NULL OR r.until_on > %(on)s)""", fund_id=fund_id, on=on))
    people = [MayHavePaid(
        member_id=card.id, household_id=houses.get(card.id), reference=transfer_reference(member_no=card.member_no),
        name=f"{card.first_name} {card.last_name}" if card.last_name else "",
        owed_satang=owed[card.id].owed_satang if lines else Satang(0)) for card in cards]
    entries = [(one.account_code, InTheBooks(entry_id=one.entry_id, happened_on=one.happened_on, memo=one.memo,
                                             amount_satang=one.amount_satang))
               for one in ledger.unmatched_entries(fund_id=fund_id)]
    told = [Said(member_id=note.member_id, amount_satang=note.amount_satang, transferred_on=note.transferred_on,
                 slip_number=(note.slip or "").partition(" ")[2]) for note in waiting_notes(fund_id=fund_id)]
    return {line.id: rules.suggestions(
        notes=told,
        line=OnStatement(moved_on=line.moved_on, amount_satang=line.open_satang, words=line.words), people=people,
        entries=[entry for code, entry in entries if code == line.account_code]) for line in lines}
