import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import adopting, looking_back, trying
from ombun.jobs.operating import FundCommand, asks_step_by_step, day
from ombun.regulations.rules.schema import schema

SCHEMA = gettext_lazy("คำที่ระเบียบใช้ได้ทั้งหมด เป็น JSON Schema")
STEPS = {  # what it does, what it needs, what may be left out
    "load": (gettext_lazy("ใช้ระเบียบฉบับต่อไปของกองทุน"), ["from"], ["document", "meeting", "resolution", "voted"]),
    "assess": (gettext_lazy("ลองระเบียบของกองทุนกับตัวอย่างในแฟ้ม บรรทัดละเรื่อง"), ["cases"], ["json"]),
    "what-if": (gettext_lazy("ถ้าใช้ร่างระเบียบนี้ ปีที่ผ่านมากองทุนจะจ่ายเท่าไร"), ["file"], ["years", "json"]),
    "back-test": (gettext_lazy("คิดเงินที่จ่ายไปแล้วในปีหนึ่งใหม่ตามระเบียบของตอนนั้น แล้วเทียบกัน"), ["year"], ["json"]),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "document": {"help": gettext_lazy("แฟ้มระเบียบของกองทุนเอง ไม่ใส่คือระเบียบตัวอย่าง"), "type": Path, "metavar": "FILE",
                 "nargs": "?"},
    "file": {"help": gettext_lazy("แฟ้มร่างระเบียบ"), "type": Path},
    "cases": {"help": gettext_lazy("แฟ้มตัวอย่าง บรรทัดละเรื่องเป็น JSON ใส่ - ถ้าพิมพ์เข้ามาเอง"), "type": Path},
    "from": {"help": gettext_lazy("วันที่เริ่มใช้")},
    "voted": {"help": gettext_lazy("วันที่ลงมติ ไม่ใส่คือตามแฟ้ม")},
    "meeting": {"help": gettext_lazy("ประชุมใด เช่น ประชุมใหญ่ 2568 ไม่ใส่คือตามแฟ้ม")},
    "resolution": {"help": gettext_lazy("มติที่เท่าไร ไม่ใส่คือตามแฟ้ม")},
    "years": {"help": gettext_lazy("ย้อนหลังกี่ปีงบประมาณ ไม่ใส่คือ 5"), "type": int, "default": 5},
    "year": {"help": gettext_lazy("ปีงบประมาณใด เช่น 2569"), "type": int},
    "json": {"help": gettext_lazy("สำหรับโปรแกรมอื่นอ่าน"), "action": "store_true"},
}


class Command(FundCommand):
    help = gettext_lazy("ระเบียบกองทุน: regulations schema|load|assess|what-if|back-test [--fund รหัส]")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        asks_step_by_step(parser, steps=STEPS, options=OPTIONS).add_parser("schema", help=str(SCHEMA))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        for line in getattr(self, f"_{what.replace('-', '_')}")(**options):
            self.stdout.write(line)

    def _schema(self, **options: Any) -> Iterator[str]:
        yield json.dumps(schema(), ensure_ascii=False, indent=2)

    def _load(self, *, fund: str, document: Path | None, **options: Any) -> Iterator[str]:
        adopted = adopting.load(
            code=fund, file=document, from_on=day(options["from"]), meeting=options["meeting"],
            resolution=options["resolution"], voted_on=day(options["voted"]) if options["voted"] else None)
        yield translated("ใช้ระเบียบฉบับที่ %(number)s แล้ว %(clauses)s ข้อ") % {
            "number": adopted.number, "clauses": adopted.clauses}

    def _assess(self, *, fund: str, cases: Path, **options: Any) -> Iterator[str]:
        yield from trying.answers(code=fund, file=cases)

    def _what_if(self, *, fund: str, file: Path, years: int, json: bool, **options: Any) -> Iterator[str]:
        yield looking_back.what_if(code=fund, file=file, years=years, as_json=json)

    def _back_test(self, *, fund: str, year: int, json: bool, **options: Any) -> Iterator[str]:
        yield looking_back.back_test(code=fund, year=year, as_json=json)
