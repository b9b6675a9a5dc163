"""What kinds of members, what happens to them, and verdicts on rows are called."""
from django.utils.translation import gettext_lazy as _

from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.register_row import Verdict
from ombun.members.rules.beneficiaries import ToldHow
from ombun.members.rules.consents import Purpose
from ombun.members.rules.likeness import Sign
from ombun.members.rules.membership import LeftReason, MemberKind, NoIdReason, Sex
from ombun.members.states import ApplicationState, Happening, MemberStatus
from ombun.privacy.rules.erasing import LookReason

KINDS = {
    MemberKind.GENERAL: _("บุคคลทั่วไป"), MemberKind.YOUTH: _("เด็ก/เยาวชน"), MemberKind.ELDERLY: _("ผู้สูงอายุ"),
    MemberKind.DISADVANTAGED: _("ผู้ด้อยโอกาส"), MemberKind.DISABLED: _("คนพิการ"), MemberKind.ORPHAN: _("เด็กกำพร้า"),
    MemberKind.OTHER: _("อื่น ๆ")}
FREE_KINDS = {kind: word for kind, word in KINDS.items() if kind != MemberKind.DISABLED}  # told without consent
REASONS = {
    LeftReason.RESIGNED: _("ลาออก"), LeftReason.MOVED: _("ย้ายออกจากตำบล"), LeftReason.LAPSED: _("พ้นสภาพ"),
    LeftReason.EXPELLED: _("คณะกรรมการให้ออก"), LeftReason.DECEASED: _("ถึงแก่กรรม")}
SEXES = {Sex.MALE: _("ชาย"), Sex.FEMALE: _("หญิง")}
NO_ID = {NoIdReason.NEWBORN: _("เด็กเกิดใหม่ ยังไม่แจ้งเกิด"), NoIdReason.NO_STATUS: _("ไม่มีสถานะทางทะเบียน"),
         NoIdReason.NOT_SEEN: _("ยังไม่ได้ดูบัตร")}
HAPPENINGS = {  # what it is called, and its picture
    Happening.JOINED: (_("เข้าเป็นสมาชิก"), "user-plus"), Happening.SUSPENDED: (_("พักสิทธิเพราะขาดส่ง"), "pause"),
    Happening.REINSTATED: (_("คืนสิทธิ"), "play"), Happening.RESIGNED: (_("ลาออก"), "log-out"),
    Happening.MOVED: (_("ย้ายออกจากตำบล"), "log-out"), Happening.LAPSED: (_("พ้นสภาพ"), "log-out"),
    Happening.EXPELLED: (_("คณะกรรมการให้ออก"), "log-out"), Happening.DECEASED: (_("ถึงแก่กรรม"), "flower")}
JOINED_AGAIN = _("กลับเข้าเป็นสมาชิก")
APPLICATION_STATES = {  # what it is called, and which badge it wears
    ApplicationState.APPLIED: (_("รอศูนย์รับรอง"), "waits"), ApplicationState.CERTIFIED: (_("รอมติ"), "waits"),
    ApplicationState.ADMITTED: (_("รับเป็นสมาชิกแล้ว"), "done"), ApplicationState.TURNED_DOWN: (_("ไม่รับ"), "plain")}
TOLD_HOW = {ToldHow.PAPER: _("ให้หนังสือแจ้งแล้ว"), ToldHow.IN_PERSON: _("บอกด้วยปาก"), ToldHow.PHONE: _("โทรศัพท์บอก")}
STATUSES = {
    MemberStatus.NOT_YET: _("ยังไม่ได้เป็นสมาชิก"), MemberStatus.ACTIVE: _("เป็นสมาชิก"), MemberStatus.SUSPENDED: _("พักสิทธิ"),
    **{MemberStatus(reason): word for reason, word in REASONS.items()}}
