"""The first sheet: whose data this is, of which day, what stands where, and how it is brought in again."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.exports.rules.tables import Column, Table, Value
from ombun.imports.rules.headings import ONLY_TO_READ
from ombun.primitives.days import add_months, month_of, thai_day

_WHAT = (
    ("ทะเบียน หมู่ …", "สมาชิกทุกคน หมู่บ้านละแผ่น คนที่ออกแล้วก็อยู่ในนี้ (นำเข้าได้)"),
    ("ส่งเงิน …", "เงินสมทบของสมาชิกทีละเดือน ปีงบประมาณละแผ่น (นำเข้าได้)"),
    ("สวัสดิการ", "สวัสดิการที่จ่ายไปแล้วทุกราย (นำเข้าได้)"),
    ("บัญชี …", "รายรับ รายจ่าย ยอดยกมา และยอดคงเหลือทีละเดือน ปีงบประมาณละแผ่น (นำเข้าได้)"),
    ("แผ่นอื่น ๆ", "เรื่องที่ตารางนำเข้าไม่มีช่องให้ มีไว้อ่านและให้โปรแกรมอื่นใช้ บรรทัดแรกของแผ่นบอกไว้"),
    ("คืนสภาพ", "ซ่อนอยู่ มีไว้ให้ออมบุญในเครื่องอื่นตั้งกองทุนนี้ขึ้นใหม่ให้เหมือนเดิมทุกอย่าง ยกเว้นรหัสผ่าน"))


@dataclass(frozen=True, kw_only=True)
class Covered:
    """The fund, the day, and how much of it there is."""

    code: str
    name: str
    tambon: str
    district: str
    province: str
    tambon_code: int
    founded_on: date
    starts_on: date
    taken_on: date
    villages: Sequence[tuple[int, str]]
    members: int
    years: Sequence[int]


def first_sheet(*, covered: Covered) -> Table:
    """What somebody reads first who has nothing but this file."""
    return Table(name="อ่านก่อน", to_read=ONLY_TO_READ, rows=_rows(covered), columns=[
        Column(heading="เรื่อง", width=28), Column(heading="รายละเอียด", width=110)])


def _rows(covered: Covered) -> Iterator[Sequence[Value]]:
    c = covered
    yield "กองทุน", c.name
    yield "รหัสในออมบุญ", c.code
    yield "ที่ตั้ง", f"ตำบล{c.tambon} อำเภอ{c.district} จังหวัด{c.province}"
    yield "วันก่อตั้ง", thai_day(c.founded_on)
    yield "เริ่มบัญชีในออมบุญ", thai_day(c.starts_on)
    yield "ข้อมูล ณ วันที่", thai_day(c.taken_on)
    yield "สมาชิกในทะเบียน", f"{c.members:,} คน รวมคนที่ออกแล้ว"
    yield "ปีงบประมาณที่ส่งเงิน", " ".join(map(str, c.years))
    yield "ข้อมูลส่วนบุคคล", "แฟ้มนี้มีเลขบัตรประชาชนและข้อมูลส่วนตัวของสมาชิกทุกคน เก็บไว้ในที่ปลอดภัย อย่าส่งต่อโดยไม่จำเป็น"
    yield "วันที่ในแฟ้ม", "เป็นข้อความ วัน/เดือน/ปี พ.ศ. สี่หลัก เลขบัตรประชาชนก็เป็นข้อความ"
    for name, what in _WHAT:
        yield f"แผ่น {name}", what
    yield "ตั้งใหม่ให้เหมือนเดิม", "./ombun fund bring-in แฟ้มนี้ --code รหัสใหม่"
    yield "หรือนำเข้าเป็นสมุดเดิม ขั้นที่ 1", f"ตั้งกองทุนเปล่า: ./ombun fund new {_options(c)}"
    yield "หรือนำเข้าเป็นสมุดเดิม ขั้นที่ 2", "นำแฟ้มนี้เข้า: ./ombun import workbook แฟ้มนี้ --fund รหัสใหม่ หรือที่หน้านำเข้าทะเบียน"


def _options(c: Covered) -> str:
    """The fund to bring it into: its own books begin after the last month of this file."""
    starts = add_months(month_of(c.taken_on), 1)
    villages = " ".join(f'"{moo} {name}"' for moo, name in c.villages)
    return (f'--code รหัสใหม่ --name "{c.name}" --tambon {c.tambon_code} --founded {c.founded_on} --starts {starts} '
            f"--villages {villages}")
