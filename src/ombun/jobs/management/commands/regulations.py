from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import adopting, looking_back
from ombun.jobs.operating import FundCommand, asks_step_by_step, day

STEPS = {  # what it does, what it needs, what may be left out
    "adopt": (gettext_lazy("ใช้ระเบียบฉบับต่อไปของกองทุน"), ["from", "meeting", "resolution"], ["file", "voted"]),
    "what-if": (gettext_lazy("ถ้าใช้ร่างระเบียบนี้ ปีที่ผ่านมากองทุนจะจ่ายเท่าไร"), ["file"], ["years", "json"]),
    "back-test": (gettext_lazy("คิดเงินที่จ่ายไปแล้วในปีหนึ่งใหม่ตามระเบียบของตอนนั้น แล้วเทียบกัน"), ["year"], ["json"]),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "file": {"help": gettext_lazy("แฟ้มระเบียบของกองทุนเอง ไม่ใส่คือระเบียบตัวอย่าง"), "type": Path},
    "from": {"help": gettext_lazy("วันที่เริ่มใช้")},
    "voted": {"help": gettext_lazy("วันที่ลงมติ ไม่ใส่คือวันที่เริ่มใช้")},
    "meeting": {"help": gettext_lazy("ประชุมใด เช่น ประชุมใหญ่ 2568")},
    "resolution": {"help": gettext_lazy("มติที่เท่าไร")},
    "years": {"help": gettext_lazy("ย้อนหลังกี่ปีงบประมาณ ไม่ใส่คือ 5"), "type": int, "default": 5},
    "year": {"help": gettext_lazy("ปีงบประมาณใด เช่น 2569"), "type": int},
    "json": {"help": gettext_lazy("สำหรับโปรแกรมอื่นอ่าน"), "action": "store_true"},
}


class Command(FundCommand):
    help = gettext_lazy("ระเบียบกองทุน ใช้ฉบับใหม่ หรือลองย้อนดู: regulations adopt|what-if|back-test --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "adopt":
            adopted = adopting.adopt(
                code=fund, file=options["file"], from_on=day(options["from"]), meeting=options["meeting"],
                resolution=options["resolution"], voted_on=day(options["voted"] or options["from"]))
            self.stdout.write(translated("ใช้ระเบียบฉบับที่ %(number)s แล้ว %(clauses)s ข้อ") % {
                "number": adopted.number, "clauses": adopted.clauses})
        elif what == "what-if":
            self.stdout.write(looking_back.what_if(
                code=fund, file=options["file"], years=options["years"], as_json=options["json"]))
        else:
            self.stdout.write(looking_back.back_test(code=fund, year=options["year"], as_json=options["json"]))