SIGNS = {  # what two entries have in common, and in what they differ
    Sign.SAME_ID: _("เลขบัตรประชาชนเดียวกัน"), Sign.ID_TWISTED: _("เลขบัตรต่างกันตัวเดียว หรือสลับที่กัน"),
    Sign.SAME_NAME: _("ชื่อและสกุลเดียวกัน"), Sign.NAME_SOUNDS_ALIKE: _("ชื่อและสกุลอ่านออกเสียงเหมือนกัน"),
    Sign.FIRST_NAME_ALIKE: _("ชื่อตัวคล้ายกัน"), Sign.SAME_BIRTH: _("เกิดวันเดียวกัน"),
    Sign.SAME_BIRTH_YEAR: _("เกิดปีเดียวกัน"), Sign.SAME_HOUSE: _("บ้านเลขที่เดียวกัน"), Sign.SAME_PHONE: _("เบอร์โทรเดียวกัน"),
    Sign.OTHER_VILLAGE: _("อยู่คนละหมู่บ้าน"), Sign.TWO_SPELLS: _("รายการหนึ่งพ้นจากสมาชิกไปแล้ว"),
    Sign.OTHER_ID: _("เลขบัตรประชาชนไม่ตรงกัน"), Sign.OTHER_BIRTH: _("วันเกิดไม่ตรงกัน"),
    Sign.OTHER_FIRST_NAME: _("ชื่อตัวต่างกัน")}
SURENESS = {True: _("น่าจะเป็นคนเดียวกัน"), False: _("อาจเป็นคนเดียวกัน")}
CHOICES = {
    "name": _("ชื่อ"), "national_id": _("เลขประจำตัวประชาชน"), "birth": _("เกิด"), "sex": _("เพศ"),
    "kind": _("ประเภทสมาชิก"), "village": _("หมู่บ้าน"), "house": _("บ้านเลขที่"),
    "phone": _("โทรศัพท์")}
PURPOSES = {  # what it is called, and what the paper asks
    Purpose.HEALTH: (_("สุขภาพ"), _("ใบรับรองแพทย์ วันที่นอนโรงพยาบาล เพื่อจ่ายสวัสดิการเจ็บป่วย")),
    Purpose.DISABILITY: (_("ความพิการ"), _("เพื่อจ่ายสวัสดิการคนพิการและนับประเภทสมาชิก"))}
LOOK_REASONS = {
    LookReason.FILL_IN_A_PAPER: _("กรอกเอกสารให้สมาชิก"), LookReason.COMPARE_WITH_CARD: _("ตรวจกับบัตรตัวจริง"),
    LookReason.ASKED_BY_AN_OFFICE: _("หน่วยงานราชการขอ"), LookReason.ASKED_BY_THE_MEMBER: _("สมาชิกขอดูเอง")}
LOOKS = {  # what somebody did with what is known of people
    "privacy.number_shown": _("ดูเลขบัตร"), "privacy.handed_out": _("ส่งมอบข้อมูลทั้งหมด"),
    "privacy.erased": _("ลบข้อมูล"), "privacy.consent_withdrawn": _("ถอนความยินยอม"),
    "members.id_card_seen": _("ดูบัตรตัวจริง"), "imports.forgotten": _("ลบแฟ้มนำเข้าเก่า"),
    "members.applicants_forgotten": _("ลบชื่อผู้สมัครที่ไม่รับ"),
    "contributions.photos_forgotten": _("ลบรูปสิ่งของที่ให้นานแล้ว"),
    "access.copy_taken": _("คัดลอกข้อมูลทั้งหมดออกไป"), "exports.taken_out": _("ส่งออกข้อมูลทั้งกองทุน")}
VERDICTS = {
    Verdict.CREATED: _("รับเข้าใหม่"), Verdict.UPDATED: _("แก้ข้อมูลเดิม"), Verdict.UNCHANGED: _("เหมือนเดิม"),
    Verdict.QUESTIONED: _("ต้องถามเพิ่ม"), Verdict.REFUSED: _("มีช่องที่รับไม่ได้"), Verdict.NOT_DATA: _("ไม่ใช่แถวรายชื่อ")}
