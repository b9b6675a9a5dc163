"""The headings of registers in their many writings, and what the other sheets of a workbook are."""
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from ombun.primitives.thai import arabic_digits, tidy


class Field(StrEnum):
    """What a column of a register holds. Several columns may be needed for one value (day, month, year of birth)."""

    SEQUENCE = "sequence"
    MEMBER_NO = "member_no"
    TITLE = "name_title"
    NAME = "name"
    LAST_NAME = "last_name"
    NATIONAL_ID = "national_id"
    BORN = "born_on"
    BORN_DAY = "born_day"
    BORN_MONTH = "born_month"
    BORN_YEAR = "born_year"
    JOINED = "joined_on"
    HOUSE_NO = "house_no"
    ADDRESS = "address"
    MOO = "moo"
    SEX = "sex"
    KIND = "kind"
    BENEFICIARY = "beneficiary_name"
    RELATION = "relation"
    PHONE = "phone"
    REMARK = "remark"
    STATUS = "status"
    DIED = "died_on"
    RESIGNED = "resigned_on"
    LAPSED = "lapsed_on"
    MOVED = "moved_on"
    LEFT = "left_on"
    LIFE = "life"
    IGNORED = "ignored"


class SheetRole(StrEnum):
    """What a sheet is for. Only registers are imported here; the others come later or hold nothing to import."""

    REGISTER = "register"
    CONTRIBUTIONS = "contributions"
    BENEFITS = "benefits"
    ACCOUNTS = "accounts"
    NOTES = "notes"
    OLD_COPY = "old_copy"


