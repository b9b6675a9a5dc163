"""A claim from request to payment, as somebody types it."""
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from ombun.claims import queries
from ombun.claims.states import ClaimState
from ombun.jobs.claiming import read_number
from tests.usecases.welfare_house import WelfareHouse


def run(*words, language="th"):
    """What a command prints."""
    out = StringIO()
    with translation.override(language):
        call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def claim(house, what, **options):
    """One `claim` command."""
    return run("claim", what, "--fund", house.code, *(
        word for name, value in options.items() for word in (f"--{name}", value)))


NIGHTS = {"member": "0001", "benefit": "hospital", "happened": "2/11/2569", "units": "3", "on": "4/11/2569",
          "agreed": "4/11/2569"}


def test_a_claim_goes_the_whole_way_and_is_filed_once():
    house = WelfareHouse()
    filed = claim(house, "file", **NIGHTS)
    assert claim(house, "file", **NIGHTS) == filed and "600.00" in filed
    number = filed.split()[0]
    assert number in claim(house, "list")
    assert "รอประธานอนุมัติ" in claim(house, "certify", claim=number, by="ดาว,คำ,บุญมา", on="5/11/2569")
    assert "รอเหรัญญิกจ่าย" in claim(house, "approve", claim=number, by="บุญมี", on="6/11/2569")
    assert "จ่ายเงินแล้ว" in claim(house, "pay", claim=number, on="7/11/2569")
    assert claim(house, "list") == ""


def test_a_line_is_in_the_language_of_the_reader():
    house = WelfareHouse()
    said = claim(house, "file", **NIGHTS)
    assert said == "1/2570  รอศูนย์รับรอง  นางมาลี ใจบุญ  นอนพักรักษาตัวในโรงพยาบาล  600.00 บาท"
    assert run("claim", "list", "--fund", house.code, language="en") == (
        "1/2570  Waits for the centre  นางมาลี ใจบุญ  Nights in hospital  600.00 baht")


def test_a_claim_is_found_among_more_than_a_page_shows(monkeypatch):
    """The newest waits at the end of a list that is cut: its number finds it all the same."""
    house = WelfareHouse()
    monkeypatch.setattr(queries, "WAITING_MAX", 2)
    for number in range(1, 6):
        house.claim(ClaimState.PAID if number < 3 else ClaimState.FILED, happened_on=date(2026, 10, number))
    assert [line.split()[0] for line in claim(house, "list").splitlines()] == ["3/2570", "4/2570", "5/2570"]
    filed = claim(house, "file", **NIGHTS | {"happened": "4/11/2569", "units": "1"})
    assert filed.split()[0] == "6/2570"
    assert "รอประธานอนุมัติ" in claim(house, "certify", claim="6/2570", by="ดาว,คำ,บุญมา", on="5/11/2569")


@pytest.mark.parametrize("typed", ["1/2570", "๑/๒๕๗๐", " 1/2570 ", "2570-1", "2027-1", "1/2027"])
def test_a_number_is_read_as_pages_and_programs_write_it(typed):
    assert read_number(typed) == (2027, 1)


@pytest.mark.parametrize("typed", ["", "1", "2027", "2027-", "1/70", "9999999999/2570", "2027-1-1", "มาลี"])
def test_what_is_no_number_of_a_claim_is_a_sentence(typed):
    assert read_number(typed) is None


def test_a_refusal_is_a_sentence_and_changes_nothing():
    house = WelfareHouse()
    number = claim(house, "file", **NIGHTS).split()[0]
    before = house.everything()
    with pytest.raises(CommandError, match=r"[ก-๙]"):
        claim(house, "approve", claim=number, by="บุญมี", on="6/11/2569")
    with pytest.raises(CommandError, match="9999"):
        claim(house, "file", **NIGHTS | {"member": "9999"})
    with pytest.raises(CommandError, match="2026-77"):
        claim(house, "pay", claim="2026-77")
    assert house.everything() == before


def test_a_fund_without_rules_adopts_the_example():
    house = WelfareHouse(adopts=False)
    run("regulations", "load", "--fund", house.code, "--from", "1/1/2558", "--meeting", "ประชุมใหญ่ 2557",
        "--resolution", "มติที่ 4")
    assert "600.00" in claim(house, "file", **NIGHTS)
