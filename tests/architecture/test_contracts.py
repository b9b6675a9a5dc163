"""The rooms know whom they may know, and the tables are what the models say."""
import os
import subprocess
import sys

from django.apps import apps
from django.core.management import call_command

from tests.architecture.spoken import PACKAGE, ROOMS

ROOT = PACKAGE.parents[1]
CONTRACTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_the_import_contracts_hold():
    asked = subprocess.run([sys.executable, "-c", CONTRACTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True,
                           env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False)
    assert asked.returncode == 0 and "0 broken" in asked.stdout, asked.stdout + asked.stderr


def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)  # exits when one has


def test_every_room_is_installed():
    installed = {app.name for app in apps.get_app_configs()}
    assert {f"ombun.{room}" for room in ROOMS} - {"ombun.primitives"} <= installed
