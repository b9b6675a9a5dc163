"""Every command tells what it does and what may be typed, in the language of the terminal, without a database."""
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from ombun.jobs.machine import commands
from ombun.jobs.machine.commands import OWN, fund_commands
from tests.machine.homes import Home

OF_A_CLAIM = {"file": "--member --benefit --happened --units --on", "certify": "--claim --by --on", "list": "--fund",
              "approve": "--claim --amount --by --on", "reject": "--claim --because --by",
              "pay": "--claim --payee --by --on"}
Told = Callable[..., str]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command prints where no database may be opened."""
    monkeypatch.setattr(commands, "opened", lambda *_, **__: pytest.fail("a database was opened"))

    def run(*arguments: str, language: str = "en") -> str:
        monkeypatch.setenv("OMBUN_LANG", language)
        assert commands.run([*arguments]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", sorted({*OWN, *fund_commands()}))
def test_every_command_tells_what_it_does(told: Told, name: str, language: str):
    said = told(name, "--help", language=language)
    assert f"ombun {name}" in said
    assert bool(re.search("[ก-๛]", said)) == (language == "th"), said


@pytest.mark.parametrize("step", OF_A_CLAIM)
def test_each_step_of_a_claim_tells_its_own_options(told: Told, step: str):
    said = told("claim", step, "--help")
    assert [option for option in OF_A_CLAIM[step].split() if option not in said] == []
    assert step in told("claim", "--help")


def test_an_option_says_what_it_is_for_and_the_ones_for_developers_are_not_shown(told: Told):
    said = told("month", "close", "--help")
    assert re.search(r"--month MONTH +\S", said) and re.search(r"--by BY +\S", said), said
    assert "--settings" not in said and "--skip-checks" not in said


def test_help_is_found_under_every_name_and_says_how_to_go_on(told: Told):
    said = told("help")
    assert said == told("--help") == told("-h")
    assert "./ombun claim --help" in said


def test_a_newcomer_who_asks_for_help_has_no_database_yet(tmp_path: Path):
    newcomer = Home(tmp_path)
    said = newcomer.run("claim", "file", "--help")
    assert (said.returncode, "Traceback" in said.stderr) == (0, False), said.stderr
    assert "--units" in said.stdout
    assert not (tmp_path / "postgres").exists()


def test_a_file_that_is_not_there_is_a_sentence(fund, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    from django.core.management import CommandError, call_command

    missing = [str(tmp_path / name) for name in ("one.xlsx", "two.xlsx")]
    with pytest.raises(CommandError) as refused:
        call_command("import", "workbook", *missing, "--fund", fund.code, "--dry-run")
    assert [line.split()[-1].rstrip(".") for line in str(refused.value).splitlines()] == missing


def test_a_refusal_is_one_sentence_and_a_mistyped_command_says_where_to_look(monkeypatch: pytest.MonkeyPatch,
                                                                            capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(commands, "opened", lambda *_, **__: nullcontext())
    monkeypatch.setenv("OMBUN_LANG", "th")
    assert commands.run(["claim", "list", "--fund", "no-such-fund"]) == 1
    assert capsys.readouterr() == ("", "ไม่มีกองทุนรหัส no-such-fund\n")
    assert commands.run(["claim", "file", "--fund", "no-such-fund"]) == 2
    assert "./ombun claim --help" in capsys.readouterr().err.splitlines()[-1]
    assert commands.run(["backup"]) == 2
    assert "./ombun backup --help" in capsys.readouterr().err.splitlines()[-1]
