"""Statements of money with a purpose: what was earmarked, and what each sub-fund has."""
from django.utils.translation import gettext

from ombun.ledger import queries as ledger
from ombun.papers.gathering.asking import Asked, named, sum_line, sums_of
from ombun.papers.statements import Statement, StatementLine


def earmarks(*, fund_id: int, asked: Asked) -> Statement:
    """What came in for some kinds of help only, and how much of it was used: what the local government asks."""
    names = {one.code: named(one) for one in ledger.accounts(fund_id=fund_id)}
    lines = [StatementLine(
        lead=one.received_on, text=" · ".join((one.words, ", ".join(names[code] for code in one.accounts))),
        opens=one.entry_id, amounts=(one.amount_satang, one.used_satang, one.used_ever_satang,
                                     one.amount_satang - one.used_ever_satang))
        for one in ledger.earmarks(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)]
    return Statement(
        title=gettext("เงินที่ระบุวัตถุประสงค์"), first_column=gettext("วันที่"), from_on=asked.from_on,
        last_on=asked.last_on, columns=(gettext("ได้รับ (บาท)"), gettext("ใช้ช่วงนี้ (บาท)"),
                                        gettext("ใช้แล้วทั้งหมด (บาท)"), gettext("คงเหลือ (บาท)")),
        lines=[*lines, sum_line(gettext("รวม"), *sums_of(lines, 4))] if lines else [],
        note=gettext("เงินที่จ่ายในเรื่องที่ระบุไว้ นับเป็นการใช้เงินก้อนนี้ก่อน ก้อนที่ได้รับก่อนใช้ก่อน"))


def sub_funds(*, fund_id: int, asked: Asked) -> Statement:
    """What each sub-fund has by the shares that the meeting voted; together they are the whole fund."""
    told = ledger.sub_funds(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)
    lines = [StatementLine(text=one.name or gettext("ส่วนที่ไม่ได้แบ่ง"), amounts=(
        one.before_satang, one.in_satang, one.out_satang, one.left_satang)) for one in told]
    return Statement(
        title=gettext("กองย่อยตามมติ"), first_column="", from_on=asked.from_on, last_on=asked.last_on,
        columns=(gettext("ยกมา (บาท)"), gettext("รับ (บาท)"), gettext("จ่าย (บาท)"), gettext("คงเหลือ (บาท)")),
        lines=[*lines, sum_line(gettext("รวมทุกกอง เท่ากับเงินกองทุนทั้งหมด"), *sums_of(lines, 4))])
