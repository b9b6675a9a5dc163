from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.funds.rules import Office
from ombun.jobs import founding, taking_out
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day
from ombun.primitives.money import read_baht


class Command(FundCommand):
    help = gettext_lazy("ตั้งกองทุน เขียนชื่อหมู่บ้าน เอาข้อมูลทั้งกองทุนออก หรือนำกลับมา: fund new|village|export|bring-in")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="what", required=True)
        told = translated("ตั้งกองทุนใหม่")
        self._asks_for_a_new_fund(steps.add_parser("new", help=told, description=told))
        told = translated("เพิ่มหมู่บ้าน หรือแก้ชื่อหมู่บ้านที่มีอยู่")
        village = steps.add_parser("village", help=told, description=told)
        asks_for_the_fund(village)
        village.add_argument("--moo", type=int, required=True, help=translated("หมู่ที่"))
        village.add_argument("--name", required=True, help=translated("ชื่อหมู่บ้าน"))
        village.add_argument("--address", default="", help=translated("ที่พบกัน เช่น ศาลาวัด"))
        told = translated("เอาข้อมูลทั้งกองทุนออกเป็นแฟ้มเดียว ที่นำเข้ากลับได้")
        export = steps.add_parser("export", help=told, description=told)
        asks_for_the_fund(export)
        export.add_argument("--out", required=True, help=translated("แฟ้มใหม่: .xlsx คือสมุดงาน .zip คือ CSV แผ่นละแฟ้ม"))

        told = translated("ตั้งกองทุนเดิมจากแฟ้มที่เอาข้อมูลทั้งหมดออกมา")
        back = steps.add_parser("bring-in", help=told, description=told)
        back.add_argument("file", help=translated("แฟ้มที่ fund export เขียนไว้ (.xlsx หรือ .zip)"))
        back.add_argument("--code", required=True, help=translated("รหัสของกองทุนในเครื่องนี้"))

    def _asks_for_a_new_fund(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help=translated("รหัสของกองทุน: อักษรอังกฤษตัวเล็ก ตัวเลข และขีด"))
        parser.add_argument("--name", required=True, help=translated("ชื่อเต็มของกองทุน"))
        parser.add_argument("--tambon", required=True, help=translated("ตำบล: ชื่อหรือรหัส 6 หลัก"))
        parser.add_argument("--founded", required=True, help=translated("วันก่อตั้ง"))
        parser.add_argument("--starts", help=translated("วันที่เริ่มใช้บัญชีในออมบุญ ไม่ใส่คือวันนี้"))
        parser.add_argument("--dues", type=read_baht, default=read_baht("30"),
                            help=translated("เงินสมทบงวดละกี่บาท ไม่ใส่คือ 30"))
        parser.add_argument("--every-months", type=int, choices=[1, 3, 6, 12], default=1,
                            help=translated("ส่งทุกกี่เดือน ไม่ใส่คือทุกเดือน"))
        parser.add_argument("--villages", nargs="*", default=[],
                            help=translated("หมู่บ้าน เช่น \"4 บ้านหนองบัว\" \"5 บ้านดอนจาน\""))
        parser.add_argument("--treasurer", help=translated("ชื่อเหรัญญิก"))
        parser.add_argument("--chair", help=translated("ชื่อประธาน"))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "export":
            self.stdout.write(taking_out.taken_out(code=options["fund"], out=options["out"]))
        elif what == "bring-in":
            self.stdout.write(taking_out.brought_in(file=options["file"], code=options["code"]))
        elif what == "village":
            self.stdout.write(founding.village_written(
                code=options["fund"], moo=options["moo"], name=options["name"], address=options["address"]))
        else:
            self._found(**options)

    def _found(self, *, code: str, name: str, tambon: str, founded: str, **options: Any) -> None:
        officers = [(office, who) for office in (Office.TREASURER, Office.CHAIR) if (who := options[office.lower()])]
        founding.found(
            code=code, name=name, place=tambon, founded_on=day(founded), starts_on=day(options["starts"]),
            villages=options["villages"], dues_satang=options["dues"], every_months=options["every_months"],
            officers=officers)
        self.stdout.write(translated("ตั้ง%(name)s รหัส %(code)s แล้ว") % {"name": name, "code": code})
        self.stdout.write(translated("ขั้นต่อไป ทำชื่อผู้ใช้: %(command)s") % {
            "command": f"./ombun user new treasurer --fund {code}"})
