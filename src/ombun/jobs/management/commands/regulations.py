from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import adopting
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day


class Command(FundCommand):
    help = gettext_lazy("ใช้ระเบียบที่ลงมติ: regulations adopt --fund รหัส [--file แฟ้ม] --from วัน --meeting … --resolution …")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["adopt"], help=translated("ใช้ระเบียบฉบับต่อไปของกองทุน"))
        asks_for_the_fund(parser)
        parser.add_argument("--file", type=Path, help=translated("แฟ้มระเบียบของกองทุนเอง ไม่ใส่คือระเบียบตัวอย่าง"))
        parser.add_argument("--from", required=True, help=translated("วันที่เริ่มใช้"))
        parser.add_argument("--voted", help=translated("วันที่ลงมติ ไม่ใส่คือวันที่เริ่มใช้"))
        parser.add_argument("--meeting", required=True, help=translated("ประชุมใด เช่น ประชุมใหญ่ 2568"))
        parser.add_argument("--resolution", required=True, help=translated("มติที่เท่าไร"))

    def handle(self, *args: Any, fund: str, meeting: str, resolution: str, **options: Any) -> None:
        adopted = adopting.adopt(
            code=fund, file=options["file"], from_on=day(options["from"]), meeting=meeting, resolution=resolution,
            voted_on=day(options["voted"] or options["from"]))
        self.stdout.write(translated("ใช้ระเบียบฉบับที่ %(number)s แล้ว %(clauses)s ข้อ") % {
            "number": adopted.number, "clauses": adopted.clauses})
