"""Words that are printed round the data: totals, signatures, titles."""
import re

_TOTAL = re.compile(r"(?:ยอด)?รวม(?!\S*[ก-๙]{4,} [ก-๙])|ทั้งหมด|ทั้งสิ้น|สรุป")
_FOOT = re.compile(r"ลงชื่อ|ลงนาม|\(?\.{4,}|…{2,}|_{4,}|ผู้(?:จัดทำ|ตรวจ|รับรอง|บันทึก|รายงาน)|นายทะเบียน"
                   r"|นายก(?:เทศมนตรี|องค์การ| ?อบต)"
                   r"|(?:ประธาน|เหรัญญิก|เลขานุการ|กรรมการ)(?:กองทุน|ฝ่าย|$)|\(.*\)$|วันที่ ?\.{2,}")
_DOTTED = re.compile(r"\.{6,}|…{3,}|_{6,}")
_OLD_NAMES = ("เก่า", "เดิม", "สำเนา", "สำรอง", "copy", "old", "backup", "(2)", "(3)")


def is_named_old(*, name: str, is_hidden: bool) -> bool:
    """Whether a sheet says itself that it is an old copy: hidden, or named เก่า, สำเนา, สำรอง, copy, (2)."""
    return is_hidden or any(word in name.lower() for word in _OLD_NAMES)


def is_total(*, text: str) -> bool:
    """Whether a text begins a row of totals: รวม, ยอดรวม, รวมหมู่ 1, ทั้งสิ้น; not a person named so."""
    return bool(_TOTAL.match(text))


def is_foot_text(*, text: str) -> bool:
    """Whether a text belongs to the signatures at the foot of a sheet."""
    return bool(_FOOT.match(text) or _DOTTED.search(text))
