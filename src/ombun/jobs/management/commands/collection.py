import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import collecting
from ombun.jobs.operating import FundCommand, asks_for_the_fund, day


class Command(FundCommand):
    help = gettext_lazy("บันทึกวันเก็บเงิน พิมพ์หรือยกเลิกใบเสร็จ: collection record|receipts|cancel --fund รหัส --village หมู่")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["record", "receipts", "cancel"],
                            help=translated("บันทึกวันเก็บเงิน พิมพ์ใบเสร็จ หรือยกเลิกใบเสร็จ"))
        asks_for_the_fund(parser)
        parser.add_argument("--village", type=int, required=True, help=translated("หมู่ที่"))
        parser.add_argument("--on", help=translated("วันเก็บเงิน ไม่ใส่คือวันนี้ หรือวันล่าสุดเมื่อพิมพ์ใบเสร็จ"))
        parser.add_argument("--except", nargs="*", default=[], dest="absent",
                            help=translated("เลขทะเบียนหรือชื่อของคนที่ไม่ได้ส่ง คนอื่นส่งครบตามยอด"))
        parser.add_argument("--later", action="store_true",
                            help=translated("วันนั้นเก็บไปแล้ว นี่คือคนที่มาส่งทีหลัง"))
        parser.add_argument("--only", nargs="+", default=[],
                            help=translated("เลขทะเบียนหรือชื่อของคนที่จะยกเลิกใบเสร็จ ไม่ใส่คือทั้งวัน"))
        parser.add_argument("--why", default="", help=translated("เหตุที่ยกเลิกใบเสร็จ ไม่ต้องใส่ชื่อคน"))
        parser.add_argument("--by", help=translated("ชื่อผู้เก็บเงิน เมื่อหมู่บ้านมีหลายคน"))
        parser.add_argument("--out", type=Path, help=translated("แฟ้มใบเสร็จทุกใบรวมกัน ไม่ใส่คือ receipts-หมู่-วัน.pdf ตรงที่สั่ง"))
        parser.add_argument("--each", type=Path, help=translated("โฟลเดอร์สำหรับใบเสร็จ คนละแฟ้ม"))
        parser.add_argument("--json", action="store_true", help=translated("ผลสำหรับโปรแกรมอื่นอ่าน"))

    def handle(self, *args: Any, what: str, fund: str, village: int, **options: Any) -> None:
        if what == "record":
            card = collecting.record_except(
                code=fund, moo=village, on=day(options["on"]), absent=options["absent"], by=options["by"],
                is_later=options["later"])
        elif what == "cancel":
            card = collecting.cancel(
                code=fund, moo=village, on=day(options["on"]), only=options["only"], why=options["why"])
        else:
            on = day(options["on"]) if options["on"] else None
            card, place = collecting.receipts_into(options["out"], options["each"], code=fund, moo=village, on=on)
            self.stderr.write(translated("เขียนใบเสร็จไว้ที่ %(place)s แล้ว") % {"place": place}, self.style.SUCCESS)
        self.stdout.write(json.dumps(collecting.as_row(card)) if options["json"] else collecting.in_words(card))
