"""House rules that a linter does not know. Every failure names the file, the line and the reason."""
import ast
import re

from tests.architecture.spoken import PACKAGE, THAI, modules, tree

TESTS = PACKAGE.parents[1] / "tests"
LINES_MAX, HANDLE_LINES_MAX = 45, 15
FURNITURE = frozenset({"operations", "queries", "rules", "checks"})
BANNED = frozenset("utils util helpers helper common misc manager managers service services handler handlers data base"
                   .split())
CLOCK = frozenset({"now", "today", "localdate", "localtime", "utcnow", "time", "time_ns"})
CLOCKS = frozenset({"datetime", "date", "timezone", "time"})
HAS_A_CLOCK = frozenset({"web", "jobs"})
DOOR = PACKAGE / "access" / "door.py"  # stands before the rooms: it asks who may come in today
WRITES = frozenset({"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete",
                    "save", "aupdate", "acreate", "adelete", "asave"})
OVERRIDES = frozenset({"save", "delete", "clean", "full_clean", "clean_fields", "__init__"})
WRITTEN = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY)\s+([a-z]+)_[a-z]+\b")
SQL_CLOCK = re.compile(r"\b(?:now\(\)|current_date|current_timestamp|clock_timestamp)", re.IGNORECASE)


def room_of(path):
    """The room a module stands in; the files beside the rooms are rooms of one file."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def piece_of(path):
    """Which piece of furniture a module is, or is a part of: operations, rules, web pages …"""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


def found(look, paths=None):
    """What a rule finds: a line for everything it says of a module."""
    return "\n".join(f"{path.relative_to(PACKAGE.parents[1])}:{getattr(node, 'lineno', 1)}: {why}"
                     for path in paths or modules() for node, why in look(path, tree(path)))


def functions(parsed):
    """Every function of a module, inner ones too."""
    return [node for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(parsed):
    """Every call `….name()` of a module, with the name and what it is called on."""
    return [(node, node.func.attr, node.func.value) for node in ast.walk(parsed)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def texts(parsed):
    """Every string of a module."""
    return [node for node in ast.walk(parsed) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def imports(parsed):
    """Every `from module import …` of a module."""
    return [node for node in ast.walk(parsed) if isinstance(node, ast.ImportFrom) and node.module]


def test_a_module_is_named_after_what_it_holds():
    def look(path, parsed):
        for name in {path.stem, *path.relative_to(PACKAGE).parts[:-1]} & BANNED:
            yield parsed, f"{name} says nothing of what it holds"

    assert not (said := found(look)), said


def test_a_function_fits_on_a_screen():
    def look(path, parsed):
        for one in functions(parsed):
            if (lines := one.end_lineno - one.lineno + 1) > LINES_MAX:
                yield one, f"{one.name} has {lines} lines"

    assert not (said := found(look, [*modules(), *sorted(TESTS.rglob("*.py"))])), said


def test_what_a_room_offers_is_called_by_name_and_explained():
    def look(path, parsed):
        if piece_of(path) not in FURNITURE:
            return
        for one in parsed.body:
            if not isinstance(one, ast.FunctionDef) or one.name.startswith("_"):
                continue
            if one.args.args or one.args.posonlyargs or one.args.vararg:
                yield one, f"{one.name} takes arguments by position"
            if ast.get_docstring(one) is None:
                yield one, f"{one.name} has no docstring"
            if one.returns is None:
                yield one, f"{one.name} does not say what it returns"

    assert not (said := found(look)), said


def test_what_everybody_may_use_is_explained():
    """A class is read by its name and one sentence; a command explains itself by its help."""
    def look(path, parsed):
        for one in parsed.body:
            if isinstance(one, ast.ClassDef) and not one.name.startswith("_") and one.name != "Command" \
                    and ast.get_docstring(one) is None:
                yield one, f"{one.name} has no docstring"

    assert not (said := found(look)), said


def test_only_pages_and_jobs_know_what_time_it_is():
    def look(path, parsed):
        if room_of(path) in HAS_A_CLOCK or path == DOOR:
            return
        for node, name, on in calls(parsed):
            if name in CLOCK and isinstance(on, ast.Name) and on.id in CLOCKS:
                yield node, f"{on.id}.{name}() below the pages and the jobs"
        for text in texts(parsed):
            if SQL_CLOCK.search(text.value):
                yield text, "a clock in SQL"

    assert not (said := found(look)), said


def test_there_are_no_floats_where_money_is():
    def look(path, parsed):
        if path.parent == PACKAGE or room_of(path) in {"outlook", "web", "jobs"}:
            return  # pictures have coordinates, machines have seconds
        for node in ast.walk(parsed):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                yield node, f"the float {node.value}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
                yield node, "float() near money"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_a_path(node):
                yield node, "a division that makes a float; money is divided by //"

    assert not (said := found(look)), said


def _is_a_path(node):
    """`folder / "file"`: a division of paths."""
    words = ast.unparse(node)
    return any(mark in words for mark in ("Path", "'", '"', "parent"))


def test_money_in_pages_is_whole_satang():
    def look(path, parsed):
        for node in ast.walk(parsed):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and "_satang" in ast.unparse(node):
                yield node, "satang are divided by //"

    drawn = PACKAGE / "web" / "charts.py"  # the length of a bar
    assert not (said := found(look, [path for path in modules() if path != drawn])), said


def test_tables_are_written_only_by_the_operations_of_their_room():
    def look(path, parsed):
        room, is_writer = room_of(path), piece_of(path) == "operations"
        models = {alias.asname or alias.name: node for node in imports(parsed) if node.module.endswith(".models")
                  and node.module.startswith("ombun.") for alias in node.names}
        for node in models.values():
            if is_writer and node.module != f"ombun.{room}.models":
                yield node, "uses another room's operations and queries, never its models"
            if room in {"web", "jobs", "papers"}:
                yield node, "pages, papers and jobs do not touch tables"
        for node, name, on in calls(parsed):
            if name in WRITES and not is_writer and any(f"{model}.objects" in ast.unparse(on) for model in models):
                yield node, f"{ast.unparse(on)}.{name}() writes outside operations"
        for text in texts(parsed):
            for table in WRITTEN.findall(text.value):
                if table != room or not is_writer:
                    yield text, f"writes into a table of {table}"

    assert not (said := found(look)), said


def test_sql_files_write_only_tables_of_their_room():
    wrong = [f"{file.relative_to(PACKAGE)} writes into a table of {room}" for file in sorted(PACKAGE.rglob("*.sql"))
             for room in WRITTEN.findall(file.read_text("utf-8")) if room != room_of(file)]
    assert wrong == []


def test_models_have_no_hidden_life():
    def look(path, parsed):
        for node in imports(parsed):
            if node.module.startswith(("django.db.models.signals", "django.dispatch", "django.core.signals")):
                yield node, "no signals"
        if piece_of(path) != "models":
            return
        for one in (node for node in parsed.body if isinstance(node, ast.ClassDef)):
            for inside in one.body:
                if isinstance(inside, ast.FunctionDef) and inside.name in OVERRIDES:
                    yield inside, f"{one.name} overrides {inside.name}"
            if "ordering" in {t.id for node in ast.walk(one) if isinstance(node, ast.Assign)
                              for t in node.targets if isinstance(t, ast.Name)}:
                yield one, f"{one.name} has an order that nobody asked for"
            if ast.get_docstring(one) is None and not path.is_relative_to(PACKAGE / "web"):
                yield one, f"{one.name} has no docstring"

    assert not (said := found(look)), said


def test_a_command_is_a_translator():
    def look(path, parsed):
        for one in functions(parsed):
            lines = one.end_lineno - one.lineno + 1
            if one.name == "handle" and path.parent.name == "commands" and lines > HANDLE_LINES_MAX:
                yield one, f"handle has {lines} lines"

    assert not (said := found(look)), said


def test_every_room_says_in_english_and_in_thai_what_it_is_for():
    def look(path, parsed):
        if path.name != "__init__.py" or len(path.relative_to(PACKAGE).parts) != 2:
            return
        said = (ast.get_docstring(parsed) or "").splitlines()
        if not said or not said[0].isascii() or not said[0].endswith("."):
            yield parsed, "has no English sentence"
        if not any(THAI.match(line) for line in said):
            yield parsed, "has no Thai sentence"

    assert not (said := found(look)), said


def test_these_rules_can_fail():
    """A module that breaks them all is caught by each."""
    broken = ast.parse("import x\n" + "def f(a):\n" + "    1\n" * 50)
    assert functions(broken)[0].end_lineno - functions(broken)[0].lineno + 1 > LINES_MAX
    assert WRITTEN.findall("INSERT INTO ledger_entry (a)") == ["ledger"]
    assert WRITTEN.findall("UPDATE members_member SET") == ["members"]
    assert SQL_CLOCK.search("SELECT now()") and not SQL_CLOCK.search("SELECT known")
    assert [name for _, name, on in calls(ast.parse("date.today()")) if on.id in CLOCKS] == ["today"]
    assert not _is_a_path(ast.parse("a / b").body[0].value) and _is_a_path(ast.parse("Path(a) / b").body[0].value)
