"""Receipts on paper: a thousand in one file, and a thousand files one after the other. Each in a process of its own,
so that its memory is its own."""
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure

RECEIPTS = 1000
_SOURCE = str(Path(__file__).parents[2] / "src")
_PRINTING = """
import json, resource, sys, time
from datetime import date
from ombun.papers.heading import FundHeading
from ombun.papers.receipts import ReceiptLine, ReceiptPaper, receipt_files, receipts_pdf

fund = FundHeading(name="กองทุนสวัสดิการชุมชนตำบลหนองบัว", place="ตำบลหนองบัว อำเภอเมืองสุรินทร์ จังหวัดสุรินทร์")
receipts = [ReceiptPaper(
    book_no=4, number=number, received_on=date(2026, 11, 25), member_name=f"นางทองใบ ผ่องใสน้ำเพชร {number}",
    member_no=f"04-{number:04}", village="หมู่ที่ 4 บ้านหนองบัว", collector_name="นางสาวพรทิพย์ ใจบุญ",
    lines=[ReceiptLine(text="เงินสมทบ พฤศจิกายน 2569", amount_satang=3000)]) for number in range(1, int(sys.argv[2]) + 1)]
start = time.perf_counter()
if sys.argv[1] == "one":
    receipts_pdf(fund=fund, receipts=receipts)
else:
    for _ in receipt_files(fund=fund, receipts=receipts):
        pass
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def run() -> Iterator[Figure]:
    """All figures of this file."""
    seconds, megabytes = _printed("one", RECEIPTS)
    yield Figure(name="receipts_in_one_file", figure=round(seconds, 2), unit="s", goal="<=6", n=RECEIPTS)
    yield Figure(name="receipts_in_one_file_memory", figure=megabytes, unit="MB", goal="<=600", n=RECEIPTS)
    seconds, megabytes = _printed("each", RECEIPTS)
    yield Figure(name="receipts_each_a_file", figure=round(seconds, 2), unit="s", goal=None, n=RECEIPTS)
    yield Figure(name="receipts_each_a_file_memory", figure=megabytes, unit="MB", goal="<=150", n=RECEIPTS)


def _printed(way: str, count: int) -> tuple[float, int]:
    """Seconds and megabytes at the highest."""
    done = subprocess.run(
        [sys.executable, "-c", _PRINTING, way, str(count)], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": _SOURCE, "PYTHONUTF8": "1"})
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes
