"""Working for a fund from the command line: who acts, which day, which village, which person."""
from argparse import ArgumentParser
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from ombun.access.operations import operator
from ombun.funds import queries as funds
from ombun.funds.queries import Centre
from ombun.funds.rules import CODE_OF_THE_DEMO, Office
from ombun.jobs.machine import mark
from ombun.jobs.machine.paths import for_owner_only
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import read_day
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import sentence


class CommandRefused(Refused):
    """What was typed at the command line names nothing we know."""


class FundCommand(BaseCommand):
    """A command that tells its own options and no other, says refusals as sentences, one a line, and ends with 1."""

    requires_system_checks = ()
    suppressed_base_arguments = {"--version", "--verbosity", "-v", "--settings", "--pythonpath", "--traceback",
                                 "--no-color", "--force-color"}

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """What may be typed; argparse wants the words in a language by now."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.description = str(self.help)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """What the keyboard gets: a refusal as it is. Without --traceback Django writes the name of a class before."""
        try:
            super().run_from_argv([*argv[:2], "--traceback", *argv[2:]])
        except CommandError as refused:
            self.stderr.write(str(refused))
            raise SystemExit(refused.returncode) from refused

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run it; a refusal is no fault."""
        try:
            return super().execute(*args, **options)
        except Refused as refused:
            raise CommandError("\n".join(sentence(refusal) for refusal in refused.refusals)) from refused


def asks_for_the_fund(parser: ArgumentParser) -> None:
    """The option that every command about one fund has."""
    parser.add_argument("--fund", required=True, help=gettext("รหัสกองทุน กองทุนตัวอย่างมีรหัส demo"))


def asks_step_by_step(
    parser: ArgumentParser, *, steps: Mapping[str, tuple[str | Promise, Sequence[str], Sequence[str]]],
    options: Mapping[str, Mapping[str, Any]]
) -> Any:
    """The steps of a command about one fund: what each does, the options that it needs, those that may be left out.

    Gives what further steps, about no fund, are added to.
    """
    parsers = parser.add_subparsers(dest="what", required=True)
    for name, (told, needed, optional) in steps.items():
        step = parsers.add_parser(name, help=str(told), description=str(told))
        asks_for_the_fund(step)
        for option in [*needed, *optional]:
            kind = options[option]
            named = {} if "metavar" in kind else {"required": option in needed}  # what has one stands without a name
            step.add_argument(option if "metavar" in kind else f"--{option}", **{
                **kind, **named, "help": str(kind["help"])})
    return parsers


def written(content: bytes, *, file: Path) -> Path:
    """Write a paper or a workbook into a file; gives where it lies. Raises CommandRefused when it cannot be written."""
    try:
        with open(file, "wb", opener=for_owner_only) as paper:
            paper.write(content)
    except OSError as error:
        raise CommandRefused(Refusal(code="jobs.cannot_write", about=str(file), facts={"file": file})) from error
    return file.resolve()


def operator_of(*, code: str, role: Role = Role.TREASURER) -> Actor:
    """Whoever works at this machine, for a fund. Raises CommandRefused when there is no such fund."""
    actor = operator(code=code, role=role)
    if actor is None:
        unknown = "jobs.no_demo_yet" if code == CODE_OF_THE_DEMO else "jobs.unknown_fund"
        raise CommandRefused(Refusal(code=unknown, about=code, facts={"code": code}))
    return actor


def whose_data() -> str:
    """Of which funds the open database is, and whether it is the demo's."""
    thai, english = mark.whose_data()
    return english if get_language() == "en" else thai


def day(text: str | None) -> date:
    """A typed day ("2026-11-25", "25/11/2569"), or today. Raises CommandRefused."""
    if text is None:
        return timezone.localdate()
    try:
        return read_day(text)
    except ValueError as error:
        raise CommandRefused(Refusal(code="jobs.not_a_day", about=text, facts={"typed": text})) from error


def month(text: str) -> date:
    """The first day of a typed month ("2026-10", "10/2569", "ต.ค. 2569"). Raises CommandRefused."""
    for written in (f"{text}-01", f"1/{text}", f"1 {text}"):
        try:
            return read_day(written)
        except ValueError:
            continue
    raise CommandRefused(Refusal(code="jobs.not_a_month", about=text, facts={"typed": text}))


def centre_of(*, fund_id: int, moo: int) -> Centre:
    """The village centre with this number. Raises CommandRefused."""
    for centre in funds.centres(fund_id=fund_id):
        if centre.moo == moo:
            return centre
    raise CommandRefused(Refusal(code="jobs.unknown_village", about=str(moo), facts={"moo": moo}))


def member_of(*, fund_id: int, text: str) -> MemberCard:
    """The one member with this number, or with (a part of) this name. Raises CommandRefused."""
    found = members.members_meant(fund_id=fund_id, text=text)
    if len(found) != 1:
        code = "jobs.several_members_fit" if found else "jobs.unknown_member"
        raise CommandRefused(Refusal(code=code, about=text, facts={"member_no": text, "members": ", ".join(
            f"{one.member_no} {one.full_name}" for one in found[:5])}))
    return found[0]


def person_in_office(
    *, fund_id: int, offices: Collection[Office], on: date, named: str | None = None, centre_id: UUID | None = None
) -> UUID:
    """The one person who holds such an office on a day, by (a part of) the name where several do.

    People of the named centre come first. Raises CommandRefused when nobody or several fit.
    """
    holders = [h for h in funds.office_holders(fund_id=fund_id, on=on)
               if h.office in offices and (named is None or named in h.name)]
    nearest = [h for h in holders if centre_id is not None and h.centre_id == centre_id]
    fits = {h.person_id for h in nearest or holders}
    if len(fits) != 1:
        code = "jobs.person_not_found" if not fits else "jobs.several_persons_fit"
        raise CommandRefused(Refusal(code=code, about=named or "", facts={
            "name": named or "-", "names": ", ".join(sorted({h.name for h in nearest or holders}))}))
    return fits.pop()
