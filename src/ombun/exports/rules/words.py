"""The words we write for kinds, reasons and sexes: those that the importer reads back as the same."""
from collections.abc import Mapping
from types import MappingProxyType

from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex

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
