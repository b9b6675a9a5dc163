"""What the documents say is so: every table has its word, every name and command exists, every link leads somewhere."""
import ast
import re
from functools import cache

import pytest
from django.apps import apps

from ombun.jobs.machine.commands import OWN, fund_commands
from tests.architecture.spoken import PACKAGE, modules, tree

ROOT = PACKAGE.parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAME = re.compile(r"`([A-Za-z_.]+)`")
COMMAND = re.compile(r"\./ombun ([a-z_]+)(?: ([a-z|-]+)\b)?")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@cache
def glossary():
    """The rows of the glossary: Thai, English, names in the code."""
    rows = ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))
    return [row for row in rows if row[0] != "Thai"]


@cache
def names():
    """Every name that is defined, assigned or written as an attribute or a keyword anywhere in the house."""
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found |= {node.name, *(f"{node.name}.{t.id}" for one in node.body if isinstance(one, ast.Assign)
                                       for t in one.targets if isinstance(t, ast.Name))}
            found |= {getattr(node, kind) for kind in ("name", "id", "arg", "attr")
                      if isinstance(getattr(node, kind, None), str)}
    return found


def test_every_table_has_a_word_of_its_own():
    told = {name for row in glossary() for name in NAME.findall(row[2])}
    tables = {model.__name__ for model in apps.get_models() if model.__module__.startswith("ombun.")}
    assert len(tables) > 25 and tables - told == set()


def test_every_name_in_the_glossary_exists():
    assert {name for row in glossary() for name in NAME.findall(row[2]) if name not in names()} == set()


@pytest.mark.parametrize("column", [0, 2], ids=["Thai", "code"])
def test_one_word_means_one_thing(column):
    said = [part for row in glossary() for part in re.split(r" / |, ", row[column]) if part != "–"]
    assert sorted({one for one in said if said.count(one) > 1}) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_in_a_document_exists(document):
    for name, _ in COMMAND.findall(document.read_text("utf-8")):
        assert name in {*OWN, *fund_commands()}, f"there is no ./ombun {name}"


def test_what_a_document_asks_of_a_command_is_known_to_it():
    asked = {(name, step) for document in DOCUMENTS for name, said in COMMAND.findall(document.read_text("utf-8"))
             if name in fund_commands() for step in said.split("|") if step}
    assert len(asked) > 5
    unknown = [f"{name} {step}" for name, step in sorted(asked) if step not in (choices := _steps(name)) and choices]
    assert unknown == []


def _steps(name):
    """The words a command takes in first place."""
    from django.core.management import load_command_class

    parser = load_command_class("ombun.jobs", name).create_parser("ombun", name)
    return {choice for action in parser._actions if not action.option_strings for choice in action.choices or ()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_every_file_named_is_there(document):
    text = document.read_text("utf-8")
    linked = [document.parent / link for link in LINK.findall(text)]
    named = [ROOT / name for name in re.findall(r"`((?:docs|tests|src)/[\w./-]+)`", text)]
    assert [str(path.relative_to(ROOT)) for path in (*linked, *named) if not path.exists()] == []


@pytest.mark.parametrize("decision", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_why_at_what_cost_and_until_when(decision):
    said = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", decision.read_text("utf-8"), re.MULTILINE)
    assert {"Decided", "Why", "Costs", "When to look again"} <= set(said)