_DAY = r"(?:(?:วัน|ว)(?:ที่)?(?:เดือน|ด)?(?:ปี|ป)?(?:ที่)?)"
_WRITINGS = (
    (Field.IGNORED, r"(?:ค่า|เงิน|ใบ|รูป).*|อายุ.*|ซอย|ถนน|ตำบล|อำเภอ|จังหวัด|ต|อ|จ|รหัสไปรษณีย์|อาชีพ|สถานภาพสมรส|สัญชาติ"
     r"|ศาสนา|ลายมือชื่อ.*|ลายเซ็น.*|ลงชื่อ|ชื่อเล่น|ฉายา|บัญชี.*|ธนาคาร.*|วันออกบัตร|วันหมดอายุ|บัตรหมดอายุ|(?:ชื่อ)?บ้าน|ชื่อหมู่บ้าน|จำนวน.*|ไม่นำเข้า"),
    (Field.SEX, r"เพศ"),
    (Field.LIFE, r"ประวัติ(?:การเป็น)?สมาชิก(?:ภาพ)?"),
    (Field.SEQUENCE, r"ลำดับ(?:ที่)?|ลดับ|ที่|ลำดับเลขที่|no|#|ล[/.]?ด"),
    (Field.MEMBER_NO, r"(?:เลข|หมายเลข|รหัส)(?:ที่)?(?:ทะเบียน)?(?:ประจำตัว)?(?:ผู้)?(?:สมาชิก|ทะเบียน)(?:เลขที่|ที่)?"
     r"|ทะเบียน(?:สมาชิก)?(?:เลข)?(?:ที่)?|สมาชิก(?:เลข)?ที่|เลขสมุด|สมุดเลขที่|รหัส|เลขที่"),
    (Field.NATIONAL_ID, r"(?:เลข|หมายเลข|รหัส)?(?:ที่)?(?:ประจำ(?:ตัว)?|บัตร)*(?:ประจำตัว)?(?:ประชาชน|ปชช)(?:13หลัก)?"
     r"(?:เลขที่)?|(?:เลข)?(?:ที่)?บัตร(?:ประจำตัว)?(?:13หลัก)?|เลข13หลัก|เลขประจำตัว(?:13หลัก)?|id(?:card)?(?:no)?|เลขปชช"),
    (Field.TITLE, r"คำนำหน้า(?:ชื่อ|นาม)?|คำนำ|นำหน้า"),
    (Field.LAST_NAME, r"(?:นาม)?สกุล"),
    (Field.NAME, r"(?:ราย)?ชื่อ(?:ตัว)?(?:และ|กับ)?(?:(?:นาม)?สกุล)?(?:(?:ของ)?(?:ผู้เป็น)?สมาชิก|ผู้สมัคร)?"
     r"|ชื่อ(?:ตัว)?สมาชิก(?:นามสกุล|สกุล)?|สมาชิก|ชื่อฉายา|ชื่อ(?:นาม)?สกุล(?:ฉายา)?"),
    (Field.BORN, rf"{_DAY}?เกิด(?:วันที่|เมื่อ)?|วันเดือนปี(?:ที่)?เกิด|เกิด(?:{_DAY})?|ปี(?:พศ)?(?:ที่)?เกิด|พศเกิด"),
    (Field.JOINED, rf"(?:{_DAY}|เมื่อ|เริ่ม|ปี(?:ที่)?)?(?:ที่)?(?:เริ่ม)?(?:ยื่น)?(?:สมัคร|เข้าร่วม|เข้า|เป็น|ขึ้นทะเบียน|แรกเข้า|รับ)"
     rf"(?:เข้า)?(?:เป็น)?(?:การเป็น)?(?:สมาชิก|กองทุน)?(?:{_DAY}|เมื่อ|เริ่ม)?"),
    (Field.HOUSE_NO, r"(?:บ้าน|บ)เลขที่|เลขที่บ้าน|เลขบ้าน|บ้านที่"),
    (Field.ADDRESS, r"ที่อยู่.*|(?:บ้าน|บ)?เลขที่(?:บ้าน)?(?:หมู่|ม)(?:ที่)?(?:บ้าน)?"),
    (Field.MOO, r"(?:ชุมชน|คุ้ม|บ้าน)?หมู่(?:ที่)?(?:บ้าน)?(?:ที่)?|ม(?:ที่)?|หมู่บ้าน(?:ชุมชน|คุ้ม)?"),
    (Field.KIND, r"(?:ประเภท|กลุ่ม|ชนิด)(?:ของ)?(?:สมาชิก|ผู้สมัคร)?"),
    (Field.BENEFICIARY, r"(?:ข้อมูล)?(?:ชื่อ|รายชื่อ)?(?:สกุล|นามสกุล)?"
     r"(?:ผู้รับ(?:ผล)?ประโยชน์|ทายาท|ผู้(?:สืบ|รับ)(?:เงิน|สิทธิ์?|มรดก|(?:เงิน)?สงเคราะห์))"
     r"(?:ชื่อ(?:นาม)?สกุล|ชื่อ)?"),
    (Field.RELATION, r"(?:ความ|ที่)?(?:เกี่ยวข้อง|สัมพันธ์|เกี่ยวพัน|เกี่ยวดอง)(?:เป็น|กับ.*|โดยเป็น)?"),
    (Field.PHONE, r"(?:เบอร์|หมายเลข|เลข)?(?:โทรศัพท์|โทร|มือถือ|ติดต่อ)+(?:มือถือ)?(?:ติดต่อ)?(?:ที่ติดต่อได้)?|เบอร์|tel|phone"),
    (Field.REMARK, r"หมายเหตุ|เพิ่มเติม|ข้อสังเกต|บันทึก(?:เพิ่มเติม)?|อื่นๆ"),
    (Field.STATUS, r"(?:สถานะ|สถานภาพ|สภาพ)(?:ของ|การเป็น)?(?:สมาชิก)?(?:ปัจจุบัน)?"),
    (Field.DIED, rf"(?:{_DAY}|เมื่อ)?(?:ที่)?(?:เสียชีวิต|ตาย|ถึงแก่กรรม)(?:เมื่อ|{_DAY})?"),
    (Field.RESIGNED, rf"(?:{_DAY}|เมื่อ)?(?:ที่)?ลาออก(?:เมื่อ|{_DAY})?"),
    (Field.LAPSED, rf"(?:{_DAY}|เมื่อ)?(?:ที่)?(?:พ้น|หมด|ขาด|สิ้น)(?:สมาชิก)?(?:สภาพ|ภาพ)(?:เมื่อ|{_DAY})?"),
    (Field.MOVED, rf"(?:{_DAY}|เมื่อ)?(?:ที่)?ย้าย(?:ออก)?(?:เมื่อ|{_DAY})?"),
    (Field.LEFT, rf"(?:{_DAY}|เมื่อ)(?:ที่)?(?:ออก|สิ้นสุด(?:สมาชิก)?)|ออกเมื่อ|(?:ลาออก|เสียชีวิต|ตาย|พ้นสภาพ|ย้าย){{2,}}"),
)
WRITTEN: Mapping[Field, str] = MappingProxyType({
    Field.SEQUENCE: "ลำดับ", Field.MEMBER_NO: "เลขทะเบียนสมาชิก", Field.TITLE: "คำนำหน้า", Field.NAME: "ชื่อ",
    Field.LAST_NAME: "นามสกุล", Field.NATIONAL_ID: "เลขประจำตัวประชาชน", Field.BORN: "วันเดือนปีเกิด", Field.SEX: "เพศ",
    Field.KIND: "ประเภทสมาชิก", Field.HOUSE_NO: "บ้านเลขที่", Field.MOO: "หมู่ที่", Field.PHONE: "โทรศัพท์",
    Field.JOINED: "วันที่เข้าเป็นสมาชิก", Field.STATUS: "สถานภาพ", Field.LEFT: "วันที่ออก",
    Field.BENEFICIARY: "ผู้รับผลประโยชน์", Field.RELATION: "ความเกี่ยวข้อง", Field.LIFE: "ประวัติการเป็นสมาชิก"})
