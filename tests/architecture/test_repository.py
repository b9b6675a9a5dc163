"""What may never lie in the repository: numbers of real people, folders of some machine, hosts of registries."""
import hashlib
import re
import subprocess
from functools import cache

import python_calamine

from ombun.primitives.national_id import digits_of, has_valid_check_digit
from tests.architecture.spoken import PACKAGE

ROOT = PACKAGE.parents[1]
NUMBER = re.compile(r"(?<![\w.-])(\d)-?(\d{4})-?(\d{5})-?(\d{2})-?(\d)(?![\w-])")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
# The ends of the hosts of registries, font and script services as digests, so that this file does not name them either.
REGISTRIES = frozenset("""
    a4aa2ac280bb8d1a 8b5bb5eb9d758455 8743857e3ea00fd1 e2dd3580aeebec64 9c6b05022d03bb05
    067a3ff791863417 519db4ade9501a4f b62811dc099c200b 75adac515f0bd3db 751e78d2922d4e32
""".split())
OWN_FOLDERS = re.compile("|".join("/" + name for name in (
    "wo" + r"rk\b", "tm" + "p/", "ro" + r"ot\b", "home/[a-z]+", "Users/[A-Za-z]+")))
BINARY = frozenset({".png", ".xlsx", ".xls", ".ttf", ".woff2", ".pdf", ".gz"})


def is_registry(match):
    """Whether a host lies under one of the registries."""
    end = ".".join(match[0].lower().split(".")[-2:])
    return hashlib.sha256(end.encode()).hexdigest()[:16] in REGISTRIES


@cache
def files():
    """Every text of the repository, as committed or about to be."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=False)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name] if listed.returncode == 0 else [
        path for top in ("src", "tests", "docs") for path in (ROOT / top).rglob("*")]
    return {path: path.read_text("utf-8") for path in paths
            if path.is_file() and path.suffix not in BINARY and "__pycache__" not in path.parts}


def lines_with(pattern, is_wrong=lambda match: True):
    """Every line in which a pattern is found."""
    return [f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
            for path, text in files().items() for match in pattern.finditer(text) if is_wrong(match)]


def test_enough_was_read_for_these_tests_to_mean_something():
    assert len(files()) > 300
    assert NUMBER.search("เลข 9-1005-00123-45-6 ของ") and not NUMBER.search("0x1234567890123")
    assert is_registry(HOST.search("see files.Registry" + ".example/simple"))
    assert not is_registry(HOST.search("see a.b.example"))
    assert OWN_FOLDERS.search("/wo" + "rk/main")


def test_no_number_could_be_a_real_persons():
    def could_be_real(match):
        number = "".join(match.groups())
        return number[0] != "9" and has_valid_check_digit(number)

    assert lines_with(NUMBER, could_be_real) == []


def test_no_number_in_a_workbook_could_be_a_real_persons():
    cells = [str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
             for file in sorted((ROOT / "tests").rglob("*.xls*"))
             for book in [python_calamine.CalamineWorkbook.from_path(str(file))]
             for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row]
    numbers = [number for number in map(digits_of, cells) if has_valid_check_digit(number)]
    assert len(numbers) > 1000 and [number for number in numbers if number[0] != "9"] == []


def test_nothing_names_the_host_of_a_registry():
    assert lines_with(HOST, is_registry) == []


def test_nothing_names_a_folder_of_somebodys_machine():
    assert lines_with(OWN_FOLDERS) == []


def test_nothing_large_or_generated_is_kept():
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    names = [name for name in kept.split("\0") if name]
    assert [name for name in names if name.endswith((".mo", ".pyc", ".woff2", ".ttf", ".log", ".lock"))] == []
    assert [name for name in names if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_500_000] == []
