"""What is still open of a month before it closes."""
from datetime import date

from ombun.contributions import queries as contributions
from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.ledger.rules import TO_BE_CLARIFIED, HolderKind
from ombun.meetings import rules
from ombun.meetings.rules import Bank, Hand, MonthFacts, Point
from ombun.primitives.asking import rows
from ombun.primitives.days import add_months, month_end
from ombun.primitives.money import Satang

FAR = date(2999, 12, 31)  # all that is in the books, whatever its day
_APPROVED = """SELECT count(*) FROM claims_claim c WHERE c.fund_id = %(fund_id)s AND c.state = 'APPROVED'
  AND c.decided_on <= %(on)s"""


def month_end_list(*, fund_id: int, month: date) -> tuple[Point, ...]:
    """The list before a month closes: cash, bank, hand-overs, approved claims, unclear money, villages."""
    last_on = month_end(month)
    collected = {one.moo for one in contributions.collections_in(
        fund_id=fund_id, from_on=month, until_on=add_months(month, 1)) if not one.is_cancelled}
    (to_pay,), = rows(_APPROVED, fund_id=fund_id, on=last_on)
    return rules.points(facts=MonthFacts(
        month=month, hands=_hands(fund_id, last_on), banks=_banks(fund_id, last_on), claims_to_pay=to_pay,
        to_clarify_satang=_to_clarify(fund_id, last_on),
        receipts_to_clear=contributions.receipts_to_clear(fund_id=fund_id),
        villages_not_collected=[one.moo for one in funds.centres(fund_id=fund_id) if one.moo not in collected]))


def still_open(*, fund_id: int, month: date) -> tuple[str, ...]:
    """The points of the list that are not done: what closing a month asks."""
    return tuple(str(one.kind) for one in month_end_list(fund_id=fund_id, month=month) if not one.is_done)


def _hands(fund_id: int, last_on: date) -> list[Hand]:
    since, counted = ledger.held_since(fund_id=fund_id), dict[str, date]()
    for count in ledger.cash_counts(fund_id=fund_id):
        counted.setdefault(count.account_code, count.counted_on)
    return [Hand(name_th=one.name_th, name_en=one.name_en, is_treasurer=one.holder_kind == HolderKind.TREASURER,
                 satang=one.balance_satang, counted_on=counted.get(one.code),
                 still_holds=one.code in since and since[one.code] <= last_on)
            for one in ledger.cash_held(fund_id=fund_id, on=last_on) if one.holder_kind != HolderKind.BANK]


def _banks(fund_id: int, last_on: date) -> list[Bank]:
    held = [one for one in ledger.cash_held(fund_id=fund_id, on=last_on)
            if one.holder_kind == HolderKind.BANK and one.balance_satang]
    told = {one.code: one.told_on for one in ledger.bank_balances(fund_id=fund_id, today=last_on)}
    lines = [one.account_code for one in ledger.open_lines(fund_id=fund_id) if one.moved_on <= last_on]
    return [Bank(name_th=one.name_th, name_en=one.name_en, told_on=told.get(one.code),
                 open_lines=lines.count(one.code)) for one in held]


def _to_clarify(fund_id: int, last_on: date) -> Satang:
    """What came in by the last day and is unclear still."""
    then, now = (next((row.credit_satang for row in ledger.trial_balance(fund_id=fund_id, on=on)
                       if row.account == TO_BE_CLARIFIED), Satang(0)) for on in (last_on, FAR))
    return min(then, now)
