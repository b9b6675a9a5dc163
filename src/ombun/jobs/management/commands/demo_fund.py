from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy

from ombun.jobs.demo.build import build_demo
from ombun.jobs.demo.sign_ins import table
from ombun.jobs.operating import FundCommand


class Command(FundCommand):
    help = gettext_lazy("สร้างกองทุนตัวอย่างในฐานข้อมูลตัวอย่าง แล้วบอกชื่อผู้ใช้: demo_fund --demo")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OMBUN_IS_DEMO:
            raise CommandError(translated("กองทุนตัวอย่างอยู่ได้เฉพาะในฐานข้อมูลตัวอย่าง ใช้ ./ombun demo"))
        build_demo(today=timezone.localdate())
        for line in table():
            self.stdout.write(line)
