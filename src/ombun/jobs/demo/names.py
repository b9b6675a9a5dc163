"""First names that are common in Thailand, and family names put together by chance. No real person is meant."""
from random import Random

MEN = ("สมชาย สมศักดิ์ บุญมี ประเสริฐ สุรชัย วิชัย สมบัติ ทองดี สุพจน์ ไพบูลย์ อุดม ประยูร คำพันธ์ บุญเลิศ สมหมาย วิเชียร "
       "สมพงษ์ ประสิทธิ์ ถาวร สำราญ ณรงค์ สมบูรณ์ บุญช่วย อำนวย ทองใบ สุวิทย์ ชาญชัย ไพโรจน์ มานพ ประดิษฐ์ สายัณห์ คำดี "
       "บุญเรือง จำลอง สนั่น พิชัย วีระ สุทิน เสถียร อนันต์").split()
WOMEN = ("สมศรี มาลี บุญมา สมจิตร ทองคำ สุดา วันดี บัวลา คำปุ่น อรทัย สมพร สำเนียง ประนอม ละมัย พิกุล จันทร์เพ็ญ วิไล สุภาพ "
         "ทองจันทร์ นงลักษณ์ ลำดวน สายทอง บุญยืน ราตรี รัตนา กัลยา สุมาลี อุไร เพ็ญศรี มะลิวัลย์ ปราณี บุปผา หนูเพียร คำมูล "
         "สังวาลย์ จินตนา เกษร แสงเดือน ดวงใจ บัวผัน").split()
BOYS = ("ธนากร ณัฐวุฒิ กิตติพงษ์ ภูมิพัฒน์ ศุภกร ปัณณวิชญ์ ธีรภัทร ชยพล นราวิชญ์ กฤษณะ พีรพัฒน์ อดิศร วรเมธ ภาคิน จิรายุ "
        "เตชินท์ สิรวิชญ์ ปุณณวิช").split()
GIRLS = ("กัญญาณัฐ พิมพ์ชนก ณัฐธิดา สุชาดา ปภาวรินทร์ ชนิดา อริสรา ธัญชนก วรัญญา ปาณิสรา จิราพร กมลชนก ศศิธร ลลิตา "
         "ภัทรวดี นันทิชา เพชรลดา อาทิตยา").split()
_FAMILY_FIRST = "ใจ บุญ ศรี ทอง แก้ว พรม จันทร์ แสง คำ สุข วงษ์ มั่น อุ่น เพชร นา ไชย มูล พล เนตร ปัญญา".split()
_FAMILY_LAST = "ดี งาม เจริญ มั่น คง วงศ์ ชัย เย็น ใส สวัสดิ์ ประเสริฐ สมบัติ สีดา ทวี พันธ์ ภักดี ราช สาร ผล".split()


def family_name(chance: Random) -> str:
    """A family name that sounds like one."""
    return chance.choice(_FAMILY_FIRST) + chance.choice(_FAMILY_LAST)


def first_name(chance: Random, *, is_woman: bool, born_year: int) -> str:
    """A first name as it was given in those years."""
    if born_year >= 1998:
        return chance.choice(GIRLS if is_woman else BOYS)
    return chance.choice(WOMEN if is_woman else MEN)
