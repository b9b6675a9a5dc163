"""The sheets that can be imported again: what this is, the register, money in, money out, accounts."""
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection

from ombun.exports.rules.accounts import Month, Way, accounts_tables, turned, word_of
from ombun.exports.rules.benefits import Received, benefits_table
from ombun.exports.rules.benefits import word_of as benefit_word
from ombun.exports.rules.first_sheet import Covered, first_sheet
from ombun.exports.rules.grids import Payer, grid_table
from ombun.exports.rules.lives import in_words, spells_of
from ombun.exports.rules.register import name_in_one, register_tables
from ombun.exports.rules.tables import Table
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.imports import queries as imports
from ombun.imports.queries import ToldBefore
from ombun.imports.rules.books import PAID_OUT
from ombun.imports.rules.register_row import RegisterRow
from ombun.ledger.rules import (
    FUND_AT_START,
    HELPED_AT_ONCE,
    PAST_MONEY,
    THINGS_KEPT,
    TO_BE_PAID_BACK,
    AccountKind,
)
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.members.rules.life import Event
from ombun.members.states import Happening
from ombun.primitives.days import BE_MINUS_CE, add_months, fiscal_year_be, month_of

_NUMBERED = re.compile(r"(\S*\d\S*) (.+)")


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def sheets_to_import(*, fund_id: int, on: date) -> Iterator[Table]:
    """The first sheet, and after it every sheet as the importer reads it, one after another."""
    fund = funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    cards = members.all_members(fund_id=fund_id)
    told = imports.told_before(fund_id=fund_id)
    payers = {card.id: _payer(card) for card in cards}
    years = _years(fund_id, on)
    yield first_sheet(covered=Covered(
        code=fund.code, name=fund.name, tambon=fund.tambon, district=fund.district, province=fund.province,
        tambon_code=fund.tambon_code, founded_on=fund.founded_on, starts_on=fund.starts_on, taken_on=on,
        villages=[(centre.moo, centre.name) for centre in funds.centres(fund_id=fund_id)],
        members=len(cards), years=years))
    yield from register_tables(villages=_villages(fund_id, cards))
    for year_be in years:
        yield _grid(fund_id, year_be, payers, told)
    yield benefits_table(received=_received(fund_id, payers))
    yield from accounts_tables(months=_past_months(told) | _own_months(fund_id, fund, on))


def _payer(card: MemberCard) -> Payer:
    return Payer(member_no=card.member_no, national_id=None if card.member_no else card.national_id, moo=card.moo,
                 full_name=name_in_one(title=card.name_title, first=card.first_name, last=card.last_name))


_LIVES = """
SELECT coalesce(m.merged_into, m.id), e.id, e.membership_id, e.kind, e.happened_on, e.strikes_id
FROM members_membershipevent e JOIN members_member m ON m.fund_id = e.fund_id AND m.id = e.member_id
WHERE e.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL"""


def _villages(
    fund_id: int, cards: Sequence[MemberCard]
) -> Iterator[tuple[int | None, Sequence[RegisterRow]]]:
    events: dict[int, list[Event]] = {}
    for person, i, spell, kind, day, strikes in _rows(_LIVES, fund_id=fund_id):
        events.setdefault(person, []).append(Event(
            id=i, membership_id=spell, kind=Happening(kind), happened_on=day, strikes_id=strikes))
    for moo, mine in groupby(cards, key=lambda card: card.moo):
        yield moo, [_register_row(card, events.get(card.id, ())) for card in mine]


def _register_row(card: MemberCard, events: Sequence[Event]) -> RegisterRow:
    told = spells_of(events=events)
    last = told[-1] if told else card
    return RegisterRow(
        member_no=card.member_no or None, name_title=card.name_title,
        first_name=card.full_name.strip("()") if card.is_erased else card.first_name,
        last_name=card.last_name, national_id=card.national_id, no_id_reason=card.no_id_reason,
        stated_sex=card.stated_sex, born_on=card.born_on, birth_precision=card.birth_precision, moo=card.moo,
        house_no=card.house_no or None, kind=card.kind, phone=card.phone or None, joined_on=last.joined_on,
        left_on=last.left_on, left_reason=last.left_reason, beneficiary_name=card.beneficiary_name or None,
        relation=card.beneficiary_relation or None, life=in_words(told=told))


