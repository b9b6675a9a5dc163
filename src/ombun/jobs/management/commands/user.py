import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.access.operations import set_password


class Command(BaseCommand):
    help = gettext_lazy("ตั้งรหัสผ่านใหม่ให้ผู้ใช้ที่เครื่องนี้: user reset ชื่อผู้ใช้")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["reset"])
        parser.add_argument("name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        password = "-".join(secrets.token_hex(2) for _ in range(3))
        if not set_password(username=name, password=password):
            raise CommandError(translated("ไม่มีผู้ใช้ชื่อ %(name)s") % {"name": name})
        self.stdout.write(translated("รหัสผ่านใหม่ของ %(name)s คือ %(password)s") % {"name": name, "password": password})
