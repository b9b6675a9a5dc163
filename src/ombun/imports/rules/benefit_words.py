"""The funds' own words for benefits, and the kinds they mean. Source: truth files of the sample workbooks."""
import re
from functools import lru_cache

from ombun.imports.rules.books import BenefitKind
from ombun.imports.rules.cells import text_of

_WORDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (
    (BenefitKind.CALVING, r"(?:วัว|ควาย|โค|กระบือ).*(?:คลอด|ออกลูก|ตกลูก|เกิด)|ลูก(?:วัว|ควาย|โค)|ตกลูก"),
    (BenefitKind.SICK_VISIT, r"เยี่ยม"),
    (BenefitKind.DISADVANTAGED, r"ด้อยโอกาส|พิการ|ทุพพลภาพ|ยากไร้|ยากจน|อนาถา|ติดเตียง|กำพร้า|เปราะบาง"),
    (BenefitKind.FUNERAL, r"งานศพ|หรีด|สวดศพ|เจ้าภาพ"),
    (BenefitKind.DEATH, r"(?<!ลูก)ตาย|เสียชีวิต|ถึงแก่|มรณ|สิ้นชีวิต|สิ้นใจ|ฌาปนกิจ|ศพ"),
    (BenefitKind.CONSCRIPTION, r"ทหาร|เกณฑ์|รับใช้ชาติ"),
    (BenefitKind.OCCUPATION, r"อาชีพ|ทำกิน|เงินลงทุน"),
    (BenefitKind.DISASTER, r"น้ำท่วม|ไฟไหม้|ลมพัด|ลมพายุ|พายุ|ภัย|แล้ง|ดินถล่ม|ดินสไลด์|โควิด|covid"),
    (BenefitKind.HOUSING, r"(?:ซ่อม|สร้าง|ปรับปรุง|ต่อเติม).*(?:บ้าน|หลังคา|ห้องน้ำ|ที่อยู่)|ที่อยู่อาศัย|บ้านพอเพียง"),
    (BenefitKind.EDUCATION, r"ทุน|การศึกษา|นักเรียน|นักศึกษา|เรียน|(?<![ก-๙])นร\.?"),
    (BenefitKind.TRADITION, r"บวช|อุปสมบท|ประเพณี|แต่งงาน|สมรส|ทำบุญ|กฐิน|ผ้าป่า|วัฒนธรรม|ขึ้นบ้านใหม่"),
    (BenefitKind.HOSPITAL, r"(?<![ก-๙])รพ|โรงพยาบาล|นอน|คืน|ป่วย|เจ็บ|รักษา|พยาบาล|อุบัติเหตุ|หาหมอ|ผ่าตัด"),
    (BenefitKind.ELDERLY, r"สูงอายุ|สูงวัย|ชรา|แก่|บำนาญ"),
    (BenefitKind.BIRTH, r"คลอด|เกิด|รับขวัญ|ทารก|ขวัญถุง|บุตร"),
))
_NIGHTS = re.compile(r"(\d{1,3}) ?(?:คืน|วัน)")


@lru_cache(maxsize=2048)
def kind_of(*, word: str) -> BenefitKind:
    """The kind a fund's own word means; UNCLEAR for "ช่วยเหลือ", "อื่นๆ", "ตามมติ" and words nobody knows."""
    text = text_of(cell=word)
    return next((kind for kind, pattern in _WORDS if pattern.search(text)), BenefitKind.UNCLEAR)


def nights_in(*, text: str) -> int:
    """How many nights in hospital a word names: "นอน รพ. ๒ คืน" is 2; 0 when it names none."""
    match = _NIGHTS.search(text_of(cell=text))
    return int(match[1]) if match else 0
