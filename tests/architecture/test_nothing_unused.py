"""What nobody uses is not there: every package asked for, every public name of a module, every word of a catalogue."""
import ast
import re
from collections import Counter
from importlib.metadata import packages_distributions

from tests.architecture.spoken import PACKAGE, modules, tree

ROOT = PACKAGE.parents[1]
WORDS = Counter(word for kind in ("py", "html", "json") for path in PACKAGE.rglob(f"*.{kind}")
                for word in re.findall(r"\w+", path.read_text("utf-8")))
FOUND_BY_THEIR_NAME = {"checks.py", "settings.py", "urls.py", "apps.py", "__init__.py"}  # all are asked; read by Django
FOR_TESTS = {"test_cluster"}


def test_every_package_asked_for_is_used():
    asked = re.findall(r"^([\w-]+)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    brings = {name: {module for module, packages in packages_distributions().items()
                     if name in {package.lower().replace("_", "-") for package in packages}} for name in asked}
    brings["tzdata"] = {"zoneinfo", "TIME_ZONE"}
    assert len(asked) > 10
    assert [name for name in asked if not any(WORDS[module] for module in brings[name])] == []


def test_every_public_name_is_used_by_the_house_itself():
    """A name that only tests call is a promise nobody asked for."""
    lonely = [f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}" for path in modules()
              if path.name not in FOUND_BY_THEIR_NAME
              for node in tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
              and not any("register" in ast.unparse(one) for one in node.decorator_list)
              and node.name not in FOR_TESTS and WORDS[node.name] < 2]
    assert lonely == [], "\n".join(lonely)


def test_every_constant_is_used():
    lonely = [f"{path.relative_to(PACKAGE)}:{node.lineno} {target.id}" for path in modules()
              if path.name not in FOUND_BY_THEIR_NAME
              for node in tree(path).body if isinstance(node, ast.Assign | ast.AnnAssign)
              for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
              if isinstance(target, ast.Name) and WORDS[target.id] < 2]
    assert lonely == [], "\n".join(lonely)
