"""The funds' own words in receipts and payments: what a line is about, and whether it is a balance or a total."""
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ombun.imports.rules.benefit_words import kind_of
from ombun.imports.rules.books import AccountItem, BenefitKind
from ombun.imports.rules.cells import text_of
from ombun.imports.rules.printed_words import is_total


class Side(StrEnum):
    """Where a line stands: money in, money out, or what there was before and after."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    OPENING = "opening"
    CLOSING = "closing"


class Pot(StrEnum):
    """Where the money lies."""

    CASH = "cash"
    BANK = "bank"


@dataclass(frozen=True, kw_only=True)
class AccountHeading:
    """A line or a column of accounts. `item` is None for balances, totals and what is no receipt and no payment."""

    word: str
    side: Side | None = None
    item: AccountItem | None = None
    pot: Pot | None = None
    is_total: bool = False


_RECEIPTS = tuple((item, re.compile(pattern)) for item, pattern in (
    (AccountItem.TO_BE_CLARIFIED, r"รอตรวจสอบ"),
    (AccountItem.ENTRANCE_FEE, r"แรกเข้า|ค่าสมัคร|ธรรมเนียม|ค่าบำรุง|ค่าสมุด"),
    (AccountItem.STATE, r"รัฐ|พอช|พ\.อ\.ช|กระทรวง|พม\.|พมจ"),
    (AccountItem.LAO, r"อบต|อ\.บ\.ต|เทศบาล|อปท|อ\.ป\.ท|ท้องถิ่น|อบจ"),
    (AccountItem.INTEREST, r"ดอกเบี้ย|ดอกผล"),
    (AccountItem.DONATION, r"บริจาค|ทำบุญ|ผ้าป่า|กฐิน"),
    (AccountItem.SAVINGS_GROUP_PROFIT, r"กลุ่มออมทรัพย์|กำไร|ปันผล|สถาบันการเงิน|กองทุนหมู่บ้าน"),
    (AccountItem.MEMBER, r"สมาชิก|สมทบ|ออม|สัจจะ|วันละบาท"),
))
_PAYMENTS = tuple((item, re.compile(pattern)) for item, pattern in (
    (AccountItem.CLARIFIED, r"รอตรวจสอบ"),
    (AccountItem.TRAVEL, r"เดินทาง|พาหนะ|น้ำมัน|ค่ารถ"),
    (AccountItem.DOCUMENTS, r"เอกสาร|วัสดุ|ถ่าย|เครื่องเขียน|สมุด|สำนักงาน|แบบพิมพ์|ไปรษณีย์"),
    (AccountItem.MEETINGS, r"ประชุม|อาหาร|อบรม|เครื่องดื่ม|ของว่าง"),
    (AccountItem.WELFARE, r"สวัสดิการ|ช่วยเหลือ|จ่ายสมาชิก"),
))
_NUMBERED = re.compile(r"^(?:\(?[\d.]{1,5}\)?[.)]? ?|[-–•*] ?)")
_OPENING = re.compile(r"ยกมา|ต้นงวด|ต้นปี|ต้นเดือน")
_CLOSING = re.compile(r"คงเหลือ|ยกไป|สิ้นงวด|ปลายงวด|สิ้นเดือน|สิ้นปี|ในมือ")
_CASH = re.compile(r"เงินสด|ในมือ|สดย่อย")
_BANK = re.compile(r"ฝาก|ธนาคาร|ธ\.?ก\.?ส|ออมสิน|กรุงไทย|ในบัญชี|บัญชี")
_POT_ALONE = re.compile(r"เงินสด(?:ย่อย)?|เงินฝาก(?:ธนาคาร.*| ?ธ\.?ก\.?ส.*|ออมสิน.*)?|ธนาคาร.*|ธ\.?ก\.?ส.*")
_MOVED = re.compile(r"(?:นำ|เอา)?(?:เงิน)?(?:ฝาก(?:เข้า)?(?:ธนาคาร|บัญชี)|เข้าธนาคาร|ถอน(?:เงิน)?)")
_SECTIONS = ((Side.RECEIPT, re.compile(r"(?:หมวด|ด้าน|รายการ|เงิน)?(?:ราย)?รับ(?:เงิน)?")),
             (Side.PAYMENT, re.compile(r"(?:หมวด|ด้าน|รายการ|เงิน)?(?:ราย)?จ่าย(?:เงิน)?")),
             (Side.OPENING, re.compile(r"(?:ยอด)?(?:เงิน)?ยกมา(?:ต้นปี)?")),
             (Side.CLOSING, re.compile(r"(?:ยอด)?(?:เงิน)?คงเหลือ(?:ยกไป)?|ยอดยกไป")))
_PAID_OUT = re.compile(r"ค่า(?!ธรรมเนียม|สมัคร|บำรุง|แรกเข้า)|จ่าย|สวัสดิการ|เบี้ย|ช่วยเหลือ")
_TAKEN_IN = re.compile(r"รับ(?!สวัสดิการ)")
_SIDE_OF_A_TOTAL = ((Side.CLOSING, re.compile(r"คงเหลือ|สุทธิ")), (Side.RECEIPT, re.compile(r"รับ")),
                    (Side.PAYMENT, re.compile(r"จ่าย")))


@lru_cache(maxsize=1024)
def section_of(*, text: str) -> Side | None:
    """Which side a heading opens: รายรับ, รายจ่าย, คงเหลือ, ยอดยกมา alone; None when it opens none."""
    plain = _NUMBERED.sub("", text_of(cell=text)).replace(" ", "").rstrip(":")
    return next((side for side, pattern in _SECTIONS if pattern.fullmatch(plain)), None)


@lru_cache(maxsize=2048)
def heading_of(*, text: str, section: Side | None = None) -> AccountHeading:
    """What a line or a column of accounts is, standing in a section; `side` is None where nobody can tell."""
    word = _NUMBERED.sub("", text_of(cell=text))
    if _OPENING.search(word):
        return AccountHeading(word=word, side=Side.OPENING, pot=_pot(word))
    if is_total(text=word):
        of = next((side for side, pattern in _SIDE_OF_A_TOTAL if pattern.search(word)), section)
        return AccountHeading(word=word, side=of, is_total=True)
    if _CLOSING.search(word) or section in (Side.OPENING, Side.CLOSING):
        is_opening = section is Side.OPENING and not _CLOSING.search(word)
        return AccountHeading(word=word, side=Side.OPENING if is_opening else Side.CLOSING, pot=_pot(word))
    if _POT_ALONE.fullmatch(word) and section is None:
        return AccountHeading(word=word, side=Side.CLOSING, pot=_pot(word))
    if _MOVED.match(word):
        return AccountHeading(word=word)
    side = section or side_of(word=word)
    return AccountHeading(word=word, side=side, item=item_of(word=word, side=side) if side else None)


def side_of(*, word: str) -> Side | None:
    """Whether a word of its own tells money in from money out."""
    is_received = item_of(word=word, side=Side.RECEIPT) is not AccountItem.OTHER_RECEIPT
    is_benefit = kind_of(word=word) is not BenefitKind.UNCLEAR
    if _PAID_OUT.match(word) or (is_benefit and not is_received):
        return Side.PAYMENT
    is_paid = item_of(word=word, side=Side.PAYMENT) is not AccountItem.OTHER_PAYMENT
    return Side.RECEIPT if is_received or _TAKEN_IN.match(word) else Side.PAYMENT if is_paid else None


def item_of(*, word: str, side: Side) -> AccountItem:
    """What a receipt or a payment is for."""
    if side is Side.RECEIPT:
        return next((item for item, pattern in _RECEIPTS if pattern.search(word)), AccountItem.OTHER_RECEIPT)
    is_benefit = kind_of(word=word) is not BenefitKind.UNCLEAR
    otherwise = AccountItem.WELFARE if is_benefit else AccountItem.OTHER_PAYMENT
    return next((item for item, pattern in _PAYMENTS if pattern.search(word)), otherwise)


def _pot(word: str) -> Pot | None:
    return Pot.CASH if _CASH.search(word) else Pot.BANK if _BANK.search(word) else None
