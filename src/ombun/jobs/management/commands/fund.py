from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.funds.rules import Office
from ombun.jobs import founding
from ombun.jobs.operating import FundCommand, day
from ombun.primitives.money import read_baht


class Command(FundCommand):
    help = gettext_lazy("ตั้งกองทุน: fund new --code รหัส --name ชื่อ --tambon ตำบล --founded วันก่อตั้ง")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["new"])
        parser.add_argument("--code", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--tambon", required=True)
        parser.add_argument("--founded", required=True)
        parser.add_argument("--starts")
        parser.add_argument("--dues", type=read_baht, default=read_baht("30"))
        parser.add_argument("--every-months", type=int, choices=[1, 3, 6, 12], default=1)
        parser.add_argument("--villages", nargs="*", default=[])
        parser.add_argument("--treasurer")
        parser.add_argument("--chair")

    def handle(self, *args: Any, code: str, name: str, tambon: str, founded: str, **options: Any) -> None:
        officers = [(office, who) for office in (Office.TREASURER, Office.CHAIR) if (who := options[office.lower()])]
        founding.found(
            code=code, name=name, place=tambon, founded_on=day(founded), starts_on=day(options["starts"]),
            villages=options["villages"], dues_satang=options["dues"], every_months=options["every_months"],
            officers=officers)
        self.stdout.write(translated("ตั้ง%(name)s รหัส %(code)s แล้ว") % {"name": name, "code": code})
