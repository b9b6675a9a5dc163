"""Finding a Chromium for the browser tests."""
import os
import shutil
import subprocess

from ombun.jobs.machine.words import Trouble, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The path of an installed Chromium; root on Debian gets one by apt. Raises Trouble when there is none."""
    if found := _installed():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("ติดตั้ง Chromium สำหรับการทดสอบหน้าจอ", "installing Chromium for the browser tests")
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (install, ["apt-get", "update", "-qq"], install):
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            if command is install and done.returncode == 0:
                break
        if found := _installed():
            return found
    raise Trouble("ไม่มี Chromium สำหรับการทดสอบหน้าจอ: ติดตั้ง chromium ก่อน หรือสั่ง ./ombun test --no-browser",
                  "no Chromium for the browser tests: install chromium, or run ./ombun test --no-browser")


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
