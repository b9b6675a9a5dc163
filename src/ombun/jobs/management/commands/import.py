from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs.importing import import_workbooks, undo_last_import
from ombun.jobs.operating import FundCommand, asks_for_the_fund


class Command(FundCommand):
    help = gettext_lazy("นำแฟ้มทะเบียนสมาชิกเข้า: import workbook แฟ้ม…|undo --fund รหัสกองทุน")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["workbook", "undo"], help=translated("นำแฟ้มเข้า หรือถอนแฟ้มที่นำเข้าล่าสุด"))
        parser.add_argument("files", nargs="*", help=translated("แฟ้ม .xlsx .xls .csv หรือ .zip ที่เอาออกจากออมบุญ"))
        asks_for_the_fund(parser)
        parser.add_argument("--dry-run", action="store_true", help=translated("ลองอ่านเท่านั้น ไม่บันทึก"))
        parser.add_argument("--json", action="store_true", help=translated("ผลทีละแถว สำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, files: list[str], fund: str, dry_run: bool, **options: Any) -> None:
        if options["what"] == "undo":
            self.stdout.write(undo_last_import(code=fund))
            return
        self.stdout.write(import_workbooks(code=fund, paths=files, is_dry_run=dry_run, as_json=options["json"]))
