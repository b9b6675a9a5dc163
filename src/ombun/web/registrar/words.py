"""What kinds of members, reasons for leaving and verdicts on rows are called."""
from django.utils.translation import gettext_lazy as _

from ombun.imports.rules.register_row import Verdict
from ombun.members.rules.membership import LeftReason, MemberKind

KINDS = {
    MemberKind.GENERAL: _("บุคคลทั่วไป"), MemberKind.YOUTH: _("เด็ก/เยาวชน"), MemberKind.ELDERLY: _("ผู้สูงอายุ"),
    MemberKind.DISADVANTAGED: _("ผู้ด้อยโอกาส"), MemberKind.DISABLED: _("คนพิการ"), MemberKind.ORPHAN: _("เด็กกำพร้า"),
    MemberKind.OTHER: _("อื่น ๆ")}
REASONS = {
    LeftReason.RESIGNED: _("ลาออก"), LeftReason.MOVED: _("ย้ายออกจากตำบล"), LeftReason.LAPSED: _("พ้นสภาพ"),
    LeftReason.EXPELLED: _("คณะกรรมการให้ออก"), LeftReason.DECEASED: _("ถึงแก่กรรม")}
VERDICTS = {
    Verdict.CREATED: _("รับเข้าใหม่"), Verdict.UPDATED: _("แก้ข้อมูลเดิม"), Verdict.UNCHANGED: _("เหมือนเดิม"),
    Verdict.QUESTIONED: _("ต้องถามเพิ่ม"), Verdict.REFUSED: _("มีช่องที่รับไม่ได้"), Verdict.NOT_DATA: _("ไม่ใช่แถวรายชื่อ")}