# One plain statement a table, joined here: with fresh tables the planner would nest the loops over a whole fund.
PAID = """SELECT member_id, date_trunc('month', collected_on)::date, sum(amount_satang)::bigint
  FROM contributions_contribution WHERE fund_id = %(fund_id)s AND collected_on >= %(from_on)s
    AND collected_on < %(until_on)s GROUP BY 1, 2"""
_GIVEN_BACK = """SELECT x.member_id, date_trunc('month', c.collected_on)::date, -sum(c.amount_satang)::bigint
  FROM contributions_cancelled x JOIN contributions_contribution c ON c.fund_id = x.fund_id
    AND c.member_id = x.member_id AND c.collection_id = x.collection_id
  WHERE x.fund_id = %(fund_id)s AND c.collected_on >= %(from_on)s AND c.collected_on < %(until_on)s GROUP BY 1, 2"""
PAID_BEFORE = """SELECT member_id, month, sum(amount_satang)::bigint FROM contributions_pastpayment
  WHERE fund_id = %(fund_id)s AND month >= %(from_on)s AND month < %(until_on)s GROUP BY 1, 2"""
_SINCE = """SELECT least((SELECT min(collected_on) FROM contributions_contribution WHERE fund_id = %(fund_id)s),
  (SELECT min(month) FROM contributions_pastpayment WHERE fund_id = %(fund_id)s))"""
_PERSONS = "SELECT id, merged_into FROM members_member WHERE fund_id = %(fund_id)s AND merged_into IS NOT NULL"


def _years(fund_id: int, on: date) -> list[int]:
    """The fiscal years from the first payment to the day, without a gap; the last one is always there."""
    first = _rows(_SINCE, fund_id=fund_id)[0][0]
    return list(range(min(fiscal_year_be(first or on), fiscal_year_be(on)), fiscal_year_be(on) + 1))


def _grid(fund_id: int, year_be: int, payers: Mapping[int, Payer], told: ToldBefore) -> Table:
    """What everybody paid in a fiscal year, on receipts that stand and by old lists."""
    persons, paid = dict(_rows(_PERSONS, fund_id=fund_id)), dict[int, Counter[date]]()
    from_on = date(year_be - BE_MINUS_CE - 1, 10, 1)
    for sql in (PAID, _GIVEN_BACK, PAID_BEFORE):
        for entry, month, satang in _rows(sql, fund_id=fund_id, from_on=from_on, until_on=add_months(from_on, 12)):
            paid.setdefault(persons.get(entry, entry), Counter())[month] += satang
    nobodys: dict[str, Counter[date]] = {}
    for (who, month), satang in told.payments.items():
        if not isinstance(who, int) and fiscal_year_be(month) == year_be:
            nobodys.setdefault(_plain(who), Counter())[month] += satang
    rows = [(payer, +paid[i]) for i, payer in payers.items() if i in paid and any(paid[i].values())]
    return grid_table(fiscal_year_be=year_be, rows=[*rows, *((_nobody(who), sums) for who, sums in nobodys.items())])


def _plain(who: object) -> str:
    return " ".join(map(str, who)) if isinstance(who, tuple) else str(who)


def _nobody(who: str) -> Payer:
    """Somebody whom nobody could place, by the number and the name as they were written."""
    match = _NUMBERED.fullmatch(who)
    return Payer(member_no=match[1], full_name=match[2]) if match else Payer(member_no="", full_name=who)


RECEIVED = """
SELECT coalesce(m.merged_into, m.id), b.paid_on, b.words, b.units, b.amount_satang, b.receiver,
  NULL::int AS voucher_year, NULL::int AS voucher_no, NULL AS account_code
FROM claims_pastbenefit b JOIN members_member m ON m.fund_id = b.fund_id AND m.id = b.member_id
WHERE b.fund_id = %(fund_id)s
UNION ALL
SELECT coalesce(m.merged_into, m.id), k.paid_on, c.title_th, coalesce(k.assessed_units, 0), k.paid_satang, k.payee_name,
  k.voucher_year, k.voucher_no, c.account_code
FROM claims_claim k JOIN members_member m ON m.fund_id = k.fund_id AND m.id = k.member_id
JOIN regulations_clause c ON c.fund_id = k.fund_id AND c.id = k.clause_id
WHERE k.fund_id = %(fund_id)s AND k.state = 'PAID'
ORDER BY 2, 7 NULLS FIRST, 8, 1, 3, 5"""


