"""What the house says, found in its source: texts given to gettext, in Python and in templates, and sentence codes."""
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[2] / "src" / "ombun"
ROOMS = frozenset(p.parent.name for p in PACKAGE.glob("*/__init__.py"))
THAI = re.compile(r"[\u0e00-\u0e7f]")
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%|(%)")
_STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_IN_TEMPLATE = re.compile(rf"(?:(ngettext)|gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
_SAYS = frozenset({"Refusal", "Step", "Finding"})


class Text(NamedTuple):
    """A text and where it stands."""

    msgid: str
    path: Path
    line: int

    @property
    def place(self) -> str:
        """The file and the line, for whoever has to mend it."""
        return f"{self.path.relative_to(PACKAGE)}:{self.line}"

    @property
    def app(self) -> Path:
        """The desk or the room it belongs to."""
        parts = self.path.relative_to(PACKAGE).parts
        desk = PACKAGE / "web" / parts[1]
        return desk if parts[0] == "web" and (desk / "urls.py").exists() else PACKAGE / parts[0]


@cache
def tree(path: Path) -> ast.Module:
    """The source of a module, parsed."""
    return ast.parse(path.read_text("utf-8"))


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the house."""
    return tuple(p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts)


class Said(NamedTuple):
    """A translation: the text (of a plural both) and its words (of a plural every form)."""

    texts: tuple[str, ...]
    words: tuple[str, ...]


NOTHING = Said(("",), ("",))


@cache
def catalogue(app: Path, language: str) -> dict[str, Said]:
    """What a room or desk says in a language, by text; a plural by either of its texts."""
    source = app / "locale" / language / "LC_MESSAGES" / "django.po"
    if not source.exists():
        return {}
    with source.open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    return {text: Said(_all(m.id), _all(m.string)) for m in read if m.id and not m.fuzzy for text in _all(m.id)}


def _all(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def placeholders(text: str) -> frozenset[str]:
    """The facts a text names; a lone % is an error of its own."""
    return frozenset(name or "lone %" for name, lone in PLACEHOLDER.findall(text) if name or lone)


def texts() -> Iterator[Text]:
    """Every text for people, in Python and in templates."""
    for path in modules():
        yield from _texts_of_module(path)
    for suffix in ("html", "txt"):
        for path in sorted(PACKAGE.glob(f"**/templates/**/*.{suffix}")):
            yield from _texts_of_template(path)


def _texts_of_module(path: Path) -> Iterator[Text]:
    names = {alias.asname or alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)
             and node.module == "django.utils.translation" for alias in node.names if "gettext" in alias.name}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from (Text(a.value, path, node.lineno) for a in node.args if _is_text(a))


def _texts_of_template(path: Path) -> Iterator[Text]:
    source = templatize(path.read_text("utf-8"), origin=str(path))
    for found in _IN_TEMPLATE.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        yield from (Text(ast.literal_eval(s), path, line) for s in found.groups()[1:] if s)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def codes() -> Iterator[Text]:
    """Every sentence code a room gives to a refusal, a step of an explanation or a check."""
    for path in modules():
        room = path.relative_to(PACKAGE).parts[0]
        prefixing = _functions_that_prefix(path)
        for call in (n for n in ast.walk(tree(path)) if isinstance(n, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            given = {k.arg: k.value for k in call.keywords}
            if name in _SAYS and "code" in given:
                said, prefix = given["code"], room
            elif name in ("findings", "Finding") and "check" in given:
                said, prefix = given["check"], room
            elif name in prefixing and ("code" in given or call.args):
                said, prefix = given.get("code") or call.args[0], prefixing[name]
            else:
                continue
            yield from (Text(c if "." in c else f"{prefix}.{c}", path, call.lineno) for c in _constants(said))


def _constants(node: ast.AST) -> Iterator[str]:
    """The strings an expression can be: itself, or either side of `a if … else b`."""
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif _is_text(node):
        yield node.value


@cache
def _functions_that_prefix(path: Path) -> dict[str, str]:
    """Functions of a module that take a `code` first and say it: with `f"room.{code}"`, or as it is."""
    found = {"refuse": ""} if path.is_relative_to(PACKAGE / "web") else {}
    for function in (n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef)):
        if "code" not in [a.arg for a in [*function.args.args, *function.args.kwonlyargs]]:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.JoinedStr) and ast.unparse(node) in {f"f'{room}.{{code}}'" for room in ROOMS}:
                found[function.name] = node.values[0].value.rstrip(".")
    return found


def facts_given() -> Iterator[tuple[Text, frozenset[str]]]:
    """For every refusal or step whose facts stand beside its code: the names of the facts."""
    for path in modules():
        for call in (n for n in ast.walk(tree(path)) if isinstance(n, ast.Call)):
            given = {k.arg: k.value for k in call.keywords}
            if getattr(call.func, "id", "") not in ("Refusal", "Step") or not _is_text(given.get("code")):
                continue
            facts = given.get("facts", ast.Dict(keys=[], values=[]))
            if isinstance(facts, ast.Dict) and all(_is_text(k) for k in facts.keys):
                yield Text(given["code"].value, path, call.lineno), frozenset(k.value for k in facts.keys)
