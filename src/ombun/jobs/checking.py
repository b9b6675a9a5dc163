"""Every room's checks, asked one after another."""
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext

from ombun.funds import queries as funds
from ombun.jobs import operating
from ombun.primitives.findings import Finding
from ombun.primitives.sentences import told

Check = Callable[..., tuple[Finding, ...]]


def checks() -> dict[str, Check]:
    """Every public function of every room's `checks.py`, by the name its findings carry ("ledger.entries_that_…")."""
    rooms = [app for app in apps.get_app_configs() if app.module and module_has_submodule(app.module, "checks")]
    return {f"{room.label}.{name}": function
            for room in rooms if room.name.startswith("ombun.")
            for module in [import_module(f"{room.name}.checks")]
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")}


def everything_found(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """What all checks find, in every fund or in one."""
    return tuple(finding for check in checks().values() for finding in check(fund_id=fund_id))


def as_json(found: Sequence[Finding]) -> str:
    """The findings for programs: a list, empty when all is well."""
    codes = {fund.id: fund.code for fund in funds.directory()}
    return json.dumps([{"check": one.check, "fund": codes.get(one.fund_id), "about": one.about, "facts": one.facts}
                       for one in found], ensure_ascii=False)


def in_words(found: Sequence[Finding]) -> Iterator[str]:
    """Whose data was looked at; then a sentence for each finding, with fund and place, or a good word."""
    yield operating.whose_data()
    codes = {fund.id: fund.code for fund in funds.directory()}
    for one in found:
        facts = " ".join(f"{name}={value}" for name, value in told(one.facts).items())
        yield f"{codes.get(one.fund_id, one.fund_id)} {one.about}: {gettext(one.check)} ({one.check} {facts})"
    if found:
        yield gettext("พบ %(count)s เรื่องที่ต้องดู") % {"count": len(found)}
    else:
        yield gettext("ตรวจ %(checks)s ข้อแล้ว ทุกอย่างตรงกัน") % {"checks": len(checks())}
