"""The funds of a province in figures. Reads what was rolled up; never looks into a fund."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What came in by its three legs, what went out, in satang, and how the money stood before and after.

    `before + every leg + carried - benefits - costs = money`, for one fund and for all together.
    """

    before_satang: Satang
    in_members_satang: Satang
    in_local_satang: Satang
    in_state_satang: Satang
    in_other_satang: Satang
    carried_satang: Satang
    benefits_satang: Satang
    costs_satang: Satang
    money_satang: Satang
    benefit_cases: int
    members_current: int
    members_ever: int

    @property
    def in_satang(self) -> Satang:
        """Everything that came in."""
        return Satang(self.in_members_satang + self.in_local_satang + self.in_state_satang + self.in_other_satang)

    @property
    def out_satang(self) -> Satang:
        """Everything that was spent."""
        return Satang(self.benefits_satang + self.costs_satang)


@dataclass(frozen=True, kw_only=True)
class FundLine:
    """One fund of the list: where it is, its figures, up to which month its books are closed (None: no month yet)."""

    fund_id: int
    code: str
    name: str
    tambon_th: str
    tambon_en: str
    district_th: str
    district_en: str
    closed_until: date | None
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class ProvinceCard:
    """The funds of a province over some months [from_month, until_month), with their sums."""

    code: int
    name_th: str
    name_en: str
    from_month: date
    until_month: date
    funds: tuple[FundLine, ...]
    total: Figures
    months: Sequence[tuple[date, Satang, Satang]]  # month, everything in, everything out


_FUNDS = """
SELECT f.id, f.code, f.name, t.name_th, t.name_en, d.name_th, d.name_en, max(k.month) FILTER (WHERE k.is_closed),
  coalesce((array_agg(k.money_satang ORDER BY k.month DESC) FILTER (WHERE k.month < %(from_month)s))[1], 0)::bigint,
  {sums},
  (array_agg(k.money_satang ORDER BY k.month DESC))[1], (array_agg(k.members_current ORDER BY k.month DESC))[1],
  (array_agg(k.members_ever ORDER BY k.month DESC))[1]
FROM funds_fund f
JOIN places_tambon t ON t.code = f.tambon_id
JOIN places_district d ON d.code = t.district_id
JOIN network_fundmonth k ON k.fund_id = f.id AND k.month < %(until_month)s
WHERE d.province_id = %(province)s
GROUP BY f.id, t.code, d.code ORDER BY t.code, f.code"""
_SUMMED = ("in_members_satang", "in_local_satang", "in_state_satang", "in_other_satang", "carried_satang",
           "benefits_satang", "costs_satang", "benefit_cases")
_SUMS = ", ".join(f"coalesce(sum(k.{name}) FILTER (WHERE k.month >= %(from_month)s), 0)::bigint" for name in _SUMMED)

_MONTHS = """
SELECT k.month, sum(k.in_members_satang + k.in_local_satang + k.in_state_satang + k.in_other_satang)::bigint,
  sum(k.benefits_satang + k.costs_satang)::bigint
FROM network_fundmonth k JOIN funds_fund f ON f.id = k.fund_id JOIN places_tambon t ON t.code = f.tambon_id
JOIN places_district d ON d.code = t.district_id
WHERE d.province_id = %(province)s AND k.month >= %(from_month)s AND k.month < %(until_month)s
GROUP BY k.month ORDER BY k.month"""

_PROVINCE = "SELECT name_th, name_en FROM places_province WHERE code = %(province)s"


def province(*, code: int, on: date, months: int = 12) -> ProvinceCard | None:
    """The funds of a province in figures: the last so many months up to the one of `on`. None for no such province.

    Three statements, however many funds.
    """
    until_month = add_months(month_of(on), 1)
    from_month = add_months(until_month, -months)
    asked = {"province": code, "from_month": from_month, "until_month": until_month}
    named = _rows(_PROVINCE, asked)
    if not named:
        return None
    funds = tuple(_line(row) for row in _rows(_FUNDS.format(sums=_SUMS), asked))
    return ProvinceCard(
        code=code, name_th=named[0][0], name_en=named[0][1], from_month=from_month, until_month=until_month,
        funds=funds, total=_total([fund.figures for fund in funds]),
        months=tuple((month, Satang(came), Satang(went)) for month, came, went in _rows(_MONTHS, asked)))


def _rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def _line(row: tuple[Any, ...]) -> FundLine:
    before, sums, (money, current, ever) = row[8], row[9:9 + len(_SUMMED)], row[9 + len(_SUMMED):]
    return FundLine(
        fund_id=row[0], code=row[1], name=row[2], tambon_th=row[3], tambon_en=row[4], district_th=row[5],
        district_en=row[6], closed_until=row[7], figures=Figures(
            before_satang=before, money_satang=money, members_current=current, members_ever=ever,
            **dict(zip(_SUMMED, sums, strict=True))))


def _total(lines: Sequence[Figures]) -> Figures:
    return Figures(**{name: sum(getattr(line, name) for line in lines) for name in Figures.__dataclass_fields__})
