from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day
from ombun.jobs.plain_text_books import FORMATS


class Command(FundCommand):
    help = gettext_lazy("งบทดลอง และส่งออกบัญชี: books trial-balance|income|export --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["trial-balance", "income", "export"],
                            help=translated("งบทดลอง รายรับรายจ่าย หรือส่งออกบัญชี"))
        asks_for_the_fund(parser)
        parser.add_argument("--on", help=translated("ถึงสิ้นวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--from", help=translated("รายรับรายจ่ายตั้งแต่วันใด ไม่ใส่คือต้นปีงบประมาณ"))
        parser.add_argument("--format", choices=sorted(FORMATS), default="hledger", help=translated("รูปแบบที่ส่งออก"))
        parser.add_argument("--json", action="store_true", help=translated("สำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "export":
            for line in bookkeeping.exported(code=fund, name=options["format"]):
                self.stdout.write(line)
            return
        if what == "income":
            since = day(options["from"]) if options["from"] else None
            self.stdout.write(bookkeeping.income(
                code=fund, from_on=since, on=day(options["on"]), as_json=options["json"]))
            return
        self.stdout.write(bookkeeping.balanced(code=fund, on=day(options["on"]), as_json=options["json"]))
