"""The words we write for kinds, reasons and sexes: those that the importer reads back as the same."""
from collections.abc import Mapping
from types import MappingProxyType

from ombun.claims.states import Act, ClaimState
from ombun.contributions.rules import Ground
from ombun.funds.rules import Office
from ombun.givers.rules import GiftKind, GiverKind
from ombun.imports.rules.register_row import Verdict
from ombun.imports.rules.told_life import WORDS
from ombun.ledger.rules import AccountKind, HolderKind, PromptPayKind
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex
from ombun.members.states import ApplicationState, Happening
from ombun.primitives.actors import Role
from ombun.regulations.rules.chapters import Chapter

KINDS: Mapping[MemberKind, str] = MappingProxyType({
    MemberKind.GENERAL: "บุคคลทั่วไป", MemberKind.YOUTH: "เด็ก/เยาวชน", MemberKind.ELDERLY: "ผู้สูงอายุ",
    MemberKind.DISADVANTAGED: "ผู้ด้อยโอกาส", MemberKind.DISABLED: "คนพิการ", MemberKind.ORPHAN: "กำพร้า",
    MemberKind.OTHER: "อื่น ๆ"})
REASONS: Mapping[LeftReason, str] = MappingProxyType({
    LeftReason.RESIGNED: "ลาออก", LeftReason.MOVED: "ย้ายออก", LeftReason.LAPSED: "พ้นสภาพ",
    LeftReason.EXPELLED: "ให้ออก", LeftReason.DECEASED: "ถึงแก่กรรม"})
STAYS = "เป็นสมาชิก"
SEXES: Mapping[Sex, str] = MappingProxyType({Sex.MALE: "ชาย", Sex.FEMALE: "หญิง"})
NO_ID: Mapping[NoIdReason, str] = MappingProxyType({
    NoIdReason.NEWBORN: "เด็กเกิดใหม่ ยังไม่แจ้งเกิด", NoIdReason.NO_STATUS: "ไม่มีสถานะทางทะเบียน",
    NoIdReason.NOT_SEEN: "ยังไม่ได้ดูบัตร"})
BIRTHS: Mapping[BirthPrecision, str] = MappingProxyType({
    BirthPrecision.DAY: "{day}/{month}/{year}", BirthPrecision.MONTH: "{month}/{year}", BirthPrecision.YEAR: "{year}"})
