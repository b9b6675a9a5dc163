"""A member's fiscal year on one sheet: paid month by month, received when it was needed. It certifies both."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording
from ombun.primitives.days import add_months


@dataclass(frozen=True, kw_only=True)
class YearPayment:
    """What was paid in a month: a receipt with its number, or what an old book tells of the month."""

    day: date
    paper_no: str
    amount_satang: int


@dataclass(frozen=True, kw_only=True)
class YearBenefit:
    """What was received on a day of the year."""

    day: date
    text: str
    paper_no: str
    amount_satang: int


@dataclass(frozen=True, kw_only=True)
class MemberYearPaper:
    """One member's year. `paid_until` is the last day covered as of the day of printing, where it is known."""

    member_name: str
    member_no: str
    village: str
    payments: Sequence[YearPayment]
    benefits: Sequence[YearBenefit]
    joined_on: date | None = None
    paid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class FiscalYear:
    """The fiscal year (1 October to 30 September, `from_on` is its first day), the day of printing, and who signs."""

    from_on: date
    as_of: date
    treasurer_name: str = ""
    chair_name: str = ""


def member_years_pdf(
    *, fund: FundHeading, year: FiscalYear, members: Sequence[MemberYearPaper], language: Language = "th"
) -> bytes:
    """Everybody's year on A4, each beginning on a sheet of its own."""
    return Press("member_year").printed(
        member_year_contents(fund=fund, year=year, members=members, language=language))


def member_year_contents(
    *, fund: FundHeading, year: FiscalYear, members: Sequence[MemberYearPaper], language: Language
) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    last_on = add_months(year.from_on, 12) - timedelta(days=1)
    return {
        "language": language, "fund": fund.contents(say), "dated": year.as_of.isoformat(),
        "year": say.year(last_on.year), "from_on": say.day(year.from_on), "last_on": say.day(last_on),
        "as_of": say.day(year.as_of), "treasurer": year.treasurer_name, "chair": year.chair_name,
        "members": [_contents(member, year, say) for member in members],
    }


def _contents(member: MemberYearPaper, year: FiscalYear, say: Wording) -> Contents:
    paid_satang = sum(line.amount_satang for line in member.payments)
    received_satang = sum(line.amount_satang for line in member.benefits)
    return {
        "member": member.member_name, "member_no": say.digits(member.member_no), "village": say.digits(member.village),
        "joined_on": say.day(member.joined_on) if member.joined_on else "",
        "paid_until": say.day(member.paid_until) if member.paid_until else "",
        "months": [_month(member, add_months(year.from_on, n), say) for n in range(12)],
        "has_paid": paid_satang > 0, "paid": say.amount(paid_satang), "paid_in_words": say.amount_in_words(paid_satang),
        "benefits": [{"day": say.day_short(line.day), "text": say.digits(line.text),
                      "paper_no": say.digits(line.paper_no), "amount": say.amount(line.amount_satang)}
                     for line in member.benefits],
        "received": say.amount(received_satang), "received_in_words": say.amount_in_words(received_satang),
    }


def _month(member: MemberYearPaper, month: date, say: Wording) -> Contents:
    """One line of the year; a month in which nothing was paid stays empty."""
    lines = [line for line in member.payments if (line.day.year, line.day.month) == (month.year, month.month)]
    return {"month": say.month_of_year(month),
            "paper_nos": say.digits(", ".join(dict.fromkeys(line.paper_no for line in lines))),
            "paid": say.amount_or_blank(sum(line.amount_satang for line in lines))}
