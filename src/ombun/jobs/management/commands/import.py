from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs.importing import import_workbooks


class Command(BaseCommand):
    help = gettext_lazy("นำแฟ้มทะเบียนสมาชิกเข้า: import workbook แฟ้ม… --fund รหัสกองทุน")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["workbook"])
        parser.add_argument("files", nargs="+")
        parser.add_argument("--fund", required=True)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, files: list[str], fund: str, dry_run: bool, **options: Any) -> None:
        try:
            self.stdout.write(import_workbooks(code=fund, paths=files, is_dry_run=dry_run, as_json=options["json"]))
        except LookupError as missing:
            raise CommandError(translated("ไม่มีกองทุนรหัส %(code)s") % {"code": fund}) from missing
