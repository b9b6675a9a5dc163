"""The chart of accounts and what makes an entry. Pure: no database, no clock."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal


class AccountKind(StrEnum):
    """The five sides of the books."""

    ASSET = "ASSET"
    LIABILITY = "LIABILITY"
    FUND = "FUND"
    INCOME = "INCOME"
    EXPENSE = "EXPENSE"


class HolderKind(StrEnum):
    """In whose hands money is."""

    TREASURER = "TREASURER"
    CENTRE = "CENTRE"
    COLLECTOR = "COLLECTOR"
    BANK = "BANK"


@dataclass(frozen=True, kw_only=True)
class ChartLine:
    """An account that every fund begins with."""

    code: str
    name_th: str
    name_en: str
    kind: AccountKind
    holder_kind: HolderKind | None = None


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One side of an entry: positive satang is debit, negative is credit."""

    account_code: str
    amount_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry before it is written: the deed it comes from, its days, its sides."""

    deed_id: UUID
    happened_on: date
    posted_on: date
    postings: tuple[Posting, ...]
    memo: str = ""
    reverses_id: int | None = None

    @property
    def total_satang(self) -> Satang:
        """The sum of one column in satang; both columns have it."""
        return Satang(sum(p.amount_satang for p in self.postings if p.amount_satang > 0))


TREASURER_CASH = "1110"
BANK = "1200"
PAST_MONEY = "1190"
INVESTED = "1300"
THINGS_KEPT = "1400"
TO_BE_PAID_BACK = "1500"
HELPED_AT_ONCE = "1600"
FUND_AT_START = "3100"
MEMBER_CONTRIBUTIONS = "4100"
IN_KIND_CONTRIBUTIONS = "4150"
LOCAL_MATCHING = "4400"
STATE_MATCHING = "4300"
DONATIONS = "4800"
ENTRANCE_FEES = "4700"
TO_BE_CLARIFIED = "2900"
CASH_OVER = "4980"
CASH_SHORT = "5380"
THINGS_USED = "5350"
PAST_CONTRIBUTIONS = "4190"
PAST_BENEFITS = "5195"

_A, _L, _F, _I, _E = AccountKind.ASSET, AccountKind.LIABILITY, AccountKind.FUND, AccountKind.INCOME, AccountKind.EXPENSE
_BENEFITS = (
    ("5101", "สวัสดิการเด็กแรกเกิด/คลอดบุตร", "Birth"), ("5102", "สวัสดิการเจ็บป่วย/รักษาพยาบาล", "Sickness"),
    ("5103", "สวัสดิการผู้สูงอายุ", "Elderly"), ("5104", "สวัสดิการเสียชีวิต", "Death"),
    ("5105", "สวัสดิการงานศพ", "Funeral costs"), ("5106", "สวัสดิการผู้ด้อยโอกาส/คนพิการ", "Disadvantaged and disabled"),
    ("5107", "สวัสดิการด้านอาชีพ", "Occupation"), ("5108", "สวัสดิการด้านการศึกษา", "Education"),
    ("5109", "สวัสดิการประเพณี/วัฒนธรรม", "Tradition and culture"), ("5110", "สวัสดิการที่อยู่อาศัย", "Housing"),
    ("5111", "สวัสดิการภัยพิบัติ", "Disaster"), ("5112", "สาธารณประโยชน์", "Public benefit"),
    ("5113", "ทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Natural resources and environment"),
    ("5114", "ประชาสัมพันธ์", "Public relations"), ("5115", "คืนสู่องค์กร", "Return to the organisation"),
    ("5116", "โควิด-19", "Covid-19"), ("5190", "สวัสดิการอื่น", "Other benefits"))

CHART: tuple[ChartLine, ...] = (
    ChartLine(code=TREASURER_CASH, name_th="เงินสดในมือเหรัญญิก", name_en="Cash with the treasurer", kind=_A,
              holder_kind=HolderKind.TREASURER),
    ChartLine(code=BANK, name_th="เงินในบัญชีธนาคาร", name_en="Bank account", kind=_A, holder_kind=HolderKind.BANK),
    ChartLine(code=PAST_MONEY, name_th="เงินตามสมุดบัญชีเดิม", name_en="Money by the old books", kind=_A),
    ChartLine(code=INVESTED, name_th="เงินลงทุนอื่น", name_en="Other investments", kind=_A),
    ChartLine(code=THINGS_KEPT, name_th="สิ่งของที่รับไว้รอขาย", name_en="Things received, to be sold", kind=_A),
    ChartLine(code=TO_BE_PAID_BACK, name_th="สวัสดิการที่ตกลงส่งคืน", name_en="Benefits to be paid back", kind=_A),
    ChartLine(code=HELPED_AT_ONCE, name_th="ช่วยทันที รอเอกสาร", name_en="Helped at once, papers to follow", kind=_A),
    ChartLine(code="2100", name_th="สวัสดิการที่อนุมัติแล้วรอจ่าย", name_en="Approved benefits to pay", kind=_L),
    ChartLine(code="2200", name_th="เงินสมทบรัฐที่ต้องส่งคืน", name_en="Matching money to give back", kind=_L),
    ChartLine(code=TO_BE_CLARIFIED, name_th="เงินรับรอตรวจสอบ", name_en="Received, to be clarified", kind=_L),
    ChartLine(code=FUND_AT_START, name_th="เงินกองทุนยกมา", name_en="Fund at the start", kind=_F),
    ChartLine(code=MEMBER_CONTRIBUTIONS, name_th="เงินสมทบจากสมาชิก", name_en="Members' contributions", kind=_I),
    ChartLine(code=IN_KIND_CONTRIBUTIONS, name_th="สมทบด้วยสิ่งของและแรงงาน",
              name_en="Contributions that are not money", kind=_I),
    ChartLine(code=PAST_CONTRIBUTIONS, name_th="เงินสมทบในสมุดบัญชีเดิมที่ไม่อยู่ในตารางส่งเงิน",
              name_en="Contributions of the old books that no list names", kind=_I),
    ChartLine(code="4200", name_th="งบจัดตั้งจาก พอช.", name_en="Seed grant from CODI", kind=_I),
    ChartLine(code=STATE_MATCHING, name_th="สมทบจากรัฐบาลผ่าน พอช.", name_en="State matching through CODI", kind=_I),
    ChartLine(code=LOCAL_MATCHING, name_th="สมทบจาก อปท.", name_en="Local government matching", kind=_I),
    ChartLine(code="4500", name_th="สนับสนุนจากหน่วยงานรัฐอื่น", name_en="Other state agencies", kind=_I),
    ChartLine(code="4600", name_th="ผลกำไรจากกลุ่มองค์กรชุมชน", name_en="Profits of community groups", kind=_I),
    ChartLine(code=ENTRANCE_FEES, name_th="ค่าแรกเข้า", name_en="Entrance fees", kind=_I),
    ChartLine(code=DONATIONS, name_th="เงินบริจาค", name_en="Donations", kind=_I),
    ChartLine(code="4910", name_th="ดอกผลจากธนาคาร", name_en="Bank interest", kind=_I),
    ChartLine(code=CASH_OVER, name_th="เงินสดเกินบัญชี", name_en="Cash over", kind=_I),
    ChartLine(code="4990", name_th="รายได้อื่น", name_en="Other income", kind=_I),
    *(ChartLine(code=code, name_th=th, name_en=en, kind=_E) for code, th, en in _BENEFITS),
    ChartLine(code=PAST_BENEFITS, name_th="สวัสดิการในสมุดบัญชีเดิมที่ไม่อยู่ในรายชื่อผู้รับ",
              name_en="Benefits of the old books that no list names", kind=_E),
    ChartLine(code="5200", name_th="ช่วยเหลือผู้ที่ไม่ใช่สมาชิก", name_en="Help to people who are not members", kind=_E),
    ChartLine(code="5310", name_th="ค่าตอบแทนผู้ปฏิบัติงาน", name_en="Pay for workers", kind=_E),
    ChartLine(code="5320", name_th="ค่าเดินทาง", name_en="Travel", kind=_E),
    ChartLine(code="5330", name_th="ค่าเอกสาร/วัสดุสำนักงาน", name_en="Documents and stationery", kind=_E),
    ChartLine(code="5340", name_th="ค่าจัดกิจกรรม/ประชุม", name_en="Activities and meetings", kind=_E),
    ChartLine(code="5360", name_th="ค่าธรรมเนียมธนาคาร", name_en="Bank fees", kind=_E),
    ChartLine(code=THINGS_USED, name_th="สิ่งของและแรงงานที่ใช้ในงานกองทุน",
              name_en="Things and labour used by the fund", kind=_E),
    ChartLine(code=CASH_SHORT, name_th="เงินสดขาดบัญชี", name_en="Cash short", kind=_E),
    ChartLine(code="5390", name_th="ค่าใช้จ่ายอื่น", name_en="Other expenses", kind=_E),
)

RECEIVED_BY_VOUCHER = (LOCAL_MATCHING, STATE_MATCHING, DONATIONS, "4910", ENTRANCE_FEES, "4200", "4500", "4600", "4990",
                       THINGS_KEPT, INVESTED, TO_BE_CLARIFIED)  # the usual ones first
PAID_BY_VOUCHER = ("5310", "5320", "5330", "5340", "5360", "5390", "5112", "5113", "5114", "5115", "5200", "2200",
                   INVESTED, TO_BE_CLARIFIED)
"""What a voucher may book. Contributions come in on a sheet, members' benefits go out on a claim, never by voucher."""
BY_VOUCHER = frozenset({TREASURER_CASH, BANK, *RECEIVED_BY_VOUCHER, *PAID_BY_VOUCHER})


