"""A bank statement from the command line: taken in once, what is open is listed, columns are told and remembered."""
import pytest
from django.core.management import CommandError, call_command

from tests.people import Cast

FILE = "วันที่,รายการ,ฝาก,ถอน\n2/11/2568,M0001,30.00,\n3/11/2568,ค่าธรรมเนียม,,5.00\n"


def typed(capsys, *words):
    call_command("cash", "statement", *words)
    return capsys.readouterr().out


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bank.csv"
    path.write_text(FILE)
    return path


def test_a_statement_comes_in_once(capsys, file):
    fund = Cast(members=1)
    told = typed(capsys, str(file), "--fund", fund.code)
    assert "ใหม่ 2 บรรทัด" in told and "30.00" in told and "M0001" in told and "-5.00" in told
    assert "ใหม่ 0 บรรทัด เคยเข้าแล้ว 2 บรรทัด" in typed(capsys, str(file), "--fund", fund.code)


def test_columns_that_no_bank_has_are_told_once(capsys, file):
    fund = Cast(members=1)
    file.write_text(FILE.replace("วันที่", "เมื่อ").replace("ฝาก", "ได้").replace("ถอน", "เสีย"))
    with pytest.raises(CommandError, match="ช่องไหนคือวันที่"):
        typed(capsys, str(file), "--fund", fund.code)
    typed(capsys, str(file), "--fund", fund.code, "--columns", "moved_on=เมื่อ", "came_in=ได้", "went_out=เสีย")
    file.write_text(file.read_text() + "4/11/2568,,1.00,\n")
    assert "ใหม่ 1 บรรทัด" in typed(capsys, str(file), "--fund", fund.code)


def test_no_file_and_no_such_account_are_refused(capsys, file):
    fund = Cast(members=1)
    for words in ((str(file) + "x",), (str(file), "--account", "1110")):
        with pytest.raises(CommandError):
            typed(capsys, *words, "--fund", fund.code)
