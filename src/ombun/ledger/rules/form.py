"""Where each account stands on the official status form (CODI Form 1), and which leg money stands on. Pure."""
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ombun.primitives.money import Satang


class Side(StrEnum):
    """The four groups of the money table: two on the left, two on the right."""

    RECEIPTS = "RECEIPTS"
    INCOME = "INCOME"
    BALANCES = "BALANCES"
    EXPENSES = "EXPENSES"


LEFT = (Side.RECEIPTS, Side.INCOME)


@dataclass(frozen=True, kw_only=True)
class FormLine:
    """A line of section 10 and the accounts that stand on it; an account of one holder (1130-02) stands with its own
    (1130)."""

    side: Side
    name_th: str
    name_en: str
    accounts: tuple[str, ...]


BENEFITS = (*(f"51{n:02}" for n in range(1, 17)), "5190", "5195")
SECTION_10: tuple[FormLine, ...] = (
    FormLine(side=Side.RECEIPTS, name_th="เงินสมทบจากสมาชิก", name_en="Members' contributions",
             accounts=("4100", "4150", "4190")),
    FormLine(side=Side.RECEIPTS, name_th="งบจัดตั้งจาก พอช. (55,000/100,000 บาท)",
             name_en="Seed grant from CODI (55,000/100,000 baht)", accounts=("4200",)),
    FormLine(side=Side.RECEIPTS, name_th="สมทบจากรัฐบาลผ่าน พอช.", name_en="State matching through CODI",
             accounts=("4300", "2200")),
    FormLine(side=Side.RECEIPTS, name_th="สมทบจาก อปท. (อบต./เทศบาล/อบจ.)", name_en="Local government",
             accounts=("4400",)),
    FormLine(side=Side.RECEIPTS, name_th="สนับสนุนจากหน่วยงานรัฐอื่น", name_en="Other state agencies", accounts=("4500",)),
    FormLine(side=Side.RECEIPTS, name_th="อื่น ๆ", name_en="Other", accounts=("3100", "4600", "2900")),
    FormLine(side=Side.INCOME, name_th="ค่าแรกเข้า/ค่าสมัคร", name_en="Entrance fees", accounts=("4700",)),
    FormLine(side=Side.INCOME, name_th="เงินบริจาค", name_en="Donations", accounts=("4800",)),
    FormLine(side=Side.INCOME, name_th="ดอกเบี้ยธนาคาร", name_en="Bank interest", accounts=("4910",)),
    FormLine(side=Side.INCOME, name_th="รายได้อื่น (เช่น สลาก ธ.ก.ส.)", name_en="Other income (such as BAAC lottery)",
             accounts=("4980", "4990")),
    FormLine(side=Side.BALANCES, name_th="เงินฝากธนาคาร", name_en="In the bank", accounts=("1200",)),
    FormLine(side=Side.BALANCES, name_th="เงินสดในมือ", name_en="Cash in hand", accounts=("1110", "1120", "1130")),
    FormLine(side=Side.BALANCES, name_th="จ่ายสวัสดิการให้สมาชิก", name_en="Welfare paid to members",
             accounts=(*BENEFITS, "2100")),
    FormLine(side=Side.BALANCES, name_th="ลงทุนอื่น (เช่น ธนาคารหมู่บ้าน)", name_en="Other investments (village bank)",
             accounts=("1300",)),
    FormLine(side=Side.BALANCES, name_th="อื่น ๆ", name_en="Other", accounts=("1190", "1400", "1500", "1600")),
    FormLine(side=Side.EXPENSES, name_th="ค่าตอบแทนผู้ปฏิบัติงาน", name_en="Pay for workers", accounts=("5310",)),
    FormLine(side=Side.EXPENSES, name_th="ค่าเดินทาง", name_en="Travel", accounts=("5320",)),
    FormLine(side=Side.EXPENSES, name_th="ค่าเอกสาร/วัสดุสำนักงาน", name_en="Documents and stationery", accounts=("5330",)),
    FormLine(side=Side.EXPENSES, name_th="ค่าจัดกิจกรรม/ประชุม", name_en="Activities and meetings", accounts=("5340",)),
    FormLine(side=Side.EXPENSES, name_th="อื่น ๆ", name_en="Other", accounts=("5200", "5350", "5360", "5380", "5390")))
