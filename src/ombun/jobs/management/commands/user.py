from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.access.operations import set_password
from ombun.jobs import founding
from ombun.jobs.operating import FundCommand
from ombun.primitives.actors import Role


class Command(FundCommand):
    help = gettext_lazy("ดูรายชื่อ เพิ่ม หรือตั้งรหัสผ่านใหม่ให้ผู้ใช้: user list|new|reset [ชื่อผู้ใช้]")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["list", "new", "reset"],
                            help=translated("ดูรายชื่อ เพิ่ม หรือตั้งรหัสผ่านใหม่"))
        parser.add_argument("name", nargs="?", default="", help=translated("ชื่อผู้ใช้"))
        parser.add_argument("--fund", help=translated("รหัสกองทุน เมื่อเพิ่มผู้ใช้ หรือดูของกองทุนเดียว"))
        parser.add_argument("--role", choices=founding.ROLES, default="treasurer", help=translated("โต๊ะทำงาน"))
        parser.add_argument("--person", help=translated("ชื่อผู้ดำรงตำแหน่งที่ใช้ชื่อผู้ใช้นี้"))
        parser.add_argument("--village", type=int, help=translated("หมู่ที่ ของผู้เก็บเงิน"))

    def handle(self, *args: Any, what: str, name: str, fund: str | None, **options: Any) -> None:
        if what == "list":
            for code, login in founding.logins(code=fund):
                until = login.until_on or ""
                self.stdout.write(f"{code:<16} {login.username:<20} {login.role:<10} {login.from_on} – {until}")
            return
        password = founding.fresh_password()
        if what == "new":
            password = founding.make_login(code=fund or "", username=name, role=Role(options["role"].upper()),
                                           person=options["person"], moo=options["village"])
        elif not set_password(username=name, password=password):
            raise CommandError(translated("ไม่มีผู้ใช้ชื่อ %(name)s") % {"name": name})
        self.stdout.write(translated("รหัสผ่านใหม่ของ %(name)s คือ %(password)s") % {"name": name, "password": password})
