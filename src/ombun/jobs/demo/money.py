"""Everything else that comes in and goes out: the other two legs, fees, gifts, bank interest, the costs of the work."""
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.seed import MONTHS_OF_HISTORY, Calendar, dice
from ombun.ledger.rules import BANK, ENTRANCE_FEES, LOCAL_MATCHING, STATE_MATCHING, TREASURER_CASH
from ombun.primitives.days import fiscal_year_be, thai_month
from ombun.primitives.money import Satang

ENTRANCE_FEE = 2000
_STATE_PER_MEMBER = 25_000
_LOCAL = (6_000_000, 6_000_000, 8_000_000, 8_000_000, 10_000_000, 10_000_000)
_INTEREST = (312_550, 398_725, 462_310, 541_065, 603_440, 655_180)

PAYS_ALONE = Satang(500_000)  # above it a second person agrees


@dataclass(frozen=True, kw_only=True)
class Voucher:
    """Money that came in or went out: what for, between which two accounts."""

    key: str
    on: date
    memo: str
    debit: str
    credit: str
    satang: Satang


def vouchers(people: Sequence[Neighbour], calendar: Calendar) -> tuple[Voucher, ...]:
    """Every receipt and payment of the five years that is neither a contribution nor a benefit."""
    joined = Counter(calendar.index(one.joined_on) for one in people)
    found = [voucher for month in range(MONTHS_OF_HISTORY + 1)
             for voucher in (*_fees(month, joined[month], calendar), *_legs(month, people, calendar),
                             *_gains(month, calendar), *_costs(month, calendar), *_public_welfare(month, calendar))]
    return tuple(one for one in found if one.on < calendar.today)


def _received(key: str, on: date, memo: str, account: str, satang: int, *, into: str = BANK) -> Voucher:
    return Voucher(key=key, on=on, memo=memo, debit=into, credit=account, satang=Satang(satang))


def _paid(key: str, on: date, memo: str, account: str, satang: int, *, out_of: str = TREASURER_CASH) -> Voucher:
    return Voucher(key=key, on=on, memo=memo, debit=account, credit=out_of, satang=Satang(satang))


def _fees(month: int, joined: int, calendar: Calendar) -> Iterator[Voucher]:
    if joined:
        yield _received(f"fees:{month}", calendar.day(month, 28), f"ค่าแรกเข้าสมาชิกใหม่ {joined} คน", ENTRANCE_FEES,
                        joined * ENTRANCE_FEE, into=TREASURER_CASH)


def _legs(month: int, people: Sequence[Neighbour], calendar: Calendar) -> Iterator[Voucher]:
    first = calendar.month(month)
    year = month // 12
    if first.month == 3:
        yield _received(f"local:{month}", calendar.day(month, 14), f"อบต.สมทบกองทุน ปีงบประมาณ {fiscal_year_be(first)}",
                        LOCAL_MATCHING, _LOCAL[year])
    if first.month == 8 and year % 2 == 0:
        cut_off = date(first.year - 1, 9, 30)
        counted = sum(one.is_member(first) and one.joined_on <= cut_off for one in people)
        yield _received(f"state:{month}", calendar.day(month, 21),
                        f"รัฐบาลสมทบผ่าน พอช. รอบที่ {year // 2 + 4} สมาชิกครบปี {counted} คน", STATE_MATCHING,
                        counted * _STATE_PER_MEMBER)


def _gains(month: int, calendar: Calendar) -> Iterator[Voucher]:
    first = calendar.month(month)
    if first.month in (6, 12):
        yield _received(f"interest:{month}", calendar.day(month, 30), f"ดอกผลจากธนาคาร {thai_month(first)}", "4910",
                        _INTEREST[month // 12] + month * 131)
    if first.month == 1:
        yield _received(f"profit:{month}", calendar.day(month, 22), "กลุ่มออมทรัพย์แบ่งผลกำไรสมทบสวัสดิการ", "4600",
                        1_500_000 + month // 12 * 150_000)
    if first.month in (4, 10):
        yield _received(f"gift:{month}", calendar.day(month, 17), "เงินบริจาคจากงานบุญประจำปี", "4800",
                        dice("gift", month).randrange(20, 90) * 10_000, into=TREASURER_CASH)


def _costs(month: int, calendar: Calendar) -> Iterator[Voucher]:
    chance, first = dice("costs", month), calendar.month(month)
    yield _paid(f"travel:{month}", calendar.day(month, 17), "ค่าเดินทางประชุมและติดต่อธนาคาร", "5320",
                chance.randrange(8, 18) * 5_000)
    yield _paid(f"workers:{month}", calendar.day(month, 26), "ค่าตอบแทนผู้ปฏิบัติงานทะเบียนและบัญชี", "5310", 150_000)
    if first.month % 3 == 1:
        yield _paid(f"paper:{month}", calendar.day(month, 19), "ค่ากระดาษ หมึกพิมพ์ และสมุดประจำตัว", "5330",
                    chance.randrange(30, 95) * 1_000)
    if first.month == 1:
        yield _paid(f"meeting:{month}", calendar.day(month, 25), "ประชุมใหญ่สมาชิกประจำปี", "5340", 1_450_000, out_of=BANK)


def _public_welfare(month: int, calendar: Calendar) -> Iterator[Voucher]:
    first = calendar.month(month)
    if first.month == 7:
        yield _paid(f"forest:{month}", calendar.day(month, 29), "ปลูกต้นไม้ป่าชุมชน", "5113", 820_000, out_of=BANK)
    if first.month == 11:
        yield _paid(f"public:{month}", calendar.day(month, 18), "ซ่อมศาลาและทางเดินสาธารณะ", "5112", 650_000, out_of=BANK)
    if first.month in (2, 9):
        yield _paid(f"others:{month}", calendar.day(month, 23), "ช่วยครอบครัวเปราะบางที่ไม่ใช่สมาชิก", "5200", 300_000)
