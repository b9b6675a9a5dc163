"""The rule book from the command line: the example, or a fund's own in a file."""
import json
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


def load(
    *, code: str, file: Path | None, from_on: date, voted_on: date | None, meeting: str | None, resolution: str | None
) -> VersionAdopted:
    """Put the next version of a fund's rule book in force from a day on: from a file, or the example.

    What is not said of the meeting stands in the file, or is said to stand there; without a day it was voted on the
    first day in force, or today. The same again for the same first day gives the first answer again. Raises Refused
    with every mistake.
    """
    actor = operating.operator_of(code=code)
    told = RuleDocument(clauses=first_rule_book()) if file is None else _document(file=file)
    somewhere = gettext("ตามแฟ้ม %(file)s") % {"file": file.name} if file else ""
    version_id = uuid5(NAMESPACE_URL, f"ombun:regulations:{actor.fund_id}:{from_on}")
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        numbers = {version.id: version.number for version in versions(fund_id=actor.fund_id)}
    number = numbers.get(version_id) or max(numbers.values(), default=0) + 1
    return adopt_version(actor=actor, recorded_at=timezone.now(), version=NewVersion(
        id=version_id, number=number, in_force_from=from_on, clauses=told.clauses,
        title=told.title or gettext("ระเบียบกองทุน ฉบับที่ %(number)s") % {"number": number},
        voted_on=voted_on or told.voted_on or min(from_on, timezone.localdate()),
        meeting=meeting or told.meeting or somewhere, resolution=resolution or told.resolution or somewhere))


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
