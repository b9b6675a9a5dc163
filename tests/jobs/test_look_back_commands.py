"""A draft tried on the past, and a year tested, from the command line: in words, for programs, and what is refused."""
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from ombun.claims.states import ClaimState
from ombun.jobs import looking_back
from ombun.regulations.queries import FIRST_RULE_BOOK
from tests.usecases.welfare_house import WelfareHouse


@pytest.fixture
def house(monkeypatch):
    """Malee was paid 600 baht for three nights in hospital, in fiscal year 2570; the year runs."""
    monkeypatch.setattr(looking_back, "fiscal_year_be", lambda day: 2570)
    house = WelfareHouse()
    house.claim(ClaimState.PAID)
    return house


def run(*words, language="th"):
    """What is printed."""
    out = StringIO()
    with translation.override(language):
        call_command("regulations", *words, stdout=out)
    return out.getvalue().strip()


def draft(tmp_path, **rates):
    """The first rule book, with another rate a night."""
    clauses = json.loads(FIRST_RULE_BOOK.read_text("utf-8"))
    clauses[1]["rule"]["grant"] |= rates
    file = tmp_path / "ร่าง.json"
    file.write_text(json.dumps(clauses), "utf-8")
    return str(file)


def test_a_draft_is_tried_on_the_past_in_words(house, tmp_path):
    words = "what-if", "--fund", house.code, "--file", draft(tmp_path, rate_satang=150_00), "--years", "1"
    assert run(*words).splitlines()[:4] == [
        "ปีงบประมาณ 2569: จ่ายจริง 0.00 บาท (0 ครั้ง) ตามร่าง 0.00 บาท (0 ครั้ง)",
        "ปีงบประมาณ 2570: จ่ายจริง 600.00 บาท (1 ครั้ง) ตามร่าง 450.00 บาท (1 ครั้ง)",
        "รวมทุกปี: จ่ายจริง 600.00 บาท (1 ครั้ง) ตามร่าง 450.00 บาท (1 ครั้ง)",
        "คนที่จะได้มากขึ้น 0 คน ได้น้อยลง 1 คน ได้เท่าเดิม 0 คน"]
    english = run(*words, language="en").splitlines()
    assert english[4] == "  Nights in hospital: paid 600.00 baht (1 times), by the draft 450.00 baht (1 times)"
    assert english[-1] == "  A member has died: nobody ever asked for it, so nothing can be reckoned"


def test_programs_get_json(house, tmp_path):
    told = json.loads(run("what-if", "--fund", house.code, "--file", draft(tmp_path), "--years", "2", "--json"))
    assert told["years"] == [2025, 2026, 2027] and told["whole"]["draft_satang"] == 600_00
    assert told["people"] == {"more": 0, "less": 0, "same": 1} and told["kinds"][0]["refusals"] == []
    tested = json.loads(run("back-test", "--fund", house.code, "--year", "2570", "--json"))
    assert (tested["year"], tested["same_times"], tested["differences"]) == (2027, 1, [])


def test_a_year_is_tested_in_either_era_and_differences_are_told(house):
    filed = house.file(happened_on=date(2026, 11, 3), units=1)
    house.certify(filed.claim_id)
    house.approve(filed.claim_id, satang=150_00)
    told = run("back-test", "--fund", house.code, "--year", "2027").splitlines()
    assert told == run("back-test", "--fund", house.code, "--year", "2570").splitlines() == [
        "ปีงบประมาณ 2570 จ่าย 2 ครั้ง ตรงกับระเบียบ 1 ครั้ง",
        "  คำขอ 2/2570 นอนพักรักษาตัวในโรงพยาบาล: จ่าย 150.00 บาท ระเบียบให้ 200.00 บาท กรรมการอนุมัติน้อยกว่าที่ระเบียบให้"]


def test_a_mistake_in_the_draft_or_the_years_is_refused(house, tmp_path):
    with pytest.raises(CommandError, match=r"17\.2 rule\.grant\.rate_satang.*\n.*17\.2 rule\.grant\.colour"):
        run("what-if", "--fund", house.code, "--file", draft(tmp_path, rate_satang=0, colour="ฟ้า"))
    with pytest.raises(CommandError, match="31"):
        run("what-if", "--fund", house.code, "--file", draft(tmp_path), "--years", "31")
