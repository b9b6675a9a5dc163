"""Remarks in the margin: who died, resigned, moved away or lost membership, and when; and what only sounds like it."""
import re
from dataclasses import dataclass
from functools import lru_cache

from ombun.imports.rules.typed_days import MISSING_DAY, DayReading, day_in_text
from ombun.members.rules.membership import LeftReason
from ombun.primitives.thai import arabic_digits, tidy

_DIED = r"เสียชีวิต|ถึงแก่กรรม|ถึงแก่ความตาย|ถึงแก่อนิจกรรม|มรณภาพ|สิ้นชีวิต|สิ้นใจ|ตาย"
_WORDS = (
    (LeftReason.EXPELLED, r"ให้ออก|ไล่ออก|ขับออก"),
    (LeftReason.LAPSED, r"(?:พ้น|หมด|ขาด|สิ้น)(?:จาก)?(?:สมาชิก)?(?:สภาพ|ภาพ)|ขาดการเป็นสมาชิก|คัดชื่อออก|ตัดชื่อ|จำหน่ายชื่อ"),
    (LeftReason.DECEASED, rf"{_DIED}|^เสีย(?=แล้ว|เมื่อ| ?\d|$)"),
    (LeftReason.RESIGNED, r"ลาออก|ขอออก|ถอนตัว|สละสิทธิ์?|ยกเลิกสมาชิก|^ออก(?=แล้ว|เมื่อ|จากกองทุน|จากสมาชิก| ?\d|$)"),
    (LeftReason.MOVED, r"ย้าย"),
)
_LEAVING = re.compile("|".join(f"(?P<{reason}>{words})" for reason, words in _WORDS))
_RELATIVE = re.compile(
    r"(?:พ่อ|แม่|บิดา|มารดา|สามี|ภรรยา|ภรรเมีย|เมีย|ผัว|แฟน|ลูก|บุตร|พี่|น้อง|ปู่|ย่า|ตา|ยาย|ป้า|ลุง|น้า|อา|หลาน|เหลน|เขย|สะใภ้"
    r"|คู่สมรส|ญาติ|ทายาท|ผู้รับ(?:ผล)?ประโยชน์|ผู้ปกครอง|ครอบครัว)(?:ชาย|สาว|ยาย|ตา|คนที่ ?\d|เขย|สะใภ้|ของ\S*)*"
    r"(?: ?(?:นาย|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.)\S*(?: \S+)?)? ?(?:ได้|ก็|เพิ่ง|ขอ)?$")
_NOT = re.compile(r"(?:ไม่(?:ได้)?|ยังไม่|มิได้|อย่า|เคย|จะ|รอ|กำลัง|แจ้งว่าจะ|เกือบ|ห้าม) ?(?:ขอ)?$")
_JOINED_AGAIN = re.compile(r"สมัคร(?:เข้า)?(?:เป็นสมาชิก)?ใหม่|เข้าใหม่|กลับเข้า|กลับมา|คืนสภาพ|รับกลับ")
_STAYS = {
    LeftReason.MOVED: re.compile(
        r" ?(?:มา|เข้า|กลับ|จาก|บ้านเลขที่|ชื่อ|เลขที่|ทะเบียน|ภายใน|ศูนย์|กลุ่ม|โรงเรียน|งาน|ที่ทำงาน)"
        r"| ?(?:ไป)?(?:อยู่)? ?(?:หมู่|ม\. ?\d)"),
    LeftReason.RESIGNED: re.compile(r" ?จาก(?!.{0,6}(?:สมาชิก|กองทุน))"),
}
_ARREARS = re.compile(
    r"(?<!ไม่)(?<!ไม่เคย)(?:(?:ขาด|ค้าง|ไม่ได้?)(?: ?(?:การ)?(?:ส่ง|ชำระ|จ่าย|สมทบ|เงิน)| ?\d+ ?(?:เดือน|งวด|ปี)))|ไม่ส่ง")


@dataclass(frozen=True, kw_only=True)
class RemarkReading:
    """What a remark says about membership. `left` is the day beside the reason, missing where nobody wrote it."""

    left_reason: LeftReason | None = None
    left: DayReading = MISSING_DAY
    is_in_arrears: bool = False


@lru_cache(maxsize=2**12)
def remark(*, written: str) -> RemarkReading:
    """Whether a remark ends a membership, why and when; "ขาดส่ง" alone is arrears and ends nothing.

    "แม่ตายแล้ว", "ย้ายมาจากหมู่อื่น", "เคยลาออก สมัครใหม่แล้ว" are not about the member leaving. Of several words the
    first that does end it counts, with the first day written after it.
    """
    text = arabic_digits(tidy(written))
    is_in_arrears = bool(_ARREARS.search(text))
    if not _JOINED_AGAIN.search(text):
        for match in _LEAVING.finditer(text):
            reason = LeftReason[match.lastgroup or ""]
            if _is_about_the_member(text, match, reason):
                left = day_in_text(text=text[match.end():])
                return RemarkReading(left_reason=reason, left=left, is_in_arrears=is_in_arrears)
    return RemarkReading(is_in_arrears=is_in_arrears)


def _is_about_the_member(text: str, match: re.Match[str], reason: LeftReason) -> bool:
    before, after = text[:match.start()], text[match.end():]
    if _NOT.search(before) or _RELATIVE.search(before):
        return False
    stays = _STAYS.get(reason)
    return not (stays and stays.match(after))