QUESTIONS = {  # what the importer asks, in the order in which it matters
    "missing_name": _("ยังไม่มีชื่อ"), "unknown_village": _("ไม่รู้ว่าอยู่หมู่ใด"), "village_conflict": _("เลขหมู่ไม่ตรงกัน"),
    "missing_join_date": _("ยังไม่มีวันสมัคร"), "joined_before_founding": _("วันสมัครก่อนตั้งกองทุน"),
    "unclear_life": _("ประวัติการเป็นสมาชิกไม่ชัด"),
    "status_undated": _("ออกแล้ว แต่ไม่มีวันที่"), "duplicate_member_no": _("เลขทะเบียนซ้ำกับคนอื่น"),
    "member_no_as_date": _("เลขทะเบียนกลายเป็นวันที่"), "duplicate_id": _("เลขบัตรซ้ำกับคนอื่น"),
    "bad_check_digit": _("เลขบัตรไม่ถูกต้อง"), "truncated_id": _("เลขบัตรไม่ครบ"), "missing_id": _("ยังไม่มีเลขบัตร"),
    "ambiguous_year": _("ปีเกิดเป็นได้หลายปี"), "two_digit_year": _("ปีเกิดเขียนสองหลัก"),
    "birth_after_join": _("วันเกิดหลังวันสมัคร"), "impossible_date": _("วันที่เป็นไปไม่ได้"),
    "future_date": _("วันที่ยังมาไม่ถึง"), "text_too_long": _("ข้อความยาวเกินไป"), "duplicate_person": _("อาจเป็นคนซ้ำ")}
SHEETS = {
    SheetRole.REGISTER: _("ทะเบียนสมาชิก"), SheetRole.CONTRIBUTIONS: _("ตารางส่งเงิน"),
    SheetRole.BENEFITS: _("สวัสดิการที่จ่าย"), SheetRole.ACCOUNTS: _("บัญชีรับ-จ่าย"),
    SheetRole.NOTES: _("ไม่ต้องนำเข้า"), SheetRole.OLD_COPY: _("สำเนาเก่า ไม่นำเข้า")}
_WHO = {
    "ignored": _("ไม่ใช้ช่องนี้"), "name": _("ชื่อ หรือชื่อพร้อมนามสกุล"), "name_title": _("คำนำหน้า"), "last_name": _("นามสกุล"),
    "member_no": _("เลขทะเบียนสมาชิก"), "national_id": _("เลขประจำตัวประชาชน"), "moo": _("หมู่บ้าน")}
COLUMNS = {  # what a column may hold, by what it belongs to
    _("ใครเป็นใคร"): _WHO,
    _("ทะเบียนสมาชิก"): {
        "born_on": _("วันเกิด"), "joined_on": _("วันเข้าเป็นสมาชิก"), "house_no": _("บ้านเลขที่"), "address": _("ที่อยู่"),
        "kind": _("ประเภทสมาชิก"), "beneficiary_name": _("ผู้รับผลประโยชน์"), "relation": _("ความเกี่ยวข้อง"),
        "phone": _("โทรศัพท์"), "status": _("สถานะสมาชิก"), "left_on": _("วันที่พ้นจากสมาชิก"), "remark": _("หมายเหตุ")},
    _("ตารางส่งเงิน"): {
        "month_10": _("เงินเดือนตุลาคม"), "month_11": _("เงินเดือนพฤศจิกายน"), "month_12": _("เงินเดือนธันวาคม"),
        "month_1": _("เงินเดือนมกราคม"), "month_2": _("เงินเดือนกุมภาพันธ์"), "month_3": _("เงินเดือนมีนาคม"),
        "month_4": _("เงินเดือนเมษายน"), "month_5": _("เงินเดือนพฤษภาคม"), "month_6": _("เงินเดือนมิถุนายน"),
        "month_7": _("เงินเดือนกรกฎาคม"), "month_8": _("เงินเดือนสิงหาคม"), "month_9": _("เงินเดือนกันยายน"),
        "whole_year": _("เงินทั้งปี"), "total": _("ยอดรวม")},
    _("สวัสดิการที่จ่าย"): {
        "paid_on": _("วันที่จ่าย"), "benefit": _("เรื่องที่จ่าย"), "amount": _("จำนวนเงิน"), "receiver": _("ผู้รับเงิน")},
    _("บัญชีรับ-จ่าย"): {
        "deed_day": _("วันที่หรือเดือน"), "deed": _("ทำอะไร"), "money_in": _("เงินเข้า"), "money_out": _("เงินออก"),
        "money_left": _("เงินคงเหลือ"), "in_members": _("รับจากสมาชิก"), "in_state": _("รับจากรัฐ"),
        "in_lao": _("รับจาก อบต. หรือเทศบาล"), "in_interest": _("ดอกเบี้ยที่ได้รับ"), "in_donation": _("รับบริจาค"),
        "in_other": _("รับอย่างอื่น"), "out_welfare": _("จ่ายสวัสดิการ"), "out_meetings": _("จ่ายค่าประชุม"),
        "out_other": _("จ่ายอย่างอื่น")}}
