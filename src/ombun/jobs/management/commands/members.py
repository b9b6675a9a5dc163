from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs.counting import counted
from ombun.jobs.operating import FundCommand, asks_step_by_step, day
from ombun.jobs.passbooks import passbook_into

STEPS = {  # what it does, what it needs, what may be left out
    "counts": (gettext_lazy("นับสมาชิก: สะสม ปัจจุบัน ครบปี"), [], ["on", "from", "json"]),
    "passbook": (gettext_lazy("สมุดประจำตัวสมาชิกเป็น PDF"), ["member"], ["out"]),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "on": {"help": gettext_lazy("นับเมื่อสิ้นวันไหน ไม่ใส่คือวันนี้")},
    "from": {"help": gettext_lazy("เข้าและออกตั้งแต่วันไหน ไม่ใส่คือต้นปีงบประมาณ")},
    "json": {"help": gettext_lazy("สำหรับโปรแกรมอื่นอ่าน"), "action": "store_true"},
    "member": {"help": gettext_lazy("เลขทะเบียนหรือชื่อเต็มของสมาชิก")},
    "out": {"help": gettext_lazy("แฟ้ม PDF ไม่ใส่คือ passbook-เลขทะเบียน.pdf ตรงที่สั่ง"), "type": Path},
}


class Command(FundCommand):
    help = gettext_lazy("จำนวนสมาชิกตามแบบของ พอช. และสมุดประจำตัว: members counts|passbook --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "passbook":
            place = passbook_into(options["out"], code=fund, member=options["member"])
            self.stdout.write(translated("เขียนสมุดประจำตัวไว้ที่ %(place)s แล้ว") % {"place": place})
            return
        self.stdout.write(counted(
            code=fund, on=day(options["on"]), from_on=day(options["from"]) if options["from"] else None,
            as_json=options["json"]))
