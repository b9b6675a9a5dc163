from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import claiming
from ombun.jobs.operating import FundCommand, asks_step_by_step, day
from ombun.primitives.money import read_baht

STEPS = {  # what it does, what it needs, what may be left out
    "file": (gettext_lazy("ยื่นคำขอ แล้วบอกเลขที่คำขอและยอดตามระเบียบ"), ["member", "benefit"],
             ["happened", "units", "agreed", "on"]),
    "certify": (gettext_lazy("คนของศูนย์หมู่บ้านรับรอง"), ["claim", "by"], ["on"]),
    "approve": (gettext_lazy("ประธานหรือกรรมการอนุมัติ"), ["claim"], ["amount", "by", "on"]),
    "reject": (gettext_lazy("ประธานหรือกรรมการไม่อนุมัติ"), ["claim", "because"], ["by", "on"]),
    "pay": (gettext_lazy("เหรัญญิกจ่าย"), ["claim"], ["payee", "by", "on"]),
    "list": (gettext_lazy("คำขอที่รออยู่ รอนานที่สุดขึ้นก่อน"), [], []),
    "voucher": (gettext_lazy("ใบสำคัญจ่ายเป็น PDF"), ["claim"], ["out"]),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "member": {"help": gettext_lazy("เลขทะเบียนหรือชื่อเต็มของสมาชิก")},
    "benefit": {"help": gettext_lazy("รหัสสวัสดิการในระเบียบของกองทุน เช่น hospital")},
    "happened": {"help": gettext_lazy("วันที่เกิดเหตุ ไม่ใส่คือวันนี้")},
    "units": {"help": gettext_lazy("จำนวนคืน หรือหน่วยอื่นตามระเบียบ"), "type": int},
    "agreed": {"help": gettext_lazy("เห็นแล้วว่าสมาชิกเซ็นยินยอมเรื่องสุขภาพบนกระดาษ ใส่วันที่เซ็น ไม่ใส่คือวันนี้"),
               "nargs": "?", "const": ""},
    "claim": {"help": gettext_lazy("เลขที่คำขอ เช่น 12/2570")},
    "by": {"help": gettext_lazy("ชื่อ (หรือส่วนหนึ่งของชื่อ) ของผู้ที่ลงชื่อ หลายคนคั่นด้วยจุลภาค")},
    "amount": {"help": gettext_lazy("กี่บาท ไม่ใส่คือตามระเบียบ"), "type": read_baht},
    "because": {"help": gettext_lazy("เหตุผลที่ไม่อนุมัติ")},
    "payee": {"help": gettext_lazy("ชื่อผู้รับเงิน ไม่ใส่คือผู้ที่ระเบียบกำหนด")},
    "out": {"help": gettext_lazy("แฟ้ม PDF ไม่ใส่คือ voucher-เลขที่.pdf ตรงที่สั่ง"), "type": Path},
    "on": {"help": gettext_lazy("วันที่ทำ เช่น 2026-11-25 หรือ 25/11/2569 ไม่ใส่คือวันนี้")},
}


class Command(FundCommand):
    help = gettext_lazy("คำขอรับสวัสดิการ: claim file|certify|approve|reject|pay|list|voucher --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS)

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "list":
            self.stdout.write("\n".join(claiming.listed(code=fund)))
        elif what == "voucher":
            place = claiming.voucher_into(options["out"], code=fund, number=options["claim"])
            self.stdout.write(translated("เขียนใบสำคัญจ่ายไว้ที่ %(place)s แล้ว") % {"place": place})
        else:
            card = claiming.step(what=what, code=fund, on=day(options["on"]), options=options)
            self.stdout.write(claiming.in_words(card))
