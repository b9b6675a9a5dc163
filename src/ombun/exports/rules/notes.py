"""Sheets that are only to be read: Thai headings with the names that programs know, and values as people write them."""
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from ombun.exports.rules.tables import Column, Value, in_baht
from ombun.exports.rules.words import SAID
from ombun.imports.rules.headings import ONLY_TO_READ
from ombun.imports.rules.told_life import in_digits
from ombun.primitives.days import MONTHS_SHORT, THAILAND

_MONEY = "_satang"
_WIDE = frozenset({
    "full_name", "name", "reason", "memo", "name_th", "text_th", "title_th", "title", "address", "person", "changes",
    "reasons", "assessment", "details", "facts", "rule", "subject", "certifiers"})
_HEADINGS: Mapping[str, str] = MappingProxyType({
    "page_width": "หน้าสมุดกว้าง (0.1 มม.)", "page_height": "หน้าสมุดสูง (0.1 มม.)", "first_line": "บรรทัดแรกอยู่ที่ (0.1 มม.)",
    "line_height": "ระยะบรรทัด (0.1 มม.)", "lines_a_page": "บรรทัดในหน้า", "day_left": "ช่องวันที่อยู่ที่ (0.1 มม.)",
    "words_left": "ช่องรายการอยู่ที่ (0.1 มม.)", "paper_no_left": "ช่องเลขที่ใบเสร็จอยู่ที่ (0.1 มม.)",
    "paid_left": "ช่องเงินสมทบอยู่ที่ (0.1 มม.)", "received_left": "ช่องรับสวัสดิการอยู่ที่ (0.1 มม.)",
    "code": "รหัส", "name": "ชื่อ", "tambon_id": "รหัสตำบล", "founded_on": "วันก่อตั้ง",
    "starts_on": "เริ่มบัญชี", "books_closed_until": "ปิดบัญชีถึง", "moo": "หมู่ที่", "address": "ที่อยู่",
    "office": "ตำแหน่ง", "from_on": "ตั้งแต่", "until_on": "จนถึง (ไม่รวมวันนี้)",
    "member_id": "ลำดับในทะเบียน", "member_no": "เลขทะเบียนสมาชิก", "full_name": "สมาชิก",
    "person_id": "รหัสบุคคล", "username": "ชื่อผู้ใช้", "role": "โต๊ะ", "month": "เดือน",
    "left_open": "เรื่องที่ยังค้างเมื่อปิด", "first_by": "ผู้เปิดคนที่หนึ่ง",
    "second_by": "ผู้เปิดคนที่สอง", "reopened_on": "เปิดอีกครั้งเมื่อ", "close_id": "รหัสการปิดเดือน",
    "entry_count": "จำนวนรายการ", "seal_no": "ผนึกที่", "receipt_count": "จำนวนใบเสร็จ", "entries_until": "ถึงรายการบัญชีเลขที่",
    "seal_root": "ยอดรวมผนึก", "seal_head": "รหัสผนึก", "total_satang": "รวม (บาท)", "recorded_by": "ผู้บันทึก",
    "recorded_at": "บันทึกเมื่อ", "name_title": "คำนำหน้า", "first_name": "ชื่อตัว", "last_name": "นามสกุล",
    "national_id": "เลขประจำตัวประชาชน", "no_id_reason": "เหตุที่ไม่มีเลข", "born_on": "วันเกิด",
    "birth_precision": "รู้วันเกิดแค่ไหน", "kind": "ประเภทสมาชิก", "sex": "เพศ", "stated_sex": "เพศที่แจ้ง",
    "house_no": "บ้านเลขที่", "phone": "โทรศัพท์", "questioned": "เรื่องที่ยังต้องถาม", "queued": "เรื่องที่ให้ถามต่อ",
    "merged_into": "รวมไว้กับลำดับ", "withdrawn_by": "ถอนออกพร้อมการนำเข้า", "joined_on": "วันเข้า",
    "left_on": "วันออก", "left_reason": "เหตุที่ออก", "membership_id": "รหัสการเป็นสมาชิก",
    "event_id": "เลขเหตุการณ์", "happening": "เหตุการณ์", "happened_on": "วันที่เกิดเหตุ", "reason": "เหตุผล",
    "committee_no": "กรรมการชุดที่", "meeting_no": "ประชุมครั้งที่", "clause": "ตามระเบียบข้อ",
    "strikes_id": "ยกเลิกเหตุการณ์เลขที่", "met_on": "วันประชุม", "application_no": "เลขที่ใบสมัคร",
    "applied_on": "วันที่ยื่น", "application_state": "สถานะใบสมัคร", "person": "ข้อมูลในใบสมัคร",
    "certified_on": "วันที่รับรอง", "certifiers": "ผู้รับรอง", "turned_down_because": "เหตุที่ไม่รับ",
    "place": "ลำดับที่", "relation": "ความเกี่ยวข้อง", "share_percent": "ส่วนแบ่ง (ร้อยละ)",
    "named_on": "ระบุชื่อเมื่อ", "ended_on": "ยกเลิกเมื่อ", "told_on": "แจ้งเจ้าตัวเมื่อ",
    "told_how": "แจ้งอย่างไร", "changes": "แก้จากอะไรเป็นอะไร", "settled": "เรื่องที่ตอบแล้ว",
    "batch_id": "รหัสการนำเข้า", "file_names": "แฟ้ม", "import_state": "สถานะ", "previewed_at": "อ่านเมื่อ",
    "committed_at": "รับเข้าเมื่อ", "undone_at": "ถอนเมื่อ", "years": "ยอดยกมาในแฟ้ม", "file": "แฟ้ม",
    "sheet": "แผ่นงาน", "row": "แถว", "verdict": "ผล", "is_counted": "นับไหม", "reasons": "ข้อสงสัย",
    "amount_satang": "จำนวนเงิน (บาท)", "every_months": "ทุกกี่เดือน", "every_days": "ทุกกี่วัน",
    "first_month": "งวดเริ่มเดือนที่", "due_day": "ส่งภายในวันที่", "entrance_satang": "ค่าแรกเข้า (บาท)",
    "grace_days": "ผ่อนผันกี่วัน", "suspend_after_days": "พักสิทธิเมื่อค้างเกินกี่วัน",
    "suspend_after_periods": "พักสิทธิเมื่อขาดกี่งวด", "lapse_after_days": "พ้นสภาพเมื่อค้างเกินกี่วัน",
    "lapse_after_periods": "พ้นสภาพเมื่อขาดกี่งวด", "ground": "ยกเว้นเพราะ", "taken_back_on": "ถอนมติเมื่อ",
    "paid_until": "ส่งถึง (ไม่รวมวันนี้)", "book_no": "เล่มที่", "first_number": "เลขแรก",
    "next_number": "เลขต่อไป", "last_number": "เลขสุดท้าย", "collection_id": "เลขวันเก็บ",
    "collected_on": "วันที่เก็บ", "is_by_pen": "ใบเสร็จเขียนด้วยมือ", "entry_id": "รายการบัญชีเลขที่",
    "fiscal_year_be": "ปีงบประมาณ",
    "number": "ฉบับที่", "title": "ชื่อระเบียบ", "voted_on": "วันที่ลงมติ", "meeting": "การประชุม",
    "resolution": "มติ", "in_force_from": "ใช้ตั้งแต่", "in_force_until": "ใช้ถึง (ไม่รวมวันนี้)",
    "chapter": "หมวด", "draft_id": "รหัสร่าง",
    "clause_no": "ข้อ", "benefit": "รหัสสวัสดิการ", "title_th": "เรื่อง", "title_en": "เรื่อง (อังกฤษ)",
    "text_th": "ข้อความ", "rule": "เงื่อนไขเป็นข้อมูล", "account_code": "บัญชีเลขที่",
    "year": "ปีงบประมาณ ค.ศ.", "claim_no": "เลขที่คำขอ", "units": "จำนวนหน่วย", "details": "รายละเอียด",
    "documents_seen": "เอกสารที่เห็น", "filed_on": "วันที่ยื่น", "claim_state": "สถานะคำขอ",
    "assessed_satang": "ตามระเบียบ (บาท)", "assessed_units": "หน่วยที่ได้", "assessment": "วิธีคิด",
    "decided_on": "วันที่ตัดสิน", "approved_satang": "อนุมัติ (บาท)", "rejected_because": "เหตุที่ไม่อนุมัติ",
    "paid_on": "วันที่จ่าย", "paid_satang": "จ่าย (บาท)", "payee_name": "ผู้รับเงิน",
    "voucher_year": "ปีของใบสำคัญ ค.ศ.", "voucher_no": "เลขที่ใบสำคัญ", "act": "ลงชื่อในฐานะ",
    "signed_on": "วันที่ลงชื่อ", "counted_on": "นับถึงวันที่", "times": "กี่ครั้ง", "words": "กองทุนเรียกว่า",
    "receiver": "ผู้รับเงิน", "name_th": "ชื่อบัญชี", "name_en": "ชื่อบัญชี (อังกฤษ)",
    "account_kind": "หมวดบัญชี", "holder_kind": "เงินอยู่กับ", "posted_on": "วันที่ลงบัญชี",
    "deed": "เรื่องที่ลงบัญชี", "memo": "หมายเหตุ", "debit_satang": "เดบิต (บาท)",
    "credit_satang": "เครดิต (บาท)", "reverses_id": "กลับรายการเลขที่", "deed_id": "รหัสเรื่อง",
    "happened_at": "เมื่อ", "action": "ทำอะไร", "subject": "กับสิ่งใด", "facts": "ข้อเท็จจริง",
    "cash_counted_on": "วันที่นับเงิน", "pieces": "ธนบัตรและเหรียญ (1000 500 100 50 20 10 5 2 1 0.50 0.25)",
    "counted_satang": "นับได้ (บาท)", "books_satang": "ตามบัญชี (บาท)", "differs_because": "ไม่ตรงเพราะ",
    "witness": "คนที่นับด้วย", "count_id": "รหัสการนับเงิน",
    "bank": "ธนาคาร", "account_no": "เลขที่บัญชีธนาคาร", "owner_name": "ชื่อบัญชี", "promptpay_kind": "ชนิดพร้อมเพย์",
    "promptpay_no": "หมายเลขพร้อมเพย์", "resolution_no": "มติครั้งที่", "resolved_on": "วันที่มีมติ",
    "moved_on": "วันที่ในรายการธนาคาร", "balance_satang": "คงเหลือตามธนาคาร (บาท)", "match_id": "รหัสการจับคู่",
    "matched_at": "จับคู่เมื่อ", "slip_no": "เลขที่ใบของธนาคาร", "void_at": "ยกเลิกเมื่อ (ใบของธนาคาร)",
    "limit_satang": "วงเงิน (บาท)", "transferred_on": "โอนเมื่อ", "slip": "สลิปของธนาคาร", "line_id": "เลขบรรทัดธนาคาร",
    "gift_no": "ใบเสร็จผู้ให้เลขที่", "gift_kind": "ให้เป็นอะไร", "giver_kind": "ผู้ให้เป็นใคร", "giver_name": "ชื่อผู้ให้",
    "things": "สิ่งของ", "gift_on": "วันที่มอบให้", "cancelled_on": "ยกเลิกใบเสร็จเมื่อ",
    "cancelled_because": "ยกเลิกใบเสร็จเพราะ", "cancelling_entry_id": "รายการบัญชีที่ยกเลิก", "gift_id": "รหัสผู้ให้",
    "way": "รับหรือจ่าย", "paper_no": "เลขที่ใบสำคัญรับจ่าย", "first": "ผู้ลงรายการ", "second": "ผู้เห็นชอบอีกคน",
    "media": "ชนิดเอกสาร", "bytes": "ขนาด (ไบต์)", "digest": "ลายนิ้วมือของเอกสาร", "removed_at": "เอาออกเมื่อ",
    "attachment_id": "รหัสเอกสาร", "accounts": "ใช้กับบัญชีเลขที่", "earmark_id": "รหัสการระบุวัตถุประสงค์",
    "sub_fund": "กองย่อย", "share_parts": "ส่วนแบ่ง (ในพัน)", "vote_id": "รหัสมติแบ่งกอง",
    "item": "สิ่งที่ให้", "unit": "หน่วยนับ", "worth_satang": "นับหน่วยละ (บาท)", "is_kept": "เก็บไว้ขาย",
    "thousandths": "จำนวน (เศษหนึ่งส่วนพันของหน่วย)", "counts_satang": "นับเป็นเงินสมทบ (บาท)", "received_on": "วันที่ให้",
    "takes_back_id": "ยกเลิกรายการรหัส", "rate_id": "รหัสมติ", "given_id": "รหัสรายการ",
    "photo_digest": "รหัสของรูป (SHA-256)", "has_photo": "มีรูปในระบบ",
    "head": "หัวหน้าครัวเรือน", "head_id": "หัวหน้าลำดับในทะเบียน", "household_id": "รหัสครัวเรือน",
    "guardian": "ผู้ปกครอง", "guardian_id": "ผู้ปกครองลำดับในทะเบียน", "guardian_no": "เลขทะเบียนผู้ปกครอง", "of": "เป็นอะไร",
    "written": "ที่เขียนไว้", "meaning": "หมายถึง", "sheets": "แผ่นงานที่อ่าน",
    "kept_id": "ลำดับที่คงไว้", "merged_id": "ลำดับที่รวมเข้า", "taken": "ค่าที่ใช้จากแถวที่รวม", "one_id": "ลำดับหนึ่ง",
    "purpose": "ยินยอมเรื่อง", "wording": "ข้อความฉบับที่", "given_on": "เซ็นเมื่อ", "how": "ใครเซ็น",
    "guardian_name": "ผู้ปกครองที่เซ็นแทน", "withdrawn_on": "ถอนความยินยอมเมื่อ", "seen_on": "ดูบัตรเมื่อ",
    "erased_on": "ลบข้อมูลเมื่อ", "forgotten_on": "ลบสิ่งที่อ่านเมื่อ",
    "device_id": "รหัสเครื่อง", "known_since": "ใช้ตั้งแต่", "wiped_at": "สั่งลบรายชื่อเมื่อ", "why": "เพราะอะไร",
    "appeal_of_id": "ขอให้พิจารณาใหม่จากคำขอรหัส", "agreed_on": "วันที่ตกลง", "payer_name": "ผู้ส่งคืน", "because": "เพราะอะไร",
    "parts": "กี่งวด", "first_due_on": "งวดแรกวันที่", "recovery_id": "รหัสข้อตกลงส่งคืน",
    "helped_on": "วันที่ช่วย", "agreed_by": "รหัสผู้เห็นชอบ",
    "question_kind": "คำถาม", "claim_id": "รหัสคำขอ", "looked_on": "ดูเมื่อ",
    "list_id": "รหัสรายการที่ประชุม",
    "doubts": "ข้อสงสัย", "other_id": "กับอีกลำดับ", "taken_back_at": "ถอนคำตอบเมื่อ",
    **{f"month_{number}": name for number, name in enumerate(MONTHS_SHORT, start=1)}})


