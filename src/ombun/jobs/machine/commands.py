"""Every command behind `./ombun`. The machine's own are here; the fund's are Django commands of the room `jobs`."""
import argparse
import json
import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from ombun.jobs.machine import bench as benchmarks
from ombun.jobs.machine import database, mark, opening, options, scratch, setup
from ombun.jobs.machine.opening import opened
from ombun.jobs.machine.paths import PACKAGE, ROOT
from ombun.jobs.machine.words import Trouble, in_words, say

HELP = {"-h", "--help"}
WITHOUT_DATA = {("regulations", "schema")}


def run(arguments: list[str]) -> int:
    """Run one command; a trouble with the machine is one line and exit code 2."""
    name, rest = (arguments or ["help"])[0], arguments[1:]
    try:
        if name in HELP:
            return help_([])
        if name in OWN:
            asks_about_django = name == "manage" and rest[:1] and rest[0] not in HELP
            return _told(name) if HELP & set(rest) and not asks_about_django else OWN[name].run(rest)
        if name in fund_commands():
            if HELP & set(rest) or (name, *rest) in WITHOUT_DATA:
                opening.set_up_django()
                return _django(name, rest)
            with opened(_database_for(rest)):
                return _django(name, [word for word in rest if word not in ("--demo", "--real")])
        raise Trouble(f"ไม่มีคำสั่ง {name}: ดูคำสั่งทั้งหมดด้วย ./ombun help", f"there is no command {name}: see ./ombun help")
    except Trouble as trouble:
        print(f"ombun: {in_words(trouble.thai, trouble.english)}", file=sys.stderr)
        return 2
    except SystemExit as end:  # argparse has told what is wrong, in English
        if end.code:
            say(f"พิมพ์คำสั่งไม่ครบหรือไม่ถูก: ดูวิธีใช้ด้วย ./ombun {name} --help",
                f"something is missing or mistyped: see ./ombun {name} --help")
        return 2 if end.code else 0
    except KeyboardInterrupt:
        return 130


def _told(name: str) -> int:
    print(_line(OWN[name].shape, OWN[name].thai, OWN[name].english))
    print("".join(f"{line}\n" for line in options.told(OWN[name].shape)), end="")
    if name == "bench":
        print("\n".join(benchmarks.described()))
    return 0


def _line(shape: str, thai: str, english: str) -> str:
    return f"  ./ombun {shape:<34} {in_words(thai, english)}"


def fund_commands() -> list[str]:
    """The commands that the room `jobs` brings, by their files."""
    return sorted(module.name for module in pkgutil.iter_modules([str(PACKAGE / "jobs" / "management" / "commands")]))


def _database_for(arguments: list[str]) -> str:
    """The demo fund lives in the demo's database; everything else is about the real one unless --demo says so."""
    about_demo = {"--demo", "--fund=demo"} & set(arguments) or ("--fund", "demo") in pairwise(arguments)
    return database.DEMO if about_demo and "--real" not in arguments else database.REAL


def _django(name: str, arguments: list[str]) -> int:
    from django.core.management import ManagementUtility
    from django.utils import translation

    with translation.override(os.environ.get("OMBUN_LANG", "th")):
        try:
            ManagementUtility(["ombun", name, *arguments]).execute()
        except SystemExit as end:
            if end.code == 2:
                raise
            return end.code if isinstance(end.code, int) else 1 if end.code else 0
    return 0


