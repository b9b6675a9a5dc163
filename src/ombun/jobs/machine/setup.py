"""What is made once from the sources: messages, web fonts, static files. A step runs again when its input changes."""
import importlib.util
import io
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from pathlib import Path

from ombun.jobs.machine.paths import HOME, PACKAGE, ROOT, STATIC_MADE, STATIC_ROOT, digest, locked
from ombun.jobs.machine.words import no_right_to_write, say

FONT_WEIGHTS = {400: "Regular", 700: "Bold"}
FONT_LETTERS = ("U+0020-007E,U+00A0-00FF,U+0E01-0E5B,U+200B-200D,U+2010-2026,U+2190-2193,U+25CC,U+2713,U+26A0")
MANIFEST = "staticfiles.json"
KEPT_SECONDS = 24 * 60 * 60


def prepare_words() -> None:
    """Compile the messages. Before Django is set up: it reads them once and remembers what was missing."""
    with locked(HOME / "setup.lock"):
        _step("messages", PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"), _compile_messages,
              "แปลข้อความ", "compiling the messages")


def prepare_files() -> None:
    """Make everything else that pages and papers need beside the database. Quick when nothing changed."""
    with locked(HOME / "setup.lock"):
        _step("fonts", [_font_file(name) for name in FONT_WEIGHTS.values()], _make_fonts,
              "เตรียมตัวอักษร", "making the web fonts")
        if not (STATIC_ROOT / MANIFEST).exists():  # a collection that was cut off leaves no list behind
            (HOME / "stamps" / "static").unlink(missing_ok=True)
        _step("static", [*_files(PACKAGE.glob("**/static")), *_files([STATIC_MADE]), ROOT / "requirements.txt",
                         PACKAGE / "settings.py"],
              _collect_static, "รวบรวมแฟ้มหน้าจอ", "collecting the static files")


def _step(name: str, inputs: Iterable[Path], make: Callable[[], None], thai: str, english: str) -> None:
    stamp, seen = HOME / "stamps" / name, digest(inputs)
    if stamp.exists() and stamp.read_text("ascii") == seen:
        return
    say(thai, english)
    with no_right_to_write(HOME):
        make()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(seen, "ascii")


def _files(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def _compile_messages() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        part = target.with_suffix(".part")
        part.write_bytes(compiled.getvalue())
        part.replace(target)


def _font_file(weight: str) -> Path:
    package = importlib.util.find_spec("fontpkg_sarabun")
    assert package and package.submodule_search_locations
    return Path(package.submodule_search_locations[0]) / "files" / f"Sarabun-{weight}.ttf"


def _make_fonts() -> None:
    from fontTools import subset

    folder = STATIC_MADE / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for weight, name in FONT_WEIGHTS.items():
        with redirect_stderr(io.StringIO()):
            subset.main([str(_font_file(name)), f"--unicodes={FONT_LETTERS}", "--layout-features=*", "--flavor=woff2",
                         f"--output-file={folder / f'sarabun-{weight}.woff2'}"])


def _collect_static() -> None:
    """Collect beside, then move file by file: a running server of this copy never misses one it has promised."""
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command

    from ombun.jobs.machine.static import Static

    part = STATIC_ROOT.with_name(f"{STATIC_ROOT.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = Command()
    command.storage = Static(location=str(part))
    call_command(command, interactive=False, verbosity=0)
    for made in sorted(_files([part]), key=lambda path: path.name == MANIFEST):  # the list of them comes last
        target = STATIC_ROOT / made.relative_to(part)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    shutil.rmtree(part)
    for old in _files([STATIC_ROOT]):
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:  # what is in use was written just now
            old.unlink()