def _received(fund_id: int, payers: Mapping[int, Payer]) -> Iterator[Received]:
    """Every benefit paid, in the order of days; then what old lists tell of people whom nobody could place."""
    rows = _rows(RECEIVED, fund_id=fund_id)
    for order, (person, paid_on, words, units, satang, receiver, year, number, account) in enumerate(rows, start=1):
        yield Received(who=payers[person], paid_on=paid_on, units=units, satang=satang, receiver=receiver,
                       number=f"{number}/{year + 543}" if number else f"สมุดเดิม {order}",
                       word=benefit_word(title=words, account_code=account) if account else words)
    for order, told in enumerate(imports.benefits_of_nobody(fund_id=fund_id), start=len(rows) + 1):
        yield Received(who=_nobody(_plain(told.who)), paid_on=told.paid_on, units=told.nights, satang=told.satang,
                       receiver=told.receiver, number=f"สมุดเดิม {order}", word=told.word)


def _past_months(told: ToldBefore) -> dict[date, Month]:
    """The months of old accounts as they were told, each beginning with what the one before ended with."""
    moved: dict[date, Counter[tuple[Way, str]]] = {}
    for (month, item, word), satang in told.accounts.items():
        moved.setdefault(month, Counter())[Way.OUT if item in PAID_OUT else Way.IN, word] += satang
    known = min(((date.fromisoformat(day), satang) for day, satang in told.years if satang is not None), default=None)
    there = known[1] if known else None
    found = {}
    for month in sorted(moved):
        sides = turned(moved=moved[month])
        opening = there if known and month >= known[0] else None
        closing = None if opening is None else opening + _net(sides)
        found[month] = Month(moved=sides, opening=opening, closing=closing)
        there = there if closing is None else closing
    return found


def _net(moved: Mapping[tuple[Way, str], int]) -> int:
    return sum(satang if way is Way.IN else -satang for (way, _), satang in moved.items())


# Things kept to be sold, help given before its claim, and what comes back by agreement stand with the money of the
# old-style accounts, which know no other place for them.
_WITH_THE_MONEY = ", ".join(f"'{code}'" for code in (PAST_MONEY, THINGS_KEPT, HELPED_AT_ONCE, TO_BE_PAID_BACK))
_IS_MONEY = f"(a.holder_kind IS NOT NULL OR a.code IN ({_WITH_THE_MONEY}))"
_MOVED = f"""
SELECT date_trunc('month', e.posted_on)::date, a.code, a.name_th, a.kind, sum(l.amount_satang)::bigint
FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.id = e.reverses_id
WHERE e.fund_id = %(fund_id)s AND e.posted_on >= %(from_on)s AND coalesce(r.deed, e.deed) <> 'ledger.opening'
  AND a.code <> '{FUND_AT_START}' AND NOT {_IS_MONEY}
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2"""
_THERE = f"""
SELECT b.month, sum(b.debit_satang - b.credit_satang)::bigint
FROM ledger_balance b JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id
WHERE b.fund_id = %(fund_id)s AND {_IS_MONEY} GROUP BY 1 ORDER BY 1"""


def _own_months(fund_id: int, fund: FundCard, on: date) -> dict[date, Month]:
    """The months of the fund's own books up to a day, or to the last entry."""
    first = month_of(fund.starts_on)
    moved: dict[date, Counter[tuple[Way, str]]] = {}
    for month, code, name, kind, satang in _rows(_MOVED, fund_id=fund_id, from_on=first):
        way = Way.IN if kind == AccountKind.INCOME or (kind != AccountKind.EXPENSE and satang < 0) else Way.OUT
        moved.setdefault(month, Counter())[way, word_of(way=way, code=code, name=name)] += (
            -satang if way is Way.IN else satang)
    there = _rows(_THERE, fund_id=fund_id)
    last = max((month_of(on), *(month for month, _ in there)))
    found: dict[date, Month] = {}
    month = first
    while month <= last:
        sides = turned(moved=moved.get(month, {}))
        closing = sum(satang for at, satang in there if at <= month)
        found[month] = Month(moved=sides, opening=closing - _net(sides), closing=closing)
        month = add_months(month, 1)
    return found