"""Section 10 of the form, every account of the chart on one line. It is cumulative since founding, shows where money
came from and where it is or went; its two sides are equal because the books are. Source: CODI Form 1 §10, domain §6.
Money of the State to be given back (2200) lessens what the State matched; approved benefits not yet paid (2100) lessen
what was paid."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A line of section 4.3: where money came from since founding."""

    name_th: str
    name_en: str
    accounts: tuple[str, ...]


SECTION_4_3: tuple[Source, ...] = (
    Source(name_th="สมาชิก", name_en="Members", accounts=("4100", "4150", "4190")),
    Source(name_th="ผลกำไรจากกลุ่มองค์กรชุมชน", name_en="Profits of community groups", accounts=("4600",)),
    Source(name_th="อปท. (อบต./เทศบาล/อบจ.)", name_en="Local government", accounts=("4400",)),
    Source(name_th="งบจัดตั้งจาก พอช. (55,000/100,000 บาท)", name_en="Seed grant from CODI (55,000/100,000 baht)",
           accounts=("4200",)),
    Source(name_th="สมทบจากรัฐบาลผ่าน พอช.", name_en="State matching through CODI", accounts=("4300",)),
    Source(name_th="หน่วยงานรัฐอื่น", name_en="Other state agencies", accounts=("4500",)),
    Source(name_th="ดอกเบี้ยธนาคาร", name_en="Bank interest", accounts=("4910",)),
    Source(name_th="ค่าแรกเข้า", name_en="Entrance fees", accounts=("4700",)),
    Source(name_th="เงินบริจาค", name_en="Donations", accounts=("4800",)),
    Source(name_th="อื่น ๆ", name_en="Other", accounts=("4980", "4990")))
"""Section 4.3 of the form, every account of income on one line. Source: CODI Form 1 §4.3, domain Annex A."""


class Leg(StrEnum):
    """The three legs a fund stands on, and what is none of them."""

    COMMUNITY = "COMMUNITY"
    LOCAL = "LOCAL"
    CENTRAL = "CENTRAL"
    OTHER = "OTHER"


LEG_OF: Mapping[str, Leg] = {
    **dict.fromkeys(("4100", "4150", "4190"), Leg.COMMUNITY), "4400": Leg.LOCAL,
    **dict.fromkeys(("4200", "4300"), Leg.CENTRAL),
    **dict.fromkeys(("4500", "4600", "4700", "4800", "4910", "4980", "4990"), Leg.OTHER)}
"""Whose money each account of income is: members 65 %, local government 3 %, the State through CODI 24 %, others 5 % of
all funds together in 2556. Source: domain §0.1; the form counts only members' contributions as the community's leg."""


def chart_code(*, code: str) -> str:
    """The account of the chart with which an account of one holder stands: 1130-02 → 1130."""
    return code.partition("-")[0]


_LINE_OF = {code: line for line in SECTION_10 for code in line.accounts}


def form_line(*, code: str) -> FormLine:
    """The line of section 10 on which an account stands."""
    return _LINE_OF[chart_code(code=code)]


def by_line(*, satang: Iterable[tuple[str, int]]) -> Mapping[FormLine, Satang]:
    """Sums of accounts (code and satang, debit positive) on the lines of section 10, each in its own direction: what
    came in, what is there or went out. The sums of both sides are equal where the accounts sum to zero."""
    sums: Counter[FormLine] = Counter()
    for code, amount in satang:
        line = form_line(code=code)
        sums[line] += -amount if line.side in LEFT else amount
    return {line: Satang(sums[line]) for line in SECTION_10}


def by_leg(*, satang: Iterable[tuple[str, int]]) -> Mapping[Leg, Satang]:
    """Sums of accounts of income (code and satang that came in) on the legs."""
    sums: Counter[Leg] = Counter()
    for code, amount in satang:
        sums[LEG_OF[chart_code(code=code)]] += amount
    return {leg: Satang(sums[leg]) for leg in Leg}


def per_mille(*, part: int, whole: int) -> int | None:
    """What part of the whole something is, in thousandths, rounded half up; None where there is no whole."""
    return (part * 2000 + whole) // (whole * 2) if whole > 0 else None
