from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day
from ombun.primitives.sentences import month_in_words


class Command(FundCommand):
    help = gettext_lazy("ปิดบัญชีเดือน: month close --fund รหัส [--month ปี-เดือน] [--because เหตุผล]")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["close"], help=translated("ปิดบัญชีเดือน"))
        asks_for_the_fund(parser)
        parser.add_argument("--month", help=translated("เดือนใด เช่น 2026-10 หรือ 2569-10 ไม่ใส่คือเดือนแรกที่ยังไม่ปิด"))
        parser.add_argument("--by", help=translated("ชื่อผู้ปิดบัญชี ไม่ใส่คือเหรัญญิก"))

        parser.add_argument("--because", default=translated("ปิดจากเครื่องโดยไม่ได้เขียนเหตุผล"),
                            help=translated("ปิดทั้งที่ยังมีข้อค้างเพราะอะไร"))

    def handle(self, *args: Any, fund: str, month: str | None, by: str | None, because: str, **options: Any) -> None:
        closed = bookkeeping.close(
            code=fund, month=day(f"{month}-01") if month else None, by=by, because=because)
        self.stdout.write(translated("ปิดบัญชีเดือน%(month)s แล้ว") % {"month": month_in_words(closed.month)})
