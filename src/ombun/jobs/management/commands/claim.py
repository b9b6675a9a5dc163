from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from ombun.jobs import claiming
from ombun.jobs.operating import FundCommand, day

STEPS = ["file", "certify", "approve", "reject", "pay"]


class Command(FundCommand):
    help = gettext_lazy("คำขอรับสวัสดิการ: claim file|certify|approve|reject|pay|list --fund รหัส")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[*STEPS, "list"])
        parser.add_argument("--fund", required=True)
        for name in ("on", "claim", "member", "benefit", "happened", "units", "by", "amount", "because", "payee"):
            parser.add_argument(f"--{name}")

    def handle(self, *args: Any, what: str, fund: str, **options: Any) -> None:
        if what == "list":
            self.stdout.write("\n".join(claiming.listed(code=fund)))
        else:
            card = claiming.step(what=what, code=fund, on=day(options["on"]), options=options)
            self.stdout.write(claiming.in_words(card))
