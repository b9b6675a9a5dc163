"""Every command behind `./ombun`."""
import sys

from ombun.jobs.machine import database
from ombun.jobs.machine.opening import opened
from ombun.jobs.machine.words import Trouble, in_words


def run(arguments: list[str]) -> int:
    """Run one command; a trouble with the machine is one line and exit code 2."""
    try:
        return COMMANDS.get(arguments[0] if arguments else "help", manage)(arguments[1:])
    except Trouble as trouble:
        print(f"ombun: {in_words(trouble.thai, trouble.english)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def manage(arguments: list[str]) -> int:
    """Any Django command, on the database of this copy."""
    from django.core.management import execute_from_command_line

    migrates = arguments[:1] not in (["makemigrations"], ["migrate"], ["showmigrations"])
    with opened(database.DEMO if "--demo" in arguments else database.REAL, migrates=migrates):
        execute_from_command_line(["ombun manage", *(word for word in arguments if word != "--demo")])
    return 0


COMMANDS = {"manage": manage}
