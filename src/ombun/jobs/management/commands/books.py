from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping, sealing
from ombun.jobs.operating import CommandRefused, FundCommand, day
from ombun.jobs.plain_text_books import FORMATS
from ombun.ledger.rules import TREASURER_CASH
from ombun.papers.gathering.books import STATEMENTS
from ombun.primitives.refusals import Refusal

STEPS = ("statement", "trial-balance", "together", "income", "seal", "verify", "export")


class Command(FundCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "งบ สมุด และผนึกของกองทุน: books statement|trial-balance|together|income|seal|verify|export --fund รหัส")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=STEPS,
                            help=translated("งบหรือสมุดใดก็ได้ งบทดลอง รายรับรายจ่าย ผนึกของเดือนที่ปิด ตรวจผนึก หรือส่งออกบัญชี"))
        parser.add_argument("--fund", help=translated("รหัสกองทุน ใช้กับทุกคำสั่งนอกจาก together ซึ่งรวมทุกกองทุนในเครื่อง"))
        parser.add_argument("--on", help=translated("ถึงสิ้นวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--from", help=translated("รายรับรายจ่ายตั้งแต่วันใด ไม่ใส่คือต้นปีงบประมาณ"))
        parser.add_argument("--to", help=translated("ถึงวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--kind", choices=sorted(STATEMENTS), default="income", help=translated("งบหรือสมุดใด"))
        parser.add_argument("--account", default=TREASURER_CASH, help=translated("เลขที่บัญชี สำหรับสมุดของบัญชีเดียว"))
        parser.add_argument("--pdf", type=Path, help=translated("เขียนเป็น PDF ลงแฟ้มนี้"))
        parser.add_argument("--month", help=translated("ผนึกของเดือนใด เช่น 2026-10 หรือ 2569-10 ไม่ใส่คือเดือนล่าสุดที่ปิด"))
        parser.add_argument("--format", choices=sorted(FORMATS), default="hledger", help=translated("รูปแบบที่ส่งออก"))
        parser.add_argument("--json", action="store_true", help=translated("สำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, what: str, fund: str | None, **options: Any) -> None:
        if what == "together":
            self.stdout.write(bookkeeping.together())
        elif fund is None:
            raise CommandRefused(Refusal(code="jobs.which_fund", about="fund"))
        elif what == "export":
            for line in bookkeeping.exported(code=fund, name=options["format"]):
                self.stdout.write(line)
        else:
            self.stdout.write(_told(what, fund, options))


def _told(what: str, fund: str, options: dict[str, Any]) -> str:
    since = day(options["from"]) if options["from"] else None
    until, as_json = day(options["to"] or options["on"]), options["json"]
    match what:
        case "seal":
            return sealing.sealed(code=fund, month=options["month"], as_json=as_json)
        case "verify":
            return sealing.verified(code=fund, as_json=as_json)
        case "statement":
            return bookkeeping.stated(code=fund, kind=options["kind"], from_on=since, to_on=until, as_json=as_json,
                                      account=options["account"], pdf=options["pdf"])
        case "income":
            return bookkeeping.income(code=fund, from_on=since, on=until, as_json=as_json)
    return bookkeeping.balanced(code=fund, on=until, as_json=as_json)
