"""Every book and statement of a fund as one table: from the kept balances, in the language of whoever reads it."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.ledger.queries import Balances, BookLine, CashHolder, EntryCard
from ombun.ledger.rules import FUND_AT_START, INVESTED, AccountKind, form
from ombun.papers.gathering.asking import Asked, named, sum_line, sums_of
from ombun.papers.gathering.auditing import reconciliation, sample
from ombun.papers.gathering.people_books import benefits, centres, members_book
from ombun.papers.gathering.purposes import earmarks, sub_funds
from ombun.papers.statements import Statement, StatementLine, Weight
from ombun.primitives.days import month_of
from ombun.primitives.sentences import day_in_words, month_in_words

_LEGS = {form.Leg.COMMUNITY: _("ชุมชน"), form.Leg.LOCAL: _("ท้องถิ่น"), form.Leg.CENTRAL: _("ส่วนกลาง"),
         form.Leg.OTHER: _("อื่น ๆ")}


def _group(title: str, lines: Sequence[StatementLine], total: str, *, columns: int) -> list[StatementLine]:
    return [StatementLine(text=title, weight=Weight.GROUP), *lines, sum_line(total, *sums_of(lines, columns))]


def trial_balance(*, fund_id: int, asked: Asked) -> Statement:
    """Every account at the end of a day, debit or credit; the two columns have the same total."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.until_on])
    lines = [StatementLine(lead=row.code, text=named(row), opens=row.code, amounts=(
        max(row.satang[0], 0), max(-row.satang[0], 0))) for row in rows if row.satang[0]]
    return Statement(
        title=gettext("งบทดลอง"), first_column=gettext("เลขที่บัญชี"), columns=_debit_credit(), last_on=asked.last_on,
        lines=[*lines, sum_line(gettext("รวม"), *sums_of(lines, 2))] if lines else [],
        note=gettext("รายรับและรายจ่ายในงบนี้รวมตั้งแต่เริ่มใช้บัญชี ช่วงเดียวให้ดูที่งบรายรับและรายจ่าย"))


def _debit_credit() -> tuple[str, str]:
    return gettext("เดบิต (บาท)"), gettext("เครดิต (บาท)")


def income(*, fund_id: int, asked: Asked) -> Statement:
    """What came in and what went out in some days, and in the same days of the year before."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on, asked.until_on, *asked.a_year_before])
    received, spent = (_moved(rows, kind) for kind in (AccountKind.INCOME, AccountKind.EXPENSE))
    left = [came - went for came, went in zip(sums_of(received, 2), sums_of(spent, 2), strict=True)]
    lines = [*_group(gettext("รายรับ"), received, gettext("รวมรายรับ"), columns=2),
             *_group(gettext("รายจ่าย"), spent, gettext("รวมรายจ่าย"), columns=2),
             sum_line(gettext("รับมากกว่าจ่าย") if left[0] >= 0 else gettext("จ่ายมากกว่ารับ"), *left)]
    return Statement(
        title=gettext("รายรับและรายจ่าย"), first_column=gettext("เลขที่บัญชี"), columns=_this_and_last(),
        from_on=asked.from_on, last_on=asked.last_on, lines=lines if received or spent else [])


def _this_and_last() -> tuple[str, str]:
    return gettext("ช่วงนี้ (บาท)"), gettext("ช่วงเดียวกันปีก่อน (บาท)")


def _moved(rows: Sequence[Balances], kind: AccountKind) -> list[StatementLine]:
    """What moved between the first two and between the last two moments, each in its own direction."""
    way = -1 if kind == AccountKind.INCOME else 1
    lines = [StatementLine(lead=row.code, text=named(row), opens=row.code, amounts=tuple(
        way * (row.satang[n + 1] - row.satang[n]) for n in (0, 2))) for row in rows if row.kind == kind]
    return [line for line in lines if any(line.amounts)]


def position(*, fund_id: int, asked: Asked) -> Statement:
    """What the fund has and owes at the end of a day, and what is left of it; a year before beside it."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.until_on, asked.a_year_before[1]])
    has, owes = _standing(rows, AccountKind.ASSET, 1), _standing(rows, AccountKind.LIABILITY, -1)
    start = _standing(rows, AccountKind.FUND, -1)
    grown = [-sum(row.satang[n] for row in rows if row.kind in (AccountKind.INCOME, AccountKind.EXPENSE))
             for n in (0, 1)]
    own = [*start, StatementLine(text=gettext("รับมากกว่าจ่ายสะสม"), amounts=grown)]
    owed = [*_group(gettext("หนี้สิน"), owes, gettext("รวมหนี้สิน"), columns=2)] if owes else []
    both = [a + b for a, b in zip(sums_of(owes, 2), sums_of(own, 2), strict=True)]
    lines = [*_group(gettext("สินทรัพย์"), has, gettext("รวมสินทรัพย์"), columns=2), *owed,
             *_group(gettext("เงินกองทุน"), own, gettext("รวมเงินกองทุน"), columns=2),
             sum_line(gettext("รวมหนี้สินและเงินกองทุน"), *both)]
    return Statement(
        title=gettext("งบแสดงฐานะการเงิน"), first_column=gettext("เลขที่บัญชี"), last_on=asked.last_on,
        columns=(gettext("ณ วันนี้ (บาท)"), gettext("วันเดียวกันปีก่อน (บาท)")),
        lines=lines if has or owes or start or any(grown) else [])


