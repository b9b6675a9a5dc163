from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from ombun.jobs import banking, carrying
from ombun.jobs.operating import FundCommand, asks_step_by_step, day
from ombun.ledger.rules import BANK
from ombun.primitives.money import read_baht

STEPS = {  # what it does, what it needs, what may be left out
    "handover": (gettext_lazy("เงินเปลี่ยนมือ สองคนลงชื่อ"), ["from", "to", "amount"],
                 ["expected", "memo", "given-by", "received-by", "on"]),
    "statement": (gettext_lazy("รายการเดินบัญชีของธนาคาร แฟ้มเดิมนำเข้าซ้ำได้"), ["file"], ["account", "columns"]),
    "show": (gettext_lazy("เงินอยู่กับใครเท่าใด"), [], []),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "from": {"help": gettext_lazy("จากใคร: ชื่อผู้เก็บเงิน treasurer (เหรัญญิก) หรือ bank (ธนาคาร)")},
    "to": {"help": gettext_lazy("ไปที่ใคร: treasurer, bank หรือชื่อผู้เก็บเงิน")},
    "amount": {"help": gettext_lazy("กี่บาท"), "type": read_baht},
    "expected": {"help": gettext_lazy("ควรได้กี่บาท ใส่เมื่อไม่ตรงกับที่นับได้"), "type": read_baht},
    "memo": {"help": gettext_lazy("เงินขาดหรือเกินเพราะอะไร หรือเลขที่ใบฝากใบถอนของธนาคาร"), "default": ""},
    "given-by": {"help": gettext_lazy("ชื่อผู้ส่งเงิน ไม่ใส่คือเจ้าของเงินเอง")},
    "received-by": {"help": gettext_lazy("ชื่อผู้รับเงิน ไม่ใส่คือเจ้าของเงินเอง")},
    "file": {"help": gettext_lazy("แฟ้ม .xlsx .xls หรือ .csv จากธนาคาร"), "metavar": "FILE"},
    "account": {"help": gettext_lazy("บัญชีธนาคารในผังบัญชี"), "default": BANK},
    "columns": {"help": gettext_lazy("ช่องไหนคืออะไร เช่น moved_on=วันที่ came_in=ฝาก went_out=ถอน balance=คงเหลือ"),
                "nargs": "*", "default": []},
    "on": {"help": gettext_lazy("วันที่ทำ เช่น 2026-11-25 หรือ 25/11/2569 ไม่ใส่คือวันนี้")},
}


class Command(FundCommand):
    help = gettext_lazy("เงินสดเปลี่ยนมือ และรายการเดินบัญชี: cash handover|statement|show --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "handover":
            carrying.handed_over(
                code=fund, giver=options["from"], taker=options["to"], amount_satang=options["amount"],
                on=day(options["on"]), given_by=options["given_by"], received_by=options["received_by"],
                expected_satang=options["expected"], memo=options["memo"])
        if what == "statement":
            self.stdout.write("\n".join(banking.statement_taken_in(
                code=fund, path=options["file"], account=options["account"], columns=options["columns"])))
            return
        self.stdout.write("\n".join(carrying.listed(code=fund)))