def is_postable(*, postings: Sequence[Posting]) -> bool:
    """Whether these sides make an entry: at least two, none zero, together zero. The database checks it again."""
    return (len(postings) >= 2 and all(p.amount_satang != 0 for p in postings)
            and sum(p.amount_satang for p in postings) == 0)


def handover_postings(
    *, from_account: str, to_account: str, counted_satang: Satang, expected_satang: Satang
) -> list[Posting]:
    """What was counted arrives, what was expected leaves, and the difference stands on an account of its own; where
    nothing was found, all of it."""
    if not counted_satang:
        return [Posting(account_code=CASH_SHORT, amount_satang=expected_satang),
                Posting(account_code=from_account, amount_satang=Satang(-expected_satang))]
    sides = [Posting(account_code=to_account, amount_satang=counted_satang),
             Posting(account_code=from_account, amount_satang=Satang(-expected_satang))]
    short = Satang(expected_satang - counted_satang)
    if short:
        sides.append(Posting(account_code=CASH_SHORT if short > 0 else CASH_OVER, amount_satang=short))
    return sides


MEMO_MAX = 500  # letters


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Where money can be: whose hands, or the bank."""

    code: str
    kind: HolderKind
    holder_id: UUID | None = None


def refusals_to_sign(
    *, giving: Hand, taking: Hand, given_by: UUID | None, received_by: UUID | None, holdings: Collection[Holding],
    names: Mapping[UUID, str], on: date
) -> list[Refusal]:
    """Every reason why these two cannot sign that money changed hands. Source: domain §1.2, two persons count it."""
    if given_by == received_by:
        return [Refusal(code="ledger.same_person", about=str(given_by))]
    return [Refusal(code="ledger.not_their_money", about=str(person), facts={
        "name": names.get(person, "?") if person else "?", "account": hand.code, "day": on})
        for hand, person in ((giving, given_by), (taking, received_by))
        if person is None or not _signs_for(hand, person, holdings, on)]


def _signs_for(hand: Hand, person: UUID, holdings: Collection[Holding], on: date) -> bool:
    """The treasurer for the till, anybody in office for the bank, people of a village centre for its tin, collectors
    for what they carry, even after their term; the chair for a collector who cannot come."""
    if hand.kind == HolderKind.CENTRE:
        return holds(holdings=holdings, person_id=person, offices=list(Office), on=on, centre_id=hand.holder_id)
    if hand.kind == HolderKind.COLLECTOR:
        return person == hand.holder_id or holds(holdings=holdings, person_id=person, offices=[Office.CHAIR], on=on)
    offices = [Office.TREASURER] if hand.kind == HolderKind.TREASURER else list(Office)
    return holds(holdings=holdings, person_id=person, offices=offices, on=on)
