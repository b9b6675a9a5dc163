"""What auditors hold against the books: the bank's statements, and vouchers drawn so that anybody draws the same."""
from collections.abc import Iterator

from django.utils.translation import gettext

from ombun.ledger import queries as ledger
from ombun.ledger.queries import Reconciliation
from ombun.ledger.rules import drawn
from ombun.papers.gathering.asking import Asked, named, sum_line
from ombun.papers.statements import Statement, StatementLine, Weight


def reconciliation(*, fund_id: int, asked: Asked) -> Statement:
    """What the bank says beside what the books say, with everything that only one of them has."""
    told = ledger.reconciliations(fund_id=fund_id, on=asked.last_on)
    return Statement(
        title=gettext("งบพิสูจน์ยอดเงินฝากธนาคาร"), first_column=gettext("วันที่"), last_on=asked.last_on,
        columns=(gettext("บวก (บาท)"), gettext("หัก (บาท)"), gettext("คงเหลือ (บาท)")),
        lines=[line for one in told for line in _of_a_bank(one)])


def _of_a_bank(one: Reconciliation) -> Iterator[StatementLine]:
    yield StatementLine(text=named(one), weight=Weight.GROUP)
    yield StatementLine(lead=one.told_on, text=gettext("ยอดตามธนาคาร"), amounts=(None, None, one.told_satang))
    for entry in one.not_at_bank:
        yield StatementLine(lead=entry.happened_on, opens=entry.entry_id, amounts=_sides(entry.amount_satang),
                            text=gettext("ลงบัญชีแล้ว ธนาคารยังไม่มี: %(what)s") % {
                                "what": " · ".join(filter(None, (gettext(entry.deed), entry.memo)))})
    for line in one.not_in_books:
        yield StatementLine(lead=line.moved_on, amounts=_sides(-line.open_satang),
                            text=gettext("ธนาคารมีแล้ว บัญชียังไม่มี: %(what)s") % {"what": line.words or "–"})
    if one.unexplained_satang:
        yield StatementLine(text=gettext("ส่วนต่างที่ยังหาไม่พบ"), amounts=_sides(one.unexplained_satang))
    yield StatementLine(text=gettext("ยอดตามบัญชี"), amounts=(None, None, one.books_satang), weight=Weight.TOTAL)


def _sides(satang: int) -> tuple[int | None, int | None, None]:
    return (satang, None, None) if satang > 0 else (None, -satang, None)


def sample(*, fund_id: int, asked: Asked) -> Statement:
    """Vouchers for the auditors to look at, drawn among the entries of some days; one column is left to tick."""
    entries = ledger.day_book(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)
    chosen = drawn(seed=asked.seed, size=asked.size, deeds={one.id: one.deed_id for one in entries})
    lines = [StatementLine(lead=one.posted_on, opens=one.id, amounts=(one.total_satang, None), text=" · ".join(filter(
        None, (f"{one.id}", gettext(one.deed), one.memo)))) for one in entries if one.id in chosen]
    return Statement(
        title=gettext("รายการสุ่มตรวจ"), first_column=gettext("วันที่"), from_on=asked.from_on, last_on=asked.last_on,
        columns=(gettext("จำนวนเงิน (บาท)"), gettext("ตรวจแล้ว")),
        lines=[*lines, sum_line(gettext("รวม"), sum(line.amounts[0] or 0 for line in lines))] if lines else [],
        note=gettext("สุ่มด้วยคำว่า “%(seed)s” %(drawn)s จาก %(all)s รายการ ใครสุ่มด้วยคำเดียวกันจะได้รายการเดียวกัน") % {
            "seed": asked.seed, "drawn": len(lines), "all": len(entries)})