def _served(arguments: list[str], *, name: str) -> argparse.Namespace:
    from ombun.jobs.machine import lan, server

    parser = argparse.ArgumentParser(prog=f"ombun {name}")
    parser.add_argument("--port", type=server.port_number)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--host", default="127.0.0.1")
    where.add_argument("--lan", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    if name == "demo":
        parser.add_argument("--fresh", action="store_true")
    typed = parser.parse_args(arguments)
    if typed.lan:
        lan.demand_a_network()
        typed.host = "0.0.0.0"
    server.demand_free_port(host=typed.host, port=typed.port)
    server.may_be_reached_at(typed.host)
    return typed


def demo(arguments: list[str]) -> int:
    """Open the demo fund in a database of its own; --fresh makes it anew."""
    from ombun.jobs.machine import server

    typed = _served(arguments, name="demo")
    if typed.fresh and not os.environ.get("OMBUN_DATABASE_URL"):
        with opening.own_server() as cluster:
            database.drop_database(cluster, database=database.DEMO)
    with opened(database.DEMO):
        if "demo_fund" in fund_commands() and (failed := _django("demo_fund", [])):
            return failed
        server.run_until_stopped(host=typed.host, port=typed.port, opens_browser=not typed.no_browser,
                                 is_open_to_phones=typed.lan)
    return 0


def serve(arguments: list[str]) -> int:
    """Open the real fund; the first start asks for the fund and its first users."""
    from ombun.jobs.machine import server

    typed = _served(arguments, name="serve")
    with opened(database.REAL):
        mark.refuse_to_serve_the_demo()
        server.run_until_stopped(host=typed.host, port=typed.port, opens_browser=not typed.no_browser,
                                 is_open_to_phones=typed.lan)
    return 0


def test(arguments: list[str]) -> int:
    """Run every test, on a scratch database and a real Chromium."""
    command = [sys.executable, "-m", "pytest", *(word for word in arguments if word != "--no-browser")]
    if "--no-browser" in arguments:
        say("เว้นการทดสอบที่ใช้เบราว์เซอร์", "leaving out the tests that need a browser")
        command += ["-m", "not browser"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def lint(arguments: list[str]) -> int:
    """Check style (ruff), types (mypy strict) and the layout of the house (import contracts)."""
    options.refuse_others(OWN["lint"].shape, arguments)
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    commands = {"ruff": ["-m", "ruff", "check"], "mypy": ["-m", "mypy"], "import-linter": ["-c", contracts]}
    failed = [name for name, command in commands.items()
              if subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode]
    for name in failed:
        say(f"{name} ไม่ผ่าน", f"{name} found something")
    return 1 if failed else 0


def check(arguments: list[str]) -> int:
    """Ask every room's checks about the real fund and the demo, whichever are there."""
    if {"--demo", "--real"} & set(arguments) or os.environ.get("OMBUN_DATABASE_URL"):
        with opened(_database_for(arguments)):
            return _django("check", [word for word in arguments if word not in ("--demo", "--real")])
    with opening.own_server() as cluster:
        there = database.databases(cluster)
        flags = [flag for name, flag in ((database.REAL, "--real"), (database.DEMO, "--demo")) if name in there]
        done = [subprocess.run([sys.executable, "-m", "ombun.jobs", "check", flag, *arguments], stdout=subprocess.PIPE,
                               text=True, check=False) for flag in flags or ["--real"]]
    if broken := next((one for one in done if one.returncode not in (0, 1) or not one.stdout), None):
        return broken.returncode or 2
    if "--json" in arguments:
        print(json.dumps([finding for one in done for finding in json.loads(one.stdout)], ensure_ascii=False))
    else:
        print("".join(one.stdout for one in done), end="")
    return max(one.returncode for one in done)


def bench(arguments: list[str]) -> int:
    """Measure, on a scratch database of the durable server; prints figures and the machine."""
    parser = argparse.ArgumentParser(prog="ombun bench")
    parser.add_argument("name", nargs="*")
    parser.add_argument("--json", action="store_true")
    typed = parser.parse_args(arguments)
    if typed.name == ["help"]:
        return _told("bench")
    benchmarks.refuse_unknown(typed.name)
    benchmarks.say_how_long(typed.name)
    os.environ.pop("OMBUN_DATABASE_URL", None)
    with opening.own_server() as cluster, scratch.scratch_database(cluster, purpose="bench") as urls:
        urls.put_into_environment()
        opening.set_up_django()
        setup.prepare_files()
        try:
            benchmarks.run(typed.name, as_json=typed.json)
        finally:
            opening.close_connections()
    return 0


def backup(arguments: list[str]) -> int:
    """Write a copy of the real fund (or --demo) to a file, proved by restoring it into scratch."""
    from ombun.jobs.machine import backup as backups

    parser = argparse.ArgumentParser(prog="ombun backup")
    parser.add_argument("file", type=Path)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--replace", action="store_true")
    typed = parser.parse_args(arguments)
    backups.demand_room_for(typed.file)
    if typed.file.exists() and not typed.replace:
        raise Trouble(f"มีแฟ้ม {typed.file} อยู่แล้ว จึงไม่เขียนทับ: ใช้ชื่ออื่น หรือเติม --replace",
                      f"{typed.file} is there already and stays as it is: take another name, or add --replace")
    with opened(database.DEMO if typed.demo else database.REAL) as house:
        backups.back_up(typed.file, urls=house.urls, cluster=house.cluster)
        say(*mark.whose_data())
    return 0


def restore(arguments: list[str]) -> int:
    """Bring a copy back into an empty database; --replace first copies what is there."""
    from ombun.jobs.machine import backup as backups

    parser = argparse.ArgumentParser(prog="ombun restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--replace", action="store_true")
    typed = parser.parse_args(arguments)
    is_on_server = bool(os.environ.get("OMBUN_DATABASE_URL"))
    with opened(database.DEMO if typed.demo else database.REAL, migrates=not is_on_server) as house:
        opening.close_connections()
        backups.restore(typed.file, urls=house.urls, cluster=house.cluster, replaces=typed.replace,
                        is_demo=typed.demo)
    return 0


def database_(arguments: list[str]) -> int:
    """`sql` prints what an administrator of a PostgreSQL server runs once; `url` the addresses while it runs."""
    parser = argparse.ArgumentParser(prog="ombun database")
    parser.add_argument("what", choices=["sql", "url"])
    parser.add_argument("--demo", action="store_true")
    typed = parser.parse_args(arguments)
    if typed.what == "sql":
        print(database.administrator_sql(), end="")
        return 0
    with opened(database.DEMO if typed.demo else database.REAL) as house:
        for variable, url in house.urls.variables.items():
            print(f"{variable}={url}")
    return 0


def lock(arguments: list[str]) -> int:
    """Write the exact versions and hashes of all packages anew from the two .in files."""
    uv = shutil.which("uv")
    if uv is None:
        raise Trouble("ต้องมีโปรแกรม uv: ติดตั้งด้วย pip install uv", "the program uv is needed: pip install uv")
    for name, more in (("requirements", []), ("requirements-dev", ["-c", "requirements.txt"])):
        subprocess.run([uv, "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes",
                        "--no-header", "--no-annotate", *more, *arguments, f"{name}.in", "-o", f"{name}.txt"],
                       cwd=ROOT, check=True)
    return 0


def migrate(arguments: list[str]) -> int:
    """Bring the tables of the database up to date, and nothing else."""
    options.refuse_others(OWN["migrate"].shape, arguments)
    with opened(_database_for(arguments)):
        return 0


def manage(arguments: list[str]) -> int:
    """Any Django command, on the database of this copy (for developers)."""
    if HELP & set(arguments):
        opening.set_up_django()
        return _django(arguments[0], arguments[1:])
    migrates = arguments[:1] not in (["makemigrations"], ["migrate"], ["showmigrations"])
    with opened(_database_for(arguments), migrates=migrates):
        return _django(arguments[0] if arguments else "help", [word for word in arguments[1:] if word != "--demo"])


def help_(arguments: list[str]) -> int:
    """List the commands."""
    from importlib import import_module

    from django.utils import translation

    opening.set_up_django()
    setup.prepare_files()
    print(in_words("คำสั่งของออมบุญ", "commands of Ombun"))
    for own in OWN.values():
        print(_line(own.shape, own.thai, own.english))
    for name in fund_commands():
        if name not in OWN:
            told = import_module(f"ombun.jobs.management.commands.{name}").Command.help
            with translation.override("en"):
                english = str(told)
            with translation.override("th"):
                print(_line(name, str(told), english))
    print(in_words("ทุกคำสั่งทำกับข้อมูลจริง เติม --demo ถ้าหมายถึงกองทุนตัวอย่าง (--fund demo ก็คือกองทุนตัวอย่าง)",
                   "every command is about the real data; --demo means the demo's, and so does --fund demo"))
    print(in_words("แต่ละคำสั่งใส่อะไรได้บ้าง ดูด้วย --help เช่น ./ombun claim --help",
                   "--help after a command tells its options: ./ombun claim --help"))
    return 0


class Own:
    """A command of the machine: what it does, its shape and its words."""

    def __init__(self, runs: Callable[[list[str]], int], shape: str, thai: str, english: str) -> None:
        self.run, self.shape, self.thai, self.english = runs, shape, thai, english


OWN = {
    "demo": Own(demo, "demo [--port N] [--host H|--lan] [--no-browser] [--fresh]",
                "เปิดกองทุนตัวอย่าง", "open the demo fund"),
    "serve": Own(serve, "serve [--port N] [--host H|--lan] [--no-browser]",
                 "เปิดกองทุนจริง", "open the real fund"),
    "backup": Own(backup, "backup FILE [--replace] [--demo]",
                  "สำรองข้อมูลลงแฟ้ม แล้วลองกู้คืนดู", "copy all data to a file and prove it"),
    "restore": Own(restore, "restore FILE [--replace] [--demo]", "กู้คืนข้อมูลจากแฟ้ม", "bring data back from a file"),
    "check": Own(check, "check [--json] [--demo|--real]",
                 "ตรวจความถูกต้องของบัญชีและข้อมูลทั้งหมด", "check the books and all data"),
    "test": Own(test, "test [--no-browser] [...]", "ทดสอบโปรแกรมทั้งหมด", "run all tests"),
    "lint": Own(lint, "lint", "ตรวจรูปแบบโปรแกรม", "check style, types and layout"),
    "bench": Own(bench, "bench [NAME] [--json]", "วัดความเร็ว", "measure speed"),
    "database": Own(database_, "database sql|url [--demo]", "คำสั่ง SQL สำหรับผู้ดูแลเครื่องแม่ข่าย หรือที่อยู่ฐานข้อมูล",
                    "SQL for a server's administrator, or the addresses"),
    "lock": Own(lock, "lock [...]", "คำนวณรุ่นของโปรแกรมที่ใช้ใหม่", "recompile the package versions"),
    "migrate": Own(migrate, "migrate [--demo]", "ปรับตารางให้เป็นรุ่นปัจจุบัน", "bring the tables up to date"),
    "manage": Own(manage, "manage ...", "คำสั่งของ Django สำหรับนักพัฒนา", "Django's own commands, for developers"),
    "help": Own(help_, "help", "แสดงคำสั่งทั้งหมด", "list the commands"),
}
