import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day
from ombun.jobs.plain_text_books import FORMATS


class Command(FundCommand):
    help = gettext_lazy("งบทดลอง และส่งออกบัญชี: books trial-balance|export --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["trial-balance", "export"], help=translated("งบทดลอง หรือส่งออกบัญชี"))
        asks_for_the_fund(parser)
        parser.add_argument("--on", help=translated("งบทดลองสิ้นวันใด ไม่ใส่คือวันนี้"))
        parser.add_argument("--format", choices=sorted(FORMATS), default="hledger", help=translated("รูปแบบที่ส่งออก"))
        parser.add_argument("--json", action="store_true", help=translated("งบทดลองสำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "export":
            for line in bookkeeping.exported(code=fund, name=options["format"]):
                self.stdout.write(line)
            return
        rows = bookkeeping.trial_balance(code=fund, on=day(options["on"]))
        if options["json"]:
            self.stdout.write(json.dumps([bookkeeping.as_row(row) for row in rows], ensure_ascii=False))
        else:
            for line in bookkeeping.in_words(rows):
                self.stdout.write(line)