SAID: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "kind": dict(KINDS.items()), "left_reason": dict(REASONS.items()), "sex": dict(SEXES.items()),
    "stated_sex": dict(SEXES.items()), "no_id_reason": dict(NO_ID.items()),
    "happening": dict([*WORDS.items(), (Happening.TAKEN_BACK, "ยกเลิกเหตุการณ์ที่จดผิด")]),
    "birth_precision": {BirthPrecision.DAY: "รู้ถึงวัน", BirthPrecision.MONTH: "รู้ถึงเดือน", BirthPrecision.YEAR: "รู้แค่ปี",
                        BirthPrecision.NONE: "ไม่รู้"},
    "office": {
        Office.CHAIR: "ประธาน", Office.VICE_CHAIR: "รองประธาน", Office.SECRETARY: "เลขานุการ",
        Office.TREASURER: "เหรัญญิก", Office.REGISTRAR: "ฝ่ายทะเบียน", Office.AUDITOR: "กรรมการตรวจสอบ",
        Office.COMMITTEE: "กรรมการ", Office.CENTRE_MEMBER: "กรรมการศูนย์หมู่บ้าน", Office.COLLECTOR: "ผู้เก็บเงิน",
        Office.ADVISER: "ที่ปรึกษา"},
    "role": {
        Role.TREASURER: "เหรัญญิก", Role.REGISTRAR: "ฝ่ายทะเบียน", Role.CHAIR: "ประธาน", Role.SECRETARY: "เลขานุการ",
        Role.COLLECTOR: "ผู้เก็บเงิน", Role.AUDITOR: "กรรมการตรวจสอบ", Role.MEMBER: "สมาชิก", Role.PROVINCE: "จังหวัด"},
    "application_state": {
        ApplicationState.APPLIED: "รอศูนย์รับรอง", ApplicationState.CERTIFIED: "รอมติ",
        ApplicationState.ADMITTED: "รับเป็นสมาชิกแล้ว", ApplicationState.TURNED_DOWN: "ไม่รับ"},
    "claim_state": {
        ClaimState.FILED: "ยื่นแล้ว", ClaimState.CERTIFIED: "ศูนย์รับรองแล้ว", ClaimState.APPROVED: "อนุมัติแล้ว รอจ่าย",
        ClaimState.PAID: "จ่ายแล้ว", ClaimState.REJECTED: "ไม่อนุมัติ"},
    "chapter": {
        Chapter.GENERAL: "บททั่วไป", Chapter.OBJECTIVES: "วัตถุประสงค์", Chapter.MEMBERS: "สมาชิก",
        Chapter.CONTRIBUTIONS: "เงินสมทบ", Chapter.COMMITTEE: "คณะกรรมการ", Chapter.MEETINGS: "การประชุม",
        Chapter.WELFARE: "สวัสดิการ", Chapter.FINANCE: "การเงินและบัญชี", Chapter.AMENDMENT: "การแก้ไขระเบียบ",
        Chapter.OTHER: "บทเฉพาะกาลและอื่น ๆ"},
    "ground": {Ground.CHILD: "เด็ก", Ground.ELDERLY: "ผู้สูงอายุ", Ground.MONK: "พระ เณร แม่ชี",
               Ground.HARDSHIP: "ยากลำบาก", Ground.OTHER: "อื่น ๆ"},
    "act": {Act.CERTIFY: "รับรอง", Act.APPROVE: "อนุมัติ", Act.REJECT: "ไม่อนุมัติ", Act.PAY: "จ่าย"},
    "import_state": {"PREVIEWED": "อ่านแล้ว ยังไม่รับ", "COMMITTED": "รับเข้าแล้ว", "UNDONE": "ถอนออกแล้ว"},
    "verdict": {
        Verdict.CREATED: "รับเข้าใหม่", Verdict.UPDATED: "แก้ข้อมูลเดิม", Verdict.UNCHANGED: "เหมือนเดิม",
        Verdict.QUESTIONED: "ต้องถามเพิ่ม", Verdict.REFUSED: "มีช่องที่รับไม่ได้", Verdict.NOT_DATA: "ไม่ใช่แถวรายชื่อ"},
    "account_kind": {AccountKind.ASSET: "สินทรัพย์", AccountKind.LIABILITY: "หนี้สิน", AccountKind.FUND: "เงินกองทุน",
                     AccountKind.INCOME: "รายรับ", AccountKind.EXPENSE: "รายจ่าย"},
    "holder_kind": {HolderKind.TREASURER: "เหรัญญิก", HolderKind.CENTRE: "ศูนย์หมู่บ้าน", HolderKind.COLLECTOR: "ผู้เก็บเงิน",
                    HolderKind.BANK: "ธนาคาร"},
    "gift_kind": {GiftKind.DONATION: "บริจาค", GiftKind.GROUP_PROFIT: "ผลกำไรของกลุ่ม"},
    "giver_kind": {GiverKind.PERSON: "คนหรือครอบครัว", GiverKind.SAVINGS_GROUP: "กลุ่มออมทรัพย์",
                   GiverKind.VILLAGE_FUND: "กองทุนหมู่บ้าน", GiverKind.ENTERPRISE: "วิสาหกิจชุมชน", GiverKind.TEMPLE: "วัด",
                   GiverKind.OTHER: "อื่น ๆ"},
    "promptpay_kind": {PromptPayKind.MOBILE: "โทรศัพท์", PromptPayKind.NATIONAL_ID: "เลขประจำตัว 13 หลัก",
                       PromptPayKind.EWALLET: "กระเป๋าเงินในโทรศัพท์", PromptPayKind.BILLER: "รหัสรับชำระเงิน"}})
"""On sheets to be read: column → what a value of it is called; each word is of one value."""
