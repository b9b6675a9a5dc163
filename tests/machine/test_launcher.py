"""The launcher prepares a copy once, goes on after an interruption, and says in one line what is missing.

It runs here on a copy of its own, with one small package that needs no network.
"""
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from ombun.jobs.machine.paths import ROOT

SAYS_WHAT_IT_GOT = "import sys, tiny_ombun_part; print('ran', tiny_ombun_part.VALUE, *sys.argv[1:])"


class Copy:
    """A copy that consists of the launcher, a list with one package, and a command that shows its arguments."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.wheels = folder, folder.parent / "wheels"
        (folder / "src/ombun/jobs").mkdir(parents=True)
        (folder / "src/ombun/jobs/__main__.py").write_text(SAYS_WHAT_IT_GOT)
        shutil.copy(ROOT / "ombun", folder / "ombun")
        self.wheels.mkdir()
        self.require(value=1)

    def require(self, *, value: int, digest: str | None = None) -> None:
        """List the package in a version with this value, by its hash."""
        version = f"1.{value}"
        wheel = self.wheels / f"tiny_ombun_part-{version}-py3-none-any.whl"
        info = f"tiny_ombun_part-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("tiny_ombun_part.py", f"VALUE = {value}\n")
            file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-ombun-part\nVersion: {version}\n")
            file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\n"
                                           "Tag: py3-none-any\n")
            file.writestr(f"{info}/RECORD", "")
        digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.folder / name).write_text(f"tiny-ombun-part=={version} --hash=sha256:{digest}\n")

    @property
    def environment(self) -> dict[str, str]:
        """No network: packages come from a folder."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "OMBUN_"))}
        return inherited | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}

    def run(self, *arguments: str, python: tuple[str, ...] = (sys.executable,),
            **more: str) -> "subprocess.CompletedProcess[str]":
        """Call the launcher and wait."""
        return subprocess.run([*python, str(self.folder / "ombun"), *arguments], env=self.environment | more,
                              capture_output=True, text=True, check=False, cwd="/")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy in a folder with spaces."""
    return Copy(tmp_path_factory.mktemp("launcher") / "กองทุน ของ เรา")


def test_the_first_start_prepares_and_the_second_is_quick(copy: Copy):
    """It says so in Thai with English beside it."""
    first = copy.run("books", "trial balance", "--json")
    assert first.stdout == "ran 1 books trial balance --json\n", first.stderr
    assert "ติดตั้งโปรแกรมที่ใช้ 1 รายการ" in first.stderr
    assert "installing 1 packages" in first.stderr
    second = copy.run("serve", OMBUN_LANG="en")
    assert (second.stdout, second.stderr) == ("ran 1 serve\n", "")


def test_a_changed_list_is_installed(copy: Copy):
    """And told in English alone where that is wished."""
    copy.require(value=2)
    changed = copy.run("test", OMBUN_LANG="en")
    assert changed.stdout == "ran 2 test\n"
    assert "installing 1 packages" in changed.stderr
    assert not any("ก" <= letter <= "๛" for letter in changed.stderr)


def test_without_pip_and_venv_it_says_what_to_install(tmp_path: Path):
    """A bare Python, as Debian brings it."""
    copy = Copy(tmp_path / "copy")
    bare = ("import sys, runpy, subprocess; real = subprocess.run\n"
            "def without(command, **more):\n"
            "    if command[1:3] == ['-m', 'venv'] and '--without-pip' not in command:\n"
            "        return subprocess.CompletedProcess(command, 1, 'ensurepip is not available', '')\n"
            "    return subprocess.CompletedProcess(command, 1) if 'pip' in command else real(command, **more)\n"
            "subprocess.run = without\n"
            "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')")
    told = copy.run("demo", python=(sys.executable, "-c", bare))
    assert told.returncode == 1
    assert "python3-venv" in told.stderr.splitlines()[-1]
    assert "Traceback" not in told.stderr


def test_a_killed_installation_is_done_again(copy: Copy):
    copy.require(value=5)
    killed = subprocess.Popen([sys.executable, str(copy.folder / "ombun"), "x"], env=copy.environment, text=True,
                              stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert killed.stderr
    while "installing" not in killed.stderr.readline():
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    half_made = copy.folder / ".ombun/venv/lib" / f"python3.{sys.version_info[1]}" / "site-packages/tiny_ombun_part.py"
    half_made.write_text("broken in the middle (")
    again = copy.run("x")
    assert again.stdout == "ran 5 x\n", again.stderr


def test_a_download_with_another_content_is_refused(copy: Copy):
    copy.require(value=6, digest="0" * 64)
    refused = copy.run("x")
    assert refused.returncode != 0
    assert refused.stdout == ""
    assert "hash" in refused.stderr.splitlines()[-1]
    assert "Traceback" not in refused.stderr


def test_without_the_package_it_says_to_check_the_internet(copy: Copy):
    copy.require(value=7)
    shutil.rmtree(copy.wheels)
    copy.wheels.mkdir()
    refused = copy.run("x")
    assert refused.returncode != 0
    assert "check the internet" in refused.stderr.splitlines()[-1]
    copy.require(value=7)
    assert copy.run("x").stdout == "ran 7 x\n"


def test_an_old_python_is_told_so(copy: Copy):
    pretend = ("import sys, runpy; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (x)'; "
               "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')")
    told = copy.run("demo", python=(sys.executable, "-c", pretend))
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "Python 3.11" in told.stderr
    assert "3.9.2" in told.stderr


def test_no_right_to_write(tmp_path: Path):
    """A copy whose folder cannot be made says so."""
    copy = Copy(tmp_path / "copy")
    (copy.folder / ".ombun").symlink_to("/sys/kernel/ombun" if os.geteuid() == 0 else "/proc/1/ombun")
    told = copy.run("x")
    assert told.returncode != 0
    assert "Traceback" not in told.stderr
    assert "no right to write" in told.stderr
