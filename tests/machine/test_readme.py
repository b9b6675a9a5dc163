"""The command lines of the README do on the demo fund what they say, in their order, as somebody types them."""
import re
import shlex
import subprocess
from pathlib import Path

from ombun.jobs.machine.paths import ROOT
from tests.machine.homes import Home

EXPECTED = (
    ("import workbook", r"Only read"), ("collection record", r"^Village 4, "), ("collection receipts", r"^Village 4, "),
    ("claim file", r"600\.00"), ("claim certify", r"600\.00"), ("claim approve", r"600\.00"), ("claim pay", r"600\.00"),
    ("claim voucher", r"voucher-\d+-\d+\.pdf"), ("members passbook", r"passbook-0023\.pdf"),
    ("gift receive", r"receipt no\. \d+"), ("cash handover", r"Total"), ("cash statement", r"4 lines are new"),
    ("books trial-balance", r"Total"), ("books income", r"More received than paid"),
    ("books statement", r"Members' contributions"), ("books export", r"open Assets:"), ("month close", r" is closed"),
    ("check", r"checks found nothing"))


def lines() -> list[str]:
    """The command lines that the README gives for the demo, without "./ombun"."""
    walk = (ROOT / "README.md").read_text("utf-8").partition("from the command line")[2]
    return re.findall(r"^\./ombun (.+)$", walk.split("```")[1], re.MULTILINE)


def as_the_readme_says(home: Home, line: str, *, where: Path) -> str:
    """What a line prints, typed in a folder that has our `tests`."""
    done = subprocess.run(home.command(*shlex.split(line)), env=home.environment, capture_output=True, text=True,
                          check=False, cwd=where)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_readme_is_true_on_the_demo(home: Home, tmp_path: Path):
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    made = home.run("demo_fund", "--demo")
    assert made.returncode == 0, made.stderr
    number = ""
    for line, (command, said) in zip(lines(), EXPECTED, strict=True):
        assert line.startswith(command)
        told = as_the_readme_says(home, line.replace("NUMBER", number), where=tmp_path)
        assert re.search(said, told, re.MULTILINE), f"{line}\n{told}"
        number = told.split()[0] if command == "claim file" else number
    assert len(list((tmp_path / "receipts").glob("*.pdf"))) > 50


def test_what_the_demo_answers_in_thai_is_thai_and_a_refusal_is_one_sentence(home: Home):
    def said(*words: str, code: int) -> str:
        done = home.run(*words, "--fund", "demo", OMBUN_LANG="th")
        assert done.returncode == code, done.stdout + done.stderr
        told = done.stderr if code else done.stdout
        assert re.search("[ก-๛]", told) and not re.search("[A-Za-z]{3}", told), told
        return told

    assert home.run("demo_fund", "--demo").returncode == 0
    waiting = [line.split()[0] for line in said("claim", "list", code=0).splitlines()]
    number, year = waiting[-1].split("/")
    for typed in (waiting[-1], f"{int(year) - 543}-{number}"):  # found, and then nobody of this name
        refused = said("claim", "certify", "--claim", typed, "--by", "ไม่มีใครชื่อนี้", code=1)
        assert len(refused.splitlines()) == 1 and "ไม่มีใครชื่อนี้" in refused
    assert "treasurer" in home.run("user", "list", "--demo").stdout
