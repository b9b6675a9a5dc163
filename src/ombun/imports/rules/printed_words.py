"""Words that are printed round the data: totals, signatures, titles."""
import re

_TOTAL = re.compile(r"(?:ยอด)?รวม(?!\S*[ก-๙]{4,} [ก-๙])|ทั้งหมด|ทั้งสิ้น|สรุป")
_FOOT = re.compile(r"ลงชื่อ|ลงนาม|\(?\.{4,}|…{2,}|_{4,}|ผู้(?:จัดทำ|ตรวจ|รับรอง|บันทึก|รายงาน)|นายทะเบียน"
                   r"|นายก(?:เทศมนตรี|องค์การ| ?อบต)"
                   r"|(?:ประธาน|เหรัญญิก|เลขานุการ|กรรมการ)(?:กองทุน|ฝ่าย|$)|\(.*\)$|วันที่ ?\.{2,}")


def is_total(*, text: str) -> bool:
    """Whether a text begins a row of totals: รวม, ยอดรวม, รวมหมู่ 1, ทั้งสิ้น; not a person named so."""
    return bool(_TOTAL.match(text))


def is_foot_text(*, text: str) -> bool:
    """Whether a text belongs to the signatures at the foot of a sheet."""
    return bool(_FOOT.match(text))
