"""The rule book from the command line: the example, or a fund's own in a file."""
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext

from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.operations import VersionAdopted, adopt_version
from ombun.regulations.queries import first_rule_book, versions
from ombun.regulations.rules.clauses import NewClause, NewVersion, RuleDocument, read_document
from ombun.regulations.rules.reading import parsed


def adopt(
    *, code: str, file: Path | None, from_on: date, voted_on: date, meeting: str, resolution: str
) -> VersionAdopted:
    """Adopt the next version of a fund's rule book as a members' meeting voted it: from a file, or the example.

    The same again for the same first day gives the first answer again. Raises Refused with every mistake.
    """
    return _adopted(code=code, from_on=from_on, told=RuleDocument(
        clauses=first_rule_book() if file is None else read(file=file), voted_on=voted_on, meeting=meeting,
        resolution=resolution))


def _adopted(*, code: str, from_on: date, told: RuleDocument) -> VersionAdopted:
    actor = operating.operator_of(code=code)
    version_id = uuid5(NAMESPACE_URL, f"ombun:regulations:{actor.fund_id}:{from_on}")
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        numbers = {version.id: version.number for version in versions(fund_id=actor.fund_id)}
    number = numbers.get(version_id) or max(numbers.values(), default=0) + 1
    return adopt_version(actor=actor, recorded_at=timezone.now(), version=NewVersion(
        id=version_id, number=number, in_force_from=from_on, clauses=told.clauses, voted_on=told.voted_on or from_on,
        meeting=told.meeting or "", resolution=told.resolution or "",
        title=told.title or gettext("ระเบียบกองทุน ฉบับที่ %(number)s") % {"number": number}))


def load(*, code: str, file: Path, from_on: date) -> VersionAdopted:
    """Put a rule document in force from a day on; what it does not tell of the meeting is said to be in the file.

    The same again for the same first day gives the first answer again. Raises Refused with every mistake.
    """
    told, said = _document(file=file), gettext("ตามแฟ้ม %(file)s") % {"file": file.name}
    return _adopted(code=code, from_on=from_on, told=replace(
        told, voted_on=told.voted_on or min(from_on, timezone.localdate()), meeting=told.meeting or said,
        resolution=told.resolution or said))


def read(*, file: Path) -> tuple[NewClause, ...]:
    """The clauses in a file as `docs/reference/rule-book.md` describes it. Raises Refused with every mistake."""
    return _document(file=file).clauses


def _document(*, file: Path) -> RuleDocument:
    about, facts = str(file), {"file": file}
    try:
        written = parsed(text=file.read_text("utf-8-sig"))
    except OSError as error:
        raise CommandRefused(Refusal(code="jobs.no_such_file", about=about, facts=facts)) from error
    except json.JSONDecodeError as error:
        raise CommandRefused(Refusal(code="jobs.not_json", about=about, facts={
            "file": file, "line": error.lineno, "column": error.colno})) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, or built so that nobody meant it
        raise CommandRefused(Refusal(code="jobs.not_a_rule_book", about=about, facts=facts)) from error
    return read_document(data=written)
