"""Every command tells what it does and what may be typed, in the language of the terminal, without a database."""
import inspect
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from ombun.jobs.machine import commands, options
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


@pytest.mark.parametrize("name", sorted(OWN))
def test_each_word_after_a_command_of_the_machine_is_explained(told: Told, name: str):
    for language in ("th", "en"):
        lines = told(name, *["x"] * (name != "manage"), "--help", language=language).splitlines()[1:]
        for word in options.of(OWN[name].shape):
            line = next(line for line in lines if line.split(f"    {word} ")[0] == "")
            assert len(line) > 25 and bool(re.search("[ก-๛]", line)) == (language == "th"), line


def test_a_shape_names_all_that_a_command_takes():
    taken = {name: set(re.findall(r'add_argument\("(--[a-z-]+)"', inspect.getsource(OWN[name].run))) for name in OWN}
    assert sum(map(len, taken.values())) > 5
    assert [name for name in OWN if not taken[name] <= {word.split()[0] for word in options.of(OWN[name].shape)}] == []


@pytest.mark.parametrize("arguments", [("lint", "--no"), ("lint", "src"), ("migrate", "--fake"), ("migrate", "access")])
def test_a_word_that_a_command_does_not_know_makes_it_do_nothing(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(commands, "opened", lambda *_, **__: pytest.fail("a database was opened"))
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("a program was run"))
    assert commands.run([*arguments]) == 2
    assert re.fullmatch(rf"ombun: .+ does not know {arguments[1]}: .+\n", capsys.readouterr().err)


def test_djangos_own_commands_tell_their_options_without_a_database(told: Told):
    assert "--fake" in told("manage", "migrate", "--help")


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
