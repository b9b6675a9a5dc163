from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs.counting import counted
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day


class Command(FundCommand):
    help = gettext_lazy("จำนวนสมาชิกตามแบบของ พอช.: members counts --fund รหัส --on วันที่")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["counts"], help=translated("นับสมาชิก: สะสม ปัจจุบัน ครบปี"))
        asks_for_the_fund(parser)
        parser.add_argument("--on", help=translated("นับเมื่อสิ้นวันไหน ไม่ใส่คือวันนี้"))
        parser.add_argument("--from", dest="from_on", help=translated("เข้าและออกตั้งแต่วันไหน ไม่ใส่คือต้นปีงบประมาณ"))
        parser.add_argument("--json", action="store_true", help=translated("สำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, fund: str, on: str | None, from_on: str | None, **options: Any) -> None:
        self.stdout.write(counted(
            code=fund, on=day(on), from_on=day(from_on) if from_on else None, as_json=options["json"]))