def _standing(rows: Sequence[Balances], kind: AccountKind, way: int) -> list[StatementLine]:
    return [StatementLine(lead=row.code, text=named(row), opens=row.code, amounts=[way * one for one in row.satang])
            for row in rows if row.kind == kind and any(row.satang)]


def sources(*, fund_id: int, asked: Asked) -> Statement:
    """Where money came from and where it is or went, as section 10 of the official form asks: in some days, and since
    founding. The two sides are equal."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on, asked.until_on])
    sums = [form.by_line(satang=[(row.code, row.satang[1] - row.satang[0]) for row in rows]),
            form.by_line(satang=[(row.code, row.satang[1]) for row in rows])]
    groups = {form.Side.RECEIPTS: gettext("1 รายรับ"), form.Side.INCOME: gettext("2 รายได้"),
              form.Side.BALANCES: gettext("1 สินทรัพย์/เงินคงเหลือ"), form.Side.EXPENSES: gettext("2 ค่าใช้จ่าย")}
    told: list[StatementLine] = []
    for half, total in (((form.Side.RECEIPTS, form.Side.INCOME), gettext("รวมรายรับและรายได้")),
                        ((form.Side.BALANCES, form.Side.EXPENSES), gettext("รวมสินทรัพย์และค่าใช้จ่าย"))):
        lines: list[StatementLine] = []
        for side in half:
            mine = [StatementLine(text=named(line), amounts=[one[line] for one in sums],
                                  opens=_accounts_of(line, rows)) for line in form.SECTION_10 if line.side == side]
            told += [StatementLine(text=groups[side], weight=Weight.GROUP), *mine]
            lines += mine
        told.append(sum_line(total, *sums_of(lines, 2)))
    return Statement(
        title=gettext("แหล่งเงินและการใช้เงินตามแบบแสดงสถานะ ข้อ 10"), first_column="", columns=_now_and_ever(), lines=told,
        from_on=asked.from_on, last_on=asked.last_on)


def _accounts_of(line: form.FormLine | form.Source, rows: Sequence[Balances]) -> str | None:
    """The accounts that stand on a line and have something in them, as the address of their book wants them."""
    return ",".join(row.code for row in rows if form.chart_code(code=row.code) in line.accounts and any(
        row.satang)) or None


def _now_and_ever() -> tuple[str, str]:
    return gettext("ช่วงนี้ (บาท)"), gettext("สะสมตั้งแต่ก่อตั้ง (บาท)")


def origins(*, fund_id: int, asked: Asked) -> Statement:
    """Where money came from since founding, as section 4.3 of the official form asks, and in some days."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on, asked.until_on])
    sums = _income_of(rows)
    lines = [StatementLine(text=named(source), opens=_accounts_of(source, rows), amounts=[
        sum(sums.get(code, (0, 0))[n] for code in source.accounts) for n in (0, 1)]) for source in form.SECTION_4_3]
    start = sums.get(FUND_AT_START, (0, 0))
    if any(start):
        lines.append(StatementLine(text=gettext("เงินกองทุนยกมา ที่สมุดเดิมไม่ได้แยกไว้"), lead=FUND_AT_START,
                                   amounts=start, opens=FUND_AT_START))
    return Statement(
        title=gettext("ที่มาของเงินตามแบบแสดงสถานะ ข้อ 4.3"), first_column="", columns=_now_and_ever(),
        from_on=asked.from_on, last_on=asked.last_on, lines=[*lines, sum_line(gettext("รวม"), *sums_of(lines, 2))])


