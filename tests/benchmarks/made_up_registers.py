"""Registers made up for measuring: a member's row, the register of a fund, and many funds judged in one process."""
import random
import resource
from dataclasses import dataclass
from datetime import date
from time import perf_counter, process_time

from stdnum.th import pin

from ombun.imports.rules.books import Recorded
from ombun.imports.rules.cells import Cell, Sheet
from ombun.imports.rules.workbooks import judge_workbooks

VILLAGES, MEMBERS_OF_A_VILLAGE, FUNDS_IN_BULK = 12, 94, 120
HEADINGS = ("ลำดับ", "เลขทะเบียน", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่", "วันที่สมัคร", "ประเภทสมาชิก",
            "ผู้รับผลประโยชน์", "ความเกี่ยวข้อง", "โทรศัพท์", "หมายเหตุ")
FIRST = ("บุญ", "สม", "คำ", "แก้ว", "ทอง", "ศรี", "วิ", "สุ", "นง", "ประ")
SECOND = ("มี", "ชาย", "แก้ว", "นวล", "ไล", "เยาว์", "ใจ", "ลือ", "จันทร์", "พร")
FAMILY = ("ใจดี", "สอนดี", "จันทร์แก้ว", "วงศ์คำ", "เรืองศรี", "พรหมดี", "ขาวสะอาด", "มั่นคง", "โพธิ์ศรี", "แดงเดช")


@dataclass(frozen=True, kw_only=True)
class Stream:
    """What one process did: rows judged, in so many seconds, of which it had a core for so many; with so much memory
    after a tenth and at the end (MB)."""

    rows: int
    seconds: float
    core_seconds: float
    early_mb: float
    peak_mb: float


def judge_funds(number: int) -> Stream:
    """Judge the registers of many funds, forgetting each before the next one is read; a process of its own."""
    chance, rows, early = random.Random(number), 0, 0.0
    seconds = core_seconds = 0.0
    for fund in range(FUNDS_IN_BULK):
        sheets = _sheets(chance)
        start, of_the_core = perf_counter(), process_time()
        preview = judge_workbooks(sheets=sheets, known=[], founded_on=date(2010, 6, 9), books_end_on=date(2025, 9, 30),
                                  villages=range(1, VILLAGES + 1), recorded=Recorded())
        seconds += perf_counter() - start
        core_seconds += process_time() - of_the_core
        rows += sum(row.values is not None for row in preview.rows)
        early = early or (_peak_mb() if fund >= FUNDS_IN_BULK // 10 else 0.0)
    return Stream(rows=rows, seconds=seconds, core_seconds=core_seconds, early_mb=early, peak_mb=_peak_mb())


def _sheets(chance: random.Random) -> list[Sheet]:
    """The register of a fund of the usual size, as the reader gives it."""
    def cells(*row: object) -> tuple[Cell, ...]:
        return tuple(cell or None for cell in row)  # type: ignore[misc]

    return [Sheet(file="f.xlsx", name=f"ม.{moo}", rows=(
        cells(f"ทะเบียนสมาชิก หมู่ที่ {moo}"), cells(*HEADINGS),
        *(cells(*member(chance, moo, number)) for number in range(1, MEMBERS_OF_A_VILLAGE + 1))))
        for moo in range(1, VILLAGES + 1)]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def member(chance: random.Random, moo: int, number: int) -> tuple[object, ...]:
    """A row of a register: every writing of IDs, births and remarks that volunteers use."""
    def name() -> str:
        return f"{chance.choice(FIRST)}{chance.choice(SECOND)} {chance.choice(FAMILY)}"

    twelve = f"9{moo:02}{number:04}{chance.randrange(10**5):05}"
    digits = twelve + pin.calc_check_digit(twelve)
    day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(2480, 2550)
    written = f"{day}/{month}/{year}"
    born = chance.choice((written, f"{day} ม.ค. {year}", f"พ.ศ. {year}", f"{day}/{month}/{year % 100}", ""))
    hyphens = f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"
    return (number, f"{moo:02}-{number:04}", f"{chance.choice(('นาย', 'นาง ', 'น.ส.'))}{name()}",
            chance.choice((digits, int(digits), hyphens)), born, f"{number}/{moo}", moo,
            f"{day}/{month}/{2554 + number // 25}", chance.choice(("ทั่วไป", "ผู้สูงอายุ", "")), name(), "บุตร",
            f"060-000-{number:04}", chance.choice(("", "", "", "ขาดส่ง", "ตาย 5/6/65", "ลาออก")))
