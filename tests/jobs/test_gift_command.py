"""Givers from the command line."""
import io

import pytest
from django.core.management import CommandError, call_command

from tests.people import START


def run(*words):
    out = io.StringIO()
    call_command("gift", *words, stdout=out)
    return out.getvalue()


def test_a_gift_is_written_down_once_shown_and_printed(fund, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert "เลขที่ 1" in run("receive", "--fund", fund.code, "--from", "วัดโพธิ์ทอง", "--giver", "temple",
                               "--amount", "2000", "--on", START.isoformat())
    assert "เลขที่ 2" in run("receive", "--fund", fund.code, "--things", "ข้าวสาร 20 ถุง", "--on", START.isoformat())
    shown = run("show", "--fund", fund.code)
    assert "วัดโพธิ์ทอง" in shown and "2,000.00" in shown and "ไม่ประสงค์ออกนาม" in shown
    for what in ("receipt", "thanks"):
        run(what, "--fund", fund.code, "--number", "1")
    assert sorted(one.read_bytes()[:4] for one in tmp_path.glob("*.pdf")) == [b"%PDF", b"%PDF"]
    with pytest.raises(CommandError):
        run("receipt", "--fund", fund.code, "--number", "9")
