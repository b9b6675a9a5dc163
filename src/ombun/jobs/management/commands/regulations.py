from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import claiming
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day


class Command(FundCommand):
    help = gettext_lazy("ใช้ระเบียบตัวอย่าง: regulations adopt --fund รหัส --from วัน --meeting ครั้งที่ --resolution มติ")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["adopt"], help=translated("ใช้ระเบียบตัวอย่างเป็นฉบับแรก"))
        asks_for_the_fund(parser)
        parser.add_argument("--from", required=True, help=translated("วันที่เริ่มใช้"))
        parser.add_argument("--meeting", required=True, help=translated("ประชุมใด เช่น ประชุมใหญ่ 2568"))
        parser.add_argument("--resolution", required=True, help=translated("มติที่เท่าไร"))

    def handle(self, *args: Any, fund: str, meeting: str, resolution: str, **options: Any) -> None:
        claiming.adopt_first_rule_book(code=fund, from_on=day(options["from"]), meeting=meeting, resolution=resolution)
        self.stdout.write(translated("ใช้ระเบียบตัวอย่างแล้ว แก้ไขให้ตรงกับมติของกองทุนต่อไป"))
