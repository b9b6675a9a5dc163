from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.funds.rules import Office
from ombun.jobs import offices
from ombun.jobs.operating import FundCommand, asks_for_the_fund


class Command(FundCommand):
    help = gettext_lazy("ผู้ดำรงตำแหน่ง และเป็นสมาชิกคนไหน: office list|elect|end|link --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["list", "elect", "end", "link"],
                            help=translated("ดูรายชื่อ บันทึกการเลือกตั้ง พ้นตำแหน่ง หรือระบุว่าเป็นสมาชิกคนไหน"))
        asks_for_the_fund(parser)
        parser.add_argument("--person", default="", help=translated("ชื่อของผู้ดำรงตำแหน่ง"))
        parser.add_argument("--office", choices=[office.lower() for office in Office], default="committee",
                            help=translated("ตำแหน่ง"))
        parser.add_argument("--village", type=int, help=translated("หมู่ที่ ของผู้เก็บเงินและกรรมการศูนย์"))
        parser.add_argument("--member", help=translated("เลขทะเบียนสมาชิก หรือ - ถ้าไม่ใช่สมาชิก"))
        parser.add_argument("--on", help=translated("ตั้งแต่วันที่ หรือพ้นตำแหน่งวันที่ ไม่ใส่คือวันนี้"))

    def handle(self, *args: Any, what: str, fund: str, person: str, member: str | None, **options: Any) -> None:
        office = Office(options["office"].upper())
        if what == "elect":
            offices.elect(code=fund, office=office, named=person, moo=options["village"], member=member,
                          on=options["on"])
        elif what == "end":
            offices.end(code=fund, office=office, named=person, on=options["on"])
        elif what == "link":
            offices.link(code=fund, named=person, member=member)
        for line in offices.listed(code=fund):
            self.stdout.write(line)
