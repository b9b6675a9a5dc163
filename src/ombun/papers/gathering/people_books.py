"""Books and statements that tell of people: what members gave and received, one by one, by village, and by kind."""
from collections.abc import Sequence

from django.utils.translation import gettext

from ombun.claims import queries as claims
from ombun.claims.queries import MemberMoney
from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.ledger.rules import form
from ombun.papers.gathering.asking import Asked, named, sum_line, sums_of
from ombun.papers.gathering.heads import village
from ombun.papers.statements import Statement, StatementLine, Weight


def members_book(*, fund_id: int, asked: Asked) -> Statement:
    """Every member with what they gave and received, village by village; each opens the member's own book."""
    told, villages = _told(fund_id, asked), _villages(fund_id)
    lines: list[StatementLine] = []
    for centre_id in dict.fromkeys(one.centre_id for one in told):
        mine = [one for one in told if one.centre_id == centre_id]
        lines.append(StatementLine(text=villages.get(centre_id, "–"), weight=Weight.GROUP))
        lines += [StatementLine(lead=one.member_no, text=one.full_name, opens=f"member:{one.member_id}",
                                amounts=_amounts([one])) for one in mine]
        lines.append(sum_line(gettext("รวมหมู่บ้าน"), *_amounts(mine)))
    return Statement(
        title=gettext("สมุดรายสมาชิก"), first_column=gettext("เลขทะเบียน"), columns=_columns(), from_on=asked.from_on,
        last_on=asked.last_on, lines=[*lines, sum_line(gettext("รวม"), *_amounts(told))] if told else [])


def centres(*, fund_id: int, asked: Asked) -> Statement:
    """What the members of each village gave and received."""
    told, villages = _told(fund_id, asked), _villages(fund_id)
    lines = [StatementLine(text=villages.get(centre_id, "–"), amounts=_amounts(
        [one for one in told if one.centre_id == centre_id])) for centre_id in dict.fromkeys(
            one.centre_id for one in told)]
    return Statement(
        title=gettext("แยกตามหมู่บ้าน"), first_column="", columns=_columns(), from_on=asked.from_on,
        last_on=asked.last_on, lines=[*lines, sum_line(gettext("รวม"), *_amounts(told))] if told else [])


def _told(fund_id: int, asked: Asked) -> tuple[MemberMoney, ...]:
    return claims.money_of_members(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)


def _villages(fund_id: int) -> dict[object, str]:
    return {one.id: village(one) for one in funds.centres(fund_id=fund_id)}


def _columns() -> tuple[str, ...]:
    return (gettext("ส่งช่วงนี้ (บาท)"), gettext("ส่งสะสม (บาท)"), gettext("รับช่วงนี้ (บาท)"), gettext("รับสะสม (บาท)"))


def _amounts(some: Sequence[MemberMoney]) -> tuple[int, ...]:
    return (sum(one.paid_satang for one in some), sum(one.paid_ever_satang for one in some),
            sum(one.received_satang for one in some), sum(one.received_ever_satang for one in some))


def benefits(*, fund_id: int, asked: Asked) -> Statement:
    """What was paid for each kind of welfare and to how many people, in some days and since founding (sections 5 and 6
    of the form)."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on, asked.until_on])
    cases = claims.cases_by_account(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)
    lines = []
    for row in rows:
        if row.code in form.BENEFITS and any(row.satang):
            words, of_claims = named(row), cases.get(row.code)
            if of_claims:
                words += " · " + gettext("%(people)s คน ในช่วงนี้ · %(ever)s คน ตั้งแต่ใช้ระบบนี้") % {
                    "people": of_claims.people, "ever": of_claims.people_ever}
            lines.append(StatementLine(lead=row.code, text=words, opens=row.code,
                                       amounts=(row.satang[1] - row.satang[0], row.satang[1])))
    return Statement(
        title=gettext("สวัสดิการแยกตามเรื่อง"), first_column=gettext("เลขที่บัญชี"), from_on=asked.from_on,
        last_on=asked.last_on, columns=(gettext("ช่วงนี้ (บาท)"), gettext("สะสมตั้งแต่ก่อตั้ง (บาท)")),
        lines=[*lines, sum_line(gettext("รวม"), *sums_of(lines, 2))] if lines else [])
