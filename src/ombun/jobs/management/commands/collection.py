import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from ombun.jobs import collecting
from ombun.jobs.operating import FundCommand, day


class Command(FundCommand):
    help = gettext_lazy("บันทึกวันเก็บเงิน ทุกคนจ่ายครบเว้นคนที่บอก: collection record --fund รหัส --village หมู่")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["record"])
        parser.add_argument("--fund", required=True)
        parser.add_argument("--village", type=int, required=True)
        parser.add_argument("--on")
        parser.add_argument("--except", nargs="*", default=[], dest="absent")
        parser.add_argument("--by")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, fund: str, village: int, **options: Any) -> None:
        card = collecting.record_except(
            code=fund, moo=village, on=day(options["on"]), absent=options["absent"], by=options["by"])
        self.stdout.write(json.dumps(collecting.as_row(card)) if options["json"] else collecting.in_words(card))
