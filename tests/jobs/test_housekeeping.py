"""What happens by itself while the program is open: the province sees a closed month, the log sees what is wrong."""
import logging
import signal
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from ombun.funds.operations import close_month
from ombun.imports.operations import commit_import, preview_import
from ombun.imports.queries import imports
from ombun.jobs import housekeeping
from ombun.jobs.machine import server
from ombun.network.queries import province
from ombun.primitives.transactions import fund_transaction
from tests.guards.full_fund import SMALL
from tests.pages.house import NOW, START, TODAY, House
from tests.usecases.planted import written_past_python


@pytest.fixture
def house():
    """A fund that has closed its first month, of which nobody told the province."""
    house = House()
    close_month(actor=house.actor, close_id=uuid4(), month=START, closed_by=house.people["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    return house


def closed_until(house):
    """Up to which month the province's page sees the books of a fund closed; False when it does not see the fund."""
    lines = [fund for fund in province(code=44, on=TODAY).funds if fund.code == house.code]
    return lines[0].closed_until if lines else False


def test_figures_come_every_time_and_the_checks_once_a_day(house, monkeypatch):
    asked = []
    monkeypatch.setattr(housekeeping, "log_findings", lambda: asked.append(1))
    assert housekeeping.do_what_is_due(checked_on=None) == TODAY
    assert closed_until(house) == START
    housekeeping.do_what_is_due(checked_on=TODAY)
    assert asked == [1]


def test_what_a_workbook_said_is_forgotten_half_a_year_after_it_came_in(house):
    kept, old = uuid4(), uuid4()
    for batch, days in ((kept, 179), (old, 181)):
        at = NOW - timedelta(days=days)
        preview_import(actor=house.actor, batch_id=batch, files=[("small.xls", SMALL.read_bytes())], books_end_on=TODAY,
                       previewed_at=at)
        commit_import(actor=house.actor, batch_id=batch, committed_at=at)
    housekeeping.do_what_is_due(checked_on=TODAY)
    assert forgotten(house) == {kept: None, old: None}
    housekeeping.do_what_is_due(checked_on=None)
    assert forgotten(house) == {kept: None, old: TODAY}


def forgotten(house):
    """The workbooks of a fund, and since when what they said is forgotten."""
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return {card.id: card.forgotten_on for card in imports(fund_id=house.actor.fund_id)}


def test_what_a_check_finds_stands_in_the_log(house, caplog):
    with caplog.at_level(logging.WARNING, logger="ombun.housekeeping"):
        housekeeping.log_findings()
        assert house.code not in caplog.text
        with written_past_python(fund_id=house.actor.fund_id, statements=[
                "ALTER TABLE funds_fund DISABLE TRIGGER USER",
                "UPDATE funds_fund SET books_closed_until = '2020-01-31' WHERE id = %(fund)s"],
                fund=house.actor.fund_id):
            housekeeping.log_findings()
    assert f"{house.code} fund:{house.code}" in caplog.text and "closings_that_differ" in caplog.text


def test_an_open_program_keeps_house_until_it_is_closed_though_the_database_was_away_once(house, monkeypatch):
    monkeypatch.setattr(housekeeping, "FIRST_AFTER_SECONDS", 0)
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.05)
    does, times, told = housekeeping.do_what_is_due, [], []
    monkeypatch.setattr(housekeeping._log, "exception", told.append)

    def away_at_first(*, checked_on):
        times.append(1)
        if len(times) == 1:
            with connections["loader"].cursor() as cursor:
                cursor.execute("SELECT 1/0")
        return does(checked_on=TODAY)

    def close_the_program():
        deadline = time.monotonic() + 30
        while closed_until(house) is False and time.monotonic() < deadline:
            time.sleep(0.05)
        connections.close_all()
        signal.getsignal(signal.SIGTERM)(signal.SIGTERM, None)  # as if somebody had pressed Ctrl-C

    monkeypatch.setattr(housekeeping, "do_what_is_due", away_at_first)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    threading.Thread(target=close_the_program).start()
    try:
        server.run_until_stopped(host="127.0.0.1", port=0, opens_browser=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert closed_until(house) == START
    assert told == ["left undone for an hour"]
    assert "housekeeping" not in {thread.name for thread in threading.enumerate()}
