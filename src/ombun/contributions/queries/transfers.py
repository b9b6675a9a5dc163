"""Transfers: whose dues a line of the bank may be, and the sheets that it would be booked as."""
from collections.abc import Collection as Many
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from ombun.contributions import rules
from ombun.contributions.queries.dues import standings
from ombun.contributions.rules import InTheBooks, MayHavePaid, OnStatement, Payment, Sheet, Suggestion
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


def suggested(
    *, fund_id: int, lines: Sequence[StatementLineCard], on: date
) -> dict[int, tuple[Suggestion, ...]]:
    """What each line of the bank may be, the likeliest first; a constant number of statements for any number of lines.

    What members owe is as of a day.
    """
    cards = [card for card in members.all_members(fund_id=fund_id) if card.is_active_on(on)]
    owed = standings(fund_id=fund_id, member_ids=[card.id for card in cards], on=on) if lines else {}
    people = [MayHavePaid(
        member_id=card.id, reference=transfer_reference(member_no=card.member_no),
        name=f"{card.first_name} {card.last_name}" if card.last_name else "",
        owed_satang=owed[card.id].owed_satang if lines else Satang(0)) for card in cards]
    entries = [(one.account_code, InTheBooks(entry_id=one.entry_id, happened_on=one.happened_on, memo=one.memo,
                                             amount_satang=one.amount_satang))
               for one in ledger.unmatched_entries(fund_id=fund_id)]
    return {line.id: rules.suggestions(
        line=OnStatement(moved_on=line.moved_on, amount_satang=line.open_satang, words=line.words), people=people,
        entries=[entry for code, entry in entries if code == line.account_code]) for line in lines}
