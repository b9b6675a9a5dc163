"""Members' fiscal years on paper: what they paid month by month and what they received."""
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext

from ombun.claims import queries as claims
from ombun.contributions import queries as contributions
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.members.queries import MemberCard
from ombun.papers.member_years import FiscalYear, MemberYearPaper, YearBenefit, YearPayment
from ombun.papers.naming import titled, voucher_number
from ombun.primitives.days import BE_MINUS_CE, add_months, fiscal_year_be
from ombun.web import paper

YEARS_OFFERED = 10
Line = TypeVar("Line", YearPayment, YearBenefit)


def years_offered(*, founded_on: date, today: date) -> list[int]:
    """The fiscal years that can be printed, the newest first: at most ten, from the year of the founding."""
    last, first = (fiscal_year_be(day) - BE_MINUS_CE for day in (today, founded_on))
    return list(range(last, max(first, last - YEARS_OFFERED + 1) - 1, -1))


def first_day(year: int) -> date:
    """The day on which a fiscal year begins."""
    return date(year - 1, 10, 1)


def signed_year(*, fund_id: int, year: int, on: date) -> FiscalYear:
    """The fiscal year with the names of those who sign on a day."""
    holders = {holder.office: holder.name for holder in funds.office_holders(fund_id=fund_id, on=on)}
    return FiscalYear(from_on=first_day(year), as_of=on, treasurer_name=holders.get(Office.TREASURER, ""),
                      chair_name=holders.get(Office.CHAIR, ""))


def member_years(*, fund_id: int, cards: Sequence[MemberCard], year: FiscalYear) -> list[MemberYearPaper]:
    """What members paid and received in a fiscal year, old books included. Twelve statements whatever their number."""
    ids = [card.id for card in cards]
    standings = contributions.standings(fund_id=fund_id, member_ids=ids, on=year.as_of)
    paid = contributions.payments_of_members(fund_id=fund_id, member_ids=ids)
    told = contributions.past_payments_of_members(fund_id=fund_id, member_ids=ids)
    received = claims.benefits_by_member(fund_id=fund_id, member_ids=ids)
    things = contributions.things_of_members(fund_id=fund_id, member_ids=ids)
    told_received = claims.past_benefits_of_members(fund_id=fund_id, member_ids=ids)
    villages = {c.id: paper.village(c) for c in funds.centres(fund_id=fund_id)}
    old_book = gettext("สมุดเดิม")
    return [MemberYearPaper(
        member_name=card.full_name, member_no=card.member_no, joined_on=card.joined_on,
        village=villages[card.centre_id] if card.centre_id else "–", paid_until=standings[card.id].paid_to,
        payments=_in_order(year, [
            *(YearPayment(day=month, paper_no=old_book, amount_satang=satang) for month, satang in told[card.id]),
            *(YearPayment(day=line.collected_on, paper_no=f"{line.book_no}/{line.number:04}",
                          amount_satang=line.amount_satang) for line in paid[card.id] if not line.is_cancelled),
            *(YearPayment(day=line.received_on, paper_no=f"{line.item} {line.quantity} {line.unit}",
                          amount_satang=line.credit_satang) for line in things[card.id])]),
        benefits=_in_order(year, [
            *(YearBenefit(day=line.paid_on, text=line.words, paper_no=old_book, amount_satang=line.amount_satang)
              for line in told_received[card.id]),
            *(YearBenefit(day=line.paid_on, text=titled(line), paper_no=voucher_number(line),
                          amount_satang=line.paid_satang) for line in received[card.id])])) for card in cards]


def _in_order(year: FiscalYear, lines: Iterable[Line]) -> list[Line]:
    """Those lines of somebody's life that lie in the year, by day."""
    until = add_months(year.from_on, 12)
    return sorted((line for line in lines if year.from_on <= line.day < until), key=lambda line: line.day)
