from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from ombun.jobs import opening_books
from ombun.jobs.operating import FundCommand, asks_step_by_step
from ombun.primitives.money import Satang, read_baht

STEPS = {  # what it does, what it needs, what may be left out
    "money": (gettext_lazy("เงินที่มีในเช้าวันเริ่มบัญชี"), [], ["treasurer", "bank", "invested", "held"]),
    "paid": (gettext_lazy("สมาชิกของหมู่บ้านส่งแล้วถึงเดือนใด"), ["village", "month"], ["except"]),
    "receipts": (gettext_lazy("เล่มใบเสร็จที่ใช้ต่อ"), ["village", "book", "first", "last"], []),
    "benefits": (gettext_lazy("สวัสดิการที่สมาชิกใช้ไปแล้วในปีนี้"), ["member", "benefit", "times", "amount"], ["units"]),
    "show": (gettext_lazy("บันทึกแล้วเท่าใด ยังขาดอะไร"), [], []),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "treasurer": {"help": gettext_lazy("เงินสดในมือเหรัญญิก กี่บาท"), "type": read_baht, "default": Satang(0)},
    "bank": {"help": gettext_lazy("เงินในบัญชีธนาคาร กี่บาท"), "type": read_baht, "default": Satang(0)},
    "invested": {"help": gettext_lazy("เงินลงทุนอื่น กี่บาท"), "type": read_baht, "default": Satang(0)},
    "held": {"help": gettext_lazy("เงินสดในมือผู้เก็บเงิน เช่น บุญมา=500"), "nargs": "*", "default": []},
    "village": {"help": gettext_lazy("หมู่ที่"), "type": int},
    "month": {"help": gettext_lazy("ทุกคนส่งแล้วถึงเดือนใด เช่น 2026-09 หรือ 9/2569")},
    "except": {"help": gettext_lazy("คนที่ส่งถึงเดือนอื่น เช่น 0012=2026-05"), "nargs": "*", "default": []},
    "book": {"help": gettext_lazy("เล่มที่"), "type": int},
    "first": {"help": gettext_lazy("เลขแรกที่จะใช้"), "type": int},
    "last": {"help": gettext_lazy("เลขสุดท้ายของเล่ม"), "type": int},
    "member": {"help": gettext_lazy("เลขทะเบียนหรือชื่อเต็มของสมาชิก")},
    "benefit": {"help": gettext_lazy("รหัสสวัสดิการในระเบียบของกองทุน เช่น hospital")},
    "times": {"help": gettext_lazy("กี่ครั้ง"), "type": int},
    "units": {"help": gettext_lazy("กี่คืนหรือกี่หน่วย"), "type": int, "default": 0},
    "amount": {"help": gettext_lazy("กี่บาท"), "type": read_baht},
}


class Command(FundCommand):
    help = gettext_lazy("ยอดยกมาเมื่อเริ่มบัญชี: opening money|paid|receipts|benefits|show --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        self.stdout.write("\n".join(opening_books.written(what=what, code=fund, options=options)))
