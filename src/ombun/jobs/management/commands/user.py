from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs import founding
from ombun.jobs.operating import FundCommand, whose_data
from ombun.primitives.actors import Role


class Command(FundCommand):
    help = gettext_lazy("ดูรายชื่อ ให้โต๊ะ ปิดโต๊ะ หรือตั้งรหัสผ่านใหม่: user list|new|end|reset [ชื่อผู้ใช้]")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["list", "new", "end", "reset"],
                            help=translated("ดูรายชื่อ ให้โต๊ะกับชื่อใหม่หรือชื่อที่มีอยู่ ปิดโต๊ะ หรือตั้งรหัสผ่านใหม่"))
        parser.add_argument("name", nargs="?", default="", help=translated("ชื่อผู้ใช้"))
        parser.add_argument("--fund", default="", help=translated("รหัสกองทุน เมื่อเพิ่มผู้ใช้ หรือดูของกองทุนเดียว"))
        parser.add_argument("--role", choices=founding.ROLES, default="treasurer", help=translated("โต๊ะทำงาน"))
        parser.add_argument("--person", help=translated("ชื่อผู้ดำรงตำแหน่ง ไม่ใส่ก็ได้ถ้ามีคนเดียว"))
        parser.add_argument("--village", type=int, help=translated("หมู่ที่ ของผู้เก็บเงิน"))
        parser.add_argument("--member", help=translated("เลขทะเบียนหรือชื่อ ของสมาชิกที่จะดูสมุดของตนเอง"))
        parser.add_argument("--province", type=int, default=0, help=translated("รหัสจังหวัดสองหลัก ของผู้ประสานงานจังหวัด"))

        parser.add_argument("--demo", action="store_true", help=translated("ของกองทุนตัวอย่าง ไม่ใส่คือกองทุนจริง"))

    def handle(self, *args: Any, what: str, name: str, **options: Any) -> None:
        role = Role(options.pop("role").upper())
        if what == "list":
            self.stderr.write(whose_data(), self.style.SUCCESS)
            self.stdout.writelines(f"{line}\n" for line in founding.listed(code=options["fund"]))
        elif what == "end":
            founding.end_desk(code=options["fund"], username=name, role=role)
            self.stdout.write(translated("ปิดโต๊ะของ %(name)s แล้ว") % {"name": name})
        else:
            password = founding.new_password(username=name) if what == "reset" else founding.given(
                username=name, role=role, options=options)
            told = translated("รหัสผ่านใหม่ของ %(name)s คือ %(password)s") if password else translated(
                "ให้โต๊ะกับ %(name)s แล้ว ใช้รหัสผ่านเดิม")
            self.stdout.write(told % {"name": name, "password": password})
