"""A register of 3,000 members in a workbook: reading it and judging every row, into an empty fund and again."""
import io
import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import xlsxwriter
from figures import Figure, median_seconds
from stdnum.th import pin

from ombun.imports.rules.books import Recorded
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.register_row import KnownMember, RegisterRow
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks

SAMPLE = Path(__file__).parents[1] / "data" / "workbooks" / "B_nongsarai.xlsx"
VILLAGES, MEMBERS = 12, 3000
HEADINGS = ("ลำดับ", "เลขทะเบียน", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่", "วันที่สมัคร", "ประเภทสมาชิก",
            "ผู้รับผลประโยชน์", "ความเกี่ยวข้อง", "โทรศัพท์", "หมายเหตุ")
FIRST = ("บุญ", "สม", "คำ", "แก้ว", "ทอง", "ศรี", "วิ", "สุ", "นง", "ประ")
SECOND = ("มี", "ชาย", "แก้ว", "นวล", "ไล", "เยาว์", "ใจ", "ลือ", "จันทร์", "พร")
FAMILY = ("ใจดี", "สอนดี", "จันทร์แก้ว", "วงศ์คำ", "เรืองศรี", "พรหมดี", "ขาวสะอาด", "มั่นคง", "โพธิ์ศรี", "แดงเดช")


def run() -> Iterator[Figure]:
    """Seconds on one core for the whole workbook."""
    content = _workbook()
    first = _judged(content, [])
    kept = [f.name for f in fields(RegisterRow)]
    register = [KnownMember(member_id=number, **{name: getattr(row.values, name) for name in kept})
                for number, row in enumerate((row for row in first.rows if row.is_counted), start=1)]
    yield Figure(name="register: read a workbook of 3,000 members", unit="s", goal=None, n=MEMBERS,
                 figure=median_seconds(lambda: read_workbook(file="f.xlsx", content=content)))
    yield Figure(name="register: preview of an empty fund", unit="s", goal="<=5", n=MEMBERS,
                 figure=median_seconds(lambda: _judged(content, [])))
    yield Figure(name="register: preview of the same file again", unit="s", goal="<=5", n=MEMBERS,
                 figure=median_seconds(lambda: _judged(content, register)))
    whole = SAMPLE.read_bytes()
    yield Figure(name="workbook: preview of registers, grids, benefits and accounts", unit="s", goal=None,
                 n=len(_judged(whole, []).rows), figure=median_seconds(lambda: _judged(whole, [])))


def _judged(content: bytes, known: list[KnownMember]) -> Preview:
    return judge_workbooks(
        sheets=read_workbook(file="f.xlsx", content=content), known=known, founded_on=date(2010, 6, 9),
        books_end_on=date(2025, 9, 30), villages=range(1, VILLAGES + 1), recorded=Recorded())


def _workbook() -> bytes:
    chance, kept = random.Random(1), io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for moo in range(1, VILLAGES + 1):
            page = book.add_worksheet(f"ม.{moo}")
            page.merge_range(0, 0, 0, len(HEADINGS) - 1, f"ทะเบียนสมาชิก หมู่ที่ {moo}")
            page.write_row(1, 0, HEADINGS)
            for number in range(MEMBERS // VILLAGES):
                page.write_row(number + 2, 0, _member(chance, moo, number + 1))
    return kept.getvalue()


def _member(chance: random.Random, moo: int, number: int) -> tuple[object, ...]:
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
