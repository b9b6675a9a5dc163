"""What the rule book grants members: all that assessments need, read at once, and the answers."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from uuid import UUID

from ombun.claims import rules
from ombun.claims.rules import FundHad, Had
from ombun.claims.states import COUNTED
from ombun.contributions import queries as contributions
from ombun.contributions.rules import is_paid_up
from ombun.ledger.rules import DONATIONS, LOCAL_MATCHING, STATE_MATCHING
from ombun.members.queries import MemberCard, housemates, member_cards, persons_of
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.asking import rows
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import ClauseCard, RuleBook
from ombun.regulations.rules.assessment import Assessment, Event, MemberFacts, Used, assess
from ombun.regulations.rules.vocabulary import Earmark, Kind, Payee, Sex

_HAD = """
WITH had AS (
  SELECT c.member_id, c.benefit, c.happened_on AS on_day, 1 AS times, coalesce(c.assessed_units, 0) AS units,
    c.approved_satang - coalesce(b.satang, 0) AS satang
  FROM claims_claim c LEFT JOIN (SELECT r.claim_id, sum(p.amount_satang)::bigint AS satang FROM claims_recovery r
    JOIN claims_repayment p ON p.fund_id = r.fund_id AND p.recovery_id = r.id
    WHERE r.fund_id = %(fund_id)s GROUP BY r.claim_id) b ON b.claim_id = c.id
  WHERE c.fund_id = %(fund_id)s AND c.state = ANY(%(counted)s)
    AND (%(excluding)s::uuid IS NULL OR c.id <> %(excluding)s) AND coalesce(b.satang, 0) < c.approved_satang
  UNION ALL
  SELECT c.member_id, c.benefit, c.happened_on, 1, coalesce(c.assessed_units, 0), h.amount_satang
  FROM claims_firsthelp h JOIN claims_claim c ON c.fund_id = h.fund_id AND c.id = h.claim_id
  WHERE h.fund_id = %(fund_id)s AND c.state <> ALL(%(counted)s)
    AND (%(excluding)s::uuid IS NULL OR c.id <> %(excluding)s)
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
    """What members have had so far: approved and paid claims, without what came back of them, and what was used
    before the books began here.

    One statement whatever their number. `excluding` is the claim in hand.
    """
    found = rows(_HAD, fund_id=fund_id, ids=list(member_ids), counted=list(COUNTED), excluding=excluding)
    return [Had(member_id=member, benefit=benefit, on=on, times=times, units=units, satang=Satang(satang))
            for member, benefit, on, times, units, satang in found]


_FUND_HAD = """
SELECT benefit, date_trunc('month', on_day)::date, sum(satang)::bigint FROM (
  SELECT benefit, happened_on AS on_day, approved_satang AS satang FROM claims_claim
  WHERE fund_id = %(fund_id)s AND state = ANY(%(counted)s) AND (%(excluding)s::uuid IS NULL OR id <> %(excluding)s)
  UNION ALL SELECT benefit, counted_on, amount_satang FROM claims_openinguse WHERE fund_id = %(fund_id)s
  UNION ALL SELECT benefit, paid_on, amount_satang FROM claims_pastbenefit WHERE fund_id = %(fund_id)s) given
GROUP BY 1, 2"""
_EARMARKS = """
SELECT e.earmark, coalesce((SELECT -sum(l.amount_satang) FROM ledger_account a
    JOIN ledger_line l ON l.fund_id = a.fund_id AND l.account_id = a.id
    WHERE a.fund_id = %(fund_id)s AND a.code = e.account), 0)::bigint
  - coalesce((SELECT sum(c.approved_satang) FROM claims_claim c
    JOIN regulations_clause r ON r.fund_id = c.fund_id AND r.id = c.clause_id AND r.rule->>'earmark' = e.earmark
    WHERE c.fund_id = %(fund_id)s AND c.state = ANY(%(counted)s)
      AND (%(excluding)s::uuid IS NULL OR c.id <> %(excluding)s)), 0)::bigint
FROM unnest(%(earmarks)s::text[], %(accounts)s::text[]) AS e(earmark, account)"""
_INCOME_OF = {Earmark.LOCAL_GOVERNMENT: LOCAL_MATCHING, Earmark.STATE: STATE_MATCHING, Earmark.DONATIONS: DONATIONS}


def _fund_had(*, fund_id: int, books: Collection[RuleBook], excluding: UUID | None) -> FundHad:
    """What the whole fund gave, where a clause wants to know it: two statements, or none."""
    rules_here = [clause.rule for book in books for clause in book.clauses]
    facts = {"fund_id": fund_id, "counted": list(COUNTED), "excluding": excluding}
    months = rows(_FUND_HAD, **facts) if any(r.limits.budget_per_year_satang is not None for r in rules_here) else []
    left = rows(_EARMARKS, **facts, earmarks=list(_INCOME_OF), accounts=list(_INCOME_OF.values())) if any(
        r.earmark for r in rules_here) else []
    return FundHad(by_month={(benefit, month): Satang(satang) for benefit, month, satang in months},
                   earmarks_left={Earmark(earmark): Satang(satang) for earmark, satang in left})


@dataclass(frozen=True, kw_only=True)
class Register:
    """All that assessments of these members for these days need to know, read at once."""

    cards: Mapping[int, MemberCard]
    books: tuple[RuleBook, ...]
    paid_until: Mapping[tuple[int, date], date | None]
    had: list[Had]
    households: Mapping[int, frozenset[int]]
    fund: FundHad

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
        on, card = event.happened_on, self.cards[member_id]
        until = self.paid_until[member_id, on]
        facts = member_facts(
            card=card, paid_until=until, is_paid_up=is_paid_up(until=until, on=on), used_so_far=rules.used(
                had=self.had, fund=self.fund, member_id=member_id, household=self.households.get(member_id),
                benefit=clause.benefit, rule=clause.rule, on=on, joined_on=card.joined_on))
        return assess(rule=clause.rule, clause_no=clause.clause_no, facts=facts, event=event)

    def count(self, one: Had, *, clause: ClauseCard) -> None:
        """From now on this counts against every limit: of the member, their house, the fund, the earmark."""
        self.had.append(one)
        key, mark = (one.benefit, month_of(one.on)), clause.rule.earmark
        self.fund.by_month[key] = Satang(self.fund.by_month.get(key, 0) + one.satang)
        if mark in self.fund.earmarks_left:
            self.fund.earmarks_left[mark] = Satang(self.fund.earmarks_left[mark] - one.satang)


def register(*, fund_id: int, asked: Collection[tuple[int, date]], excluding: UUID | None = None) -> Register:
    """Read what assessments need, by member and day: six statements whatever their number, and three more where a
    clause counts a household, a budget or an earmark."""
    member_ids = {member_id for member_id, _ in asked}
    return _register(
        fund_id=fund_id, cards=member_cards(fund_id=fund_id, member_ids=member_ids), excluding=excluding,
        paid_until=contributions.paid_until(fund_id=fund_id, asked=asked))


def _register(
    *, fund_id: int, cards: Mapping[int, MemberCard], paid_until: Mapping[tuple[int, date], date | None],
    excluding: UUID | None = None
) -> Register:
    books = rule_book.rule_books(fund_id=fund_id)
    counts_houses = any(clause.rule.limits.counts_a_household for book in books for clause in book.clauses)
    homes = housemates(fund_id=fund_id, member_ids=cards) if counts_houses else {}
    return Register(
        cards=cards, books=books, paid_until=paid_until, households=homes,
        had=benefits_had(fund_id=fund_id, member_ids={*cards, *chain(*homes.values())}, excluding=excluding),
        fund=_fund_had(fund_id=fund_id, books=books, excluding=excluding))


def entitlement(
    *, fund_id: int, member_id: int, benefit: str, event: Event, excluding: UUID | None = None
) -> tuple[ClauseCard, Assessment] | None:
    """What the rule book in force on the day of the event grants a member, with every line explained.

    None when no clause grants this benefit on that day, or there is no such member. `excluding` is the claim in hand.
    What was asked under an entry that was merged is granted to the person.
    """
    member_id = persons_of(fund_id=fund_id, entries=[member_id]).get(member_id, member_id)
    known = register(fund_id=fund_id, asked=[(member_id, event.happened_on)], excluding=excluding)
    clause = known.clause(benefit=benefit, day=event.happened_on)
    if clause is None or member_id not in known.cards:
        return None
    return clause, known.assessment(member_id=member_id, clause=clause, event=event)


def entitlements(*, fund_id: int, member_id: int, on: date) -> tuple[tuple[ClauseCard, Assessment], ...]:
    """What each clause in force grants a member for an event on a day, in the order of the rule book.

    Where a clause counts units, for one of them. As many statements as `register`, whatever the number of clauses.
    """
    known = register(fund_id=fund_id, asked=[(member_id, on)])
    if member_id not in known.cards:
        return ()
    return tuple((clause, known.assessment(member_id=member_id, clause=clause, event=_event_today(clause, on)))
                 for book in known.books if book.holds_on(on) for clause in book.clauses)


def benefits_open(
    *, fund_id: int, cards: Collection[MemberCard], paid_until: Mapping[int, date | None], on: date
) -> dict[int, tuple[ClauseCard, ...]]:
    """What each of these members themselves could ask for on a day and would get something: the clauses in force, in
    the order of the rule book. `paid_until` is where they stand on that day. Three statements whatever the number of
    members and clauses, and three more where a clause counts a household, a budget or an earmark."""
    known = _register(fund_id=fund_id, cards={card.id: card for card in cards},
                      paid_until={(i, on): until for i, until in paid_until.items()})
    clauses = [clause for book in known.books if book.holds_on(on) for clause in book.clauses
               if clause.rule.payee == Payee.MEMBER]
    return {i: tuple(clause for clause in clauses if known.assessment(
        member_id=i, clause=clause, event=_event_today(clause, on)).amount_satang) for i in known.cards}


def _event_today(clause: ClauseCard, on: date) -> Event:
    return Event(happened_on=on, units=1 if clause.rule.unit else None, asked_on=on)


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
        sex=Sex(card.sex.lower()) if card.sex else None, kind=Kind(card.kind.lower()) if card.kind else None,
        moo=card.moo, used=used_so_far)


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
