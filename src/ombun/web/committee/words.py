"""What the welfare pages say: where a claim stands, what a clause asks, a kind word for what happened."""
from collections.abc import Collection, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.claims.rules import GRADE, LATE_BECAUSE, RELATIVE
from ombun.claims.states import ClaimState
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.vocabulary import BenefitRule, Document, Relative, Unit

STATES: dict[ClaimState, tuple[str | Promise, str, str]] = {  # the word, the colour of its badge, its icon
    ClaimState.FILED: (_("รอศูนย์รับรอง"), "waits", "users"), ClaimState.CERTIFIED: (_("รอประธานอนุมัติ"), "waits", "stamp"),
    ClaimState.APPROVED: (_("รอเหรัญญิกจ่าย"), "waits", "hand-coins"), ClaimState.PAID: (_("จ่ายเงินแล้ว"), "done", "check"),
    ClaimState.REJECTED: (_("ไม่อนุมัติ"), "plain", "x")}

HOW_MANY: dict[Unit, str | Promise] = {
    Unit.NIGHT: _("นอนกี่คืน"), Unit.DAY: _("กี่วัน"), Unit.CHILD: _("บุตรกี่คน"), Unit.VISIT: _("กี่ครั้ง"),
    Unit.CALF: _("ลูกวัวลูกควายกี่ตัว"), Unit.RAI: _("กี่ไร่"), Unit.TREE: _("กี่ต้น")}

COUNTED: dict[Unit, str | Promise] = {
    Unit.NIGHT: _("คืน"), Unit.DAY: _("วัน"), Unit.CHILD: _("คน"), Unit.VISIT: _("ครั้ง"), Unit.CALF: _("ตัว"),
    Unit.RAI: _("ไร่"), Unit.TREE: _("ต้น")}
EACH: dict[Unit, str | Promise] = {
    Unit.NIGHT: _("ต่อคืน"), Unit.DAY: _("ต่อวัน"), Unit.CHILD: _("ต่อบุตรหนึ่งคน"), Unit.VISIT: _("ต่อครั้ง"),
    Unit.CALF: _("ต่อตัว"), Unit.RAI: _("ต่อไร่"), Unit.TREE: _("ต่อต้น")}


WHO: dict[Relative, str | Promise] = {
    Relative.MOTHER: _("ชื่อแม่ที่เป็นสมาชิก"), Relative.FATHER: _("ชื่อพ่อที่เป็นสมาชิก"),
    Relative.SPOUSE: _("ชื่อคู่สมรสที่เป็นสมาชิก"), Relative.CHILD: _("ชื่อบุตรที่เป็นสมาชิก")}
DETAILS: dict[str, str | Promise] = {  # what a claim tells besides, as its page names it
    "place": _("สถานที่"), "name": _("ชื่อบุตร"), GRADE: _("เกรดเฉลี่ย"), RELATIVE: _("ญาติที่เป็นสมาชิก"),
    LATE_BECAUSE: _("คณะกรรมการรับคำขอที่มาหลังกำหนดเพราะ"), "note": _("หมายเหตุ"),
    "appeal": _("เหตุผลใหม่ที่ขอให้พิจารณา")}


def details_asked(*, rule: BenefitRule, may_excuse: bool) -> dict[str, tuple[str | Promise, str | Promise]]:
    """What the form of a benefit asks besides the day: each with its label and a hint."""
    found: dict[str, tuple[str | Promise, str | Promise]] = {}
    if rule.unit == Unit.NIGHT:
        found["place"] = (_("โรงพยาบาล"), "")
    if Document.BIRTH_CERTIFICATE in rule.documents:
        found["name"] = (DETAILS["name"], "")
    if rule.relative:
        found[RELATIVE] = (WHO[rule.relative], _("ไม่ได้เป็นสมาชิก ให้ใส่ขีด -"))
    if rule.min_grade_hundredths:
        found[GRADE] = (DETAILS[GRADE], _("เช่น 3.50"))
    if rule.deadline_days and may_excuse:
        found[LATE_BECAUSE] = (DETAILS[LATE_BECAUSE], _("เฉพาะคำขอที่มาหลังกำหนดและคณะกรรมการยอมรับ"))
    return found | {"note": (_("หมายเหตุ (ถ้ามี)"), _("สั้น ๆ ไม่ต้องเขียนชื่อโรค"))}


def missing(*, codes: Iterable[str]) -> list[Refusal]:
    """What has to be found out before an amount can be told, as sentences."""
    return [Refusal(code=code, about="assessment") for code in codes]


def unseen(*, rule: BenefitRule, seen: Collection[str]) -> list[str]:
    """The papers that the clause asks for and nobody has seen yet, by name."""
    return [gettext(f"regulations.document_{paper}") for paper in rule.documents if paper not in seen]


def day_asked(*, rule: BenefitRule) -> str | Promise:
    """What the day of the event is called on the form of this benefit."""
    if Document.DEATH_CERTIFICATE in rule.documents:
        return _("วันที่เสียชีวิต")
    if Document.BIRTH_CERTIFICATE in rule.documents:
        return _("วันที่คลอด")
    return _("วันที่เข้าโรงพยาบาล") if rule.unit == Unit.NIGHT else _("วันที่เกิดเรื่อง")


def kind_word(*, rule: BenefitRule) -> str | Promise:
    """What one says to a family when this happens."""
    if Document.DEATH_CERTIFICATE in rule.documents:
        return _("กองทุนขอแสดงความเสียใจกับครอบครัว ขอร่วมไว้อาลัยและร่วมดูแลกัน")
    if Document.BIRTH_CERTIFICATE in rule.documents:
        return _("กองทุนขอแสดงความยินดีกับครอบครัว และขอต้อนรับสมาชิกตัวน้อยของชุมชน")
    return _("กองทุนขอเป็นกำลังใจ ขอให้หายป่วยโดยเร็ว") if rule.unit == Unit.NIGHT else _("กองทุนขอร่วมดูแลกันด้วยน้ำใจ")
