"""Benchmarks: each `tests/benchmarks/bench_NAME.py` has `run()`, which gives figures to be printed, never judged."""
import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ombun.jobs.machine.paths import ROOT
from ombun.jobs.machine.words import Trouble, in_words, say

FOLDER = ROOT / "tests" / "benchmarks"
PREFIX = "bench_"
USUAL_MINUTES = {  # on two cores
    "assessment": 1, "books": 2, "collections": 1, "demo": 4, "offline": 2, "receipts": 1, "receipts_job": 1,
    "register_import": 1, "rules_in_bulk": 1, "search": 1, "sync": 1, "what_if": 2}
_MEASURES = {
    "assessment": ("ตอบว่าได้เท่าไรเพราะอะไร ทีละคน", "what one person is granted, with every line explained"),
    "books": ("งบทดลองของกองทุนที่มีบัญชีสิบปี และของ 6,000 กองทุนรวมกัน",
              "the trial balance after ten years, and of 6,000 funds together"),
    "collections": ("บันทึกวันเก็บเงิน ทีละใบ หลายใบพร้อมกัน และย้อนหลังทั้งหมด",
                    "collection days: one, many at once, years in bulk"),
    "demo": ("กองทุนตัวอย่างอย่างที่ผู้มาใหม่พบ: นานเท่าใด หน้าเร็วและหนักเท่าใด",
             "the demo as a newcomer meets it: time, and its pages"),
    "offline": ("หน้าเก็บเงินที่ไม่มีสัญญาณในเบราว์เซอร์: ตอบแป้นพิมพ์เร็วเท่าใด หนักเท่าใด ส่งนานเท่าใด",
                "the page without a signal in a browser: keys, weight, sending"),
    "receipts": ("ใบเสร็จพันใบในแฟ้มเดียว และพันแฟ้มทีละใบ", "a thousand receipts in one file, and one by one"),
    "receipts_job": ("ใบเสร็จของกองทุน 3,000 คนในงานเดียว", "receipts of a fund of 3,000 as one job"),
    "register_import": ("อ่าน ตรวจ และรับทะเบียน 3,000 คนจากแฟ้ม Excel", "a register of 3,000 read, judged, taken in"),
    "rules_in_bulk": ("ระเบียบกับคำขอนับล้านในคราวเดียว เทียบ OpenFisca-Core และ numpy ที่เขียนเอง",
                      "clauses over millions of claims, beside OpenFisca-Core and numpy by hand"),
    "search": ("ค้นหาคนในทะเบียน 10,000 คน", "people looked for in a register of 10,000"),
    "sync": ("ใบเก็บเงินที่ส่งมาจากแปดเครื่องพร้อมกัน", "sheets sent from eight devices at once"),
    "what_if": ("ร่างระเบียบกับปีที่ผ่านมาของกองทุนหนึ่ง และของล้านคน", "a draft over the past of a fund, and of a million")}


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem.removeprefix(PREFIX) for path in FOLDER.glob(f"{PREFIX}*.py"))


def described() -> list[str]:
    """A line for each benchmark: its name, how long it usually takes, what it measures."""
    return [f"    {name:<16} {in_words(f'{thai} ({minutes} นาที)', f'{english} ({minutes} min)')}"
            for name in names() for minutes, (thai, english) in [(USUAL_MINUTES[name], _MEASURES[name])]]


def refuse_unknown(chosen: list[str]) -> None:
    """Raises Trouble that names the benchmarks there are."""
    if unknown := [name for name in chosen if name not in names()]:
        raise Trouble(f"ไม่มีการวัดชื่อ {unknown[0]}: มี {', '.join(names())} (ดู ./ombun bench help)",
                      f"there is no benchmark {unknown[0]}: there are {', '.join(names())} (see ./ombun bench help)")


def say_how_long(chosen: list[str]) -> None:
    """Before it starts."""
    minutes = sum(USUAL_MINUTES[name] for name in chosen or names())
    say(f"ใช้เวลาราว {minutes} นาที หยุดด้วย Ctrl-C", f"this takes about {minutes} minutes; stop with Ctrl-C")


def run(chosen: list[str], *, as_json: bool) -> None:
    """Run the chosen benchmarks, or all, on the database that is open, and print a line for each figure."""
    sys.path.insert(0, str(FOLDER))
    where = {"machine": _machine(), "commit": _commit()}
    if not as_json:
        print(f"{where['machine']} · {where['commit']}")
    for name in chosen or names():
        say(f"กำลังวัด {name}", f"measuring {name}")
        for figure in importlib.import_module(PREFIX + name).run():
            print(json.dumps(asdict(figure) | where, ensure_ascii=False) if as_json else _line(figure), flush=True)


def _line(figure: Any) -> str:
    value = f"{figure.figure:,.3f}".rstrip("0").rstrip(".")
    return f"{figure.name:<48} {value:>14} {figure.unit:<14} {figure.goal or '':<10} n={figure.n:,}"


def _machine() -> str:
    from django.db import connection

    connection.ensure_connection()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    cpuinfo = Path("/proc/cpuinfo")
    models = [line.split(":", 1)[1].strip() for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
              if line.startswith("model name")]
    version = connection.connection.info.server_version
    return (f"{os.cpu_count()} x {models[0] if models else platform.machine()}, {memory} GB, "
            f"Python {platform.python_version()}, PostgreSQL {version // 10000}.{version % 10000}")


def _commit() -> str | None:
    done = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    return done.stdout.strip() or None