"""Of all writings the one that we ourselves write over a column, in the order of the columns."""
ONLY_TO_READ = "แผ่นนี้มีไว้อ่าน ไม่ต้องนำเข้า"
"""Begins the first cell of a sheet that says by itself that nothing in it is to be imported."""
_FIELDS = tuple((field, re.compile(pattern)) for field, pattern in _WRITINGS)
_PARTS_OF_A_BIRTH = {"วัน": Field.BORN_DAY, "วันที่": Field.BORN_DAY, "ว": Field.BORN_DAY, "เดือน": Field.BORN_MONTH,
                     "ด": Field.BORN_MONTH, "ปี": Field.BORN_YEAR, "พศ": Field.BORN_YEAR, "ป": Field.BORN_YEAR}
_HEADING_LENGTH_MAX = 60
_NOISE = re.compile(r"[\s\-–—/().,:;*_\"'+ฯ]|\d+หลัก(?=.)")
_BRACKETS = re.compile(r"\([^()]*\)")
_MONTH = re.compile(
    r"(?:(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค)\.?"
    r"|(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรก[ฎฏ]า|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)(?:คม|ยน|พันธ์)?) ?'?(?:\d{2}|\d{4})?")
_ACCOUNTS = re.compile(r"รับ ?[-–/]? ?จ่าย|บัญชีรับ|งบการเงิน|สมุดเงินสด|ยอดยกมา|รายรับ|รายจ่าย")
_BENEFITS = re.compile(r"(?:ประเภท|รายการ|ชนิด)?(?:ของ)?สวัสดิการ.*|จ่ายสวัสดิการ.*")
_AMOUNT = re.compile(r"(?:จำนวน)?(?:เงิน|บาท)(?:.*บาท.*)?|จำนวน(?:เงิน)?(?:บาท)?|ยอดเงิน.*")
_TOTAL = re.compile(r"(?:ยอด|จำนวน)?(?:เงิน)?รวม.*|total|ทั้งหมด|ทั้งสิ้น|ยอด(?:เงิน)?(?:ทั้ง)?(?:ปี|หมด|สิ้น)")


def field_of(*, heading: str, above: str = "") -> Field | None:
    """What a column holds by its heading, with the heading `above` it where headings have two rows; None if unknown.

    Under "ผู้รับผลประโยชน์" a name is the beneficiary's and an ID is nobody's we keep; under "วันเดือนปีเกิด" a column
    may hold only the day, the month or the year.
    """
    own = _own_field(heading)
    group = _own_field(above) if above else None
    if group is Field.BENEFICIARY:
        if own is Field.NAME or (own is None and not _plain(heading)):
            return Field.BENEFICIARY
        return own if own in (Field.BENEFICIARY, Field.RELATION) else Field.IGNORED
    if group is Field.BORN and _plain(heading) in _PARTS_OF_A_BIRTH:
        return _PARTS_OF_A_BIRTH[_plain(heading)]
    return own or group


def plain_heading(*, heading: str) -> str:
    """A heading without spaces, dots, brackets and capitals, as the tables of headings are written."""
    return _plain(heading) if len(heading) <= _HEADING_LENGTH_MAX else ""


def is_month(*, heading: str) -> bool:
    """Whether a heading is a month, as in the grids of contributions and accounts."""
    return len(heading) <= _HEADING_LENGTH_MAX and bool(_MONTH.fullmatch(arabic_digits(tidy(heading))))


def is_amount(*, heading: str) -> bool:
    """Whether a heading is an amount of baht."""
    return len(heading) <= _HEADING_LENGTH_MAX and bool(_AMOUNT.fullmatch(_plain(heading)))


def is_family_name(*, heading: str, before: str) -> bool:
    """Whether a heading such as ชื่อสกุล, behind one such as ชื่อ or ชื่อตัว, is of the name of the family alone."""
    return "สกุล" in heading and "สกุล" not in before


def is_total_heading(*, heading: str) -> bool:
    """Whether a heading is of a column of totals."""
    return len(heading) <= _HEADING_LENGTH_MAX and bool(_TOTAL.fullmatch(_plain(heading)))


def is_benefit(*, heading: str) -> bool:
    """Whether a heading names the kind of a benefit paid."""
    return len(heading) <= _HEADING_LENGTH_MAX and bool(_BENEFITS.fullmatch(_plain(heading)))


def speaks_of_accounts(*, text: str) -> bool:
    """Whether a title or a first column speaks of receipts and payments."""
    return bool(_ACCOUNTS.search(tidy(text)))


@lru_cache(maxsize=2048)
def _own_field(heading: str) -> Field | None:
    if len(heading) > _HEADING_LENGTH_MAX:
        return None
    for plain in dict.fromkeys((_plain(heading), _plain(_BRACKETS.sub("", tidy(heading))))):
        for field, pattern in _FIELDS:
            if plain and pattern.fullmatch(plain):
                return field
    return None


@lru_cache(maxsize=2048)
def _plain(heading: str) -> str:
    return _NOISE.sub("", arabic_digits(tidy(heading)).lower())
