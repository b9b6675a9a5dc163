"""Commands of ours in a home of their own, as somebody at the keyboard starts them."""
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from ombun.jobs.machine.paths import PACKAGE


class Home:
    """Data, stamps and static files of commands under test; the sources are ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OMBUN_DATABASE")}
        self.environment = kept | {"OMBUN_HOME": str(folder), "PYTHONPATH": str(PACKAGE.parent), "OMBUN_LANG": "en"}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "ombun.jobs", *arguments]

    def run(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Call a command and wait."""
        return subprocess.run(self.command(*arguments), env=self.environment | more, capture_output=True, text=True,
                              check=False, cwd="/")


class Served:
    """A command that serves pages, from its ready line on."""

    def __init__(self, home: Home, *arguments: str) -> None:
        self.process = subprocess.Popen(home.command(*arguments), env=home.environment, text=True,
                                        stdout=subprocess.PIPE)
        assert self.process.stdout
        self.ready = next((line for line in self.process.stdout if line.startswith("ready ")), "")
        self.address = self.ready.removeprefix("ready ").strip()

    def status(self) -> int:
        """What the first page answers."""
        try:
            return int(urllib.request.urlopen(self.address, timeout=20).status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> int:
        """End it as a terminal does; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)
