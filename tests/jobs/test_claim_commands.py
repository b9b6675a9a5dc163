"""A claim from request to payment, as somebody types it."""
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.usecases.welfare_house import WelfareHouse


def run(*words):
    """What a command prints in Thai."""
    out = StringIO()
    with translation.override("th"):
        call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def claim(house, what, **options):
    """One `claim` command."""
    return run("claim", what, "--fund", house.code, *(
        word for name, value in options.items() for word in (f"--{name}", value)))


NIGHTS = {"member": "0001", "benefit": "hospital", "happened": "2/11/2569", "units": "3", "on": "4/11/2569"}


def test_a_claim_goes_the_whole_way_and_is_filed_once():
    house = WelfareHouse()
    filed = claim(house, "file", **NIGHTS)
    assert claim(house, "file", **NIGHTS) == filed and "600.00" in filed
    number = filed.split()[0]
    assert number in claim(house, "list")
    assert "CERTIFIED" in claim(house, "certify", claim=number, by="ดาว,คำ,บุญมา", on="5/11/2569")
    assert "APPROVED" in claim(house, "approve", claim=number, by="บุญมี", on="6/11/2569")
    assert "PAID" in claim(house, "pay", claim=number, on="7/11/2569")
    assert number not in claim(house, "list")


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
    run("regulations", "adopt", "--fund", house.code, "--from", "1/1/2558", "--meeting", "ประชุมใหญ่ 2557",
        "--resolution", "มติที่ 4")
    assert "600.00" in claim(house, "file", **NIGHTS)
