from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from ombun.givers.rules import GiverKind
from ombun.jobs import giving
from ombun.jobs.operating import FundCommand, asks_step_by_step, day
from ombun.primitives.money import read_baht

STEPS = {  # what it does, what it needs, what may be left out
    "receive": (gettext_lazy("บันทึกผู้ให้และออกเลขใบเสร็จ"), [],
                ["from", "giver", "amount", "things", "profit", "bank", "by", "on"]),
    "show": (gettext_lazy("ผู้ให้ทั้งหมด"), [], []),
    "receipt": (gettext_lazy("ใบเสร็จเป็น PDF"), ["number"], []),
    "thanks": (gettext_lazy("หนังสือขอบคุณเป็น PDF"), ["number"], []),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "from": {"help": gettext_lazy("ชื่อผู้ให้ ไม่ใส่คือไม่ประสงค์ออกนาม"), "default": ""},
    "giver": {"help": gettext_lazy("ผู้ให้เป็นใคร"), "choices": [one.lower() for one in GiverKind], "default": "person"},
    "amount": {"help": gettext_lazy("กี่บาท"), "type": read_baht, "default": 0},
    "things": {"help": gettext_lazy("หรือสิ่งของอะไร เท่าไร"), "default": ""},
    "profit": {"help": gettext_lazy("เป็นผลกำไรของกลุ่ม ไม่ใช่บริจาค"), "action": "store_true"},
    "bank": {"help": gettext_lazy("เงินเข้าธนาคาร ไม่ใช่เงินสด"), "action": "store_true"},
    "by": {"help": gettext_lazy("ชื่อผู้รับ ไม่ใส่คือเหรัญญิก")},
    "number": {"help": gettext_lazy("เลขที่ใบเสร็จผู้ให้"), "type": int},
    "on": {"help": gettext_lazy("วันที่ทำ เช่น 2026-11-25 หรือ 25/11/2569 ไม่ใส่คือวันนี้")},
}


class Command(FundCommand):
    help = gettext_lazy("ผู้ให้ของกองทุน: gift receive|show|receipt|thanks --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "show":
            self.stdout.write("\n".join(giving.listed(code=fund)))
        elif what == "receive":
            self.stdout.write(giving.received(
                code=fund, giver=options["from"], giver_kind=GiverKind(options["giver"].upper()),
                amount_satang=options["amount"], things=options["things"], is_profit=options["profit"],
                is_at_bank=options["bank"], by=options["by"], on=day(options["on"])))
        else:
            self.stdout.write(str(giving.printed(code=fund, number=options["number"], is_letter=what == "thanks")))
