"""On the very first start the words are there already: they are compiled before anything reads them."""
import os
import shutil
import subprocess
import sys

from ombun.jobs.machine.paths import PACKAGE, ROOT

SPEAKS = """
from ombun.jobs.machine import opening, setup
opening.set_up_django()
setup.prepare_files()
from django.utils.translation import gettext
print(gettext("funds.fund_without_name"))
"""


def test_a_fresh_copy_speaks_at_once(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "src" / "ombun", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    said = subprocess.run([sys.executable, "-c", SPEAKS], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(tmp_path / "src")})
    assert said.stdout == "ยังไม่ได้ใส่ชื่อกองทุน\n"