def line_above(*, name: str) -> str:
    """The first line of the sheet: it says that nothing here is imported, and what it is."""
    return f"{ONLY_TO_READ}: {name}"


def columns_of(*, names: Iterable[str]) -> tuple[Column, ...]:
    """The headings of a sheet by the names of its columns, which stand beside the Thai words."""
    return tuple(Column(heading=f"{_HEADINGS[name]} [{name.replace(_MONEY, '_baht')}]", is_money=name.endswith(_MONEY),
                        width=30 if name in _WIDE or name.startswith("month_") else 16) for name in names)


def values_of(*, names: Iterable[str], row: Sequence[object]) -> list[Value]:
    """The cells of a row: satang as baht, days and moments in digits of the Buddhist era, lists and facts as JSON."""
    return [_value(name, one) for name, one in zip(names, row, strict=True)]


def _value(name: str, one: object) -> Value:
    match one:
        case None | "":
            return None
        case bool():
            return "ใช่" if one else "ไม่"
        case int() if name.endswith(_MONEY):
            return in_baht(satang=one)
        case datetime():
            moment = one.astimezone(THAILAND)
            return f"{in_digits(day=moment.date())} {moment:%H:%M:%S}"
        case date():
            return in_digits(day=one)
        case list() | dict():
            return json.dumps(one, ensure_ascii=False) if one else None
        case str() if name in SAID:
            return SAID[name].get(one, one)
        case str() | int() | Decimal():
            return one
        case UUID():
            return str(one)
    raise TypeError(f"{name}: {type(one).__name__}")
