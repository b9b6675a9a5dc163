from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import bookkeeping
from ombun.jobs.operating import FundCommand, day
from ombun.primitives.sentences import month_in_words


class Command(FundCommand):
    help = gettext_lazy("ปิดบัญชีเดือน: month close --fund รหัส --month ปี-เดือน")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["close"])
        parser.add_argument("--fund", required=True)
        parser.add_argument("--month", required=True)
        parser.add_argument("--by")

    def handle(self, *args: Any, fund: str, month: str, by: str | None, **options: Any) -> None:
        closed = bookkeeping.close(code=fund, month=day(f"{month}-01"), by=by)
        self.stdout.write(translated("ปิดบัญชีเดือน%(month)s แล้ว") % {"month": month_in_words(closed.month)})
