"""A register of 3,000 members in a workbook: read, judged, taken in; and members by the hundred thousand, streamed."""
import io
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import xlsxwriter
from figures import Figure, median_seconds
from made_up_registers import HEADINGS, VILLAGES, judge_funds, member

from ombun.access.operations import NewFund, operator, start_fund
from ombun.funds.operations import NewCentre
from ombun.imports.operations import commit_import, preview_import
from ombun.imports.rules.books import Recorded
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.register_row import KnownMember, RegisterRow
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang

SAMPLE = Path(__file__).parents[1] / "data" / "workbooks" / "B_nongsarai.xlsx"
MEMBERS = 3000
MEMBERS_OF_THE_NATION, ROUNDS = 6_715_570, 3
GROWTH_MAX_MB = 50
NOW = datetime(2026, 1, 10, 3, tzinfo=UTC)


def run() -> Iterator[Figure]:
    """Seconds on one core for the whole workbook."""
    content = _workbook()
    first = _judged(content, [])
    kept = [f.name for f in fields(RegisterRow)]
    register = [KnownMember(member_id=number, **{name: getattr(row.values, name) for name in kept})
                for number, row in enumerate((row for row in first.rows if row.is_counted), start=1)]
    yield Figure(name="register: read a workbook of 3,000 members", unit="s", goal=None, n=MEMBERS,
                 figure=median_seconds(lambda: read_workbook(file="f.xlsx", content=content)))
    yield Figure(name="register: preview of an empty fund", unit="s", goal="<=5", n=MEMBERS,
                 figure=median_seconds(lambda: _judged(content, [])))
    yield Figure(name="register: preview of the same file again", unit="s", goal="<=5", n=MEMBERS,
                 figure=median_seconds(lambda: _judged(content, register)))
    yield Figure(name="register: commit of 3,000 members", unit="s", goal="<=3", n=MEMBERS,
                 figure=min(_seconds_to_commit(content) for _ in range(ROUNDS)))
    whole = SAMPLE.read_bytes()
    yield Figure(name="workbook: preview of registers, grids, benefits and accounts", unit="s", goal=None,
                 n=len(_judged(whole, []).rows), figure=median_seconds(lambda: _judged(whole, [])))
    yield from _in_bulk()


def _seconds_to_commit(content: bytes) -> float:
    """The time from the button to everybody in the register of a new fund."""
    actor = _registrar()
    batch_id = uuid4()
    preview_import(actor=actor, batch_id=batch_id, files=[("f.xlsx", content)], books_end_on=date(2025, 9, 30),
                   previewed_at=NOW)
    start = perf_counter()
    done = commit_import(actor=actor, batch_id=batch_id, committed_at=NOW)
    assert done.created > MEMBERS * 9 // 10
    return perf_counter() - start


def _registrar() -> Actor:
    code = f"bench-{uuid4().hex[:12]}"
    start_fund(logins=[], recorded_at=NOW, new=NewFund(
        code=code, name="กองทุนวัดความเร็ว", tambon_code=440308, founded_on=date(2010, 6, 9), starts_on=date(2025, 10, 1),
        dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), holders=(),
        centres=tuple(NewCentre(id=uuid4(), moo=moo, name=f"หมู่ {moo}") for moo in range(1, VILLAGES + 1))))
    return operator(code=code)


def _in_bulk() -> Iterator[Figure]:
    """Funds one after another through the same rules, in a process for each core, each with memory of its own."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(max_workers=cores, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(judge_funds, range(cores)))
    rows, rate = sum(one.rows for one in done), sum(one.rows / one.seconds for one in done)
    yield Figure(name=f"bulk: rows judged a second after reading, {cores} processes", figure=round(rate), n=rows,
                 unit="rows/s", goal=">=20000")
    yield Figure(name="bulk: rows judged in a second of one core", unit="rows/s", goal=None, n=rows,
                 figure=round(rows / sum(one.core_seconds for one in done)))
    yield Figure(name="bulk: peak memory of a process", figure=round(max(one.peak_mb for one in done)), unit="MB",
                 goal="<=1024", n=rows)
    growth = max(one.peak_mb - one.early_mb for one in done)
    yield Figure(name="bulk: memory grown after the first tenth", figure=round(growth, 1), unit="MB", goal="<=50",
                 n=rows)
    if growth <= GROWTH_MAX_MB:  # only what needs no more memory for more rows may be reckoned up
        yield Figure(name="bulk: 6.7 M members, reckoned from these", unit="minutes", goal=None,
                     n=MEMBERS_OF_THE_NATION, figure=round(MEMBERS_OF_THE_NATION / rate / 60, 1))


def _judged(content: bytes, known: list[KnownMember]) -> Preview:
    return judge_workbooks(
        sheets=read_workbook(file="f.xlsx", content=content), known=known, founded_on=date(2010, 6, 9),
        books_end_on=date(2025, 9, 30), villages=range(1, VILLAGES + 1), recorded=Recorded())


def _workbook() -> bytes:
    chance, kept = random.Random(1), io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for moo in range(1, VILLAGES + 1):
            page = book.add_worksheet(f"ม.{moo}")
            page.merge_range(0, 0, 0, len(HEADINGS) - 1, f"ทะเบียนสมาชิก หมู่ที่ {moo}")
            page.write_row(1, 0, HEADINGS)
            for number in range(MEMBERS // VILLAGES):
                page.write_row(number + 2, 0, member(chance, moo, number + 1))
    return kept.getvalue()