def _income_of(rows: Sequence[Balances]) -> Mapping[str, tuple[int, int]]:
    """What came in by account: in the days between two moments, and until the later one."""
    return {row.code: (row.satang[0] - row.satang[1], -row.satang[1]) for row in rows
            if row.kind in (AccountKind.INCOME, AccountKind.FUND)}


def legs(*, fund_id: int, asked: Asked) -> Statement:
    """On which leg the fund stands: its members, local government, the State; and how much of all each is."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on, asked.until_on])
    came = {code: sums for code, sums in _income_of(rows).items() if code in form.LEG_OF}
    names = {row.code: named(row) for row in rows}
    by_leg = [form.by_leg(satang=[(code, sums[n]) for code, sums in came.items()]) for n in (0, 1)]
    wholes = [sum(one.values()) for one in by_leg]
    told: list[StatementLine] = []
    for leg, word in _LEGS.items():
        told.append(StatementLine(text=str(word), weight=Weight.GROUP))
        told += [StatementLine(lead=code, text=names[code], opens=code, amounts=sums) for code, sums in came.items()
                 if form.LEG_OF[code] == leg and any(sums)]
        parts = [form.per_mille(part=by_leg[n][leg], whole=wholes[n]) for n in (0, 1)]
        told.append(sum_line(gettext("ร้อยละ %(now)s ในช่วงนี้ · ร้อยละ %(ever)s ตั้งแต่ก่อตั้ง") % {
            "now": _percent(parts[0]), "ever": _percent(parts[1])}, by_leg[0][leg], by_leg[1][leg]))
    return Statement(
        title=gettext("เงินจากสามขา"), first_column=gettext("เลขที่บัญชี"), columns=_now_and_ever(), from_on=asked.from_on,
        last_on=asked.last_on, lines=[*told, sum_line(gettext("รวม"), *wholes)])


def _percent(per_mille: int | None) -> str:
    return "–" if per_mille is None else f"{per_mille // 10}.{per_mille % 10}"


def account_book(*, fund_id: int, asked: Asked) -> Statement:
    """The book of one account, or of several together: what it began with, every entry, what was left after it."""
    rows = ledger.balances_at(fund_id=fund_id, ends=[asked.from_on])
    mine = [row for row in rows if row.code in asked.accounts]
    way = 1 if mine[0].kind in (AccountKind.ASSET, AccountKind.EXPENSE) else -1
    left = way * sum(row.satang[0] for row in mine)
    lines = [StatementLine(lead=asked.from_on, text=gettext("ยกยอดมา"), amounts=(None, None, left))]
    entries = ledger.account_book(
        fund_id=fund_id, codes=asked.accounts, from_on=asked.from_on, until_on=asked.until_on)
    for one in entries:
        left += way * one.amount_satang
        lines.append(StatementLine(lead=one.posted_on, text=_told(one), opens=one.entry_id, amounts=(
            max(one.amount_satang, 0), max(-one.amount_satang, 0), left)))
    moved = [max(one.amount_satang, 0) for one in entries], [max(-one.amount_satang, 0) for one in entries]
    lines.append(sum_line(gettext("รวมและยอดคงเหลือ"), sum(moved[0]), sum(moved[1]), left))
    return Statement(
        title=" + ".join(f"{row.code} {named(row)}" for row in mine), first_column=gettext("วันที่"),
        columns=(*_debit_credit(), gettext("คงเหลือ (บาท)")), lines=lines, from_on=asked.from_on, last_on=asked.last_on)


def _told(line: BookLine) -> str:
    others = line.others_en if get_language() == "en" else line.others_th
    words = (gettext(line.deed), line.memo, ", ".join(others), gettext("ยกเลิกแล้ว") if line.is_taken_back else "")
    return " · ".join(filter(None, words))


def day_book(*, fund_id: int, asked: Asked) -> Statement:
    """Every entry in the order of days, with both its sides."""
    entries = ledger.day_book(fund_id=fund_id, from_on=asked.from_on, until_on=asked.until_on)
    both = sum(entry.total_satang for entry in entries)
    lines = [line for entry in entries for line in _entry(entry)]
    return Statement(
        title=gettext("สมุดรายวัน"), first_column=gettext("วันที่"), columns=_debit_credit(), from_on=asked.from_on,
        last_on=asked.last_on, lines=[*lines, sum_line(gettext("รวม"), both, both)] if lines else [])


def _entry(entry: EntryCard) -> list[StatementLine]:
    title = " · ".join(filter(None, (gettext(entry.deed), entry.memo)))
    sides = [StatementLine(text=named(side), amounts=(max(side.amount_satang, 0), max(-side.amount_satang, 0)))
             for side in entry.sides]
    return [StatementLine(lead=entry.posted_on, text=title, weight=Weight.GROUP, opens=entry.id), *sides]


def cash(*, fund_id: int, asked: Asked) -> Statement:
    """In whose hands the fund's money is now, and since when."""
    holders = [h for h in ledger.cash_holders(fund_id=fund_id) if h.balance_satang]
    invested, since = ledger.invested(fund_id=fund_id), ledger.held_since(fund_id=fund_id)
    lines = [StatementLine(lead=h.code, text=_waiting(h, since.get(h.code)), amounts=(h.balance_satang,), opens=h.code)
             for h in holders]
    if invested:
        lines.append(StatementLine(lead=INVESTED, text=gettext("เงินลงทุนอื่น"), amounts=(invested,), opens=INVESTED))
    total = sum_line(gettext("รวม"), invested + sum(h.balance_satang for h in holders))
    return Statement(
        title=gettext("เงินอยู่ในมือใคร"), first_column=gettext("เลขที่บัญชี"), columns=(gettext("จำนวนเงิน (บาท)"),),
        last_on=asked.last_on, lines=[*lines, total] if lines else [])


def _waiting(holder: CashHolder, since_on: date | None) -> str:
    waits = gettext("ถือไว้ตั้งแต่ %(day)s") % {"day": day_in_words(since_on, short=True)} if since_on else ""
    return " · ".join(filter(None, (named(holder), waits)))


STATEMENTS: Mapping[str, Callable[..., Statement]] = {
    "income": income, "position": position, "sources": sources, "origins": origins, "legs": legs, "benefits": benefits,
    "centres": centres, "members": members_book, "earmarks": earmarks, "sub-funds": sub_funds,
    "trial-balance": trial_balance, "day-book": day_book, "account": account_book, "cash": cash,
    "reconciliation": reconciliation, "sample": sample}
"""What can be read, printed and taken as a workbook: the name in an address and who makes it."""
AS_OF_A_DAY = frozenset({"position", "trial-balance", "cash", "reconciliation"})


def stated(*, name: str, fund_id: int, asked: Asked) -> Statement:
    """A book or statement by its name; where a month of it was opened again after closing, it says so and why."""
    told = STATEMENTS[name](fund_id=fund_id, asked=asked)
    again = [gettext("เดือน%(month)s เปิดบัญชีอีกครั้งเมื่อ %(day)s โดย %(who)s เพราะ %(why)s") % {
        "month": month_in_words(one.month), "day": day_in_words(one.reopened_on, short=True) if one.reopened_on else "",
        "who": gettext(" และ ").join(one.reopened_by), "why": one.reason}
        for one in funds.reopenings(fund_id=fund_id, from_on=month_of(asked.from_on), until_on=asked.until_on)]
    return replace(told, note=" · ".join(filter(None, (told.note, *again))))
