from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day
from ombun.jobs.plain_text_books import FORMATS
from ombun.ledger.rules import TREASURER_CASH
from ombun.papers.gathering.books import STATEMENTS


class Command(FundCommand):
    help = gettext_lazy("งบและสมุดของกองทุน และส่งออกบัญชี: books statement|trial-balance|income|export --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["statement", "trial-balance", "income", "export"],
                            help=translated("งบหรือสมุดใดก็ได้ งบทดลอง รายรับรายจ่าย หรือส่งออกบัญชี"))
        asks_for_the_fund(parser)
        parser.add_argument("--on", help=translated("ถึงสิ้นวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--from", help=translated("รายรับรายจ่ายตั้งแต่วันใด ไม่ใส่คือต้นปีงบประมาณ"))
        parser.add_argument("--to", help=translated("ถึงวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--kind", choices=sorted(STATEMENTS), default="income", help=translated("งบหรือสมุดใด"))
        parser.add_argument("--account", default=TREASURER_CASH, help=translated("เลขที่บัญชี สำหรับสมุดของบัญชีเดียว"))
        parser.add_argument("--pdf", type=Path, help=translated("เขียนเป็น PDF ลงแฟ้มนี้"))
        parser.add_argument("--format", choices=sorted(FORMATS), default="hledger", help=translated("รูปแบบที่ส่งออก"))
        parser.add_argument("--json", action="store_true", help=translated("สำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        since = day(options["from"]) if options["from"] else None
        until, as_json = day(options["to"] or options["on"]), options["json"]
        if what == "export":
            for line in bookkeeping.exported(code=fund, name=options["format"]):
                self.stdout.write(line)
        elif what == "statement":
            self.stdout.write(bookkeeping.stated(
                code=fund, kind=options["kind"], from_on=since, to_on=until, as_json=as_json,
                account=options["account"], pdf=options["pdf"]))
        elif what == "income":
            self.stdout.write(bookkeeping.income(code=fund, from_on=since, on=until, as_json=as_json))
        else:
            self.stdout.write(bookkeeping.balanced(code=fund, on=until, as_json=as_json))
