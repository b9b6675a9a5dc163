from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import checking
from ombun.jobs.operating import FundCommand


class Command(FundCommand):
    help = gettext_lazy("ตรวจความถูกต้องของบัญชีและข้อมูลทั้งหมด: check [--json]")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=translated("บอกสิ่งที่พบสำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = checking.everything_found()
        for line in [checking.as_json(found)] if options["json"] else checking.in_words(found):
            self.stdout.write(line)
        if found:
            raise SystemExit(1)
