"""The made-up tambon: where it lies, its villages and how many members each has today."""
from datetime import date
from typing import NamedTuple

from ombun.funds.rules import CODE_OF_THE_DEMO
from ombun.places.queries import TambonCard

FUND_CODE = CODE_OF_THE_DEMO
FUND_NAME = "กองทุนสวัสดิการชุมชนตำบลหนองออมบุญ"
FOUNDED_ON = date(2010, 6, 9)
PROVINCE_CODE = 99
TAMBON = TambonCard(
    code=999901, name_th="หนองออมบุญ", district_th="ทุ่งน้ำใจ", province_th="ตัวอย่าง",
    name_en="Nong Om Bun", district_en="Thung Nam Chai", province_en="Example")


class Village(NamedTuple):
    """A village: its number and name, members today, and how many others have left or died in five years."""

    moo: int
    name: str
    members: int
    left: int
    collects_on: int
    has_collected_this_month: bool


VILLAGES = (
    Village(1, "บ้านหนองออมบุญ", 112, 13, 5, True), Village(2, "บ้านดอนจาน", 98, 11, 6, True),
    Village(3, "บ้านโนนสะอาด", 87, 10, 7, True), Village(4, "บ้านห้วยทราย", 97, 11, 8, False),
    Village(5, "บ้านนาดี", 104, 12, 5, True), Village(6, "บ้านโคกกลาง", 76, 9, 9, False),
    Village(7, "บ้านหนองแวง", 91, 11, 6, True), Village(8, "บ้านโนนสมบูรณ์", 83, 10, 10, False),
    Village(9, "บ้านคำไผ่", 105, 12, 7, True), Village(10, "บ้านทุ่งสว่าง", 94, 11, 9, False),
    Village(11, "บ้านศรีสุข", 88, 11, 10, False), Village(12, "บ้านป่าแดง", 92, 11, 11, False))
