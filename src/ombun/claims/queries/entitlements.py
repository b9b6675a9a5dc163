"""What the rule book grants members: all that assessments need, read at once, and the answers."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.claims import rules
from ombun.claims.rules import Had
from ombun.claims.states import COUNTED
from ombun.contributions import queries as contributions
from ombun.contributions.rules import is_paid_up
from ombun.members.queries import MemberCard, member_cards, persons_of
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import ClauseCard, RuleBook
from ombun.regulations.rules.assessment import Assessment, Event, MemberFacts, Used, assess
from ombun.regulations.rules.vocabulary import Payee


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


_HAD = """
WITH had AS (
  SELECT member_id, benefit, happened_on AS on_day, 1 AS times, coalesce(assessed_units, 0) AS units,
    approved_satang AS satang
  FROM claims_claim WHERE fund_id = %(fund_id)s AND state = ANY(%(counted)s)
    AND (%(excluding)s::uuid IS NULL OR id <> %(excluding)s)
  UNION ALL
  SELECT member_id, benefit, counted_on, times, units, amount_satang FROM claims_openinguse WHERE fund_id = %(fund_id)s
  UNION ALL
  SELECT member_id, benefit, paid_on, 1, units, amount_satang FROM claims_pastbenefit b
  WHERE fund_id = %(fund_id)s AND NOT EXISTS (SELECT 1 FROM claims_openinguse o
    WHERE o.fund_id = b.fund_id AND o.member_id = b.member_id AND o.benefit = b.benefit))
SELECT coalesce(m.merged_into, m.id), had.benefit, had.on_day, had.times, had.units, had.satang
FROM members_member m JOIN had ON had.member_id = m.id
WHERE m.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))"""


def benefits_had(*, fund_id: int, member_ids: Collection[int], excluding: UUID | None = None) -> list[Had]:
    """What members have had so far: approved and paid claims, and what was used before the books began here.

    One statement whatever their number. `excluding` is the claim in hand.
    """
    rows = _rows(_HAD, fund_id=fund_id, ids=list(member_ids), counted=list(COUNTED), excluding=excluding)
    return [Had(member_id=member, benefit=benefit, on=on, times=times, units=units, satang=Satang(satang))
            for member, benefit, on, times, units, satang in rows]


@dataclass(frozen=True, kw_only=True)
class Register:
    """All that assessments of these members for these days need to know, read at once."""

    cards: Mapping[int, MemberCard]
    books: tuple[RuleBook, ...]
    paid_until: Mapping[tuple[int, date], date | None]
    had: list[Had]

    def centre_of(self, member_id: int) -> UUID | None:
        """The village centre of a member; None where the register does not say."""
        card = self.cards.get(member_id)
        return card.centre_id if card else None

    def clause(self, *, benefit: str, day: date) -> ClauseCard | None:
        """The clause that grants a benefit on a day, or None."""
        in_force = (clause for book in self.books if book.holds_on(day) for clause in book.clauses)
        return next((clause for clause in in_force if clause.benefit == benefit), None)

    def assessment(self, *, member_id: int, clause: ClauseCard, event: Event) -> Assessment:
        """What this clause grants this member for this event, with every line explained."""
        on = event.happened_on
        until = self.paid_until[member_id, on]
        facts = member_facts(
            card=self.cards[member_id], paid_until=until, is_paid_up=is_paid_up(until=until, on=on),
            used_so_far=rules.used(had=self.had, member_id=member_id, benefit=clause.benefit, rule=clause.rule, on=on))
        return assess(rule=clause.rule, clause_no=clause.clause_no, facts=facts, event=event)


def register(*, fund_id: int, asked: Collection[tuple[int, date]], excluding: UUID | None = None) -> Register:
    """Read what assessments need, by member and day: six statements whatever their number."""
    member_ids = {member_id for member_id, _ in asked}
    return Register(
        cards=member_cards(fund_id=fund_id, member_ids=member_ids), books=rule_book.rule_books(fund_id=fund_id),
        paid_until=contributions.paid_until(fund_id=fund_id, asked=asked),
        had=benefits_had(fund_id=fund_id, member_ids=member_ids, excluding=excluding))


def entitlement(
    *, fund_id: int, member_id: int, benefit: str, happened_on: date, units: int | None, excluding: UUID | None = None
) -> tuple[ClauseCard, Assessment] | None:
    """What the rule book in force on the day of the event grants a member, with every line explained.

    None when no clause grants this benefit on that day, or there is no such member. `excluding` is the claim in hand.
    What was asked under an entry that was merged is granted to the person.
    """
    member_id = persons_of(fund_id=fund_id, entries=[member_id]).get(member_id, member_id)
    known = register(fund_id=fund_id, asked=[(member_id, happened_on)], excluding=excluding)
    clause = known.clause(benefit=benefit, day=happened_on)
    if clause is None or member_id not in known.cards:
        return None
    event = Event(happened_on=happened_on, units=units)
    return clause, known.assessment(member_id=member_id, clause=clause, event=event)


def entitlements(*, fund_id: int, member_id: int, on: date) -> tuple[tuple[ClauseCard, Assessment], ...]:
    """What each clause in force grants a member for an event on a day, in the order of the rule book.

    Where a clause counts units, for one of them. Six statements whatever the number of clauses.
    """
    known = register(fund_id=fund_id, asked=[(member_id, on)])
    if member_id not in known.cards:
        return ()
    return tuple((clause, known.assessment(
        member_id=member_id, clause=clause, event=Event(happened_on=on, units=1 if clause.rule.unit else None)))
        for book in known.books if book.holds_on(on) for clause in book.clauses)


def benefits_open(
    *, fund_id: int, cards: Collection[MemberCard], paid_until: Mapping[int, date | None], on: date
) -> dict[int, tuple[ClauseCard, ...]]:
    """What each of these members themselves could ask for on a day and would get something: the clauses in force, in
    the order of the rule book. `paid_until` is where they stand on that day. Three statements whatever the number of
    members and clauses."""
    known = Register(
        cards={card.id: card for card in cards}, books=rule_book.rule_books(fund_id=fund_id),
        paid_until={(i, on): until for i, until in paid_until.items()},
        had=benefits_had(fund_id=fund_id, member_ids=[card.id for card in cards]))
    clauses = [clause for book in known.books if book.holds_on(on) for clause in book.clauses
               if clause.rule.payee == Payee.MEMBER]
    return {i: tuple(clause for clause in clauses if known.assessment(
        member_id=i, clause=clause, event=Event(happened_on=on, units=1 if clause.rule.unit else None)).amount_satang)
        for i in known.cards}


def member_facts(
    *, card: MemberCard, paid_until: date | None, is_paid_up: bool | None, used_so_far: Used
) -> MemberFacts:
    """A member of the register as the rule book wants to know them. On the day of death they are still a member."""
    left_on = card.left_on
    if left_on is not None and card.left_reason == LeftReason.DECEASED:
        left_on += timedelta(days=1)
    earliest, latest = _birth_between(card)
    return MemberFacts(
        joined_on=card.joined_on, born_earliest_on=earliest, born_latest_on=latest,
        has_left=card.left_reason is not None, left_on=left_on, is_paid_up=is_paid_up, paid_until_on=paid_until,
        used=used_so_far)


def _birth_between(card: MemberCard) -> tuple[date | None, date | None]:
    """The earliest and the latest day on which somebody can have been born; a year alone is a whole year wide."""
    born = card.born_on
    if born is None:
        return None, None
    if card.birth_precision == BirthPrecision.YEAR:
        return date(born.year, 1, 1), date(born.year, 12, 31)
    if card.birth_precision == BirthPrecision.MONTH:
        return month_of(born), month_end(born)
    return born, born
